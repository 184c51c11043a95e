"""Exchanges between pairs of tables, drawn by the heat bath: many tables and many plans in one step.

Within a round what a table is worth does not depend on the other tables, so exchanges between
disjoint pairs of tables do not disturb each other and can be weighed and made together, exactly.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from .board import Board, OpenRound
from .meetings import HARD, Seats, Values

Gains = NDArray[np.float32]
Noise = Callable[[tuple[int, ...]], Gains]
Loss = Callable[[Seats], Gains]
POOL = 1 << 19
WORTH_MOVING = np.float32(1e-3)


class GumbelNoise:
    """Draws from a large pool of Gumbel numbers at random places: cheap, and repeatable.

    Adding temperature times Gumbel noise to each gain and taking the largest draws each choice with
    a chance proportional to exp(gain / temperature) (the Gumbel-max form of the heat bath).
    """

    def __init__(self, rng: np.random.Generator) -> None:
        self._rng = rng
        self._pool = rng.gumbel(size=POOL).astype(np.float32)

    def __call__(self, shape: tuple[int, ...]) -> Gains:
        """Noise of a shape."""
        wanted = int(np.prod(shape))
        if wanted > POOL // 2:
            return self._rng.gumbel(size=shape).astype(np.float32)
        at = int(self._rng.integers(0, POOL - wanted))
        return self._pool[at : at + wanted].reshape(shape)


def exchange_pairs(
    board: Board, each: OpenRound, first: Seats, second: Seats, heat: Gains, noise: Noise
) -> NDArray[np.float64]:
    """Let each pair of tables exchange one person for one, or nobody.

    Parameters
    ----------
    board : Board
        Changed in place, with ``each`` one of its rounds left out of the counts.
    each : OpenRound
        The round.
    first, second : Seats
        Shape (pairs,): disjoint tables.
    heat : Gains
        Shape (plans,): temperature in units of one meeting; 0 takes only the best exchange.
    noise : Noise
        Gumbel noise of a given shape.

    Returns
    -------
    NDArray[np.float64]
        Shape (plans,): what each plan gained.
    """
    plans, pairs, size = board.plans, len(first), each.seats.shape[2]
    seated = np.concatenate([each.seats[:, first], each.seats[:, second]], axis=2)
    worth = board.counts.worth(seated)
    sign = np.ones(2 * size, dtype=np.float32)
    sign[:size] = -1
    pull = (worth.reshape(-1, 2 * size) @ sign).reshape(plans, pairs, 2 * size)
    leave_first, leave_second = pull[..., :size], -pull[..., size:]
    if board.loyalty:
        leave_first = leave_first + homesick(board, each, seated[..., :size], first[:, None], second[:, None])
        leave_second = leave_second + homesick(
            board, each, seated[..., size:], second[:, None], first[:, None]
        )
    gain = leave_first[..., :, None] + leave_second[..., None, :]
    gain -= 2 * worth[..., :size, size:]
    flat = gain.reshape(plans, pairs, size * size)
    if board.talk.matters:
        before = lost_at(board, each, first, second)
        choice = choose(flat, heat, noise, before > 0, _Loss(board, each, first, second, seated, before))
    else:
        choice = choose(flat, heat, noise)
    plan, pair = np.nonzero(choice >= 0)
    won = np.zeros(plans)
    if len(plan):
        chosen = choice[plan, pair]
        np.add.at(won, plan, flat[plan, pair, chosen])
        here, there = np.divmod(chosen, size)
        a, b = first[pair], second[pair]
        leaving, coming = each.seats[plan, a, here], each.seats[plan, b, there]
        each.seats[plan, a, here] = coming
        each.seats[plan, b, there] = leaving
        shift = board.talk.name[coming] - board.talk.name[leaving]
        each.names[plan, a] += shift
        each.names[plan, b] -= shift
    return won


def choose(
    gain: Gains,
    heat: Gains,
    noise: Noise,
    troubled: NDArray[np.bool_] | None = None,
    loss: Loss | None = None,
) -> Seats:
    """Draw one choice for each pair of tables.

    Parameters
    ----------
    gain : Gains
        Shape (plans, pairs, choices); what ``loss`` takes is subtracted in place.
    heat : Gains
        Shape (plans,).
    noise : Noise
        Gumbel noise of a given shape.
    troubled : NDArray[np.bool_], optional
        Shape (plans, pairs): where ``loss`` may be negative.
    loss : Loss, optional
        What flat positions in ``gain`` lose besides; asked only where the answer can matter.

    Returns
    -------
    Seats
        Shape (plans, pairs): the choice, or -1 to leave things as they are.
    """
    plans, pairs, choices = gain.shape
    hot = bool(heat.any())
    drawn = noise((plans, pairs, choices)) * heat[:, None, None] + gain if hot else gain.copy()
    stay = noise((plans, pairs)) * heat[:, None] if hot else np.full((plans, pairs), WORTH_MOVING)
    stay = np.maximum(stay, WORTH_MOVING) if not hot else stay
    if loss is not None and troubled is not None:
        open_to = drawn > stay[..., None]
        open_to |= troubled[..., None]
        at = np.flatnonzero(open_to)
        if len(at):
            lost = loss(at)
            drawn.reshape(-1)[at] -= lost
            gain.reshape(-1)[at] -= lost
    best = drawn.argmax(axis=2)
    rows = np.arange(plans * pairs)
    top = drawn.reshape(-1, choices)[rows, best.ravel()].reshape(plans, pairs)
    return np.where(top > stay, best, -1)


def at_home(board: Board, each: OpenRound, seated: Seats, tables: Seats) -> Values:
    """Worth of sitting where the earlier plan had each person; ``tables`` broadcasts against ``seated``."""
    return np.asarray((each.stays[seated] == tables) * np.float32(board.loyalty), dtype=np.float32)


def homesick(board: Board, each: OpenRound, seated: Seats, here: Seats, there: Seats) -> Values:
    """What each person gains in loyalty to the earlier plan by going over."""
    return at_home(board, each, seated, there) - at_home(board, each, seated, here)


def lost_at(board: Board, each: OpenRound, first: Seats, second: Seats) -> Gains:
    """Shape (plans, pairs): how many cannot follow at the two tables of each pair."""
    tables = np.concatenate([first, second])
    rows = each.seats[:, tables].reshape(-1, each.seats.shape[2])
    lost = board.talk.left_out(each.names[:, tables].ravel(), lambda at: rows[at])
    halves = lost.reshape(board.plans, 2, len(first))
    return np.asarray(halves.sum(axis=1))


class _Loss:
    """Penalty after minus before for single exchanges, by flat position (plan, pair, seat, seat)."""

    def __init__(
        self, board: Board, each: OpenRound, first: Seats, second: Seats, seated: Seats, before: Gains
    ) -> None:
        self._talk = board.talk
        self._size = size = each.seats.shape[2]
        self._seated = seated.reshape(-1, 2, size)
        self._before = before.ravel()
        self._names = np.stack([each.names[:, first].ravel(), each.names[:, second].ravel()])

    def __call__(self, at: Seats) -> Gains:
        row, choice = np.divmod(at, self._size**2)
        here, there = np.divmod(choice, self._size)
        shift = self._talk.name[self._seated[row, 1, there]] - self._talk.name[self._seated[row, 0, here]]
        names = np.concatenate([self._names[0, row] + shift, self._names[1, row] - shift])
        count = len(at)

        def who(wanted: Seats) -> Seats:
            side, which = np.divmod(wanted, count)
            both = self._seated[row[which]]
            line = np.arange(len(wanted))
            mine = np.where(side == 0, here[which], there[which])
            yours = np.where(side == 0, there[which], here[which])
            table = both[line, side]
            table[line, mine] = both[line, 1 - side, yours]
            return table

        after = self._talk.left_out(names, who)
        return np.asarray(np.float32(HARD) * (after[:count] + after[count:] - self._before[row]))
