"""The trust pulse: what the group may see of its own answers, and when."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Avg, Count

from brobygget.circles.models import Circle, Meeting, Membership, PulseAnswer, PulseGiven, Turn

WHOLE_MEETING = 0
FEWEST_SHOWN = 5


@dataclass(frozen=True)
class PulsePoint:
    """One moment of the curve: a turn of a round, or a meeting. `mean` is None until it may be seen."""

    number: int
    mean: float | None


def moment_now(meeting: Meeting) -> int:
    """Which moment a tap is about: the turn that is going on, else the meeting as a whole."""
    turn = Turn.objects.filter(round__step__meeting=meeting, began_at__isnull=False, ended_at=None).first()
    return turn.position if turn else WHOLE_MEETING


def turns_begun(meeting: Meeting) -> list[int]:
    """The moments of the round so far."""
    turns = Turn.objects.filter(round__step__meeting=meeting, began_at__isnull=False)
    return sorted(set(turns.values_list("position", flat=True)))


def is_moment(meeting: Meeting, moment: int) -> bool:
    """Whether there is such a moment and it has come."""
    return moment == WHOLE_MEETING or moment in turns_begun(meeting)


def has_tapped(meeting: Meeting, membership: Membership, moment: int) -> bool:
    """Whether this person has been counted in this moment."""
    return PulseGiven.objects.filter(meeting=meeting, membership=membership, moment=moment).exists()


def answers_in(meeting: Meeting, moment: int) -> int:
    """How many have answered in a moment; a number for the leader."""
    return PulseAnswer.objects.filter(meeting=meeting, moment=moment).count()


def is_over(meeting: Meeting, moment: int) -> bool:
    """Whether nobody can tap any more: only then may it be shown.

    Were the curve shown while taps come in, everybody in the room could read the sixth answer from how it moved.
    """
    if meeting.closed_at is not None:
        return True
    given = PulseGiven.objects.filter(meeting=meeting, moment=moment).count()
    return 0 < given >= meeting.circle.memberships.count()


def _shown(meeting: Meeting) -> dict[int, float]:
    """The moments that may be seen: over, and answered by five or more."""
    members = meeting.circle.memberships.count()
    closed_for = set(
        PulseGiven.objects.filter(meeting=meeting)
        .values("moment")
        .annotate(given=Count("pk"))
        .filter(given__gte=max(members, 1))
        .values_list("moment", flat=True)
    )
    means = (
        PulseAnswer.objects.filter(meeting=meeting)
        .values("moment")
        .annotate(people=Count("pk"), mean=Avg("value"))
        .filter(people__gte=FEWEST_SHOWN)
    )
    return {
        row["moment"]: float(row["mean"])
        for row in means
        if meeting.closed_at is not None or row["moment"] in closed_for
    }


def curve_of_round(meeting: Meeting) -> list[PulsePoint]:
    """One point for every turn that has begun."""
    shown = _shown(meeting)
    return [PulsePoint(number=moment, mean=shown.get(moment)) for moment in turns_begun(meeting)]


def curve_of_meetings(circle: Circle) -> list[PulsePoint]:
    """One point for every meeting that has begun: the whole way of the circle."""
    meetings = list(circle.meetings.filter(opened_at__isnull=False).order_by("number"))
    members = max(circle.memberships.count(), 1)
    whole = {"meeting__circle": circle, "moment": WHOLE_MEETING}
    given = dict(PulseGiven.objects.filter(**whole).values_list("meeting").annotate(n=Count("pk")))
    answered = {
        row["meeting"]: float(row["mean"])
        for row in PulseAnswer.objects.filter(**whole)
        .values("meeting")
        .annotate(people=Count("pk"), mean=Avg("value"))
        .filter(people__gte=FEWEST_SHOWN)
    }
    points = []
    for meeting in meetings:
        over = meeting.closed_at is not None or given.get(meeting.pk, 0) >= members
        points.append(PulsePoint(number=meeting.number, mean=answered.get(meeting.pk) if over else None))
    return points
