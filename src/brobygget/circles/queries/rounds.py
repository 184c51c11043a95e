"""Where a round stands: who speaks, who comes next, and how the time goes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from brobygget.circles import plans, prompts
from brobygget.circles.models import Membership, Round, Step, Turn


@dataclass(frozen=True)
class RoundNow:
    """A round at one moment, all in whole minutes: nobody needs a second hand when somebody speaks."""

    round: Round
    turns: Sequence[Turn]
    at: datetime

    @property
    def prompt(self) -> prompts.Prompt:
        """What the round is about."""
        return prompts.BY_CODE[self.round.prompt]

    @property
    def speaking(self) -> Turn | None:
        """The turn that has begun and not ended."""
        return next((turn for turn in self.turns if turn.began_at and not turn.ended_at), None)

    @property
    def waiting(self) -> list[Turn]:
        """The turns to come."""
        return [turn for turn in self.turns if not turn.began_at and not turn.passed]

    @property
    def upcoming(self) -> Turn | None:
        """Whose turn comes next."""
        return next(iter(self.waiting), None)

    @property
    def passed(self) -> list[Turn]:
        """Those who let it go by and may still speak, last."""
        return [turn for turn in self.turns if turn.passed]

    @property
    def is_over(self) -> bool:
        """Everybody has had a turn."""
        return self.speaking is None and not self.waiting

    @property
    def people(self) -> list[tuple[str, str]]:
        """Alias and state of everybody, in speaking order, for the drawing of the circle."""
        return [(turn.membership.participant.alias, _state(turn)) for turn in self.turns]

    @property
    def minutes_a_turn(self) -> int:
        """Speaking and interpreting, together."""
        return self.round.minutes_each + self.round.interpreting_minutes_each

    @property
    def planned(self) -> int:
        """The minutes that the round has."""
        return self.round.step.planned_minutes

    @property
    def elapsed(self) -> int:
        """The minutes since the first one began, until the last one ended."""
        return int(self._minutes_until(self._end()))

    @property
    def speaking_minutes(self) -> int:
        """How long the one who speaks has had the word."""
        if self.speaking is None or self.speaking.began_at is None:
            return 0
        return int((self.at - self.speaking.began_at).total_seconds() // 60)

    @property
    def forecast(self) -> int:
        """How long the round will be if everybody who waits gets the time that was promised."""
        left = float(self.minutes_a_turn * len(self.waiting))
        if self.speaking is not None and self.speaking.began_at is not None:
            had = (self.at - self.speaking.began_at).total_seconds() / 60
            left += max(0.0, self.minutes_a_turn - had)
        return math.ceil(self._minutes_until(self._end()) + left - 1e-9)

    @property
    def minutes_over(self) -> int:
        """How much more time the round needs than it has."""
        return max(0, self.forecast - self.planned)

    @property
    def asks_for_time(self) -> bool:
        """Whether to ask the leader, once, what to move: half a person's time is missing."""
        enough = max(1, self.minutes_a_turn // 2)
        return self.round.time_given_at is None and self.round.step.is_now and self.minutes_over >= enough

    def turn_of(self, membership: Membership) -> Turn | None:
        """Somebody's own turn."""
        return next((turn for turn in self.turns if turn.membership_id == membership.pk), None)

    def turns_before(self, turn: Turn) -> int:
        """How many speak before this turn, the one who speaks now among them."""
        before = [other for other in self.waiting if other.position < turn.position]
        return len(before) + (self.speaking is not None and self.speaking.pk != turn.pk)

    def _end(self) -> datetime:
        ends = [turn.ended_at for turn in self.turns if turn.ended_at]
        return max(ends) if self.is_over and ends else self.round.step.ended_at or self.at

    def _minutes_until(self, moment: datetime) -> float:
        began = [turn.began_at for turn in self.turns if turn.began_at]
        return max(0.0, (moment - min(began)).total_seconds() / 60) if began else 0.0


@dataclass(frozen=True)
class TimeGiver:
    """A later part that can give the round the minutes it needs."""

    step: Step
    minutes_left: int

    @property
    def can_be_shorter(self) -> bool:
        """Whether enough of the part would be left."""
        return self.minutes_left >= plans.SHORTEST_STEP


def time_givers(later: Sequence[Step], *, minutes: int) -> list[TimeGiver]:
    """The later parts, the longest first: each can be shorter, or wait for the next meeting."""
    movable = [step for step in later if step.kind not in (Step.Kind.NEXT, Step.Kind.ROUND)]
    givers = [TimeGiver(step, step.planned_minutes - minutes) for step in movable]
    return sorted(givers, key=lambda giver: (-giver.step.planned_minutes, giver.step.position))


def round_now(step: Step, *, at: datetime) -> RoundNow | None:
    """The round of a step with everybody's turn, in two queries; None before it has begun."""
    begun = Round.objects.filter(step=step).first()
    if begun is None:
        return None
    begun.step = step
    turns = begun.turns.select_related("membership__participant").order_by("position")
    return RoundNow(begun, list(turns), at)


def _state(turn: Turn) -> str:
    if turn.passed:
        return "passed"
    if turn.ended_at:
        return "spoken"
    return "speaking" if turn.began_at else "waiting"
