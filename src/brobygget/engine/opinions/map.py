"""Votes in, the whole bridging map out: the one call that the rest of Brobygget makes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from brobygget.engine.opinions.bridging import LeastAgreement, largest_opposition, least_agreement
from brobygget.engine.opinions.components import Components, components_of, mean_answers, residuals
from brobygget.engine.opinions.coordinates import evidence, ridge_coordinates
from brobygget.engine.opinions.counts import Counts, count_by_group, group_aware_consensus
from brobygget.engine.opinions.groups import DIMENSIONS, Groups, find_groups
from brobygget.engine.opinions.order import Ordered, in_own_order
from brobygget.engine.opinions.priorities import next_idea_priorities
from brobygget.engine.opinions.representative import Representative, representative_ideas
from brobygget.engine.opinions.verdicts import (
    lower_bound_among_best,
    verdict_codes,
    votes_needed,
    votes_needed_from,
)
from brobygget.engine.opinions.votes import VoteMatrix

Floats = NDArray[np.float64]
MUCH_OPPOSED = 1 / 3


@dataclass(frozen=True, slots=True)
class Partition:
    """How one way to part people answered.

    Attributes
    ----------
    labels : ndarray of int64, shape (n_people,)
        Group of each person, -1 for none.
    sizes : ndarray of int64, shape (n_groups,)
        Voters in each group.
    counts : Counts
        Answers by idea and group.
    consensus : ndarray of float64, shape (n_ideas,)
        From `group_aware_consensus`.
    least : LeastAgreement
        From `least_agreement`.
    lower : ndarray of float64, shape (n_ideas,)
        From `lower_bound_among_best`.
    representative : Representative
        From `representative_ideas`.
    priorities : ndarray of float64, shape (n_ideas, n_groups)
        From `next_idea_priorities`.
    needed : ndarray of int64, shape (n_ideas, n_groups)
        From `votes_needed_from`: how many more votes of which group would settle an unsure idea.

    Examples
    --------
    >>> from brobygget.engine.opinions import bridging_map, vote_matrix
    >>> camps = np.where(np.arange(80).reshape(8, 10) // 40 == np.arange(10) % 2, 1, -1)
    >>> people, ideas = np.indices((8, 10)).reshape(2, -1)
    >>> votes = vote_matrix(people, ideas, camps.ravel(), n_people=8, n_ideas=10)
    >>> found = bridging_map(votes, rng=np.random.default_rng(1))
    >>> found.latent.sizes.tolist(), found.latent.counts.agree[0].tolist()
    ([4, 4], [0, 4])
    """

    labels: NDArray[np.int64]
    sizes: NDArray[np.int64]
    counts: Counts
    consensus: Floats
    least: LeastAgreement
    lower: Floats
    representative: Representative
    priorities: Floats
    needed: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class BridgingMap:
    """What a conversation's votes say.

    Attributes
    ----------
    matrix : VoteMatrix
        The votes it was made from.
    groups : Groups
        The groups that the votes show, with the test behind them.
    latent : Partition
        The answers by those groups (one group: plain agreement).
    known : Partition or None
        The answers by known groups, if anybody is in one.
    total : Counts
        Answers of everybody, one column.
    components : Components
        The main lines along which answers differ.
    people_on_map : ndarray of float64, shape (n_people, 2)
        Places for drawing; NaN for a person without votes.
    ideas_on_map : ndarray of float64, shape (n_ideas, 2)
        Where an idea pulls those who agree with it, in the same units.
    score : ndarray of float64, shape (n_ideas,)
        Bridging strength, 0 to 1: the smaller of the two partitions' ranking medians.
    verdict : ndarray of int8, shape (n_ideas,)
        Places in `VERDICTS`.
    votes_needed : ndarray of int64, shape (n_ideas,)
        For unsure ideas, how many more votes from each group if all are asked; ``latent.needed`` and ``known.needed`` say
        whom to ask.
    opposed : ndarray of float64, shape (n_ideas,)
        Share opposed in the group that opposes most, 0 to 1.
    is_opposed : ndarray of bool, shape (n_ideas,)
        True where more than a third of a group opposes.
    priority : ndarray of float64, shape (n_ideas,)
        How much an answer from anybody would tell; positive.
    ranking : ndarray of int64, shape (n_ideas,)
        Ideas from the strongest bridge on; those that nobody answered come last.

    Examples
    --------
    >>> from brobygget.engine.opinions import bridging_map, vote_matrix
    >>> people, ideas = np.indices((8, 2)).reshape(2, -1)
    >>> votes = vote_matrix(people, ideas, np.tile([1, -1], 8), n_people=8, n_ideas=2)
    >>> found = bridging_map(votes, rng=np.random.default_rng(1))
    >>> found.score.round(2).tolist()
    [0.93, 0.07]
    """

    matrix: VoteMatrix
    groups: Groups
    latent: Partition
    known: Partition | None
    total: Counts
    components: Components
    people_on_map: Floats
    ideas_on_map: Floats
    score: Floats
    verdict: NDArray[np.int8]
    votes_needed: NDArray[np.int64]
    opposed: Floats
    is_opposed: NDArray[np.bool_]
    priority: Floats
    ranking: NDArray[np.int64]


def bridging_map(
    matrix: VoteMatrix,
    *,
    rng: np.random.Generator,
    known: NDArray[Any] | None = None,
    groups: Groups | None = None,
    should_stop: Callable[[], bool] = lambda: False,
) -> BridgingMap:
    """Find the groups that votes show and the ideas that carry across them.

    Parameters
    ----------
    matrix : VoteMatrix
        From `vote_matrix`; moderated ideas taken away with `without_ideas`.
    rng : numpy.random.Generator
        Chance, for the permutation test and the starts of k-means. The same seed gives the same map.
    known : ndarray of int, shape (n_people,), optional
        Known group of each person, counted from 0; -1 for those who did not say.
    groups : Groups, optional
        Groups that were found in another way (`polis_map`), in place of `find_groups`.
    should_stop : callable, optional
        Bounds the permutation test.

    Returns
    -------
    BridgingMap
        For nobody, one person, one idea or everybody alike: one group (or none), positions 0, everything finite but
        the places of silent people.

    Notes
    -----
    The two partitions are never multiplied: they hold the same voters. Shuffling people or ideas shuffles the result and
    changes nothing else (see `in_own_order`); of two whom nothing tells apart, mirror images of each other, the
    order decides which is on the left.

    Examples
    --------
    >>> from brobygget.engine.opinions import VERDICTS, vote_matrix
    >>> people, ideas = np.indices((8, 2)).reshape(2, -1)
    >>> found = bridging_map(
    ...     vote_matrix(people, ideas, np.tile([1, -1], 8), n_people=8, n_ideas=2),
    ...     rng=np.random.default_rng(1),
    ... )
    >>> [VERDICTS[code].value for code in found.verdict], found.ranking.tolist()
    (['carries', 'divides'], [0, 1])
    """
    ordered = in_own_order(matrix)
    votes = ordered.matrix
    means = mean_answers(votes)
    sparse = residuals(votes, means)
    components = components_of(sparse, means, DIMENSIONS)
    found = evidence(votes, sparse, components)
    if groups is None:
        own = find_groups(votes, found, rng, should_stop)
    else:
        own = Groups(
            groups.labels[ordered.people], groups.count, groups.sizes, groups.silhouette, groups.test
        )
    latent = partition(votes, own.labels, max(own.count, 1))
    both = [latent]
    if known is not None and len(known) and int(np.max(known)) >= 0:
        both.append(partition(votes, np.asarray(known, np.int64)[ordered.people], int(np.max(known)) + 1))

    total = latent.counts.everybody
    score = np.minimum.reduce([each.least.ranking for each in both])
    verdict = np.maximum.reduce(
        [verdict_codes(each.least, each.lower, (each.counts.seen > 0).all(1)) for each in both]  # type: ignore[arg-type]  # NumPy's types are wider
    )
    asked = [_asked(each, verdict) for each in both]
    latent, by_known = asked[0].part, (asked[1].part if len(both) > 1 else None)
    needed = np.maximum.reduce([each.needed for each in asked])
    opposed = np.maximum.reduce([largest_opposition(each.counts) for each in both])
    # In their own order, so that equal ideas keep one order however they came in.
    ranking = np.lexsort((np.arange(len(score)), -total.seen[:, 0], -score, total.seen[:, 0] == 0))
    places = ridge_coordinates(found, 2).astype(np.float64)
    places[votes.answers_each == 0] = np.nan
    return _in_given_order(
        BridgingMap(
            matrix,
            own,
            latent,
            by_known,
            total,
            components,
            places,
            components.loadings[:, :2] * np.sqrt(votes.n_ideas),
            score,
            verdict,
            needed,
            opposed,
            opposed > MUCH_OPPOSED,
            np.maximum.reduce([each.priorities.sum(1) for each in both]),
            ranking,
        ),
        ordered,
    )


def partition(votes: VoteMatrix, labels: NDArray[np.int64], n_groups: int) -> Partition:
    """Everything that is known of ideas by one way to part people.

    Parameters
    ----------
    votes : VoteMatrix
        The votes.
    labels : ndarray of int64, shape (n_people,)
        Group of each person, -1 for none.
    n_groups : int
        At least 1.

    Returns
    -------
    Partition
        The answers and what they say.

    Examples
    --------
    >>> from brobygget.engine.opinions.votes import vote_matrix
    >>> votes = vote_matrix([0, 1], [0, 0], [1, -1], n_people=2, n_ideas=1)
    >>> partition(votes, np.array([0, 1]), 2).counts.agree.tolist()
    [[1, 0]]
    """
    counts = count_by_group(votes, labels, n_groups)
    present = (labels >= 0) & (votes.answers_each > 0)
    return Partition(
        labels,
        np.bincount(labels[present], minlength=n_groups),
        counts,
        group_aware_consensus(counts),
        least_agreement(counts),
        lower_bound_among_best(counts),
        representative_ideas(counts),
        next_idea_priorities(counts),
        np.zeros(counts.agree.shape, np.int64),
    )


@dataclass(frozen=True, slots=True)
class _Asked:
    part: Partition
    needed: NDArray[np.int64]


def _asked(each: Partition, verdict: NDArray[np.int8]) -> _Asked:
    """The partition with how many more votes of whom, once it is known which ideas are unsure in all."""
    unsure = _unsettled(each, verdict)
    needed = votes_needed(each.counts, unsure)
    return _Asked(replace(each, needed=votes_needed_from(each.counts, unsure, needed)), needed)


def _unsettled(each: Partition, verdict: NDArray[np.int8]) -> NDArray[np.bool_]:
    return np.asarray((verdict == 2) & (each.least.q10 < 0.5) & (each.least.q90 >= 0.5))


def _in_given_order(sorted_map: BridgingMap, ordered: Ordered) -> BridgingMap:
    """Put people and ideas back where the caller had them."""
    people, ideas = np.argsort(ordered.people), np.argsort(ordered.ideas)

    def back(each: Partition) -> Partition:
        counts, least, typical = each.counts, each.least, each.representative
        return Partition(
            each.labels[people],
            each.sizes,
            Counts(counts.agree[ideas], counts.passed[ideas], counts.disagree[ideas]),
            each.consensus[ideas],
            LeastAgreement(least.q10[ideas], least.q50[ideas], least.q90[ideas], least.ranking[ideas]),
            each.lower[ideas],
            Representative(
                typical.agreeing[ideas],
                typical.disagreeing[ideas],
                typical.agree_z[ideas],
                typical.disagree_z[ideas],
                typical.is_typical[ideas],
            ),
            each.priorities[ideas],
            each.needed[ideas],
        )

    m, latent = sorted_map, back(sorted_map.latent)
    lines = m.components
    return BridgingMap(
        m.matrix,
        Groups(latent.labels, m.groups.count, m.groups.sizes, m.groups.silhouette, m.groups.test),
        latent,
        None if m.known is None else back(m.known),
        Counts(m.total.agree[ideas], m.total.passed[ideas], m.total.disagree[ideas]),
        Components(lines.loadings[ideas], lines.strength, lines.explained, lines.means[ideas]),
        m.people_on_map[people],
        m.ideas_on_map[ideas],
        m.score[ideas],
        m.verdict[ideas],
        m.votes_needed[ideas],
        m.opposed[ideas],
        m.is_opposed[ideas],
        m.priority[ideas],
        ordered.ideas[m.ranking],
    )
