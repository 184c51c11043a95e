"""Bytes to text, whatever the system that wrote them thought of Swedish letters."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from dataclasses import dataclass

from brobygget.associations.register.limits import Limits
from brobygget.associations.register.records import FileProblem
from brobygget.associations.register.unreadable import UnreadableRegister
from brobygget.associations.register.unreadable import to_be_translated as _

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16", "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16-be"),
)
_PACKED = _("this is a packed file, not a table. Save the register as CSV or XLSX and send that.")
_PICTURE = _("this is a picture, not a table. Save the register as CSV or XLSX and send that.")
_NO_TEXT = _("this is not a text file. Save the register as CSV or XLSX and send that.")
_OTHER_FILES = (
    (b"%PDF", _("this is a PDF, not a table. Save the register as CSV or XLSX and send that.")),
    (
        b"\xd0\xcf\x11\xe0",
        _("this is an old Excel or Word file, not a table. Save the register as CSV or XLSX and send that."),
    ),
    (b"PK\x03\x04", _PACKED),
    (b"\x1f\x8b", _PACKED),
    (b"\x89PNG", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"{\\rtf", _("this is a Word document, not a table. Save the register as CSV or XLSX and send that.")),
)
# Windows, then the code pages that old booking systems and Macintosh computers wrote.
_EIGHT_BITS = ("cp1252", "latin-1", "cp850", "mac-roman")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_SWEDISH = frozenset("åäöÅÄÖéÉüÜ")
_COMMON_SIGNS = frozenset("–—’”“…§°½²àáèæøÆØ·•´€©®«»\u00a0\u00adß")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_MOJIBAKE = re.compile(
    "[ÃÂ][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
    "|â[\u0080\u20ac][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u2122]"
    "|(?:[ÐÑØÙÚÛ][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]){3,}"
)


@dataclass(frozen=True)
class DecodedText:
    text: str
    encoding: str
    problems: tuple[FileProblem, ...]


def decode(data: bytes, limits: Limits) -> DecodedText:
    """The text in a file and the encoding it was found to have."""
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        raise UnreadableRegister(_("the file is empty. Export the register again and send that file."))
    if len(data) > limits.file_bytes:
        raise UnreadableRegister(
            _("the file is larger than %(most)s MB. Export only the associations, or in parts."),
            most=limits.file_bytes // 1_000_000,
        )
    for start, sentence in _OTHER_FILES:
        if data.startswith(start):
            raise UnreadableRegister(sentence)
    encoding, text = _decoded(data)
    problems: list[FileProblem] = []
    if encoding == "utf-8+cp1252":
        encoding = "utf-8"
        problems.append(
            FileProblem(
                "*",
                "mixed_encoding",
                "",
                "read as UTF-8, with single letters as Windows-1252",
                needs_review=True,
            )
        )
    if "\x00" in text:
        if text.count("\x00") * 10 > len(text):
            raise UnreadableRegister(_NO_TEXT)
        problems.append(FileProblem("*", "nul_characters", "", "removed"))
    cleaned = _CONTROL.sub("", text)
    if len(cleaned) * 10 < len(text) * 9:
        raise UnreadableRegister(_NO_TEXT)
    return DecodedText(cleaned, encoding, tuple(problems))


def _decoded(data: bytes) -> tuple[str, str]:
    for mark, name, codec in _MARKS:
        if data.startswith(mark):
            return name, data[len(mark) :].decode(codec, errors="replace")
    wide = _wide(data)
    if wide:
        return wide, data.decode(wide, errors="replace")
    try:
        return "utf-8", data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    understood = data.decode("utf-8", errors="ignore")
    wrong = len(data) - len(understood.encode())
    right = len(understood) - len(understood.encode("ascii", errors="ignore"))
    if right > 10 * wrong:
        return "utf-8+cp1252", data.decode("utf-8", errors="brobygget-cp1252")
    return max(((name, _as(data, name)) for name in _EIGHT_BITS), key=lambda each: _swedishness(each[1]))


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: nearly every other byte is zero."""
    sample = data[:4000]
    half = len(sample) // 2
    if half < 4:
        return None
    if sample[1::2].count(0) > 0.7 * half and sample[0::2].count(0) < 0.2 * half:
        return "utf-16-le"
    if sample[0::2].count(0) > 0.7 * half and sample[1::2].count(0) < 0.2 * half:
        return "utf-16-be"
    return None


def _as(data: bytes, encoding: str) -> str:
    return data.decode(encoding, errors="replace")


def _swedishness(text: str) -> float:
    """How much a text looks like Swedish; the first encoding wins when two look alike."""
    score = 0.0
    for c, times in Counter(_BEYOND_ASCII.findall(text[:200_000])).items():
        if c in _SWEDISH:
            score += times
        elif c == "\ufffd" or "\x80" <= c <= "\x9f":
            score -= 2 * times
        elif c not in _COMMON_SIGNS:
            score -= 0.5 * times
    return score


def _single_letters_as_windows(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", errors="replace"), error.end


codecs.register_error("brobygget-cp1252", _single_letters_as_windows)


def repaired(text: str) -> str:
    """The text with UTF-8 that was once read as Windows-1252 ("Ã¶") turned back ("ö")."""
    if text.isascii() or not _MOJIBAKE.search(text):
        return text
    return _MOJIBAKE.sub(lambda match: _turned_back(match[0]), text)


def _turned_back(letters: str) -> str:
    try:
        data = b"".join(c.encode("latin-1") if ord(c) < 256 else c.encode("cp1252") for c in letters)
        return data.decode("utf-8")
    except UnicodeError:
        return letters
