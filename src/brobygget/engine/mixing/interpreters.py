"""What one more interpreter would give: the same evening planned once more, with that person at a table."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from .gathering import Gathering
from .obstacles import Obstacle
from .plan import Seating
from .search import ShouldStop
from .seat import never, seat_guests


@dataclass(frozen=True)
class InterpreterGain:
    """How many more meetings a plan with one more interpreter has.

    Attributes
    ----------
    person : int
        Who was taken to speak the language and to interpret.
    met : int
        New meetings more than in the plan compared with; 0 where none was found.
    met_across : int
        The same across the line; may be negative when others gained.

    Examples
    --------
    >>> InterpreterGain(person=4, met=14, met_across=9).met
    14
    """

    person: int
    met: int
    met_across: int


def with_one_more_interpreter(gathering: Gathering, obstacle: Obstacle) -> Gathering:
    """The same event, if somebody who is there could interpret for those who share too few.

    Parameters
    ----------
    gathering : Gathering
        The event.
    obstacle : Obstacle
        A ``"shared_interpreter"`` of `obstacles_to`.

    Returns
    -------
    Gathering
        With the language and the willingness of one person changed: the one who is there most often when
        the speakers are, of those first somebody who does not interpret yet, then who can talk with most people.

    Raises
    ------
    ValueError
        When everybody there is a speaker or helper already, or the obstacle is another one.

    Examples
    --------
    >>> from brobygget.engine.mixing import gather, obstacles_to
    >>> evening = gather(
    ...     people=12, tables=[3] * 4, languages=[2, 2, 3] + [1] * 9, interpreter=[0, 0, 1] + [0] * 9
    ... )
    >>> with_one_more_interpreter(evening, obstacles_to(evening)[0]).interpreter.nonzero()[0].tolist()
    [2, 3]
    """
    if obstacle.code != "shared_interpreter":
        raise ValueError("only a shared interpreter can be helped by one more")
    chosen = _who_could(gathering, obstacle)
    languages, interpreter = gathering.languages.copy(), gathering.interpreter.copy()
    languages[chosen] |= obstacle.languages
    interpreter[chosen] = True
    return replace(gathering, languages=languages, interpreter=interpreter)


def _who_could(gathering: Gathering, obstacle: Obstacle) -> int:
    others = [
        person
        for person in range(gathering.people)
        if person not in obstacle.people and person not in obstacle.helpers
    ]
    if not others:
        raise ValueError("there is nobody else who could interpret")
    wanted = gathering.present[list(obstacle.people)].any(axis=0)

    def fitness(person: int) -> tuple[int, bool, int, int]:
        """There when needed, free, understood by many, and of equals the first."""
        can_talk = int(((gathering.languages & gathering.languages[person]) != 0).sum())
        often = int((gathering.present[person] & wanted).sum())
        return often, not gathering.interpreter[person], can_talk, -person

    return max(others, key=fitness)


def gain_of_interpreter(
    gathering: Gathering,
    obstacle: Obstacle,
    plan: Seating,
    *,
    rng: np.random.Generator,
    effort: float | None = None,
    should_stop: ShouldStop = never,
) -> InterpreterGain:
    """How many more meetings one more interpreter would give, found by planning the event with one.

    Parameters
    ----------
    gathering : Gathering
        The event as it is.
    obstacle : Obstacle
        A ``"shared_interpreter"`` of `obstacles_to`.
    plan : Seating
        The plan of the event as it is, to compare with.
    rng : np.random.Generator
        Chance.
    effort : float, optional
        As for `seat_guests`. With less effort than the plan had, the gain is understated, never overstated.
    should_stop : callable, optional
        As for `seat_guests`.

    Returns
    -------
    InterpreterGain
        0 meetings where the search found none, or only by breaking a rule more.

    Raises
    ------
    ValueError
        As `with_one_more_interpreter`.

    Notes
    -----
    ``would_gain`` of the obstacle counts forced repeats only; those who interpret gain as well, and the line counts. On
    cafe24 it says 6, and a plan with 9 meetings more exists.

    Examples
    --------
    >>> from brobygget.engine.mixing import gather, obstacles_to, seat_guests
    >>> evening = gather(
    ...     people=12, tables=[3] * 4, languages=[2, 2, 3] + [1] * 9, interpreter=[0, 0, 1] + [0] * 9
    ... )
    >>> plan = seat_guests(evening, rng=np.random.default_rng(1), effort=0.1)
    >>> found = gain_of_interpreter(
    ...     evening, obstacles_to(evening)[0], plan, rng=np.random.default_rng(1), effort=0.1
    ... )
    >>> found.person, found.met > 0
    (3, True)
    """
    person = _who_could(gathering, obstacle)
    helped = seat_guests(
        with_one_more_interpreter(gathering, obstacle), rng=rng, effort=effort, should_stop=should_stop
    )
    more = helped.merits.met - plan.merits.met
    if len(helped.violations) > len(plan.violations) or more <= 0:
        return InterpreterGain(person, 0, 0)
    return InterpreterGain(person, more, helped.merits.met_across - plan.merits.met_across)
