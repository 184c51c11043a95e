"""Reads `brobygget-place-1`: each thing that is wrong gets one sentence with what, where and the way on."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from brobygget.commandline import BadInput
from brobygget.engine.placing import (
    Appliance,
    Circuit,
    CircuitRule,
    Host,
    Limits,
    NotAnOpenHouse,
    OpenHouse,
    Placement,
    Position,
    Rule,
    Stand,
    Wish,
    WishKind,
    Zone,
)

LARGEST = 10**6
"""Numbers from here on are mistakes, and would not add up exactly."""

MOST = {"positions": 1000, "stands": 1000, "zones": 200, "circuits": 500, "wishes": 5000, "hosts": 500}
ABOUT = {WishKind.NEAR: "other", WishKind.APART: "other", WishKind.ZONE: "zone", WishKind.HOST: "language"}


class Part:
    """One object of the file, with where it stands for whoever must find it."""

    def __init__(self, data: Any, where: str) -> None:
        if not isinstance(data, dict):
            raise BadInput(f"{where}: this is not an object in braces.")
        self.data: Mapping[str, Any] = data
        self.where = where

    def wrong(self, key: str, expected: str) -> BadInput:
        """A sentence about one field."""
        value = self.data.get(key)
        shown = "missing" if value is None else f"{value!r}"[:60]
        return BadInput(f'{self.where}: "{key}" is {shown}, not {expected}.')

    def name(self, key: str) -> str:
        """A word that is not empty."""
        value = self.data.get(key)
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(key, "a name")
        return value

    def name_or_none(self, key: str) -> str | None:
        """A word, or null."""
        return None if self.data.get(key) is None else self.name(key)

    def mark(self, key: str) -> bool:
        """True or false; missing is false."""
        value = self.data.get(key, False)
        if not isinstance(value, bool):
            raise self.wrong(key, "true or false")
        return value

    def whole(self, key: str, least: int = 0, ordinary: int | None = None) -> int:
        """A whole number from `least`."""
        value = self.data.get(key, ordinary)
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value < LARGEST:
            raise self.wrong(key, f"a whole number from {least} to {LARGEST - 1}")
        return value

    def number(self, key: str, least: float = 0.0, ordinary: float | None = None) -> float:
        """A finite number from `least`."""
        value = self.data.get(key, ordinary)
        if not isinstance(value, int | float) or isinstance(value, bool) or not math.isfinite(value):
            raise self.wrong(key, "a number")
        if not least <= value < LARGEST:
            raise self.wrong(key, f"a number from {least:g} to {LARGEST - 1}")
        return float(value)

    def decimetres(self, key: str, least: float = 0.0, ordinary: float | None = None) -> int:
        """Metres with one decimal, as whole decimetres."""
        return round(self.number(key, least, ordinary) * 10)

    def parts(self, key: str, *, needed: bool = False) -> list[Part]:
        """A list of objects; missing is empty unless it is needed."""
        value = self.data.get(key, None if needed else [])
        if not isinstance(value, list):
            raise self.wrong(key, "a list")
        if len(value) > MOST.get(key, LARGEST):
            raise BadInput(
                f'{self.where}: "{key}" has {len(value)} entries; {MOST[key]} are the most. Split the event.'
            )
        return [
            Part(each, f"{self.where}, {key}[{number}]{_called(each)}") for number, each in enumerate(value)
        ]

    def names(self, key: str) -> tuple[str, ...]:
        """A list of words."""
        value = self.data.get(key)
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise self.wrong(key, "a list of names")
        return tuple(value)


def _called(data: Any) -> str:
    name = data.get("id", data.get("stand")) if isinstance(data, dict) else None
    return f" ({name})" if isinstance(name, str) and len(name) < 40 else ""


def read_open_house(data: Any, file: str) -> OpenHouse:
    """Turn a `brobygget-place-1` document into an open house, or say what is wrong with it."""
    if not isinstance(data, dict) or data.get("format") != "brobygget-place-1":
        raise BadInput(
            f'{file}: "format" is not "brobygget-place-1". See docs/engine/placing.md for the fields.'
        )
    whole = Part(data, file)
    zones = whole.parts("zones", needed=True)
    _two_of_one_name(zones)
    try:
        return OpenHouse(
            positions=tuple(_position(part) for part in whole.parts("positions", needed=True)),
            stands=tuple(_stand(part) for part in whole.parts("stands", needed=True)),
            zones=tuple(Zone(part.name("id"), part.whole("min_kinds", ordinary=0)) for part in zones),
            neighbours=_neighbours(whole),
            circuits=tuple(Circuit(part.name("id"), part.whole("watts")) for part in whole.parts("circuits")),
            circuit_rules=tuple(
                CircuitRule(part.name("id"), frozenset(part.names("types")), part.whole("max"))
                for part in whole.parts("circuit_rules")
            ),
            hosts=tuple(_host(part) for part in whole.parts("hosts")),
            wishes=tuple(_wish(part) for part in whole.parts("wishes")),
            limits=_limits(Part(data.get("params"), f"{file}, params")),
            costs=_costs(data, file),
        )
    except NotAnOpenHouse as wrong:
        raise BadInput(f"{file}, {wrong}. Correct it and try again.") from wrong


def _two_of_one_name(zones: list[Part]) -> None:
    seen: set[str] = set()
    for part in zones:
        name = part.data.get("name")
        if name is None:
            continue
        if not isinstance(name, str):
            raise part.wrong("name", "a name")
        if name.strip().casefold() in seen:
            raise BadInput(f"{part.where}: another zone is called {name!r} too. Give each a name of its own.")
        seen.add(name.strip().casefold())


def _position(part: Part) -> Position:
    return Position(
        id=part.name("id"),
        zone=part.name("zone"),
        x=part.decimetres("x", -LARGEST),
        y=part.decimetres("y", -LARGEST),
        entrance=part.decimetres("entrance_m", ordinary=0.0),
        circuit=part.name_or_none("circuit"),
        step_free=part.mark("step_free"),
        window=part.mark("window"),
        stage=part.mark("stage"),
        calm=part.mark("calm"),
        floor=part.number("floor_m2", ordinary=0.0),
        fire_lane=part.mark("fire_lane"),
    )


def _stand(part: Part) -> Stand:
    noise = part.data.get("noise", "normal")
    if noise not in ("loud", "normal", "quiet"):
        raise part.wrong("noise", '"loud", "normal" or "quiet"')
    return Stand(
        id=part.name("id"),
        kind=part.name("kind"),
        tables=part.whole("tables", 1, ordinary=1),
        appliances=tuple(
            Appliance(each.name("type"), each.whole("watts")) for each in part.parts("appliances")
        ),
        step_free=part.mark("step_free"),
        stage=part.mark("stage"),
        floor=part.number("floor_m2", ordinary=0.0),
        loud=noise == "loud",
        quiet=noise == "quiet" or part.mark("language"),
        small=part.mark("small"),
    )


def _neighbours(whole: Part) -> tuple[tuple[str, str], ...]:
    value = whole.data.get("neighbours", [])
    if not isinstance(value, list):
        raise whole.wrong("neighbours", "a list of pairs")
    for number, pair in enumerate(value):
        if not (isinstance(pair, list) and len(pair) == 2 and all(isinstance(name, str) for name in pair)):
            raise BadInput(f"{whole.where}, neighbours[{number}]: this is not a pair of positions.")
    return tuple((pair[0], pair[1]) for pair in value)


def _host(part: Part) -> Host:
    x, y = part.decimetres("x", -LARGEST), part.decimetres("y", -LARGEST)
    return Host(part.name("id"), part.name("zone"), frozenset(part.names("languages")), x, y)


def _wish(part: Part) -> Wish:
    try:
        kind = WishKind(part.name("type"))
    except ValueError as wrong:
        raise part.wrong("type", f"one of {', '.join(WishKind)}") from wrong
    about = part.name(ABOUT[kind]) if kind in ABOUT else None
    return Wish(part.name("id"), part.name("stand"), kind, part.whole("weight", ordinary=1), about)


def _limits(part: Part) -> Limits:
    return Limits(
        loud=part.decimetres("loud_m"),
        near=part.decimetres("near_m"),
        apart=part.decimetres("apart_m"),
        entrance_near=part.decimetres("entrance_near_m"),
        host_near=part.decimetres("host_near_m"),
        fair_entrance=part.decimetres("fair_entrance_m"),
        back=part.decimetres("back_m"),
        small_back_max=part.whole("small_back_max"),
    )


def _costs(data: Mapping[str, Any], file: str) -> dict[Rule, int]:
    part = Part(data.get("relax_cost"), f"{file}, relax_cost")
    return {kind: part.whole(kind.value, 1) for kind in Rule}


def read_placements(data: Any, where: str) -> tuple[Placement, ...]:
    """An earlier plan: a list, or the answer of `./bro place`."""
    whole = Part(data if isinstance(data, dict) else {"placements": data}, where)
    return tuple(
        Placement(part.name("stand"), part.names("positions"), part.name_or_none("circuit"))
        for part in whole.parts("placements", needed=True)
    )
