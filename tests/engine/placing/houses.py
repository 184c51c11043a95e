"""Stored open houses, small ones that chance makes, and the same question answered by trying everything."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from brobygget.commandline.floor_plans import read_open_house, read_placements
from brobygget.engine.placing import (
    Appliance,
    Circuit,
    CircuitRule,
    Host,
    Limits,
    Merits,
    OpenHouse,
    Placement,
    Position,
    Stand,
    Wish,
    WishKind,
    Zone,
    check_plan,
)

STORED = Path(__file__).resolve().parents[3] / "benchmarks" / "data" / "placing"


def data(name: str) -> Any:
    """A stored file as it is."""
    return json.loads((STORED / f"{name}.json").read_text(encoding="utf-8"))


def stored(name: str) -> OpenHouse:
    """A stored open house."""
    return read_open_house(data(name), name)


def stored_plan(name: str) -> tuple[Placement, ...]:
    """A stored plan."""
    return read_placements(data(name), name)


def random_house(rng: np.random.Generator, stands: int = 4) -> OpenHouse:
    """Two rooms of three tables in a row, a fire lane, two circuits, needs that often contradict each other."""
    positions = [
        Position(
            f"{room}{number}",
            room,
            20 * number,
            0,
            entrance=int(rng.integers(50, 300)),
            circuit=[None, "c1", "c2"][int(rng.integers(3))],
            step_free=bool(rng.random() < 0.6),
            window=bool(rng.random() < 0.4),
            stage=bool(rng.random() < 0.4),
            calm=bool(rng.random() < 0.4),
            floor=float(rng.choice([0, 6, 12])),
            fire_lane=bool(rng.random() < 0.1),
        )
        for room in "AB"
        for number in range(3)
    ]
    guests = tuple(
        Stand(
            f"s{number}",
            kind=str(rng.choice(["sport", "music"])),
            tables=2 if rng.random() < 0.3 else 1,
            appliances=(Appliance("iron", int(rng.integers(500, 1500))),) if rng.random() < 0.5 else (),
            step_free=bool(rng.random() < 0.4),
            stage=bool(rng.random() < 0.2),
            floor=float(rng.choice([0, 0, 8])),
            loud=bool(rng.random() < 0.4),
            quiet=bool(rng.random() < 0.4),
            small=bool(rng.random() < 0.5),
        )
        for number in range(stands)
    )
    wishes = []
    for number in range(6):
        kind = list(WishKind)[int(rng.integers(len(WishKind)))]
        me, other = (f"s{who}" for who in rng.permutation(stands)[:2])
        about = {WishKind.NEAR: other, WishKind.APART: other, WishKind.ZONE: "B", WishKind.HOST: "ti"}.get(
            kind
        )
        wishes.append(Wish(f"w{number}", me, kind, int(rng.integers(1, 4)), about))
    return OpenHouse(
        positions=tuple(positions),
        stands=guests,
        zones=(Zone("A", 1), Zone("B", 2)),
        neighbours=(("A0", "A1"), ("A2", "A1"), ("B0", "B1"), ("B1", "B2")),
        circuits=(Circuit("c1", 1400), Circuit("c2", 2300)),
        circuit_rules=(CircuitRule("one_iron", frozenset({"iron"}), 1),),
        hosts=(Host("h", "B", frozenset({"ti"}), 0, 10),),
        wishes=tuple(wishes),
        limits=Limits(20, 20, 20, 120, 30, 150, 200, 1),
    )


def every_plan(house: OpenHouse) -> Iterator[tuple[Placement, ...]]:
    """Every plan that could be tried, those that cannot be carried out included."""
    names = [position.id for position in house.positions]
    choices = []
    for stand in house.stands:
        tables = [(name,) for name in names] if stand.tables == 1 else list(house.neighbours)
        sockets = {position.id: position.circuit for position in house.positions}
        options: list[Placement | None] = [None]
        for at in tables:
            plugs = {sockets[name] for name in at} | {None} if stand.watts else {None}
            options += [Placement(stand.id, tuple(at), plug) for plug in plugs]
        choices.append(options)
    for plan in itertools.product(*choices):
        taken = [name for each in plan if each for name in each.positions]
        if len(taken) == len(set(taken)):
            yield tuple(each for each in plan if each)


def best_by_trying_everything(house: OpenHouse) -> Merits:
    """The best merits over every plan that can be carried out."""
    verdicts = (check_plan(house, plan) for plan in every_plan(house))
    return min(verdict.merits for verdict in verdicts if not verdict.broken)
