"""Four words cannot be guessed: a network that tries is stopped, and nobody learns which network it was."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from brobygget.circles.commands import joining
from brobygget.circles.models import Circle
from brobygget.people import guessing
from brobygget.people.models import WrongTry
from brobygget.web import clock
from tests.conftest import NOW, TODAY

HALL, ELSEWHERE = {"REMOTE_ADDR": "192.0.2.7"}, {"REMOTE_ADDR": "198.51.100.1"}


@pytest.fixture
def words(circle: Circle) -> str:
    return joining.words_of(joining.print_tickets(circle, count=1, at=NOW, on=TODAY)[0])


def _say(press: Callable, words: str, place: dict[str, str]) -> int:
    return int(press(Client(**place), reverse("circles:ticket"), words=words).status_code)  # type: ignore[arg-type]


def test_a_network_that_guesses_waits_a_minute_also_with_right_words(
    words: str, press: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    guesses = [_say(press, "ek ek ek ek", HALL) for _ in range(12)]
    assert guesses == [422] * 10 + [429] * 2
    assert _say(press, words, HALL) == 429
    monkeypatch.setattr(clock, "read", lambda: NOW + timedelta(minutes=1))
    assert _say(press, words, HALL) == 302


def test_neighbours_on_another_network_are_not_stopped(words: str, press: Callable) -> None:
    for _ in range(11):
        _say(press, "ek ek ek ek", HALL)
    assert _say(press, words, ELSEWHERE) == 302


def test_many_networks_together_are_stopped_as_one(words: str, press: Callable) -> None:
    for number in range(guessing.ALL_TRIES // guessing.NETWORK_TRIES):
        for _ in range(guessing.NETWORK_TRIES):
            guessing.note_wrong_words(f"192.0.2.{number}", at=NOW)
    WrongTry.objects.create(minute=NOW, tries=guessing.ALL_TRIES)
    assert _say(press, words, ELSEWHERE) == 429
    assert WrongTry.objects.get().tries == guessing.ALL_TRIES


def test_right_words_are_no_wrong_try(words: str, press: Callable) -> None:
    assert _say(press, words, HALL) == 302
    assert not WrongTry.objects.exists()


def test_no_address_of_a_network_is_kept_in_memory_or_database(press: Callable, db: None) -> None:
    _say(press, "ek ek ek ek", HALL)
    assert list(WrongTry.objects.values("minute", "tries")) == [{"minute": NOW, "tries": 1}]
    kept = b"".join(guessing._counts.tries)
    assert len(kept) == 32
    assert b"192.0.2.7" not in kept


def test_behind_a_proxy_the_last_address_that_it_added_counts(
    settings: object, press: Callable, words: str
) -> None:
    settings.BEHIND_PROXY = True  # type: ignore[attr-defined]
    hall = {**HALL, "HTTP_X_FORWARDED_FOR": "203.0.113.9, 198.51.100.7"}
    elsewhere = {**HALL, "HTTP_X_FORWARDED_FOR": "203.0.113.9, 198.51.100.8"}
    assert [_say(press, "ek ek ek ek", hall) for _ in range(11)][-1] == 429
    assert _say(press, words, elsewhere) == 302
