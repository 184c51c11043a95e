"""Hostile register files, generated and fed to the reader: nothing but its own clear refusal may come back.

    ./bro bench associations_fuzz [--apply] [--files 100000] [--seed 1] [--rows 30000] [--json FILE] [--save DIR]

Every file starts as a small honest register (CSV, workbook, JSON of a booking system, GeoJSON, web table) and is then
spoilt: bytes changed, cut, doubled or swapped, NULs, huge fields, formulas, broken quotation marks, wrong encodings,
forged sheet sizes, deep nesting. The same seed makes the same files. The second part reads one large register. With
`--apply` every file also goes through the house: staged, applied, applied again, undone; after each the register must
be as it was, to the row.
"""

from __future__ import annotations

import argparse
import io
import json
import random
import resource
import shutil
import sys
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl

from brobygget.associations.register import UnreadableRegister, read_register, report

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


@dataclass(frozen=True)
class Outcome:
    files: int
    read: int
    refused: int
    crashed: int
    cpu_seconds: float
    slowest_seconds: float
    peak_megabytes: float
    by_kind: dict[str, int]


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
        return {name: archive.read(name) for name in archive.namelist()}


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
    with zipfile.ZipFile(stream, "w", chance.choice([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
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


def fuzz(files: int, seed: int, save: Path | None) -> Outcome:
    """Feed the reader; whatever is not a reading or its own refusal is a crash."""
    chance = random.Random(seed)
    names = [name for name, _, _ in MAKERS]
    weights = [weight for _, weight, _ in MAKERS]
    makers = {name: maker for name, _, maker in MAKERS}
    counts: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    cpu = slowest = 0.0
    for number in range(files):
        (kind,) = chance.choices(names, weights)
        data = spoilt(makers[kind](chance), chance)
        kinds[kind] += 1
        began = time.process_time()
        try:
            json.dumps(report(read_register(data)), ensure_ascii=False, allow_nan=False).encode("utf-8")
            counts["read"] += 1
        except UnreadableRegister as refused:
            counts["refused" if str(refused) and "\n" not in str(refused) else "crashed"] += 1
        except Exception:  # noqa: BLE001 (any other error is what this looks for)
            counts["crashed"] += 1
            traceback.print_exc()
            keep(save, f"crash-{seed}-{number}", data)
        took = time.process_time() - began
        cpu += took
        slowest = max(slowest, took)
        if number % 1_000 == 0 and sys.stderr.isatty():
            print(f"\r  {number} of {files}", end="", file=sys.stderr)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Outcome(
        files, counts["read"], counts["refused"], counts["crashed"], cpu, slowest, peak, dict(kinds)
    )


def keep(folder: Path | None, name: str, data: bytes) -> None:
    """A file that did wrong, to look at."""
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


def through_the_house(files: int, seed: int, save: Path | None, told: Path | None) -> dict[str, int]:
    """Stage, apply, apply again and undo each file; a crash, a partial write or something left behind is counted.

    Nobody's data lies in this database, so it does not wait for the disk; everything else is as in a house.
    """
    from datetime import UTC, date, datetime

    from django.db import connection

    from brobygget.associations.commands import applying, staging, undoing
    from brobygget.associations.models import Association, AssociationContact, AssociationInterest, ImportRun
    from brobygget.house.commands.refused import Refused
    from brobygget.house.models import House

    at = datetime(2027, 2, 8, 9, 0, tzinfo=UTC)
    house = House.objects.create(name="Fuzz", town="Åby", opened_on=date(2026, 12, 4))
    tables = (Association, AssociationInterest, AssociationContact)
    # An association that is there already, and has said something itself: no file may touch it.
    own = {"origin": "association", "at": at.isoformat()}
    Association.objects.create(
        house=house, name="Åby IF", source_system="register", source_id="F1", org_nr="899999-0016", town="Åby",
        email="info@aby.example", fee_text="egna ord", created_on=at.date(), changed_at=at, source_seen_on=at.date(),
        provenance=dict.fromkeys(("name", "fee_text", "email", "status"), own),
    )  # fmt: skip

    def sums() -> tuple[int, ...]:
        return tuple(table.objects.count() for table in tables)

    def staged(data: bytes) -> ImportRun:
        run = staging.take_file(house=house, data=data, name="f", by=None, at=at)
        run = staging.confirm_columns(run, mapping=run.mapping, on=at.date())
        return staging.read_rows(run, at=at)

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA synchronous = OFF")
    before = sums()
    chance = random.Random(seed)
    names = [name for name, _, _ in MAKERS]
    makers = {name: maker for name, _, maker in MAKERS}
    counts = Counter(
        dict.fromkeys(("files", "applied", "refused", "crashed", "partial", "changed_twice", "left"), 0)
    )
    for number in range(files):
        (kind,) = chance.choices(names, [weight for _, weight, _ in MAKERS])
        data = spoilt(makers[kind](chance), chance)
        counts["files"] += 1
        try:
            run = applying.apply_run(staged(data), at=at)
            applied = sums()
            counts["partial"] += applied[0] - before[0] != run.counts["applied"]["added"]
            again = applying.apply_run(staged(data), at=at)
            if sums() != applied or again.counts["applied"]["changed"]:
                counts["changed_twice"] += 1
                keep(save, f"twice-{seed}-{number}", data)
            undoing.undo_run(again, at=at)
            undoing.undo_run(run, at=at)
            counts["applied"] += 1
        except Refused:
            counts["refused"] += 1
        except Exception:  # noqa: BLE001 (any other error is what this looks for)
            counts["crashed"] += 1
            traceback.print_exc()
            keep(save, f"apply-{seed}-{number}", data)
        own_words = Association.objects.filter(name="Åby IF", fee_text="egna ord").count()
        if sums() != before or own_words != 1:
            counts["left"] += 1
            undoable = ImportRun.objects.filter(state=ImportRun.State.APPLIED).order_by("-applied_at", "-pk")
            for run in undoable:
                undoing.undo_run(run, at=at)
        ImportRun.objects.all().delete()
        if told and counts["files"] % 100 == 0:
            told.write_text(json.dumps(dict(counts)), encoding="utf-8")
    return dict(counts)


def large_register(rows: int) -> bytes:
    """Honest rows with different names and numbers, as one CSV."""
    lines = [";".join(HEADER)]
    for number in range(rows):
        row = list(ROWS[number % 2])
        row[0], row[1] = f"F{number}", f"Förening {number * 7919 % rows} i byn {number % 997}"
        row[2], row[3], row[4] = "", f"info@f{number}.example", f"0980-{319000 + number % 1000}"
        row[11] = f"By {number % 290}"
        lines.append(";".join(row))
    return "\r\n".join(lines).encode("cp1252")


def apply_all(files: int, seed: int, save: Path | None, told: Path | None) -> int:
    """The files through a database that is thrown away."""
    from benchmarks.associations import house_for_the_bench

    folder = Path(tempfile.mkdtemp(prefix="brobygget-fuzz-"))
    try:
        house_for_the_bench(folder)
        counts = through_the_house(files, seed, save, told)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(json.dumps(counts, indent=1))
    return 1 if any(counts[each] for each in ("crashed", "partial", "changed_twice", "left")) else 0


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="./bro bench associations_fuzz", description=__doc__)
    parser.add_argument("--files", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rows", type=int, default=30_000)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--apply", action="store_true", help="send every file through a house of its own too")
    parser.add_argument("--save", type=Path, help="keep each file that crashed the reader here")
    arguments = parser.parse_args(argv)
    if arguments.apply:
        return apply_all(arguments.files, arguments.seed, arguments.save, arguments.json)
    data = large_register(arguments.rows)
    began = time.process_time()
    reading = read_register(data)
    large_seconds = time.process_time() - began
    print(
        f"{'one register':24}{len(reading.records):>10} rows   {len(data) / 1e6:7.1f} MB   {large_seconds:8.1f} s CPU"
    )
    outcome = fuzz(arguments.files, arguments.seed, arguments.save)
    for kind, count in outcome.by_kind.items():
        print(f"{kind:24}{count:>10} files")
    print(
        f"{'read':24}{outcome.read:>10}\n{'refused in a sentence':24}{outcome.refused:>10}\n{'crashed':24}{outcome.crashed:>10}"
    )
    print(f"{'CPU':24}{outcome.cpu_seconds:>10.1f} s   slowest file {outcome.slowest_seconds:.2f} s   "
          f"peak memory {outcome.peak_megabytes:.0f} MB")  # fmt: skip
    if arguments.json:
        shown = vars(outcome) | {"large_rows": len(reading.records), "large_cpu_seconds": large_seconds}
        arguments.json.write_text(json.dumps(shown, indent=1), encoding="utf-8")
    return 1 if outcome.crashed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
