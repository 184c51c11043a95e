"""Who stands where at the open house: needs, tables, circuits and wishes in, a floor plan with reasons out."""

from brobygget.engine.placing.baseline import first_come, hardest_first
from brobygget.engine.placing.causes import (
    ConflictFacts,
    LostWish,
    WishCause,
    conflict_facts,
    lost_wishes,
)
from brobygget.engine.placing.check import check_plan
from brobygget.engine.placing.conflicts import Conflicts
from brobygget.engine.placing.moves import Consequences, Move, consequences
from brobygget.engine.placing.open_house import ORDINARY_COSTS, NotAnOpenHouse, OpenHouse, Rule
from brobygget.engine.placing.place import FloorPlan, forever, place_stands
from brobygget.engine.placing.plan import Breach, Merits, NamedRule, Placement, Verdict
from brobygget.engine.placing.replan import NewPlan, replan
from brobygget.engine.placing.things import (
    Appliance,
    Circuit,
    CircuitRule,
    Host,
    Limits,
    Position,
    Stand,
    Wish,
    WishKind,
    Zone,
)

__all__ = [
    "ORDINARY_COSTS",
    "Appliance",
    "Breach",
    "Circuit",
    "CircuitRule",
    "ConflictFacts",
    "Conflicts",
    "Consequences",
    "FloorPlan",
    "Host",
    "Limits",
    "LostWish",
    "Merits",
    "Move",
    "NamedRule",
    "NewPlan",
    "NotAnOpenHouse",
    "OpenHouse",
    "Placement",
    "Position",
    "Rule",
    "Stand",
    "Verdict",
    "Wish",
    "WishCause",
    "WishKind",
    "Zone",
    "check_plan",
    "conflict_facts",
    "consequences",
    "first_come",
    "forever",
    "hardest_first",
    "lost_wishes",
    "place_stands",
    "replan",
]
