"""200 badges and 40 six-language table signs as PDF/UA-1: `./bro bench print [--badges N] [--signs N] [--times N]`.

The data of each document is made anew every time, and no two are alike, so that nothing is remembered from the one
before. Cold is the first document of the process: reading the catalogues of six languages, the library that draws the
squares, and the typesetter with its fonts. Warm are those that follow. Times are processor time of the process and its
threads, of which there is one. What takes part in a sign is measured by itself: words and rows, the squares, the
typesetting. The exit is 0 when each document, cold too, takes less than a second after the program has started, and
is what it should be: so many pages, PDF/UA-1, tagged.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from pypdf import PdfReader

from benchmarks._open_house import open_house_with

LIMIT = 1.0  # seconds of CPU
LANGUAGES = "sv,ar,fa,ti,uk,so"
NOW = datetime(2027, 4, 12, 9, 0, tzinfo=UTC)
TODAY = date(2027, 4, 12)
A_SHEET = 10
# One thread: the typesetter counts the processors by itself, and its threads' time is ours.
ONE_THREAD = {"RAYON_NUM_THREADS": "1"}


def main(argv: list[str]) -> int:
    """Fill a house, print, tell."""
    parser = argparse.ArgumentParser(prog="./bro bench print", description=__doc__)
    parser.add_argument("--badges", type=int, default=200, metavar="N")
    parser.add_argument("--signs", type=int, default=40, metavar="N")
    parser.add_argument("--times", type=int, default=5, metavar="N", help="warm ones of each")
    parser.add_argument("--first", choices=("badges", "signs"), default="signs", help="which is the cold one")
    arguments = parser.parse_args(argv)
    os.environ |= ONE_THREAD
    with tempfile.TemporaryDirectory(prefix="brobygget-bench-") as folder:
        if not os.environ.get("DATABASE_URL"):
            os.environ |= {"BROBYGGET_DATA": f"{folder}/house", "BROBYGGET_KEYS": f"{folder}/keys"}
            Path(folder, "house").mkdir()
        report = _report(arguments)
    print(json.dumps(report, indent=1))
    return 0 if report["kept"] else 1


def _report(arguments: argparse.Namespace) -> dict[str, Any]:
    openhouse = open_house_with(arguments.signs, languages=LANGUAGES, on=TODAY, at=NOW)
    from django.urls import reverse

    reverse("openhouse:coming")  # reads every address of the program, as a server does when it starts
    made = {
        "signs": lambda number: _signs(openhouse, number),
        "badges": lambda number: _badges(openhouse, arguments.badges, number),
    }
    pages = {"signs": arguments.signs, "badges": -(-arguments.badges // A_SHEET)}
    report: dict[str, Any] = {"badges": arguments.badges, "signs": arguments.signs, "limit_cpu_s": LIMIT}
    in_order = sorted(made, key=lambda name: name != arguments.first)
    for place, name in enumerate(in_order):
        first = _measured(made[name], 0)
        warm = [_measured(made[name], number) for number in range(1, arguments.times + 1)]
        report[name] = {
            "first_is_cold": place == 0,
            "first_cpu_s": first["cpu_s"],
            "warm_cpu_s": round(statistics.median(one["cpu_s"] for one in warm), 3),
            "warm_shares": _shares(warm),
            "cold_shares" if place == 0 else "first_shares": _shares([first]),
            "kilobytes": first["kilobytes"],
            "pages": first["pages"],
            "is_pdf_ua_1": all(one["is_ua"] for one in (first, *warm)),
        }
    report["kept"] = all(
        report[name]["first_cpu_s"] < LIMIT
        and report[name]["is_pdf_ua_1"]
        and report[name]["pages"] == pages[name]
        for name in made
    )
    return report


class Stopwatch:
    """Processor time by what it was spent on."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}

    def around(self, name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        """The same work, timed under a name."""

        def timed(*given: Any, **named: Any) -> Any:
            began = time.process_time()
            try:
                return work(*given, **named)
            finally:
                self.spent[name] = self.spent.get(name, 0) + time.process_time() - began

        return timed


def _measured(make: Callable[[int], bytes], number: int) -> dict[str, Any]:
    from brobygget.web import printing

    watch = Stopwatch()
    typesetting, squares = printing.pdf, printing.qr_svg
    squares.cache_clear()
    printing.pdf = watch.around("typesetting", typesetting)
    printing.qr_svg = watch.around("squares", squares)  # type: ignore[assignment]
    began = time.process_time()
    try:
        made = make(number)
        whole = time.process_time() - began
    finally:
        printing.pdf, printing.qr_svg = typesetting, squares
    return {
        "cpu_s": round(whole, 3),
        "words and rows": whole - sum(watch.spent.values()),
        **watch.spent,
        "kilobytes": len(made) // 1024,
        "pages": len(PdfReader(io.BytesIO(made)).pages),
        "is_ua": b"pdfuaid:part" in made and b"StructTreeRoot" in made,
    }


def _shares(measured: list[dict[str, Any]]) -> dict[str, float]:
    """What the time went to, in per cent."""
    parts = ("words and rows", "squares", "typesetting")
    sums = {name: sum(one.get(name, 0) for one in measured) for name in parts}
    whole = sum(sums.values()) or 1
    return {name: round(100 * part / whole, 1) for name, part in sums.items()}


# -- what is printed -----------------------------------------------------------------------------------------------
def _signs(openhouse: Any, number: int) -> bytes:
    """Every table another sentence each time, read from the rows and set anew; writing the rows is counted too."""
    from django.db.models import F, TextField, Value
    from django.db.models.functions import Cast, Concat

    from brobygget.openhouse.models import Answer
    from brobygget.openhouse.views.signs import sheet_of, signs_of

    sentence = Concat(Value(f"Prova nummer {number} av "), Cast(F("invitation_id"), TextField()))
    Answer.objects.update(hands=sentence)
    return sheet_of(openhouse, signs_of(openhouse, on=TODAY))


def _badges(openhouse: Any, how_many: int, number: int) -> bytes:
    """Names from six scripts, others each time."""
    from brobygget.openhouse.forms.badges import Badge
    from brobygget.openhouse.views.badges import badges_of

    names = ("Amal", "فاطمة", "Selam", "Оксана", "ሰላም", "Yusuf", "Bengt-Åke", "سمیرا")
    speaks = (("ar", "sv"), ("fa",), ("ti", "sv"), ("uk", "sv", "en"), ("so",), ("sv",))
    badges = [
        Badge(f"{names[one % len(names)]} {number}.{one}", speaks[one % len(speaks)])
        for one in range(how_many)
    ]
    return badges_of(openhouse, badges, role="host")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
