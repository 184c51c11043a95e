"""How to reach an association: e-mail, telephone, web address, postal address."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urlsplit

import phonenumbers

from brobygget.associations.register.cells import RowNotes

_AT = re.compile(
    r"\s*[(\[{<]\s*(?:at|a|snabel-?a|@)\s*[)\]}>]\s*|\s+(?:at|snabel-?a)\s+(?=[\w-]+\.)", re.IGNORECASE
)
_DOT = re.compile(r"\s*[(\[{]\s*(?:dot|punkt|\.)\s*[)\]}]\s*", re.IGNORECASE)
_LOCAL = r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}"
_EMAIL = re.compile(rf"{_LOCAL}@(?:[\w-]{{1,63}}\.){{1,6}}[^\W\d_]{{2,24}}")
_ENDINGS_TEXT = (
    "example|online|museum|family|info|name|club|team|coop|arpa|com|net|org|edu|gov|nu|se|eu|no|fi|dk|de|uk|io|ax|is|me|tv|cc|biz"
)  # fmt: skip
_ENDINGS = tuple(_ENDINGS_TEXT.split("|"))
_LINK = re.compile(r"""href\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)
_URL_BREAK = re.compile(r"[\s;]+|,\s*(?=\w+[.:])")
_HOST = re.compile(r"(?:[\w-]{1,63}\.)+[^\W\d_]{2,24}")
_NUMBER = re.compile(r"\+?\d[\d\s()./–—-]{4,24}\d")
_IN_TEXT = re.compile(r"(?<![\w/.-])(?:\+46|0)[ -]?\d[\d \-/–]{5,14}\d(?![\w/-])")
_POSTCODE = re.compile(r"(?:s(?:e)?\s*-?\s*)?(\d{3})\s*(\d{2})", re.IGNORECASE)


def emails_in(text: str, column: str, notes: RowNotes) -> tuple[str, ...]:
    """Every address in a cell, in lower case; run-together ones are taken apart."""
    if not text.strip():
        return ()
    plain = _DOT.sub(".", _AT.sub("@", text.replace("mailto:", "")))
    if plain != text and "@" not in text:
        notes.add(column, "at_obfuscated", text, plain.strip())
    found: list[str] = []
    glued = False
    for chunk in re.split(r"[\s,;<>()\[\]|\"]+", plain):
        parts = _taken_apart(chunk)
        glued = glued or len(parts) > 1
        for part in parts:
            match = _EMAIL.fullmatch(part.strip("./:'"))
            if match:
                found.append(match[0].casefold())
    unique = tuple(dict.fromkeys(found))[:10]
    if not unique:
        notes.add(column, "bad_email", text, "left out; it is no address", needs_review=True)
    elif len(unique) > 1:
        code = "run_together_emails" if glued else "two_emails"
        notes.add(
            column,
            code,
            text,
            f"first to the association, {len(unique) - 1} to the contact",
            needs_review=glued,
        )
    elif text != unique[0] and "@" in text:
        notes.add(column, "case_space", text, unique[0])
    return unique


def _taken_apart(chunk: str) -> list[str]:
    """``info@a.sekassor@b.se`` is two addresses: the first ends where a known ending is followed by more."""
    if chunk.count("@") < 2:
        return [chunk]
    pieces = chunk.split("@")[:6]
    local, parts = pieces[0], []
    for number in range(1, len(pieces) - 1):
        middle, last = pieces[number], pieces[number + 1]
        cut = _end_of_domain(middle, last)
        parts.append(f"{local}@{middle[:cut]}")
        local = middle[cut:]
    return [*parts, f"{local}@{pieces[-1]}"]


def _end_of_domain(middle: str, last: str) -> int:
    folded = middle.casefold()
    for length in range(min(len(last), len(middle) - 1), 3, -1):
        if "." in last[:length] and folded.startswith(last[:length].casefold()):
            return length
    for dot in range(len(folded)):
        if folded[dot] == ".":
            for ending in _ENDINGS:
                end = dot + 1 + len(ending)
                if folded.startswith(ending, dot + 1) and end < len(folded):
                    return end
    return len(middle)


def websites_in(text: str, column: str, notes: RowNotes) -> tuple[str, ...]:
    """Web addresses in a cell, with a scheme; only http and https."""
    if not text.strip():
        return ()
    links = _LINK.findall(text) if "<" in text else []
    found: list[str] = []
    for part in links or _URL_BREAK.split(text.strip()):
        address = _web_address(part.strip("<>\"'(),"))
        if address:
            found.append(address)
        elif ":" in part and part.split(":")[0].isalpha():
            notes.add(column, "unsafe_link", text, "left out; only web addresses are kept", needs_review=True)
    unique = tuple(dict.fromkeys(found))[:10]
    if not unique:
        notes.add(column, "bad_website", text, "left out; it is no web address", needs_review=True)
    elif len(unique) > 1:
        notes.add(
            column,
            "newline_in_cell" if "\n" in text else "several_websites",
            text,
            f"{len(unique)} web addresses",
        )
    return unique


def _web_address(text: str) -> str:
    if not re.match(r"https?://", text, re.IGNORECASE):
        if ":" in text.split("/")[0] or "@" in text:
            return ""
        text = "https://" + text
    try:
        parts = urlsplit(text)
        host = (parts.hostname or "").casefold()
    except ValueError:
        return ""
    if not _HOST.fullmatch(host) or parts.username or parts.password:
        return ""
    rest = text.split("://", 1)[1]
    path = rest[len(rest.split("/")[0].split("?")[0].split("#")[0]) :]
    return f"{parts.scheme.casefold()}://{host}{path or '/'}"[:500]


def phones_in(text: str, column: str, notes: RowNotes) -> tuple[str, ...]:
    """Telephone numbers in a cell as +46…; two numbers in one cell are taken apart."""
    if not text.strip():
        return ()
    found: list[str] = []
    for part in _apart(text):
        number = _international(part)
        if number:
            found.append(number)
    if not found:
        notes.add(column, "bad_phone", text, "left out; it is no telephone number", needs_review=True)
        return ()
    unique = tuple(dict.fromkeys(found))[:6]
    if len(unique) > 1:
        notes.add(column, "two_phones", text, "first kept, the rest private")
    return unique


def _apart(text: str) -> list[str]:
    whole = [
        part
        for part in re.split(r"[,;\n|]|\beller\b|\boch\b|\s/\s", text)
        if sum(map(str.isdigit, part)) >= 5
    ]
    parts: list[str] = []
    for part in whole:
        halves = part.split("/")
        both = len(halves) == 2 and all(sum(map(str.isdigit, half)) >= 7 for half in halves)
        parts.extend(halves if both else [part])
    return parts[:6]


@lru_cache(maxsize=50_000)
def _international(text: str) -> str:
    match = _NUMBER.search(text.replace("\u00a0", " "))
    if not match:
        return ""
    digits = match[0].replace("/", " ")
    if re.fullmatch(r"7\d{8}", digits):
        digits = "0" + digits  # a spreadsheet took the first zero
    try:
        number = phonenumbers.parse(digits, "SE")
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def is_mobile(number: str) -> bool:
    """Whether a Swedish number in international form is a mobile, which is often somebody's own."""
    return bool(re.match(r"\+467[02369]", number))


def without_phones(text: str, column: str, notes: RowNotes) -> tuple[str, tuple[str, ...]]:
    """Free text without telephone numbers, which are as a rule a person's own; and the numbers."""
    found: list[str] = []

    def taken(match: re.Match[str]) -> str:
        number = _international(match[0])
        if not number:
            return match[0]
        found.append(number)
        return "[…]"

    kept = _IN_TEXT.sub(taken, text)
    if found:
        notes.add(column, "phone_in_text", text, "the number was moved to what is private", needs_review=True)
    return kept, tuple(dict.fromkeys(found))


def postcode_in(text: str, column: str, notes: RowNotes) -> str:
    """A postcode as ``NNN NN``."""
    if not text.strip():
        return ""
    match = _POSTCODE.fullmatch(text.strip().replace("\u00a0", " "))
    if match:
        return f"{match[1]} {match[2]}"
    near = _POSTCODE.match(text.strip())
    if near:
        notes.add(column, "postcode_with_more", text, "kept the postcode")
        return f"{near[1]} {near[2]}"
    notes.add(column, "bad_postcode", text, "left out; a postcode has five digits", needs_review=True)
    return ""


def address_parts(text: str) -> tuple[str, str, str]:
    """Street, postcode and town of an address written in one cell: ``Storgatan 1, 999 11, Älvhamra``."""
    match = re.search(r"(?:\bSE?-)?\b(\d{3}) ?(\d{2})\b", text)
    if not match:
        return text.strip(" ,"), "", ""
    street = " ".join(text[: match.start()].split()).strip(" ,")
    return street, f"{match[1]} {match[2]}", " ".join(text[match.end() :].split()).strip(" ,")
