"""The evening of the story: five who take part and three who host, all here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from brobygget.circles.models import Attendance, Circle, Meeting, Membership
from brobygget.ideas import commands
from brobygget.ideas.commands.town_vote import open_town_vote
from brobygget.ideas.models import DotVote, Idea, Proposal, TownVote

PEOPLE = [
    ("Samira", "fa", False),
    ("Yusuf", "so", False),
    ("Selam", "ti", False),
    ("Hassan", "ar", False),
    ("Oksana", "uk", False),
    ("Jonas", "sv", True),
    ("Marit", "sv", True),
    ("Elin", "sv", True),
]


@pytest.fixture
def everybody(circle: Circle, meeting: Meeting, member: Callable[..., Membership]) -> list[Membership]:
    """Eight members who are here."""
    members = [member(circle, alias, language, organiser=organiser) for alias, language, organiser in PEOPLE]
    Attendance.objects.bulk_create(Attendance(meeting=meeting, membership=one) for one in members)
    return members


@pytest.fixture
def give(circle: Circle, meeting: Meeting, today: date) -> Callable[..., Idea]:
    """Give an idea at the meeting: `give("Vi lagar mat", "sv", by_organiser=False)`."""

    def make(text: str = "Vi lagar mat tillsammans", language: str = "sv", **facts: object) -> Idea:
        return commands.give_idea(
            circle=circle,
            meeting=meeting,
            text=text,
            language=language,
            on=today,
            **facts,  # type: ignore[arg-type]
        )

    return make


@pytest.fixture
def proposals(circle: Circle, give: Callable[..., Idea]) -> list[Proposal]:
    """Seven proposals of eleven ideas, as in the story."""
    ideas = [give(f"Förslag nummer {number}") for number in range(1, 12)]
    shares = [ideas[0:3], ideas[3:5], ideas[5:7], *([idea] for idea in ideas[7:11])]
    return [
        commands.group_ideas(circle=circle, ideas=share, title=f"Grupp {number}", language="sv")
        for number, share in enumerate(shares, start=1)
    ]


@pytest.fixture
def vote(proposals: list[Proposal], everybody: list[Membership], meeting: Meeting) -> DotVote:
    """A dot vote about the seven, open."""
    return commands.open_dot_vote(meeting=meeting, at=meeting.starts_at)


@pytest.fixture
def town_vote(circle: Circle, today: date) -> TownVote:
    """A vote of the town about two proposals."""
    for number, title in enumerate(("Vi lagar mat", "Vi dansar"), start=1):
        proposal = Proposal.objects.create(circle=circle, number=number, title=title, language="sv")
        Idea.objects.create(
            circle=circle,
            number=number,
            text=title,
            language="sv",
            channel="typed",
            given_on=today,
            proposal=proposal,
        )
    return open_town_vote(
        house=circle.house,
        title="Vad bär i Älvnäs?",
        language="sv",
        proposals=Proposal.objects.order_by("number"),
        on=today,
    )
