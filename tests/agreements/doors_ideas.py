"""The doors of a circle's ideas, votes and fates."""

from __future__ import annotations

from typing import Any

from brobygget.circles.models import Attendance
from brobygget.circles.queries.circles import wall_token
from brobygget.ideas import commands
from brobygget.ideas.models import Concern, Idea, Proposal
from tests.agreements.doors import AMINA, EVERYBODY, LEADERS, Door
from tests.conftest import NOW, TODAY

READERS = frozenset({AMINA, *LEADERS})
MEMBERS = frozenset({AMINA})


def _ideas(cast: Any) -> None:
    for text in ("Vi lagar mat", "Vi dansar", "Vi syr"):
        commands.give_idea(circle=cast.circle, meeting=cast.meeting, text=text, language="sv", on=TODAY)


def _hidden(cast: Any) -> None:
    _ideas(cast)
    commands.hide_idea(idea=Idea.objects.get(number=1), on=TODAY)


def _translated(cast: Any) -> None:
    _ideas(cast)
    commands.translate_idea(idea=Idea.objects.get(number=1), language="ar", text="نطبخ")


def _proposals(cast: Any) -> None:
    _ideas(cast)
    commands.make_rest_proposals(circle=cast.circle)


def _vote(cast: Any) -> None:
    _proposals(cast)
    Attendance.objects.create(meeting=cast.meeting, membership=cast.amina)
    commands.open_dot_vote(meeting=cast.meeting, at=NOW)


def _consent(cast: Any) -> None:
    _proposals(cast)
    commands.open_consent(proposal=Proposal.objects.get(number=1), meeting=cast.meeting, at=NOW)


def _concern(cast: Any) -> None:
    _consent(cast)
    commands.give_concern(consent=Proposal.objects.get(number=1).consent, text="För dyrt", language="sv")


def _circle(cast: Any) -> list[Any]:
    return [cast.circle.pk]


def _first(cast: Any) -> list[Any]:
    """The first idea, the first proposal or the first meeting: each has the number 1."""
    return [cast.circle.pk, 1]


def _first_concern(cast: Any) -> list[Any]:
    return [cast.circle.pk, 1, Concern.objects.latest("pk").pk]


def _seat(cast: Any) -> list[Any]:
    return [cast.circle.pk, 1, cast.amina.seat]


def _three_dots(cast: Any) -> dict[str, Any]:
    return {f"secret_{Proposal.objects.get(number=1).pk}": "3"}


IDEA = {"text": "Vi sjunger", "language": "sv", "drawing": ""}
DOORS = [
    Door("ideas:room", READERS, args=_circle, prepare=_ideas),
    Door("ideas:room_fragment", READERS, args=_circle, prepare=_ideas),
    Door("ideas:give", MEMBERS, args=_circle),
    Door("ideas:give", MEMBERS, "POST", args=_circle, fields=lambda cast: IDEA),
    Door("ideas:write_down", LEADERS, args=_circle, is_for_hosts=True),
    Door(
        "ideas:write_down",
        LEADERS,
        "POST",
        args=_circle,
        fields=lambda cast: {**IDEA, "whose": "participant"},
        is_for_hosts=True,
    ),
    Door("ideas:open_organisers", LEADERS, "POST", args=_circle, prepare=_ideas, is_for_hosts=True),
    Door("ideas:wall_paper", READERS, args=_circle, prepare=_ideas),
    Door("ideas:translation", READERS, args=_first, prepare=_ideas),
    Door(
        "ideas:translation",
        READERS,
        "POST",
        args=_first,
        prepare=_ideas,
        fields=lambda cast: {"text": "نطبخ", "language": "ar"},
    ),
    Door(
        "ideas:check",
        LEADERS,
        "POST",
        args=_first,
        prepare=_translated,
        fields=lambda cast: {"language": "ar"},
        is_for_hosts=True,
    ),
    Door("ideas:hide", LEADERS, "POST", args=_first, prepare=_ideas, is_for_hosts=True),
    Door("ideas:show_again", LEADERS, "POST", args=_first, prepare=_hidden, is_for_hosts=True),
    Door("ideas:out", LEADERS, "POST", args=_first, prepare=_proposals, is_for_hosts=True),
    Door(
        "ideas:wall_fragment",
        EVERYBODY,
        args=lambda cast: [cast.circle.pk, wall_token(cast.circle)],
        prepare=_ideas,
    ),
    Door("ideas:wall_fragment", frozenset(), args=lambda cast: [cast.circle.pk, "0" * 22], prepare=_ideas),
    Door(
        "ideas:wall_fragment",
        frozenset(),
        args=lambda cast: [cast.other_circle.pk, wall_token(cast.circle)],
        prepare=_ideas,
    ),
    Door("ideas:proposals", LEADERS, args=_circle, prepare=_ideas, is_for_hosts=True),
    Door("ideas:proposals", LEADERS, "POST", args=_circle, prepare=_ideas, is_for_hosts=True),
    Door("ideas:rest", LEADERS, "POST", args=_circle, prepare=_ideas, is_for_hosts=True),
    Door("ideas:undo", LEADERS, "POST", args=_circle, prepare=_ideas, is_for_hosts=True),
    Door("ideas:title", LEADERS, args=_first, prepare=_proposals, is_for_hosts=True),
    Door(
        "ideas:title",
        LEADERS,
        "POST",
        args=_first,
        prepare=_proposals,
        fields=lambda cast: {"title": "God mat", "language": "sv"},
        is_for_hosts=True,
    ),
    Door("ideas:apart", LEADERS, "POST", args=_first, prepare=_proposals, is_for_hosts=True),
    Door("ideas:dots", READERS, args=_circle, prepare=_proposals),
    Door("ideas:dots_of", READERS, args=_first, prepare=_vote),
    Door("ideas:dots_of", MEMBERS, "POST", args=_first, prepare=_vote, fields=_three_dots),
    Door("ideas:dots_fragment", READERS, args=_first, prepare=_vote),
    Door("ideas:hand_over", LEADERS, args=_seat, prepare=_vote, is_for_hosts=True),
    Door(
        "ideas:hand_over", LEADERS, "POST", args=_seat, prepare=_vote, fields=_three_dots, is_for_hosts=True
    ),
    Door("ideas:open_vote", LEADERS, "POST", args=_first, prepare=_proposals, is_for_hosts=True),
    Door("ideas:close_vote", LEADERS, "POST", args=_first, prepare=_vote, is_for_hosts=True),
    Door("ideas:consent", READERS, args=_first, prepare=_consent),
    Door(
        "ideas:consent",
        READERS,
        "POST",
        args=_first,
        prepare=_consent,
        fields=lambda cast: {"text": "För dyrt", "language": "sv"},
    ),
    Door("ideas:open_consent", LEADERS, "POST", args=_first, prepare=_proposals, is_for_hosts=True),
    Door("ideas:close_consent", LEADERS, "POST", args=_first, prepare=_consent, is_for_hosts=True),
    Door(
        "ideas:answer",
        LEADERS,
        "POST",
        args=_first_concern,
        prepare=_concern,
        fields=lambda cast: {"condition": "Gratis", "language": "sv"},
        is_for_hosts=True,
    ),
    Door("ideas:remove", LEADERS, "POST", args=_first_concern, prepare=_concern, is_for_hosts=True),
    Door("ideas:fate", LEADERS, args=_first, prepare=_proposals, is_for_hosts=True),
    Door(
        "ideas:fate",
        LEADERS,
        "POST",
        args=_first,
        prepare=_proposals,
        fields=lambda cast: {"kind": "tried", "reason": "", "look_again_on": ""},
        is_for_hosts=True,
    ),
    Door("ideas:fates", READERS, args=_circle, prepare=_proposals),
    Door("ideas:fates_paper", READERS, args=_circle, prepare=_proposals),
]
