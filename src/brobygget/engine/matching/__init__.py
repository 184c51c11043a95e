"""Who meets whom at the open house: wishes and capacities in, a fair timetable with reasons out."""

from brobygget.engine.matching.baseline import best_pair_first
from brobygget.engine.matching.causes import (
    EmptyStand,
    StandCause,
    UnservedVisitor,
    VisitorCause,
    empty_stands,
    unserved_visitors,
)
from brobygget.engine.matching.companions import Companions, best_companions, stable_companions
from brobygget.engine.matching.fairness import Bonuses, Fairness, bonuses_for, fairness_of
from brobygget.engine.matching.filling import fill_meetings
from brobygget.engine.matching.flow import FairFlow, fair_flow
from brobygget.engine.matching.rules import broken_rules, shares_of_ideal
from brobygget.engine.matching.timetable import Timetable, arrange_meetings
from brobygget.engine.matching.wishes import VisitWishes, possible_meetings, reachable_pairs

__all__ = [
    "Bonuses",
    "Companions",
    "EmptyStand",
    "FairFlow",
    "Fairness",
    "StandCause",
    "Timetable",
    "UnservedVisitor",
    "VisitWishes",
    "VisitorCause",
    "arrange_meetings",
    "best_companions",
    "best_pair_first",
    "bonuses_for",
    "broken_rules",
    "empty_stands",
    "fair_flow",
    "fairness_of",
    "fill_meetings",
    "possible_meetings",
    "reachable_pairs",
    "shares_of_ideal",
    "stable_companions",
    "unserved_visitors",
]
