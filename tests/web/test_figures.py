import re
from xml.etree import ElementTree

import pytest
import segno
from hypothesis import given
from hypothesis import strategies as some

from brobygget.web import figures

STATES = ["waiting", "speaking", "spoken", "passed"]
PEOPLE = [("Jonas", "spoken"), ("Samira", "passed"), ("Hassan", "speaking"), ("Elin", "waiting")]


def _places(svg: str) -> list[tuple[float, float]]:
    return [
        (float(x), float(y))
        for x, y in re.findall(r'round-seat round-\w+"><circle cx="([\d.]+)" cy="([\d.]+)"', svg)
    ]


@given(some.lists(some.tuples(some.text(max_size=45), some.sampled_from(STATES)), max_size=40))
def test_any_circle_can_be_drawn_and_stays_inside_its_square(people: list[tuple[str, str]]) -> None:
    people = [("".join(c for c in name if c.isprintable()), state) for name, state in people]
    svg = figures.circle_svg(people, label="The round")
    ElementTree.fromstring(svg)
    for x, y in _places(svg):
        assert 0 <= x <= 640
        assert 0 <= y <= 640
    assert len(_places(svg)) == len(people)


def test_the_deck_reaches_from_the_first_who_spoke_to_the_one_who_speaks() -> None:
    deck = re.search(r'round-deck" d="([^"]+)"', figures.circle_svg(PEOPLE, label=""))
    assert deck is not None
    assert deck[1].count("M") == 2


def test_nobody_has_spoken_and_there_is_no_deck_yet() -> None:
    assert "round-deck" not in figures.circle_svg([("Jonas", "speaking"), ("Elin", "waiting")], label="")


def test_when_all_have_had_their_turn_the_ring_closes() -> None:
    all_done = [(name, "spoken") for name, _ in PEOPLE]
    deck = re.search(r'round-deck" d="([^"]+)"', figures.circle_svg(all_done, label=""))
    assert deck is not None
    assert deck[1].count("M") == len(PEOPLE)


def test_somebody_who_passes_carries_the_deck_like_everybody_else() -> None:
    passed = figures.circle_svg(PEOPLE, label="")
    spoken = figures.circle_svg([(n, "spoken" if s == "passed" else s) for n, s in PEOPLE], label="")
    assert passed.replace("round-passed", "round-spoken") == spoken


def test_a_mirrored_circle_turns_the_other_way() -> None:
    plain, mirrored = (
        _places(figures.circle_svg(PEOPLE, label="", is_mirrored=turned)) for turned in (False, True)
    )
    assert [(round(640 - x, 1), y) for x, y in plain] == [(round(x, 1), y) for x, y in mirrored]


def test_names_are_text_and_never_markup() -> None:
    assert "<b>" not in figures.circle_svg([("<b>x</b>", "waiting")], label="<i>")


@pytest.mark.parametrize(
    "name", ["Maria Alexandra Wilhelmina Björkman-Öst", "Konstantinopolitanskasystern", "Lo"]
)
def test_a_long_name_fits_into_its_ring(name: str) -> None:
    fitted = figures.fitted(name, 54)
    assert len(fitted.lines) <= 2
    for line in fitted.lines:
        assert len(line) * figures.LETTER * fitted.size <= 2 * 54


@given(some.integers(-3, 80), some.integers(-3, 80))
def test_progress_has_a_plank_for_each_step(done: int, total: int) -> None:
    svg = figures.deck_svg(done, total, label="x")
    ElementTree.fromstring(svg)
    planks = max(total, 1)
    assert svg.count("deck-plank") == planks
    assert svg.count("deck-done") == min(max(done, 0), planks)


def test_mirrored_progress_begins_at_the_right_and_keeps_its_banks() -> None:
    svg = figures.deck_svg(1, 4, label="x", is_mirrored=True)
    first = re.search(r'deck-done" d="M([\d.]+)', svg)
    assert first is not None
    assert float(first[1]) > 300
    assert svg.index("deck-river") < svg.index("deck-cloudberry")


def test_more_time_than_was_meant_is_given_and_shown() -> None:
    assert "time-given" not in figures.time_svg(24, 64, label="")
    over = figures.time_svg(68, 64, label="")
    assert "time-given" in over
    meant = re.search(r'time-meant" d="M([\d.]+)', over)
    assert meant is not None
    assert float(meant[1]) == pytest.approx(6 + 588 * 64 / 68, abs=0.1)


@given(some.lists(some.none() | some.floats(1, 5), max_size=20))
def test_the_curve_has_a_point_for_each_answer_that_may_be_shown(values: list[float | None]) -> None:
    svg = figures.curve_svg(values, label="Trust")
    ElementTree.fromstring(svg)
    shown = [value for value in values if value is not None]
    assert svg.count("curve-dot") + svg.count("curve-now") == len(shown)


def test_a_code_is_what_a_camera_expects() -> None:
    svg = figures.qr_svg("https://brohuset.example/n/7", label="Open")
    root = ElementTree.fromstring(svg)
    size = int(root.attrib["viewBox"].split()[2])
    cells = set()
    for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)", svg):
        cells |= {(int(x) + step, int(y)) for step in range(int(width))}
    assert min(min(cell) for cell in cells) == 4
    assert max(max(cell) for cell in cells) == size - 5
    matrix = segno.make("https://brohuset.example/n/7", error="m", micro=False).matrix
    assert cells == {(x + 4, y + 4) for y, row in enumerate(matrix) for x, cell in enumerate(row) if cell}
