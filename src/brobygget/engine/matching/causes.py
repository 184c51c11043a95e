"""Why somebody meets nobody, and what would have to change."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from brobygget.engine.matching.timetable import Timetable
from brobygget.engine.matching.wishes import VisitWishes, reachable_pairs


class VisitorCause(StrEnum):
    """Why a visitor has no meeting.

    Examples
    --------
    >>> [cause.value for cause in VisitorCause]
    ['nothing_wanted', 'no_eligible_association', 'closed_while_present', 'places_taken', 'slots_collide']
    """

    NOTHING_WANTED = "nothing_wanted"
    NO_ELIGIBLE_ASSOCIATION = "no_eligible_association"
    CLOSED_WHILE_PRESENT = "closed_while_present"
    PLACES_TAKEN = "places_taken"
    SLOTS_COLLIDE = "slots_collide"


class StandCause(StrEnum):
    """Why an association has no visitor.

    Examples
    --------
    >>> [cause.value for cause in StandCause]
    ['no_places', 'nobody_eligible', 'closed_while_present', 'visitors_needed_elsewhere', 'slots_collide']
    """

    NO_PLACES = "no_places"
    NOBODY_ELIGIBLE = "nobody_eligible"
    CLOSED_WHILE_PRESENT = "closed_while_present"
    VISITORS_NEEDED_ELSEWHERE = "visitors_needed_elsewhere"
    SLOTS_COLLIDE = "slots_collide"


@dataclass(frozen=True)
class UnservedVisitor:
    """A visitor without a meeting.

    Parameters
    ----------
    visitor : int
        Index of the visitor.
    cause : VisitorCause
        Why.
    would_help : tuple of int
        Associations, the most useful first, of which any single one could serve the visitor with one more
        place while the visitor is present; empty when no place would help.

    Examples
    --------
    >>> UnservedVisitor(3, VisitorCause.NOTHING_WANTED, ()).visitor
    3
    """

    visitor: int
    cause: VisitorCause
    would_help: tuple[int, ...]


@dataclass(frozen=True)
class EmptyStand:
    """An association without a visitor.

    Parameters
    ----------
    association : int
        Index of the association.
    cause : StandCause
        Why.

    Examples
    --------
    >>> EmptyStand(3, StandCause.NO_PLACES).association
    3
    """

    association: int
    cause: StandCause


def unserved_visitors(wishes: VisitWishes, timetable: Timetable) -> tuple[UnservedVisitor, ...]:
    """Give every visitor without a meeting the cause.

    Parameters
    ----------
    wishes : VisitWishes
        Wishes and capacities.
    timetable : Timetable
        A timetable for them.

    Returns
    -------
    tuple of UnservedVisitor
        In order of visitors; nobody is left out.

    Notes
    -----
    ``places_taken`` is a proof: not even the flow, which ignores slots, can serve the visitor without
    leaving another with nothing; so it is for everybody left when as many are served as the bound allows.
    ``slots_collide`` is not: it says that no way was found.

    Examples
    --------
    >>> import numpy as np
    >>> from brobygget.engine.matching import arrange_meetings
    >>> wishes = VisitWishes(
    ...     np.array([1, 1]), np.array([0, 0]), np.array([0, 0]), np.array([[1]]),
    ...     np.array([0, 1]), np.array([0, 0]), np.array([90, 50]),
    ... )
    >>> unserved_visitors(wishes, arrange_meetings(wishes))
    (UnservedVisitor(visitor=1, cause=<VisitorCause.PLACES_TAKEN: 'places_taken'>, would_help=(0,)),)
    """
    everybody = np.arange(wishes.visitors)
    is_full = timetable.fairness.served >= timetable.bound.served
    reachable = reachable_pairs(wishes)
    in_flow = np.isin(everybody, wishes.visitor[timetable.flow.chosen])
    can_be_reached = np.isin(everybody, wishes.visitor[reachable])
    is_eligible = np.isin(everybody, wishes.visitor)
    order = np.lexsort((wishes.association, -wishes.usefulness, wishes.visitor))
    bounds = np.searchsorted(wishes.visitor[order], np.arange(wishes.visitors + 1))
    unserved = []
    for who in np.setdiff1d(everybody, timetable.visitor).tolist():
        would_help = tuple(wishes.association[order[bounds[who] : bounds[who + 1]]].tolist())
        if wishes.wanted[who] == 0:
            cause, would_help = VisitorCause.NOTHING_WANTED, ()
        elif not is_eligible[who]:
            cause = VisitorCause.NO_ELIGIBLE_ASSOCIATION
        elif not can_be_reached[who]:
            cause = VisitorCause.CLOSED_WHILE_PRESENT
        elif is_full or not in_flow[who]:
            cause = VisitorCause.PLACES_TAKEN
        else:
            cause = VisitorCause.SLOTS_COLLIDE
        unserved.append(UnservedVisitor(who, cause, would_help))
    return tuple(unserved)


def empty_stands(wishes: VisitWishes, timetable: Timetable) -> tuple[EmptyStand, ...]:
    """Give every association without a visitor the cause.

    Parameters
    ----------
    wishes : VisitWishes
        Wishes and capacities.
    timetable : Timetable
        A timetable for them.

    Returns
    -------
    tuple of EmptyStand
        In order of associations; none is left out.

    Examples
    --------
    >>> import numpy as np
    >>> from brobygget.engine.matching import arrange_meetings
    >>> nobody = np.array([], dtype=int)
    >>> wishes = VisitWishes(nobody, nobody, nobody, np.array([[1]]), nobody, nobody, nobody)
    >>> empty_stands(wishes, arrange_meetings(wishes))
    (EmptyStand(association=0, cause=<StandCause.NOBODY_ELIGIBLE: 'nobody_eligible'>),)
    """
    stands = np.arange(wishes.associations)
    reached, bound = timetable.fairness, timetable.bound
    is_full = (reached.served, reached.visited) >= (bound.served, bound.visited)
    wants = wishes.wanted[wishes.visitor] > 0
    is_eligible = np.isin(stands, wishes.association[wants])
    can_be_reached = np.isin(stands, wishes.association[wants & reachable_pairs(wishes)])
    in_flow = np.isin(stands, wishes.association[timetable.flow.chosen])
    empty = []
    for stand in np.setdiff1d(stands, timetable.association).tolist():
        if not wishes.capacity[stand].any():
            cause = StandCause.NO_PLACES
        elif not is_eligible[stand]:
            cause = StandCause.NOBODY_ELIGIBLE
        elif not can_be_reached[stand]:
            cause = StandCause.CLOSED_WHILE_PRESENT
        elif is_full or not in_flow[stand]:
            cause = StandCause.VISITORS_NEEDED_ELSEWHERE
        else:
            cause = StandCause.SLOTS_COLLIDE
        empty.append(EmptyStand(stand, cause))
    return tuple(empty)
