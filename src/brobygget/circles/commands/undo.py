"""One step back: the thumb slipped, or we were too quick."""

from __future__ import annotations

from django.db import transaction

from brobygget.circles.commands.state import going_on, held_meeting, note_change
from brobygget.circles.models import Meeting, Round, Step, Turn


@transaction.atomic
def undo_last(meeting: Meeting, *, step: Step | None, turn: Turn | None) -> bool:
    """Take back the last going-on, if this step and this turn still are the ones that it led to.

    Two phones that undo the same thing undo it once. The answer tells whether something was taken back.
    """
    held = going_on(held_meeting(meeting.pk))
    now = held.steps.filter(began_at__isnull=False, ended_at=None).first()
    if (now.pk if now else None) != (step.pk if step else None):
        return False
    the_round = Round.objects.filter(step=now).first() if now else None
    if the_round is not None:
        speaking = the_round.turns.filter(began_at__isnull=False, ended_at=None).first()
        if (speaking.pk if speaking else None) != (turn.pk if turn else None):
            return False
        _back_in_round(the_round, speaking)
    elif now is not None:
        _back_to_step_before(held, now)
    note_change(held)
    return True


def _back_in_round(the_round: Round, speaking: Turn | None) -> None:
    before = (
        the_round.turns.filter(ended_at__isnull=False).order_by("-ended_at", "-began_at", "-position").first()
    )
    if before is None:
        the_round.delete()  # Only the first one had begun: back to choosing what it is about.
        return
    if speaking is not None:
        speaking.began_at = None
        speaking.save(update_fields=["began_at"])
    before.ended_at, before.passed = None, False
    before.save(update_fields=["ended_at", "passed"])


def _back_to_step_before(meeting: Meeting, now: Step) -> None:
    before = (
        meeting.steps.filter(ended_at__isnull=False)
        .exclude(pk=now.pk)
        .order_by("-ended_at", "-position")
        .first()
    )
    if before is None:
        now.began_at = meeting.opened_at = None
        meeting.save(update_fields=["opened_at"])
    elif now.began_at is not None and before.ended_at is not None and now.began_at < before.ended_at:
        now.ended_at = before.began_at  # We had come back to it for the second time.
    else:
        now.began_at = None
    now.save(update_fields=["began_at", "ended_at"])
    if before is None:
        return
    # Whoever was speaking when the evening went on goes on speaking.
    Turn.objects.filter(round__step=before, passed=False, ended_at=before.ended_at).update(ended_at=None)
    before.ended_at = None
    before.save(update_fields=["ended_at"])
