"""Finite fields of prime power order, as tables: what affine planes and their nets are made of."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# Irreducible polynomials, lowest power first, over the integers modulo the prime (Conway polynomials).
IRREDUCIBLE = {
    4: (1, 1, 1),
    8: (1, 1, 0, 1),
    9: (2, 2, 1),
    16: (1, 1, 0, 0, 1),
    25: (2, 4, 1),
    27: (1, 2, 0, 1),
    32: (1, 0, 1, 0, 0, 1),
    49: (3, 6, 1),
    64: (1, 1, 0, 1, 1, 0, 1),
}


@dataclass(frozen=True, eq=False)
class FiniteField:
    """Addition and multiplication tables, each of shape (order, order); 0 and 1 are what they say."""

    order: int
    add: NDArray[np.int64]
    times: NDArray[np.int64]


def prime_below(order: int) -> int:
    """The smallest prime factor of a number above one."""
    return next(p for p in range(2, order + 1) if order % p == 0)


def field_of(order: int) -> FiniteField | None:
    """The field of an order, or None where there is none (or none in our list).

    Parameters
    ----------
    order : int
        Any prime, or a prime power up to 64.

    Returns
    -------
    FiniteField or None
        Elements are numbered by their coefficients read as digits to the base of the prime.

    Examples
    --------
    >>> field_of(4).times[2, 3]
    np.int64(1)
    >>> field_of(6) is None
    True
    """
    if order < 2:
        return None
    prime = prime_below(order)
    if prime == order:
        numbers = np.arange(order)
        return FiniteField(order, (numbers[:, None] + numbers) % order, (numbers[:, None] * numbers) % order)
    if order not in IRREDUCIBLE:
        return None
    modulus = IRREDUCIBLE[order]
    degree = len(modulus) - 1
    digits = [[e // prime**k % prime for k in range(degree)] for e in range(order)]

    def number(of: list[int]) -> int:
        """Read digits as a whole number."""
        return sum(d * prime**k for k, d in enumerate(of))

    def product(a: list[int], b: list[int]) -> list[int]:
        """Multiply two polynomials and reduce them."""
        out = [0] * (2 * degree - 1)
        for i, x in enumerate(a):
            for j, y in enumerate(b):
                out[i + j] = (out[i + j] + x * y) % prime
        for top in range(2 * degree - 2, degree - 1, -1):
            lead = out[top]
            for k in range(degree + 1):
                out[top - degree + k] = (out[top - degree + k] - lead * modulus[k]) % prime
        return out[:degree]

    add = [[number([(x + y) % prime for x, y in zip(a, b, strict=True)]) for b in digits] for a in digits]
    times = [[number(product(a, b)) for b in digits] for a in digits]
    return FiniteField(order, np.array(add), np.array(times))
