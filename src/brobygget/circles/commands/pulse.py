"""The trust pulse: one tap, 1 to 5, that belongs to nobody."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from brobygget.circles.commands.state import going_on, held_meeting, note_change
from brobygget.circles.models import Meeting, Membership, PulseAnswer, PulseGiven
from brobygget.circles.queries import pulse
from brobygget.house.commands.refused import Refused

CHANCE = secrets.SystemRandom()


@transaction.atomic
def give_pulse(*, meeting: Meeting, membership: Membership, moment: int, value: int) -> None:
    """Count one tap of one person in one moment, and keep what was tapped where nobody's name is."""
    held = going_on(held_meeting(meeting.pk))
    if (
        membership.circle_id != held.circle_id
        or value not in range(1, 6)
        or not pulse.is_moment(held, moment)
    ):
        raise Refused(_("That choice is not on this page. Open the page again and tap once more."))
    try:
        with transaction.atomic():
            PulseGiven.objects.create(meeting=held, membership=membership, moment=moment)
    except IntegrityError:
        was_closed = pulse.answers_in(held, moment) < held.circle.memberships.count()
        if was_closed and pulse.is_over(held, moment):
            raise Refused(
                _("The answers have been shown, so no more taps are counted here."), status=409
            ) from None
        raise Refused(_("You have already tapped here. Your first tap is counted."), status=409) from None
    _deal(held, moment, value)
    if pulse.is_over(held, moment):
        note_change(held)


def _deal(meeting: Meeting, moment: int, value: int) -> None:
    """Put the new answer among the others and write them all anew, in an order drawn by lot.

    A random key alone does not hide who came when: SQLite numbers its rows as they come, and PostgreSQL marks each
    row with its transaction, which is the one that wrote `PulseGiven`. Written anew together, all answers of a
    moment have the same mark, and their places say nothing.
    """
    answers = PulseAnswer.objects.filter(meeting=meeting, moment=moment)
    values = [*answers.values_list("value", flat=True), value]
    answers.delete()
    CHANCE.shuffle(values)
    PulseAnswer.objects.bulk_create(
        [PulseAnswer(id=uuid.uuid4(), meeting=meeting, moment=moment, value=each) for each in values]
    )


@transaction.atomic
def show_pulse(*, meeting: Meeting, moments: Iterable[int]) -> None:
    """Stop counting in some moments, so that the group can see them; for the leader.

    Moments that fewer than five have answered go on being counted.
    """
    held = going_on(held_meeting(meeting.pk))
    ready = [moment for moment in moments if pulse.answers_in(held, moment) >= pulse.FEWEST_SHOWN]
    if not ready:
        raise Refused(_("The answers are shown when five have answered."))
    members = list(held.circle.memberships.all())
    PulseGiven.objects.bulk_create(
        [PulseGiven(meeting=held, membership=who, moment=moment) for moment in ready for who in members],
        ignore_conflicts=True,
    )
    note_change(held)
