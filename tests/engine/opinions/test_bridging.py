"""What carries across groups, and how sure that is."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some
from scipy.special import betaincc

from brobygget.engine.opinions import (
    VERDICTS,
    Counts,
    bridging_map,
    group_aware_consensus,
    least_agreement,
    next_idea_priorities,
    representative_ideas,
    vote_matrix,
)
from brobygget.engine.opinions.bridging import chance_all_above_half, largest_opposition, quantile_of_least
from brobygget.engine.opinions.representative import discoveries
from brobygget.engine.opinions.verdicts import (
    STEPS,
    lower_bound_among_best,
    verdict_codes,
    votes_needed,
    votes_needed_from,
)

pair = some.tuples(some.integers(0, 60), some.integers(0, 60), some.integers(0, 60))


def counts_of(*groups: tuple[int, int, int]) -> Counts:
    agree, passed, disagree = np.array(groups).T
    return Counts(agree[None], passed[None], disagree[None])


def verdict_of(*groups: tuple[int, int, int]) -> str:
    counts = counts_of(*groups)
    code = verdict_codes(least_agreement(counts), lower_bound_among_best(counts), (counts.seen > 0).all(1))[0]
    return VERDICTS[code].value


@given(some.lists(pair, min_size=1, max_size=5), some.sampled_from([0.07, 0.1, 0.5, 0.9]))
def test_quantiles_solve_their_equation(groups: list[tuple[int, int, int]], chance: float) -> None:
    agree, passed, disagree = np.array(groups).T
    a, b = agree[None] + 1.0, passed[None] + disagree[None] + 1.0
    t = quantile_of_least(a, b, chance)
    assert np.prod(betaincc(a, b, t[:, None])) == pytest.approx(1 - chance, abs=1e-5)


@pytest.mark.parametrize(
    ("each", "q10", "q50"), [(1, 0.23, 0.54), (2, 0.37, 0.66), (3, 0.48, 0.74), (4, 0.55, 0.78)]
)
def test_two_small_groups_that_agree_altogether(each: int, q10: float, q50: float) -> None:
    found = least_agreement(counts_of((each, 0, 0), (each, 0, 0)))
    assert (found.q10[0].round(2), found.q50[0].round(2)) == (q10, q50)


@given(some.lists(pair, min_size=2, max_size=4), some.integers(0, 3))
def test_one_more_agreement_never_lowers_an_idea(groups: list[tuple[int, int, int]], which: int) -> None:
    more = list(groups)
    agree, passed, disagree = more[which % len(more)]
    more[which % len(more)] = (agree + 1, passed, disagree)
    before, after = least_agreement(counts_of(*groups)), least_agreement(counts_of(*more))
    for name in ("q10", "q50", "q90", "ranking"):
        assert getattr(after, name)[0] >= getattr(before, name)[0] - 1e-6


def test_with_a_million_votes_it_is_the_least_share() -> None:
    found = least_agreement(counts_of((700_000, 0, 300_000), (600_000, 100_000, 300_000)))
    assert (found.q10[0], found.q90[0]) == pytest.approx((0.6, 0.6), abs=1e-3)


def test_a_pass_is_seen_but_counts_a_quarter_for_the_order() -> None:
    passing, against = counts_of((5, 5, 0), (5, 5, 0)), counts_of((5, 0, 5), (5, 0, 5))
    assert least_agreement(passing).q50[0] == least_agreement(against).q50[0]
    assert least_agreement(passing).ranking[0] > least_agreement(against).ranking[0]


def test_consensus_is_polis_product() -> None:
    assert group_aware_consensus(counts_of((3, 1, 0), (0, 0, 0)))[0] == pytest.approx(4 / 6 / 2)


@pytest.mark.parametrize(
    ("groups", "said"),
    [
        ([(4, 0, 0), (4, 0, 0)], "carries"),
        ([(3, 0, 0), (3, 0, 0)], "promising"),
        ([(2, 0, 1), (2, 0, 1)], "unsure"),
        ([(20, 0, 0), (1, 0, 19)], "divides"),
        ([(50, 0, 0), (0, 0, 0)], "unsure"),
        ([(0, 0, 0)], "unsure"),
    ],
)
def test_verdicts(groups: list[tuple[int, int, int]], said: str) -> None:
    assert verdict_of(*groups) == said


def test_the_votes_that_were_said_to_be_needed_settle_the_idea() -> None:
    rng = np.random.default_rng(1)
    counts = Counts(*rng.integers(0, 9, (3, 200, 2)))
    unsure = np.array(
        [code == 2 for code in verdict_codes(least_agreement(counts), np.zeros(200), np.ones(200, bool))]
    )
    needed = votes_needed(counts, unsure)
    assert unsure.sum() > 30
    assert not needed[~unsure].any()
    assert set(needed[unsure].tolist()) <= set(STEPS.tolist())
    for at in np.flatnonzero(unsure & (needed < STEPS[-1])):
        one = Counts(*(part[[at]] for part in (counts.agree, counts.passed, counts.disagree)))
        before = STEPS[needed[at] > STEPS]
        chance = chance_all_above_half(one, needed[[at]])[0, 0]
        assert chance >= 0.9 or chance <= 0.1
        assert np.all(np.abs(chance_all_above_half(one, before) - 0.5) < 0.4)


def test_an_idea_unknown_to_all_needs_the_fewest_votes_possible() -> None:
    assert votes_needed(counts_of((0, 0, 0), (0, 0, 0)), np.array([True])).tolist() == [4]


@pytest.mark.parametrize(
    ("groups", "asked"),
    [
        ([(40, 0, 3), (4, 0, 2)], [0, 20]),
        ([(4, 0, 2), (40, 0, 3)], [20, 0]),
        ([(40, 0, 3), (0, 0, 0)], [0, 4]),
        ([(0, 0, 0), (0, 0, 0)], [4, 4]),
        ([(5, 0, 4), (5, 0, 4)], [400, 400]),
    ],
    ids=[
        "second little heard",
        "first little heard",
        "one unheard",
        "nobody has answered",
        "both in two minds",
    ],
)
def test_those_are_asked_whose_votes_would_settle_it(groups: list, asked: list[int]) -> None:
    counts, unsure = counts_of(*groups), np.array([True])
    needed = votes_needed(counts, unsure)
    assert votes_needed_from(counts, unsure, needed).tolist() == [asked]
    chance = chance_all_above_half(counts, np.array([asked]))[0, 0]
    assert chance >= 0.9 or chance <= 0.1
    assert votes_needed_from(counts, ~unsure, needed).tolist() == [[0, 0]]


def test_asking_one_group_never_takes_more_votes_in_all() -> None:
    rng = np.random.default_rng(1)
    counts, unsure = Counts(*rng.integers(0, 9, (3, 200, 3))), np.ones(200, bool)
    needed = votes_needed(counts, unsure)
    whose = votes_needed_from(counts, unsure, needed)
    assert np.all(whose.sum(1) <= 3 * needed)
    assert set((whose > 0).sum(1).tolist()) == {1, 3}


def test_the_bound_among_the_best_is_the_more_careful_one() -> None:
    rng = np.random.default_rng(1)
    truth = rng.beta(4, 4, (40, 2))
    agree = rng.binomial(6, truth)
    counts = Counts(agree, np.zeros_like(agree), 6 - agree)
    least, lower = least_agreement(counts), lower_bound_among_best(counts)
    assert np.all(lower <= least.q10 + 1e-9)
    assert np.any(lower < least.q10 - 0.02)


def test_the_bound_among_the_best_keeps_its_promise_for_the_five_best() -> None:
    rng = np.random.default_rng(1)
    flat, corrected = [], []
    for _ in range(200):
        truth = rng.beta(5, 5, (40, 2))
        agree = rng.binomial(6, truth)
        counts = Counts(agree, np.zeros_like(agree), 6 - agree)
        least, lower = least_agreement(counts), lower_bound_among_best(counts)
        best = np.argsort(-least.ranking)[:5]
        flat.append((least.q10 <= truth.min(1))[best].mean())
        corrected.append((lower <= truth.min(1))[best].mean())
    assert np.mean(flat) < 0.88
    assert np.mean(corrected) >= 0.9


def test_much_opposition_in_one_group_is_flagged() -> None:
    votes = [(person, 0, 1) for person in range(20)] + [
        (person, 0, -1 if person < 28 else 1) for person in range(20, 40)
    ]
    people, ideas, stances = np.array(votes).T
    found = bridging_map(
        vote_matrix(people, ideas, stances, n_people=40, n_ideas=1),
        rng=np.random.default_rng(1),
        known=np.repeat([0, 1], 20),
    )
    assert found.opposed[0] == pytest.approx(0.4, abs=0.02)
    assert found.is_opposed.tolist() == [True]
    assert largest_opposition(counts_of((40, 0, 8)))[0] < 1 / 3


def test_partitions_are_never_multiplied() -> None:
    people, ideas = np.indices((12, 1)).reshape(2, -1)
    votes = vote_matrix(people, ideas, np.ones(12, int), n_people=12, n_ideas=1)
    known = np.repeat([0, 1], 6)
    found = bridging_map(votes, rng=np.random.default_rng(1), known=known)
    assert found.score[0] == min(found.latent.least.ranking[0], found.known.least.ranking[0])


def test_what_is_typical_holds_down_false_finds() -> None:
    rng = np.random.default_rng(1)
    share = rng.random((400, 1))
    agree = rng.binomial(30, share, (400, 2))
    chance = representative_ideas(Counts(agree, np.zeros_like(agree), 30 - agree))
    assert np.count_nonzero(chance.is_typical) <= 4
    camps = representative_ideas(counts_of((28, 0, 2), (2, 0, 28)))
    assert camps.is_typical.tolist() == [[1, -1]]
    assert camps.agreeing[0, 0] > 5


def test_discoveries_follow_benjamini_and_hochberg() -> None:
    p_values = np.array([0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205, 0.212, 0.216])
    assert discoveries(p_values, 0.05).tolist() == [True, True] + [False] * 8


def test_the_next_idea_is_not_drawn_from_equal_chances() -> None:
    rng = np.random.default_rng(1)
    counts = Counts(*rng.integers(0, 20, (3, 50, 2)))
    priorities = next_idea_priorities(counts)
    assert len(np.unique(priorities.sum(1).round(12))) > 45
    assert priorities.min() > 0
    assert priorities.sum(1).max() > 10 * priorities.sum(1).min()


def test_an_unheard_group_is_asked_first() -> None:
    half_heard = next_idea_priorities(counts_of((9, 0, 1), (0, 0, 0)))[0]
    assert half_heard[1] > 5 * half_heard[0]
    known_to_all = next_idea_priorities(counts_of((90, 0, 10), (80, 0, 20)))[0]
    assert half_heard.sum() > 50 * known_to_all.sum()
