"""Numbers, ages, fees, answers and lists of words in a register's cells."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass

from brobygget.associations.register.cells import RowNotes, is_nothing
from brobygget.people.identity_numbers import luhn_holds

_MONTH_NAMES = "jan feb mar apr maj/may jun jul aug sep okt/oct nov dec"
_MONTHS = {
    name: number for number, names in enumerate(_MONTH_NAMES.split(), start=1) for name in names.split("/")
}
_MONTH = "|".join(_MONTHS)
_SCIENTIFIC = re.compile(r"\d[.,]\d+E\+?\d+", re.IGNORECASE)
_YES = frozenset({"ja", "j", "x", "1", "yes", "y", "true", "sant", "on", "ok", "aktiv", "godkänd", "✓", "✔"})
_NO = frozenset({"nej", "n", "0", "no", "false", "falskt", "off"})
_LANGUAGES = {
    "svenska": "sv", "engelska": "en", "arabiska": "ar", "dari": "fa", "persiska": "fa", "farsi": "fa", "pashto": "ps",
    "tigrinja": "ti", "tigrinska": "ti", "somaliska": "so", "ukrainska": "uk", "ryska": "ru", "finska": "fi", "meänkieli": "fit",
    "samiska": "se", "nordsamiska": "se", "norska": "no", "danska": "da", "tyska": "de", "franska": "fr", "spanska": "es",
    "polska": "pl", "turkiska": "tr", "kurdiska": "ku", "kurmanji": "kmr", "sorani": "ckb", "thai": "th", "thailändska": "th",
    "kinesiska": "zh", "swahili": "sw", "amhariska": "am", "bosniska": "bs", "serbiska": "sr", "kroatiska": "hr", "albanska": "sq",
    "rumänska": "ro", "portugisiska": "pt", "italienska": "it", "vietnamesiska": "vi", "urdu": "ur", "bengali": "bn", "hindi": "hi",
    "teckenspråk": "swl", "svenskt teckenspråk": "swl", "romani": "rom", "lettiska": "lv", "litauiska": "lt", "estniska": "et",
    "lättsvenska": "sv", "lätt svenska": "sv", "swedish": "sv", "english": "en", "arabic": "ar", "ukrainian": "uk", "somali": "so",
}  # fmt: skip
_FEATURES = {
    "ramp": "ramp", "handikapptoalett": "toilet", "rwc": "toilet", "hwc": "toilet", "handikapp-wc": "toilet",
    "tillgänglig toalett": "toilet", "hiss": "lift", "hörslinga": "hearing_loop", "hörselslinga": "hearing_loop", "teleslinga": "hearing_loop",
    "handikapparkering": "parking", "parkering": "parking", "rullstol": "step_free", "rullstolsanpassad": "step_free",
    "trappfritt": "step_free", "utan trappor": "step_free", "tillgänglig": "step_free", "anpassad": "step_free",
    "ledsagare": "companion", "teckentolk": "sign_language", "dörröppnare": "door_opener", "automatisk dörröppnare": "door_opener",
}  # fmt: skip
_AGES_OF_WORDS: Mapping[str, tuple[int, int | None]] = {
    "vuxna": (18, None),
    "vuxen": (18, None),
    "senior": (65, None),
    "pensionär": (65, None),
    "barn": (0, 12),
    "ungdom": (13, 20),
}
_FREE = re.compile(r"gratis|avgiftsfri|kostnadsfri|ingen (?:medlems)?avgift|\bfree\b")
_VOLUNTARY = re.compile(r"frivillig|valfri|vad du vill|efter förmåga")
# What is free for some, or for a while, says nothing of what it costs to be a member.
_FOR_SOME = re.compile(
    r"första|prova|\bbarn|ungdom|junior|student|pensionär|senior|famil|ledare|till och med|t\.?o\.?m|upp till|\bunder\b"
    r"|\bför (?!alla\b)|\bfirst\b"
)
_FREE_TO_TRY = re.compile(
    r"(?:första|1:a) (?:gången|gångerna|träffen|tillfället|besöket|passet) (?:är )?(?:helt )?(?:gratis|kostnadsfri)"
    r"|(?:gratis|kostnadsfritt?) (?:är )?(?:den )?(?:första|1:a) (?:gången|gångerna|träffen|tillfället|besöket|passet)"
    r"|prova(?: på)? (?:är )?gratis|gratis (?:att )?prova"
)
_NOT_MONEY = re.compile(
    r"\d+(?:\s*(?:-|–|till)\s*\d+)?\s*(?:år|åring|gång|ggr|tillfäll|träff|besök|pass|månad|mån\b|veck|dag)\w*|\bår\s+20\d\d\b"
)
_LIST = re.compile(r"\s*(?:[,;/|\n]|\s&\s|\soch\s)\s*")


@dataclass(frozen=True)
class Ages:
    lowest: int | None = None
    highest: int | None = None


@dataclass(frozen=True)
class Fee:
    sek: int | None = None
    is_voluntary: bool = False


def org_nr_in(text: str, column: str, notes: RowNotes) -> str:
    """An organisation number as ``NNNNNN-NNNN``; one that cannot be right is kept as it was written."""
    raw = text.strip()
    if not raw:
        notes.add(column, "missing", "", "unknown; an association need not have one")
        return ""
    if _SCIENTIFIC.fullmatch(raw):
        notes.add(column, "excel_scientific", raw, "left out; the spreadsheet lost digits", needs_review=True)
        return ""
    digits = re.sub(r"[\s\-–]", "", raw).removesuffix(".0")
    if len(digits) == 12 and digits.startswith("16"):
        digits = digits[2:]
    if not (digits.isascii() and digits.isdigit() and len(digits) == 10):
        if is_nothing(raw):
            notes.add(column, "placeholder", raw, "taken as unknown")
            return ""
        notes.add(column, "bad_org_nr", raw, "kept as text; it is not ten digits", needs_review=True)
        return raw[:40]
    written = f"{digits[:6]}-{digits[6:]}"
    if not luhn_holds(digits):
        notes.add(column, "bad_checksum", raw, "kept as text; the check digit is wrong", needs_review=True)
    return written


def date_in(text: str) -> str:
    """A date as YYYY-MM-DD, or nothing."""
    plain = text.strip().casefold()
    for pattern, order in (
        (r"(\d{4})-(\d{1,2})-(\d{1,2})\b.*", "ymd"),
        (r"(\d{4})(\d{2})(\d{2})", "ymd"),
        (r"(\d{1,2})[./](\d{1,2})[./](\d{4})", "dmy"),
        (rf"(\d{{4}})-({_MONTH})\w*-(\d{{1,2}})", "ymd"),
        (rf"(\d{{1,2}})[ -]({_MONTH})\w*[ -](\d{{4}})", "dmy"),
    ):
        match = re.fullmatch(pattern, plain)
        if match:
            parts = dict(zip(order, match.groups(), strict=False))
            month = _MONTHS.get(parts["m"]) or int(parts["m"])
            try:
                return dt.date(int(parts["y"]), month, int(parts["d"])).isoformat()
            except ValueError:
                return ""
    return ""


def ages_in(text: str, column: str, notes: RowNotes) -> Ages:
    """Lowest and highest age; a spreadsheet's "jun-80" is 6 to 80."""
    raw = text.strip()
    plain = raw.casefold().replace("–", "-").replace("—", "-")
    if not plain or is_nothing(plain):
        return Ages()
    mangled = _mangled(plain)
    if mangled:
        youngest, oldest = sorted(mangled)
        notes.add(column, "excel_date_mangled_age", raw, f"{youngest}..{oldest}")
        return Ages(youngest, oldest)
    if re.search(r"\b(?:alla|samtliga)\b", plain) and not re.search(r"\d", plain):
        return Ages(0, None)
    if re.search(r"\båk|årskurs|klass|född|19\d\d|20\d\d", plain):
        notes.add(column, "ages_as_text", raw, "not understood as ages", needs_review=True)
        return Ages()
    spans: list[tuple[int, int | None]] = []
    for match in re.finditer(
        r"(?:(upp till|under|till och med|max|-)\s*)?(\d{1,3})\s*(?:år)?\s*(?:(?:-|till)\s*(\d{1,3})|(\+|och uppåt|år och äldre|och äldre|-(?!\d)))?",
        plain,
    ):
        first, second = int(match[2]), match[3]
        if match[1] and not second:
            spans.append((0, first))
        elif second:
            spans.append((min(first, int(second)), max(first, int(second))))
        elif match[4] or re.search(r"från|over|över|minst|fr\.?o\.?m", plain):
            spans.append((first, None))
        else:
            spans.append((first, first))
    if not spans:
        spans = [span for word, span in _AGES_OF_WORDS.items() if word in plain]
    if not spans or any(low > 120 or (high or 0) > 130 for low, high in spans):
        notes.add(column, "ages_as_text", raw, "not understood as ages", needs_review=True)
        return Ages()
    low = min(span[0] for span in spans)
    open_ended = any(span[1] is None or span[1] >= 99 for span in spans)
    high = None if open_ended else max(span[1] or 0 for span in spans)
    if re.search(r"(?<!\d)0\d(?!\d)", plain):
        notes.add(column, "leading_zero", raw, f"{low}..{'' if high is None else high}")
    if re.search(r"(?<!\d)(?:99|100|110|120|999)(?!\d)", plain):
        notes.add(column, "no_upper_age", raw, f"{low}..")
    return Ages(low, high)


def _mangled(plain: str) -> tuple[int, int] | None:
    """Two ages in what a spreadsheet made a date of."""
    match = re.fullmatch(rf"({_MONTH})\w*[-. ](\d{{1,2}})", plain)
    if match:
        return _MONTHS[match[1]], int(match[2])
    match = re.fullmatch(rf"(\d{{1,2}})[-. ]({_MONTH})\w*", plain)
    if match:
        return int(match[1]), _MONTHS[match[2]]
    match = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})(?: 00:00.*)?", plain)
    if match:
        year, month, day = int(match[1]) % 100, int(match[2]), int(match[3])
        return (month, year) if day == 1 and year > 31 else (month, day)
    return None


def fee_in(text: str, column: str, notes: RowNotes) -> Fee:
    """A yearly fee in whole kronor; nothing where it is not said."""
    raw = text.strip()
    plain = raw.casefold()
    if not plain or is_nothing(plain):
        return Fee()
    numbers = re.findall(r"\d{1,3}(?:[ \u00a0]\d{3})+|\d{1,6}(?:[.,]\d{1,2})?", _NOT_MONEY.sub(" ", plain))
    amounts = [int(float(re.sub(r"[ \u00a0]", "", number).replace(",", "."))) for number in numbers]
    if not any(amounts) and _VOLUNTARY.search(plain):
        notes.add(column, "text_fee", raw, "0")
        return Fee(0, is_voluntary=True)
    if not any(amounts) and (amounts or _FREE.search(plain)) and not _FOR_SOME.search(plain):
        return Fee(0)
    if not any(amounts):
        notes.add(column, "fee_as_text", raw, "kept as text", needs_review=True)
        return Fee()
    if len(amounts) > 1 or re.search(r"[a-zåäö]{4,}", plain.replace("kronor", "")):
        notes.add(column, "text_fee", raw, str(max(amounts)))
    return Fee(max(amounts))


def first_time_is_free(text: str) -> bool:
    """Whether what is written about the fee says that one may try for nothing."""
    return bool(_FREE_TO_TRY.search(text.casefold()))


def answer_in(text: str, column: str, notes: RowNotes) -> bool | None:
    """Yes, no, or unknown: a blank is never a no."""
    plain = text.strip().casefold().strip(".!")
    if not plain or is_nothing(plain):
        return None
    if plain in _YES or plain.startswith("ja "):
        return True
    if plain in _NO or plain.startswith("nej "):
        return False
    notes.add(column, "unclear_answer", text, "taken as unknown", needs_review=True)
    return None


def languages_in(text: str, column: str, notes: RowNotes) -> tuple[str, ...]:
    """Language codes (ISO 639), in the order they were written."""
    codes: dict[str, None] = {}
    for word in _LIST.split(text.strip()):
        plain = word.casefold().strip(" .")
        if plain in _LANGUAGES:
            codes[_LANGUAGES[plain]] = None
        elif plain and not is_nothing(plain):
            notes.add(column, "unknown_language", word, "left out", needs_review=True)
    return tuple(codes)


def accessibility_in(text: str, column: str, notes: RowNotes) -> Mapping[str, str]:
    """What is known of access; a blank says nothing at all."""
    known: dict[str, str] = {}
    for word in _LIST.split(text.strip()):
        plain = word.casefold().strip(" .")
        if not plain or plain in ("-", "?", "saknas", "okänt", "vet ej"):
            continue
        said_no = re.match(r"(?:ej|inte|ingen|inget|nej|saknar)\s+(.+)", plain)
        name = _FEATURES.get(said_no[1] if said_no else plain)
        if name:
            known[name] = "no" if said_no else "yes"
        elif plain in ("delvis", "till viss del"):
            known["step_free"] = "partly"
        elif plain in ("nej", "ej", "n"):
            known["step_free"] = "no"
        elif plain in ("ja", "j", "x", "full"):
            known["step_free"] = "yes"
        else:
            notes.add(column, "unknown_access_word", word, "left out", needs_review=True)
    return known
