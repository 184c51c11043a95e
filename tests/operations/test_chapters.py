"""Each chapter opens on an empty house, with its own time and doors."""

from __future__ import annotations

import pytest

from brobygget.house.models import House
from brobygget.operations.demo import doors, loading


def test_before_chapter_a_there_is_nothing(db: None) -> None:
    assert loading.load_town(chapter="A") is None
    assert not House.objects.exists()


@pytest.mark.parametrize("chapter", ["B", "C", "D", "E", "F", "G", "H"])
def test_every_persona_gets_a_door(chapter: str, db: None) -> None:
    loading.load_town(chapter=chapter)
    found = doors.doors("http://localhost:8000")
    assert [row["called"] for row in found["accounts"]] == ["Marit", "Jonas", "Elin", "Karin", "Petra"]
    assert len(found["participants"]) == (0 if chapter == "B" else 8)
    assert all(row["address"] and len(row["words"].split()) == 4 for row in found["participants"])


def test_the_clock_of_the_house_shows_the_chapters_time(db: None) -> None:
    from brobygget.operations.demo import opening
    from brobygget.web import clock

    assert opening.open_town("D") is True
    assert opening.open_town("D") is False
    house = House.objects.get()
    assert clock.read() + house.clock_offset == loading.CHAPTERS["D"]
