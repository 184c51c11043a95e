"""The phrase sheet: how to welcome somebody with little Swedish, for those who stand behind a table."""

from __future__ import annotations

import functools
import tomllib
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from brobygget.circles import spoken
from brobygget.house.models import House
from brobygget.web import printing

FILE = Path(__file__).resolve().parents[1] / "print" / "phrases.toml"
ORIGINAL = "sv"


@functools.cache
def written() -> dict[str, Any]:
    """The file, as it is written."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def phrase_sheet_of(house: House) -> bytes:
    """Both sides of one sheet, in the house's first language."""
    facts = written()
    code = house.language_codes[0]
    with translation.override(code):
        data = {
            "language": code,
            "title": _("How to welcome somebody with little Swedish"),
            "heading": _("How to welcome somebody with little Swedish"),
            "house": house.name,
            "town": house.town,
            "lead": _(
                "Say it in Swedish first, slowly. Then try their language. It need not be right: it is the trying that counts."
            ),
            "phrases": [_phrase(one, facts["languages"]) for one in facts["phrases"]],
            "advice_heading": _("Five pieces of advice"),
            "advice": advice(),
            "read_heading": _("Who has read the words?"),
            "read_by": read_by(),
            "laugh": _(
                "If somebody smiles at what you say, ask: how do you say it? Then you have already begun to talk."
            ),
        }
    return printing.pdf("openhouse/print/phrases.typ", data)


def _phrase(one: dict[str, Any], codes: list[str]) -> dict[str, Any]:
    said = [
        {"code": code, "name": spoken.own_name(code), "text": one[code][0], "say": one[code][1]}
        for code in codes
    ]
    return {"sv": one[ORIGINAL], "said": said}


def read_by() -> str:
    """Which languages somebody has read whose language it is, and which not yet."""
    facts = written()
    every = [ORIGINAL, *facts["languages"]]
    read = [code for code in every if code in facts["reviewed"]]
    unread = [code for code in every if code not in facts["reviewed"]]
    sentences = [
        _("Read by somebody whose language it is: %(languages)s.") % {"languages": spoken.names_of(read)}
    ]
    if unread:
        sentences.append(_("Not yet: %(languages)s.") % {"languages": spoken.names_of(unread)})
    return " ".join(sentences)


def advice() -> list[tuple[str, str]]:
    """What those say who have stood at many tables: a few words, and why."""
    return [
        (
            _("Let the hands begin."),
            _("Hold out the thing, do it once yourself, hand it over. Talk comes by itself."),
        ),
        (
            _("Short sentences, one at a time."),
            _("Wait for the answer, longer than feels natural. Do not speak louder."),
        ),
        (
            _("Look at the person, not at who interprets."),
            _("Say “you”, not “does he want to”. A child is no interpreter."),
        ),
        (
            _("Say your name, and ask theirs."),
            _("Ask what they like to do. Not where they come from, why they came, or about papers."),
        ),
        (
            _("Say exactly when and where."),
            _(
                "Write it down: day, time, place, and who meets them at the door. “Come when you like” is heard as no."
            ),
        ),
    ]
