"""A hundred identical presses in the same instant, and one strip on many phones: one row, one voter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from brobygget.house.commands.refused import Refused
from brobygget.house.models import House
from brobygget.ideas.commands import strips, town_vote
from brobygget.ideas.commands.town_vote import Browser
from brobygget.ideas.models import Answer, TownIdea, TownVote, Voter
from tests.conftest import NOW
from tests.ideas.test_two_phones_at_once import all_at_once

pytestmark = pytest.mark.django_db(transaction=True)
DAY = date(2027, 4, 24)
PHONES = 8
PRESSES = 100


@pytest.fixture
def asked() -> TownIdea:
    """An idea in an open vote."""
    house = House.objects.create(name="Brohuset", town="Älvnäs", opened_on=DAY)
    vote = TownVote.objects.create(house=house, title="Vad bär?", language="sv", opened_on=DAY)
    return TownIdea.objects.create(vote=vote, text="Vi lagar mat", language="sv", state="shown", given_on=DAY)


def test_a_hundred_identical_presses_at_once_are_one_row(asked: TownIdea) -> None:
    def press() -> None:
        town_vote.give_answer(
            vote=asked.vote, idea=asked, browser=Browser(secret="phone"), choice=1, client_seq=1, at=NOW
        )

    wrong: list[BaseException] = []
    for _round in range(PRESSES // PHONES + 1):
        wrong += all_at_once([press] * PHONES)
    assert wrong == []
    assert (Answer.objects.count(), Voter.objects.count(), Answer.objects.get().choice) == (1, 1, 1)


def test_one_strip_on_many_phones_at_once_is_for_one(asked: TownIdea) -> None:
    strips.make_strips(vote=asked.vote, count=1, on=DAY)
    strip = asked.vote.strips.get()

    def use(phone: int) -> Callable[[], object]:
        return lambda: strips.use_strip(strip=strip, secret=f"phone-{phone}")

    wrong = all_at_once([use(phone) for phone in range(PHONES)])
    assert [type(error) for error in wrong] == [Refused] * (PHONES - 1)
    assert Voter.objects.count() == 1
