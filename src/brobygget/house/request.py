"""Which house a request is about, what time it is there, and what the reader may do in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from brobygget.house.models import House
from brobygget.people.models import Account
from brobygget.people.request import CHOSEN_HOUSE, HouseRequest
from brobygget.web import clock


class HouseMiddleware:
    """The participant's house, else the one that the account works in, else the only or first one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        typed = cast(HouseRequest, request)
        typed.now = clock.read()
        typed.house = None
        if not request.path.startswith("/static/"):
            typed.house = _house_of(typed)
        if typed.house is not None:
            typed.now += typed.house.clock_offset
        return self.get_response(request)


def _house_of(request: HouseRequest) -> House | None:
    if request.user.is_authenticated:
        houses = _houses_of(request.user)
        if houses:
            chosen = request.session.get(CHOSEN_HOUSE)
            return houses.get(int(chosen or 0)) or next(iter(houses.values()))
    if request.participant is not None:
        return request.participant.house
    return House.objects.order_by("pk").first()


def _houses_of(account: Account) -> dict[int, House]:
    """The houses in which somebody has a role today, by each house's own clock."""
    houses: dict[int, House] = {}
    for role in account.roles.select_related("house").order_by("pk"):
        today = timezone.localdate(clock.read() + role.house.clock_offset)
        if role.since <= today and (role.until is None or today <= role.until):
            house = houses.setdefault(role.house_id, role.house)
            house.roles_of_reader |= {role.kind}
    return houses
