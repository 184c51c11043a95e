"""A mixed integer programme, grown block by block and given to HiGHS through SciPy.

SciPy's solvers take most of a second to read in, and wait until something is solved.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil, inf, isfinite
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

if TYPE_CHECKING:
    from scipy.optimize import LinearConstraint

Numbers = NDArray[np.float64]
Indices = NDArray[np.int64]

INFEASIBLE = 2
ROUNDING = 1e-6


@dataclass(frozen=True)
class Answer:
    """What the solver found.

    Attributes
    ----------
    x : Numbers or None
        The best values found, shape (n_variables,); None when none was found.
    value, bound : float
        What they cost, and what nothing can undercut, rounded up to whole numbers; the value is endless without x.
    is_impossible : bool
        True when it is proven that nothing satisfies the rows.
    """

    x: Numbers | None
    value: float
    bound: float
    is_impossible: bool

    @property
    def is_proven(self) -> bool:
        """Whether nothing better exists, or nothing at all."""
        return self.is_impossible or (self.x is not None and self.value <= self.bound + ROUNDING)


@dataclass(frozen=True)
class Effort:
    """How long one call of the solver may work.

    Attributes
    ----------
    nodes : int
        Nodes of the search tree; the same on every machine.
    seconds_left : callable
        Seconds until the answer must be there; endless unless somebody waits.
    """

    nodes: int = 10**6
    seconds_left: Callable[[], float] = lambda: inf

    @property
    def is_spent(self) -> bool:
        """Whether no time is left."""
        return self.seconds_left() <= 0


@dataclass(frozen=True)
class Relaxed:
    """The optimum when variables need not be whole.

    Attributes
    ----------
    x : Numbers
        Values, shape (n_variables,).
    value : float
        What they cost; nothing whole undercuts it.
    regret : Numbers
        What each variable adds to that cost at least when it leaves 0, shape (n_variables,), 0 or more.
    """

    x: Numbers
    value: float
    regret: Numbers

    @property
    def bound(self) -> float:
        """The least whole number that a whole solution can cost."""
        return float(ceil(self.value - ROUNDING))


class Programme:
    """Variables from 0, costs and rows."""

    def __init__(self) -> None:
        self.upper: list[float] = []
        self.whole: list[bool] = []
        self._rows: list[Indices] = []
        self._columns: list[Indices] = []
        self._values: list[Numbers] = []
        self._low: list[float] = []
        self._high: list[float] = []

    @property
    def size(self) -> int:
        """How many variables there are."""
        return len(self.upper)

    def variables(self, number: int, *, upper: float = 1.0, whole: bool = True) -> Indices:
        """Add variables and return their indices."""
        first = self.size
        self.upper += [upper] * number
        self.whole += [whole] * number
        return np.arange(first, first + number, dtype=np.int64)

    def row(self, columns: ArrayLike, values: ArrayLike, *, low: float = -inf, high: float = inf) -> None:
        """Add a row: values times columns between low and high; a column given twice counts twice."""
        where = np.asarray(columns, dtype=np.int64).ravel()
        self._columns.append(where)
        self._values.append(np.broadcast_to(np.asarray(values, dtype=np.float64), where.shape))
        self._rows.append(np.full(len(where), len(self._low), dtype=np.int64))
        self._low.append(low)
        self._high.append(high)

    def forget_row(self) -> None:
        """Take the last row away."""
        for each in (self._rows, self._columns, self._values, self._low, self._high):
            each.pop()

    def matrix(self) -> LinearConstraint:
        """The rows as SciPy takes them."""
        from scipy import sparse
        from scipy.optimize import LinearConstraint

        none: list[Indices] = [np.zeros(0, dtype=np.int64)]
        shape = (len(self._low), self.size)
        triple = (np.concatenate(self._rows or none), np.concatenate(self._columns or none))
        values = np.concatenate(self._values or [np.zeros(0)])
        return LinearConstraint(sparse.csr_matrix((values, triple), shape=shape), self._low, self._high)

    def solve(
        self,
        cost: Numbers,
        *,
        effort: Effort,
        lower: Numbers | None = None,
        upper: Numbers | None = None,
        matrix: LinearConstraint | None = None,
    ) -> Answer:
        """Minimise; the costs of whole solutions are whole numbers.

        `matrix` saves making it again when only bounds or costs have changed.
        """
        from scipy.optimize import Bounds, milp

        if not self.size:
            fits = all(low <= 0 <= high for low, high in zip(self._low, self._high, strict=True))
            return Answer(np.zeros(0) if fits else None, 0.0 if fits else inf, 0.0, not fits)
        seconds = effort.seconds_left()
        if seconds <= 0:
            return Answer(None, inf, -inf, is_impossible=False)
        options: Any = {"node_limit": effort.nodes, "mip_rel_gap": 0.0}
        if isfinite(seconds):
            options["time_limit"] = seconds
        found: Any = milp(
            cost,
            integrality=np.array(self.whole, dtype=np.int64),
            bounds=Bounds(
                np.zeros(self.size) if lower is None else lower,
                np.array(self.upper) if upper is None else upper,
            ),
            constraints=self.matrix() if matrix is None else matrix,
            options=options,
        )
        known = found.mip_dual_bound is not None and isfinite(found.mip_dual_bound)
        bound = (
            float(ceil(found.mip_dual_bound - ROUNDING * max(1.0, abs(found.mip_dual_bound))))
            if known
            else -inf
        )
        if found.x is None:
            return Answer(None, inf, bound, is_impossible=found.status == INFEASIBLE)
        x = np.where(self.whole, np.round(found.x), found.x)
        value = round(float(cost @ x), 3)
        return Answer(x, value, min(bound, value) if known else -inf, is_impossible=False)

    def relax(self, cost: Numbers, *, seconds: float = inf) -> Relaxed | None:
        """Solve it without whole numbers; None when that was not possible in time."""
        from scipy import sparse
        from scipy.optimize import linprog

        rows: Any = self.matrix().A
        low, high = np.array(self._low), np.array(self._high)
        equal = low == high
        above, below = ~equal & np.isfinite(low), ~equal & np.isfinite(high)
        found = linprog(  # type: ignore[call-overload]  # the stubs do not know sparse matrices
            cost,
            A_ub=sparse.vstack([rows[below], -rows[above]], format="csr"),
            b_ub=np.concatenate([high[below], -low[above]]),
            A_eq=rows[equal],
            b_eq=low[equal],
            bounds=np.column_stack([np.zeros(self.size), self.upper]),
            method="highs",
            options={"time_limit": seconds} if isfinite(seconds) else {},
        )
        if found.status != 0:
            return None
        return Relaxed(found.x, float(found.fun), np.maximum(found.lower.marginals, 0.0))
