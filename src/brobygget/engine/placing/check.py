"""What a plan breaks and what it costs. Judged from the definitions, apart from the code that plans."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from brobygget.engine.placing.open_house import OpenHouse, Rule
from brobygget.engine.placing.plan import Breach, Merits, NamedRule, Placement, Verdict
from brobygget.engine.placing.things import Host, Position, Stand, Wish, WishKind

Tables = Mapping[str, tuple[Position, ...]]
"""The positions of each stand that has a place."""


def check_plan(house: OpenHouse, placements: Iterable[Placement]) -> Verdict:
    """Say what a plan breaks and what it costs; also for one that was changed by hand.

    Parameters
    ----------
    house : OpenHouse
        Stands, tables and what is needed.
    placements : iterable of Placement
        Who stands where; anything may be wrong with it, and stands may be missing.

    Returns
    -------
    Verdict
        Everything that is wrong, in order of stands. When a stand is placed twice, the first counts; one at an
        unknown position counts as without a place.

    Examples
    --------
    >>> house = OpenHouse((Position("A1", "A", 0, 0),), (Stand("s1", "sport", step_free=True),))
    >>> verdict = check_plan(house, [Placement("s1", ("A1",), "C9")])
    >>> [breach.code for breach in verdict.broken], [rule.id for rule in verdict.unmet]
    (['nothing_to_plug_in'], ['step_free:s1'])
    """
    broken, at, circuit = _placed(house, placements)
    broken += _circuits(house, circuit)
    unmet = tuple(sorted([*_needs(house, at, circuit), *_pairs(house, at)]))
    lost = tuple(wish for wish in house.wishes if not _comes_true(house, wish, at))
    unfair = _unfairness(house, at)
    merits = Merits(
        unmet=sum(house.costs[rule.kind] for rule in unmet),
        lost=sum(wish.weight for wish in lost),
        unfair=unfair,
        uniform=_missing_kinds(house, at),
        sockets=len({p.id for tables in at.values() for p in tables if p.circuit is not None}) - len(circuit),
    )
    return Verdict(tuple(sorted(broken)), unmet, lost, merits)


def _placed(
    house: OpenHouse, placements: Iterable[Placement]
) -> tuple[list[Breach], dict[str, tuple[Position, ...]], dict[str, str]]:
    """Breaches of tables and sockets, the tables of each stand, the circuits in use."""
    positions = {position.id: position for position in house.positions}
    stands = {stand.id: stand for stand in house.stands}
    side_by_side = set(house.neighbours)
    broken: list[Breach] = []
    at: dict[str, tuple[Position, ...]] = {}
    circuit: dict[str, str] = {}
    holder: dict[str, str] = {}
    for each in placements:
        who = (each.stand,)
        if each.stand not in stands:
            broken.append(Breach("unknown_stand", who))
            continue
        if each.stand in at:
            broken.append(Breach("placed_twice", who))
            continue
        names = tuple(sorted(set(each.positions)))
        unknown = [name for name in names if name not in positions]
        if unknown or not names:
            broken += [Breach("unknown_position", who, name) for name in unknown]
            continue
        stand = stands[each.stand]
        tables = at[stand.id] = tuple(positions[name] for name in names)
        if len(names) != stand.tables:
            broken.append(Breach("wrong_number_of_tables", who, names[0], len(names), stand.tables))
        if len(names) == 2 and names not in side_by_side:
            broken.append(Breach("not_neighbours", who, names[0]))
        for name in names:
            if name in holder:
                broken.append(Breach("taken", tuple(sorted((holder[name], stand.id))), name))
            holder.setdefault(name, stand.id)
            if positions[name].fire_lane:
                broken.append(Breach("fire_lane", who, name))
        if each.circuit is not None:
            if not stand.watts:
                broken.append(Breach("nothing_to_plug_in", who, each.circuit))
            elif each.circuit not in {position.circuit for position in tables}:
                broken.append(Breach("out_of_reach", who, each.circuit))
            if stand.watts:
                circuit[stand.id] = each.circuit
    return broken, at, circuit


def _circuits(house: OpenHouse, circuit: Mapping[str, str]) -> list[Breach]:
    """Fuses that blow, and appliances that must not share one."""
    broken = []
    for fuse in house.circuits:
        users = [stand for stand in house.stands if circuit.get(stand.id) == fuse.id]
        watts = sum(stand.watts for stand in users)
        if watts > fuse.watts:
            broken.append(Breach("overload", tuple(s.id for s in users), fuse.id, watts, fuse.watts))
        for rule in house.circuit_rules:
            counts = {s.id: sum(a.type in rule.types for a in s.appliances) for s in users}
            total = sum(counts.values())
            if total > rule.most:
                concerned = tuple(name for name, count in counts.items() if count)
                broken.append(Breach("never_together", concerned, f"{rule.id} {fuse.id}", total, rule.most))
    return broken


def _needs(house: OpenHouse, at: Tables, circuit: Mapping[str, str]) -> list[NamedRule]:
    """Rules about one stand that do not hold."""
    unmet = []
    for stand in house.stands:
        tables = at.get(stand.id)
        if not tables:
            unmet.append(NamedRule(Rule.PLACE, stand.id))
            continue
        holds = {
            Rule.POWER: not stand.watts or stand.id in circuit,
            Rule.STEP_FREE: not stand.step_free or all(position.step_free for position in tables),
            Rule.FLOOR: stand.floor <= max(position.floor for position in tables),
            Rule.STAGE: not stand.stage or any(position.stage for position in tables),
        }
        unmet += [NamedRule(kind, stand.id) for kind, does in holds.items() if not does]
    return unmet


def _pairs(house: OpenHouse, at: Tables) -> list[NamedRule]:
    """Rules about two stands that do not hold."""
    placed = [stand for stand in house.stands if stand.id in at]
    unmet = []
    for loud in (stand for stand in placed if stand.loud):
        unmet += [
            NamedRule(Rule.NOISE, loud.id, quiet.id)
            for quiet in placed
            if quiet.quiet and quiet is not loud and _within(at[loud.id], at[quiet.id], house.limits.loud)
        ]
    of: dict[str, list[Stand]] = {}
    for stand in placed:
        for position in at[stand.id]:
            of.setdefault(position.id, []).append(stand)
    same = set()
    for one, other in house.neighbours:
        for a in of.get(one, ()):
            for b in of.get(other, ()):
                if a.id != b.id and a.kind == b.kind:
                    same.add((min(a.id, b.id), max(a.id, b.id)))
    return unmet + [NamedRule(Rule.SAME_KIND, *pair) for pair in sorted(same)]


def _comes_true(house: OpenHouse, wish: Wish, at: Tables) -> bool:
    """Whether a wish is fulfilled."""
    mine, limits = at.get(wish.stand), house.limits
    if not mine:
        return False
    if wish.kind in (WishKind.NEAR, WishKind.APART):
        theirs = at.get(wish.about or "")
        is_near = wish.kind is WishKind.NEAR
        if not theirs:
            return not is_near
        return _within(mine, theirs, limits.near if is_near else limits.apart) == is_near
    answers = {
        WishKind.ENTRANCE: min(position.entrance for position in mine) <= limits.entrance_near,
        WishKind.WINDOW: any(position.window for position in mine),
        WishKind.CALM: any(position.calm for position in mine),
        WishKind.STAGE: any(position.stage for position in mine),
        WishKind.ZONE: mine[0].zone == wish.about,
        WishKind.HOST: _within(
            mine, [host for host in house.hosts if wish.about in host.languages], limits.host_near
        ),
    }
    return answers[wish.kind]


def _within(some: Iterable[Position], others: Iterable[Position | Host], limit: int) -> bool:
    """Whether any of the one lies within a distance of any of the other, in the same room."""
    others = tuple(others)
    return any(
        a.zone == b.zone and (a.x - b.x) ** 2 + (a.y - b.y) ** 2 <= limit**2 for a in some for b in others
    )


def _unfairness(house: OpenHouse, at: Tables) -> int:
    """How much too far from the entrance the small associations stand."""
    usable = [position.entrance for position in house.positions if not position.fire_lane]
    furthest, limits = max(usable, default=0), house.limits
    ways = [
        min(position.entrance for position in at[stand.id]) if stand.id in at else furthest
        for stand in house.stands
        if stand.small
    ]
    back = sum(way > limits.back for way in ways)
    return max(0, sum(ways) - len(ways) * limits.fair_entrance) + 100 * max(0, back - limits.small_back_max)


def _missing_kinds(house: OpenHouse, at: Tables) -> int:
    """Kinds missing over all rooms."""
    kinds: dict[str, set[str]] = {zone.id: set() for zone in house.zones}
    for stand in house.stands:
        for position in at.get(stand.id, ()):
            kinds[position.zone].add(stand.kind)
    return sum(max(0, zone.min_kinds - len(kinds[zone.id])) for zone in house.zones)
