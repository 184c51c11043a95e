"""The evening that the tests of this stage play."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from django.utils import translation

from brobygget.circles import analysis
from brobygget.circles.commands.meetings import plan_meeting
from brobygget.circles.models import Circle, Membership

from .evening import PEOPLE, FirstEvening


@pytest.fixture
def first_evening(circle: Circle, member: Callable[..., Membership], clock: datetime) -> FirstEvening:
    """Eight people, a plan for 135 minutes, and nobody has begun."""
    people = {alias: member(circle, alias, language, organiser=leads) for alias, language, leads in PEOPLE}
    meeting = plan_meeting(circle=circle, starts_at=clock, place="Brohuset, rum 2")
    return FirstEvening(circle, meeting, people, clock)


@pytest.fixture
def in_english() -> Iterator[None]:
    """Read sentences as they stand in the source."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def _little_effort(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the program does with a plan is asked here; how well tables mix is asked of the engine."""
    monkeypatch.setattr(analysis, "PIECE", analysis.PIECE / 20)
