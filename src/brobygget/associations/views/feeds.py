"""What is new among the associations: RSS, Atom and JSON Feed. No person is in them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.utils.translation import gettext as _

from brobygget.associations.models import Association
from brobygget.associations.queries.shown import changed_last
from brobygget.associations.views import wording
from brobygget.associations.views.find import house_of, today
from brobygget.associations.views.public import file_for_everybody
from brobygget.people.request import HouseRequest

MOST = 50


def _title(request: HouseRequest) -> str:
    return _("Associations in %(town)s") % {"town": house_of(request).town}


def _summary(one: Association) -> str:
    """What it does, in its own words, and what somebody new wants to know."""
    told = [fact.text for fact in wording.facts_of(one) if fact.state == "yes"]
    return " · ".join([*([one.can_try or one.description] if one.can_try or one.description else []), *told])


class _News(Feed):  # type: ignore[type-arg]
    """What has changed last."""

    request: HouseRequest

    def get_object(self, request: Any, *args: Any, **kwargs: Any) -> HouseRequest:
        return request  # type: ignore[no-any-return]

    def title(self, request: HouseRequest) -> str:
        return _title(request)

    description = title

    def link(self, request: HouseRequest) -> str:
        return reverse("find:results")

    def items(self, request: HouseRequest) -> list[Association]:
        return list(changed_last(house_of(request), on=today(request), most=MOST))

    def item_title(self, item: Any) -> Any:
        return _printable(item.name)

    def item_description(self, item: Any) -> Any:
        return _printable(_summary(item))

    def item_link(self, item: Association) -> str:
        return reverse("find:association", args=[item.pk])

    def item_updateddate(self, item: Association) -> datetime:
        return item.changed_at

    def item_pubdate(self, item: Association) -> datetime:
        return item.changed_at


class _Rss(_News):
    feed_type = Rss201rev2Feed


class _Atom(_News):
    feed_type = Atom1Feed
    subtitle = _News.description


def _printable(text: str) -> str:
    """XML has no word for control signs."""
    return "".join(sign for sign in text if sign >= " " or sign in "\n\t")


@file_for_everybody
def rss(request: HouseRequest) -> HttpResponse:
    """RSS 2."""
    return _Rss()(request)


@file_for_everybody
def atom(request: HouseRequest) -> HttpResponse:
    """Atom 1."""
    return _Atom()(request)


@file_for_everybody
def json_feed(request: HouseRequest) -> HttpResponse:
    """JSON Feed 1.1."""

    def at(name: str, *args: object) -> str:
        return request.build_absolute_uri(reverse(name, args=args))

    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _title(request),
        "home_page_url": at("find:results"),
        "feed_url": at("find:json_feed"),
        "items": [
            {
                "id": at("find:association", one.pk),
                "url": at("find:association", one.pk),
                "title": one.name,
                "content_text": _summary(one),
                "language": one.language,
                "date_modified": one.changed_at.isoformat(),
            }
            for one in changed_last(house_of(request), on=today(request), most=MOST)
        ],
    }
    return JsonResponse(feed, content_type="application/feed+json", json_dumps_params={"ensure_ascii": False})
