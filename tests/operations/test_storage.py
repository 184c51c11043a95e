"""What was acknowledged stays, or we do not start."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.test import override_settings

from brobygget.circles.models import Membership
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
@pytest.mark.parametrize(
    ("name", "weak"), [("synchronous", "1"), ("secure_delete", "0"), ("foreign_keys", "0")]
)
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
        storage.refuse_newer_schema(MigrationExecutor(connection))


def test_our_own_database_is_not_newer_than_we_are(db: None) -> None:
    storage.refuse_newer_schema(MigrationExecutor(connection))


@pytest.mark.on_postgresql
def test_postgresql_without_fsync_is_refused_outside_the_tests(db: None, settings: object) -> None:
    settings.TESTING = False  # type: ignore[attr-defined]
    with pytest.raises(storage.UnsafeStorage, match="fsync"):
        storage.refuse_unsafe_storage()


def test_a_house_that_another_key_sealed_is_not_opened(amina: Membership) -> None:
    storage.refuse_wrong_seal_key()
    with override_settings(SEAL_KEY="another"), pytest.raises(storage.UnsafeStorage, match=r"seal\.key"):
        storage.refuse_wrong_seal_key()


def test_a_missing_key_is_said_and_never_made_anew(tmp_path: Path) -> None:
    (tmp_path / "house").mkdir()
    (tmp_path / "house" / "brobygget.sqlite3").touch()
    environment = {
        **os.environ,
        "BROBYGGET_DATA": str(tmp_path / "house"),
        "BROBYGGET_KEYS": str(tmp_path / "keys"),
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    result = subprocess.run(
        [sys.executable, "-m", "brobygget", "serve", "--port", "1"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (result.returncode, result.stderr.count("\n")) == (2, 1)
    assert "secret.key is missing" in result.stderr
    assert not (tmp_path / "keys").exists()
