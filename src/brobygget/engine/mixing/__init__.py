"""Who sits with whom, round after round, so that people meet somebody new and can talk to each other."""

from .bounds import Bound, bound_of
from .companions import Companions, Companionship, pair_companions
from .designs import known_rounds
from .gathering import Gathering, NotAGathering, Rounds, gather
from .interpreters import InterpreterGain, gain_of_interpreter, with_one_more_interpreter
from .obstacles import Obstacle, obstacles_to
from .plan import Merits, Seating, Violation, merits_of, violations_of
from .reasons import Consequences, Move, TableReason, consequences, reasons_for
from .seat import moved_from, never, ordinary_effort, seat_guests

__all__ = [
    "Bound",
    "Companions",
    "Companionship",
    "Consequences",
    "Gathering",
    "InterpreterGain",
    "Merits",
    "Move",
    "NotAGathering",
    "Obstacle",
    "Rounds",
    "Seating",
    "TableReason",
    "Violation",
    "bound_of",
    "consequences",
    "gain_of_interpreter",
    "gather",
    "known_rounds",
    "merits_of",
    "moved_from",
    "never",
    "obstacles_to",
    "ordinary_effort",
    "pair_companions",
    "reasons_for",
    "seat_guests",
    "violations_of",
    "with_one_more_interpreter",
]
