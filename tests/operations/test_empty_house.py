"""A new house is laid from what was written down; `./bro check` holds that against the migrations."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import ConnectionHandler

from brobygget.operations import empty_house

pytestmark = pytest.mark.on_sqlite


@pytest.fixture
def nothing_yet(tmp_path: Path, db: None) -> DatabaseWrapper:
    """A database file of its own without a table."""
    settings = {**connection.settings_dict, "NAME": str(tmp_path / "house.sqlite3")}
    return ConnectionHandler({"default": settings})["default"]  # type: ignore[return-value]


def test_what_is_laid_needs_no_migration_and_is_what_was_written_down(nothing_yet: DatabaseWrapper) -> None:
    assert empty_house.lay(nothing_yet) is True
    executor = MigrationExecutor(nothing_yet)
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []
    laid = empty_house.written_down(nothing_yet.connection)
    assert laid == empty_house.FILE.read_text(encoding="utf-8")
    nothing_yet.close()


def test_a_house_that_has_something_is_left_as_it_is(nothing_yet: DatabaseWrapper) -> None:
    with nothing_yet.cursor() as cursor:
        cursor.execute("CREATE TABLE ours (id integer)")
    assert empty_house.lay(nothing_yet) is False
    assert nothing_yet.introspection.table_names() == ["ours"]
    nothing_yet.close()


def test_a_house_that_cannot_be_laid_to_the_end_is_not_begun(
    nothing_yet: DatabaseWrapper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "broken.sql"
    broken.write_text(empty_house.FILE.read_text(encoding="utf-8") + "INSERT INTO nowhere VALUES (1);\n")
    monkeypatch.setattr(empty_house, "FILE", broken)
    with pytest.raises(sqlite3.OperationalError, match="nowhere"):
        empty_house.lay(nothing_yet)
    nothing_yet.close()
    with closing(sqlite3.connect(nothing_yet.settings_dict["NAME"])) as again:
        assert again.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)


def test_whoever_changes_a_migration_is_told_to_write_it_down_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from brobygget.operations.management.commands import empty_house as command

    old = tmp_path / "old.sql"
    old.write_text("CREATE TABLE old (id integer);\n")
    monkeypatch.setattr(empty_house, "FILE", old)
    monkeypatch.setattr(command, "_migrated", lambda: "CREATE TABLE new (id integer);\n")
    with pytest.raises(command.CommandError, match="python -m django empty_house"):
        call_command("empty_house", "--check")
    call_command("empty_house")
    call_command("empty_house", "--check")
    assert old.read_text() == "CREATE TABLE new (id integer);\n"
