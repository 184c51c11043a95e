"""What is an association? For everybody to read, for a circle to talk about, for the wall and on paper."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from brobygget.associations.explainer import Explanation, explanation
from brobygget.associations.queries.examples import Examples, examples
from brobygget.associations.views.find import house_of, today
from brobygget.associations.views.paper import CREDIT, paper
from brobygget.associations.views.public import for_everybody
from brobygget.people.request import HouseRequest
from brobygget.web import icons, moments, printing
from brobygget.web.languages import BY_CODE, current


def explained(request: HouseRequest) -> Explanation:
    """The explanation for this reader."""
    little, more = settings.FRITIDSKORT
    return explanation(current().code, {"card": little, "card_more": more})


def _context(request: HouseRequest) -> dict[str, Any]:
    told = explained(request)
    house = house_of(request)
    return {
        "told": told,
        "told_in": BY_CODE[told.language],
        "examples": examples(house, on=today(request)),
        "labels_in": current().code,
        "is_in_own_language": told.language == current().code,
    }


@for_everybody
def what(request: HouseRequest) -> HttpResponse:
    """The illustrated page."""
    context = _context(request)
    context["here"] = here(context["examples"], house_of(request).town)
    return render(request, "associations/what.html", context)


def here(found: Examples, town: str) -> dict[str, list[str]]:
    """What the town's register says of a part of the explanation, in sentences."""
    told: dict[str, list[str]] = {}
    if found.total:
        told["what"] = [
            _("There are %(total)s associations in %(town)s to choose from.")
            % {"total": found.total, "town": town}
        ]
    if found.free_first_time:
        told["try"] = [
            _("The first time is free in at least %(number)s of them.") % {"number": found.free_first_time}
        ]
    if found.usual_fee is not None:
        amounts = {"lowest": found.lowest_fee, "usual": found.usual_fee, "highest": found.highest_fee}
        told["cost"] = [
            _("The fee for a year: from %(lowest)s to %(highest)s kronor, often about %(usual)s.") % amounts
        ]
    return told


@for_everybody
def what_paper(request: HouseRequest) -> HttpResponse:
    """The explanation on paper, with the questions of the talk."""
    told = explained(request)
    house = house_of(request)
    found = examples(house, on=today(request))
    told_here = here(found, house.town)
    code = told.language
    data = {
        "language": code,
        "page_language": current().code,
        "title": told.title,
        "lead": told.lead,
        "house": f"{house.name}, {house.town}",
        "sections": [
            {
                "title": one.title,
                "text": list(one.text),
                "picture": icons.paper_picture(one.picture) if one.picture else "",
                "here": told_here.get(one.id, []),
            }
            for one in told.sections
        ],
        "examples": [
            {
                "name": one.card.name,
                "language": one.card.language,
                "picture": icons.paper_picture(one.interest.picture),
                "label": one.interest.label(code).text,
            }
            for one in found.some
        ],
        "here_heading": told.here,
        "words_heading": told.words_heading,
        "words": [
            {"word": one.word, "means": one.means, "picture": icons.paper_picture(one.picture)}
            for one in told.words
        ],
        "qr": printing.qr_svg(request.build_absolute_uri(reverse("find:what"))),
        "credit": f"{_('Pictures:')} {CREDIT}",
    }
    return paper("associations/print/what.typ", data, "association.pdf")


@for_everybody
def talk(request: HouseRequest) -> HttpResponse:
    """Sixty minutes, step by step, for whoever leads the circle."""
    return render(request, "associations/talk.html", _context(request))


@for_everybody
def talk_wall(request: HouseRequest, number: int) -> HttpResponse:
    """What the wall shows during a step of the talk; the leader's screen or a key turns the page."""
    context = _context(request)
    steps = context["told"].talk.steps
    if not 1 <= number <= len(steps):
        return redirect("find:talk_wall", number=1)
    step = steps[number - 1]
    context |= {
        "step": step,
        "section": context["told"].section(step.section),
        "number": number,
        "count": len(steps),
        "before": number - 1 if number > 1 else None,
        "after": number + 1 if number < len(steps) else None,
        "quiz": context["told"].talk.quiz if not step.ask else (),
    }
    return render(request, "associations/talk_wall.html", context)


@for_everybody
def talk_paper(request: HouseRequest) -> HttpResponse:
    """The talk on paper, for the leader's hand."""
    told = explained(request)
    house = house_of(request)
    found = examples(house, on=today(request)).some
    some = [{"name": one.card.name, "language": one.card.language} for one in found]
    data = {
        "language": told.language,
        "title": told.talk.title,
        "lead": told.talk.lead,
        "house": f"{house.name}, {house.town}",
        "prepare": list(told.talk.prepare),
        "steps": [
            {
                "minutes": moments.minutes(one.minutes),
                "title": one.title,
                "say": one.say,
                "ask": list(one.ask),
                "examples": some if one.section == "start" else [],
            }
            for one in told.talk.steps
        ],
        "here_heading": told.here,
        "quiz": [{"question": one.question, "answer": one.answer} for one in told.talk.quiz],
        "words": [{"word": one.word, "means": one.means} for one in told.words],
        "words_heading": told.words_heading,
    }
    return paper("associations/print/talk.typ", data, "talk.pdf")
