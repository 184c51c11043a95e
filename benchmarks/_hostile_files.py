"""Hostile register files, generated: each starts as a small honest register and is then spoilt.

CSV, workbook, JSON of a booking system, GeoJSON, web table; bytes changed, cut, doubled or swapped, NULs, huge fields,
formulas, broken quotation marks, wrong encodings, forged sheet sizes, deep nesting.
"""

from __future__ import annotations

import io
import json
import random
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl

HEADER = ["Fören.nr", "Förening", "Org.nr", "E-post", "Telefon", "Hemsida", "Ålder", "Träffas", "Medl.avg", "Verksamhet",
          "Postnr", "Postort", "c/o", "Språk", "Tillgänglighet", "Kontaktperson", "Övr. info"]  # fmt: skip
ROWS = [
    ["F1", "Åby IF", "899999-0016", "info@aby.example", "070-174 06 06", "www.aby.example", "7-12", "tis 18:00-19:30", "600 kr",
     "Fotboll, bandy", "999 11", "Åby", "", "svenska/engelska", "Ramp", "Anna Ek", "Välkommen!"],
    ["F2", "KÖREN NORRKLANG", "8,99999E+09", "a@b.examplec@d.example", "0980/319 203", "http://norr.example", "jun-80", "varannan tor",
     "frivillig", "KörsångTeater", "SE-99912", "ÖN", "c/o Sven Ek", "svenska", "", "", "Pnr 121212-1212"],
    ["F1", "Åby idrottsförening", "8999990016", "info@aby.example", "", "", "Alla", "", "-", "Övrigt", "", "Åby", "", "", "", "", ""],
]  # fmt: skip
NASTY = [
    "=cmd|'/C calc'!A0", '=HYPERLINK("http://ond.example")', "@SUM(1)", "<script>x</script>", "\x00", "\x1b[2J", '"', '""', '"a', "a\"b\"c",
    "Ã¶" * 50, "\ufeff", "\u202e", "\ud83d", "å" * 5_000, "a@" * 500, "1-" * 500, "(" * 500, "<a " * 300, "&#0;&#x110000;", "9" * 400,
    "1e999", "-0", "NaN", "19121212-1212", "١٢١٢١٢-١٢١٢", "c/o " * 100, "mån-sön 25:99", "2026-13-45", "http://[", "javascript:x", ";" * 300,
    "\r", "\n\n\n", "\t", "\u2028", "e\u0301" * 200, "𝟙𝟚𝟙𝟚𝟙𝟚-𝟙𝟚𝟙𝟚", "²³", "½", "७०-१७४", "İ", "ß", "ﬁ",
]  # fmt: skip
CODECS = [
    "utf-8",
    "utf-8-sig",
    "cp1252",
    "latin-1",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "utf-32",
    "cp850",
    "mac-roman",
    "utf-7",
    "cp037",
]


def cells(chance: random.Random) -> list[list[str]]:
    """A few rows, some cells of which are nasty."""
    header = list(HEADER)
    rows = [list(chance.choice(ROWS)) for _ in range(chance.randrange(1, 6))]
    for _ in range(chance.randrange(0, 8)):
        chance.choice(rows)[chance.randrange(len(header))] = chance.choice(NASTY)
    if chance.random() < 0.2:
        header[chance.randrange(len(header))] = chance.choice(NASTY)
    if chance.random() < 0.2:
        rows.insert(0, [chance.choice(NASTY)] * chance.randrange(1, 5))
    return [header, *rows]


def as_csv(chance: random.Random) -> bytes:
    separator = chance.choice(";;,\t|")
    quoted = chance.random() < 0.5
    lines = []
    for row in cells(chance):
        written = [
            '"' + cell.replace('"', '""') + '"' if quoted and chance.random() < 0.8 else cell for cell in row
        ]
        lines.append(separator.join(written))
    text = chance.choice(["\r\n", "\n", "\r"]).join(lines)
    return text.encode(chance.choice(CODECS), errors="replace")


def as_json(chance: random.Random) -> bytes:
    header, *rows = ([*row, "", "", "", ""] for row in cells(chance))
    objects: list[Any] = [dict(zip(header, row, strict=False)) for row in rows]
    nested: Any = chance.choice(NASTY)
    for _ in range(chance.choice([0, 1, 5, 60, 3_000])):
        nested = [nested] if chance.random() < 0.5 else {"x": nested}
    kind = chance.randrange(5)
    odd = chance.choice([None, [], {}, 1e308, True, [[]], "x", [None], {"Name": []}, 10**25])
    if kind == 0:
        document: Any = {"Customers": [{"Id": odd, "Name": row[1], "AssociationCategoryName": odd, "CustomerOccupations": odd,
                                        "Email": row[3], "CustomerContactPeople": [odd, nested]} for row in rows]}  # fmt: skip
    elif kind == 1:
        document = {"list": {"items": [odd, *objects]}, "details": [{"id": odd, "name": row[1], "orgnr": odd,
                    "ContactPersons": [odd, {"name": nested}]} for row in rows]}  # fmt: skip
    elif kind == 2:
        document = {"type": "FeatureCollection", "features": [{"properties": each, "geometry": {"type": "Point", "coordinates": odd}}
                                                             for each in objects]}  # fmt: skip
    elif kind == 3:
        document = [*objects, odd, {"association": odd}, {"association": dict(objects[0])}]
    else:
        document = {chance.choice(NASTY): nested, "a": {"b": objects}}
    try:
        text = json.dumps(document, ensure_ascii=chance.random() < 0.5)
    except RecursionError:
        text = "[" * 5_000
    return text.encode(chance.choice(CODECS[:5]), errors="replace")


def as_web_table(chance: random.Random) -> bytes:
    rows = "".join("<tr>" + "".join(f"<td>{cell}" for cell in row) for row in cells(chance))
    return f"<html><table>{rows}</table>".encode(chance.choice(CODECS), errors="replace")


def workbook_members() -> dict[str, bytes]:
    book = openpyxl.Workbook()
    for row in [HEADER, *ROWS]:
        book.active.append(row)
    book.create_sheet("Koder").append(["Kod", "Kategori"])
    stream = io.BytesIO()
    book.save(stream)
    with zipfile.ZipFile(io.BytesIO(stream.getvalue())) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members["docProps/core.xml"] = re.sub(
        rb"\d{4}-\d\d-\d\dT[\d:]+Z", b"2027-01-22T12:00:00Z", members["docProps/core.xml"]
    )
    return members


MEMBERS = workbook_members()
XML_SPOILERS: list[tuple[bytes, bytes]] = [
    (b'ref="A1:Q4"', b'ref="A1:XFD1048576"'), (b'r="4"', b'r="1048576"'), (b'r="B2"', b'r="ZZZZ99"'), (b't="s"', b't="e"'),
    (b"<v>1</v>", b"<v>99999999</v>"), (b"<v>", b"<v>x"), (b"</sheetData>", b""), (b'r="A1"', b""), (b"visible", b"hidden"),
    (b"<?xml", b"<!DOCTYPE a><?xml"), (b"?>", b'?><!DOCTYPE a [<!ENTITY b "c">]>'), (b"sheetId", b"sheetid"), (b"utf-8", b"utf-16"),
    (b'count="', b'count="-'), (b"worksheet", b"chartsheet"), (b"inlineStr", b"d"), (b'Target="', b'Target="../../'), (b"rId1", b"rId7"),
]  # fmt: skip


def as_workbook(chance: random.Random) -> bytes:
    members = dict(MEMBERS)
    for _ in range(chance.randrange(0, 4)):
        name = chance.choice(sorted(members))
        before, after = chance.choice(XML_SPOILERS)
        members[name] = members[name].replace(before, after, chance.choice([1, -1]))
    if chance.random() < 0.2:
        del members[chance.choice(sorted(members))]
    if chance.random() < 0.3:
        name = chance.choice(sorted(members))
        members[name] = spoilt(members[name], chance)
    stream = io.BytesIO()
    how = chance.choice([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, how)  # with the same date every time
    return stream.getvalue()


def noise(chance: random.Random) -> bytes:
    return chance.choice(
        [b"", b"PK\x03\x04", b"\xff\xfe", b"{", b"[", b"<html>", b"sep=;\n"]
    ) + chance.randbytes(chance.randrange(400))


def spoilt(data: bytes, chance: random.Random) -> bytes:
    """The file after somebody dropped, doubled, swapped and overwrote pieces of it."""
    changed = bytearray(data)
    for _ in range(chance.choice([0, 0, 1, 2, 5, 30])):
        if not changed:
            break
        start = chance.randrange(len(changed))
        end = min(len(changed), start + chance.choice([1, 1, 2, 8, 64]))
        kind = chance.randrange(6)
        if kind == 0:
            changed[start:end] = chance.randbytes(end - start)
        elif kind == 1:
            del changed[start:end]
        elif kind == 2:
            changed[start:start] = changed[start:end] * chance.choice([1, 3, 40])
        elif kind == 3:
            changed[start:start] = chance.choice(NASTY).encode("utf-8", "replace")
        elif kind == 4:
            changed[start:end] = bytes(end - start)
        else:
            del changed[start:]
    return bytes(changed)


MAKERS: list[tuple[str, int, Callable[[random.Random], bytes]]] = [
    ("csv", 50, as_csv),
    ("json and geojson", 24, as_json),
    ("web table", 8, as_web_table),
    ("workbook", 12, as_workbook),
    ("noise", 6, noise),
]


def hostile_file(seed: int, number: int) -> tuple[str, bytes]:
    """The kind of one hostile file and its bytes: the same for the same seed and number, whatever came before."""
    chance = random.Random(f"{seed}/{number}")
    ((kind, _, make),) = chance.choices(MAKERS, [weight for _, weight, _ in MAKERS])
    return kind, spoilt(make(chance), chance)


def keep(folder: Path | None, name: str, data: bytes) -> None:
    """A file that did wrong, to look at."""
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
