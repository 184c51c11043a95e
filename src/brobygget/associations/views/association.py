"""One association's public page, its sheet of paper, and its card for a telephone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from brobygget.associations import rules
from brobygget.associations.models import Association
from brobygget.associations.queries.cards import card_of
from brobygget.associations.queries.directory import directory_of
from brobygget.associations.queries.interests import InterestHere, Label
from brobygget.associations.queries.shown import places_of, shown_associations, text_in, websites_of
from brobygget.associations.queries.texts import TEXTS
from brobygget.associations.sharing import contact_card, linked
from brobygget.associations.views import wording
from brobygget.associations.views.find import house_of, today
from brobygget.associations.views.public import for_everybody
from brobygget.people.request import HouseRequest
from brobygget.web.languages import current


@dataclass(frozen=True)
class InterestShown:
    """An interest with its picture and word."""

    picture: str
    label: Label


@dataclass(frozen=True)
class TextBlock:
    """A text with its heading."""

    heading: str
    text: str
    language: str
    note: str


def one_shown(request: HouseRequest, pk: int) -> Association:
    """The association, if visitors may see it; every other one is not there."""
    found = shown_associations(house_of(request), on=today(request)).prefetch_related("texts")
    return get_object_or_404(found, pk=pk)


@for_everybody
def association(request: HouseRequest, pk: int) -> HttpResponse:
    """What somebody who is new wants to know."""
    one = one_shown(request, pk)
    on = today(request)
    about = interests_of_association(request, one)
    address = request.build_absolute_uri(reverse("find:association", args=[pk]))
    context = told_to_a_newcomer(one, about, on=on) | {
        "address": address,
        "linked": linked.association(one, about, address=address),
    }
    return render(request, "associations/association_shown.html", context)


def told_to_a_newcomer(one: Association, about: list[InterestHere], *, on: date) -> dict[str, Any]:
    """What the page tells, and the association's own preview with it. Prefetch `times` and `texts`."""
    card = card_of(one, [interest.id for interest in about], one.times.all())
    return {
        "one": one,
        "interests": [InterestShown(each.picture, each.label(current().code)) for each in about],
        "facts": wording.facts_of(one),
        "times": [told(time) for time in card.times],
        "places": places_of(one),
        "websites": websites_of(one),
        "texts": text_blocks(one),
        "is_stale": rules.is_stale(one, on=on),
        "said_on": rules.said_on(one),
        "said_by": wording.said_by_whom(one),
    }


def told(time: object) -> str:
    """A time with what it is for, where somebody has said."""
    from brobygget.associations.queries.cards import CardTime

    assert isinstance(time, CardTime)
    words = wording.when(time)
    return f"{words} ({time.text})" if time.text else words


def interests_of_association(request: HouseRequest, one: Association) -> list[InterestHere]:
    """What it is about, as the house has it today."""
    return directory_of(house_of(request)).interests.standing_of(one)


def headings_of_texts() -> dict[str, str]:
    """What stands over each of an association's own texts."""
    return {
        "can_try": _("What you can try"),
        "little_swedish_how": _("If you speak little Swedish"),
        "description": _("What we do"),
        "gear_text": _("What you need"),
    }


def text_blocks(one: Association) -> list[TextBlock]:
    """Its own texts, in the reader's language where a person has translated them."""
    headings = headings_of_texts()
    blocks = []
    for field in TEXTS:
        text = text_in(one, field, current().code)
        if text is not None:
            note = "" if text.is_checked else _("This translation has not yet been checked.")
            blocks.append(TextBlock(headings[field], text.text, text.language, note))
    return blocks


@for_everybody
def contact(request: HouseRequest, pk: int) -> HttpResponse:
    """The association in a telephone's list of contacts: the association, never a person."""
    one = one_shown(request, pk)
    address = request.build_absolute_uri(reverse("find:association", args=[pk]))
    response = HttpResponse(
        contact_card.written(one, address=address), content_type="text/vcard; charset=utf-8"
    )
    response.headers["Content-Disposition"] = f'attachment; filename="association-{pk}.vcf"'
    return response
