"""Where each person stands, honest about those who answered little."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from brobygget.engine.opinions.components import Components, sparse_like
from brobygget.engine.opinions.votes import VoteMatrix, run_of, whole_people

Floats = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the answers say about each person's place.

    Attributes
    ----------
    pull : ndarray of float, shape (n_people, d)
        ``sum_j b_ij V_j`` over the ideas that the person answered.
    grip : ndarray of float, shape (n_people, d * (d + 1) / 2)
        The upper triangle of ``sum_j V_j V_j'``, row by row: 0 for a silent person, the identity for one who
        answered everything.
    typical_share : float
        Median share of the ideas answered, over those who answered something; 0 to 1.
    """

    pull: Floats
    grip: Floats
    typical_share: float


def evidence(matrix: VoteMatrix, sparse: Any, components: Components) -> Evidence:
    """Collect what `ridge_coordinates` needs; two passes over the votes.

    Parameters
    ----------
    matrix : VoteMatrix
        The votes.
    sparse : scipy.sparse.csr_array
        From `residuals`.
    components : Components
        From `components_of`.

    Returns
    -------
    Evidence
        Zeros for silent people.

    Examples
    --------
    >>> from brobygget.engine.opinions.components import components_of, mean_answers, residuals
    >>> from brobygget.engine.opinions.votes import vote_matrix
    >>> votes = vote_matrix([0, 1], [0, 0], [1, -1], n_people=3, n_ideas=1)
    >>> means = mean_answers(votes)
    >>> b = residuals(votes, means)
    >>> evidence(votes, b, components_of(b, means, 1)).pull.tolist()
    [[1.0], [-1.0], [0.0]]
    """
    loadings = np.ascontiguousarray(components.loadings, sparse.dtype)
    upper, lower = np.triu_indices(loadings.shape[1])
    products = np.ascontiguousarray(loadings[:, upper] * loadings[:, lower])
    each = matrix.answers_each
    voters = each[each > 0]
    share = float(np.median(voters)) / matrix.n_ideas if len(voters) else 0.0
    grip = np.empty((matrix.n_people, products.shape[1]), products.dtype)
    for people in whole_people(matrix):
        some = run_of(matrix, people)
        grip[people] = sparse_like(some, np.ones(some.n_votes, sparse.dtype)) @ products
    return Evidence(sparse @ loadings, grip, share)


def ridge_coordinates(found: Evidence, dimensions: int, caution: float = 1.0) -> Floats:
    """Place people on the map; the fewer answers, the closer to the middle.

    Parameters
    ----------
    found : Evidence
        From `evidence`.
    dimensions : int
        How many coordinates, at most those in the evidence.
    caution : float
        How strongly people with few answers are drawn to the middle; 1 draws the typical person half-way.

    Returns
    -------
    ndarray of float, shape (n_people, dimensions)
        In units of votes summed along the loadings, as if the person had answered every idea. 0 for a silent
        person; never NaN.

    Notes
    -----
    ``x_i = (sum_j V_j V_j' + lambda I)^-1 sum_j b_ij V_j`` with ``lambda = caution * median(n_i) / S``: ridge
    regression of a person's residuals on the loadings [1]_. Polis multiplies the plain sum by ``sqrt(S / n_i)``
    instead, which throws people with few answers outwards.

    References
    ----------
    .. [1] Hoerl, A. E. & Kennard, R. W. (1970), Ridge regression, Technometrics 12(1).

    Examples
    --------
    >>> ridge_coordinates(Evidence(np.array([[1.0], [1.0]]), np.array([[1.0], [0.5]]), 0.5), 1).round(3).tolist()
    [[0.667], [1.0]]
    """
    width = found.pull.shape[1]
    place = {pair: at for at, pair in enumerate(zip(*np.triu_indices(width), strict=True))}
    ridge = max(caution * found.typical_share, 1e-9)
    one = found.pull.dtype.type
    # A Cholesky factorisation of all the small systems at once, written out over the columns.
    factor: dict[tuple[int, int], Floats] = {}
    middle: list[Floats] = []
    for row in range(dimensions):
        for column in range(row + 1):
            value = found.grip[:, place[(column, row)]] + (one(ridge) if row == column else one(0))  # type: ignore[index]  # NumPy's types are wider
            for before in range(column):
                value = value - factor[row, before] * factor[column, before]
            factor[row, column] = np.sqrt(value) if row == column else value / factor[column, column]
        value = found.pull[:, row]
        for before in range(row):
            value = value - factor[row, before] * middle[before]
        middle.append(value / factor[row, row])
    answer: list[Floats] = [middle[0]] * dimensions
    for row in reversed(range(dimensions)):
        value = middle[row]
        for after in range(row + 1, dimensions):
            value = value - factor[after, row] * answer[after]
        answer[row] = value / factor[row, row]
    return np.stack(answer, axis=1)
