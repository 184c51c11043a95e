"""The main lines along which answers differ, from the sparse votes alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from brobygget.engine.opinions.votes import CHUNK, VoteMatrix

Floats = NDArray[Any]
SMALL_SIDE = 64
LARGE = 2_000_000
SAMPLE = 50_000


@dataclass(frozen=True, slots=True)
class Components:
    """Principal components of the answers.

    Attributes
    ----------
    loadings : ndarray of float, shape (n_ideas, n_components)
        Orthonormal columns, strongest first; the largest entry of each in size is positive. A column of zeros
        where the answers hold fewer dimensions.
    strength : ndarray of float, shape (n_components,)
        Sum of squares along each component (eigenvalues of ``B'B``), falling.
    explained : ndarray of float, shape (n_components,)
        ``strength`` as a share of all variation, 0 to 1; zeros if everybody answers alike.
    means : ndarray of float, shape (n_ideas,)
        Mean answer to each idea, -1 to 1; 0 where nobody answered.
    """

    loadings: Floats
    strength: Floats
    explained: Floats
    means: Floats


def mean_answers(matrix: VoteMatrix) -> NDArray[np.float64]:
    """Mean answer to each idea, -1 to 1; 0 where nobody answered.

    Parameters
    ----------
    matrix : VoteMatrix
        The votes.

    Returns
    -------
    ndarray of float64, shape (n_ideas,)
        The means.

    Examples
    --------
    >>> from brobygget.engine.opinions.votes import vote_matrix
    >>> mean_answers(vote_matrix([0, 1], [0, 0], [1, 0], n_people=2, n_ideas=2)).tolist()
    [0.5, 0.0]
    """
    answers, total = np.zeros(matrix.n_ideas), np.zeros(matrix.n_ideas)
    for begin in range(0, matrix.n_votes, CHUNK):
        idea = matrix.ideas[begin : begin + CHUNK]
        # One count with the answer in the key instead of a weighted one: no copy of the votes as doubles.
        key = idea.astype(np.int64) * 3 + (matrix.votes[begin : begin + CHUNK] + 1)
        three = np.bincount(key, minlength=3 * matrix.n_ideas).reshape(-1, 3)
        answers += three.sum(1)
        total += three[:, 2] - three[:, 0]
    return np.divide(total, answers, out=np.zeros(matrix.n_ideas), where=answers > 0)


def precision(matrix: VoteMatrix) -> Any:
    """In which numbers to look for components: single precision above two million votes, double below.

    Parameters
    ----------
    matrix : VoteMatrix
        The votes.

    Returns
    -------
    type
        ``numpy.float32`` or ``numpy.float64``.

    Examples
    --------
    >>> from brobygget.engine.opinions.votes import vote_matrix
    >>> precision(vote_matrix([0], [0], [1], n_people=1, n_ideas=1)).__name__
    'float64'
    """
    return np.float32 if matrix.n_votes > LARGE else np.float64


def residuals(matrix: VoteMatrix, means: NDArray[np.float64], kind: Any = None) -> Any:
    """Answers less the mean answer to the idea, where there is an answer.

    Parameters
    ----------
    matrix : VoteMatrix
        The votes.
    means : ndarray of float64, shape (n_ideas,)
        From `mean_answers`.
    kind : type, optional
        Of the numbers; what `precision` says if it is not given.

    Returns
    -------
    scipy.sparse.csr_array of shape (n_people, n_ideas)
        The residuals.

    Notes
    -----
    After filling a gap with the idea's mean and centring, the gap is exactly 0: so the principal components
    that Polis defines on the filled matrix are the singular vectors of this sparse one.

    Examples
    --------
    >>> from brobygget.engine.opinions.votes import vote_matrix
    >>> votes = vote_matrix([0, 1], [0, 0], [1, 0], n_people=2, n_ideas=1)
    >>> residuals(votes, mean_answers(votes)).data.tolist()
    [0.5, -0.5]
    """
    kind = kind or precision(matrix)
    data = matrix.votes.astype(kind)
    small = means.astype(kind)
    for begin in range(0, matrix.n_votes, CHUNK):
        data[begin : begin + CHUNK] -= small[matrix.ideas[begin : begin + CHUNK]]
    return sparse_like(matrix, data)


def sparse_like(matrix: VoteMatrix, data: Floats) -> Any:
    """A sparse matrix with other numbers in the places of the votes; indices are shared, not copied.

    Parameters
    ----------
    matrix : VoteMatrix
        Says which places hold a number.
    data : ndarray of shape (n_votes,)
        The numbers.

    Returns
    -------
    scipy.sparse.csr_array of shape (n_people, n_ideas)
        The matrix.

    Examples
    --------
    >>> from brobygget.engine.opinions.votes import vote_matrix
    >>> votes = vote_matrix([0, 1], [0, 0], [1, 0], n_people=2, n_ideas=1)
    >>> sparse_like(votes, np.array([2.0, 3.0])).toarray().tolist()
    [[2.0], [3.0]]
    """
    starts = matrix.starts.astype(np.int32) if matrix.n_votes < 2**31 else matrix.starts
    made = csr_array((data, matrix.ideas, starts), shape=(matrix.n_people, matrix.n_ideas), copy=False)
    made.has_sorted_indices = True
    made.has_canonical_format = True
    return made


def principal_components(matrix: VoteMatrix, count: int = 4) -> Components:
    """Find the main lines along which answers differ.

    Parameters
    ----------
    matrix : VoteMatrix
        The votes; sort them with `in_own_order` for results that do not depend on their order.
    count : int
        How many components.

    Returns
    -------
    Components
        All zeros for an empty matrix or when everybody answers alike.

    Notes
    -----
    The components of Polis' filled and centred matrix [1]_, which are those of a sparse one (see `residuals`); no
    dense matrix of people by ideas exists at any time. Where either side has at most 64 members, its Gram matrix is
    decomposed; otherwise a block Krylov space is grown from a fixed start, with a restart from the best Ritz
    vectors, until the residual of the first two components is below 3e-4 of the gap to the next (an error below 1e-7
    in the cosine) and that of the others below 1e-3 of their strength. Above two million votes the numbers are of single
    precision, the start comes from 50,000 people, and 1e-3 of the gap is near enough (1e-6 in the cosine). Polis itself uses 100 power iterations from an unseeded start.

    References
    ----------
    .. [1] Small et al. (2021), RECERCA 26(2), doi:10.6035/recerca.5516.
    .. [2] Saad, Y. (2011), Numerical Methods for Large Eigenvalue Problems, section 6.

    Examples
    --------
    >>> from brobygget.engine.opinions.votes import vote_matrix
    >>> votes = vote_matrix([0, 0, 1, 1], [0, 1, 0, 1], [1, -1, -1, 1], n_people=2, n_ideas=2)
    >>> principal_components(votes, 1).loadings.round(4).tolist()
    [[0.7071], [-0.7071]]
    """
    means = mean_answers(matrix)
    return components_of(residuals(matrix, means), means, count)


def components_of(sparse: Any, means: NDArray[np.float64], count: int) -> Components:
    """Principal components of residuals that are already there; see `principal_components`.

    Parameters
    ----------
    sparse : scipy.sparse.csr_array of shape (n_people, n_ideas)
        From `residuals`.
    means : ndarray of float64, shape (n_ideas,)
        Handed on.
    count : int
        How many components.

    Returns
    -------
    Components
        The components.

    Examples
    --------
    >>> from brobygget.engine.opinions.votes import vote_matrix
    >>> votes = vote_matrix([0, 1], [0, 0], [1, -1], n_people=2, n_ideas=1)
    >>> means = mean_answers(votes)
    >>> components_of(residuals(votes, means), means, 1).strength.tolist()
    [2.0]
    """
    n_people, n_ideas = sparse.shape
    total = float(np.dot(sparse.data, sparse.data)) if sparse.nnz else 0.0
    if total <= 1e-9 or min(n_people, n_ideas) == 0:
        return Components(np.zeros((n_ideas, count)), np.zeros(count), np.zeros(count), means)
    across = sparse.T
    by_people = n_people < n_ideas
    if min(n_people, n_ideas) <= SMALL_SIDE:
        gram = ((sparse @ across) if by_people else (across @ sparse)).toarray().astype(np.float64)
        strength, vectors = np.linalg.eigh(gram)
        strength, vectors = strength[::-1][:count], vectors[:, ::-1][:, :count]
    else:
        pair = (sparse, across) if by_people else (across, sparse)
        start = None
        if sparse.nnz > LARGE and not by_people and n_people > 2 * SAMPLE:
            step = n_people // SAMPLE
            few = sparse[: step * SAMPLE : step]
            start = _krylov(lambda x: few.T @ (few @ x), n_ideas, count, few.dtype, None, 30).vectors
        found = _krylov(
            lambda x: pair[0] @ (pair[1] @ x), min(n_people, n_ideas), count, sparse.dtype, start, 60
        )
        strength, vectors = found.values[:count], found.vectors[:, :count]
    if by_people:
        vectors = across @ vectors
        length = np.linalg.norm(vectors, axis=0)
        vectors = vectors / np.where(length > 0, length, 1)
    real = strength > 1e-9 * max(float(strength[0]), 1e-300)
    vectors = np.where(real, vectors, 0.0)
    largest = np.abs(vectors).argmax(0)
    vectors = vectors * np.where(vectors[largest, np.arange(vectors.shape[1])] < 0, -1.0, 1.0)
    strength = np.where(real, strength, 0.0)
    missing = count - vectors.shape[1]
    if missing > 0:
        vectors, strength = np.pad(vectors, ((0, 0), (0, missing))), np.pad(strength, (0, missing))
    strength = strength.astype(np.float64)
    return Components(vectors.astype(np.float64), strength, strength / total, means)


@dataclass(frozen=True, slots=True)
class _Ritz:
    values: Floats
    vectors: Floats


def _krylov(
    apply: Callable[[Floats], Floats], size: int, count: int, kind: Any, start: Floats | None, steps: int
) -> _Ritz:
    """Largest eigenpairs of a symmetric operator, by a restarted block Krylov space."""
    # Two beside those asked for; in single precision a width that a processor takes whole, which costs less than six.
    block = count + 2 if kind != np.float32 else max(8, count + 2)
    if start is None:
        # Fixed, not chance: the same votes always give the same components.
        start = np.random.default_rng(20190117).standard_normal((size, block)).astype(kind)
    fresh = np.linalg.qr(start)[0].astype(kind)
    block = fresh.shape[1]
    basis, image = np.empty((size, 0), kind), np.empty((size, 0), kind)
    for step in range(steps):
        basis, image = np.hstack([basis, fresh]), np.hstack([image, apply(fresh).astype(kind, copy=False)])
        small = (basis.T @ image).astype(np.float64)
        values, turn = np.linalg.eigh((small + small.T) / 2)
        values, turn = values[::-1][:block], turn[:, ::-1][:, :block].astype(kind)
        vectors = basis @ turn
        rest = image @ turn - vectors * values.astype(kind)
        sizes = np.linalg.norm(rest, axis=0).astype(np.float64)
        gap = np.maximum(values[:-1] - values[1:], 1e-7 * values[0])
        first = min(2, count, len(gap))
        floor, near = (4e-6 * values[0], 1e-3) if kind == np.float32 else (0.0, 3e-4)
        settled = np.all(sizes[:first] <= np.maximum(near * gap[:first], floor))
        if settled and np.all(sizes[:count] <= np.maximum(1e-3 * values[:count], floor)):
            break
        if step == steps - 1 or basis.shape[1] + block > size:
            break
        if basis.shape[1] >= 6 * block:
            wide = _leading(small, 2 * block).astype(kind)
            basis, image = basis @ wide, image @ wide
        for _ in range(2):
            rest = rest - basis @ (basis.T @ rest)
            lengths = np.linalg.norm(rest, axis=0)
            rest = rest[:, lengths > 1e-12 * values[0]] if np.any(lengths <= 1e-12 * values[0]) else rest
            if rest.shape[1] == 0:
                return _Ritz(values, vectors)
            rest = np.linalg.qr(rest)[0]
        fresh = rest.astype(kind)
    return _Ritz(values, vectors)


def _leading(small: NDArray[np.float64], width: int) -> NDArray[np.float64]:
    """The leading eigenvectors of a small symmetric matrix, shape (n, width)."""
    return np.asarray(np.linalg.eigh((small + small.T) / 2)[1][:, ::-1][:, :width])
