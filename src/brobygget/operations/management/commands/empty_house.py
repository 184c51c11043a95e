"""`python -m django empty_house` writes the empty house down again after a migration was made; `--check` compares."""

from __future__ import annotations

import argparse
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.core.management.commands import migrate
from django.db import connection, connections

from brobygget.operations import empty_house


class Command(BaseCommand):
    """Migrates a throw-away database step by step and writes down what came out."""

    help = "Write down what all migrations together make of an empty database."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="only say whether it is still true")

    def handle(self, *args: Any, **options: Any) -> None:
        found = _migrated()
        if not options["check"]:
            empty_house.FILE.write_text(found, encoding="utf-8")
        elif not empty_house.FILE.exists() or empty_house.FILE.read_text(encoding="utf-8") != found:
            raise CommandError(
                "The empty house is older than the migrations. Write it down again: python -m django empty_house"
            )


def _migrated() -> str:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "empty.sqlite3"
        connection.close()
        connections.settings["default"]["NAME"] = connection.settings_dict["NAME"] = str(file)
        from django.core.management import call_command

        call_command(migrate.Command(), verbosity=0, interactive=False)
        connection.close()
        with closing(sqlite3.connect(file)) as database:
            return empty_house.written_down(database)
