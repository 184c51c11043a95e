"""Addresses in groups are the addresses that were written down: each leads where it led, and back."""

from __future__ import annotations

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, path
from django.urls.exceptions import Resolver404

from brobygget.openhouse import urls as openhouse
from brobygget.web.addresses import by_words


def _view(request: HttpRequest, **found: object) -> HttpResponse:
    return HttpResponse()


WRITTEN = [
    path("doors/", _view, name="doors"),
    path("doors/<int:pk>/", _view, name="door"),
    path("doors/<int:pk>/press/", _view, name="press"),
    path("doors/new/", _view, name="new"),
    path("doors/new/done/", _view, name="done"),
    path("doors/<str:token>/", _view, name="link"),
    path("feed.rss", _view, name="feed"),
    path("wall/", _view, {"is_large": True}, name="wall"),
    path("wall/<int:pk>-<str:token>/", _view, name="wall_of"),
    path("wall/<int:pk>-<str:token>/live/", _view, name="wall_live"),
]


class Written:
    """Addresses as they stand, or in groups."""

    def __init__(self, addresses: list[URLPattern] | list[URLPattern | URLResolver]) -> None:
        self.urlpatterns = addresses


def _found(addresses: object, address: str) -> object:
    try:
        match = get_resolver(addresses).resolve(f"/{address}")  # type: ignore[arg-type]
    except Resolver404:
        return None
    return match.url_name, match.kwargs, match.route


ADDRESSES = "doors/ doors/7/ doors/7/press/ doors/new/ doors/new/done/ doors/abc/ feed.rss wall/ wall/7-abc/ wall/7-abc/live/"
NONE = "door/ doors doors/7 doors/7/press doors/abc/press/ doors/new/x/ wall/abc/ wall/7-abc/live/x/ feed.rs"


@pytest.mark.parametrize("address", [*ADDRESSES.split(), *NONE.split(), ""])
def test_an_address_leads_where_it_was_written_to_lead(address: str) -> None:
    as_written, in_groups = Written(WRITTEN), Written(by_words(WRITTEN))
    assert _found(in_groups, address) == _found(as_written, address)
    assert (_found(in_groups, address) is None) == (address not in ADDRESSES.split())


def test_the_first_that_fits_is_taken_as_they_stand() -> None:
    in_groups = Written(by_words(WRITTEN))
    assert _found(in_groups, "doors/new/") == ("new", {}, "doors/new/")
    assert _found(in_groups, "doors/abc/") == ("link", {"token": "abc"}, "doors/<str:token>/")


def test_names_lead_back_to_the_same_addresses() -> None:
    in_groups = get_resolver(Written(by_words(WRITTEN)))  # type: ignore[arg-type]
    assert in_groups.reverse("wall_live", pk=7, token="abc") == "wall/7-abc/live/"
    assert in_groups.reverse("press", pk=7) == "doors/7/press/"


def _tried(addresses: list[URLPattern] | list[URLPattern | URLResolver], address: str) -> tuple[int, bool]:
    """How many patterns are looked at until the address is found."""
    tried = 0
    for each in addresses:
        tried += 1
        match = each.pattern.match(address)
        if match and isinstance(each, URLPattern):
            return tried, True
        if match and isinstance(each, URLResolver):
            more, is_found = _tried(each.url_patterns, match[0])
            tried += more
            if is_found:
                return tried, True
    return tried, False


@pytest.mark.parametrize(
    "address", ["open-house/door/1-abc/2/press/", "open-house/faces/1-abc/press/", "open-house/1/wall/live/"]
)
def test_an_address_of_the_day_is_found_among_few(address: str) -> None:
    few, is_found = _tried(openhouse.urlpatterns, address)
    many, was_found = _tried(openhouse.addresses, address)
    assert is_found is was_found is True
    assert 4 * few < many
