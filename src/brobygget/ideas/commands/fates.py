"""What becomes of a proposal: tried, done, or parked with a reason and a date to look again."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from brobygget.house.commands.refused import Refused
from brobygget.ideas import rules
from brobygget.ideas.commands.holding import held_circle, note_change_in
from brobygget.ideas.models import Fate, Proposal


@transaction.atomic
def decide_fate(
    *,
    proposal: Proposal,
    kind: Fate.Kind,
    on: date,
    reason: str = "",
    reason_language: str = "",
    look_again_on: date | None = None,
) -> Fate:
    """Write down what became of it; earlier fates stay as history. The same twice on one day is once."""
    circle = held_circle(proposal.circle_id)
    if proposal.votes.filter(closed_at=None).exists():
        raise Refused(_("The dot vote is still open. Close it first."), status=409)
    _complete(proposal, kind, reason, look_again_on, on)
    facts = {
        "kind": kind,
        "reason": reason,
        "reason_language": (reason_language or circle.language) if reason else "",
        "look_again_on": look_again_on if kind == Fate.Kind.PARKED else None,
        "decided_on": on,
    }
    latest = proposal.fates.order_by("decided_on", "pk").last()
    if latest and all(getattr(latest, name) == fact for name, fact in facts.items()):
        return latest
    fate = Fate.objects.create(proposal=proposal, **facts)
    note_change_in(circle)
    return fate


def _complete(proposal: Proposal, kind: Fate.Kind, reason: str, look_again_on: date | None, on: date) -> None:
    if len(reason) > rules.REASON_LENGTH:
        raise Refused(_("There is room for %(longest)d characters.") % {"longest": rules.REASON_LENGTH})
    if kind == Fate.Kind.PARKED:
        if not reason:
            raise Refused(_("Say why it is parked, so that everybody can read it."))
        if look_again_on is None or look_again_on <= on:
            raise Refused(_("Choose a day in the future to look at it again."))
    elif not rules.may_be_tried(proposal):
        raise Refused(
            _(
                "Somebody has a concern that has no answer yet. First say what would make it safe enough to try."
            ),
            status=409,
        )
