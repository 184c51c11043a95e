"""The stamp card on a phone: a sealed cookie that goes with one open house, and is over two days after the day."""

from __future__ import annotations

from datetime import timedelta
from typing import TypeVar

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from brobygget.openhouse import rules
from brobygget.openhouse.models import OpenHouse
from brobygget.openhouse.queries.stamps import Card, card_in, sealed_card
from brobygget.openhouse.request import keep_secret
from brobygget.people.request import HouseRequest

COOKIE = "stamps"
R = TypeVar("R", bound=HttpResponse)


def card_of(request: HttpRequest, openhouse: OpenHouse) -> Card | None:
    """The card that this phone has."""
    return card_in(openhouse, request.COOKIES.get(COOKIE, ""))


def keep_card(request: HouseRequest, response: R, openhouse: OpenHouse, card: Card) -> R:
    """Let the phone keep it: on the pages of this open house and no others, and not a day longer than there is need."""
    over = openhouse.ends_at + timedelta(days=rules.CARDS_KEPT_DAYS)
    seconds = max(int((over - request.now).total_seconds()), 3600)
    return keep_secret(response, COOKIE, sealed_card(openhouse, card), seconds=seconds, path=_path(openhouse))


def drop_card(response: R, openhouse: OpenHouse) -> R:
    """The phone knows nothing of it any more."""
    response.delete_cookie(COOKIE, path=_path(openhouse))
    return response


def _path(openhouse: OpenHouse) -> str:
    return reverse("openhouse:open_house", args=[openhouse.pk])
