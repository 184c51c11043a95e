"""Are there groups at all? A permutation test that yea-sayers do not fool."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.special import gammaincc, stdtr

from brobygget.engine.opinions.components import mean_answers
from brobygget.engine.opinions.votes import VoteMatrix, votes_of

Floats = NDArray[Any]
LEVEL = 0.05
LOOKS = (9, 19)
ALL_SHUFFLES = 199
CERTAIN = 1e-5
QUICK_PEOPLE = 200
MOST_PEOPLE = 2000
FEWEST_ANSWERS = 10
LANCZOS_STEPS = 8
MOST_AT_ONCE = 120_000


@dataclass(frozen=True, slots=True)
class GroupTest:
    """Whether the votes show more than chance and yea-saying.

    Attributes
    ----------
    p_value : float
        0 to 1; 1 where no test is possible (fewer than 4 voters or 2 ideas, or everybody alike).
    shuffles : int
        How many shuffled conversations the real one was compared with.
    people : int
        How many people took part in the comparison.

    Examples
    --------
    >>> GroupTest(0.04, 199, 30).finds_groups
    True
    """

    p_value: float
    shuffles: int
    people: int

    @property
    def finds_groups(self) -> bool:
        """True at the five per cent level."""
        return self.p_value <= LEVEL


def look_for_groups(
    matrix: VoteMatrix, rng: np.random.Generator, should_stop: Callable[[], bool] = lambda: False
) -> GroupTest:
    """Ask whether people differ in more than chance and their willingness to agree.

    Parameters
    ----------
    matrix : VoteMatrix
        The votes; sorted with `in_own_order` if the answer shall not depend on their order.
    rng : numpy.random.Generator
        Chance.
    should_stop : callable
        Asked between rounds of shuffles; the p-value then rests on those made so far.

    Returns
    -------
    GroupTest
        Its ``p_value`` is 1 where a test is not possible.

    Notes
    -----
    Statistic: the largest eigenvalue of the residuals after taking away, person by person, a level and a multiple of
    the ideas' variances (least squares over the ideas answered). The level alone is row-centring; it
    leaves a trace of those who agree with everything, because they stand out most on ideas that are open and not at all on
    ideas that everybody likes, and with a hundred people that trace is found as a "group". Null: the answers to each idea are dealt anew among those
    who answered it [1]_. The eigenvalue is the Ritz value after eight Lanczos steps from a fixed start, for the real
    and the shuffled votes alike, so the comparison stays exact.

    199 shuffles decide, ended early once ten reach the real value [3]_. Most conversations are clearer than that: the
    work ends after 9 or 19 shuffles if both a gamma law [2]_ and Student's law for one more draw, fitted to them, put the
    real value beyond 1e-5 (the larger of the two is then the p-value, bounded below by 1e-5). With more than 200 people a
    sample of 200 is tried in this way first; with more than 2,000 the decision rests on a sample of 2,000. All
    these looks together add at most 4e-5 to the level of five per cent. A sample is drawn by chance, or made of the
    most active where chance would leave fewer than ten answers to an idea; how much somebody answered is not shuffled,
    so the comparison stays fair.

    References
    ----------
    .. [1] Good, P. (2005), Permutation, Parametric and Bootstrap Tests of Hypotheses.
    .. [2] Winkler, A. M. et al. (2016), Faster permutation inference in brain imaging, NeuroImage 141.
    .. [3] Besag, J. & Clifford, P. (1991), Sequential Monte Carlo p-values, Biometrika 78(2).

    Examples
    --------
    >>> from brobygget.engine.opinions.votes import vote_matrix
    >>> camps = np.where(np.arange(80).reshape(8, 10) // 40 == np.arange(10) % 2, 1, -1)
    >>> votes = vote_matrix(*np.indices((8, 10)).reshape(2, -1), camps.ravel(), n_people=8, n_ideas=10)
    >>> look_for_groups(votes, np.random.default_rng(1)).finds_groups
    True
    """
    voters = np.flatnonzero(matrix.answers_each >= 2)
    if len(voters) < 4 or matrix.n_ideas < 2:
        return GroupTest(1.0, 0, len(voters))
    if len(voters) > QUICK_PEOPLE:
        quick = _Shuffled(matrix, _some(matrix, voters, QUICK_PEOPLE, rng), rng)
        first = quick.certain()
        if first.p_value < CERTAIN or should_stop():
            return GroupTest(max(first.p_value, CERTAIN), len(first.made), QUICK_PEOPLE)
    people = _some(matrix, voters, MOST_PEOPLE, rng)
    shuffled = _Shuffled(matrix, people, rng)
    if not shuffled.real > 0:
        return GroupTest(1.0, 0, len(people))
    look = shuffled.certain()
    made = look.made
    if look.p_value < CERTAIN:
        return GroupTest(CERTAIN, len(made), len(people))
    # A shuffle that gives the same value but for rounding is a tie, and ties count.
    reached = shuffled.real * (1 - 1e-9)
    while len(made) < ALL_SHUFFLES and int((made >= reached).sum()) < 10 and not should_stop():
        made = np.concatenate([made, shuffled.statistics(min(20, ALL_SHUFFLES - len(made)))])
    return GroupTest((1 + int((made >= reached).sum())) / (1 + len(made)), len(made), len(people))


def _some(
    matrix: VoteMatrix, voters: NDArray[np.int64], most: int, rng: np.random.Generator
) -> NDArray[np.int64]:
    """So many of the voters: by chance, or the most active where chance would leave too few answers to an idea."""
    if len(voters) <= most:
        return voters
    each = matrix.answers_each[voters]
    if most * float(each.mean()) < FEWEST_ANSWERS * matrix.n_ideas:
        return np.sort(voters[np.argsort(-each, kind="stable")[:most]])
    return np.sort(rng.permutation(voters)[:most])


def _beyond(values: Floats, real: float) -> float:
    """Chance of the real value: the larger of what a gamma law and Student's law say of one more draw."""
    if real <= values.max():
        return 1.0
    mean, spread = float(values.mean()), float(values.std(ddof=1))
    if spread <= 0:
        return 1.0
    # So few values say little about skewness; 1 is what eigenvalues of small random tables show at most.
    skew = 1.0
    shape = 4 / skew**2
    standard = (real - mean) / spread
    by_gamma = gammaincc(shape, shape + standard * np.sqrt(shape))
    by_student = stdtr(len(values) - 1, -standard / np.sqrt(1 + 1 / len(values)))
    return float(max(by_gamma, by_student))


@dataclass(frozen=True, slots=True)
class _Look:
    made: Floats
    p_value: float


class _Shuffled:
    """The votes of some people, and the same votes dealt anew as often as asked."""

    def __init__(self, matrix: VoteMatrix, people: NDArray[np.int64], rng: np.random.Generator) -> None:
        few = votes_of(matrix, people)
        each = few.answers_each
        self.starts, self.rng, self.n_people = few.starts, rng, len(people)
        used, ideas = np.unique(few.ideas, return_inverse=True)
        self.ideas, self.n_ideas = ideas.astype(np.int32), len(used)
        # The places of the votes, idea by idea: where dealt votes go back to.
        self.by_idea = np.argsort(self.ideas, kind="stable")
        self.place_bits = len(self.ideas).bit_length()
        idea = self.ideas[self.by_idea].astype(np.uint64)
        self.packed = (idea << np.uint64(32 + self.place_bits)) + self.by_idea.astype(np.uint64)
        self.residual = few.votes - mean_answers(few)[few.ideas]
        self.each = each
        answers = np.bincount(self.ideas, minlength=self.n_ideas)
        variance = np.bincount(self.ideas, self.residual**2, minlength=self.n_ideas) / answers
        self.openness = variance[self.ideas]
        self.open_sum = np.add.reduceat(self.openness, self.starts[:-1])
        spread = each * np.add.reduceat(self.openness**2, self.starts[:-1]) - self.open_sum**2
        # Ideas that are all equally open leave the level alone to be taken away.
        self.spread = np.where(spread > 1e-9 * each**2, spread, np.inf)
        # The fixed start; the same for the real and the shuffled votes.
        self.start = np.random.default_rng(5).standard_normal(self.n_ideas)
        self.real = float(self._largest(self.residual[None])[0])

    def certain(self) -> _Look:
        """A few shuffles, and the chance of the real value by them; more only while it is not certain."""
        made = np.zeros(0)
        for until in LOOKS:
            made = np.concatenate([made, self.statistics(until - len(made))])
            p_value = _beyond(made, self.real)
            if p_value < CERTAIN:
                break
        return _Look(made, p_value)

    def statistics(self, count: int) -> Floats:
        """The statistic of ``count`` shuffled conversations."""
        if len(self.ideas) * count > MOST_AT_ONCE and count > 1:
            few = max(1, MOST_AT_ONCE // len(self.ideas))
            parts = [self.statistics(min(few, count - done)) for done in range(0, count, few)]
            return np.concatenate(parts)
        # Idea, chance and place in one number: one fast sort deals all the answers anew within their ideas.
        keys = self.rng.integers(0, 1 << 32, (count, len(self.ideas)), dtype=np.uint32).astype(np.uint64)
        keys <<= np.uint64(self.place_bits)
        keys += self.packed
        keys.sort(axis=1)
        keys &= np.uint64((1 << self.place_bits) - 1)
        data = np.empty((count, len(self.ideas)))
        data[:, self.by_idea] = self.residual[keys.astype(np.int64)]
        return self._largest(data)

    def _largest(self, data: Floats) -> Floats:
        """Ritz value after a few Lanczos steps, of several tables with the same places at once."""
        copies = len(data)
        # Take away what a person's willingness to agree explains: a level, and more of it where an idea is open.
        level = np.add.reduceat(data, self.starts[:-1], axis=1)
        tilt = np.add.reduceat(data * self.openness, self.starts[:-1], axis=1)
        slope = (self.each * tilt - self.open_sum * level) / self.spread
        base = (level - slope * self.open_sum) / self.each
        centred = data - np.repeat(base, self.each, axis=1)
        centred -= np.repeat(slope, self.each, axis=1) * self.openness
        centred = centred.ravel()
        shift = np.arange(copies, dtype=np.int32)[:, None]
        columns = (self.ideas + shift * np.int32(self.n_ideas)).ravel()
        starts = np.concatenate(([0], (self.starts[1:] + shift * len(self.ideas)).ravel())).astype(np.int32)
        table = csr_array((centred, columns, starts), shape=(copies * self.n_people, copies * self.n_ideas))
        across = table.T
        steps = min(LANCZOS_STEPS, self.n_ideas, self.n_people)
        basis = np.zeros((steps, copies, self.n_ideas))
        small = np.zeros((copies, steps, steps))
        current = np.tile(self.start / np.linalg.norm(self.start), (copies, 1))
        for step in range(steps):
            basis[step] = current
            image = (across @ (table @ current.ravel())).reshape(copies, -1)
            small[:, step, : step + 1] = np.einsum("scj,cj->cs", basis[: step + 1], image)
            small[:, : step + 1, step] = small[:, step, : step + 1]
            for _ in range(2):
                along = np.einsum("scj,cj->sc", basis[: step + 1], image)
                image = image - np.einsum("scj,sc->cj", basis[: step + 1], along)
            length = np.linalg.norm(image, axis=1, keepdims=True)
            current = np.divide(image, length, out=np.zeros_like(image), where=length > 1e-9)
        return np.asarray(np.linalg.eigvalsh(small)[:, -1])
