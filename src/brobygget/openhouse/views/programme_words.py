"""What is said about the programme, in whole sentences: what conflicts, and what somebody who wants to try must know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from brobygget.associations.views import wording as associations
from brobygget.openhouse.models import Booking, Gathering, Slot
from brobygget.openhouse.plans.programme_conflicts import Conflict, clock_of, minutes_of
from brobygget.openhouse.plans.programme_hosts import HALF_HOUR, NEEDED, Lack
from brobygget.openhouse.queries.language_hosts import HostGrid, Spoken
from brobygget.openhouse.queries.programme import Day, booked_of, comes, free_of
from brobygget.openhouse.views.floor_words import isolated
from brobygget.web import moments

FIRST_CLASHES = 60  # are told in words; whoever has more mends some, and sees the next


def span(starts: int, ends: int) -> str:
    """From one clock to another, in one piece also from right to left."""
    last = moments.clock(clock_of(ends)) if ends < 24 * 60 else "24"
    return isolated(f"{moments.clock(clock_of(starts))}–{last}")


@dataclass(frozen=True)
class Clash:
    """One conflict: what is wrong, what would have to give, and which slots it is about."""

    text: str
    give: str
    slots: tuple[Slot, ...]


def clashes_in(day: Day, conflicts: list[Conflict]) -> list[Clash]:
    """The first conflicts in words: three hundred things at one hour in one room are forty thousand of them."""
    slots = {one.pk: one for one in day.slots}
    talks = {one.pk: one for one in day.gatherings}
    return [_clash(day, one, slots[one.slot], slots, talks) for one in conflicts[:FIRST_CLASHES]]


def troubled_by(conflicts: list[Conflict]) -> set[int]:
    """The slots that some conflict is about."""
    others = {one.other for one in conflicts if one.other is not None and not one.at_tables}
    return {one.slot for one in conflicts} | others


def _clash(
    day: Day, one: Conflict, slot: Slot, slots: Mapping[int, Slot], talks: Mapping[int, Gathering]
) -> Clash:
    other: Slot | Gathering | None = (talks if one.at_tables else slots).get(one.other or 0)
    facts: dict[str, object] = {
        "one": isolated(slot.title),
        "who": _whose(slot),
        "hall": isolated(slot.hall.name) if slot.hall else "",
        "hours": span(day.opens, day.closes),
        "booked": moments.number(booked_of(slot)),
        "seats": moments.number(slot.capacity),
    }
    if other is not None:
        facts["other"] = isolated(str(other))
        first, second = minutes_of(max(slot.starts, other.starts)), minutes_of(min(slot.ends, other.ends))
        facts["clock"] = span(first, second) if first < second else ""
        facts["minutes"] = moments.minutes(max(first - second, 0))
    text, give = _sentences(one)
    about = (slot, other) if isinstance(other, Slot) else (slot,)
    return Clash(text % facts, give, about)


def _sentences(one: Conflict) -> tuple[str, str]:
    return {
        "two_places": (
            _("%(who)s would be in two places at %(clock)s: “%(one)s” and “%(other)s”."),
            _("Move one of them, or let somebody else hold it."),
        ),
        "one_room": (
            _("“%(one)s” and “%(other)s” are in the same room at %(clock)s."),
            _("Move one of them, or say where in the hall each of them is."),
        ),
        "two_on_stage": (
            _("“%(one)s” and “%(other)s” are on the stage at the same time, %(clock)s."),
            _("Move one of them."),
        ),
        "no_breath": (
            _("Between “%(one)s” and “%(other)s” on the stage there are only %(minutes)s."),
            _("Leave ten minutes, to change over and so that people can hear each other."),
        ),
        "beside_talk": (
            _("“%(one)s” is loud while people talk at “%(other)s”, %(clock)s."),
            _("Choose another hour, or another hall."),
        ),
        "outside": (
            _("“%(one)s” is outside the opening hours, %(hours)s."),
            _("Move it, or change when the doors are open."),
        ),
        "no_place": (
            _("“%(one)s”: %(who)s no longer has a place at the open house."),
            _("Let somebody else hold it, or call it off."),
        ),
        "overbooked": (
            _("“%(one)s” has %(seats)s seats, and %(booked)s are booked."),
            _("Find more room, or hold it twice."),
        ),
        "no_room": (_("Nobody has said where “%(one)s” is."), _("Choose a hall, or write a place.")),
        "no_floor": (
            _("“%(one)s” needs free floor, and %(hall)s has none on the floor plan."),
            _("Choose another hall, or mark free floor beside a table."),
        ),
    }[one.code]


def _whose(slot: Slot) -> str:
    return isolated(slot.invitation.association.name) if slot.invitation else _("the house")


def unsaid(slot: Slot) -> list[str]:
    """What a guest will ask and nobody has answered yet."""
    if slot.kind != Slot.Kind.TRY:
        return []
    asked = (
        (not slot.languages, _("in which languages it is shown")),
        (not slot.changing, _("whether one changes clothes")),
        (not slot.bring, _("what to wear or bring")),
    )
    return [text for is_missing, text in asked if is_missing]


# -- for everybody -------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class SlotShown:
    """A slot as everybody reads it."""

    slot: Slot
    when: str
    free: int
    ages: str
    languages: str
    is_bookable: bool
    has_begun: bool

    @property
    def is_full(self) -> bool:
        """Whether every seat is booked."""
        return self.slot.kind == Slot.Kind.TRY and not self.free


def shown(slot: Slot, *, has_begun: bool) -> SlotShown:
    """One slot."""
    is_off = slot.called_off_at is not None or slot.openhouse.called_off_on is not None
    return SlotShown(
        slot=slot,
        when=span(minutes_of(slot.starts), minutes_of(slot.ends)),
        free=free_of(slot),
        ages=ages_of(slot),
        languages=" · ".join(associations.language_name(code) for code in slot.language_codes),
        is_bookable=slot.kind == Slot.Kind.TRY and not is_off and not has_begun,
        has_begun=has_begun,
    )


def ages_of(slot: Slot) -> str:
    """For whom, by age."""
    youngest, oldest = slot.minimum_age, slot.maximum_age
    if youngest and oldest is not None:
        return _("From %(from)d to %(to)d years") % {"from": youngest, "to": oldest}
    if youngest:
        return _("From %(from)d years") % {"from": youngest}
    if oldest is not None:
        return _("Up to %(to)d years") % {"to": oldest}
    return pgettext("ages", "All ages")


@dataclass(frozen=True)
class BookingShown:
    """A booking as the phone that keeps it reads it."""

    booking: Booking
    shown: SlotShown
    code: str
    state: str  # day-off, off, moved, unsure, past or nothing
    was: str


def booking_shown(booking: Booking, *, code: str, at: datetime) -> BookingShown:
    """How it stands with one."""
    slot = booking.slot
    was = ""
    if slot.openhouse.called_off_on is not None:
        state = "day-off"
    elif slot.called_off_at is not None:
        state = "off"
    elif at >= slot.ends_at:
        state = "past"
    elif not comes(slot):
        state = "unsure"
    elif (booking.version, booking.starts_at) != (slot.version, slot.starts_at):
        state, was = "moved", moments.day_and_clock(booking.starts_at)
    else:
        state = ""
    return BookingShown(booking, shown(slot, has_begun=at >= slot.starts_at), code, state, was)


@dataclass(frozen=True)
class SpokenShown:
    """Some hours, and the languages in which somebody welcomes."""

    when: str
    languages: str


def spoken(one: Spoken) -> SpokenShown:
    """In the page's language."""
    names = (associations.language_name(code) for code in one.languages)
    return SpokenShown(span(one.starts, one.ends), " · ".join(names))


# -- language hosts ------------------------------------------------------------------------------------------------
def lacking(shown: HostGrid, lacks: list[Lack], names: dict[int, str]) -> list[str]:
    """What the grid does not keep, in words."""
    return [_lacking(shown, one, names) for one in lacks]


def _lacking(shown: HostGrid, one: Lack, names: dict[int, str]) -> str:
    last = shown.starts[one.end - 1] + HALF_HOUR
    facts: dict[str, object] = {
        "hours": span(shown.starts[one.first], last),
        "who": isolated(names.get(one.host) or _("somebody of the staff")),
        "length": moments.minutes(last - shown.starts[one.first]),
        "languages": isolated(_(" and ").join(associations.language_name(code) for code in one.has)),
        "needed": NEEDED,
    }
    if one.code == "long":
        return _("%(who)s hosts %(length)s without a break, %(hours)s.") % facts
    if one.code == "absent":
        return _("%(who)s cannot be there at %(hours)s.") % facts
    if not one.has:
        return _("%(hours)s: nobody welcomes in another language than Swedish.") % facts
    return _("%(hours)s: only %(languages)s. There should be %(needed)d languages beside Swedish.") % facts
