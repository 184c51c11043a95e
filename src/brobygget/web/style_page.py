"""The living style page: every component with its source, and a sample of each kind of screen.

The examples in `templates/web/examples/` are shown and printed from the same file, so that the page cannot tell
anything but the truth. Their words are samples in three languages, not part of the catalogue.
"""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from brobygget.web import icons, languages

HERE = Path(__file__).resolve().parent
EXAMPLES = HERE / "templates" / "web" / "examples"
ORDER = (
    "buttons fields tiles faces notices unreviewed promise progress steps circle time curve cards idea concern dots dates"
    " attendance count qr ticket list table empty drawing bridge"
).split()
KINDS = "home phone interests count table wall paper message".split()
COLOURS = (
    "snow drift paper ink ink-2 line edge deck river river-light cloudberry cloudberry-light lamp lamp-light spruce"
    " spruce-light lingon lingon-light"
).split()
SIZES = "small text large title display".split()
NAMES = ["Samira", "Yusuf", "Hassan", "Oksana", "Maria Alexandra Wilhelmina Björkman-Öst"]
ROUND = [
    ("Jonas", "spoken"),
    ("Samira", "spoken"),
    ("Hassan", "passed"),
    ("Elin", "speaking"),
    ("Yusuf", "waiting"),
    ("Oksana", "waiting"),
    ("Marit", "waiting"),
    ("ሰላም", "waiting"),
]
TRUST = [2.9, 3.4, None, 4.1]
ASSOCIATIONS = [
    "Älvnäs hembygdsförening",
    "Älvnäs Schack",
    "Volleybollklubben",
    "Fågelklubben",
    "Röda korset",
]


@dataclass(frozen=True)
class Example:
    """One component: how it looks and how it is written."""

    name: str
    shown: SafeString
    source: str


@dataclass(frozen=True)
class Invited:
    """One row of the sample list."""

    name: str
    kind: str
    icon: str
    answer: str
    table: int | None
    watts: int | None


@functools.cache
def _all_words() -> dict[str, dict[str, str]]:
    words: dict[str, dict[str, str]] = json.loads((HERE / "style_words.json").read_text(encoding="utf-8"))
    return words


def sample_words() -> dict[str, str]:
    """The words of the samples, in Swedish where the page's language has none."""
    known = _all_words()
    return known.get(languages.current().code, known["sv"])


def sample_form(words: dict[str, str]) -> forms.Form:
    """A form with one thing to put right."""

    class SampleForm(forms.Form):
        alias = forms.CharField(label=words["alias"], help_text=words["alias_help"], min_length=2)
        story = forms.CharField(
            label=words["story"], required=False, widget=forms.Textarea(attrs={"rows": 3})
        )
        years = forms.ChoiceField(
            label=words["years"],
            help_text=words["years_help"],
            required=False,
            choices=[(f"y{place}", words[f"y{place}"]) for place in range(1, 7)],
            widget=forms.RadioSelect,
        )
        remember = forms.BooleanField(label=words["remember"], required=False)

    form = SampleForm({"alias": "S", "years": "y1"})
    form.full_clean()
    form.errors["alias"] = form.error_class([words["alias_wrong"]], field_id=form["alias"].auto_id)
    return form


def sample_rows(words: dict[str, str], count: int) -> list[Invited]:
    """A list as long as a town's register."""
    kinds = [
        ("done", "check", words["wants"]),
        ("wait", "clock", words["silent"]),
        ("stop", "x", words["declined"]),
    ]
    rows = []
    for place in range(count):
        kind, icon, answer = kinds[(place * 7 % 11) % 3]
        name = ASSOCIATIONS[place % len(ASSOCIATIONS)]
        wants = kind == "done"
        rows.append(
            Invited(
                name=name if place < len(ASSOCIATIONS) else f"{name} {place}",
                kind=kind,
                icon=icon,
                answer=answer,
                table=place + 1 if wants else None,
                watts=1200 if wants and place % 2 == 0 else None,
            )
        )
    return rows


def sample_context(words: dict[str, str], rows: int) -> dict[str, Any]:
    """What the examples and samples are drawn from."""
    tiles = "g-ball g-music g-craft g-nature g-games g-food g-learn g-help g-winter".split()
    return {
        "w": words,
        "language": languages.current(),
        "form": sample_form(words),
        "people": ROUND,
        "names": NAMES,
        "trust": [(words[f"m{place}"], value) for place, value in enumerate(TRUST, start=1)],
        "invited": sample_rows(words, rows),
        "tiles": [
            {"picture": name, "word": words[f"p{place}"], "is_chosen": place in {1, 3, 5}}
            for place, name in enumerate(tiles, start=1)
        ],
        "navigation": [
            {"url": f"#{place}", "text": words[f"nav{place}"], "current": place == 2} for place in range(1, 5)
        ],
        "heading": words["empty_title"],
        "text": words["stop"],
        "way_on_url": "/style/",
        "way_on_text": words["show_my_way"],
    }


@require_safe
def style(request: HttpRequest) -> HttpResponse:
    """Show every component in the page's language."""
    context = sample_context(sample_words(), rows=6)
    examples = [
        Example(
            name=name,
            shown=mark_safe(render_to_string(f"web/examples/{name}.html", context)),
            source=(EXAMPLES / f"{name}.html").read_text(encoding="utf-8"),
        )
        for name in ORDER
    ]
    context |= {
        "examples": examples,
        "kinds": KINDS,
        "colours": COLOURS,
        "sizes": SIZES,
        "icons": sorted(file.stem for file in icons.ICONS.glob("*.svg")),
        "pictures": sorted({*icons.pictures(), *(file.stem for file in icons.PICTURES.glob("*.svg"))}),
    }
    return render(request, "web/style.html", context)


@require_safe
def sample(request: HttpRequest, kind: str) -> HttpResponse:
    """Show one kind of screen, filled as the story would fill it."""
    if kind not in KINDS:
        raise Http404
    return render(request, f"web/samples/{kind}.html", sample_context(sample_words(), rows=300))
