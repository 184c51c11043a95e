"""The tables of a day as a route sees them: what each is about, what is known of it, and where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.db.models import Prefetch

from brobygget.associations.models import Known
from brobygget.associations.queries.cards import Card, card_of
from brobygget.associations.queries.directory import directory_of
from brobygget.associations.queries.interests import InterestHere, Interests
from brobygget.associations.queries.wishes import AGES, Wishes
from brobygget.associations.rules import may_be_shown
from brobygget.openhouse.models import Answer, Invitation, OpenHouse, Position, Slot
from brobygget.openhouse.plans.route import Choice, Stall, Wished, because
from brobygget.openhouse.plans.walk import Stop, in_walking_order
from brobygget.openhouse.queries.appointments import Offer
from brobygget.openhouse.queries.floor import door_of, told_plan
from brobygget.openhouse.queries.places import have_places, what_it_is_about

NEEDS = ("step-free", "quiet", "free")


@dataclass(frozen=True)
class TableHere:
    """One association that comes."""

    invitation: Invitation
    card: Card
    interests: list[InterestHere]
    position: Position | None  # None while the floor plan is not told
    stall: Stall
    slots: list[Slot] = field(default_factory=list)

    @property
    def pk(self) -> int:
        """Of its invitation."""
        return self.invitation.pk

    @property
    def number(self) -> int:
        """Of its table; 0 where that is not told."""
        return self.position.number if self.position else 0

    @property
    def hall(self) -> str:
        """Where the table is."""
        return self.position.hall.name if self.position else ""


@dataclass(frozen=True)
class TablesHere:
    """All of them, and what there is to choose from."""

    interests: Interests
    tables: list[TableHere]

    @cached_property
    def by_pk(self) -> dict[int, TableHere]:
        """Tables by the invitation of each."""
        return {one.pk: one for one in self.tables}

    @property
    def stalls(self) -> list[Stall]:
        """As the plan of a route sees them."""
        return [one.stall for one in self.tables]

    @cached_property
    def offer(self) -> Offer:
        """The pictures for which somebody comes. Nothing that is chosen here is kept, so no picture is held back."""
        known = {each for one in self.tables for pair in one.stall.interests.items() for each in pair}
        offered = {one.id for one in self.interests.offered()}
        return Offer(self.interests, frozenset(known & offered))

    def walked(self, pks: Iterable[int]) -> list[TableHere]:
        """Some of the tables as one walks past them; those without a place come last."""
        chosen = [self.by_pk[pk] for pk in dict.fromkeys(pks) if pk in self.by_pk]
        stops = [_stop(one.pk, one.position) for one in chosen if one.position is not None]
        order = [self.by_pk[stop.pk] for stop in in_walking_order(stops)]
        return order + [one for one in chosen if one.position is None]


def _stop(pk: int, position: Position) -> Stop:
    hall = position.hall
    return Stop(pk, hall.pk, hall.walk, door_of(hall), (position.x, position.y))


def tables_of(openhouse: OpenHouse, *, on: date) -> TablesHere:
    """Everybody who comes and may be named: six queries, however many."""
    interests = directory_of(openhouse.house).interests
    is_told = told_plan(openhouse) is not None
    slots = Slot.objects.filter(called_off_at=None).select_related("hall", "openhouse")
    coming = have_places(openhouse).select_related("stand__position__hall")
    coming = coming.prefetch_related(
        "association__interests", "association__times", Prefetch("slots", slots, to_attr="shown_slots")
    )
    shown = [one for one in coming if may_be_shown(one.association, on=on)]
    return TablesHere(interests, [_table(one, interests, is_told=is_told) for one in shown])


def _table(one: Invitation, interests: Interests, *, is_told: bool) -> TableHere:
    association = one.association
    about = what_it_is_about(one, interests)
    card = card_of(association, [each.id for each in about], association.times.all())
    stand = getattr(one, "stand", None)
    position = stand.position if stand is not None and is_told else None
    return TableHere(
        invitation=one,
        card=card,
        interests=about,
        position=position,
        stall=Stall(
            pk=one.pk,
            interests={each.id: each.id if each.is_group else each.group for each in about},
            times=[(time.weekday, time.part) for time in card.times],
            languages=card.languages,
            no_swedish=card.needs_no_swedish,
            free_try=card.try_free == Known.YES,
            ages=(
                0 if card.minimum_age is None else card.minimum_age,
                120 if card.maximum_age is None else card.maximum_age,
            ),
            is_closed=card.takes_new_members == Known.NO,
            meets={
                "step-free": _step_free(card, position),
                "quiet": _quiet(one.answer),
                "free": _free(card),
            },
        ),
        slots=one.shown_slots,  # type: ignore[attr-defined]  # by to_attr
    )


def _step_free(card: Card, position: Position | None) -> bool | None:
    """At the table and where they meet: a known no at either is a no, and yes is known of where they meet."""
    if position is not None and not (position.step_free and position.hall.step_free):
        return False
    return {Known.YES: True, Known.NO: False}.get(Known(card.step_free))


def _quiet(answer: Answer) -> bool | None:
    """Ordinary voices are for some quiet enough, and for others not: to be asked."""
    return {Answer.Noise.QUIET: True, Answer.Noise.LOUD: False}.get(Answer.Noise(answer.noise))


def _free(card: Card) -> bool | None:
    if card.costs_nothing or card.fee_is_voluntary:
        return True
    return None if card.fee_sek is None else False


# -- what was chosen -----------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Chosen:
    """What is in the address of a route: the wishes, needs, and the tables once they are drawn."""

    wishes: Wishes
    likes: Sequence[InterestHere]
    needs: tuple[str, ...] = ()
    is_surprised: bool = False
    to: tuple[int, ...] = ()
    is_more: bool = False

    @property
    def has_any(self) -> bool:
        """Whether there is something to lead somebody by."""
        return bool(self.likes) or self.is_surprised

    @property
    def wished(self) -> Wished:
        """The same, as the plan of a route sees it."""
        return Wished(
            likes=[(one.id, one.id if one.is_group else one.group) for one in self.likes],
            parts=self.wishes.parts,
            days=self.wishes.days,
            languages=self.wishes.languages,
            ages=AGES.get(self.wishes.who, (0, 120)),
            needs=self.needs,
        )


def reasons_of(table: TableHere, chosen: Chosen) -> Choice:
    """Why a table is on a route, told anew from what is in the address."""
    return because(table.stall, chosen.wished)
