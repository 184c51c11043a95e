"""Without scripts a page that follows shows itself anew, and never takes away what somebody is writing or opening."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from brobygget.circles.models import Circle
from brobygget.circles.queries.circles import wall_token
from brobygget.people.models import Account
from tests.circles.evening import FirstEvening

ANEW = re.compile(r'<noscript><meta http-equiv="refresh" content="(\d+)"></noscript>')
PARTS = ("", "welcome", "round", "customs", "ideas", "homework", "next")


@pytest.fixture
def leader(birgit: Account, client_of_account: Callable[[Account], Client]) -> Client:
    return client_of_account(birgit)


@pytest.fixture
def hassan(first_evening: FirstEvening, client_of: Callable[..., Client]) -> Client:
    return client_of(first_evening.members["Hassan"])


def _followers(circle: Circle, leader: Client, hassan: Client) -> dict[str, str]:
    """Every page that follows the evening, as it is now."""
    wall = reverse("circles:wall", kwargs={"pk": circle.pk, "token": wall_token(circle)})
    meeting = circle.meetings.get()
    asked = {
        "now": (hassan, reverse("circles:now")),
        "room": (hassan, reverse("ideas:room", args=[circle.pk])),
        "leader's room": (leader, reverse("ideas:room", args=[circle.pk])),
        "dots": (hassan, reverse("ideas:dots_of", args=[circle.pk, meeting.number])),
        "leader": (leader, reverse("circles:meeting", args=[meeting.pk])),
        "wall": (Client(), wall),
    }
    answers = {name: who.get(address) for name, (who, address) in asked.items()}
    return {name: answer.content.decode() for name, answer in answers.items() if answer.status_code == 200}


def _begin(evening: FirstEvening, part: str) -> None:
    if part:
        evening.open()
    if part == "round":
        evening.begin_round(at=1)
    elif part not in ("", "welcome"):
        evening.begin_step(part, at=1)


@pytest.mark.parametrize("part", PARTS)
def test_a_page_that_shows_itself_anew_has_no_field_to_write_or_choose_in(
    part: str, first_evening: FirstEvening, circle: Circle, leader: Client, hassan: Client
) -> None:
    _begin(first_evening, part)
    pages = _followers(circle, leader, hassan)
    anew = {name: page for name, page in pages.items() if ANEW.search(page)}
    assert sorted(anew) == [*(["dots"] if part else []), "leader", "leader's room", "now", "room", "wall"]
    fields = {
        name: re.findall(r"<(?:textarea|select)|<input(?! type=\"hidden\")", page)
        for name, page in anew.items()
    }
    assert fields == {name: [] for name in anew}


def test_the_search_for_fields_finds_one_where_there_is_one(
    first_evening: FirstEvening, hassan: Client
) -> None:
    page = hassan.get(reverse("circles:card")).content.decode()
    assert re.findall(r"<(?:textarea|select)|<input(?! type=\"hidden\")", page) == ["<textarea"]
    assert not ANEW.search(page)


def test_a_phone_has_twenty_seconds_and_a_minute_when_something_is_said(
    first_evening: FirstEvening, circle: Circle, leader: Client, hassan: Client, press: Callable
) -> None:
    seconds = {name: ANEW.search(page)[1] for name, page in _followers(circle, leader, hassan).items()}  # type: ignore[index]
    assert seconds == {**dict.fromkeys(seconds, "20"), "wall": "10"}
    first_evening.open()
    first_evening.begin_step("ideas", at=1)
    give = reverse("ideas:give", args=[circle.pk])
    answer = press(hassan, give, text="نطبخ معًا", language="ar", drawing="")
    said = hassan.get(answer["Location"]).content.decode()
    assert 'class="notice notice-done' in said
    assert ANEW.search(said)[1] == "60"  # type: ignore[index]


def test_whoever_needs_longer_lets_the_page_stand_still(
    first_evening: FirstEvening, leader: Client, hassan: Client
) -> None:
    first_evening.open()
    first_evening.begin_round(at=1)
    for who, address in (
        (hassan, reverse("circles:now")),
        (leader, reverse("circles:meeting", args=[first_evening.meeting.pk])),
    ):
        moving, still = (who.get(address + asked).content.decode() for asked in ("", "?still=1"))
        assert 'href="?still=1"' in moving
        assert not ANEW.search(still)
        assert f'<a href="{address}">' in still
    # What has to be opened to be pressed is open on a page that stands still.
    assert re.search(r'<details class="evening-more" id="evening-people" open>', still)
    assert not re.search(r'id="evening-people" open>', moving)
