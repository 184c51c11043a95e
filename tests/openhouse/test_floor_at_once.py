"""Several of the staff press in the same instant, each with a connection of its own: one table, one stand."""

from __future__ import annotations

import pytest

from brobygget.openhouse.commands import floor
from brobygget.openhouse.models import FloorChange, Invitation, OpenHouse
from brobygget.openhouse.queries.floor import floor_of
from tests.conftest import NOW
from tests.ideas.test_two_phones_at_once import all_at_once
from tests.openhouse.test_floor import _put, _tables, furnished

__all__ = ["furnished"]

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_three_that_are_moved_to_one_table_one_gets_it_and_the_others_stay(
    the_day: OpenHouse, furnished: dict[str, Invitation]
) -> None:
    before = {"Bandet": 5, "Språkcaféet": 1, "Köket": 2}
    _put(the_day, **before)
    by_number = {one.number: one.pk for one in the_day.positions.all()}

    def move(name: str) -> None:
        floor.move_stand(
            the_day,
            stand=furnished[name].pk,
            to=by_number[3],
            was=by_number[before[name]],
            meets=None,
        )

    refused = all_at_once([lambda name=name: move(name) for name in before])  # type: ignore[misc]
    after = _tables(the_day)
    assert len(refused) == 2
    assert sorted(after) == sorted(before)
    assert [after[name] for name in after if after[name] != before[name]] == [3]
    assert FloorChange.objects.count() == 1


def test_placed_by_five_at_once_everybody_has_one_table(
    the_day: OpenHouse, furnished: dict[str, Invitation]
) -> None:
    placed = floor.place_everybody(floor_of(the_day))
    presses = [lambda: floor.keep_placed(the_day, placed, at=NOW) for _press in range(5)]
    assert all_at_once(presses) == []
    assert sorted(_tables(the_day)) == ["Bandet", "Köket", "Språkcaféet"]
