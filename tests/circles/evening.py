"""The first evening of the circle: Birgit leads eight people, who sit in the order that they came."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from brobygget.circles.commands import meetings, rounds, steps
from brobygget.circles.models import Circle, Meeting, Membership, Round, Step, Turn
from brobygget.circles.queries.meetings import Evening, evening

PEOPLE = (
    ("Birgit", "sv", True),
    ("Marit", "sv", True),
    ("Elsa", "sv", True),
    ("Samira", "fa", False),
    ("Yusuf", "so", False),
    ("Selam", "ti", False),
    ("Hassan", "ar", False),
    ("Oksana", "uk", False),
)


@dataclass
class FirstEvening:
    """An evening and the hands that lead it; `at(n)` is n minutes after it began."""

    circle: Circle
    meeting: Meeting
    members: dict[str, Membership]
    began: datetime

    def at(self, minutes: float) -> datetime:
        return self.began + timedelta(minutes=minutes)

    def step(self, kind: str) -> Step:
        return Step.objects.get(meeting=self.meeting, kind=kind)

    def open(self) -> None:
        meetings.open_meeting(self.meeting, at=self.began)

    def begin_round(self, *, at: float = 0, order: str = "seat", seed: int = 1, **more: Any) -> Round:
        rng = random.Random(seed)
        return rounds.begin_round(
            self.step("round"), prompt="food", order=order, rng=rng, at=self.at(at), **more
        )

    def go_on(self, at: float) -> Turn | None:
        """The leader presses "Next"."""
        the_round = Round.objects.get(step__meeting=self.meeting)
        return rounds.begin_next_turn(the_round, after=rounds.speaking_in(the_round), at=self.at(at))

    def begin_step(self, kind: str, *, at: float) -> Step:
        return steps.begin_step(self.step(kind), at=self.at(at))

    def seen(self, at: float = 0) -> Evening:
        return evening(Meeting.objects.get(pk=self.meeting.pk), at=self.at(at))

    def speaking(self) -> str:
        turn = rounds.speaking_in(Round.objects.get(step__meeting=self.meeting))
        return turn.membership.participant.alias if turn else ""

    def order(self) -> list[str]:
        turns = Turn.objects.filter(round__step__meeting=self.meeting).order_by("position")
        return [turn.membership.participant.alias for turn in turns.select_related("membership__participant")]

    def kinds(self) -> list[str]:
        return [step.kind for step in self.meeting.steps.order_by("position")]

    def version(self) -> int:
        return Meeting.objects.get(pk=self.meeting.pk).version
