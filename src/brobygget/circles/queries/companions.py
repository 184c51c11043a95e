"""Who wants a companion, who has one, and what people have in common. Sides of the line stay in here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from django.db.models import Prefetch, QuerySet

from brobygget.circles import spoken, tiles
from brobygget.circles.models import Circle, Companion, Companionship, CompanionWish, Membership
from brobygget.circles.queries.tables import LONGEST_NEW, said_by
from brobygget.people.models import Participant


@dataclass(frozen=True)
class Wanting:
    """Somebody who wants a companion, as the leader sees them."""

    membership: Membership
    wish: CompanionWish
    languages: tuple[str, ...]
    is_free: bool

    @property
    def spoken(self) -> str:
        """The languages in one breath."""
        return spoken.names_of(self.languages)

    @property
    def interests(self) -> list[tiles.Tile]:
        """What they like."""
        return tiles.chosen(tiles.INTERESTS, self.wish.interests)

    @property
    def times(self) -> list[tiles.Tile]:
        """When they can."""
        return tiles.chosen(tiles.TIMES, self.wish.times)


@dataclass(frozen=True)
class Shared:
    """A companionship with what all of them share."""

    companionship: Companionship
    members: Sequence[Membership]
    languages: tuple[str, ...]
    interests: list[tiles.Tile]
    times: list[tiles.Tile]

    @property
    def spoken(self) -> str:
        """The languages that all of them talk in, in one breath."""
        return spoken.names_of(self.languages)

    @property
    def state(self) -> str:
        """proposed, asked or joined: the same word whoever has answered."""
        if self.companionship.joined_on is not None:
            return "joined"
        return "asked" if self.companionship.asked_on is not None else "proposed"


def wanting_in(circle: Circle) -> list[Wanting]:
    """Everybody in the circle who said that they want one, by name, in four questions."""
    wishes = (
        CompanionWish.objects.filter(membership__circle=circle)
        .select_related("membership__participant")
        .order_by("pk")
    )
    found = list(wishes)
    said = said_by(wish.membership.participant_id for wish in found)
    free = free_in(circle)
    rows = [
        Wanting(
            membership=wish.membership,
            wish=wish,
            languages=languages_of(wish.membership.participant, said),
            is_free=wish.membership_id in free,
        )
        for wish in found
    ]
    return sorted(rows, key=lambda row: (row.membership.participant.alias.casefold(), row.membership.pk))


def languages_of(participant: Participant, said: dict[object, tuple[str, ...]]) -> tuple[str, ...]:
    """What somebody talks in, by their own word or else by what they read."""
    return said.get(participant.pk) or spoken.known([participant.language]) or ("sv",)


def free_in(circle: Circle) -> set[int]:
    """Those who want a companion and have none, nor a question that waits."""
    wanting = set(
        CompanionWish.objects.filter(membership__circle=circle).values_list("membership_id", flat=True)
    )
    taken = Companion.objects.filter(
        companionship__circle=circle,
        companionship__ended_on=None,
        companionship__asked_on__isnull=False,
    )
    return wanting - set(taken.values_list("membership_id", flat=True))


def going_in(circle: Circle) -> list[Shared]:
    """Proposals, questions and companionships of a circle that have not ended."""
    companions = Companion.objects.select_related("membership__participant")
    found = list(
        circle.companionships.filter(ended_on=None)
        .prefetch_related(Prefetch("companions", queryset=companions))
        .order_by("pk")
    )
    return _shared(found)


def of_participant(participant: Participant) -> Shared | None:
    """The question that waits for somebody, or their companion; None before the leader has said yes."""
    companions = Companion.objects.select_related("membership__participant")
    found = list(
        Companionship.objects.filter(
            companions__membership__participant=participant, ended_on=None, asked_on__isnull=False
        )
        .prefetch_related(Prefetch("companions", queryset=companions))
        .order_by("-pk")[:1]
    )
    return next(iter(_shared(found)), None)


def companionships_of(participant: Participant) -> QuerySet[Companionship]:
    """Those that somebody may answer or end: asked, not ended, and their own."""
    return Companionship.objects.filter(
        companions__membership__participant=participant, asked_on__isnull=False
    )


def _shared(found: Sequence[Companionship]) -> list[Shared]:
    people = {c.membership.participant for each in found for c in each.companions.all()}
    said = said_by(person.pk for person in people)
    members = {c.membership_id for each in found for c in each.companions.all()}
    wishes = {wish.membership_id: wish for wish in CompanionWish.objects.filter(membership__in=members)}
    rows = []
    for each in found:
        companions = [companion.membership for companion in each.companions.all()]
        spoken_by_all = [set(languages_of(who.participant, said)) for who in companions]
        told = [wishes[who.pk] for who in companions if who.pk in wishes]
        is_known = len(told) == len(companions)
        rows.append(
            Shared(
                companionship=each,
                members=sorted(companions, key=lambda who: (who.participant.alias.casefold(), who.pk)),
                languages=spoken.known(set.intersection(*spoken_by_all)) if spoken_by_all else (),
                interests=_in_all(tiles.INTERESTS, [wish.interests for wish in told]) if is_known else [],
                times=_in_all(tiles.TIMES, [wish.times for wish in told]) if is_known else [],
            )
        )
    return rows


def _in_all(known: tuple[tiles.Tile, ...], codes: Sequence[str]) -> list[tiles.Tile]:
    if not codes:
        return []
    bits = tiles.bits(known, codes[0])
    for each in codes[1:]:
        bits &= tiles.bits(known, each)
    return tiles.of_bits(known, bits)


def apart_in(circle: Circle) -> set[frozenset[int]]:
    """Pairs that are not proposed again: put aside, not wished, or ended. Nobody can tell which."""
    rows = Companion.objects.filter(
        companionship__circle=circle, companionship__ended_on__isnull=False
    ).values_list("companionship_id", "membership_id")
    together: dict[int, list[int]] = {}
    for companionship, membership in rows:
        together.setdefault(companionship, []).append(membership)
    return {frozenset(pair) for people in together.values() for pair in combinations(people, 2)}


def is_new(membership: Membership, *, new_up_to: int) -> bool:
    """The side of the line, for the engine alone."""
    return LONGEST_NEW.get(membership.participant.years_here, 99) <= new_up_to
