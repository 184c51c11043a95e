"""Serve this house: `./bro serve`."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys

HELP = "Serve this house on this computer."


def main(argv: list[str]) -> int:
    """Bring the database up to the program, refuse unsafe storage, and serve."""
    parser = argparse.ArgumentParser(prog="./bro serve", description=HELP)
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--host", default="127.0.0.1", help="0.0.0.0 lets phones on the same network in")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--no-work", action="store_true", help="`./bro work` runs elsewhere")
    arguments = parser.parse_args(argv)
    os.environ.setdefault("BROBYGGET_ADDRESS", f"http://localhost:{arguments.port}")
    status = prepare()
    if status:
        return status
    from django.conf import settings

    from brobygget.operations.demo import doors

    print(f"Brobygget answers at {settings.ADDRESS} (Ctrl-C stops it).", flush=True)
    wizard = doors.doors(settings.ADDRESS).get("set_up")
    if wizard:
        print(f"There is no house yet. Set it up at {wizard}", flush=True)
    serve(
        host=arguments.host,
        port=arguments.port,
        workers=arguments.workers,
        is_working=not arguments.no_work,
    )
    return 0


def prepare() -> int:
    """Set Django up, migrate, gather the static files and check the storage; 0 when all is well."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "brobygget.settings")
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
    except ImproperlyConfigured as wrong:
        print(f"bro serve: {wrong}", file=sys.stderr)
        return 2
    from brobygget.operations import storage

    try:
        storage.make_ready()
    except storage.UnsafeStorage as wrong:
        print(f"bro serve: {wrong}", file=sys.stderr)
        return 2
    return 0


def serve(*, host: str, port: int, workers: int = 2, is_working: bool = True) -> None:
    """Granian with few workers of one thread each: SQLite has one writer at a time. One process beside does the jobs."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    from brobygget.commandline.work import WorkerBeside

    server = Granian(
        "brobygget.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=1,
        backlog=2048,
        log_access=False,
        log_level=LogLevels.warning,
        websockets=False,
    )
    with WorkerBeside() if is_working else contextlib.nullcontext():
        server.serve()
