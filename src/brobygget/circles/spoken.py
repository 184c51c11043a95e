"""Languages that people talk in: more than the interface has, each under its own name and in the reader's."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence

from babel import Locale
from babel.lists import format_list

from brobygget.web import languages, moments

OTHERS = ("am", "bs", "es", "fi", "fr", "ku", "pl", "ps", "ro", "ru", "th", "tr", "vi", "zh")
SPEECH_OF = {language.code: language.tag for language in languages.LANGUAGES}  # easy Swedish is Swedish
CODES = (*dict.fromkeys(SPEECH_OF.values()), *OTHERS)
KNOWN_TO_CLDR_AS = {"fa": "fa_AF"}  # our Persian is written for readers of Dari


def own_name(code: str) -> str:
    """What those who speak it call it."""
    if code in languages.BY_CODE:
        return languages.BY_CODE[code].own_name
    name = Locale.parse(code).get_display_name(code) or code
    return name[:1].upper() + name[1:].split(" (")[0]


def name_of(code: str) -> str:
    """What the reader of this page calls it, as it stands inside a sentence."""
    names = moments.locale().languages
    return str(names.get(KNOWN_TO_CLDR_AS.get(code, code)) or names.get(code) or own_name(code))


def names_of(codes: Iterable[str]) -> str:
    """Several of them in one breath: "dari och svenska"."""
    return listed([name_of(code) for code in codes])


def listed(words: Sequence[str]) -> str:
    """Words in one breath, joined as the reader's language joins them."""
    return str(format_list(list(words), locale=moments.locale())) if words else ""


def known(codes: Iterable[str]) -> tuple[str, ...]:
    """The codes that we know, each once, in our order; easy Swedish counts as Swedish."""
    wished = {SPEECH_OF.get(code, code) for code in codes}
    return tuple(code for code in CODES if code in wished)


def code_of(word: str) -> str | None:
    """The language that somebody wrote, by its code or its name in any language of the interface."""
    plain = word.strip().casefold().rstrip(".")
    return _by_name().get(plain)


@functools.cache
def _by_name() -> dict[str, str]:
    """Gathered when the first guest is written down: half a second, which no start should take."""
    found: dict[str, str] = {}
    for language in languages.LANGUAGES:
        names = Locale.parse(language.cldr).languages
        for code in CODES:
            for key in (KNOWN_TO_CLDR_AS.get(code, code), code):
                if key in names:
                    found.setdefault(str(names[key]).casefold(), code)
    for code in CODES:
        found[code] = code
        for part in own_name(code).split("/"):
            found[part.strip().casefold()] = code
    return found
