"""The doors of meetings by appointment.

Those who plan the day make the timetable; the reception too takes slips. Whoever comes by may choose, and what a phone
has chosen opens on that phone alone: here it is Amina's, and Chidi's has chosen something else. Bengt's association
has a place and sees its own list; the other one has none.
"""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

from django.http import HttpResponse

from brobygget.associations.models import Association
from brobygget.openhouse.commands import appointments, events, inviting, wishes
from brobygget.openhouse.commands.appointments import AppointmentFacts
from brobygget.openhouse.commands.events import Facts
from brobygget.openhouse.commands.wishes import Wishes
from brobygget.openhouse.models import (
    Answer,
    Appointment,
    AppointmentPlan,
    Invitation,
    OpenHouse,
    Place,
    VisitWish,
)
from brobygget.openhouse.queries import wishes as queries
from brobygget.openhouse.queries.appointments import day_of
from brobygget.openhouse.request import let_in as let_association_in
from brobygget.openhouse.views.meeting_doors import let_in
from tests.agreements.doors import (
    AMINA,
    BENGT,
    BIRGIT,
    CHIDI,
    ELSA,
    EVERYBODY,
    FRANS,
    LEADERS,
    MARIT,
    OTHER_ASSOCIATION,
    Door,
)
from tests.conftest import NOW, TODAY

DAY = date(2027, 4, 24)
# Frans is signed in to another house, which has no such day.
OF_THE_TOWN = EVERYBODY - {FRANS}
RECEIVES = frozenset({ELSA, BIRGIT, MARIT})
FACTS = AppointmentFacts(
    starts=time(12), ends=time(13), minutes=15, pause=5, at_once=2, choose_by=NOW + timedelta(days=3)
)
FORM = {
    "starts": "12:00",
    "ends": "14:00",
    "minutes": "15",
    "pause": "5",
    "at_once": "2",
    "choose_day": f"{NOW + timedelta(days=9):%Y-%m-%d}",
    "choose_clock": "18:00",
}
WISH = {"like": ["chess"], "comes": "12:00", "leaves": "12:55", "most": "1", "seen": "0"}


def _planned(cast: Any) -> None:
    """A day that nobody may read about yet, and no meetings."""
    facts = Facts(
        name="Träffdagen",
        language="sv",
        day=DAY,
        starts=time(11),
        ends=time(16),
        place="Älvhallen",
        places=2,
    )
    openhouse = events.plan_open_house(house=cast.house, circle=cast.circle, facts=facts, on=TODAY, at=NOW)
    found = [Association.objects.get(pk=cast.associations[who]) for who in (BENGT, OTHER_ASSOCIATION)]
    found[0].interests.create(interest="chess")
    inviting.invite_associations(openhouse, found, on=TODAY)
    for association, who in zip(found, (BENGT, OTHER_ASSOCIATION), strict=True):
        one = Invitation.objects.get(openhouse=openhouse, association=association)
        cast.clients[who].cookies.update(let_association_in(HttpResponse(), one).cookies)
    theirs = _invitation(cast)
    Answer.objects.create(
        invitation=theirs, said="yes", said_at=NOW, wants_since=NOW, channel="link", changed_at=NOW
    )
    Place.objects.create(openhouse=openhouse, invitation=theirs, position=1, wants_since=NOW, given_at=NOW)


def _hidden(cast: Any) -> None:
    """Meetings on a day that nobody may read about yet."""
    _planned(cast)
    appointments.open_appointments(_day(), facts=FACTS, at=NOW)


def _opened(cast: Any) -> None:
    _hidden(cast)
    events.publish(_day(), is_public=True, on=TODAY, at=NOW)


def _wished(cast: Any) -> None:
    """Amina's phone and Chidi's have chosen, each for itself."""
    _opened(cast)
    for who, most in ((AMINA, 1), (CHIDI, 2)):
        seed = queries.new_seed(who)
        wishes.keep_wishes(
            _day(), seed=seed, wishes=Wishes(["chess"], time(12), time(12, 55), most), channel="phone", at=NOW
        )
        cast.clients[who].cookies.update(let_in(HttpResponse(), _day().pk, seed).cookies)


def _aminas_alone(cast: Any) -> None:
    _wished(cast)
    del cast.clients[CHIDI].cookies[f"meetings-{_day().pk}"]


def _told(cast: Any) -> None:
    _aminas_alone(cast)
    appointments.close_wishes(_day(), at=NOW)
    day = day_of(_day(), AppointmentPlan.objects.select_related("openhouse").get(), on=TODAY)
    appointments.keep_arranged(day, appointments.arrange(day, all_anew=True, at=NOW), at=NOW)
    appointments.tell_meetings(_day(), is_told=True, at=NOW)


def _day() -> OpenHouse:
    return OpenHouse.objects.select_related("house").get(day=DAY)


def _invitation(cast: Any) -> Invitation:
    return Invitation.objects.select_related("openhouse").get(
        openhouse=_day(), association_id=cast.associations[BENGT]
    )


def _pk(cast: Any) -> list[Any]:
    return [_day().pk]


def _number(cast: Any) -> list[Any]:
    return [_day().pk, VisitWish.objects.order_by("number")[0].number]


def _no_number(cast: Any) -> list[Any]:
    return [_day().pk, 1]


def _leads(name: str, method: str = "GET", **more: Any) -> Door:
    facts = {"args": _pk, "prepare": _wished, **more}
    return Door(f"openhouse:{name}", LEADERS, method, is_for_hosts=True, **facts)


def _receives(name: str, method: str = "GET", **more: Any) -> Door:
    facts = {"args": _pk, "prepare": _wished, **more}
    return Door(f"openhouse:{name}", RECEIVES, method, is_for_hosts=True, **facts)


def _visits(name: str, method: str = "GET", **more: Any) -> Door:
    facts = {"args": _pk, "prepare": _opened, **more}
    return Door(f"openhouse:{name}", facts.pop("open_to", OF_THE_TOWN), method, **facts)


def _move(cast: Any) -> dict[str, Any]:
    one = Appointment.objects.earliest("pk")
    return {
        "meeting": one.pk,
        "host": one.invitation_id,
        "time": 3,
        "seen": AppointmentPlan.objects.get().version,
    }


DOORS = [
    _leads("appointments"),
    _leads("appointments", prepare=_told),
    _leads("appointments", "POST", fields=lambda cast: FORM),
    _leads("appointments_closing", "POST"),
    _leads("appointments_making", "POST", fields=lambda cast: {"what": "all"}),
    _leads("appointments_telling", "POST", prepare=_told, fields=lambda cast: {"answer": "yes"}),
    _leads("appointments_table", prepare=_told),
    _leads("appointments_moving", "POST", prepare=_told, fields=_move),
    _receives("slips"),
    _receives("slips", "POST", fields=lambda cast: WISH),
    _receives("slips_paper"),
    _receives("slip", args=_number),
    _receives("slip", args=_number, prepare=_told),
    _receives("slip_wishes", args=_number),
    _receives("slip_wishes", "POST", args=_number, fields=lambda cast: {**WISH, "seen": "1"}),
    # The first of them erases it; for the others there is no such number any more.
    Door("openhouse:slip_removal", frozenset(), "POST", is_for_hosts=True, args=_no_number, prepare=_wished),
    Door("openhouse:slip", frozenset(), is_for_hosts=True, args=_no_number, prepare=_wished),
    # No meetings by appointment on a day: no slips either.
    Door("openhouse:slips", frozenset(), is_for_hosts=True, args=_pk, prepare=_planned),
    Door("openhouse:hosting", frozenset({BENGT}), args=_pk, prepare=_told),
    Door("openhouse:hosting", frozenset({BENGT}), args=_pk, prepare=_opened),
    Door(
        "openhouse:hosting",
        frozenset({BENGT}),
        "POST",
        args=_pk,
        prepare=_opened,
        fields=lambda cast: {"takes_part": "yes", "at_once": "1"},
    ),
    Door("openhouse:hosting", frozenset(), args=_pk, prepare=_planned),
    _visits("meet"),
    _visits("meet_interests"),
    _visits("meet_wishes"),
    _visits("meet_wishes", "POST", fields=lambda cast: WISH),
    _visits("meet_code"),
    _visits("meet_code", "POST", fields=lambda cast: {"code": ""}),
    _visits("own_meetings_leaving", "POST"),
    *(_visits(name, open_to=frozenset(), prepare=_hidden) for name in ("meet", "meet_wishes", "meet_code")),
    *(_visits(name, open_to=frozenset(), prepare=_planned) for name in ("meet", "meet_wishes", "meet_code")),
    # What a phone has chosen is told to that phone alone.
    _visits("own_meetings", open_to=frozenset({AMINA, CHIDI}), prepare=_wished),
    _visits("own_meetings", open_to=frozenset({AMINA}), prepare=_told),
    _visits("own_meetings_calendar", open_to=frozenset({AMINA}), prepare=_told),
    _visits("own_meetings_taking_back", "POST", open_to=frozenset({AMINA}), prepare=_aminas_alone),
]
