from __future__ import annotations

import itertools

import numpy as np
import pytest

from brobygget.engine.matching import best_companions, stable_companions


@pytest.mark.parametrize("seed", range(20))
def test_companions_are_as_many_and_as_fitting_as_trying_everything_finds(seed: int) -> None:
    rng = np.random.default_rng(seed)
    fit = rng.integers(-5, 10, (4, 5)).astype(float)
    fit[rng.random((4, 5)) < 0.5] = np.nan
    best = max(
        (int((~np.isnan(got)).sum()), float(np.nansum(got)))
        for order in itertools.permutations(range(5), 4)
        for got in [fit[np.arange(4), order]]
    )
    of = best_companions(fit).of
    got = fit[of >= 0, of[of >= 0]]
    assert (len(got), float(got.sum())) == best


@pytest.mark.parametrize("seed", range(20))
def test_no_two_would_rather_have_each_other(seed: int) -> None:
    rng = np.random.default_rng(seed)
    people, hosts = 12, 5
    wishes = tuple(rng.permutation(hosts)[: rng.integers(0, hosts + 1)] for _ in range(people))
    ranks = tuple(rng.permutation(people)[: rng.integers(0, people + 1)] for _ in range(hosts))
    places = rng.integers(0, 3, hosts)
    of = stable_companions(wishes, ranks, places).of
    for host in range(hosts):
        guests = np.flatnonzero(of == host)
        assert len(guests) <= places[host]
        listed = ranks[host].tolist()
        assert set(guests.tolist()) <= set(listed)
        worst = max((listed.index(g) for g in guests), default=-1)
        for person in range(people):
            wished = wishes[person].tolist()
            if host not in wished or person not in listed or of[person] == host:
                continue
            would_rather = of[person] < 0 or wished.index(host) < wished.index(of[person])
            has_room = len(guests) < places[host] or (len(guests) > 0 and listed.index(person) < worst)
            assert not (would_rather and has_room)


def test_nobody_at_all_is_legal() -> None:
    assert best_companions(np.full((2, 1), np.nan)).of.tolist() == [-1, -1]
    assert stable_companions((), (), np.array([], dtype=int)).of.tolist() == []
