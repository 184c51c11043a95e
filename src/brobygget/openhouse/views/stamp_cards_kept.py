"""The visitor's own stamp card on the phone: its squares, handing it in, its number, and forgetting it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from brobygget.house.commands.refused import Refused
from brobygget.openhouse import rules
from brobygget.openhouse.commands import stamps as commands
from brobygget.openhouse.models import OpenHouse
from brobygget.openhouse.queries import stamps as queries
from brobygget.openhouse.queries.stamps import Card, CardNow
from brobygget.openhouse.views.public import one_published
from brobygget.openhouse.views.stamp_cards import needed_words
from brobygget.openhouse.views.stamp_cookies import card_of, drop_card
from brobygget.people.request import HouseRequest
from brobygget.web.once import once, was_kept

SQUARES = 4
SHAPES = 3  # a hall has a shape and a colour of its own, as on paper


@require_safe
def stamp_card(request: HouseRequest, pk: int) -> HttpResponse:
    """The card, or how to get one."""
    openhouse = one_published(request, pk)
    return _page(request, openhouse, card_of(request, openhouse))


@require_POST
@once
def card_handing_in(request: HouseRequest, pk: int) -> HttpResponse:
    """Into the box, on the way out."""
    openhouse = one_published(request, pk)
    card = card_of(request, openhouse)
    if card is None:
        return _page(
            request,
            openhouse,
            None,
            refused=_("There is no card on this phone. Scan the code on a table to begin one."),
            status=409,
        )
    if "met" not in request.POST:
        return _page(
            request,
            openhouse,
            card,
            refused=_("One square is left: learn the name of somebody you did not know, and tick it."),
            status=422,
        )
    try:
        commands.hand_in(openhouse, card, at=request.now, was_kept=was_kept(request))
    except Refused as no:
        return _page(request, openhouse, card, refused=no.sentence, status=no.status)
    return redirect("openhouse:stamp_card", pk=pk)


@require_POST
def card_leaving(request: HouseRequest, pk: int) -> HttpResponse:
    """The phone forgets the card. Nothing is written: the house never had it."""
    openhouse = one_published(request, pk)
    return drop_card(redirect("openhouse:stamp_card", pk=pk), openhouse)


def _squares(now: CardNow) -> int:
    """How many squares a hall has at least: all of them where there is one hall only."""
    return rules.STAMPS if len(now.zones) == 1 else SQUARES


def _page(
    request: HouseRequest, openhouse: OpenHouse, card: Card | None, *, refused: str = "", status: int = 200
) -> HttpResponse:
    now = queries.card_now(openhouse, card)
    found = queries.drawn(openhouse) if now.number else None
    context: dict[str, Any] = {
        "openhouse": openhouse,
        "card": now,
        "has_card": card is not None and bool(card.stamps),
        "zones": [
            (one, range(one.stamps), range(max(_squares(now) - one.stamps, 0)), at % SHAPES)
            for at, one in enumerate(now.zones)
        ],
        "rule": needed_words(now.halls_needed),
        "is_open": rules.stamps_now(openhouse, at=request.now),
        "is_over": request.now >= openhouse.ends_at + rules.AROUND_THE_DAY,
        "winners": found.winners if found else [],
        "is_drawn": bool(found),
        "was_in_the_box": bool(found and now.number in found.draw.numbers),
        "has_won": bool(found and now.number in found.winners),
        "refused": refused,
        "ticked": "met" in request.POST,
    }
    return render(request, "openhouse/stamp_card.html", context, status=status)
