"""The directory on paper: what was found, and one association's sheet, in each language."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from brobygget.associations import rules
from brobygget.associations.forms.find import wishes_in
from brobygget.associations.queries.cards import card_of
from brobygget.associations.queries.find import Answer, find
from brobygget.associations.queries.shown import places_of, websites_of
from brobygget.associations.views import wording
from brobygget.associations.views.association import (
    interests_of_association,
    one_shown,
    text_blocks,
    told,
)
from brobygget.associations.views.find import Shown, chosen_words, house_of, shown, today
from brobygget.associations.views.public import for_everybody
from brobygget.people.request import HouseRequest
from brobygget.web import icons, moments, printing
from brobygget.web.languages import current

ON_PAPER = 60
LONGEST_TEXT = 600
CREDIT = "OpenMoji, CC BY-SA 4.0"


def paper(template: str, data: dict[str, Any], name: str) -> HttpResponse:
    """A sheet to print."""
    response = HttpResponse(printing.pdf(template, data), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response


@for_everybody
def results(request: HouseRequest) -> HttpResponse:
    """What fits, to take along, with a code that leads to the same list on a screen."""
    house = house_of(request)
    given = wishes_in(request.GET)
    answer = find(house, given, on=today(request), at_once=ON_PAPER)
    address = request.build_absolute_uri(f"{reverse('find:results')}?{given.address()}".rstrip("?"))
    data = {
        "language": current().code,
        "title": _("What fits you") if chosen_words(given, answer) else _("Associations"),
        "chosen": chosen_words(given, answer),
        "note": _("%(day)s. The order is new each day.")
        % {"day": moments.day(today(request), with_year=True)},
        "house": f"{house.name}, {house.town}",
        "qr": printing.qr_svg(address),
        "qr_label": _("The same list on a screen"),
        "rest": _rest(answer),
        "found": [_line(shown(one, today(request))) for one in answer.found],
        "credit": f"{_('Pictures:')} {CREDIT}",
    }
    return paper("associations/print/list.typ", data, "associations.pdf")


def _rest(answer: Answer) -> str:
    """What the paper has no room for."""
    told = sum(not one.is_surprise for one in answer.found)
    if told >= answer.total:
        return ""
    facts = {"shown": moments.number(told), "total": moments.number(answer.total)}
    return _("Here are %(shown)s of %(total)s. All of them are on the screen.") % facts


def _line(one: Shown) -> dict[str, Any]:
    card = one.found.card
    lines = [{"text": time, "language": current().code} for time in one.times]
    lines += [{"text": place, "language": "sv"} for place in card.places[:1]]
    facts = [fact.text for fact in wording.facts_of(card) if fact.state == "yes"][:4]
    lines += [{"text": " · ".join(facts), "language": current().code}] if facts else []
    if one.is_stale:
        lines.append({"text": _("This is old. Ask before you go."), "language": current().code})
    met = _("%(name)s meets you at the door") % {"name": card.met_by} if card.met_by else ""
    return {
        "name": card.name,
        "language": card.language,
        "because": one.because,
        "lines": lines,
        "met": met,
        "picture": icons.paper_picture(one.found.picture),
        "picture_label": one.labels[0].text if one.labels else _("Association"),
    }


@for_everybody
def association(request: HouseRequest, pk: int) -> HttpResponse:
    """One association on A4, to hang up or hand over."""
    one = one_shown(request, pk)
    house = house_of(request)
    about = interests_of_association(request, one)
    card = card_of(one, [interest.id for interest in about], one.times.all())
    code = current().code
    facts = wording.facts_of(one)
    facts += [wording.Fact("clock", told(time)) for time in card.times]
    if one.meeting_text:
        facts.append(wording.Fact("message-circle", one.meeting_text, language=one.language))
    facts += [wording.Fact("map-pin", ", ".join(places_of(one)), language="sv")] if places_of(one) else []
    data = {
        "language": code,
        "words_language": one.language,
        "title": one.name,
        "house": f"{house.name}, {house.town}",
        "pictures": [
            {"svg": icons.paper_picture(each.picture), "label": each.label(code).text} for each in about[:5]
        ],
        "interests": [each.label(code).text for each in about[:6]],
        "met": _("%(name)s meets you at the door") % {"name": one.met_by} if one.met_by else "",
        "stale": _("This is old. Ask before you go.") if rules.is_stale(one, on=today(request)) else "",
        "facts": [
            {
                "picture": icons.paper_picture(fact.picture),
                "text": fact.text,
                "language": fact.language or code,
                "state": fact.state,
            }
            for fact in facts
        ],
        "texts": [
            {
                "heading": block.heading,
                "text": _short(block.text),
                "language": block.language,
                "note": block.note,
            }
            for block in text_blocks(one)[:3]
        ],
        "contact": [line for line in (one.phone, one.email, *websites_of(one)[:1]) if line],
        "said": f"{wording.said_by_whom(one)}, {moments.day(rules.said_on(one), with_year=True)}.",
        "credit": f"{_('Pictures:')} {CREDIT}",
        "qr": printing.qr_svg(request.build_absolute_uri(reverse("find:association", args=[pk]))),
    }
    return paper("associations/print/association.typ", data, f"association-{pk}.pdf")


def _short(text: str) -> str:
    """A text that leaves room for the rest of the sheet, cut between words."""
    return text if len(text) <= LONGEST_TEXT else f"{text[:LONGEST_TEXT].rsplit(' ', 1)[0]} …"
