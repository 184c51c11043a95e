"""What a newcomer reads about an association, as a list of facts, for its receipt and its yearly question."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from brobygget.associations.models import Association, AssociationTime, FieldChange, Known
from brobygget.associations.queries.interests import InterestHere
from brobygget.web.languages import BY_CODE, current


@dataclass(frozen=True)
class Fact:
    """One thing to know: an icon, what it is about, and the answer. `is_own` marks people's own words."""

    icon: str
    label: str
    value: str
    is_own: bool = False


ASKED = (
    "can_try", "description", "little_swedish", "swedish_needed", "languages", "minimum_age", "open_to", "fee_text",
    "try_free", "fritidskort", "gear", "venue", "step_free", "met_by",
)  # fmt: skip
NOBODY_SAID: tuple[Any, ...] = ("", None, Known.UNKNOWN)


def answered(association: Association) -> tuple[int, int]:
    """How many of the questions have an answer. Prefetch `times`."""
    done = sum(getattr(association, name) not in NOBODY_SAID for name in ASKED)
    has_time = bool(association.times.all()) or bool(association.meeting_text)
    has_way = any((association.email, association.phone, association.websites))
    return done + has_time + has_way, len(ASKED) + 2


def facts_of(association: Association, about: list[InterestHere]) -> list[Fact]:
    """Everything that is known and public, in the order in which a newcomer asks. Prefetch `times`."""
    a = association
    found = [
        Fact("ball-wave", _("You can try"), a.can_try, is_own=True),
        Fact("info", _("What they do"), a.description, is_own=True),
        Fact("tag", _("What it is about"), ", ".join(one.label(current().code).text for one in about)),
        Fact(
            "message-circle", _("With little Swedish"), _little_swedish(a), is_own=bool(a.little_swedish_how)
        ),
        Fact("languages", _("Languages"), ", ".join(spoken(code) for code in a.language_codes)),
        Fact("users", _("For whom"), _for_whom(a)),
        Fact("coins", _("Costs"), a.fee_text, is_own=True),
        Fact("gift", _("First time free"), _known(a.try_free)),
        Fact("ticket", _("Fritidskortet"), _known(a.fritidskort)),
        Fact("backpack", _("Gear"), _gear(a)),
        Fact("calendar-days", _("When"), "; ".join(in_words(one) for one in a.times.all())),
        Fact("message-circle", _("When, in your own words"), a.meeting_text, is_own=True),
        Fact("map-pin", _("Where"), ", ".join(filter(None, (a.venue, a.street, a.town))), is_own=True),
        Fact("accessibility", _("Without steps"), _known(a.step_free)),
        Fact("hand", _("Meets you at the door"), a.met_by, is_own=True),
        Fact("mail", _("E-mail"), a.email),
        Fact("phone", _("Telephone"), a.phone),
        Fact("globe", _("Web page"), a.websites[0] if a.websites else ""),
    ]
    return [fact for fact in found if fact.value]


def spoken(code: str) -> str:
    """A language by its own name."""
    known = BY_CODE.get(code)
    return known.own_name if known else _OTHERS.get(code, code)


_OTHERS = {
    "fi": "suomi", "se": "davvisámegiella", "ru": "русский", "es": "español", "fr": "français", "de": "Deutsch",
    "pl": "polski", "tr": "Türkçe", "ku": "kurdî", "ps": "پښتو", "th": "ไทย", "swl": "svenskt teckenspråk",
}  # fmt: skip


def _known(answer: str) -> str:
    return "" if answer == Known.UNKNOWN else str(Known(answer).label)


def _little_swedish(a: Association) -> str:
    parts = [_known(a.little_swedish), a.little_swedish_how]
    if a.swedish_needed != Association.SwedishNeeded.UNKNOWN:
        parts.append(a.get_swedish_needed_display())
    return ". ".join(part.rstrip(".") for part in parts if part)


def _for_whom(a: Association) -> str:
    who = "" if a.open_to == Association.OpenTo.UNKNOWN else a.get_open_to_display()
    low, high = a.minimum_age, a.maximum_age
    if low is not None and high is not None:
        ages = _("%(low)d to %(high)d years") % {"low": low, "high": high}
    elif low:
        ages = _("from %(low)d years") % {"low": low}
    elif high is not None:
        ages = _("up to %(high)d years") % {"high": high}
    else:
        ages = ""
    return ", ".join(part for part in (who, ages) if part)


def _gear(a: Association) -> str:
    said = "" if a.gear == Association.Gear.UNKNOWN else a.get_gear_display()
    return ": ".join(part for part in (said, a.gear_text) if part)


def in_words(one: AssociationTime) -> str:
    """ "Tuesday 18.00-19.30", "every other Thursday", "the first Sunday of the month"."""
    day = str(WEEKDAYS[one.weekday])
    if one.nth:
        which = {
            1: pgettext("weekday of a month", "first %(day)s of the month"),
            2: pgettext("weekday of a month", "second %(day)s of the month"),
            3: pgettext("weekday of a month", "third %(day)s of the month"),
            4: pgettext("weekday of a month", "fourth %(day)s of the month"),
        }.get(one.nth, pgettext("weekday of a month", "last %(day)s of the month"))
        day = which % {"day": day}
    elif one.interval == 2:
        day = _("every other %(day)s") % {"day": day}
    clock = one.starts.strftime("%H.%M") if one.starts else ""
    if one.ends:
        clock += f"–{one.ends:%H.%M}"
    return " ".join(filter(None, (day, clock, one.text)))


def earlier_words(changes: Iterable[FieldChange]) -> list[tuple[FieldChange, str]]:
    """What somebody else had written, as text."""
    shown = []
    for change in changes:
        before = json.loads(change.before)
        text = ", ".join(map(str, before)) if isinstance(before, list) else str(before)
        shown.append((change, text))
    return shown
