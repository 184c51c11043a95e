"""An empty house, written down: what all migrations together make of an empty SQLite database.

Django builds each old state of every model again while it migrates, which takes a quarter of a minute for a new house
and changes nothing that could not be known before. `empty_house.sql` holds the result. A new house is laid from it and
then migrates whatever is newer; `./bro check` holds it against the migrations themselves.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper

FILE = Path(__file__).with_name("empty_house.sql")
WRITTEN_BY_MIGRATING = ("django_migrations", "django_content_type", "auth_permission")
APPLIED = "2026-12-04 00:00:00"  # in place of the moment when it was written down


def lay(connection: BaseDatabaseWrapper) -> bool:
    """Lay the empty house in a database where nothing is yet; whether it was laid."""
    if connection.vendor != "sqlite" or connection.introspection.table_names():
        return False
    connection.ensure_connection()
    try:
        connection.connection.executescript(f"BEGIN IMMEDIATE;\n{FILE.read_text(encoding='utf-8')}\nCOMMIT;")
    except sqlite3.Error:
        connection.connection.rollback()
        raise
    return True


def written_down(database: sqlite3.Connection) -> str:
    """The statements that make a database like this one, freshly migrated."""
    return "\n".join(_statements(database)) + "\n"


def _statements(database: sqlite3.Connection) -> Iterator[str]:
    found = database.execute(
        "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"
        " ORDER BY type = 'table' DESC, type = 'index' DESC, name"
    ).fetchall()
    searched = [name for _, name, sql in found if sql.startswith("CREATE VIRTUAL TABLE")]
    for _, name, sql in found:
        # The tables in which a search index keeps its own things come with it.
        if not any(name.startswith(f"{index}_") for index in searched):
            yield f"{sql};"
    for table in WRITTEN_BY_MIGRATING:
        names = [row[1] for row in database.execute(f"PRAGMA table_info({table})")]
        for row in database.execute(f"SELECT * FROM {table} ORDER BY id").fetchall():  # noqa: S608 -- our own names
            values = dict(zip(names, row, strict=True))
            if "applied" in values:
                values["applied"] = APPLIED
            yield f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join(map(_literal, values.values()))});"  # noqa: S608 -- and our own rows


def _literal(value: str | int) -> str:
    return str(value) if isinstance(value, int) else "'" + value.replace("'", "''") + "'"
