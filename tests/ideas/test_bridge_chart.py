"""The bridge: the state is in the shape, every bank has a texture, and more than two groups have a pillar each."""

from __future__ import annotations

import re

from brobygget.ideas.bridge_chart import TALLEST, WATER, chart_svg
from brobygget.ideas.opinion_drawing import map_svg


def _tops(svg: str) -> list[float]:
    """The height of each pillar, in the order of the banks."""
    found = re.findall(r'chart-pillar-\d" d="M[\d.]+ [\d.]+V([\d.]+)', svg)
    return [round(WATER - (float(top) - 3), 1) for top in found]


def test_a_pillar_is_as_tall_as_the_share_that_said_yes() -> None:
    assert _tops(chart_svg([100, 50], "whole")) == [TALLEST, TALLEST / 2]


def test_whole_dashed_and_broken_differ_in_shape_and_not_only_in_colour() -> None:
    shapes = {
        re.sub(r' class="[^"]*"', "", chart_svg([80, 60], deck)) for deck in ("whole", "dashed", "broken")
    }
    assert len(shapes) == 3


def test_the_two_banks_differ_in_texture() -> None:
    joints = re.findall(r'chart-joint" d="([^"]+)"', chart_svg([80, 80], "whole"))
    assert ("h" in joints[0], "V" in joints[1]) == (True, True)


def test_with_more_groups_there_is_a_pillar_for_each_and_a_span_between_all() -> None:
    svg = chart_svg([90, 70, 80, 60], "whole")
    assert len(_tops(svg)) == 4
    assert svg.count('class="chart-deck"') == 3


def test_mirrored_the_first_bank_stands_on_the_other_side() -> None:
    def first(svg: str) -> float:
        return float(re.search(r'chart-pillar-0" d="M([\d.]+)', svg)[1])  # type: ignore[index]

    assert first(chart_svg([80, 60], "whole")) < 320 < first(chart_svg([80, 60], "whole", is_mirrored=True))


def test_while_nothing_is_known_there_are_only_the_places_of_the_pillars() -> None:
    svg = chart_svg([], "none")
    assert (_tops(svg), svg.count("chart-unknown"), "chart-deck" in svg) == ([], 2, False)


def test_paper_has_its_colours_in_the_drawing() -> None:
    svg = chart_svg([80, 60], "dashed", for_paper=True)
    assert 'class="chart-' not in svg
    assert "#F4A62A" in svg


def test_the_map_has_a_dot_for_each_person_and_a_shape_for_each_group() -> None:
    svg = map_svg([[(0.0, 0.0)] * 7, [(1.0, 1.0)] * 5])
    kinds = re.findall(r'map-dots-(\d)" d="([^"]+)"', svg)
    assert [(kind, path.count("M")) for kind, path in kinds] == [("0", 7), ("1", 5)]
    assert map_svg([]) == ""
