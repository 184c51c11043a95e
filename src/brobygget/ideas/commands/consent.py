"""Can you live with it? What would make it safe enough to try?"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from brobygget.circles.commands.state import going_on, held_meeting
from brobygget.circles.models import Meeting
from brobygget.house.commands.refused import Refused
from brobygget.ideas import rules
from brobygget.ideas.commands.holding import held_circle, note_change_in
from brobygget.ideas.models import Concern, ConsentRound, Proposal


@transaction.atomic
def open_consent(*, proposal: Proposal, meeting: Meeting, at: datetime) -> ConsentRound:
    """Ask the circle about one proposal; asked again at a later meeting, the same round goes on."""
    circle = held_circle(proposal.circle_id)
    if going_on(held_meeting(meeting.pk)).circle_id != circle.pk:
        raise Refused(_("That meeting belongs to another circle."))
    if rules.has_open_vote(circle):
        raise Refused(_("The dot vote is still open. Close it first."), status=409)
    round_, is_new = ConsentRound.objects.get_or_create(
        proposal=proposal, defaults={"meeting": meeting, "opened_at": at}
    )
    if not is_new and round_.closed_at is not None:
        round_.meeting, round_.closed_at = meeting, None
        round_.save(update_fields=["meeting", "closed_at"])
    note_change_in(circle)
    return round_


@transaction.atomic
def give_concern(*, consent: ConsentRound, text: str, language: str) -> Concern:
    """Keep what somebody worries about; nobody's name is on it."""
    consent = _going_on(consent)
    _fits(text)
    concern = Concern.objects.create(consent=consent, text=text, language=language)
    note_change_in(consent.proposal.circle)
    return concern


@transaction.atomic
def answer_concern(*, concern: Concern, condition: str, language: str) -> Concern:
    """Answer a concern with what makes it safe enough to try."""
    consent = _going_on(concern.consent)
    _fits(condition)
    concern.condition, concern.condition_language = condition, language
    concern.save(update_fields=["condition", "condition_language"])
    note_change_in(consent.proposal.circle)
    return concern


@transaction.atomic
def remove_concern(*, concern: Concern) -> None:
    """Take away a concern that was given by mistake or tells about a person; it is not kept."""
    circle = held_circle(concern.consent.proposal.circle_id)
    concern.delete()
    note_change_in(circle)


@transaction.atomic
def close_consent(*, consent: ConsentRound, at: datetime) -> ConsentRound:
    """The round is over."""
    circle = held_circle(consent.proposal.circle_id)
    ConsentRound.objects.filter(pk=consent.pk, closed_at=None).update(closed_at=at)
    consent.refresh_from_db(fields=["closed_at"])
    note_change_in(circle)
    return consent


def _going_on(consent: ConsentRound) -> ConsentRound:
    held_circle(consent.proposal.circle_id)
    consent = ConsentRound.objects.select_related("meeting", "proposal__circle").get(pk=consent.pk)
    going_on(consent.meeting)
    if consent.closed_at is not None:
        raise Refused(_("The round about this proposal is over."), status=409)
    return consent


def _fits(text: str) -> None:
    if not text:
        raise Refused(_("Write something first."))
    if len(text) > rules.REASON_LENGTH:
        raise Refused(_("There is room for %(longest)d characters.") % {"longest": rules.REASON_LENGTH})
