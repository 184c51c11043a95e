"""The door to the engine: guests and tables to arrays and back. Codes come out; sentences are made in templates."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from brobygget.circles import tiles
from brobygget.circles.findings import Help, Judgement, NoPlan, Plan, TableWhy, Weighed
from brobygget.circles.models import Circle, Membership
from brobygget.circles.queries.companions import apart_in, is_new, wanting_in
from brobygget.circles.queries.tables import Hall, Person, newcomers_among
from brobygget.engine import mixing

TIME_BOX = 10.0  # seconds that somebody waits at the very most, on a machine that has much else to do
PIECE = 0.5  # work in one press, in seconds of an ordinary core


class _Desk:
    """A hall as the engine counts it."""

    def __init__(self, hall: Hall, history: Mapping[frozenset[object], int]) -> None:
        self.hall = hall
        held = hall.held
        seated = {pk for each in held for guests in hall.seats.get(each.number, {}).values() for pk in guests}
        numbers = [each.number for each in hall.rounds]
        self.people: list[Person] = [
            person
            for person in hall.people
            if person.pk in seated or any(person.is_there_in(each.number) for each in hall.open)
        ]
        self.index = {person.pk: place for place, person in enumerate(self.people)}
        self.tables = {number: [table.number for table in hall.tables_in(number)] for number in numbers}
        self.codes = list(dict.fromkeys(code for person in self.people for code in person.languages))
        self.numbers = numbers
        rules: dict[str, list[tuple[int, int]]] = {"at-one": [], "apart": []}
        for wish in hall.wishes:
            if wish.one in self.index and wish.other in self.index:
                rules[wish.rule].append((self.index[wish.one], self.index[wish.other]))
        places: dict[object, int] = {
            person.guest.participant_id: place
            for place, person in enumerate(self.people)
            if person.guest.participant_id
        }
        known = [
            (*sorted(places[one] for one in pair), times)
            for pair, times in history.items()
            if all(one in places for one in pair)
        ]
        try:
            self.gathering = mixing.gather(
                people=len(self.people),
                tables=[len(self.tables[number]) for number in numbers],
                newcomer=newcomers_among(self.people, new_up_to=hall.plan.house.new_up_to_years),
                languages=[self._bits(person.languages) for person in self.people],
                interpreter=[person.guest.interprets for person in self.people],
                present=self._present(held=len(held)),
                together=rules["at-one"],
                apart=rules["apart"],
                history=sorted(known),
                held=self.rounds_of(hall.seats)[: len(held)],
            )
        except mixing.NotAGathering as wrong:
            raise self.no_plan(wrong) from wrong

    def _bits(self, codes: Sequence[str]) -> int:
        return sum(1 << self.codes.index(code) for code in codes)

    def spoken(self, bits: int) -> tuple[str, ...]:
        """Codes behind bits."""
        return tuple(code for place, code in enumerate(self.codes) if bits >> place & 1)

    def _present(self, *, held: int) -> list[list[bool]]:
        rows = []
        for person in self.people:
            sat = {n for n in self.numbers[:held] if self.hall.table_of(n, person.pk)}
            rows.append(
                [
                    number in sat if place < held else person.is_there_in(number)
                    for place, number in enumerate(self.numbers)
                ]
            )
        return rows

    def rounds_of(self, seats: Mapping[int, Mapping[int, tuple[int, ...]]]) -> list[list[list[int]]]:
        """Seats as the engine lists them, leaving out those who are not there."""
        found = []
        for place, number in enumerate(self.numbers):
            is_held = place < len(self.hall.held)
            found.append(
                [
                    [
                        self.index[pk]
                        for pk in seats.get(number, {}).get(table, ())
                        if pk in self.index and (is_held or self.people[self.index[pk]].is_there_in(number))
                    ]
                    for table in self.tables[number]
                ]
            )
        return found

    def seats_of(self, rounds: mixing.Rounds) -> Plan:
        """And back."""
        return {
            number: {
                table: self.guests(seated)
                for table, seated in zip(self.tables[number], rounds[place], strict=True)
            }
            for place, number in enumerate(self.numbers)
        }

    def guests(self, places: Sequence[int]) -> tuple[int, ...]:
        """The numbers of guests."""
        return tuple(sorted(self.people[place].pk for place in places))

    def no_plan(self, wrong: mixing.NotAGathering) -> NoPlan:
        """The same refusal with guests in place of places."""
        places = wrong.details.get("people", ())
        assert isinstance(places, Sequence)
        return NoPlan(wrong.code, [self.people[p].pk for p in places if 0 <= p < len(self.people)])


def seat(
    hall: Hall, history: Mapping[frozenset[object], int], *, stay_near: bool, seed: int, effort: float
) -> Plan:
    """Who sits where in every round; the rounds held come back as they were."""
    desk = _Desk(hall, history)
    keep = desk.rounds_of(hall.seats) if stay_near else None
    try:
        found = mixing.seat_guests(
            desk.gathering,
            rng=np.random.default_rng(seed),
            effort=effort,
            should_stop=_time_box(TIME_BOX),
            keep=keep,
        )
    except mixing.NotAGathering as wrong:
        raise desk.no_plan(wrong) from wrong
    return desk.seats_of(found.rounds)


def gain_of_one_more_interpreter(
    hall: Hall, history: Mapping[frozenset[object], int], *, seed: int, effort: float
) -> int | None:
    """How many more meetings the first who share an interpreter would have with another; None when nobody shares one.

    It is found by planning the evening once more, so that nothing is promised which no plan gives.
    """
    desk = _Desk(hall, history)
    sharing = (each for each in mixing.obstacles_to(desk.gathering) if each.code == "shared_interpreter")
    obstacle = next(sharing, None)
    if obstacle is None:
        return None
    gathering, rounds = desk.gathering, desk.rounds_of(hall.seats)
    as_it_is = mixing.Seating(
        rounds=tuple(tuple(tuple(table) for table in tables) for tables in rounds),
        merits=mixing.merits_of(gathering, rounds),
        bound=mixing.bound_of(gathering),
        violations=mixing.violations_of(gathering, rounds),
        origin="search",
        weighings=0,
    )
    return mixing.gain_of_interpreter(
        gathering,
        obstacle,
        as_it_is,
        rng=np.random.default_rng(seed),
        effort=effort,
        should_stop=_time_box(TIME_BOX),
    ).met


def _time_box(seconds: float) -> Callable[[], bool]:
    """Stop when somebody has waited that long: a measure of patience, not a time of day."""
    ends = time.monotonic() + seconds
    return lambda: time.monotonic() > ends


def quality(hall: Hall, history: Mapping[frozenset[object], int], plan: Plan) -> tuple[int, int, int]:
    """What makes one plan better than another: fewer rules broken, more meetings, the least served."""
    desk = _Desk(hall, history)
    rounds = desk.rounds_of(plan)
    merits = mixing.merits_of(desk.gathering, rounds)
    broken = mixing.violations_of(desk.gathering, rounds)
    return -len(broken), merits.met + merits.met_across, merits.fewest_new


def judge(hall: Hall, history: Mapping[frozenset[object], int]) -> Judgement:
    """The plan as it stands, told in codes."""
    desk = _Desk(hall, history)
    gathering, rounds = desk.gathering, desk.rounds_of(hall.seats)
    merits, bound = mixing.merits_of(gathering, rounds), mixing.bound_of(gathering)
    broken = [each for each in mixing.violations_of(gathering, rounds) if each.rule in {"apart", "together"}]
    broken_at = {(each.round, each.table) for each in broken}
    why = {}
    for reason in mixing.reasons_for(gathering, rounds):
        seated = [desk.people[place] for place in rounds[reason.round][reason.table]]
        shared = [code for code in desk.codes if seated and all(code in who.languages for who in seated)]
        number = desk.numbers[reason.round]
        why[number, desk.tables[number][reason.table]] = TableWhy(
            spoken=tuple(shared) or ((desk.codes[reason.language],) if seated else ()),
            interpreters=desk.guests(reason.interpreters),
            interpreted_for=desk.guests(reason.interpreted_for),
            not_reached=desk.guests(reason.not_reached),
            new_meetings=reason.new_meetings,
            met_before=reason.met_before,
            breaks_a_wish=(reason.round, reason.table) in broken_at,
        )
    there = set(np.flatnonzero(gathering.present.any(axis=1)).tolist())
    fewest = [place for place in sorted(there) if merits.new_contacts[place] == merits.fewest_new]
    return Judgement(
        met=merits.met,
        most=bound.met,
        fewest_new=merits.fewest_new,
        fewest=desk.guests(fewest),
        why=why,
        helps=_helps(desk),
        broken_wishes=len(broken),
        unreached=tuple(
            sorted(
                {
                    pk
                    for (number, _table), each in why.items()
                    if number >= hall.next_number
                    for pk in each.not_reached
                }
            )
        ),
    )


def _helps(desk: _Desk) -> tuple[Help, ...]:
    found: dict[tuple[str, tuple[int, ...]], Help] = {}
    for each in mixing.obstacles_to(desk.gathering):
        people = desk.guests(each.people)
        found.setdefault(
            (each.code, people),
            Help(
                code=each.code,
                people=people,
                languages=desk.spoken(each.languages),
                helpers=len(each.helpers),
                would_gain=each.would_gain,
                seats=each.seats,
            ),
        )
    return tuple(found.values())


def weigh(
    hall: Hall,
    history: Mapping[frozenset[object], int],
    *,
    number: int,
    guest: int,
    table: int | None = None,
    other: int | None = None,
) -> Weighed:
    """What happens when somebody goes to another table, or changes places with somebody."""
    desk = _Desk(hall, history)
    known = set(desk.index) & {pk for seated in hall.seats.get(number, {}).values() for pk in seated}
    if number not in desk.numbers or not {guest, other or guest} <= known:
        raise NoPlan("unknown_person")
    if table is not None and table not in desk.tables[number]:
        raise NoPlan("tables")
    move = mixing.Move(
        desk.numbers.index(number),
        desk.index[guest],
        to_table=None if table is None else desk.tables[number].index(table),
        swap_with=None if other is None else desk.index[other],
    )
    try:
        told = mixing.consequences(desk.gathering, desk.rounds_of(hall.seats), move)
    except mixing.NotAGathering as wrong:
        raise desk.no_plan(wrong) from wrong

    def pairs(found: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
        return tuple((desk.people[one].pk, desk.people[two].pk) for one, two in found)

    def tables_of(found: Sequence[mixing.Violation]) -> tuple[tuple[int, int], ...]:
        return tuple(
            (desk.people[place].pk, desk.tables[desk.numbers[each.round]][each.table])
            for each in found
            if each.rule == "language"
            for place in each.people
        )

    gained, lost = told.violations_gained, told.violations_lost
    return Weighed(
        after=desk.seats_of(told.rounds),
        met=told.met,
        gained=pairs(told.meetings_gained),
        lost=pairs(told.meetings_lost),
        no_longer_follow=tuple(each for each in tables_of(gained) if each[0] not in dict(tables_of(lost))),
        follow_again=len({pk for pk, _t in tables_of(lost)} - {pk for pk, _t in tables_of(gained)}),
        breaks_wishes=sum(each.rule in {"apart", "together"} for each in gained),
        uneven=any(each.rule == "size" for each in gained),
    )


def companions(circle: Circle, *, size: int) -> list[list[Membership]]:
    """Companions across the line first; then those who are left, so that nobody's side can be guessed from it."""
    waiting = [row for row in wanting_in(circle) if row.is_free]
    codes = sorted({code for row in waiting for code in row.languages})
    speaks = [sum(1 << codes.index(code) for code in row.languages) for row in waiting]
    likes = [tiles.bits(tiles.INTERESTS, row.wish.interests) for row in waiting]
    can = [tiles.bits(tiles.TIMES, row.wish.times) for row in waiting]
    place = {row.membership.pk: number for number, row in enumerate(waiting)}
    apart = [
        [place[pk] for pk in sorted(pair)] for pair in apart_in(circle) if all(pk in place for pk in pair)
    ]
    found: list[list[Membership]] = []
    left = list(range(len(waiting)))

    def pair_off(sides: list[bool]) -> None:
        told = mixing.pair_companions(
            newcomer=[sides[person] for person in left],
            languages=[speaks[person] for person in left],
            interests=[likes[person] for person in left],
            times=[can[person] for person in left],
            apart=[[left.index(one) for one in pair] for pair in apart if set(pair) <= set(left)],
            size=size,
        )
        groups = [[left[person] for person in group.people] for group in told.groups]
        found.extend([waiting[person].membership for person in group] for group in groups)
        left[:] = [person for person in left if all(person not in group for group in groups)]

    pair_off([is_new(row.membership, new_up_to=circle.house.new_up_to_years) for row in waiting])
    for person in range(len(waiting)):
        if person in left:  # each against all others who are left: whoever fits best
            pair_off([other == person for other in range(len(waiting))])
    return found
