"""What has to give, in English for a terminal; pages make their own sentences from the codes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from brobygget.engine.placing import (
    ConflictFacts,
    FloorPlan,
    NamedRule,
    OpenHouse,
    Placement,
    Rule,
    Wish,
    WishCause,
    WishKind,
)

NEEDS = {
    Rule.POWER: "current",
    Rule.STEP_FREE: "a step-free table",
    Rule.FLOOR: "free floor",
    Rule.STAGE: "a stage",
    Rule.NOISE: "to be heard, or quiet",
    Rule.SAME_KIND: "not to stand beside its own kind",
}
CAUSES: Mapping[WishCause, str] = {
    WishCause.NO_PLACE: "there is no place for one of them",
    WishCause.NOWHERE: "no table that has what is needed would do",
    WishCause.COSTS_OTHERS_AS_MUCH: "it could be had, but others would lose at least as much",
    WishCause.NOT_FOUND: "it could be had alone; no plan was found in which others do not lose as much",
}


class Words:
    """Sentences about one open house."""

    def __init__(self, house: OpenHouse, data: Mapping[str, Any]) -> None:
        self._house = house
        self._stands = {stand.id: stand for stand in house.stands}
        self._positions = {position.id: position for position in house.positions}
        entries = [*data.get("stands", []), *data.get("zones", [])]
        names = {entry.get("id"): entry.get("name") for entry in entries if isinstance(entry, dict)}
        self._names = {key: name for key, name in names.items() if isinstance(name, str) and name.strip()}

    def called(self, stand: str) -> str:
        """A stand's name, or its id."""
        return self._names.get(stand, stand)

    def give(self, rule: NamedRule, placements: Iterable[Placement]) -> str:
        """What has to give for an unmet rule."""
        stand, who = self._stands[rule.stand], self.called(rule.stand)
        at = {each.stand: each.positions for each in placements}
        here = " and ".join(at.get(rule.stand, ()))
        other = self.called(rule.other) if rule.other else ""
        devices = ", ".join(f"{a.type.replace('_', ' ')} {a.watts} W" for a in stand.appliances)
        free = max((self._positions[name].floor for name in at.get(rule.stand, ())), default=0.0)
        sentences = {
            Rule.PLACE: f"{who} has no table and stands first on the waiting list",
            Rule.POWER: f"{who} stands without current and leaves at home: {devices}",
            Rule.STEP_FREE: f"{who} stands at {here}, which is not step-free: lay a ramp, or ask who needs it",
            Rule.FLOOR: f"{who} has {free:g} m2 instead of {stand.floor:g} m2 free floor: try-outs elsewhere",
            Rule.STAGE: f"{who} stands away from the stage and shows at the table, or walks there at set times",
            Rule.NOISE: f"{who} plays softly or at set times: {other}, which needs quiet, is close",
            Rule.SAME_KIND: f"{who} and {other} stand side by side although they are of one kind",
        }
        return sentences[rule.kind]

    def lost(self, wish: Wish, cause: WishCause | None) -> dict[str, Any]:
        """A lost wish, named."""
        wanted = {
            WishKind.NEAR: f"near {self.called(wish.about or '')}",
            WishKind.APART: f"apart from {self.called(wish.about or '')}",
            WishKind.ENTRANCE: "near the entrance",
            WishKind.WINDOW: "at a window",
            WishKind.CALM: "in a calm spot",
            WishKind.STAGE: "at the stage",
            WishKind.ZONE: f"in {self.called(wish.about or '')}",
            WishKind.HOST: f"near a host who speaks {wish.about}",
        }[wish.kind]
        why = "" if cause is None else f": {CAUSES[cause]}"
        return {
            "wish": wish.id,
            "stand": wish.stand,
            "weight": wish.weight,
            "code": None if cause is None else cause.value,
            "sentence": f"{self.called(wish.stand)} is not {wanted}{why}",
        }

    def no_room(self, plan: FloorPlan) -> list[dict[str, Any]]:
        """Too few tables, where that is why."""
        if plan.conflicts is None or plan.conflicts.has_room:
            return []
        wanted = sum(stand.tables for stand in self._house.stands)
        usable = sum(not position.fire_lane for position in self._house.positions)
        without = len(self._house.stands) - len(plan.placements)
        sentence = (
            f"{wanted} tables are wanted and {usable} can be used; {without} of the stands find no place: more tables, "
            "or a waiting list"
        )
        return [{"code": "no_room", "rules": [], "wanted": wanted, "usable": usable, "sentence": sentence}]

    def conflict(self, facts: ConflictFacts) -> dict[str, Any]:
        """Why some rules cannot hold together, and the cheapest thing that would have to give."""
        kinds = [kind for kind in NEEDS if any(rule.kind is kind for rule in facts.rules)]
        who = ", ".join(self.called(name) for name in facts.stands)
        wants = " and ".join(NEEDS[kind] for kind in kinds)
        have = f"{len(facts.positions)} tables have that for one of them or more"
        if facts.circuits:
            have += (
                f", on {len(facts.circuits)} circuits ({', '.join(facts.circuits)}) with {facts.watts_there} W in all; "
                f"{facts.watts} W are wanted, and appliances that never share a circuit count too"
            )
        one = "One rule has to give" if len(facts.rules) > 1 else "It cannot be kept"
        cheapest = NEEDS[facts.cheapest.kind]
        return {
            "code": "conflict",
            "rules": [rule.id for rule in facts.rules],
            "cheapest": facts.cheapest.id,
            "tables": list(facts.positions),
            "circuits": list(facts.circuits),
            "watts": facts.watts,
            "watts_there": facts.watts_there,
            "sentence": f"{who} want {wants}. {have}. {one}; the cheapest: {self.called(facts.cheapest.stand)} does "
            f"without {cheapest}",
        }
