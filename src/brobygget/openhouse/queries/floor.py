"""The floor as it is: halls, tables, circuits, who stands where, and what each stand needs."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from brobygget.openhouse import rules
from brobygget.openhouse.findings import Spot
from brobygget.openhouse.models import (
    Answer,
    Circuit,
    FloorPlan,
    Hall,
    Invitation,
    OpenHouse,
    Position,
    Stand,
)
from brobygget.openhouse.queries.places import have_places


@dataclass(frozen=True)
class Needs:
    """An association that comes, and what it has answered about its table."""

    pk: int  # of its invitation
    name: str
    language: str
    kind: str
    watts: int
    power_for: str
    is_loud: bool
    is_quiet: bool
    step_free: bool
    floor: bool
    is_small: bool
    table: str
    wish: str

    def plugs_in(self, word: str) -> bool:
        """Whether it brings an appliance of that name, in small letters."""
        return bool(self.watts) and word in self.power_for.casefold()


@dataclass(frozen=True)
class Load:
    """What hangs on a circuit."""

    circuit: Circuit
    watts: int
    stands: list[Needs]

    @property
    def is_over(self) -> bool:
        """Whether the fuse would blow."""
        return self.watts > self.circuit.watts

    @property
    def left(self) -> int:
        """Watts that nobody draws."""
        return max(self.circuit.watts - self.watts, 0)


@dataclass(frozen=True)
class Floor:
    """Everything that decides who may stand where, as it is now."""

    openhouse: OpenHouse
    plan: FloorPlan | None
    halls: list[Hall]
    positions: list[Position]
    circuits: list[Circuit]
    stands: list[Needs]
    spots: dict[int, Spot] = field(default_factory=dict)
    held: frozenset[int] = frozenset()

    @cached_property
    def by_stand(self) -> dict[int, Needs]:
        """Stands by the number of their invitation."""
        return {one.pk: one for one in self.stands}

    @cached_property
    def by_position(self) -> dict[int, Position]:
        """Tables by their row."""
        return {one.pk: one for one in self.positions}

    @cached_property
    def by_circuit(self) -> dict[int, Circuit]:
        """Circuits by their row."""
        return {one.pk: one for one in self.circuits}

    @cached_property
    def by_hall(self) -> dict[int, Hall]:
        """Halls by their row."""
        return {one.pk: one for one in self.halls}

    @cached_property
    def at(self) -> dict[int, int]:
        """Who stands at each table."""
        return {spot.position: stand for stand, spot in self.spots.items()}

    def table_of(self, stand: int) -> Position | None:
        """The table of a stand."""
        spot = self.spots.get(stand)
        return self.by_position[spot.position] if spot else None

    def tables_in(self, hall: Hall) -> list[Position]:
        """The tables of a hall by number."""
        return [one for one in self.positions if one.hall_id == hall.pk]

    @property
    def without_a_table(self) -> list[Needs]:
        """Those that come and stand nowhere yet."""
        return [one for one in self.stands if one.pk not in self.spots]

    @property
    def free(self) -> list[Position]:
        """Tables that somebody could have."""
        return [one for one in self.positions if one.pk not in self.at and not one.kept_free]

    @property
    def never_together(self) -> list[str]:
        """Names of appliances of which no circuit takes two."""
        words = self.plan.never_together.split(",") if self.plan else []
        return [word.strip().casefold() for word in words if word.strip()]

    @cached_property
    def loads(self) -> list[Load]:
        """Each circuit and what hangs on it."""
        on: dict[int, list[Needs]] = {one.pk: [] for one in self.circuits}
        for stand, spot in self.spots.items():
            if spot.circuit is not None:
                on[spot.circuit].append(self.by_stand[stand])
        return [Load(one, sum(each.watts for each in on[one.pk]), on[one.pk]) for one in self.circuits]


def floor_of(openhouse: OpenHouse) -> Floor:
    """In six queries, however many tables there are."""
    coming = [needs_of(one) for one in have_places(openhouse)]
    known = {one.pk for one in coming}
    rows = list(Stand.objects.filter(position__openhouse=openhouse))
    return Floor(
        openhouse=openhouse,
        plan=FloorPlan.objects.filter(openhouse=openhouse).first(),
        halls=list(openhouse.halls.all()),
        positions=list(openhouse.positions.all()),
        circuits=list(openhouse.circuits.all()),
        stands=coming,
        spots={
            one.invitation_id: Spot(one.position_id, one.circuit_id)
            for one in rows
            if one.invitation_id in known
        },
        held=frozenset(one.invitation_id for one in rows if one.is_held),
    )


def needs_of(invitation: Invitation) -> Needs:
    """What an association has answered, in the floor's words. Quiet are those where one must be able to talk."""
    answer, association = invitation.answer, invitation.association
    members = association.members
    return Needs(
        pk=invitation.pk,
        name=association.name,
        language=association.language,
        kind=answer.kind,
        watts=answer.watts,
        power_for=answer.power_for,
        is_loud=answer.noise == Answer.Noise.LOUD,
        is_quiet=answer.noise == Answer.Noise.QUIET,
        step_free=answer.step_free,
        floor=answer.table == Answer.Table.FLOOR,
        is_small=members is not None and members <= rules.SMALL,
        table=answer.table,
        wish=answer.wish,
    )


def door_of(hall: Hall) -> tuple[int, int]:
    """Where the door is: in the middle of its wall."""
    middle = {"near": (hall.wide // 2, hall.deep), "far": (hall.wide // 2, 0)}
    return {**middle, "left": (0, hall.deep // 2), "right": (hall.wide, hall.deep // 2)}[hall.door]


@dataclass(frozen=True)
class OwnTable:
    """What an association is told about its table."""

    number: int
    hall: str
    circuit: str
    position: int


def told_plan(openhouse: OpenHouse) -> FloorPlan | None:
    """The plan, when associations and everybody may see it."""
    return FloorPlan.objects.filter(openhouse=openhouse).exclude(told_at=None).first()


def own_table(floor: Floor, stand: int) -> OwnTable | None:
    """Where an association stands."""
    position = floor.table_of(stand)
    if position is None:
        return None
    circuit = floor.by_circuit.get(floor.spots[stand].circuit or 0)
    return OwnTable(
        number=position.number,
        hall=floor.by_hall[position.hall_id].name,
        circuit=circuit.name if circuit else "",
        position=position.pk,
    )
