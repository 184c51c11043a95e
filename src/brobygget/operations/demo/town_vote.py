"""The town's vote in Älvnäs: some hundred phones and strips, each press through the program's own commands."""

from __future__ import annotations

import random
import tomllib
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path
from typing import Any

from django.db import transaction
from django.urls import reverse

from brobygget.ideas.commands import moderation, strips
from brobygget.ideas.commands import town_vote as voting
from brobygget.ideas.commands.town_vote import Browser, Press
from brobygget.ideas.models import Strip, TownIdea, TownIdeaTranslation, TownVote
from brobygget.ideas.queries.town_vote import token_of
from brobygget.operations.demo.loading import TOWN, Town
from brobygget.people import commands as people

FILE = Path(__file__).with_name("town_vote.toml")
# How long, of those who are new here and of those who are not.
YEARS = {"new": ["<1", "1-3"], "established": ["3-10", ">10", "always", "always"], "not_said": [""]}
NOT_YET = 0.35  # of those who do not say yes, so many say "not yet"


@dataclass
class _Asked:
    """An idea in the vote, and how the town takes it."""

    idea: TownIdea
    told: dict[str, Any]


@dataclass
class _Phone:
    """One browser of the town."""

    secret: str
    bank: str
    camp: int
    years: str


def told() -> dict[str, Any]:
    """The file, as it is written."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


@transaction.atomic
def hold_vote(town: Town) -> TownVote:
    """Open the vote, let the town answer, and draw the first map."""
    facts = told()
    on = facts["opened_on"]
    at = datetime.combine(on, time(10), tzinfo=TOWN)
    reader = people.open_account(
        email=facts["moderator"]["email"], called=facts["moderator"]["called"], on=on
    )
    for kind in facts["moderator"]["roles"]:
        people.give_role(account=reader, house_id=town.house.pk, kind=kind, on=on)
    by_proposal = [row for row in facts["ideas"] if "proposal" in row]
    vote = voting.open_town_vote(
        house=town.house,
        title=facts["title"],
        language=facts["language"],
        proposals=[town.proposals[row["proposal"] - 1] for row in by_proposal],
        on=on,
    )
    asked = [_Asked(idea, row) for idea, row in zip(vote.ideas.order_by("pk"), by_proposal, strict=True)]
    for row in facts["ideas"][len(by_proposal) :]:
        idea = voting.give_town_idea(vote=vote, text=row["text"], language=row["text_language"], on=on)
        moderation.show_town_idea(idea=idea, by=reader, on=on)
        asked.append(_Asked(idea, row))
    for each in asked:
        for code, text in each.told["translations"].items():
            moderation.translate_town_idea(
                idea=each.idea, language=code, text=text, status=TownIdeaTranslation.Status.CHECKED
            )
    for row in facts["waiting"]:
        voting.give_town_idea(vote=vote, text=row["text"], language=row["language"], on=on)
    for row in facts["hidden"]:
        idea = voting.give_town_idea(vote=vote, text=row["text"], language=row["language"], on=on)
        moderation.hide_town_idea(idea=idea, reason=row["reason"], by=reader, on=on)
    _let_the_town_answer(vote, facts, asked, at)
    from brobygget.ideas import jobs  # a second start has its map and reads no engine in

    jobs.refresh_bridging_maps()
    return vote


def _let_the_town_answer(vote: TownVote, facts: dict[str, Any], asked: list[_Asked], at: datetime) -> None:
    chance = random.Random(facts["seed"])  # noqa: S311 -- an invented town
    phones = _phones("open", facts["open"], chance)
    with_strips = _phones("strip", facts["strips"], chance)
    strips.make_strips(vote=vote, count=facts["strips"]["printed"], on=facts["opened_on"])
    paper = list(vote.strips.order_by("digest"))
    for phone, strip in zip(with_strips, paper, strict=False):
        strips.use_strip(strip=strip, secret=phone.secret)
    for phone in [*phones, *with_strips]:
        browser = Browser(secret=phone.secret)
        presses = [
            Press(each.idea, _choice(phone, each, chance), number)
            for number, each in enumerate(asked, start=1)
            if chance.random() <= each.told["met"]
        ]
        if presses:
            voting.give_answers(vote=vote, browser=browser, presses=presses, at=at)
        voting.tell_years_here(vote=vote, browser=browser, years_here=phone.years, at=at)


def _phones(kind: str, counts: dict[str, int], chance: random.Random) -> list[_Phone]:
    made = [
        _Phone(
            secret=f"demo-{kind}-{bank}-{number}",
            bank=bank,
            camp=chance.choice([-1, 1]),
            years=chance.choice(years),
        )
        for bank, years in YEARS.items()
        for number in range(counts[bank])
    ]
    chance.shuffle(made)
    return made


def _choice(phone: _Phone, each: _Asked, chance: random.Random) -> int:
    new, established = each.told["yes"]
    middle = {"new": new, "established": established, "not_said": (new + established) / 2}[phone.bank]
    if chance.random() < middle + phone.camp * each.told["camp"]:
        return 1
    return 0 if chance.random() < NOT_YET else -1


def doors(address: str) -> dict[str, str]:
    """Where the vote is answered, watched and read; nothing before it was opened."""
    vote = TownVote.objects.order_by("pk").first()
    if vote is None:
        return {}
    strip = Strip.objects.filter(vote=vote, voter=None, revoked_on=None).order_by("digest").first()
    return {
        "vote": address + reverse("ideas:vote", args=[vote.pk]),
        "strip": address + reverse("ideas:vote_strip", args=[vote.pk, token_of(strip)]) if strip else "",
        "result": address + reverse("ideas:vote_result", args=[vote.pk]),
        "result_wall": address + reverse("ideas:vote_wall", args=[vote.pk]),
        "queue": address + reverse("ideas:moderation"),
    }


def who() -> dict[str, str]:
    """Who reads what the town writes."""
    moderator = told()["moderator"]
    return {moderator["called"]: moderator["who"]}
