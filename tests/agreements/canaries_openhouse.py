"""What an open house can say: its words to everybody once it is public; answers to the association and the staff."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from brobygget.associations.models import Association
from brobygget.circles.models import Circle
from brobygget.house.models import House
from brobygget.openhouse.commands import inviting
from brobygget.openhouse.models import (
    Answer,
    AnswerChange,
    Briefing,
    Circuit,
    Door,
    DoorRoom,
    FloorPlan,
    Hall,
    Invitation,
    OpenHouse,
    Place,
    PlaceRule,
    Task,
)
from tests.agreements.doors import AMINA, BENGT, BIRGIT, CHIDI, LEADERS, MARIT, PETRA
from tests.conftest import NOW, TODAY

KEEPS = frozenset({MARIT, PETRA})
NEEDS = {f"openhouse.Answer.{name}" for name in ("power_for", "wish")}
ANSWERS = {*NEEDS, *(f"{column} (comes)" for column in NEEDS), "openhouse.Answer.hands"}
OF_THE_DAY = {f"openhouse.OpenHouse.{name}" for name in ("name", "place", "about", "way_there")}
PUBLIC: set[str] = {*OF_THE_DAY, "openhouse.Answer.hands (comes)", "openhouse.Hall.name (told)"}
# Those who count have an address, and read there which room it is.
BY_LINK: dict[str, set[str]] = {
    name: {"openhouse.DoorRoom.name"} for name in ("openhouse:counting", "openhouse:counting_room")
}
# A day that is not public yet is named to those who work with it.
WORK_WITH_IT = frozenset({AMINA, CHIDI, BIRGIT, MARIT, PETRA})
READERS: dict[str, frozenset[str]] = {
    **dict.fromkeys(ANSWERS, KEEPS),
    **{f"{column} (not public)": WORK_WITH_IT for column in OF_THE_DAY},
    "openhouse.AnswerChange.before": KEEPS,
    "openhouse.AnswerChange.after": KEEPS,
    "openhouse.PlaceRule.words": KEEPS,
    "openhouse.DoorRoom.name": LEADERS,
    "openhouse.Hall.name": KEEPS | {BIRGIT},  # on the stamp cards of a day that she plans
    # Whom to ask is told to those who come, and Bengt's association is the one that does where it is told.
    "openhouse.Briefing.ask": KEEPS | {BENGT},
    "openhouse.Briefing.note": KEEPS | {BENGT},
    "openhouse.Circuit.name": KEEPS,
    "openhouse.Circuit.name (told)": KEEPS | {BENGT},  # of its own socket
    "openhouse.FloorPlan.never_together": KEEPS,
}
BY_OWN_LINK = {*ANSWERS, "openhouse.AnswerChange.before", "openhouse.AnswerChange.after"}
SHAPES: dict[str, Any] = {
    "openhouse.AnswerChange.before": '"{}"',
    "openhouse.AnswerChange.after": '"{}"',
}
NO_WORDS = {
    "openhouse.OpenHouse.languages": "codes of languages",
    "openhouse.AnswerChange.field": "the name of a question",
    "openhouse.AnswerChange.sitting": "a key",
    "openhouse.Invitation.seed": "a key",
    "openhouse.FloorPlan.conflicts": "rules and numbers of rows",
    "openhouse.FloorChange.before": "numbers of rows",
}


def whose(row: Any) -> tuple[Any, str] | None:
    """An answer is its association's, the day is the house's; tasks are the circle's that shapes it."""
    if row._meta.app_label != "openhouse":
        return None
    if isinstance(row, OpenHouse):
        return row.house, "" if row.published_on else "not public"
    if isinstance(row, DoorRoom):
        return row.door.openhouse.circle, ""
    if isinstance(row, Hall | Circuit):
        plan = getattr(row.openhouse, "floor_plan", None)
        return row.openhouse.house, "told" if plan is not None and plan.told_at else ""
    if isinstance(row, PlaceRule | FloorPlan | Briefing):
        return row.openhouse.house, ""
    invitation = row.answer.invitation if isinstance(row, AnswerChange) else getattr(row, "invitation", None)
    if invitation is None:
        return None
    place = getattr(invitation, "place", None)
    comes = place is not None and place.has_place and bool(invitation.openhouse.published_on)
    hidden = invitation.association.hidden_on or invitation.association.status != "active"
    return invitation.association, "comes" if isinstance(row, Answer) and comes and not hidden else ""


def fill(circle: Circle) -> None:
    """In each circle a day that is public, with answers and a place, and one that is not; tasks with words."""
    house: House = circle.house
    for day, published_on in ((date(2027, 5, 8), TODAY), (date(2027, 9, 4), None)):
        one = OpenHouse.objects.create(
            house=house,
            circle=circle,
            name="x",
            language="sv",
            day=day,
            starts=time(11),
            ends=time(16),
            place="x",
            about="x",
            way_there="x",
            places=5,
            closes_on=day,
            published_on=published_on,
            created_on=TODAY,
            changed_at=NOW,
        )
        Task.objects.create(openhouse=one, kind="own", title="x", due_on=day, note="x")
        Task.objects.create(openhouse=one, kind="workshop", due_on=day, note="x")
        PlaceRule.objects.create(openhouse=one, order="kind", words="x", language="sv", written_at=NOW)
        Hall.objects.create(openhouse=one, name="x", wide=100, deep=100)
        Circuit.objects.create(openhouse=one, name="x", watts=2300)
        FloorPlan.objects.create(openhouse=one, never_together="x")
        DoorRoom.objects.create(door=Door.objects.create(openhouse=one), name="x")
        Briefing.objects.create(openhouse=one, ask="x", note="x")
        inviting.invite_associations(one, list(Association.objects.filter(house=house)), on=TODAY)
        _answers(one)


def fill_up(circle: Circle) -> None:
    """The day of the door itself has words too, and keeps its state."""
    Task.objects.filter(openhouse__circle=circle).update(note="x")
    OpenHouse.objects.filter(circle=circle).update(about="x", way_there="x")
    Answer.objects.filter(invitation__openhouse__circle=circle).update(hands="x", power_for="x", wish="x")


def _answers(openhouse: OpenHouse) -> None:
    found = Invitation.objects.filter(openhouse=openhouse).select_related("association")
    for position, invitation in enumerate(found, start=100):
        answer = Answer.objects.create(
            invitation=invitation, said="yes", said_at=NOW, wants_since=NOW, channel="link", changed_at=NOW
        )
        AnswerChange.objects.create(answer=answer, field="hands", before='"x"', after='"x"', at=NOW)
        given = NOW if position == 100 else None
        Place.objects.create(
            openhouse=openhouse, invitation=invitation, position=position, wants_since=NOW, given_at=given
        )
