"""What is said about meetings by appointment: why somebody has none, what breaks, where it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from brobygget.associations.queries.interests import InterestHere
from brobygget.openhouse.models import VisitWish
from brobygget.openhouse.queries.appointments import Host, MeetingDay
from brobygget.openhouse.queries.wishes import Told
from brobygget.web.languages import current


@dataclass(frozen=True)
class Reason:
    """The interest for which two meet, in the reader's language where there is a word; empty when there is none."""

    picture: str = ""
    word: str = ""
    language: str = ""


def reason_of(interest: InterestHere | None) -> Reason:
    """Why they meet."""
    if interest is None:
        return Reason()
    label = interest.label(current().code)
    return Reason(interest.picture, label.text, label.language)


def why_unserved(cause: str) -> tuple[str, str]:
    """Why a number has no meeting, and what would have to give. For those who plan."""
    return {
        "no_eligible_association": (
            _("No association that takes part is about what they chose."),
            _("One of that kind would have to take part."),
        ),
        "closed_while_present": (
            _("The associations that fit are busy, or say no, just while they are there."),
            _("One of them would have to have time then."),
        ),
        "places_taken": (
            _("Every chair where they could go is given to somebody who would else meet nobody."),
            _("One of the associations would have to meet one more at once."),
        ),
        "slots_collide": (
            _("There are chairs left, but only while they or the others sit somewhere else."),
            _("One of the associations would have to meet one more at once."),
        ),
        "no_time": (
            _("No meeting begins and ends while they are there."),
            _("The hours of the meetings would have to be others."),
        ),
        "interest_gone": (
            _("What they chose is not in the list of interests any more."),
            _("They would have to choose again."),
        ),
    }.get(
        cause, (_("The timetable was made before they chose, or after it was changed."), _("Make it again."))
    )


def to_visitor(cause: str) -> str:
    """The same for the visitor, on their own phone."""
    if cause in ("no_eligible_association", "interest_gone"):
        return _("No association that has time for meetings is about what you chose.")
    if cause in ("closed_while_present", "no_time"):
        return _("The associations that fit you have no time while you are there.")
    return _("More people wished for the same than there are chairs.")


def why_empty(cause: str) -> str:
    """Why nobody comes to an association."""
    return {
        "no_places": _("It has marked every time as busy."),
        "nobody_eligible": _("Nobody chose what it is about."),
        "closed_while_present": _("Those who chose it are there only while it is busy."),
        "visitors_needed_elsewhere": _("Those who chose it would leave another association alone."),
        "slots_collide": _("No time was found that suits it and those who chose it."),
    }.get(cause, "")


BREAKS = ("met_twice", "two_at_once", "absent", "over_capacity", "too_many", "not_eligible")


def what_breaks(code: str, *, number: int, name: str) -> str:
    """What a move by hand breaks."""
    facts = {"number": number, "name": name}
    return {
        "met_twice": _("%(number)d meets %(name)s already at another time."),
        "two_at_once": _("%(number)d sits somewhere else at that time."),
        "absent": _("%(number)d is not there at that time."),
        "over_capacity": _("%(name)s has no free chair at that time."),
        "too_many": _("%(number)d wished for fewer meetings."),
        "not_eligible": _("%(number)d chose nothing that %(name)s is about."),
    }[code] % facts


def where(one: Told) -> str:
    """Table and hall, when they are told."""
    if not one.table:
        return ""
    return _("Table %(number)d, %(hall)s") % {"number": one.table, "hall": one.hall}


@dataclass(frozen=True)
class Cause:
    """Numbers without a meeting for one reason, and what would have to give."""

    text: str
    give: str
    numbers: list[int]


def causes(without: Iterable[VisitWish]) -> list[Cause]:
    """Those without a meeting, by their reason, most first."""
    found: dict[str, list[int]] = {}
    for wish in without:
        found.setdefault(wish.cause, []).append(wish.number)
    return [
        Cause(*why_unserved(cause), sorted(numbers))
        for cause, numbers in sorted(found.items(), key=lambda each: (-len(each[1]), each[0]))
    ]


def empty(day: MeetingDay) -> list[tuple[Host, str]]:
    """Associations that nobody meets, with the reason."""
    return [(one, why_empty(one.cause)) for one in day.by_host.values() if not day.loads[one.pk]]
