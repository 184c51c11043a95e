"""Homework: one question for everyone, organisers too. An answer is the circle's, not somebody's."""

from __future__ import annotations

import secrets

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from brobygget.circles.commands.circle_state import going_circle, tell_the_screens
from brobygget.circles.commands.state import held_meeting, not_closed, note_change
from brobygget.circles.models import Homework, HomeworkAnswer, HomeworkDone, Meeting, Membership
from brobygget.circles.queries import homework as questions
from brobygget.house.commands.refused import Refused

CHANCE = secrets.SystemRandom()


@transaction.atomic
def set_homework(*, meeting: Meeting, question: str, language: str) -> Homework:
    """Give one question to everybody; other words until the first answer has come."""
    held = not_closed(held_meeting(meeting.pk))
    going_circle(held.circle)
    earlier = questions.homework_of(held)
    if earlier is not None and earlier.answers.exists():
        raise Refused(_("Somebody has already answered, so the question stays as it is."), status=409)
    homework, _made = Homework.objects.update_or_create(
        meeting=held, defaults={"question": question, "language": language}
    )
    note_change(held)
    return homework


@transaction.atomic
def answer_homework(
    *,
    homework: Homework,
    membership: Membership | None,
    text: str,
    language: str,
    channel: HomeworkAnswer.Channel | str,
) -> None:
    """Keep an answer. On paper and aloud the leader writes it down, and need not say whose it is."""
    held = held_meeting(homework.meeting_id)
    circle = going_circle(held.circle)
    if questions.is_gathered(homework):
        raise Refused(
            _("This homework has been told at a meeting that is over. The next question is soon here."),
            status=409,
        )
    if membership is not None:
        if membership.circle_id != circle.pk:
            raise Refused(_("That choice is not on this page. Open the page again and tap once more."))
        try:
            with transaction.atomic():
                HomeworkDone.objects.create(homework=homework, membership=membership)
        except IntegrityError:
            raise Refused(_("You have already answered. Your first answer is saved."), status=409) from None
    elif homework.answers.count() >= circle.memberships.count():
        raise Refused(_("There are already as many answers as people in the circle."), status=409)
    HomeworkAnswer.objects.create(homework=homework, text=text, language=language, channel=channel)
    _deal(homework)
    tell_the_screens(circle)


def _deal(homework: Homework) -> None:
    """Shuffle the answers over their rows, so that the order of rows does not tell who wrote what."""
    rows = list(questions.answers_to(homework))
    told = [(row.text, row.language, row.channel) for row in rows]
    CHANCE.shuffle(told)
    for row, (text, language, channel) in zip(rows, told, strict=True):
        row.text, row.language, row.channel = text, language, channel
    HomeworkAnswer.objects.bulk_update(rows, ["text", "language", "channel"])


@transaction.atomic
def take_away_answer(*, homework: Homework, text: str) -> None:
    """Remove an answer that should not be read aloud; for the leader, who names it by its words.

    Not by its row: the lot may have moved another answer there since the page was shown.
    """
    held = held_meeting(homework.meeting_id)
    answer = homework.answers.filter(text=text).first()
    if answer is None:
        return
    answer.delete()
    tell_the_screens(held.circle)
