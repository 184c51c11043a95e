"""The doors of participants' own pages and of a circle's entrance."""

from __future__ import annotations

from brobygget.circles.commands import joining
from brobygget.people import queries
from brobygget.people.commands import give_way_back
from tests.agreements.doors import AMINA, CHIDI, EVERYBODY, LEADERS, Door
from tests.conftest import NOW, TODAY

PARTICIPANTS = frozenset({AMINA, CHIDI})


def _come_back(cast):
    give_way_back(cast.amina.participant, on=TODAY, at=NOW)
    return [queries.way_back_of(cast.amina.participant).token]


def _link(cast):
    return [joining.token_of(joining.open_invitation(cast.circle, on=TODAY))]


def _circle(cast):
    return [cast.circle.pk]


def _seat(cast):
    return [cast.circle.pk, cast.amina.pk]


DOORS = [
    Door("people:me", PARTICIPANTS),
    Door("people:me", PARTICIPANTS, "POST", fields=lambda cast: {"alias": "Nour", "language": "en"}),
    Door("people:way_back", PARTICIPANTS, "POST"),
    Door("people:forget", PARTICIPANTS),
    Door("people:forget", PARTICIPANTS, "POST"),
    Door("people:forgotten", EVERYBODY),
    Door("people:leave_phone", EVERYBODY, "POST"),
    Door("people:come_back", EVERYBODY, args=_come_back),
    Door("circles:join", EVERYBODY, args=_link),
    Door("circles:ticket", EVERYBODY),
    Door("circles:ticket_join", frozenset(), args=lambda cast: ["not-signed"]),
    Door("circles:welcome", PARTICIPANTS),
    Door("circles:invitations", LEADERS, args=_circle, is_for_hosts=True),
    Door("circles:invitation_open", LEADERS, "POST", args=_circle, is_for_hosts=True),
    Door("circles:invitation_close", LEADERS, "POST", args=_circle, is_for_hosts=True),
    Door(
        "circles:tickets", LEADERS, "POST", args=_circle, fields=lambda cast: {"count": 2}, is_for_hosts=True
    ),
    Door("circles:tickets_paper", LEADERS, args=_circle, is_for_hosts=True),
    Door("circles:lost_phone", LEADERS, "POST", args=_seat, is_for_hosts=True),
    Door("circles:way_back", LEADERS, args=_seat, is_for_hosts=True),
]
