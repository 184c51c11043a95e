"""Seeded k-means over many starts at once, and how far apart the groups lie."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[Any]
Labels = NDArray[np.int64]
MOST_BASES = 256


@dataclass(frozen=True, slots=True)
class Grouping:
    """One way to part people.

    Attributes
    ----------
    labels : ndarray of int64, shape (n_points,)
        Group of each point, 0 to k - 1, largest group first.
    centres : ndarray of float, shape (k, d)
        Weighted mean of each group.
    silhouette : float
        -1 to 1: how much closer people are to their own group than to the nearest other one.
    """

    labels: Labels
    centres: Floats
    silhouette: float


@dataclass(frozen=True, slots=True)
class Bases:
    """A few weighted points that stand for many.

    Attributes
    ----------
    points : ndarray of float, shape (n_bases, d)
        Weighted mean of the points that each stands for.
    weights : ndarray of float, shape (n_bases,)
        Their weights together.
    members : ndarray of int64, shape (n_points,)
        The base of each point.
    """

    points: Floats
    weights: Floats
    members: Labels


def base_points(points: Floats, weights: Floats, most: int = MOST_BASES) -> Bases:
    """Stand a few weighted points for many, halving along the widest side again and again.

    Parameters
    ----------
    points : ndarray of float, shape (n, d)
        Coordinates.
    weights : ndarray of float, shape (n,)
        Positive.
    most : int
        Number of base points, a power of two; with fewer points than that, each stands for itself.

    Returns
    -------
    Bases
        The base points.

    Notes
    -----
    A k-d tree [1]_ cut at one depth. Polis uses 100 base clusters from k-means with the first 100 distinct rows as
    start, so that its groups depend on the order of rows; this does not.

    References
    ----------
    .. [1] Bentley, J. L. (1975), Multidimensional binary search trees, CACM 18(9).

    Examples
    --------
    >>> base_points(np.array([[0.0], [1.0], [9.0]]), np.ones(3), 2).points.ravel().tolist()
    [0.0, 5.0]
    """
    n = len(points)
    if n <= most:
        return Bases(points, weights, np.arange(n))
    order = np.arange(n)
    cuts = np.array([0, n])
    while len(cuts) - 1 < most:
        cell = np.repeat(np.arange(len(cuts) - 1), np.diff(cuts))
        inside = points[order]
        width = np.maximum.reduceat(inside, cuts[:-1]) - np.minimum.reduceat(inside, cuts[:-1])
        side = width.argmax(1)[cell]
        order = order[np.lexsort((inside[np.arange(n), side], cell))]
        cuts = np.union1d(cuts, (cuts[:-1] + cuts[1:]) // 2)
    members = np.empty(n, np.int64)
    members[order] = np.repeat(np.arange(len(cuts) - 1), np.diff(cuts))
    total = np.add.reduceat(weights[order], cuts[:-1])
    means = np.add.reduceat(points[order] * weights[order, None], cuts[:-1]) / total[:, None]
    return Bases(means, total, members)


def many_k_means(
    points: Floats, weights: Floats, k: int, starts: int, rng: np.random.Generator, most_rounds: int = 40
) -> Floats:
    """Run weighted k-means from many k-means++ starts side by side.

    Parameters
    ----------
    points : ndarray of float, shape (n, d)
        Coordinates.
    weights : ndarray of float, shape (n,)
        Positive.
    k : int
        Number of groups, at most n.
    starts : int
        Number of starts.
    rng : numpy.random.Generator
        Chance.
    most_rounds : int
        Bound on the rounds.

    Returns
    -------
    ndarray of float, shape (starts, k, d)
        Centres, one local optimum a start; a group that lost everybody keeps its last centre.

    Notes
    -----
    Lloyd's rounds [1]_ from k-means++ starts [2]_, all in one product of matrices.

    References
    ----------
    .. [1] Lloyd, S. (1982), Least squares quantization in PCM, IEEE Trans. Inf. Theory 28(2).
    .. [2] Arthur, D. & Vassilvitskii, S. (2007), k-means++, SODA.

    Examples
    --------
    >>> line = np.array([[0.0], [1.0], [9.0], [11.0]])
    >>> found = many_k_means(line, np.ones(4), 2, 1, np.random.default_rng(1))
    >>> sorted(found.ravel().tolist())
    [0.5, 10.0]
    """
    n, d = points.shape
    points, weights = points.astype(np.float32), weights.astype(np.float32)
    square = np.einsum("ij,ij->i", points, points)
    centres = np.empty((starts, k, d), np.float32)
    nearest = np.full((starts, n), np.inf, np.float32)
    mass = np.broadcast_to(weights, (starts, n))
    for turn in range(k):
        running = np.cumsum(mass, axis=1, dtype=np.float64)
        drawn = rng.random((starts, 1)) * running[:, -1:]
        pick = np.minimum((running < drawn).sum(1), n - 1)
        centres[:, turn] = points[pick]
        chosen = points[pick]
        away = square - 2 * (chosen @ points.T) + np.einsum("ij,ij->i", chosen, chosen)[:, None]
        nearest = np.minimum(nearest, np.maximum(away, 0))
        mass = nearest * weights
    weighted = np.hstack([points * weights[:, None], weights[:, None]])
    active = np.arange(starts)
    before = np.full((starts, n), -1, np.int8)
    for _ in range(most_rounds):
        labels = nearest_of_each(points, centres[active])
        moved = (labels != before[active]).any(1)
        before[active] = labels
        active, labels = active[moved], labels[moved]
        if len(active) == 0:
            break
        belongs = labels[:, None, :] == np.arange(k, dtype=np.int8)[:, None]
        sums = (belongs.reshape(-1, n).astype(np.float32) @ weighted).reshape(len(active), k, d + 1)
        full = sums[:, :, -1:] > 0
        centres[active] = np.where(
            full, sums[:, :, :-1] / np.where(full, sums[:, :, -1:], 1), centres[active]
        )
    return centres.astype(np.float64)


def nearest_centre(points: Floats, centres: Floats) -> Labels:
    """The nearest centre of each point; the first of equally near ones.

    Parameters
    ----------
    points : ndarray of float, shape (n, d)
        Coordinates.
    centres : ndarray of float, shape (k, d)
        Centres.

    Returns
    -------
    ndarray of int64, shape (n,)
        Numbers of centres.

    Examples
    --------
    >>> nearest_centre(np.array([[0.0], [4.0]]), np.array([[1.0], [3.0]])).tolist()
    [0, 1]
    """
    return nearest_of_each(points, centres[None])[0].astype(np.int64)  # type: ignore[no-any-return]  # NumPy's types are wider


def nearest_of_each(points: Floats, centres: Floats) -> NDArray[np.int8]:
    """The nearest centre of each point, for several sets of centres side by side.

    Parameters
    ----------
    points : ndarray of float, shape (n, d)
        Coordinates.
    centres : ndarray of float, shape (m, k, d)
        Sets of centres.

    Returns
    -------
    ndarray of int8, shape (m, n)
        Numbers of centres; the first of equally near ones.

    Examples
    --------
    >>> nearest_of_each(np.array([[0.0], [4.0]]), np.array([[[1.0], [3.0]], [[5.0], [0.0]]])).tolist()
    [[0, 1], [1, 0]]
    """
    starts, k, d = centres.shape
    half = np.einsum("rkd,rkd->rk", centres, centres) / 2
    closeness = (centres.reshape(-1, d) @ points.T).reshape(starts, k, -1)
    closeness -= half[:, :, None]
    best = (
        (closeness[:, 1] > closeness[:, 0]).astype(np.int8)
        if k > 1
        else np.zeros((starts, len(points)), np.int8)
    )
    top = np.maximum(closeness[:, 0], closeness[:, 1]) if k > 2 else None
    for group in range(2, k):
        best = np.where(closeness[:, group] > top, np.int8(group), best)
        if group < k - 1:
            np.maximum(top, closeness[:, group], out=top)  # type: ignore[arg-type]  # NumPy's types are wider
    return best


def distances(points: Floats) -> NDArray[np.float64]:
    """Distances between all pairs of a few points.

    Parameters
    ----------
    points : ndarray of float, shape (n, d)
        Coordinates.

    Returns
    -------
    ndarray of float64, shape (n, n)
        At least 0; the diagonal is 0.

    Examples
    --------
    >>> distances(np.array([[0.0], [2.0]])).tolist()
    [[0.0, 2.0], [2.0, 0.0]]
    """
    square = np.einsum("ij,ij->i", points, points)
    apart = np.sqrt(np.maximum(square[:, None] + square - 2 * points @ points.T, 0))
    np.fill_diagonal(apart, 0)
    return np.asarray(apart)


def silhouettes(apart: Floats, weights: Floats, labels: NDArray[Any], k: int) -> NDArray[np.float64]:
    """Weighted silhouette of several groupings of the same points.

    Parameters
    ----------
    apart : ndarray of float, shape (n, n)
        From `distances`.
    weights : ndarray of float, shape (n,)
        Positive.
    labels : ndarray of int, shape (m, n)
        Groupings into groups 0 to k - 1.
    k : int
        Number of groups.

    Returns
    -------
    ndarray of float64, shape (m,)
        -1 to 1. A point that is alone counts 0.

    Notes
    -----
    Rousseeuw's silhouette [1]_ with each point counted as often as its weight says.

    References
    ----------
    .. [1] Rousseeuw, P. J. (1987), Silhouettes, J. Comput. Appl. Math. 20.

    Examples
    --------
    >>> line = np.array([[0.0], [1.0], [10.0], [11.0]])
    >>> silhouettes(distances(line), np.ones(4), np.array([[0, 0, 1, 1]]), 2).round(3).tolist()
    [0.9]
    """
    n, groupings = len(weights), len(labels)
    labels = labels.astype(np.int64)
    belongs = (labels[:, :, None] == np.arange(k)) * weights[:, None]
    sums = (apart @ belongs.transpose(1, 0, 2).reshape(n, -1)).reshape(n, groupings, k).transpose(1, 0, 2)
    sizes = belongs.sum(1)
    own_size = np.take_along_axis(sizes, labels, 1)
    own_sum = np.take_along_axis(sums, labels[:, :, None], 2)[:, :, 0]
    others = own_size - weights
    alone = others <= 1e-12 * own_size
    within = own_sum / np.where(alone, 1, others)
    means = sums / np.where(sizes > 0, sizes, 1)[:, None, :]
    means = np.where((sizes > 0)[:, None, :], means, np.inf)
    np.put_along_axis(means, labels[:, :, None], np.inf, 2)
    nearest = means.min(2)
    scale = np.maximum(within, nearest)
    fits = np.where(alone | ~np.isfinite(nearest), 0, (nearest - within) / np.where(scale > 0, scale, 1))
    return np.asarray(np.where(np.isfinite(fits), fits, 0) @ weights / weights.sum())
