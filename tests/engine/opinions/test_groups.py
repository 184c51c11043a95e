"""Groups exist only where the votes say so."""

from __future__ import annotations

import numpy as np
import pytest

from brobygget.engine.opinions import bridging_map, compare_known_groups, look_for_groups, vote_matrix
from brobygget.engine.opinions.clustering import base_points, distances, many_k_means, silhouettes
from brobygget.engine.opinions.coordinates import Evidence, ridge_coordinates
from brobygget.engine.opinions.groups import DIMENSIONS, STABLE, caution_for, smallest_group
from brobygget.engine.opinions.stability import adjusted_rand, half_against_half, in_halves
from tests.engine.opinions.conversations import circle, everybody_answers


def share_with_groups(kind: str, n: int, runs: int) -> float:
    rng = np.random.default_rng([n, len(kind)])
    return float(np.mean([look_for_groups(circle(kind, n, rng), rng).finds_groups for _ in range(runs)]))


@pytest.mark.parametrize("n", [8, 30])
def test_chance_is_not_taken_for_groups(n: int) -> None:
    assert share_with_groups("none", n, 60) <= 0.05 + 2 * np.sqrt(0.05 * 0.95 / 60)


@pytest.mark.parametrize("n", [8, 100])
def test_people_who_agree_with_everything_are_not_a_group(n: int) -> None:
    assert share_with_groups("agree to all", n, 40) <= 0.05 + 2 * np.sqrt(0.05 * 0.95 / 40)


def test_two_camps_of_four_are_found() -> None:
    assert share_with_groups("strong", 8, 30) >= 0.9


def test_two_camps_are_told_apart_as_they_are() -> None:
    found = bridging_map(circle("strong", 30, np.random.default_rng(4)), rng=np.random.default_rng(1))
    assert found.groups.count == 2
    assert adjusted_rand(found.groups.labels, np.arange(30) % 2) == 1.0


def test_one_dissenter_never_makes_a_group() -> None:
    answers = np.random.default_rng(1).choice([-1, 1], (1, 30)).repeat(12, axis=0)
    answers[5] *= -1
    found = bridging_map(everybody_answers(answers), rng=np.random.default_rng(1))
    assert found.groups.count == 1


def test_a_large_crowd_must_be_found_twice() -> None:
    rng = np.random.default_rng(1)
    camps = bridging_map(circle("strong", 2200, rng), rng=rng)
    assert adjusted_rand(camps.groups.labels, np.arange(2200) % 2) > 0.95


@pytest.mark.parametrize(("kind", "is_found_twice"), [("strong", True), ("none", False)])
def test_halves_of_a_crowd_part_it_alike_only_where_there_are_groups(kind: str, is_found_twice: bool) -> None:
    rng = np.random.default_rng(1)
    halves = in_halves(circle(kind, 2200, rng), np.arange(2200), DIMENSIONS, caution_for(2200))

    def two(points: np.ndarray, answers: np.ndarray) -> np.ndarray:
        return many_k_means(points, np.ones(len(points)), 2, 4, rng)[0]

    assert (half_against_half(halves, two) >= STABLE) == is_found_twice


def test_no_group_is_smaller_than_it_may_be() -> None:
    rng = np.random.default_rng(2)
    answers = np.where(rng.random((100, 20)) < 0.5, 1, -1)
    answers[:2] = answers[0]
    answers[2:] = np.where(rng.random((98, 20)) < 0.05, -answers[0], answers[0]) * -1
    found = bridging_map(everybody_answers(answers), rng=rng)
    assert found.groups.sizes.min() >= smallest_group(100)


@pytest.mark.parametrize(
    ("n_people", "n_ideas", "answers"),
    [(0, 0, []), (0, 3, []), (3, 0, []), (1, 1, [(0, 0, 1)]), (5, 2, [(0, 0, 1), (1, 0, 1)])],
)
def test_hardly_anybody_is_a_legal_circle(n_people: int, n_ideas: int, answers: list) -> None:
    people, ideas, votes = np.array(answers, dtype=int).reshape(-1, 3).T
    votes = vote_matrix(people, ideas, votes, n_people=n_people, n_ideas=n_ideas)
    found = bridging_map(votes, rng=np.random.default_rng(1))
    assert found.groups.count == (1 if answers else 0)
    assert sorted(found.ranking.tolist()) == list(range(n_ideas))
    assert np.isnan(found.people_on_map).any(1).tolist() == (votes.answers_each == 0).tolist()
    assert np.isfinite(found.score).all()


def test_everybody_alike_is_one_group_in_one_place() -> None:
    found = bridging_map(everybody_answers(np.ones((9, 4), int)), rng=np.random.default_rng(1))
    assert (found.groups.count, found.groups.test.p_value) == (1, 1.0)
    assert found.people_on_map.tolist() == [[0, 0]] * 9


def test_few_answers_draw_a_person_to_the_middle() -> None:
    found = Evidence(np.array([[0.9, 0.0], [0.1, 0.0]]), np.array([[1.0, 0, 1.0], [0.1, 0, 0.1]]), 0.5)
    much, little = ridge_coordinates(found, 2)[:, 0]
    assert little < much / 2


def test_coordinates_solve_the_ridge_equations() -> None:
    rng = np.random.default_rng(1)
    loadings, b = rng.normal(size=(7, 4)), rng.normal(size=7)
    upper = np.triu_indices(4)
    gram = loadings.T @ loadings
    found = Evidence((b @ loadings)[None], gram[upper][None], 0.3)
    expected = np.linalg.solve(gram + 2 * 0.3 * np.eye(4), loadings.T @ b)
    assert ridge_coordinates(found, 4, 2.0)[0] == pytest.approx(expected)


def test_base_points_keep_weight_and_middle() -> None:
    rng = np.random.default_rng(1)
    points, weights = rng.normal(size=(3000, 4)), rng.random(3000) + 0.1
    bases = base_points(points, weights)
    assert len(bases.points) == 256
    assert bases.weights.sum() == pytest.approx(weights.sum())
    assert bases.weights @ bases.points == pytest.approx(weights @ points)
    assert np.bincount(bases.members).min() >= 3000 // 256


def test_many_starts_find_four_heaps() -> None:
    rng = np.random.default_rng(1)
    heaps = np.array([[0, 0], [9, 0], [0, 9], [9, 9]])
    points = np.repeat(heaps, 20, axis=0) + rng.normal(0, 0.3, (80, 2))
    found = many_k_means(points, np.ones(80), 4, 16, rng)
    near = [sorted(each.round().tolist()) for each in found]
    assert sorted(heaps.tolist()) in near


def test_silhouette_is_that_of_the_definition() -> None:
    rng = np.random.default_rng(1)
    points, labels = rng.normal(size=(12, 3)), np.array([0, 1, 2] * 4)
    apart = np.linalg.norm(points[:, None] - points, axis=2)
    expected = []
    for i in range(12):
        own = [j for j in range(12) if labels[j] == labels[i] and j != i]
        within = apart[i, own].mean()
        nearest = min(apart[i, labels == g].mean() for g in range(3) if g != labels[i])
        expected.append((nearest - within) / max(nearest, within))
    assert silhouettes(distances(points), np.ones(12), labels[None], 3) == pytest.approx([np.mean(expected)])


def test_known_groups_of_one_and_seven_can_never_differ() -> None:
    votes = circle("strong", 8, np.random.default_rng(1))
    found = compare_known_groups(votes, np.array([0] + [1] * 7), np.random.default_rng(1))
    assert (found.smallest_possible, found.is_exact) == (1 / 8, True)
    assert found.p_value >= 1 / 8


def test_known_groups_are_compared_by_chance_when_there_are_many_ways() -> None:
    votes = circle("strong", 30, np.random.default_rng(1))
    camps, chance = np.arange(30) % 2, np.random.default_rng(2).integers(0, 2, 30)
    differ, alike = (compare_known_groups(votes, g, np.random.default_rng(1), 199) for g in (camps, chance))
    assert (differ.p_value, differ.is_exact) == (1 / 200, False)
    assert alike.p_value > 0.05
