"""Django's `migrate`, which lays a new house from what was written down before it looks for anything newer."""

from __future__ import annotations

from typing import Any

from django.core.management.commands import migrate
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from brobygget.operations import empty_house


class Command(migrate.Command):
    """The same command with a shorter way for a house that is empty."""

    def handle(self, *args: Any, **options: Any) -> None:
        is_whole = not (
            options["app_label"] or options["plan"] or options["check_unapplied"] or options["fake"]
        )
        connection = connections[options["database"]]
        if is_whole and empty_house.lay(connection):
            executor = MigrationExecutor(connection)
            if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
                return
        super().handle(*args, **options)
