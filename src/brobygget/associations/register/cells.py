"""One cell: what is done to every text before anybody asks what it says."""

from __future__ import annotations

import html
import re
from functools import lru_cache

from brobygget.associations.register.encodings import repaired
from brobygget.associations.register.records import Problem, Refusal
from brobygget.people.identity_numbers import find_identity_numbers, without_identity_numbers

_NOTHING_TEXT = (
    "saknas|-|--|---|–|—|.|?|*|ej angivet|ej angiven|finns ej|finns inte|inget|ingen|inga|uppgift saknas|okänd|okänt|n/a|na|none|"
    "null|nil|#n/a|#saknas!|#saknas|#värdefel!|#value!|#ref!|#referens!|#namn?|nan|ej|tom|ej känt|vet ej|xxx|undefined|[]|{}"
)  # fmt: skip
NOTHING = frozenset(_NOTHING_TEXT.split("|"))
_BLOCK = re.compile(r"<(script|style)\b[^>]*>.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"</?[a-zA-Z!][^<>]{0,2000}>")
_ENTITY = re.compile(r"&(?:#\d{1,6}|#x[0-9a-fA-F]{1,5}|[a-zA-Z]{2,10});")
_FORMULA = re.compile(r"^\s*(?:=|@\w+\(|[+\-]\s*\w+\()")
_LINE_BREAK = re.compile(r"\r\n|\r|\n")
_MORE_THAN_WORDS = re.compile(r"[&<=@+\-\r\n]")  # anything that the steps below could find
_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")
_PERSON_COLUMN = re.compile(
    r"personn(umme)?r|persnr|samordningsn(umme)?r|^pnr$|^pnummer$|födelsen(umme)?r|lmanr|dossiern"
)


class RowNotes:
    """What was odd in a row, collected while it is cleaned; no authority's number is noted."""

    def __init__(self, line: int, most: int) -> None:
        self.line = line
        self.most = most
        self.problems: list[Problem] = []
        self.refusals: list[Refusal] = []

    def add(self, field: str, code: str, raw: str, did: str, needs_review: bool = False) -> None:
        if len(self.problems) < self.most:
            shown = without_identity_numbers(raw, may_be_telephone=True)[:300]
            self.problems.append(Problem(field, code, shown, did, needs_review))

    def refuse(self, field: str, code: str, row_left_out: bool = False) -> None:
        self.refusals.append(Refusal(self.line, field, code, row_left_out))


@lru_cache(maxsize=4_096)
def is_person_column(plain_header: str) -> bool:
    """Whether a column is meant for authority numbers: then all of it is left out, whatever it holds."""
    return bool(_PERSON_COLUMN.search(plain_header))


def without_numbers(text: str, column: str, notes: RowNotes, *, may_be_telephone: bool) -> str:
    """The cell without authority numbers; each is reported, none is repeated."""
    found = find_identity_numbers(text, may_be_telephone=may_be_telephone)
    if not found:
        return text
    code = "asylum_number" if all(number.kind == "asylum case number" for number in found) else "personnummer"
    kept = without_identity_numbers(text, may_be_telephone=may_be_telephone)
    notes.refuse(column, code)
    notes.add(column, f"{code}_in_text", kept, "the number was left out", needs_review=True)
    return kept


def readable(text: str, column: str, notes: RowNotes) -> str:
    """The cell with letters repaired, invisible signs gone and HTML turned into the text it stood for."""
    if not text:
        return ""
    fixed = repaired(text)
    if fixed != text:
        notes.add(column, "mojibake", text, fixed)
    if "\ufffd" in fixed:
        notes.add(
            column, "lost_letters", fixed, "kept as it is; the letters were lost before", needs_review=True
        )
    if not fixed.isascii():
        fixed = _UNSEEN.sub("", fixed)
    return fixed


def plain_text(text: str, column: str, notes: RowNotes) -> str:
    """Text for people: HTML taken out, formulas kept as text, line breaks kept, blanks trimmed."""
    if not _MORE_THAN_WORDS.search(text):
        return " ".join(text.split())
    if _ENTITY.search(text):
        notes.add(column, "html_entity", text, html.unescape(text))
        text = html.unescape(text)
    if "<" in text:
        stripped = _TAG.sub(" ", _BLOCK.sub(" ", text))
        if stripped != text:
            notes.add(
                column,
                "html_in_text",
                text,
                "the markup was taken out",
                needs_review="<script" in text.casefold(),
            )
            text = stripped
    if _FORMULA.match(text):
        notes.add(
            column,
            "formula_injection",
            text,
            "kept as text; made harmless in every export",
            needs_review=True,
        )
    if "\r\n" in text or "\n" in text.strip():
        notes.add(column, "embedded_crlf", text, "kept as one text with a line break")
    lines = [" ".join(line.split()) for line in _LINE_BREAK.split(text)]
    return "\n".join(lines).strip()


def one_line(text: str, column: str, notes: RowNotes) -> str:
    """Short text: as `plain_text`, on one line."""
    whole = " ".join(plain_text(text, column, notes).split())
    if whole != text and whole == " ".join(text.split()):
        notes.add(column, "whitespace", text, whole)
    return whole


@lru_cache(maxsize=8_192)
def is_nothing(text: str) -> bool:
    """Whether a cell only says that it holds nothing."""
    return " ".join(text.casefold().split()).strip(" .") in NOTHING or not text.strip(" .-–—_")


def something(text: str, column: str, notes: RowNotes) -> str:
    """The cell, or nothing where it only says that it holds nothing."""
    if text and is_nothing(text):
        if text.strip():
            notes.add(column, "placeholder", text, "taken as unknown")
        return ""
    return text


def in_ordinary_case(text: str) -> str:
    """Capitals turned into a name: short words are taken for abbreviations and left."""
    small = {"OCH", "I", "PÅ", "FÖR", "AV", "MED", "TILL", "VID", "UNDER"}
    words = []
    for number, word in enumerate(text.split()):
        if number and word in small:
            words.append(word.casefold())
        elif len(word) <= 3 or any(c.isdigit() for c in word):
            words.append(word)
        else:
            words.append("-".join(part.capitalize() for part in word.split("-")))
    return " ".join(words)


def is_all_capitals(text: str) -> bool:
    return text.isupper() and max((len(word) for word in re.findall(r"\w+", text)), default=0) > 4
