"""What the wall shows of homework, customs and the next time. It knows no reader, and there are no names on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from brobygget.circles.models import Circle, Custom, Homework, Meeting, Step
from brobygget.circles.queries import customs, homework, next_meeting
from brobygget.circles.queries.homework import AnswerShown
from brobygget.circles.queries.next_meeting import OptionRow


@dataclass(frozen=True)
class WallPart:
    """One thing at a time; the turn takes the next answer or custom."""

    homework: Homework | None = None
    is_new_question: bool = False
    shown: AnswerShown | None = None
    custom: Custom | None = None
    options: Sequence[OptionRow] = ()
    following: Meeting | None = None

    @property
    def is_empty(self) -> bool:
        """Nothing has been told or decided yet."""
        return self == WallPart()


def step_now(circle: Circle) -> Step | None:
    """The part of the evening that this circle is in."""
    return (
        Step.objects.filter(
            meeting__circle=circle,
            meeting__opened_at__isnull=False,
            meeting__closed_at=None,
            began_at__isnull=False,
            ended_at=None,
        )
        .select_related("meeting")
        .first()
    )


def wall_part(step: Step, turn: int) -> WallPart:
    """What belongs to a part of the evening."""
    meeting = step.meeting
    if step.kind == Step.Kind.HOMEWORK:
        return _homework(meeting, turn)
    if step.kind == Step.Kind.CUSTOMS:
        told = list(customs.customs_of(meeting.circle))
        return WallPart(custom=told[turn % len(told)]) if told else WallPart()
    if step.kind == Step.Kind.NEXT:
        following = next_meeting.meeting_after(meeting)
        return WallPart(
            following=following,
            options=() if following else tuple(next_meeting.options_of(meeting, None)),
        )
    return WallPart()


def _homework(meeting: Meeting, turn: int) -> WallPart:
    """The question that was just given; before that the answers to the one from last time."""
    given = homework.homework_of(meeting)
    if given is not None:
        return WallPart(homework=given, is_new_question=True)
    earlier = homework.homework_for(meeting)
    if earlier is None:
        return WallPart()
    answers = earlier.answers.count()
    return WallPart(
        homework=earlier, shown=homework.answer_at(earlier, turn % answers + 1) if answers else None
    )
