"""The doors of the evening: the leader's screens, the wall and the participants' phones."""

from __future__ import annotations

import random

from brobygget.circles.commands import rounds
from brobygget.circles.models import Step
from brobygget.circles.queries.circles import wall_token
from tests.agreements.doors import AMINA, CHIDI, EVERYBODY, FRANS, LEADERS, MEMBERS, Door
from tests.conftest import NOW

PARTICIPANTS = frozenset({AMINA, CHIDI})
HOSTS = LEADERS | {FRANS}  # each sees and starts circles in the house where they lead
TIMES = {"day": "2027-01-29", "clock": "13:00", "planned_minutes": 135, "place": "Rum 2", "wall_question": ""}


def _circle(cast):
    return [cast.circle.pk]


def _meeting(cast):
    return [cast.meeting.pk]


def _step(kind="customs"):
    def args(cast):
        return [cast.meeting.steps.get(kind=kind).pk]

    return args


def _round(cast):
    return [cast.meeting.steps.get(kind="round").round.pk]


def _turn(cast):
    return [cast.meeting.steps.get(kind="round").round.turns.get().pk]


def _wall(cast):
    return [cast.circle.pk, wall_token(cast.circle)]


def with_steps(cast):
    """A round and what comes after it."""
    for position, kind in enumerate(("round", "customs"), start=1):
        Step.objects.create(meeting=cast.meeting, kind=kind, position=position, planned_minutes=10)


def with_round(cast):
    """Amina has the word."""
    with_steps(cast)
    step = cast.meeting.steps.get(kind="round")
    rounds.begin_round(step, prompt="food", order="seat", rng=random.Random(1), at=NOW)


def _fields(**fields):
    return lambda cast: fields


LED = {"is_for_hosts": True}
DOORS = [
    Door("circles:circles", HOSTS, **LED),
    Door("circles:circle_new", HOSTS, **LED),
    Door(
        "circles:circle_new",
        HOSTS,
        "POST",
        fields=_fields(name="Ny", language="sv", alias="Birgit", study_association=""),
        **LED,
    ),
    Door("circles:circle", LEADERS, args=_circle, **LED),
    Door("circles:circle_change", LEADERS, args=_circle, **LED),
    Door(
        "circles:circle_change",
        LEADERS,
        "POST",
        args=_circle,
        fields=_fields(name="Ny", language="sv", study_association=""),
        **LED,
    ),
    Door("circles:wall_address", LEADERS, "POST", args=_circle, **LED),
    Door("circles:meeting_new", LEADERS, args=_circle, **LED),
    Door("circles:meeting_new", LEADERS, "POST", args=_circle, fields=lambda cast: TIMES, **LED),
    Door("circles:meeting", LEADERS, args=_meeting, **LED),
    Door("circles:meeting_live", LEADERS, args=_meeting, **LED),
    Door("circles:opening", LEADERS, "POST", args=_meeting, prepare=with_steps, **LED),
    Door("circles:undo", LEADERS, "POST", args=_meeting, **LED),
    Door("circles:plan", LEADERS, args=_meeting, prepare=with_steps, **LED),
    Door("circles:plan", LEADERS, "POST", args=_meeting, fields=lambda cast: TIMES, **LED),
    Door("circles:steps", LEADERS, "POST", args=_meeting, fields=_fields(kind="vote", minutes=10), **LED),
    Door("circles:step_beginning", LEADERS, "POST", args=_step(), prepare=with_steps, **LED),
    Door(
        "circles:step_place",
        LEADERS,
        "POST",
        args=_step(),
        fields=_fields(way="earlier"),
        prepare=with_steps,
        **LED,
    ),
    Door(
        "circles:step_length",
        LEADERS,
        "POST",
        args=_step(),
        fields=_fields(more=5),
        prepare=with_steps,
        **LED,
    ),
    Door(
        "circles:step_removal",
        LEADERS,
        "POST",
        args=_step(),
        fields=lambda cast: {"meeting": cast.meeting.pk},
        prepare=with_steps,
        **LED,
    ),
    Door("circles:round_beginning", LEADERS, args=_step("round"), prepare=with_steps, **LED),
    Door("circles:round_beginning", LEADERS, "POST", args=_step("round"), prepare=with_steps, **LED),
    Door("circles:next_turn", LEADERS, "POST", args=_round, prepare=with_round, **LED),
    Door("circles:round_people", LEADERS, "POST", args=_round, prepare=with_round, **LED),
    Door(
        "circles:round_time",
        LEADERS,
        "POST",
        args=_round,
        fields=_fields(answer="keep"),
        prepare=with_round,
        **LED,
    ),
    Door("circles:own_pass", MEMBERS, "POST", args=_turn, prepare=with_round),
    Door("circles:own_return", MEMBERS, "POST", args=_turn, prepare=with_round),
    Door("circles:now", PARTICIPANTS),
    Door("circles:now_live", PARTICIPANTS),
    Door("circles:card", PARTICIPANTS),
    Door("circles:card", PARTICIPANTS, "POST", fields=_fields(text="Bolani")),
    Door("circles:wall", EVERYBODY, args=_wall),
    Door("circles:wall_live", EVERYBODY, args=_wall),
    Door("circles:wall", frozenset(), args=lambda cast: [cast.other_circle.pk, wall_token(cast.circle)]),
    Door("circles:wall_live", frozenset(), args=lambda cast: [cast.circle.pk, "no-such-secret-at-all1"]),
]
