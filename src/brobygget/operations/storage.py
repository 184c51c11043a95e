"""The database as we promise it: migrated once, with the settings that keep a vote through a power cut."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from brobygget.people.models import Participant
from brobygget.people.sealed import CannotUnseal

WANTED = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "secure_delete": 1,
    "cell_size_check": 1,
}


class UnsafeStorage(ImproperlyConfigured):
    """We would rather not start than lose what somebody was told is saved."""


def make_ready() -> None:
    """Folders, migrations, static files; then read the settings of the storage back."""
    Path(settings.DATA).mkdir(parents=True, exist_ok=True)
    with alone(Path(settings.DATA) / "start.lock"):
        executor = MigrationExecutor(connection)
        refuse_newer_schema(executor)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            call_command("migrate", verbosity=0, interactive=False)
    static = Path(settings.STATIC_ROOT)
    static.mkdir(parents=True, exist_ok=True)
    with alone(static.with_name(f"{static.name}.lock")):
        gather_static_files()
    refuse_unsafe_storage()
    refuse_wrong_seal_key()


@contextlib.contextmanager
def alone(lock: Path) -> Iterator[None]:
    """Two starts at once: the second waits until the first is ready."""
    with lock.open("w") as file:
        try:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
        except ImportError:
            pass
        yield


def refuse_newer_schema(executor: MigrationExecutor) -> None:
    """A database that a newer program has changed is left alone."""
    ours = {app.split(".")[-1] for app in settings.INSTALLED_APPS if app.startswith("brobygget.")}
    unknown = [
        key
        for key in executor.loader.applied_migrations
        if key[0] in ours and key not in executor.loader.graph.nodes
    ]
    if unknown:
        raise UnsafeStorage(
            f"The database was made by a newer Brobygget ({unknown[0][0]} {unknown[0][1]}). Start that one instead."
        )


def refuse_unsafe_storage() -> None:
    """Read the settings of the open database back; they hold, or we do not start."""
    if connection.vendor != "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SHOW fsync")
            fsync = cursor.fetchone()[0]
        if fsync != "on" and not settings.TESTING:
            raise UnsafeStorage(
                "PostgreSQL runs with fsync off: an acknowledged vote could be lost. Turn it on."
            )
        return
    for name, wanted in WANTED.items():
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA {name}")
            found = cursor.fetchone()[0]
        if found != wanted:
            raise UnsafeStorage(
                f"SQLite runs with {name}={found} instead of {wanted}: a vote could be lost or a name could stay."
                " Move the data folder to a disk of this computer, not a network share."
            )


def refuse_wrong_seal_key() -> None:
    """A house whose aliases another key has sealed is not opened with ours."""
    try:
        Participant.objects.order_by("pk").first()
    except CannotUnseal as wrong:
        raise UnsafeStorage(f"{wrong} Put the house's own seal.key back.") from wrong


def gather_static_files() -> None:
    """Copy, hash and compress the static files when they have changed."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list(["*.md"]):
            file = Path(storage.path(path))
            stat = file.stat()
            digest.update(f"{path} {stat.st_size} {stat.st_mtime_ns}".encode())
    stamp = Path(settings.STATIC_ROOT) / "gathered.txt"
    if not stamp.exists() or stamp.read_text() != digest.hexdigest():
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        stamp.write_text(digest.hexdigest())
