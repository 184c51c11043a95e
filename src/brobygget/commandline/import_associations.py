"""``./bro import-associations FILE``: what a municipality's export says, and what is odd about it."""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, cast

from brobygget.associations.register import (
    PRESETS,
    USUAL_LIMITS,
    RegisterReading,
    UnreadableRegister,
    read_register,
    report,
)
from brobygget.commandline import BadInput, read_json
from brobygget.commandline.serve import prepare
from brobygget.web import clock

HELP = (
    "Read a municipality's register of associations (CSV, TXT, XLSX, JSON, GeoJSON or a web table) and show what "
    "was understood, what was odd, what was refused and what is there twice. Nothing is written without --apply."
)
EXAMPLE = "./bro import-associations register.csv --out preview.json"

ApplyImport = Callable[..., Mapping[str, Any]]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="the export, or - for standard input")
    parser.add_argument(
        "--preset",
        choices=sorted(PRESETS),
        help="the booking system that wrote it (found by itself as a rule)",
    )
    parser.add_argument(
        "--sheet", default="", metavar="NAME", help="the sheet of a workbook that holds the register"
    )
    parser.add_argument(
        "--mapping", metavar="FILE", help='JSON, column to field: {"Klubb": "name", "Anm.": ""}'
    )
    parser.add_argument(
        "--public", action="store_true", help="leave out contact persons, problems and source rows"
    )
    parser.add_argument("--apply", action="store_true", help="import into the house instead of only showing")
    parser.add_argument("--house", metavar="HOUSE", help="the house to import into (with --apply)")


def answer(arguments: argparse.Namespace) -> dict[str, Any]:
    """The import as JSON; with ``--apply`` also what was written."""
    if arguments.apply and not arguments.house:
        raise BadInput("--apply needs --house: say which house the associations belong to.")
    apply_import = find_apply_import() if arguments.apply else None
    mapping = read_mapping(arguments.mapping) if arguments.mapping else {}
    data = read_bytes(arguments.file)
    bar = Bar() if sys.stderr.isatty() else None
    try:
        reading = read_register(
            data, preset=arguments.preset or "", sheet=arguments.sheet, mapping=mapping, progress=bar
        )
    except UnreadableRegister as wrong:
        raise BadInput(f"{arguments.file}: {wrong}") from wrong
    finally:
        if bar:
            bar.clear()
    shown = report(reading, with_private=not arguments.public)
    if apply_import:
        shown["applied"] = write(apply_import, reading, data, arguments)
    return shown


def write(
    apply_import: ApplyImport, reading: RegisterReading, data: bytes, arguments: argparse.Namespace
) -> dict[str, Any]:
    """Import into the house, by the house's own clock."""
    from brobygget.house.commands.refused import Refused

    try:
        return dict(
            apply_import(
                reading=reading,
                data=data,
                house=arguments.house,
                file=Path(arguments.file).name,
                at=clock.read(),
            )
        )
    except Refused as no:
        raise BadInput(f"{arguments.file}: {no.sentence}") from no


def find_apply_import() -> ApplyImport:
    """What writes to a house: ``associations.commands.apply_import(*, reading, data, house, file, at)``.

    It is looked up only when wanted: reading a file needs no house and no database.
    """
    if prepare("import-associations"):
        raise BadInput("the house's database cannot be opened; see the line above.")
    wanted = "brobygget.associations.commands"
    try:
        commands = importlib.import_module(wanted)
    except ModuleNotFoundError as missing:
        if missing.name != wanted:
            raise
        raise BadInput(
            "a house must be set up first: run ./bro serve once, then import with --apply --house HOUSE."
        ) from missing
    found = getattr(commands, "apply_import", None)
    if found is None:
        raise BadInput("this installation cannot write imports yet; read the file without --apply.")
    return cast(ApplyImport, found)


def read_bytes(path: str) -> bytes:
    """The file, but no more of it than a register may be."""
    most = USUAL_LIMITS.file_bytes + 1
    if path == "-":
        return sys.stdin.buffer.read(most)
    try:
        with Path(path).open("rb") as file:
            return file.read(most)
    except (OSError, ValueError) as wrong:
        reason = getattr(wrong, "strerror", None) or "this is not a path"
        raise BadInput(f"{path}: {reason}. Check the path.") from wrong


def read_mapping(path: str) -> dict[str, str]:
    """What a person says the columns mean."""
    mapping = read_json(path)
    if not isinstance(mapping, dict) or not all(isinstance(field, str) for field in mapping.values()):
        raise BadInput(f'{path}: the mapping is not of the form {{"column": "field"}}.')
    return mapping


class Bar:
    """A progress bar on one line of a terminal."""

    width = 30

    def __call__(self, done: int, total: int) -> None:
        filled = self.width * done // max(1, total)
        print(
            f"\r  [{'#' * filled}{' ' * (self.width - filled)}] {done} of {total} rows",
            end="",
            file=sys.stderr,
        )

    def clear(self) -> None:
        print("\r" + " " * 70 + "\r", end="", file=sys.stderr, flush=True)
