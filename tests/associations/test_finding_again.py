"""A file that comes again finds the associations that came of it, each row its own."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from hypothesis import given
from hypothesis import strategies as some

from benchmarks.associations_hostile import Hostility
from brobygget.associations.commands.matching_rows import find_again, standing
from brobygget.associations.commands.said import COLUMNS, Said
from brobygget.house.models import House

# Few of each, so that rows share numbers, names and towns as registers full of sections do.
FACTS = some.fixed_dictionaries(
    {
        "name": some.sampled_from(
            ["Åby IF", "Åby idrottsförening", "Åby IF Bandy", "Byns kör", "Byns damkör"]
        ),
        "org_nr": some.sampled_from(["", "899999-0016", "899999-0024"]),
        "town": some.sampled_from(["", "Åby", "Byn"]),
        "email": some.sampled_from(["", "info@aby.example"]),
    }
)
ROWS = some.lists(some.tuples(some.sampled_from(["", "1", "2"]), FACTS), min_size=1, max_size=7)
EMPTY = dict.fromkeys(COLUMNS, "") | {"websites": []}
Told = Sequence[tuple[str, dict[str, str]]]


def _said(facts: dict[str, str]) -> Said:
    return Said(EMPTY | facts)


@given(told=ROWS, seed=some.integers(0, 1000))
def test_each_row_finds_what_says_the_same_whatever_the_order(told: Told, seed: int) -> None:
    numbers: set[str] = set()
    here = []
    for key, (number, facts) in enumerate(told):
        # The register's number goes to the first that has it, as when a file is imported.
        here.append(standing(key, ("register", "" if number in numbers else number), _said(facts)))
        numbers.add(number)
    rows = [standing(key, ("register", number), _said(facts)) for key, (number, facts) in enumerate(told)]
    Random(seed).shuffle(rows)
    found = find_again(rows, here)
    assert sorted(found.sure) == list(range(len(told)))
    assert [told[one][1] for _row, one in sorted(found.sure.items())] == [facts for _number, facts in told]


def test_a_file_that_found_its_associations_crosswise_changes_nothing_when_it_comes_again(
    house: House,
) -> None:
    """Two rows of one number and one organisation number, beside an association that has renamed itself."""
    assert Hostility(house, 2).meet(59_780) == ["applied", "twice"]
