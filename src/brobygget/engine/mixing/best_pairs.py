"""The best way to give each row a column of its own."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def best_pairs(worths: NDArray[np.float64]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Pair rows and columns so that the sum is the largest.

    SciPy's optimisers are read in when the first plan is made: that takes most of a second, which no start of the
    program should take.

    Parameters
    ----------
    worths : ndarray
        Shape (rows, columns): what each pair is worth. Finite.

    Returns
    -------
    rows, columns : ndarray
        Shape (smaller of the two,): the pairs, rows in ascending order.

    Notes
    -----
    `scipy.optimize.linear_sum_assignment`, exact.

    Examples
    --------
    >>> rows, columns = best_pairs(np.array([[1.0, 5.0], [2.0, 3.0]]))
    >>> columns.tolist()
    [1, 0]
    """
    from scipy.optimize import linear_sum_assignment

    rows, columns = linear_sum_assignment(worths, maximize=True)
    return rows, columns
