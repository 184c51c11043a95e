"""What everybody may read: time, place, who comes, what it costs. No participant, no comments."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.translation import gettext as _

from brobygget.associations.views import wording as associations
from brobygget.associations.views.find import house_of
from brobygget.associations.views.public import file_for_everybody, for_everybody
from brobygget.openhouse import rules
from brobygget.openhouse.calendar_file import written
from brobygget.openhouse.models import OpenHouse
from brobygget.openhouse.queries import events as queries
from brobygget.openhouse.queries import floor as floors
from brobygget.openhouse.queries.appointments import meetings_called
from brobygget.openhouse.queries.public import coming_in, languages_in, shown_of
from brobygget.openhouse.views.floor_drawing import HallDrawn, drawn
from brobygget.openhouse.views.floor_looks import public_looks
from brobygget.openhouse.views.programme_public import programme_section, slots_for_calendar
from brobygget.people.request import HouseRequest
from brobygget.web import moments
from brobygget.web.moments import SWEDEN
from brobygget.web.unchanged import same_for_strangers


def one_published(request: HouseRequest, pk: int) -> OpenHouse:
    """One that everybody may read about; for all others there is no such page."""
    found = queries.published_of(house_of(request)).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@for_everybody
def coming(request: HouseRequest) -> HttpResponse:
    """The next open house, or that there is none yet."""
    house = house_of(request)
    found = queries.coming_of(house, on=timezone.localdate(request.now))
    if found is not None:
        return redirect("openhouse:open_house", pk=found.pk)
    return render(request, "openhouse/none_yet.html")


@for_everybody
def open_house(request: HouseRequest, pk: int) -> HttpResponse:
    """One open house."""
    openhouse = one_published(request, pk)
    today = timezone.localdate(request.now)
    shown = shown_of(openhouse, on=today)
    halls, tables = _floor(openhouse, {one.pk for one in shown})
    context = {
        "openhouse": openhouse,
        "gatherings": openhouse.gatherings.all(),
        "meetings": meetings_called(openhouse, at=request.now),
        "programme": [(one, tables.get(one.invitation)) for one in coming_in(shown)],
        "halls": halls,
        "languages": [associations.language_name(code) for code in languages_in(openhouse, shown)],
        "is_over": request.now >= openhouse.ends_at,
        "days_left": (openhouse.day - today).days,
        "takes_hands": rules.may_raise_hand(openhouse, at=request.now),
        "hosts": openhouse.house.partners.order_by("-is_host", "pk"),
        "event": _for_machines(request, openhouse),
        **programme_section(openhouse, {one.pk for one in shown}, at=request.now),
    }
    return same_for_strangers(render(request, "openhouse/open_house.html", context))


def _floor(
    openhouse: OpenHouse, named: set[int]
) -> tuple[list[HallDrawn], dict[int, floors.OwnTable | None]]:
    """The floor plan when it is told, with those associations that are shown, and the table of each."""
    if floors.told_plan(openhouse) is None:
        return [], {}
    floor = floors.floor_of(openhouse)
    tables = {one: floors.own_table(floor, one) for one in named}
    return drawn(floor, public_looks(floor, named=named)), tables


def _for_machines(request: HouseRequest, openhouse: OpenHouse) -> dict[str, Any]:
    """The same as an event of schema.org."""
    status = "EventCancelled" if openhouse.called_off_on else "EventScheduled"
    return {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": openhouse.name,
        "startDate": openhouse.starts_at.isoformat(),
        "endDate": openhouse.ends_at.isoformat(),
        "eventStatus": f"https://schema.org/{status}",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "isAccessibleForFree": True,
        "inLanguage": openhouse.language_codes,
        "location": {"@type": "Place", "name": openhouse.place, "address": openhouse.place},
        "organizer": {"@type": "Organization", "name": openhouse.house.name},
        "url": request.build_absolute_uri(reverse("openhouse:open_house", args=[openhouse.pk])),
    }


@file_for_everybody
def calendar(request: HouseRequest, pk: int) -> HttpResponse:
    """One open house, for a calendar."""
    openhouse = one_published(request, pk)
    address = request.build_absolute_uri(reverse("openhouse:open_house", args=[pk]))
    slots = slots_for_calendar(request, openhouse)
    host = request.get_host().split(":")[0]
    made = written([(openhouse, address)], host=host, at=request.now, slots=slots)
    response = HttpResponse(made, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'inline; filename="open-house.ics"'
    return response


class _News(Feed):  # type: ignore[type-arg]
    """Open houses, the latest news first."""

    feed_type = Rss201rev2Feed
    request: HouseRequest

    def get_object(self, request: Any, *args: Any, **kwargs: Any) -> HouseRequest:
        return request  # type: ignore[no-any-return]

    def title(self, request: HouseRequest) -> str:
        return _("Open house in %(town)s") % {"town": house_of(request).town}

    description = title

    def link(self, request: HouseRequest) -> str:
        return reverse("openhouse:coming")

    def items(self, request: HouseRequest) -> list[OpenHouse]:
        return list(queries.published_of(house_of(request)).order_by("-changed_at", "-pk")[:20])

    def item_title(self, item: Any) -> Any:
        return f"{item.name} – {_('called off')}" if item.called_off_on else item.name

    def item_description(self, item: Any) -> Any:
        when = f"{moments.day_and_clock(item.starts_at)}–{moments.clock(item.ends_at)}"
        return " · ".join(part for part in (when, item.place, item.about) if part)

    def item_link(self, item: OpenHouse) -> str:
        return reverse("openhouse:open_house", args=[item.pk])

    def item_updateddate(self, item: OpenHouse) -> datetime:
        return item.changed_at

    def item_pubdate(self, item: OpenHouse) -> datetime:
        assert item.published_on is not None
        return datetime.combine(item.published_on, time(0), tzinfo=SWEDEN)


@file_for_everybody
def rss(request: HouseRequest) -> HttpResponse:
    """RSS 2."""
    return _News()(request)
