"""The map of a vote is made anew: read in one transaction, think in none, write in one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import F, Q

from brobygget.ideas import analysis, rules
from brobygget.ideas.analysis import BANKS, NOT_SAID, Ballots, IdeaFigures, Opinions
from brobygget.ideas.models import Answer, Figures, Tally, TownIdea, TownVote, Voter
from brobygget.ideas.queries.town_ideas import new_here, shown_town_ideas


@dataclass
class Cast:
    """What one tally's voters have answered, as it was read."""

    banks: dict[str, int] = field(default_factory=dict)  # voter: bank
    answers: dict[int, dict[str, int]] = field(default_factory=dict)  # idea: voter: answer


def refresh_bridging_map(vote: TownVote) -> None:
    """Figures, groups and priorities from all answers so far; what may be released is released."""
    with transaction.atomic():
        version = TownVote.objects.values_list("version", flat=True).get(pk=vote.pk)
        ideas = list(shown_town_ideas(vote))
        cast = _cast(vote, ideas)
    thought = {kind: _opinions(votes, ideas) for kind, votes in cast.items() if votes.banks}
    with transaction.atomic():
        changed = False
        for kind, found in thought.items():
            tally, _new = Tally.objects.get_or_create(vote=vote, kind=kind)
            changed |= _release_figures(tally, ideas, found, cast[kind])
            changed |= _release_map(tally, ideas, found, cast[kind])
        # Phones ask in the order of the tally with the most voters.
        _set_priorities(ideas, max(thought, key=lambda kind: len(cast[kind].banks), default=None), thought)
        TownVote.objects.filter(Q(pk=vote.pk) & Q(mapped_version__lt=version)).update(mapped_version=version)
        if changed:
            TownVote.objects.filter(pk=vote.pk).update(picture=F("picture") + 1)


def _cast(vote: TownVote, ideas: Iterable[TownIdea]) -> dict[str, Cast]:
    new = set(new_here(vote.house))
    cast = {Tally.Kind.STRIP.value: Cast(), Tally.Kind.OPEN.value: Cast()}
    for votes in cast.values():
        votes.answers = {idea.pk: {} for idea in ideas}
    kind_of: dict[Any, Cast] = {}
    rows = Voter.objects.filter(vote=vote, answers__isnull=False).distinct().order_by("pk")
    with_strips = set(rows.filter(strip__isnull=False).values_list("pk", flat=True))
    for pk, years in rows.values_list("pk", "years_here"):
        kind_of[pk] = cast[Tally.Kind.STRIP if pk in with_strips else Tally.Kind.OPEN]
        kind_of[pk].banks[pk.hex] = BANKS[years not in new] if years else NOT_SAID
    answers = Answer.objects.filter(voter__vote=vote, idea__in=list(ideas))
    for voter, idea, choice in answers.values_list("voter_id", "idea_id", "choice").iterator():
        if voter in kind_of:
            kind_of[voter].answers[idea][voter.hex] = choice
    return cast


def _opinions(votes: Cast, ideas: list[TownIdea]) -> Opinions:
    place = {voter: at for at, voter in enumerate(votes.banks)}
    people: list[int] = []
    which: list[int] = []
    choices: list[int] = []
    for at, idea in enumerate(ideas):
        for voter, choice in votes.answers[idea.pk].items():
            people.append(place[voter])
            which.append(at)
            choices.append(choice)
    return analysis.opinions_of(
        Ballots(
            people=people, ideas=which, choices=choices, banks=list(votes.banks.values()), n_ideas=len(ideas)
        )
    )


# -- figures by bank -----------------------------------------------------------------------------------------------
def _release_figures(tally: Tally, ideas: list[TownIdea], found: Opinions, votes: Cast) -> bool:
    kept = {row.idea_id: row for row in Figures.objects.filter(tally=tally)}
    is_changed = False
    for idea, figures in zip(ideas, found.ideas, strict=True):
        row = kept.get(idea.pk) or Figures(tally=tally, idea=idea)
        answers = votes.answers[idea.pk]
        now = {voter: choice for voter, choice in answers.items() if votes.banks[voter] != NOT_SAID}
        moves = _moves(row.counted, now, votes.banks)
        if not rules.may_release(seen=figures.seen, changed=[move.all for move in moves]):
            continue
        shown = shown_figures(figures)
        if not any(_would_tell(row.released, shown, bank, moves[bank]) for bank in BANKS):
            row.released, row.counted = shown, now
            row.save()
            is_changed = True
    return is_changed


@dataclass
class _Moves:
    """What has happened on one bank since the last release."""

    joined: int = 0
    changed: int = 0  # another answer, or one that is gone

    @property
    def all(self) -> int:
        return self.joined + self.changed


def _moves(before: dict[str, int], now: dict[str, int], banks: dict[str, int]) -> list[_Moves]:
    moves = [_Moves() for _bank in BANKS]
    for voter in before.keys() | now.keys():
        bank = banks.get(voter, NOT_SAID)
        if bank == NOT_SAID or before.get(voter) == now.get(voter):
            continue
        if voter in before:
            moves[bank].changed += 1
        else:
            moves[bank].joined += 1
    return moves


def _would_tell(before: dict[str, Any], shown: dict[str, Any], bank: int, moves: _Moves) -> bool:
    def of(figures: dict[str, Any]) -> tuple[int, int]:
        return figures["percent"][bank], figures["voters"][bank]

    return rules.would_tell(
        before=of(before) if before else None, now=of(shown), joined=moves.joined, changed=moves.changed
    )


def shown_figures(figures: IdeaFigures) -> dict[str, Any]:
    """What is kept to be shown: shares that tell nobody's answer, and words; never the counts of yes and no."""
    return {
        "percent": [
            rules.shown_percent(agree, seen) for agree, seen in zip(figures.agree, figures.seen, strict=True)
        ],
        "voters": figures.seen,
        "needed": figures.needed,
        "verdict": figures.verdict,
        "by_banks": figures.bank_verdict,
        "strength": figures.strength,
        "is_opposed": figures.is_opposed,
    }


# -- the opinion map -----------------------------------------------------------------------------------------------
def _release_map(tally: Tally, ideas: list[TownIdea], found: Opinions, votes: Cast) -> bool:
    group_of = {voter: label for voter, label in zip(votes.banks, found.labels, strict=True) if label >= 0}
    now = {voter: f"{label}:{_mark(voter, votes)}" for voter, label in group_of.items()}
    sizes = [group.size for group in found.groups]
    changed = [0] * len(sizes)
    for voter, label in group_of.items():
        changed[label] += tally.counted.get(voter) != now[voter]
    if not rules.may_release_map(sizes=sizes, changed=changed):
        return False
    shares = _shares_by_group(tally, ideas, found, votes, group_of)
    tally.opinion_map = {
        "groups": [
            {
                "size": group.size,
                "dots": group.dots,
                "agrees": [ideas[at].pk for at in group.agrees],
                "disagrees": [ideas[at].pk for at in group.disagrees],
            }
            for group in found.groups
        ],
        "agreed": [ideas[at].pk for at in found.agreed],
        "shares": shares,
    }
    tally.counted = now
    tally.save(update_fields=["opinion_map", "counted"])
    return True


def _mark(voter: str, votes: Cast) -> str:
    """Changes when one of somebody's answers does."""
    own = "".join(f"{idea}:{cast.get(voter)};" for idea, cast in votes.answers.items())
    return hashlib.blake2s(f"{voter}{own}".encode(), digest_size=8).hexdigest()


def _shares_by_group(
    tally: Tally, ideas: list[TownIdea], found: Opinions, votes: Cast, group_of: dict[str, int]
) -> dict[str, list[int]]:
    """Shares by opinion group, in steps of five, where neither comparing nor subtracting tells anybody's answer."""
    before = {voter: int(mark.split(":")[0]) for voter, mark in tally.counted.items()}
    rows = {row.idea_id: row for row in Figures.objects.filter(tally=tally)}
    shares = {}
    for idea, figures in zip(ideas, found.ideas, strict=True):
        row = rows.get(idea.pk) or Figures(tally=tally, idea=idea)
        now = votes.answers[idea.pk]
        changed = [0] * len(found.groups)
        for voter, choice in now.items():
            is_same = before.get(voter) == group_of[voter] and row.counted_on_map.get(voter) == choice
            changed[group_of[voter]] += not is_same
        is_told = (
            min(figures.seen_by_group) >= rules.FEWEST_IN_A_BANK
            and min(changed) >= rules.FEWEST_IN_A_BANK
            and rules.may_stand_beside(by_groups=sum(figures.seen_by_group), by_banks=sum(figures.seen))
        )
        if is_told:
            shares[str(idea.pk)] = [
                min(max(5 * round(20 * agree / seen), 5), 95)
                for agree, seen in zip(figures.agree_by_group, figures.seen_by_group, strict=True)
            ]
            row.counted_on_map = now
            row.save()
    return shares


def _set_priorities(ideas: list[TownIdea], kind: str | None, thought: dict[str, Opinions]) -> None:
    if kind is None:
        return
    for idea, figures in zip(ideas, thought[kind].ideas, strict=True):
        idea.priority = figures.priority
        idea.priority_new, idea.priority_established = figures.bank_priorities
    TownIdea.objects.bulk_update(ideas, ["priority", "priority_new", "priority_established"])
