"""A small share of `./bro bench associations_hostile`: hostile files through the house, none of which leaves a trace."""

from __future__ import annotations

from collections import Counter

import pytest

from benchmarks.associations_hostile import TWICE_EVERY, WRONG, Hostility
from brobygget.associations.models import Association, ImportRun
from brobygget.house.commands.refused import Refused
from brobygget.house.models import House
from tests.associations.conftest import AT

FILES = 60
SEED = 22


def test_hostile_files_crash_nothing_and_write_all_or_nothing(house: House) -> None:
    hostility = Hostility(house, SEED)
    came = Counter(each for number in range(FILES) for each in hostility.meet(number))
    assert {each: came[each] for each in WRONG} == dict.fromkeys(WRONG, 0)
    assert came["applied"] + came["refused"] == FILES
    assert came["applied"] > FILES / 4
    assert 0 < came["twice"] <= FILES / TWICE_EVERY
    assert not ImportRun.objects.exists()  # each file came to a house where no other had been


def _stray(house: House, **columns: object) -> None:
    Association.objects.create(house=house, name="Vilsen", created_on=AT.date(), changed_at=AT, **columns)


class Leaves(Hostility):
    """A house whose import writes something beside what it finishes."""

    def _staged(self, data: bytes) -> ImportRun:
        run = super()._staged(data)
        _stray(self.house)
        return run


class Refuses(Hostility):
    def _staged(self, data: bytes) -> ImportRun:
        _stray(self.house)
        raise Refused("no", status=422)


class Writes(Hostility):
    """A house whose import writes over what an association has said itself."""

    def _staged(self, data: bytes) -> ImportRun:
        run = super()._staged(data)
        Association.objects.filter(name="Åby IF").update(fee_text="filens ord")
        return run


@pytest.mark.parametrize(
    ("broken", "found"),
    [(Leaves, ["applied", "partial"]), (Refuses, ["refused", "partial"]), (Writes, ["applied", "partial"])],
)
def test_a_partial_write_would_be_found(house: House, broken: type[Hostility], found: list[str]) -> None:
    usual = Hostility(house, SEED)
    number = next(one for one in range(1, 20) if usual.meet(one) == ["applied"])
    Association.objects.all().delete()
    assert broken(house, SEED).meet(number) == found
