"""The doors of the tables and of companions: the leader's pages, the guests' door, and what each phone says itself."""

from __future__ import annotations

from typing import Any

from brobygget.circles.commands import companions, table_guests, table_plans
from brobygget.circles.commands.table_guests import NewGuest
from brobygget.circles.models import Companionship, TableGuest, TablePlan
from brobygget.circles.queries.table_doors import token_of
from tests.agreements.doors import AMINA, CHIDI, EVERYBODY, LEADERS, MEMBERS, Door
from tests.conftest import TODAY

PARTICIPANTS = frozenset({AMINA, CHIDI})


def _meeting(cast: Any) -> list[Any]:
    return [cast.meeting.pk]


def _circle(cast: Any) -> list[Any]:
    return [cast.circle.pk]


def _plan(cast: Any) -> None:
    plan = table_guests.open_plan(cast.meeting, on=TODAY)
    table_guests.add_guests(plan, [NewGuest(f"Gäst {number}", ("sv",)) for number in range(5)])
    table_plans.make_plan(plan, tables=2, rounds=2, seed=1)


def _open_door(cast: Any) -> None:
    _plan(cast)
    table_guests.open_door(TablePlan.objects.get(meeting=cast.meeting), is_open=True)


def _guest(cast: Any) -> list[Any]:
    return [cast.meeting.pk, TableGuest.objects.order_by("pk").last().pk]  # type: ignore[union-attr]


def _proposal(cast: Any) -> None:
    from brobygget.circles.models import Membership
    from brobygget.people.models import Participant

    other = Participant.objects.create(
        house=cast.house, alias="Svea", language="ar", years_here="always", joined_on=TODAY
    )
    seat = Membership.objects.create(circle=cast.circle, participant=other, seat=9, joined_on=TODAY)
    for who in (cast.amina, seat):
        companions.want_companion(who, interests=["fika"], times=["saturday"], on=TODAY)
    companions.propose(cast.circle, size=2, on=TODAY)


def _asked(cast: Any) -> None:
    _proposal(cast)
    companions.ask(Companionship.objects.get(), on=TODAY)


def _for_leaders(name: str, method: str = "GET", **more: Any) -> Door:
    facts = {"args": _meeting, "prepare": _plan, **more}
    return Door(f"circles:{name}", LEADERS, method, is_for_hosts=True, **facts)


DOORS = [
    _for_leaders("tables"),
    _for_leaders(
        "tables",
        "POST",
        fields=lambda cast: {"tables": 2, "rounds": 3, "minutes_each": 10, "lines": "Ny 1, arabiska\nNy 2"},
    ),
    _for_leaders("tables_move", "POST", fields=lambda cast: {"round": 1, "guest": 1, "table": 1}),
    _for_leaders("tables_again", "POST"),
    _for_leaders("tables_better", "POST"),
    _for_leaders("tables_undo", "POST"),
    _for_leaders("tables_next", "POST", fields=lambda cast: {"after": 0}),
    _for_leaders("tables_rounds", "POST", fields=lambda cast: {"rounds": 3}),
    _for_leaders("tables_places"),
    _for_leaders("tables_table", "POST", fields=lambda cast: {"what": "fetch"}),
    _for_leaders("tables_aloud"),
    _for_leaders("tables_people"),
    _for_leaders("tables_people", "POST", fields=lambda cast: {"lines": ""}),
    _for_leaders(
        "tables_presence",
        "POST",
        fields=lambda cast: {"guest": TableGuest.objects.order_by("pk").last().pk, "here": "no"},  # type: ignore[union-attr]
    ),
    _for_leaders("tables_guest", args=_guest),
    _for_leaders("tables_guest", "POST", args=_guest, fields=lambda cast: {"languages": ["sv", "ar"]}),
    _for_leaders("tables_wishes"),
    _for_leaders("tables_wishes", "POST", fields=lambda cast: {"drop": 1}),
    _for_leaders("tables_door", "POST", fields=lambda cast: {"what": "open"}),
    _for_leaders("tables_waiting"),
    _for_leaders("tables_cards"),
    _for_leaders("tables_slips"),
    Door(
        "circles:tables_join",
        EVERYBODY,
        args=lambda cast: [token_of(TablePlan.objects.get(meeting=cast.meeting))],
        prepare=_open_door,
    ),
    Door(
        "circles:tables_join",
        EVERYBODY,
        "POST",
        args=lambda cast: [token_of(TablePlan.objects.get(meeting=cast.meeting))],
        fields=lambda cast: {"alias": "Mona", "language": "ar", "languages": ["ar"]},
        prepare=_open_door,
    ),
    # A door that was never opened, one that is closed again, and an invented secret look the same to everybody.
    Door(
        "circles:tables_join",
        frozenset(),
        args=lambda cast: [token_of(TablePlan.objects.get(meeting=cast.meeting))],
        prepare=_plan,
    ),
    Door(
        "circles:tables_join", frozenset(), args=lambda cast: ["1-no-such-secret-at-all1"], prepare=_open_door
    ),
    Door("circles:own_languages", PARTICIPANTS),
    Door("circles:own_languages", PARTICIPANTS, "POST", fields=lambda cast: {"languages": ["sv"]}),
    _for_leaders("companions", args=_circle, prepare=_proposal),
    _for_leaders(
        "companions_propose", "POST", args=_circle, prepare=_proposal, fields=lambda cast: {"size": 2}
    ),
    _for_leaders("companions_pair", "POST", args=_circle, prepare=_proposal),
    _for_leaders(
        "companions_decide",
        "POST",
        args=lambda cast: [cast.circle.pk, Companionship.objects.get().pk],
        prepare=_proposal,
        fields=lambda cast: {"what": "ask"},
    ),
    Door("circles:own_companion", PARTICIPANTS),
    Door("circles:own_companion", PARTICIPANTS, "POST", fields=lambda cast: {"times": ["saturday"]}),
    Door(
        "circles:companion_answer",
        MEMBERS,
        "POST",
        args=lambda cast: [Companionship.objects.get().pk],
        prepare=_asked,
        fields=lambda cast: {"what": "yes"},
    ),
    # Before the leader has said yes nobody is asked.
    Door(
        "circles:companion_answer",
        frozenset(),
        "POST",
        args=lambda cast: [Companionship.objects.get().pk],
        prepare=_proposal,
        fields=lambda cast: {"what": "yes"},
    ),
]
