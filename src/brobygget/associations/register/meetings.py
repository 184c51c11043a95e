"""When an association meets, out of what people write: "varannan tor 10-12 (ej jul)"."""

from __future__ import annotations

import re
from itertools import pairwise

from brobygget.associations.register.cells import RowNotes, is_nothing
from brobygget.associations.register.records import Schedule

_DAYS = {"mån": "MO", "tis": "TU", "ons": "WE", "tor": "TH", "fre": "FR", "lör": "SA", "sön": "SU"}
_ORDER = tuple(_DAYS.values())
_ORDINALS = {
    "första": "1",
    "1:a": "1",
    "andra": "2",
    "2:a": "2",
    "tredje": "3",
    "3:e": "3",
    "fjärde": "4",
    "sista": "-1",
}
_DAY = re.compile(r"\b(mån|tis|ons|tor|fre|lör|sön)(?:s)?(?:dag)?(?:arna|ar|en|s)?\b\.?")
_CLOCK = r"(\d{1,2})(?:[:.](\d{2}))?"
_TIME = re.compile(rf"\b(?:kl\.?|klockan)?\s*{_CLOCK}(?:\s*(?:-|till)\s*{_CLOCK})?(?![\d:])")
_ORDINAL = re.compile(r"\b(första|andra|tredje|fjärde|sista|1:a|2:a|3:e)\b")
_NEXT_TIME = re.compile(
    r"\s*(?:[;\n]|\bsamt\b|,\s*(?=(?:varannan|första|sista|andra|tredje)?\s*(?:mån|tis|ons|tor|fre|lör|sön)))\s*"
)
_SAYS_LITTLE = re.compile(
    r"\b(?:varje|vecka|i veckan|i månaden|månaden|alla|kl|klockan|och|jämna veckor|udda veckor)\b|[\s.,()\-]"
)


def schedules_in(text: str, column: str, notes: RowNotes) -> tuple[Schedule, ...]:
    """The times in a cell; what is left over makes it a case for a person."""
    raw = text.strip()
    if not raw or is_nothing(raw):
        return ()
    plain = raw.casefold().replace("–", "-").replace("—", "-")
    found: list[Schedule] = []
    clear = True
    for part in _NEXT_TIME.split(plain)[:10]:
        if not part.strip():
            continue
        schedule, rest = _one(part)
        if schedule:
            found.append(schedule)
        clear = clear and schedule is not None and not _SAYS_LITTLE.sub("", rest) and "veckor" not in rest
    if not clear:
        did = "kept the text; " + (", ".join(each.rrule for each in found) or "no time understood")
        notes.add(column, "free_text_schedule", raw, did, needs_review=True)
    return tuple(found)


def _one(part: str) -> tuple[Schedule | None, str]:
    days = _days(part)
    if not days:
        return None, part
    last_day = list(_DAY.finditer(part))[-1]
    time = _TIME.search(part, last_day.end()) or _TIME.search(part)
    start = end = ""
    if time:
        start, end = _clock(time[1], time[2]), _clock(time[3], time[4])
        if not start:
            time = None
            end = ""
    ordinal = _ORDINAL.search(part, 0, last_day.start())
    if ordinal:
        rule = "FREQ=MONTHLY;BYDAY=" + ",".join(_ORDINALS[ordinal[1]] + day for day in days)
    elif re.search(r"\bvarannan\b|(?:jämna|udda) veckor", part):
        rule = "FREQ=WEEKLY;INTERVAL=2;BYDAY=" + ",".join(days)
    else:
        rule = "FREQ=WEEKLY;BYDAY=" + ",".join(days)
    rest = part
    if time:
        rest = rest[: time.start()] + " " + rest[time.end() :]
    rest = re.sub(r"\bvarannan\b", " ", _ORDINAL.sub(" ", _DAY.sub(" ", rest)))
    return Schedule(rule, start, end), rest


def _days(part: str) -> list[str]:
    """The weekdays named, in the order of the week; "mån-fre" is five."""
    matches = list(_DAY.finditer(part))
    days = [_DAYS[match[1]] for match in matches]
    for first, second in pairwise(matches):
        if part[first.end() : second.start()].strip() == "-":
            low, high = _ORDER.index(_DAYS[first[1]]), _ORDER.index(_DAYS[second[1]])
            days.extend(_ORDER[low : high + 1])
    return sorted(set(days), key=_ORDER.index)


def _clock(hours: str | None, minutes: str | None) -> str:
    if hours is None or int(hours) > 24 or int(minutes or 0) > 59:
        return ""
    return f"{int(hours) % 24:02d}:{int(minutes or 0):02d}"
