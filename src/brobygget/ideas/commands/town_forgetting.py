"""When a town's vote has been closed for a month, each single answer is forgotten. What was shown of them stays."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from brobygget.ideas import rules
from brobygget.ideas.commands.town_vote import close_town_vote
from brobygget.ideas.models import Figures, Strip, Tally, TownVote, Voter
from brobygget.ideas.queries.town_results import counts_of


def forget_old_answers(*, house_id: int, at: datetime) -> None:
    """Close what has been open for a year; forget who answered what in votes that were closed a month ago."""
    today = timezone.localdate(at)
    votes = TownVote.objects.filter(house_id=house_id)
    for vote in votes.filter(closed_at=None, opened_on__lt=today - timedelta(days=rules.LONGEST_OPEN_DAYS)):
        close_town_vote(vote=vote, at=at)
    for vote in votes.filter(forgotten_on=None, closed_at__lt=at - timedelta(days=rules.ANSWERS_KEPT_DAYS)):
        _forget(vote, at=at)


@transaction.atomic
def _forget(vote: TownVote, *, at: datetime) -> None:
    held = TownVote.objects.select_for_update().get(pk=vote.pk)
    if held.forgotten_on is not None:
        return
    held.last_counts, held.forgotten_on = counts_of(held), timezone.localdate(at)
    held.save(update_fields=["last_counts", "forgotten_on"])
    TownVote.objects.filter(pk=held.pk).update(picture=F("picture") + 1)
    Voter.objects.filter(vote=held).delete()
    Strip.objects.filter(vote=held).delete()
    Figures.objects.filter(tally__vote=held).update(counted={}, counted_on_map={})
    Tally.objects.filter(vote=held).update(counted={})
