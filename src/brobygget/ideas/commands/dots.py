"""Everybody gives their dots, once, in secret."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from brobygget.circles.commands.state import going_on, held_meeting
from brobygget.circles.models import Meeting, Membership
from brobygget.house.commands.refused import Refused
from brobygget.ideas import rules
from brobygget.ideas.commands.holding import held_circle, note_change_in
from brobygget.ideas.models import Dot, DotsGiven, DotVote, Proposal
from brobygget.ideas.queries import proposals


@transaction.atomic
def open_dot_vote(*, meeting: Meeting, at: datetime, dots_each: int = rules.DOTS_EACH) -> DotVote:
    """Ask everybody who is here; what is on the ballot now stays on it. Opening twice is opening once."""
    circle = held_circle(meeting.circle_id)
    present = DotVote.objects.filter(meeting=meeting).first()
    if present and present.closed_at is None:
        return present
    if present:
        raise Refused(_("This meeting has had its dot vote."), status=409)
    going_on(held_meeting(meeting.pk))
    if rules.has_open_vote(circle):
        raise Refused(_("A dot vote of an earlier meeting is still open. Close it first."), status=409)
    if proposals.free_ideas(circle).exists():
        raise Refused(
            _("Some ideas are not in a proposal yet. Group them, or let each be a proposal of its own.")
        )
    open_to_choice = proposals.proposals_to_choose_from(circle, on=timezone.localdate(at))
    if len(open_to_choice) < 2:
        raise Refused(_("There must be at least two proposals to choose between."))
    vote = DotVote.objects.create(meeting=meeting, dots_each=dots_each, opened_at=at)
    vote.proposals.set(open_to_choice)
    note_change_in(circle)
    return vote


@transaction.atomic
def give_dots(*, vote: DotVote, membership: Membership, dots: Mapping[Proposal, int]) -> None:
    """Keep that somebody has voted, and what somebody has voted; never both together.

    Every ballot is put down among the earlier ones in a new random order, with new random keys: neither a key, a
    time nor the place of a row on disk joins the one to the other.
    """
    vote = DotVote.objects.select_for_update().select_related("meeting__circle").get(pk=vote.pk)
    going_on(vote.meeting)
    if vote.closed_at is not None:
        raise Refused(_("The dot vote is closed."), status=409)
    if not rules.may_give_dots(vote, membership):
        raise Refused(
            _("Only those who are here this evening give dots. Ask the leader to note that you are here.")
        )
    if DotsGiven.objects.filter(vote=vote, membership=membership).exists():
        raise Refused(_("You have given your dots already. They are saved."), status=409)
    chosen = _chosen(vote, dots)
    everybody = [*vote.given.values_list("membership_id", flat=True), membership.pk]
    every_dot = [*vote.dots.values_list("proposal_id", flat=True), *chosen]
    chance = secrets.SystemRandom()
    chance.shuffle(everybody)
    chance.shuffle(every_dot)
    vote.given.all().delete()
    vote.dots.all().delete()
    DotsGiven.objects.bulk_create(DotsGiven(id=uuid.uuid4(), vote=vote, membership_id=pk) for pk in everybody)
    Dot.objects.bulk_create(Dot(id=uuid.uuid4(), vote=vote, proposal_id=pk) for pk in every_dot)
    note_change_in(vote.meeting.circle)


def _chosen(vote: DotVote, dots: Mapping[Proposal, int]) -> list[int]:
    on_the_ballot = set(vote.proposals.values_list("pk", flat=True))
    if any(number < 0 for number in dots.values()) or not {x.pk for x in dots} <= on_the_ballot:
        raise Refused(_("The ballot has changed. Open the page again."), status=409)
    placed = sum(dots.values())
    if placed < vote.dots_each:
        missing = vote.dots_each - placed
        raise Refused(
            ngettext("You have %(count)d dot left to give.", "You have %(count)d dots left to give.", missing)
            % {"count": missing}
        )
    if placed > vote.dots_each:
        raise Refused(
            _("You have placed %(placed)d dots, but there are %(each)d. Take some back.")
            % {"placed": placed, "each": vote.dots_each}
        )
    return [proposal.pk for proposal, number in dots.items() for _dot in range(number)]


@transaction.atomic
def close_dot_vote(*, vote: DotVote, at: datetime) -> DotVote:
    """No more dots; from now on everybody sees the sums. Closing twice is closing once."""
    held_circle(vote.meeting.circle_id)
    DotVote.objects.filter(pk=vote.pk, closed_at=None).update(closed_at=at)
    vote.refresh_from_db(fields=["closed_at"])
    note_change_in(vote.meeting.circle)
    return vote
