"""In a large crowd, a grouping must be found twice before it is believed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from brobygget.engine.opinions.clustering import nearest_centre
from brobygget.engine.opinions.components import components_of, mean_answers, precision, residuals
from brobygget.engine.opinions.coordinates import evidence, ridge_coordinates
from brobygget.engine.opinions.votes import VoteMatrix, votes_of

Floats = NDArray[Any]
Labels = NDArray[np.int64]


ANSWERS_TO_AN_IDEA = 150
FEWEST = 2000


@dataclass(frozen=True, slots=True)
class Halves:
    """The same people seen with the eyes of either half of them.

    Attributes
    ----------
    points : list of two ndarray of float, shape (n, d)
        Coordinates of all of the people by the components of the even and of the odd ones.
    answers : ndarray of int64, shape (n,)
        How many ideas each of them answered.
    """

    points: list[Floats]
    answers: NDArray[np.int64]


def in_halves(matrix: VoteMatrix, people: NDArray[np.int64], dimensions: int, caution: float) -> Halves:
    """Analyse two halves of the people, each alone.

    Parameters
    ----------
    matrix : VoteMatrix
        The votes.
    people : ndarray of int64, shape (n,)
        Those who may take part. As many do as it takes for 150 answers to an idea in each half.
    dimensions : int
        Number of coordinates.
    caution : float
        For `ridge_coordinates`.

    Returns
    -------
    Halves
        Places of those who take part.

    Notes
    -----
    Each half has means and components of its own; nothing is handed over but the ideas. So noise, which gives each half other
    components, is not found again. After Lange et al. [1]_.

    References
    ----------
    .. [1] Lange, T., Roth, V., Braun, M. & Buhmann, J. (2004), Stability-based validation of clustering solutions,
       Neural Computation 16(6).

    Examples
    --------
    >>> from brobygget.engine.opinions.votes import vote_matrix
    >>> camps = np.where(np.arange(80)[:, None] < 40, np.tile([1, -1], 5), np.tile([-1, 1], 5))
    >>> votes = vote_matrix(*np.indices((80, 10)).reshape(2, -1), camps.ravel(), n_people=80, n_ideas=10)
    >>> one, other = in_halves(votes, np.arange(80), 4, 1.0).points
    >>> bool(np.allclose(np.abs(one), np.abs(other)))
    True
    """
    each = matrix.answers_each[people]
    enough = max(FEWEST, int(2 * ANSWERS_TO_AN_IDEA * matrix.n_ideas / max(float(each.mean()), 1.0)))
    if len(people) > enough:
        people = people[np.linspace(0, len(people) - 1, enough).astype(np.int64)]
    everybody, kind = votes_of(matrix, people), precision(matrix)
    points = []
    for half in (0, 1):
        some = votes_of(matrix, people[half::2])
        means = mean_answers(some)
        components = components_of(residuals(some, means, kind), means, dimensions)
        found = evidence(everybody, residuals(everybody, means, kind), components)
        points.append(ridge_coordinates(found, dimensions, caution))
    return Halves(points, everybody.answers_each)


def half_against_half(
    halves: Halves, centres_of: Callable[[Floats, NDArray[np.int64]], Floats | None]
) -> float:
    """How far two halves of the people, each grouped alone, part everybody alike.

    Parameters
    ----------
    halves : Halves
        From `in_halves`.
    centres_of : callable
        From the coordinates of some people and their numbers of answers to the centres of their groups, or None.

    Returns
    -------
    float
        Adjusted Rand index of the two ways to part all of them; 0 if a half shows no groups.

    Examples
    --------
    >>> line = np.linspace(-1, 1, 10)[:, None]
    >>> half_against_half(Halves([line, -line], np.ones(10, int)), lambda points, answers: np.array([[-1.0], [1.0]]))
    1.0
    """
    parted = []
    for half, points in enumerate(halves.points):
        centres = centres_of(points[half::2], halves.answers[half::2])
        if centres is None:
            return 0.0
        parted.append(nearest_centre(points, centres.astype(points.dtype)))
    return adjusted_rand(parted[0], parted[1])


def adjusted_rand(one: NDArray[Any], other: NDArray[Any]) -> float:
    """How far two groupings agree: 1 the same, 0 as by chance.

    Parameters
    ----------
    one, other : array, shape (n,)
        Group of each person in either; any names.

    Returns
    -------
    float
        At most 1; 1 when both put everybody together.

    References
    ----------
    .. [1] Hubert, L. & Arabie, P. (1985), Comparing partitions, J. Classification 2.

    Examples
    --------
    >>> adjusted_rand(np.array([0, 0, 1, 1]), np.array([1, 1, 0, 0]))
    1.0
    """
    _, a = np.unique(one, return_inverse=True)
    _, b = np.unique(other, return_inverse=True)
    if len(a) == 0:
        return 1.0
    width = int(b.max()) + 1
    table = (
        np.bincount(a * width + b, minlength=(int(a.max()) + 1) * width).reshape(-1, width).astype(np.float64)
    )
    pairs = float((table * (table - 1)).sum() / 2)
    rows, columns = table.sum(1), table.sum(0)
    in_one, in_other = float((rows * (rows - 1)).sum() / 2), float((columns * (columns - 1)).sum() / 2)
    all_pairs = len(a) * (len(a) - 1) / 2
    expected = in_one * in_other / all_pairs if all_pairs else 0.0
    most = (in_one + in_other) / 2
    return 1.0 if most == expected else (pairs - expected) / (most - expected)
