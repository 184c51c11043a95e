"""No long word of the list crosses the edge of its picture, and none is broken where nobody would break it."""

from __future__ import annotations

import re

from brobygget.associations.interests import read_taxonomy
from brobygget.associations.interests.long_words import LONGEST, SOFT_HYPHEN, breakable
from brobygget.associations.queries.interests import Label


def test_every_long_swedish_word_of_the_list_may_be_broken_in_two() -> None:
    labels = [one.labels["sv"] for one in read_taxonomy().interests.values()]
    for label in labels:
        assert breakable(label).replace(SOFT_HYPHEN, "") == label
        pieces = re.split(rf"[\s{SOFT_HYPHEN}-]", breakable(label))
        assert [piece for piece in pieces if len(piece.strip(",")) > LONGEST] == []


def test_it_is_for_looking_at_in_swedish_only() -> None:
    assert (
        Label("datorer och programmering", "sv", is_checked=True).in_a_tile
        == "datorer och program\u00admering"
    )
    assert Label("programmering", "en", is_checked=True).in_a_tile == "programmering"
    assert Label("programmering", "sv", is_checked=True).text == "programmering"
