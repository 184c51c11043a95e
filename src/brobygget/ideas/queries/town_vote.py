"""What somebody who answers a town's vote sees: the next ideas, how far they have come, what they said before."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass

from django.db.models import Max

from brobygget.house.models import House
from brobygget.ideas.models import Answer, Strip, TownIdea, TownVote, Voter
from brobygget.ideas.queries.town_ideas import (
    TownCard,
    new_here,
    shown_town_ideas,
    town_card,
    town_cards,
    with_town_translations,
)
from brobygget.people import tokens

AHEAD = 20  # ideas that a phone holds in case the network goes


@dataclass(frozen=True)
class Progress:
    """How far one browser has come."""

    voter: Voter | None
    done: int
    total: int
    ahead: list[TownCard]
    next_seq: int
    last_answered: int | None
    is_to_be_asked: bool

    @property
    def number(self) -> int:
        """Of the idea on the screen."""
        return self.done + 1

    @property
    def left_later(self) -> int:
        """Ideas that come with the next page."""
        return self.total - self.done - len(self.ahead)


@dataclass(frozen=True)
class Answered:
    """An idea and what this browser said of it."""

    card: TownCard
    answer: Answer


def vote_at(pk: int) -> TownVote | None:
    """A vote is open to everybody: a code on a wall knows nothing of houses."""
    return TownVote.objects.select_related("house").filter(pk=pk).first()


def open_votes(house: House) -> list[TownVote]:
    """What the town can answer now."""
    return list(TownVote.objects.filter(house=house, closed_at=None))


def latest_closed(house: House) -> TownVote | None:
    """The last vote that is over."""
    return TownVote.objects.filter(house=house, closed_at__isnull=False).order_by("-closed_at").first()


def votes_of(house: House) -> list[TownVote]:
    """All votes of a house, the latest first."""
    return list(TownVote.objects.filter(house=house))


# -- who answers ---------------------------------------------------------------------------------------------------
def digest_of(vote: TownVote, secret: str, *, by_strip: bool) -> str:
    """What is kept of a browser's secret: other for each vote, and other for its strip."""
    return tokens.digest(f"{'strip' if by_strip else 'open'}-voter:{vote.pk}", secret)


def voter_behind(vote: TownVote, secret: str) -> Voter | None:
    """The voter of this browser: with its strip, where it has used one."""
    if not secret:
        return None
    own = [digest_of(vote, secret, by_strip=by_strip) for by_strip in (True, False)]
    found = {voter.digest: voter for voter in Voter.objects.filter(digest__in=own).select_related("strip")}
    return found.get(own[0]) or found.get(own[1])


def opening_of(vote: TownVote, secret: str) -> str:
    """A mark that this browser got its page while the vote was open: kept presses may arrive a little late."""
    return tokens.digest("vote-was-open", f"{vote.pk}:{secret}")[:32]


def token_of(strip: Strip) -> str:
    """What stands on the strip, to print it again."""
    return tokens.derived_token("vote-strip", str(strip.pk))


def strip_behind(vote: TownVote, token: str) -> Strip | None:
    """The strip that this code stands on."""
    return (
        Strip.objects.filter(vote=vote, digest=tokens.digest("vote-strip", token))
        .select_related("voter")
        .first()
    )


# -- what is asked -------------------------------------------------------------------------------------------------
def progress_of(vote: TownVote, secret: str) -> Progress:
    """The ideas that this browser has not answered; those that tell most are likeliest to come first."""
    voter = voter_behind(vote, secret)
    answered: set[int] = set()
    last_seq, last = 0, None
    if voter is not None:
        rows = list(voter.answers.order_by("client_seq").values_list("idea_id", "client_seq"))
        answered = {idea for idea, _seq in rows}
        last_seq = rows[-1][1] if rows else 0
    ideas = list(shown_town_ideas(vote))
    shown = {idea.pk for idea in ideas}
    if voter is not None:
        last = next((idea for idea, _seq in reversed(rows) if idea in shown), None)
    field = "priority"
    if voter is not None and voter.years_here:
        field = "priority_new" if voter.years_here in new_here(vote.house) else "priority_established"
    waiting = [idea for idea in ideas if idea.pk not in answered]
    chosen = sorted(waiting, key=lambda idea: _turn(secret, idea, getattr(idea, field)))[:AHEAD]
    place = {idea.pk: at for at, idea in enumerate(chosen)}
    ahead = sorted(
        with_town_translations(TownIdea.objects.filter(pk__in=place)), key=lambda idea: place[idea.pk]
    )
    return Progress(
        voter=voter,
        done=len(answered & shown),
        total=len(ideas),
        ahead=town_cards(ahead),
        next_seq=last_seq + 1,
        last_answered=last,
        is_to_be_asked=bool(answered) and voter is not None and not voter.was_asked,
    )


def _turn(secret: str, idea: TownIdea, priority: float) -> float:
    """By chance, proportional to what an answer would tell; the same for one browser until the map changes.

    Efraimidis and Spirakis (2006): the smallest of exponential waiting times with these rates.
    """
    draw = hashlib.blake2s(f"{secret}:{idea.pk}".encode("utf-8", "surrogatepass"), digest_size=8).digest()
    chance = (int.from_bytes(draw) + 1) / (2**64 + 1)
    return -math.log(chance) / max(priority, 1e-12)


def answered_by(vote: TownVote, secret: str) -> list[Answered]:
    """What this browser has said, the latest first."""
    voter = voter_behind(vote, secret)
    if voter is None:
        return []
    ideas = {idea.pk: idea for idea in with_town_translations(shown_town_ideas(vote))}
    rows = voter.answers.filter(idea__in=ideas).order_by("-client_seq")
    return [Answered(town_card(ideas[row.idea_id]), row) for row in rows]


def answer_of(voter: Voter | None, idea: TownIdea) -> Answer | None:
    """What this browser said of one idea."""
    return Answer.objects.filter(voter=voter, idea=idea).first() if voter else None


def last_seq_of(voter: Voter) -> int:
    """The highest number that a press of this browser has carried."""
    return int(voter.answers.aggregate(last=Max("client_seq"))["last"] or 0)
