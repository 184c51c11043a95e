"""Excel workbooks, opened with care: bombs and document types are refused before they cost anything."""

from __future__ import annotations

import datetime as dt
import importlib
import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from xml.parsers import expat

from brobygget.associations.register.limits import Limits
from brobygget.associations.register.tables import Table, TableRow
from brobygget.associations.register.unreadable import UnreadableRegister
from brobygget.associations.register.unreadable import to_be_translated as _

_DAMAGED = _("the workbook is damaged. Open it in Excel, save it again as XLSX and send that.")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


class _DocumentTypeError(Exception):
    pass


class _FirstElement(Exception):
    pass


def is_workbook(data: bytes) -> bool:
    return data.startswith(b"PK\x03\x04")


def read_workbook(
    data: bytes, limits: Limits, choose: Callable[[Iterable[Table]], Table], sheet: str = ""
) -> Table:
    """The sheet that holds the register: the one asked for, or the visible one that `choose` picks."""
    if len(data) > limits.file_bytes:
        raise UnreadableRegister(
            _("the workbook is larger than %(most)s MB. Send only the register."),
            most=limits.file_bytes // 1_000_000,
        )
    _refuse_bombs(data, limits)
    try:
        return _read(data, limits, choose, sheet)
    except UnreadableRegister:
        raise
    except (MemoryError, RecursionError) as wrong:
        raise UnreadableRegister(
            _("the workbook is too large to open. Save the sheet as CSV and send that.")
        ) from wrong
    except Exception as wrong:  # openpyxl lets a dozen kinds through; all mean the same to the sender
        raise UnreadableRegister(_DAMAGED) from wrong


def _refuse_bombs(data: bytes, limits: Limits) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            members = packed.infolist()
            names = {member.filename for member in members}
            if "mimetype" in names and "content.xml" in names:
                raise UnreadableRegister(
                    _("this is an OpenDocument sheet. Save it as XLSX or CSV and send that.")
                )
            if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
                raise UnreadableRegister(
                    _("this packed file is not an Excel workbook. Send the register as XLSX or CSV.")
                )
            if len(members) > limits.packed_members:
                raise UnreadableRegister(
                    _("the workbook has too many parts. Save the register sheet alone and send that.")
                )
            unpacked = sum(member.file_size for member in members)
            packed_size = max(1, sum(member.compress_size for member in members))
            too_dense = unpacked > 5_000_000 and unpacked > limits.unpacked_ratio * packed_size
            if unpacked > limits.unpacked_bytes or too_dense:
                raise UnreadableRegister(
                    _("the workbook unpacks to far more than a register. Save it as CSV and send that.")
                )
            for member in members:
                if member.flag_bits & 1:
                    raise UnreadableRegister(
                        _("the workbook has a password. Save it without one and send that.")
                    )
                if member.filename.endswith((".xml", ".rels")):
                    _refuse_document_type(packed.open(member))
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        zlib.error,
        EOFError,
        OSError,
        ValueError,
        RuntimeError,
    ) as wrong:
        raise UnreadableRegister(_DAMAGED) from wrong


def _refuse_document_type(stream: Any) -> None:
    """A document type is what entity bombs need and Excel never writes; only the beginning is parsed."""

    def found_type(*_: object) -> None:
        raise _DocumentTypeError

    def found_element(*_: object) -> None:
        raise _FirstElement

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = found_type
    parser.StartElementHandler = found_element
    try:
        with stream:
            while chunk := stream.read(65_536):
                parser.Parse(chunk, False)  # noqa: FBT003 (it takes no keywords)
    except _FirstElement:
        return
    except _DocumentTypeError as wrong:
        raise UnreadableRegister(
            _(
                "the workbook holds a document type, which Excel never writes. Open it in Excel, save it again as XLSX and send that."
            )
        ) from wrong
    except expat.ExpatError:
        return  # the workbook reader says that it is damaged, if it needs this part at all


def _read(data: bytes, limits: Limits, choose: Callable[[Iterable[Table]], Table], sheet: str) -> Table:
    openpyxl: Any = importlib.import_module(
        "openpyxl"
    )  # untyped, and slow to load: only when there is a workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # styles and extensions that do not matter here
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        try:
            if len(book.sheetnames) > limits.sheets:
                raise UnreadableRegister(
                    _("the workbook has too many sheets. Save the register sheet alone and send that.")
                )
            visible = [each for each in book.worksheets if each.sheet_state == "visible"]
            if sheet:
                visible = [each for each in book.worksheets if each.title == sheet]
                if not visible:
                    raise UnreadableRegister(
                        _("the workbook has no sheet called “%(sheet)s”; it has %(sheets)s."),
                        sheet=sheet[:60],
                        sheets=_named(book.sheetnames),
                    )
            if not visible:
                raise UnreadableRegister(
                    _("every sheet of the workbook is hidden. Show the register sheet and save again.")
                )
            return choose([_table(each, limits) for each in visible])
        finally:
            book.close()


def _named(names: list[str]) -> str:
    return ", ".join(f"“{name[:40]}”" for name in names[:8])


def _table(worksheet: Any, limits: Limits) -> Table:
    worksheet.reset_dimensions()  # what a sheet says of its size need not be true
    rows: list[TableRow] = []
    blank = 0
    for line, values in enumerate(_values(worksheet, limits), start=1):
        cells = tuple(_text(value)[: limits.cell_characters] for value in values)
        while cells and not cells[-1]:
            cells = cells[:-1]
        blank = 0 if cells else blank + 1
        if blank > limits.blank_rows:
            break
        rows.append(TableRow(line, cells))
        if len(rows) > limits.rows:
            raise UnreadableRegister(
                _("the sheet has more than %(most)s rows. Send only the associations."), most=limits.rows
            )
    while rows and not rows[-1].cells:
        rows.pop()
    return Table(tuple(rows), sheet=worksheet.title, encoding="xlsx")


def _values(worksheet: Any, limits: Limits) -> Iterator[tuple[Any, ...]]:
    yield from worksheet.iter_rows(max_col=limits.columns, values_only=True)


def _text(value: Any) -> str:
    """A cell as a person would have typed it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ", "minutes")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, dt.time):
        return value.isoformat("minutes")
    text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), str(value))
    return _CONTROL.sub("", text.encode("utf-8", "replace").decode("utf-8"))
