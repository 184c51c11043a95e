"""The wall of ideas on A3, and what became of the proposals on A4."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from brobygget.ideas import drawing
from brobygget.ideas.models import IdeaTranslation
from brobygget.ideas.queries import fates as stories
from brobygget.ideas.queries import wall
from brobygget.ideas.queries.readers import Reader, latest_meeting
from brobygget.ideas.views.readers import for_readers
from brobygget.people.request import HouseRequest
from brobygget.web import languages, moments, printing


def _pdf(template: str, data: dict[str, Any], name: str) -> HttpResponse:
    response = HttpResponse(printing.pdf(template, data), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def _idea(card: wall.IdeaCard) -> dict[str, Any]:
    idea, translation = card.idea, card.translation
    label = _("Drawing, idea %(number)d") % {"number": idea.number or 0}
    picture = drawing.svg(idea.drawing, label).replace("currentColor", "#16302F") if idea.drawing else ""
    return {
        "number": str(idea.number),
        "text": idea.text,
        "language": idea.language,
        "spoken_in": card.original_language,
        "drawing": picture,
        "drawing_label": label,
        "translation": translation.text if translation else "",
        "translation_language": translation.language if translation else "",
        "status": _translation_status(translation),
    }


def _translation_status(translation: IdeaTranslation | None) -> str:
    if translation is None:
        return ""
    is_checked = translation.status == IdeaTranslation.Status.CHECKED
    return (
        _("Translated by a person, checked") if is_checked else _("Translated by a person, not yet checked")
    )


@for_readers
def wall_paper(request: HouseRequest, reader: Reader) -> HttpResponse:
    """Every idea on A3, to hang up."""
    meeting = latest_meeting(reader.circle)
    cards = wall.cards(
        wall.ideas_on_the_wall(reader.circle), languages.current().code, reader.circle.language
    )
    data = {
        "language": languages.current().code,
        "title": _("Our ideas"),
        "circle": reader.circle.name,
        "house": reader.circle.house.name,
        "question": meeting.wall_question if meeting else "",
        "question_language": reader.circle.language,
        "day": moments.day(meeting.starts_at, with_year=True) if meeting else "",
        "sentence": _("No name stands by an idea. What becomes of each one can be read by everybody."),
        "empty": _("There are no ideas yet."),
        "ideas": [_idea(card) for card in cards],
    }
    return _pdf("ideas/print/wall.typ", data, "wall.pdf")


def _story(story: stories.ProposalStory) -> dict[str, Any]:
    fate = story.fate
    return {
        "title": story.proposal.title,
        "language": story.proposal.language,
        "reason": fate.reason if fate else "",
        "reason_language": fate.reason_language if fate else "",
        "decided": moments.day(fate.decided_on, with_year=True) if fate else "",
        "again": _("We look at it again %(day)s.") % {"day": moments.day(fate.look_again_on, with_year=True)}
        if fate and fate.look_again_on
        else "",
        "conditions": [
            {"text": concern.condition, "language": concern.condition_language}
            for concern in story.concerns
            if concern.condition
        ],
    }


@for_readers
def fates_paper(request: HouseRequest, reader: Reader) -> HttpResponse:
    """What became of each proposal, with its reason."""
    found = stories.fates_of(reader.circle, on=timezone.localdate(request.now))
    shelves = [
        (_("We try"), found.tried),
        (_("Done"), found.done),
        (_("Parked"), found.parked),
        (_("Not decided yet"), found.without),
    ]
    data = {
        "language": languages.current().code,
        "title": _("What became of our ideas"),
        "circle": reader.circle.name,
        "house": reader.circle.house.name,
        "day": moments.day(request.now, with_year=True),
        "so_that": _("Safe enough to try when:"),
        "empty": _("There are no proposals yet."),
        "shelves": [{"name": name, "stories": list(map(_story, shelf))} for name, shelf in shelves if shelf],
    }
    return _pdf("ideas/print/fates.typ", data, "fates.pdf")
