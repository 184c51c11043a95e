"""A town that answers: phones, crowds and a picture that is drawn when it is asked for."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from brobygget.ideas import jobs
from brobygget.ideas.commands import town_vote
from brobygget.ideas.commands.town_vote import Browser
from brobygget.ideas.models import Tally, TownIdea, TownVote
from brobygget.ideas.queries.town_results import Bridge, results_of
from tests.conftest import NOW

COOKING, DANCING = "Vi lagar mat", "Vi dansar"
_number = itertools.count(1)


def say(
    vote: TownVote,
    idea: TownIdea,
    secret: str,
    choice: int,
    *,
    seq: int = 1,
    at: datetime = NOW,
    **browser: Any,
) -> None:
    town_vote.give_answer(
        vote=vote,
        idea=idea,
        browser=Browser(secret=secret, **browser),
        choice=choice,
        client_seq=seq,
        at=at,
    )


def crowd(vote: TownVote, years: str, count: int) -> list[str]:
    """So many browsers that have said how long they have lived here, or nothing."""
    people = [f"phone-{next(_number)}" for _ in range(count)]
    for secret in people:
        browser = Browser(secret=secret)
        town_vote.tell_years_here(vote=vote, browser=browser, years_here=years, at=NOW)
    return people


def everybody_says(vote: TownVote, people: Iterable[str], choice: int, text: str = COOKING) -> None:
    idea = vote.ideas.get(text=text)
    for secret in people:
        say(vote, idea, secret, choice)


def draw() -> None:
    """The worker comes by."""
    jobs.refresh_bridging_maps()


def bridge(vote: TownVote, text: str = COOKING, by: str = Tally.Kind.OPEN) -> Bridge:
    """What everybody sees of an idea."""
    return next(row for row in results_of(vote, by).bridges if row.card.idea.text == text)


def percents(row: Bridge) -> list[int]:
    return [bank.percent for bank in row.banks]
