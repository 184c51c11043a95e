"""Who stands where: placed by the program, moved by hand, taken back, told. Nobody loses a table without being named."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from brobygget.house.commands.refused import Refused
from brobygget.openhouse import analysis
from brobygget.openhouse.commands.holding import locked
from brobygget.openhouse.findings import NoFloor, Placed, Spot, Spots, Unmet
from brobygget.openhouse.models import FloorChange, FloorPlan, Invitation, OpenHouse, Stand
from brobygget.openhouse.queries.floor import Floor, floor_of

MOST_CHANGES = 20


@dataclass(frozen=True)
class Kept:
    """What a press has done: who stands elsewhere than before."""

    moved: tuple[int, ...]
    without: int  # how many have no table


def plan_of(openhouse: OpenHouse) -> FloorPlan:
    """What is decided about the floor; it begins with the first word."""
    return FloorPlan.objects.get_or_create(openhouse=openhouse)[0]


def refuse_without_halls(floor: Floor) -> None:
    """The engine is asked only where there is something to ask."""
    if not floor.positions:
        raise Refused(_("There are no tables yet. Put up halls and tables first."))
    if not floor.stands:
        raise Refused(_("Nobody has a place yet. Give the places first; then they get tables."))


def place_everybody(floor: Floor) -> Placed:
    """A table for everybody, from nothing. Nothing is written, so that nobody waits for the engine to write."""
    refuse_without_halls(floor)
    return analysis.place_everybody(floor)


def place_the_rest(floor: Floor) -> Placed:
    """A table for those who have none, moving as few others as it must. Nothing is written."""
    refuse_without_halls(floor)
    return analysis.place_the_rest(floor)


@transaction.atomic
def keep_placed(openhouse: OpenHouse, placed: Placed, *, at: datetime) -> Kept:
    """Write what the program has found. Who gave up meanwhile gets no table, and no table is given that is gone.

    What somebody has moved by hand while the program was thinking is not written over.
    """
    openhouse = locked(openhouse.pk)
    floor, plan = floor_of(openhouse), plan_of(openhouse)
    usable = {one.pk for one in floor.positions if not one.kept_free}
    spots = {
        stand: Spot(spot.position, spot.circuit if spot.circuit in floor.by_circuit else None)
        for stand, spot in placed.spots.items()
        if stand in floor.by_stand and spot.position in usable
    }
    if any(spots.get(stand) != spot for stand, spot in floor.spots.items() if stand in floor.held):
        raise _moved_meanwhile()
    kept = _write(plan, floor, spots, held=floor.held)
    plan.placed_at, plan.is_proven = at, placed.is_proven
    plan.conflicts = "\n".join(" ".join(_rule_id(rule) for rule in one) for one in placed.conflicts)
    plan.save(update_fields=["placed_at", "is_proven", "conflicts"])
    return kept


def _moved_meanwhile() -> Refused:
    sentence = _("Somebody else has moved something meanwhile. Nothing is changed; look at the floor again.")
    return Refused(sentence, status=409)


def _rule_id(rule: Unmet) -> str:
    return ":".join(str(part) for part in (rule.rule, rule.stand, rule.other) if part is not None)


def _write(plan: FloorPlan, floor: Floor, spots: Spots, *, held: Collection[int]) -> Kept:
    """The floor is so from now on; how it was is kept, for a while."""
    _note(plan, floor)
    here = set(Stand.objects.filter(position__openhouse=floor.openhouse).values_list("invitation", flat=True))
    changed = [
        one
        for one in sorted(here | set(spots))
        if spots.get(one) != floor.spots.get(one) or (one in held) != (one in floor.held)
    ]
    # Two that change places would meet for a moment; so they leave first.
    Stand.objects.filter(invitation__in=changed).delete()
    Stand.objects.bulk_create(
        Stand(
            invitation_id=one,
            position_id=spots[one].position,
            circuit_id=spots[one].circuit,
            is_held=one in held,
        )
        for one in changed
        if one in spots
    )
    moved = tuple(
        one
        for one in changed
        if one in floor.spots and one in spots and floor.spots[one].position != spots[one].position
    )
    return Kept(moved, sum(one.pk not in spots for one in floor.stands))


def _note(plan: FloorPlan, floor: Floor) -> None:
    lines = [
        f"{stand} {spot.position} {spot.circuit or 0} {int(stand in floor.held)}"
        for stand, spot in sorted(floor.spots.items())
    ]
    FloorChange.objects.create(plan=plan, before="\n".join(lines))
    last = plan.changes.order_by("-pk").values_list("pk", flat=True)[:MOST_CHANGES]
    plan.changes.exclude(pk__in=list(last)).delete()


def spots_before(change: FloorChange) -> tuple[dict[int, Spot], set[int]]:
    """Who stood where before a change, and who was held there."""
    rows = [[int(word) for word in line.split()] for line in change.before.splitlines()]
    spots = {stand: Spot(position, circuit or None) for stand, position, circuit, _held in rows}
    return spots, {stand for stand, _position, _circuit, held in rows if held}


@transaction.atomic
def move_stand(
    openhouse: OpenHouse, *, stand: int, to: int | None, was: int | None, meets: int | None
) -> Kept:
    """By hand: to a free table, in exchange with whoever stands there, or off the floor.

    `was` and `meets` are what the page showed: the table that it stood at, and who stood at the other one.
    """
    openhouse = locked(openhouse.pk)
    floor, plan = floor_of(openhouse), plan_of(openhouse)
    if stand not in floor.by_stand:
        raise Refused(_("They do not come any more. Look at the floor again."), status=409)
    here = floor.spots.get(stand)
    if to is not None and here is not None and here.position == to:
        return Kept((), len(floor.without_a_table))  # pressed twice
    if (here.position if here else None) != was or floor.at.get(to or 0) != meets:
        raise _moved_meanwhile()
    if to is not None and to in floor.by_position and floor.by_position[to].kept_free:
        raise Refused(_("That spot is kept free, so that everybody can get out."))
    try:
        weighed = analysis.weigh(floor, stand, to)
    except NoFloor as gone:
        raise Refused(_("That table is gone. Look at the floor again."), status=409) from gone
    held = {*floor.held, stand} if to is not None else set(floor.held) - {stand}
    return _write(plan, floor, weighed.spots, held=held & set(weighed.spots))


@transaction.atomic
def hold_stand(openhouse: OpenHouse, *, stand: int, is_held: bool) -> None:
    """Whether the program may move a stand."""
    openhouse = locked(openhouse.pk)
    floor = floor_of(openhouse)
    if stand not in floor.spots:
        raise Refused(_("They have no table. Look at the floor again."), status=409)
    held = {*floor.held, stand} if is_held else set(floor.held) - {stand}
    if held != floor.held:
        _write(plan_of(openhouse), floor, floor.spots, held=held)


@transaction.atomic
def undo_change(openhouse: OpenHouse, *, change: int) -> None:
    """Take back the last change, if it still is the last. Who does not come any more and tables that are gone stay away."""
    openhouse = locked(openhouse.pk)
    floor, plan = floor_of(openhouse), plan_of(openhouse)
    last = plan.changes.last()
    if last is None or last.pk != change:
        raise Refused(_("Something else was changed meanwhile. Look at the floor again."), status=409)
    spots, held = spots_before(last)
    spots = {
        stand: Spot(spot.position, spot.circuit if spot.circuit in floor.by_circuit else None)
        for stand, spot in spots.items()
        if stand in floor.by_stand and spot.position in floor.by_position
    }
    _write(plan, floor, spots, held=held & set(spots))
    plan.changes.filter(pk__gte=change).delete()


@transaction.atomic
def tell_floor(openhouse: OpenHouse, *, is_told: bool, at: datetime) -> FloorPlan:
    """From now on every association sees its table, and everybody the plan; or not any more."""
    openhouse = locked(openhouse.pk)
    plan = plan_of(openhouse)
    if is_told and not Stand.objects.filter(position__openhouse=openhouse).exists():
        raise Refused(_("Nobody has a table yet, so there is nothing to tell."))
    plan.told_at = (plan.told_at or at) if is_told else None
    plan.save(update_fields=["told_at"])
    return plan


def plug_in(stands: QuerySet[Stand]) -> None:
    """Who needs electricity hangs on the circuit of the own table, when sockets or needs have changed."""
    for stand in stands.select_related("position", "invitation__answer"):
        circuit = stand.position.circuit_id if stand.invitation.answer.watts else None
        if stand.circuit_id != circuit:
            Stand.objects.filter(pk=stand.pk).update(circuit=circuit)


def free_table(invitation: Invitation) -> None:
    """Who does not come leaves the table to somebody else. Called while the open house is held."""
    Stand.objects.filter(invitation=invitation).delete()
