"""Serve this house: `./bro serve`."""

from __future__ import annotations

import argparse
import contextlib
import functools
import gc
import multiprocessing
import os
import signal
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from brobygget.commandline import one_line
from brobygget.commandline.apart import apart
from brobygget.commandline.certificate import Certificate

if TYPE_CHECKING:
    from django.core.handlers.wsgi import WSGIHandler

HELP = "Serve this house on this computer."
PATIENCE_SECONDS = (
    10  # for what is being answered when the server is told to end; a write is whole or not made
)


def main(argv: list[str]) -> int:
    """Bring the database up to the program, refuse unsafe storage, and serve."""
    parser = OneLineParser(prog="./bro serve", description=HELP)
    parser.add_argument("--port", type=port_number, default=8000)
    parser.add_argument("--host", default="127.0.0.1", help="0.0.0.0 lets phones on the same network in")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--no-work", action="store_true", help="`./bro work` runs elsewhere")
    parser.add_argument("--certificate", type=Path, help="serve https with this; ./bro certificate makes one")
    parser.add_argument("--key", type=Path, help="the certificate's key")
    arguments = parser.parse_args(argv)
    if (arguments.certificate is None) != (arguments.key is None):
        parser.error("--certificate and --key belong together")
    certificate = Certificate(arguments.certificate, arguments.key) if arguments.key else None
    fault = certificate.fault() if certificate else ""
    if fault:
        return _refused("serve", f"{fault}.")
    scheme = "https" if certificate else "http"
    address = os.environ.setdefault("BROBYGGET_ADDRESS", f"{scheme}://localhost:{arguments.port}")
    if certificate and not address.startswith("https://"):
        return _refused(
            "serve", f"BROBYGGET_ADDRESS is {address}; with a certificate it begins with https://."
        )
    status = refuse_taken_door("serve", arguments.host, arguments.port) or prepare("serve")
    if status:
        return status
    from django.conf import settings

    from brobygget.operations.demo import doors

    print(f"Brobygget answers at {settings.ADDRESS} (Ctrl-C stops it).", flush=True)
    wizard = doors.doors(settings.ADDRESS).get("set_up")
    if wizard:
        print(f"There is no house yet. Set it up at {wizard}", flush=True)
    if not os.environ.get("BROBYGGET_SMTP"):
        print(f"Mails are written to {settings.EMAIL_FILE_PATH} (BROBYGGET_SMTP sends them).", flush=True)
    serve(
        host=arguments.host,
        port=arguments.port,
        workers=arguments.workers,
        is_working=not arguments.no_work,
        certificate=certificate,
    )
    return 0


class OneLineParser(argparse.ArgumentParser):
    """Says what is wrong in one line, like every other command here."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog.removeprefix('./')}: {message}. {self.prog} --help tells more.\n")


def port_number(text: str) -> int:
    """A port that a server can have."""
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port; choose a number from 1 to 65535")
    return int(text)


def refuse_taken_door(command: str, host: str, port: int) -> int:
    """2 with one line where nobody can be served, before anything is made; else 0."""
    try:
        kind, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(kind, socket.SOCK_STREAM) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
    except OSError as wrong:
        way_on = f"Choose another one: ./bro {command} --port {port + 1 if port < 65535 else 8000}"
        print(
            f"bro {command}: port {port} of {host} cannot be used ({wrong.strerror}). {way_on}",
            file=sys.stderr,
        )
        return 2
    return 0


def prepare(command: str) -> int:
    """Set Django up, migrate, gather the static files and check the storage; 0 when all is well."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "brobygget.settings")
    for library in ("OMP", "OPENBLAS", "MKL"):  # one thread for the mathematics: pages keep their processors
        os.environ.setdefault(f"{library}_NUM_THREADS", "1")
    why = _why_not(_set_up) or apart(functools.partial(_why_not, _make_ready))
    return _refused(command, why) if why else 0


def _set_up() -> None:
    import django

    django.setup()


def _make_ready() -> None:
    from brobygget.operations import storage

    storage.make_ready()


def _why_not(step: Callable[[], None]) -> str:
    """What kept the step from being done, in one sentence; empty when it was done."""
    from django.core.exceptions import ImproperlyConfigured
    from django.db import DatabaseError

    try:
        step()
    except ImproperlyConfigured as wrong:
        return str(wrong)
    except OSError as wrong:
        return f"{wrong.filename}: {wrong.strerror}. Choose another folder for the house."
    except DatabaseError as wrong:
        return f"The database does not answer: {wrong}"
    return ""


def _refused(command: str, why: str) -> int:
    print(f"bro {command}: {one_line(why)}", file=sys.stderr)
    return 2


def serve(
    *,
    host: str,
    port: int,
    workers: int = 2,
    is_working: bool = True,
    certificate: Certificate | None = None,
    is_begun: Callable[[], None] = lambda: None,
) -> None:
    """Granian with few workers of one thread each: SQLite has one writer at a time. One process beside does the jobs.

    `is_begun` is called when a thread may begin: after the worker, and before anybody is answered.
    """
    from granian import Granian
    from granian.constants import Interfaces, SSLProtocols
    from granian.log import LogLevels

    from brobygget.commandline.work import WorkerBeside

    if sys.platform == "linux":  # newer Pythons would begin server processes anew
        multiprocessing.set_start_method("fork", force=True)
    _read_in()
    server = Granian(
        "brobygget.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=1,
        backlog=2048,
        backpressure=4096,  # phones that each process holds; it keeps the next one waiting, unanswered
        log_access=False,
        log_level=LogLevels.warning,
        websockets=False,
        workers_kill_timeout=PATIENCE_SECONDS,
        respawn_failed_workers=True,
        ssl_cert=certificate.chain if certificate else None,
        ssl_key=certificate.key if certificate else None,
        ssl_protocol_min=SSLProtocols.tls12,  # old phones come too
    )
    with WorkerBeside() if is_working else contextlib.nullcontext():
        is_begun()
        server.serve(target_loader=functools.partial(_pages, keeps=not is_working), wrap_loader=False)


def _read_in() -> None:
    """Read the program in before other processes begin as copies of this one: what it holds, they share."""
    from django.conf import settings
    from django.db import connections
    from django.urls import get_resolver
    from django.utils import translation

    _handler()
    get_resolver().reverse_dict  # noqa: B018 -- reads in every page
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            translation.gettext("Yes")
    connections.close_all()  # none of them may be used from two processes
    gc.collect()
    gc.freeze()  # or looking for rubbish would write to what is shared, and each process get a copy of its own


@functools.cache
def _handler() -> WSGIHandler:
    from django.core.wsgi import get_wsgi_application

    return get_wsgi_application()


def _pages(*, keeps: bool) -> WSGIHandler:
    """The program in a server process: one that can be ended while it reads, and ends with its parent.

    `keeps`: it tidies the house beside its pages, because no worker does.

    A server process begins as a copy of its parent, with the parent's answer to SIGTERM: until Granian has given it
    one of its own, the signal would be taken and forgotten, and the parent wait for ever. Ctrl-C in a terminal reaches
    every process; here it is left to the parent, which then says SIGTERM: a process that hears both at once hangs.
    """
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    from brobygget.commandline.work import end_with_parent

    end_with_parent()
    handler = _handler()
    if keeps:
        from brobygget.operations.keeping import begin_keeping

        begin_keeping()
    return handler
