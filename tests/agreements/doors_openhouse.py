"""The doors of an open house.

Marit coordinates; Birgit leads the circle that shapes the day, and its members see the plan. Marit and Petra care for
invitations and places. An association comes in with its link to this day, which opens its own answer and nothing else.
"""

from __future__ import annotations

from datetime import date, time, timedelta

from django.http import HttpResponse

from brobygget.associations.models import Association
from brobygget.openhouse.commands import answering, events, inviting, places, tasks, waiting
from brobygget.openhouse.commands.events import Facts
from brobygget.openhouse.commands.tasks import Owner
from brobygget.openhouse.models import Answer, AnswerChange, Invitation, OpenHouse, Place, PlaceCall, Task
from brobygget.openhouse.queries import doors as secrets
from brobygget.openhouse.request import let_in
from tests.agreements.doors import (
    AMINA,
    BENGT,
    BIRGIT,
    EVERYBODY,
    FRANS,
    LEADERS,
    MARIT,
    OTHER_ASSOCIATION,
    PETRA,
    Door,
)
from tests.conftest import NOW, TODAY

WORKS_WITH = frozenset({BIRGIT, MARIT, PETRA, FRANS})
PLANS_SOMETHING = frozenset({BIRGIT, MARIT, FRANS})
INVITES = frozenset({MARIT, PETRA})
WITH_A_LINK = frozenset({BENGT})
DAY = date(2027, 4, 24)
FORM = {
    "name": "Föreningsdag",
    "day": "2027-04-24",
    "starts": "11:00",
    "ends": "16:00",
    "place": "Älvhallen",
    "places": "1",
    "about": "Alla kommer",
    "way_there": "Buss tre",
    "language": "sv",
}
ANSWER = {"said": "yes", "hands": "Grädda våffla", "watts": "0", "wish": "Nära köket"}


def _facts(**others):
    return Facts(
        name="Föreningsdag",
        language="sv",
        day=DAY,
        starts=time(11),
        ends=time(16),
        place="Älvhallen",
        places=1,
        **others,
    )


def _the_day(cast):
    """A published day, shaped by this circle, with Bengt's and the other association invited and come in."""
    made = events.plan_open_house(house=cast.house, circle=cast.circle, facts=_facts(), on=TODAY, at=NOW)
    events.publish(made, is_public=True, on=TODAY, at=NOW)
    here = [Association.objects.get(pk=pk) for pk in cast.associations.values()]
    inviting.invite_associations(made, here, on=TODAY)
    return made


def _prepare(cast):
    made = _the_day(cast)
    one = Invitation.objects.get(openhouse=made, association=cast.associations[BENGT])
    cast.clients[BENGT].cookies.update(let_in(HttpResponse(), one).cookies)
    pair = {"new": Owner(participant=cast.amina.participant), "established": Owner(account=cast.birgit)}
    task = made.tasks.get(kind=Task.Kind.MAP)
    tasks.change_task(task, title="", due=task.due_on, clock=None, note="", pair=pair, on=TODAY)


def _day():
    return OpenHouse.objects.get(name="Föreningsdag", day=DAY)


def _pk(cast):
    return [_day().pk]


def _task(cast):
    return [_day().pk, _day().tasks.get(kind=Task.Kind.MAP).pk]


def _bengts(cast):
    return Invitation.objects.select_related("openhouse", "association").get(
        openhouse=_day(), association=cast.associations[BENGT]
    )


def _invitation(cast):
    return [_day().pk, _bengts(cast).pk]


def _says(one, said="yes", **facts):
    return answering.answer_invitation(
        one,
        answers={"said": said, **facts},
        seen={},
        sitting="",
        channel=Answer.Channel.LINK,
        at=NOW,
    )


def _frozen(cast):
    places.write_rule(_day(), criteria=["kind"], words="Därför", language="sv", at=NOW)
    places.freeze_rule(_day(), by=None, at=NOW)


def _given(cast):
    """Bengt waits, the other association has the one place."""
    _prepare(cast)
    other = Invitation.objects.get(openhouse=_day(), association=cast.associations[OTHER_ASSOCIATION])
    _says(other)
    _says(_bengts(cast))
    _frozen(cast)
    places.give_places(_day(), at=NOW + timedelta(days=70))


def _called(cast):
    _given(cast)
    other = Invitation.objects.get(openhouse=_day(), association=cast.associations[OTHER_ASSOCIATION])
    waiting.give_up_place(other, at=NOW)


def _passed(cast):
    _called(cast)
    waiting.pass_over(PlaceCall.objects.get(), at=NOW)


def _call(cast):
    return [_day().pk, PlaceCall.objects.get(place__openhouse=_day()).pk]


def _place(cast):
    return [_day().pk, Place.objects.get(invitation=_bengts(cast)).pk]


def _answered(cast):
    _prepare(cast)
    _says(_bengts(cast), hands="a")
    _says(_bengts(cast), hands="b")


def _change(cast):
    return [_day().pk, AnswerChange.objects.filter(field="hands").latest("pk").pk]


def _lettered(cast):
    _prepare(cast)
    Invitation.objects.filter(openhouse=_day()).update(way="letter")
    inviting.make_letters(_day(), by=None, at=NOW)


def _link(cast):
    return [secrets.link_of(_bengts(cast))]


def _written(cast):
    _prepare(cast)
    places.write_rule(_day(), criteria=["kind"], words="", language="sv", at=NOW)


def _ready(cast):
    """Registration is closed by hand today, the rule was frozen yesterday."""
    _prepare(cast)
    _frozen(cast)
    OpenHouse.objects.filter(pk=_day().pk).update(closes_on=TODAY - timedelta(1))


def _code(cast):
    return {"code": secrets.code_of(_bengts(cast))}


def _plan(name, method="GET", **more):
    return Door(
        f"openhouse:{name}",
        LEADERS,
        method,
        **{"prepare": _prepare, "args": _pk, "is_for_hosts": True, **more},
    )


def _staff(name, method="GET", **more):
    return Door(
        f"openhouse:{name}",
        INVITES,
        method,
        **{"prepare": _prepare, "args": _pk, "is_for_hosts": True, **more},
    )


def _own(name, method="GET", **more):
    return Door(f"openhouse:{name}", WITH_A_LINK, method, **{"prepare": _prepare, "args": _pk, **more})


YES = {"fields": lambda cast: {"answer": "yes"}}
DOORS = [
    Door("openhouse:open_houses", WORKS_WITH, prepare=_prepare, is_for_hosts=True),
    Door("openhouse:new", PLANS_SOMETHING, prepare=_prepare, is_for_hosts=True),
    Door(
        "openhouse:new",
        PLANS_SOMETHING,
        "POST",
        prepare=_prepare,
        fields=lambda cast: {**FORM, "name": "Höstens dag", "day": "2027-10-02"},
        is_for_hosts=True,
    ),
    _plan("plan"),
    _plan("facts"),
    _plan("facts", "POST", fields=lambda cast: FORM),
    _plan("publishing", "POST", **YES),
    _plan("calling_off", "POST"),
    _plan("task_new", "POST", fields=lambda cast: {"title": "Låna kablar", "due": "2027-04-20"}),
    _plan("task", args=_task),
    _plan(
        "task",
        "POST",
        args=_task,
        fields=lambda cast: {"due": "2027-04-12", "note": "Elskåpet", "new": "", "established": ""},
    ),
    _plan("task_done", "POST", args=_task, **YES),
    _plan("task_following", "POST", args=_task),
    _plan("task_removal", "POST", args=_task),
    _plan("run_sheet"),
    _plan("run_sheet_file"),
    _staff("invitations", prepare=_answered),
    _staff("sending"),
    _staff("inviting_all", "POST"),
    _staff("mails", "POST"),
    _staff("nudges", "POST"),
    _staff("letters", "POST"),
    _staff("letters_file", prepare=_lettered),
    _staff("calls", prepare=_called),
    _staff("invitation", prepare=_answered, args=_invitation),
    _staff("invitation", "POST", args=_invitation, fields=lambda cast: ANSWER),
    _staff("call_note", "POST", args=_invitation),
    _staff("new_link", "POST", args=_invitation),
    _staff("place_ending", "POST", prepare=_given, args=_invitation),
    _staff("places", prepare=_given),
    _staff(
        "rule",
        "POST",
        fields=lambda cast: {"first": "kind", "second": "try", "third": "", "words": "Alla slag"},
    ),
    _staff("freezing", "POST", prepare=_written),
    _staff("giving", "POST", prepare=_ready),
    _staff("places_file", prepare=_given),
    _staff("call_told", "POST", prepare=_called, args=_call),
    _staff("call_answer", "POST", prepare=_called, args=_call, **YES),
    _staff("call_passing", "POST", prepare=_called, args=_call),
    _staff("calling_again", "POST", prepare=_passed, args=_place),
    Door("openhouse:code", EVERYBODY, prepare=_prepare),
    Door("openhouse:code", EVERYBODY, "POST", prepare=_prepare, fields=_code),
    Door("openhouse:link", EVERYBODY, prepare=_prepare, args=_link),
    Door("openhouse:link", EVERYBODY, "POST", prepare=_prepare, args=_link),
    _own("answer", prepare=_answered),
    _own("answer", "POST", fields=lambda cast: ANSWER),
    _own("receipt", prepare=_answered),
    _own("earlier", "POST", prepare=_answered, args=_change),
    _own("giving_up", prepare=_given),
    _own("giving_up", "POST", prepare=_given),
    _own("call", "POST", prepare=_called, **YES),
    Door("openhouse:leave", EVERYBODY, "POST", prepare=_prepare, args=_pk),
    Door("openhouse:coming", EVERYBODY, prepare=_prepare),
    Door("openhouse:rss", EVERYBODY, prepare=_prepare),
    Door("openhouse:open_house", EVERYBODY - {FRANS}, prepare=_given, args=_pk),
    Door("openhouse:calendar", EVERYBODY - {FRANS}, prepare=_prepare, args=_pk),
    Door("openhouse:ours", frozenset({AMINA}), prepare=_prepare, args=_pk),
    Door("openhouse:ours_done", frozenset({AMINA}), "POST", prepare=_prepare, args=_task, **YES),
]
