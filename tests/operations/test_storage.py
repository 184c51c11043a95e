"""What was acknowledged stays, or we do not start."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from brobygget.operations import storage


@pytest.mark.on_sqlite
def test_the_open_database_has_the_settings_that_we_promise(db: None) -> None:
    found = {}
    for name in storage.WANTED:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA {name}")
            found[name] = cursor.fetchone()[0]
    assert found == storage.WANTED
    storage.refuse_unsafe_storage()


@pytest.mark.on_sqlite
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("name", "weak"), [("synchronous", "1"), ("secure_delete", "0"), ("foreign_keys", "0")])
def test_a_weaker_setting_stops_the_start(name: str, weak: str) -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA {name}={weak}")
        with pytest.raises(storage.UnsafeStorage, match=name):
            storage.refuse_unsafe_storage()
    finally:
        connection.close()


def test_a_database_of_a_newer_program_is_left_alone(db: None) -> None:
    MigrationRecorder(connection).record_applied("circles", "9999_from_the_future")
    with pytest.raises(storage.UnsafeStorage, match="9999_from_the_future"):
        storage.refuse_newer_schema()


def test_our_own_database_is_not_newer_than_we_are(db: None) -> None:
    storage.refuse_newer_schema()


@pytest.mark.on_postgresql
def test_postgresql_without_fsync_is_refused_outside_the_tests(db: None, settings: object) -> None:
    settings.TESTING = False  # type: ignore[attr-defined]
    with pytest.raises(storage.UnsafeStorage, match="fsync"):
        storage.refuse_unsafe_storage()
