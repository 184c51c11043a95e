"""Published conversations: our figures against those of another program."""

from __future__ import annotations

import numpy as np
import pytest

from brobygget.commandline.vote_files import read_conversation
from brobygget.engine.opinions import adjusted_rand, bridging_map, polis_map, vote_matrix
from brobygget.engine.opinions.components import components_of, mean_answers, principal_components, residuals
from tests.engine.opinions.conversations import DATA, NAMES, published


@pytest.mark.parametrize("name", NAMES)
def test_consensus_equals_the_reference(name: str) -> None:
    talk = published(name)
    expected = [talk.reference["gac_by_statement"][i] for i in talk.ids]
    assert talk.found.known.consensus == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize("name", NAMES)
def test_quantiles_equal_the_reference(name: str) -> None:
    talk, least = published(name), published(name).found.known.least
    assert least.q10 == pytest.approx([talk.reference["bridging_q10"][i] for i in talk.ids], abs=1e-5)
    assert least.q50 == pytest.approx([talk.reference["bridging_q50"][i] for i in talk.ids], abs=1e-5)


@pytest.mark.parametrize("name", NAMES)
def test_components_equal_those_of_a_dense_decomposition(name: str) -> None:
    votes = published(name).votes
    dense = np.linalg.svd(residuals(votes, mean_answers(votes)).toarray(), full_matrices=False)
    found = principal_components(votes)
    assert np.abs((dense[2][:2].T * found.loadings[:, :2]).sum(0)).min() >= 0.999999
    assert found.strength[:2] == pytest.approx(dense[1][:2] ** 2, rel=1e-6)


@pytest.mark.parametrize("name", NAMES)
def test_the_single_precision_of_millions_of_votes_finds_the_same_components(name: str) -> None:
    votes = published(name).votes
    means = mean_answers(votes)
    found = components_of(residuals(votes, means, np.float32), means, 4).loadings[:, :2]
    exact = principal_components(votes).loadings[:, :2]
    assert np.abs((exact * found).sum(0)).min() >= 0.999999


@pytest.mark.parametrize("name", NAMES)
def test_components_equal_the_reference_for_the_votes_that_count(name: str) -> None:
    talk = published(name)
    column = [str(i) for i in talk.reference["pca"]["statement_ids"]]
    theirs = np.array(talk.reference["pca"]["comps"])[:, [column.index(i) for i in talk.ids]]
    cosine = np.abs((theirs.T * talk.found.components.loadings[:, :2]).sum(0)) / np.linalg.norm(
        theirs, axis=1
    )
    assert cosine.min() >= 0.999999


def test_groups_are_near_those_that_polis_published() -> None:
    likeness = {}
    for name in NAMES:
        talk = published(name)
        both = talk.known >= 0
        likeness[name] = adjusted_rand(talk.found.groups.labels[both], talk.known[both])
    comparable = [
        likeness[n] for n in NAMES if n.startswith(("15", "bg2050", "canadian", "scoop-hivemind.taxes"))
    ]
    assert np.median(comparable) >= 0.9
    assert likeness["brexit-consensus"] >= 0.85


@pytest.mark.parametrize("name", ["brexit-consensus", "15-per-hour-seattle"])
def test_shuffling_people_and_ideas_changes_nothing_at_all(name: str) -> None:
    talk, rng = published(name), np.random.default_rng(3)
    votes = talk.votes
    people, ideas, order = (rng.permutation(n) for n in (votes.n_people, votes.n_ideas, votes.n_votes))
    known = np.empty_like(talk.known)
    known[people] = talk.known
    shuffled = bridging_map(
        vote_matrix(
            people[votes.person_of_each_vote()][order],
            ideas[votes.ideas][order],
            votes.votes[order],
            n_people=votes.n_people,
            n_ideas=votes.n_ideas,
        ),
        rng=np.random.default_rng(1),
        known=known,
    )
    first = talk.found
    assert np.array_equal(shuffled.groups.labels[people], first.groups.labels)
    assert np.array_equal(shuffled.people_on_map[people], first.people_on_map, equal_nan=True)
    assert np.array_equal(shuffled.ideas_on_map[ideas], first.ideas_on_map)
    for part in ("latent", "known"):
        one, two = getattr(first, part), getattr(shuffled, part)
        assert np.array_equal(two.least.ranking[ideas], one.least.ranking)
        assert np.array_equal(two.lower[ideas], one.lower)
        assert np.array_equal(two.priorities[ideas], one.priorities)
    assert np.array_equal(shuffled.verdict[ideas], first.verdict)
    assert np.array_equal(shuffled.ranking, ideas[first.ranking])


def test_the_same_seed_gives_the_same_map() -> None:
    talk = published("scoop-hivemind.freshwater")
    again = bridging_map(talk.votes, rng=np.random.default_rng(1), known=talk.known)
    assert np.array_equal(again.groups.labels, talk.found.groups.labels)
    assert again.groups.test == talk.found.groups.test


def test_polis_own_method_finds_its_published_groups_of_bg2050() -> None:
    talk = read_conversation(str(DATA / "bg2050-volunteers"), "group-id")
    found = polis_map(talk.matrix, talk.removed)
    both = (found.groups.labels >= 0) & (talk.known >= 0)
    assert adjusted_rand(found.groups.labels[both], talk.known[both]) == 1.0
    assert found.groups.sizes.tolist() == [99, 8]
    assert all(1 <= len(group) <= 5 for group in found.representative)
    assert len(set(found.priorities.tolist())) > 100


# Groups and adjusted Rand index to the published ones of an independent re-statement of Polis' cold start.
RESTATED = {
    "15-per-hour-seattle": (2, 0.563),
    "bg2050-volunteers": (2, 1.0),
    "brexit-consensus": (3, 0.542),
    "canadian-electoral-reform": (3, 0.174),
    "scoop-hivemind.freshwater": (2, 0.132),
    "scoop-hivemind.taxes": (2, 0.813),
}


@pytest.mark.parametrize(("name", "theirs"), RESTATED.items())
def test_polis_own_method_gives_what_another_restatement_of_it_gave(
    name: str, theirs: tuple[int, float]
) -> None:
    talk = read_conversation(str(DATA / name), "group-id")
    found = polis_map(talk.matrix, talk.removed)
    both = (found.groups.labels >= 0) & (talk.known >= 0)
    likeness = adjusted_rand(found.groups.labels[both], talk.known[both])
    assert (found.groups.count, likeness) == (theirs[0], pytest.approx(theirs[1], abs=0.015))
