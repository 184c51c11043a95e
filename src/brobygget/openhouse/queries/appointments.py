"""The day's meetings by appointment as they are: times, associations, wishes, and who meets whom."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from brobygget.associations.models import Association, Known
from brobygget.associations.queries.directory import directory_of
from brobygget.associations.queries.interests import SENSITIVE, InterestHere, Interests
from brobygget.associations.rules import may_be_shown
from brobygget.openhouse import rules
from brobygget.openhouse.models import (
    Appointment,
    AppointmentHost,
    AppointmentPlan,
    Invitation,
    OpenHouse,
    VisitWish,
)
from brobygget.openhouse.plans.fitting import About, Because, because
from brobygget.openhouse.plans.slots import Slot, slots_between, slots_in
from brobygget.openhouse.queries.places import have_places

LITTLE = {Association.SwedishNeeded.NONE, Association.SwedishNeeded.LITTLE}


@dataclass(frozen=True)
class Host:
    """An association that comes, and whether and how it meets visitors."""

    pk: int  # of its invitation
    name: str
    language: str
    about: About
    languages: list[str]
    at_once: int
    away: list[Slot]
    is_declined: bool
    cause: str

    @property
    def takes_part(self) -> bool:
        """Not without an interest that may be written down: nobody could choose it."""
        return not self.is_declined and bool(self.about.interests)

    def is_away(self, slot: Slot) -> bool:
        """Whether nobody of them can sit down then."""
        return any(slot.meets(one) for one in self.away)


@dataclass(frozen=True)
class MeetingDay:
    """Everything that decides who meets whom, as it is now."""

    openhouse: OpenHouse
    plan: AppointmentPlan
    slots: list[Slot]
    interests: Interests
    hosts: list[Host]
    wishes: list[VisitWish] = field(default_factory=list)
    appointments: list[Appointment] = field(default_factory=list)

    @cached_property
    def by_host(self) -> dict[int, Host]:
        """Those that take part, by their invitation."""
        return {one.pk: one for one in self.hosts if one.takes_part}

    @cached_property
    def by_wish(self) -> dict[UUID, VisitWish]:
        """Wishes by their row."""
        return {one.pk: one for one in self.wishes}

    @cached_property
    def slot_at(self) -> dict[Slot, int]:
        """The place of each time among the day's."""
        return {slot: place for place, slot in enumerate(self.slots)}

    def likes(self, wish: VisitWish) -> list[tuple[str, str]]:
        """What was chosen, with the group of each; what was retired since is what has taken its place, or gone."""
        return self._likes[wish.pk]

    @cached_property
    def _likes(self) -> dict[UUID, list[tuple[str, str]]]:
        found = {}
        for wish in self.wishes:
            standing = (self.interests.standing(one.interest) for one in wish.interests.all())
            there = {one.id: one.id if one.is_group else one.group for one in standing if one is not None}
            found[wish.pk] = list(there.items())
        return found

    def because(self, wish: VisitWish, host: Host) -> Because | None:
        """Why the two could meet."""
        return because(host.about, self.likes(wish), wish.language_codes)

    def room(self, host: Host, slot: Slot) -> int:
        """How many visitors an association meets at a time."""
        return 0 if host.is_away(slot) else host.at_once

    def stay(self, wish: VisitWish) -> list[int]:
        """The places of the times at which a visitor is there."""
        return [
            place
            for place, slot in enumerate(self.slots)
            if wish.comes <= slot.starts and slot.ends <= wish.leaves
        ]

    @cached_property
    def living(self) -> list[Appointment]:
        """Appointments that can be kept: the association still comes, and has a chair at that time."""
        taken: Counter[tuple[int, int]] = Counter()
        found = []
        for one in self.appointments:
            host, place = self.by_host.get(one.invitation_id), self.slot_at.get(Slot(one.starts, one.ends))
            if host is None or place is None or one.wish_id not in self.by_wish:
                continue
            if taken[host.pk, place] < self.room(host, self.slots[place]):
                taken[host.pk, place] += 1
                found.append(one)
        return found

    @property
    def dropped(self) -> list[Appointment]:
        """Appointments that cannot be kept any more."""
        kept = {one.pk for one in self.living}
        return [one for one in self.appointments if one.pk not in kept]

    @cached_property
    def loads(self) -> Counter[int]:
        """How many visitors each association meets."""
        return Counter(one.invitation_id for one in self.living)

    @cached_property
    def meetings_of(self) -> Mapping[UUID, list[Appointment]]:
        """What each wish has got."""
        found: dict[UUID, list[Appointment]] = {one.pk: [] for one in self.wishes}
        for one in self.living:
            found[one.wish_id].append(one)
        return found

    @property
    def without(self) -> list[VisitWish]:
        """Wishes that have no meeting."""
        return [one for one in self.wishes if not self.meetings_of[one.pk]]

    @property
    def places(self) -> int:
        """Chairs in all, over the whole day."""
        return sum(self.room(host, slot) for host in self.by_host.values() for slot in self.slots)

    @cached_property
    def mark(self) -> str:
        """Another word when anything of it has changed."""
        told: list[object] = [self.slots]
        told += [
            (one.pk, sorted(one.about.interests), one.languages, one.at_once, one.away, one.is_declined)
            for one in self.hosts
        ]
        told += [
            (str(one.pk), one.version, one.comes, one.leaves, one.most, self.likes(one))
            for one in self.wishes
        ]
        told += [
            (one.pk, str(one.wish_id), one.invitation_id, one.starts, one.ends) for one in self.appointments
        ]
        return hashlib.sha256(repr(told).encode()).hexdigest()


def plan_of(openhouse: OpenHouse) -> AppointmentPlan | None:
    """When there are meetings by appointment, if there are any."""
    return AppointmentPlan.objects.filter(openhouse=openhouse).select_related("openhouse").first()


def slots_of(plan: AppointmentPlan) -> list[Slot]:
    """The day's times, as far as the doors are open then."""
    day = plan.openhouse
    starts, ends = max(plan.starts, day.starts), min(plan.ends, day.ends)
    return slots_between(starts, ends, minutes=plan.minutes, pause=plan.pause)


def other_times(openhouse: OpenHouse) -> dict[int, list[Slot]]:
    """When an association is busy with its own part of the programme, by invitation: one query."""
    found: dict[int, list[Slot]] = {}
    shown = openhouse.slots.filter(called_off_at=None, invitation__isnull=False)
    for invitation, starts, ends in shown.values_list("invitation", "starts", "ends"):
        found.setdefault(invitation, []).append(Slot(starts, ends))
    return found


def hosts_of(openhouse: OpenHouse, plan: AppointmentPlan, interests: Interests, *, on: date) -> list[Host]:
    """The associations that come and that visitors may see, and when they are busy: three queries."""
    coming = have_places(openhouse).select_related("association", "appointment_host")
    busy = other_times(openhouse)
    return [
        _host(one, plan, interests, busy.get(one.pk, []))
        for one in coming.prefetch_related("association__interests")
        if may_be_shown(one.association, on=on)
    ]


def _host(one: Invitation, plan: AppointmentPlan, interests: Interests, busy: list[Slot]) -> Host:
    said: AppointmentHost | None = getattr(one, "appointment_host", None)
    association = one.association
    standing = (interests.standing(each.interest) for each in association.interests.all())
    named = [each for each in standing if each is not None and each.id not in SENSITIVE]
    return Host(
        pk=one.pk,
        name=association.name,
        language=association.language,
        about=About(
            interests=frozenset(each.id for each in named),
            groups=frozenset(each.id if each.is_group else each.group for each in named),
            languages=frozenset(association.language_codes),
            little_swedish=association.little_swedish == Known.YES or association.swedish_needed in LITTLE,
        ),
        languages=association.language_codes,
        at_once=(said.at_once if said else None) or plan.at_once,
        away=[*(slots_in(said.away) if said else []), *busy],
        is_declined=said is not None and said.declined_on is not None,
        cause=said.cause if said else "",
    )


def day_of(openhouse: OpenHouse, plan: AppointmentPlan, *, on: date) -> MeetingDay:
    """In seven queries, however many come."""
    interests = directory_of(openhouse.house).interests
    return MeetingDay(
        openhouse=openhouse,
        plan=plan,
        slots=slots_of(plan),
        interests=interests,
        hosts=hosts_of(openhouse, plan, interests, on=on),
        wishes=list(openhouse.visit_wishes.prefetch_related("interests")),
        appointments=list(Appointment.objects.filter(wish__openhouse=openhouse).select_related("wish")),
    )


# -- what there is to choose from ----------------------------------------------------------------------------------
@dataclass(frozen=True)
class Offer:
    """Pictures for which somebody comes; never one that tells of faith, politics or health."""

    interests: Interests
    ids: frozenset[str]

    def groups(self) -> list[InterestHere]:
        """Groups of which there is something."""
        return [one for one in self.interests.groups() if one.id in self.ids]

    def activities(self, group: str) -> list[InterestHere]:
        """The activities of a group that somebody has."""
        return [one for one in self.interests.activities(group) if one.id in self.ids]

    def known(self, ids: Iterable[str]) -> list[InterestHere]:
        """Those that are offered, in the order given."""
        return [self.interests.by_id[one] for one in dict.fromkeys(ids) if one in self.ids]


def offer_of(openhouse: OpenHouse, plan: AppointmentPlan, *, on: date) -> Offer:
    """What visitors may choose today."""
    interests = directory_of(openhouse.house).interests
    taking_part = [one for one in hosts_of(openhouse, plan, interests, on=on) if one.takes_part]
    known = {each for one in taking_part for each in one.about.interests | one.about.groups}
    offered = {one.id for one in interests.offered()}
    return Offer(interests, frozenset(known & offered))


@dataclass(frozen=True)
class Called:
    """What the public page says of the meetings."""

    plan: AppointmentPlan
    is_open: bool


def meetings_called(openhouse: OpenHouse, *, at: datetime) -> Called | None:
    """Nothing where there are none, and nothing when the day has been: one query."""
    plan = plan_of(openhouse)
    if plan is None or rules.is_gone(openhouse, at=at):
        return None
    return Called(plan, rules.may_wish(plan, at=at))
