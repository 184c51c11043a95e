"""The pages of other parts of the evening, by name: a link is shown when there is such a page."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from brobygget.circles.models import Meeting, Step
from brobygget.circles.queries.circles import wall_token


@dataclass(frozen=True)
class Neighbour:
    """A page of another part: its name, what its address is made from, and what the button says."""

    name: str
    takes: tuple[str, ...]
    words: str | Promise
    icon: str

    def address(self, meeting: Meeting) -> str:
        """Where it is, or nothing when there is no such page."""
        numbers = {"circle": meeting.circle_id, "meeting": meeting.pk}
        return address_of(self.name, *(numbers[taken] for taken in self.takes))


@dataclass(frozen=True)
class Link:
    """A link that leads somewhere."""

    address: str
    words: str | Promise
    icon: str


def address_of(name: str, *arguments: object) -> str:
    """The address of a named page, or nothing."""
    try:
        return reverse(name, args=arguments)
    except NoReverseMatch:
        return ""


CIRCLE, MEETING = ("circle",), ("meeting",)
ROOM = Neighbour("ideas:room", CIRCLE, _("Give an idea"), "lightbulb")
DOTS = Neighbour("ideas:dots", CIRCLE, _("Give your dots"), "circle-dot")
CUSTOMS = Neighbour("circles:customs", CIRCLE, _("Tell how you do"), "messages-square")
HOMEWORK = Neighbour("circles:homework", MEETING, _("The homework"), "notebook-pen")
TIMES = Neighbour("circles:next_meeting", MEETING, _("When can you come?"), "calendar-days")
PULSE = Neighbour("circles:pulse", MEETING, _("How does it feel in the room?"), "heart")
LANGUAGES = Neighbour("circles:own_languages", (), _("Languages I can talk in"), "languages")
TABLES = Neighbour("circles:tables", MEETING, _("The tables"), "table-2")
RULES = Neighbour("circles:ground_rules", CIRCLE, _("What we have agreed"), "handshake")

FOR_EVERYBODY: dict[Step.Kind, tuple[Neighbour, ...]] = {
    Step.Kind.WELCOME: (RULES,),
    Step.Kind.ROUND: (PULSE,),
    Step.Kind.TABLES: (LANGUAGES,),
    Step.Kind.CUSTOMS: (CUSTOMS,),
    Step.Kind.IDEAS: (ROOM,),
    Step.Kind.VOTE: (DOTS,),
    Step.Kind.HOMEWORK: (HOMEWORK,),
    Step.Kind.NEXT: (TIMES, PULSE),
}
FOR_LEADER: dict[Step.Kind, tuple[Neighbour, ...]] = {
    Step.Kind.WELCOME: (
        Neighbour("circles:attendance", MEETING, _("Who is here?"), "user-check"),
        Neighbour("circles:ground_rules", CIRCLE, _("Ground rules"), "handshake"),
    ),
    Step.Kind.ROUND: (Neighbour("circles:pulse", MEETING, _("Trust in the room"), "heart"),),
    Step.Kind.TABLES: (
        TABLES,
        Neighbour("circles:tables_people", MEETING, _("Who is at the tables?"), "users"),
    ),
    Step.Kind.CUSTOMS: (Neighbour("circles:customs", CIRCLE, _("So we do"), "messages-square"),),
    Step.Kind.IDEAS: (Neighbour("ideas:room", CIRCLE, _("The ideas"), "lightbulb"),),
    Step.Kind.VOTE: (
        Neighbour("ideas:dots", CIRCLE, _("The dot vote"), "circle-dot"),
        Neighbour("ideas:proposals", CIRCLE, _("Group the ideas"), "lightbulb"),
    ),
    Step.Kind.HOMEWORK: (HOMEWORK,),
    Step.Kind.NEXT: (Neighbour("circles:attendance", MEETING, _("Who is here?"), "user-check"),),
}


def links_for(meeting: Meeting, kind: str, *, leader: bool = False) -> list[Link]:
    """The pages that belong to a part of the evening, those that there are."""
    named = (FOR_LEADER if leader else FOR_EVERYBODY)[Step.Kind(kind)]
    links = [Link(neighbour.address(meeting), neighbour.words, neighbour.icon) for neighbour in named]
    return [link for link in links if link.address]


def closing_address(meeting: Meeting) -> str:
    """Where the next meeting is set and this one closed."""
    return TIMES.address(meeting)


def homework_between(meeting: Meeting) -> list[Link]:
    """The question that was given at the meeting before this one, while it waits for answers."""
    before = Meeting.objects.filter(
        circle_id=meeting.circle_id, number=meeting.number - 1, homework__isnull=False
    ).first()
    return [Link(HOMEWORK.address(before), HOMEWORK.words, HOMEWORK.icon)] if before else []


def wall_part(meeting: Meeting, kind: str) -> str:
    """What another part of the evening shows on the wall, by the wall's own secret."""
    names = {
        Step.Kind.IDEAS: "ideas:wall_fragment",
        Step.Kind.VOTE: "ideas:wall_fragment",
        Step.Kind.CUSTOMS: "circles:wall_between",
        Step.Kind.HOMEWORK: "circles:wall_between",
        Step.Kind.NEXT: "circles:wall_between",
    }
    name = names.get(Step.Kind(kind))
    return address_of(name, meeting.circle_id, wall_token(meeting.circle)) if name else ""
