"""Words as they are compared: without case, accents and marks, in any script."""

from __future__ import annotations

import re
import unicodedata

LONGEST_WORD = 40
_WORD = re.compile(r"[^\W_]+")
# What a decomposition leaves as it is, and what people write in its place.
_PLAIN = str.maketrans(
    {"ø": "o", "æ": "ae", "œ": "oe", "ß": "ss", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i"}
)
# Letters that Arabic and Persian keyboards write differently for the same word.
_ONE_LETTER = str.maketrans(
    {"ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه", "أ": "ا", "إ": "ا", "آ": "ا", "ؤ": "و", "ـ": None}
)


def folded(text: str) -> str:
    """Lower case, no accents, no vowel signs."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.translate(_ONE_LETTER).casefold())
    return (
        "".join(sign for sign in apart if not unicodedata.combining(sign))
        .translate(_PLAIN)
        .translate(_ONE_LETTER)
    )


def words_of(text: str) -> list[str]:
    """The words of a text, folded, in order."""
    return [word[:LONGEST_WORD] for word in _WORD.findall(folded(text))]
