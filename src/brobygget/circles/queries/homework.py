"""One question for everyone, and what came back, without names."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from brobygget.circles.models import Homework, HomeworkAnswer, HomeworkDone, Meeting, Membership


@dataclass(frozen=True)
class AnswerShown:
    """One answer on the wall or a phone, and where it stands among the others."""

    answer: HomeworkAnswer
    place: int  # 1 for the first
    of: int

    @property
    def before(self) -> int:
        """The place of the one before; 0 when this is the first."""
        return self.place - 1

    @property
    def after(self) -> int:
        """The place of the one after; 0 when this is the last."""
        return self.place + 1 if self.place < self.of else 0


@dataclass(frozen=True)
class HomeworkProgress:
    """How many have answered, as numbers; only for the leader."""

    answered: int
    people: int


def homework_of(meeting: Meeting) -> Homework | None:
    """The question that was given at a meeting."""
    return Homework.objects.filter(meeting=meeting).select_related("meeting__circle").first()


def homework_for(meeting: Meeting) -> Homework | None:
    """The question that opens a meeting: the latest one given at a meeting before it."""
    return (
        Homework.objects.filter(meeting__circle=meeting.circle_id, meeting__number__lt=meeting.number)
        .select_related("meeting__circle")
        .order_by("-meeting__number")
        .first()
    )


def answers_to(homework: Homework) -> QuerySet[HomeworkAnswer]:
    """All answers, in the order that the lot gave them."""
    return homework.answers.order_by("pk")


def answer_at(homework: Homework, place: int) -> AnswerShown | None:
    """One answer at a time; a place beyond the last shows the last."""
    answers = list(answers_to(homework))
    if not answers:
        return None
    kept = min(max(place, 1), len(answers))
    return AnswerShown(answer=answers[kept - 1], place=kept, of=len(answers))


def has_answered(homework: Homework, membership: Membership) -> bool:
    """Whether this person's phone should ask."""
    return HomeworkDone.objects.filter(homework=homework, membership=membership).exists()


def progress_of(homework: Homework) -> HomeworkProgress:
    """How many of the circle have answered, on any way."""
    people = homework.meeting.circle.memberships.count()
    return HomeworkProgress(answered=min(homework.answers.count(), people), people=people)


def still_to_answer(homework: Homework) -> QuerySet[Membership]:
    """Whose answer on paper or aloud the leader can still type in."""
    return (
        homework.meeting.circle.memberships.exclude(homework_done__homework=homework)
        .select_related("participant")
        .order_by("seat")
    )


def is_gathered(homework: Homework) -> bool:
    """The meeting that the answers opened is over."""
    return Meeting.objects.filter(
        circle=homework.meeting.circle_id, number=homework.meeting.number + 1, closed_at__isnull=False
    ).exists()


def may_be_read(homework: Homework) -> bool:
    """The answers are everybody's from when the next meeting begins."""
    return Meeting.objects.filter(
        circle=homework.meeting.circle_id, number__gt=homework.meeting.number, opened_at__isnull=False
    ).exists()
