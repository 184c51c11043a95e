"""Files that nobody means well with: only the reader's own clear refusal, or a reading, ever comes back."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from brobygget.associations.register import Limits, UnreadableRegister, read_register, report
from brobygget.people.identity_numbers import looks_like_identity_number

DATA = Path(__file__).parent / "data"
SMALL = Limits(file_bytes=200_000, rows=500, columns=60, cell_characters=2_000, blank_rows=50)
usual = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def survives(data: bytes, limits: Limits = SMALL, **wishes: Any) -> None:
    """A reading that can be written as JSON and read again the same, or one clear sentence."""
    try:
        reading = read_register(data, limits=limits, **wishes)
    except UnreadableRegister as refusal:
        sentence = str(refusal)
    else:
        sentence = ""
    if sentence:
        assert "\n" not in sentence
        return
    assert reading == read_register(data, limits=limits, **wishes)
    json.dumps(report(reading), ensure_ascii=False, allow_nan=False).encode("utf-8")
    for record in reading.records:
        for text in (record.name, record.description, record.org_nr, *record.source.values()):
            assert not looks_like_identity_number(text)


cells = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        [
            "=1+1",
            '"',
            "a@b@c",
            "<script>",
            "121212-1212",
            "070-1740606",
            "7-12",
            "\x00",
            "c/o X",
            "8,99E+09",
            "€" * 300,
        ]
    ),
    st.from_regex(r"[0-9@.,;:/+ -]{1,40}"),
)
header_cells = st.sampled_from(["Förening", "Namn", "E-post", "Telefon", "Org.nr", "Ålder", "Träffas", "Medl.avg", "Hemsida", "Verksamhet",
                                "Postnr", "c/o", "Språk", "Tillgänglighet", "Övr. info", "Fören.nr", "Kontaktperson", "x", ""])  # fmt: skip


@usual
@given(st.binary(max_size=600))
def test_any_bytes(data: bytes) -> None:
    survives(data)


@usual
@given(st.text(max_size=600), st.sampled_from(["utf-8", "utf-16", "cp1252", "utf-32"]))
def test_any_text_in_any_encoding(text: str, codec: str) -> None:
    survives(text.encode(codec, errors="replace"))


@usual
@given(
    st.lists(header_cells, min_size=1, max_size=8),
    st.lists(st.lists(cells, max_size=9), max_size=8),
    st.sampled_from([";", ",", "\t", "|"]),
    st.sampled_from(["utf-8", "utf-16", "cp1252"]),
)
def test_any_cells_under_a_register_heading(
    header: list[str], rows: list[list[str]], separator: str, codec: str
) -> None:
    lines = [separator.join(["Förening", *header]), *(separator.join(row) for row in rows)]
    survives("\n".join(lines).encode(codec, errors="replace"))


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(
        ["Name", "name", "Customers", "list", "details", "items", "features", "type", "properties", "geometry", "coordinates", "id", "Email"]
    ) | st.text(max_size=8), inner, max_size=5),
    max_leaves=25,
)  # fmt: skip


@usual
@given(anything)
def test_any_json(document: Any) -> None:
    survives(json.dumps(document).encode())
    survives(
        json.dumps(
            {"type": "FeatureCollection", "features": [{"properties": document, "geometry": document}]}
        ).encode()
    )


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_workbook_with_bytes_changed(data: st.DataObject) -> None:
    spoilt = bytearray((DATA / "alvhamra_export.xlsx").read_bytes())
    for _ in range(data.draw(st.integers(1, 6))):
        spoilt[data.draw(st.integers(0, len(spoilt) - 1))] = data.draw(st.integers(0, 255))
    survives(bytes(spoilt))


def packed(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def members_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def small_book() -> dict[str, bytes]:
    workbook = openpyxl.Workbook()
    workbook.active.append(["Förening", "E-post"])
    workbook.active.append(["Åby IF", "a@b.example"])
    stream = io.BytesIO()
    workbook.save(stream)
    return members_of(stream.getvalue())


def test_a_zip_bomb_is_not_unpacked() -> None:
    members = small_book() | {"xl/worksheets/sheet9.xml": b"<a>" + b" " * 50_000_000}
    data = packed(members)
    assert len(data) < 200_000
    with pytest.raises(UnreadableRegister, match="unpacks to far more"):
        read_register(data)


@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
def test_an_entity_bomb_is_not_opened(codec: str) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    start = f'<?xml version="1.0" encoding="{codec}"?>{" " * 9000}{bomb}<worksheet/>'
    members = small_book() | {"xl/worksheets/sheet1.xml": start.encode(codec)}
    with pytest.raises(UnreadableRegister, match="document type"):
        read_register(packed(members))


def test_a_sheet_that_says_it_is_endless_is_read_as_far_as_it_goes() -> None:
    members = small_book()
    sheet = members["xl/worksheets/sheet1.xml"].replace(b'ref="A1:B2"', b'ref="A1:XFD1048576"')
    sheet = sheet.replace(
        b"</sheetData>", b'<row r="1048576"><c r="XFD1048576" t="n"><v>1</v></c></row></sheetData>'
    )
    members["xl/worksheets/sheet1.xml"] = sheet
    assert [record.name for record in read_register(packed(members)).records] == ["Åby IF"]


def test_a_workbook_with_far_too_many_parts_or_sheets_is_refused() -> None:
    with pytest.raises(UnreadableRegister, match="too many parts"):
        read_register(packed(small_book() | {f"xl/x{n}.bin": b"" for n in range(2_100)}))


@pytest.mark.parametrize(
    "without", ["xl/workbook.xml", "[Content_Types].xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"]
)
def test_a_workbook_with_a_part_missing_is_refused_or_read(without: str) -> None:
    survives(packed({name: content for name, content in small_book().items() if name != without}))


def test_formulas_are_text_and_nothing_else() -> None:
    workbook = openpyxl.Workbook()
    workbook.active.append(["Förening", "Övr. info"])
    workbook.active.append(["Åby IF", '=HYPERLINK("http://ond.example","klicka")'])
    stream = io.BytesIO()
    workbook.save(stream)
    (record,) = read_register(stream.getvalue()).records
    assert record.description == '=HYPERLINK("http://ond.example","klicka")'
    assert "formula_injection" in [problem.code for problem in record.problems]


def test_a_huge_cell_and_very_many_columns_are_cut_and_said() -> None:
    text = "Förening;Information" + ";x" * 400 + "\nÅby IF;" + "å" * 50_000 + ";" * 400 + "\n"
    reading = read_register(text.encode())
    assert [problem.code for problem in reading.file_problems] == ["too_many_columns", "cell_cut"]
    assert len(reading.records[0].source["Information"]) == 20_000


def test_a_table_that_begins_inside_a_cell_and_has_no_row_is_refused_or_read() -> None:
    """File 40,751 of seed 1 of `./bro bench associations_hostile`."""
    survives(
        b"<html><table><tr><td>F\xc3\xb6rening<table>text<tr><td>F\xc3\xb6rening<tr><td>\xc3\x85by IF</table>"
    )
    survives(
        b"<html><table><tr><td>F\xc3\xb6rening<tr><td>\xc3\x85by IF<table>text<br><a href='mailto:a@b.example'>"
    )


def test_a_file_of_quotation_marks_takes_no_time_and_is_said_once_and_for_all() -> None:
    spoilt = b"F\xc3\xb6rening;x\n" + b'"a;b\n' * 5_000
    problems = read_register(spoilt).file_problems
    assert len(problems) == 101
    assert problems[-1].raw == "all the rest"
    survives(b"F\xc3\xb6rening;x\n" + b'"a;b\n' * 20_000, limits=Limits(rows=50_000))
    survives(b"F\xc3\xb6rening;x\n" + b'"' * 100_000)


@pytest.mark.parametrize(
    "cell",
    ["a@" * 8_000, "(" * 9_000, "1-" * 8_000, "mån " * 4_000, "<" * 18_000, "&amp;" * 3_500, "aB" * 9_000, "0 " * 9_000, "." * 19_000,
     "<a " * 6_000, "7-12 år " * 2_000, "c/o " * 4_000, "Ã¶" * 9_000, "070-17" * 3_000, "121212 " * 2_500, "a,b;" * 4_000, "-" * 19_000],
)  # fmt: skip
def test_no_cell_takes_long_in_any_column(cell: str) -> None:
    header = "Förening;E-post;Telefon;Hemsida;Ålder;Träffas;Medl.avg;Verksamhet;Postnr;Gatuadress;c/o;Språk;Tillgänglighet;Övr. info;Org.nr;Kategori"
    import time

    began = time.process_time()
    survives("\n".join([header.replace(";", "\t"), "\t".join([cell] * 16)]).encode(), limits=Limits())
    assert time.process_time() - began < 4
