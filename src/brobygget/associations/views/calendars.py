"""Calendars to subscribe to: an association's, an interest's, a language's, the whole town's."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from brobygget.associations.models import Association
from brobygget.associations.models.associations import speaks
from brobygget.associations.queries.directory import directory_of
from brobygget.associations.queries.shown import shown_associations, with_interest
from brobygget.associations.sharing import calendars
from brobygget.associations.views import wording
from brobygget.associations.views.association import one_shown
from brobygget.associations.views.find import house_of, today
from brobygget.associations.views.public import file_for_everybody
from brobygget.people.request import HouseRequest
from brobygget.web.languages import BY_CODE, current


def _calendar(
    request: HouseRequest, associations: list[Association] | QuerySet[Association], name: str
) -> HttpResponse:
    found = list(associations)
    written = calendars.written(
        found,
        name=name,
        host=request.get_host().split(":")[0],
        at=request.now,
        address_of={
            one.pk: request.build_absolute_uri(reverse("find:association", args=[one.pk])) for one in found
        },
    )
    response = HttpResponse(written, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'inline; filename="associations.ics"'
    return response


@file_for_everybody
def association(request: HouseRequest, pk: int) -> HttpResponse:
    """One association's times."""
    one = one_shown(request, pk)
    return _calendar(request, [one], one.name)


@file_for_everybody
def town(request: HouseRequest) -> HttpResponse:
    """Every association's times."""
    house = house_of(request)
    name = _("Associations in %(town)s") % {"town": house.town}
    return _calendar(request, shown_associations(house, on=today(request)), name)


@file_for_everybody
def interest(request: HouseRequest, interest: str) -> HttpResponse:
    """The times of those that are about an interest."""
    house = house_of(request)
    interests = directory_of(house).interests
    if interest not in interests.by_id:
        raise Http404
    # Somebody's calendar goes on where the interest that it was of has given its place to another.
    now = interests.standing(interest) or interests.by_id[interest]
    found = with_interest(shown_associations(house, on=today(request)), interest, interests)
    return _calendar(request, found, now.label(current().code).text)


@file_for_everybody
def language(request: HouseRequest, code: str) -> HttpResponse:
    """The times of those where somebody speaks a language."""
    if code not in BY_CODE:
        raise Http404
    found = shown_associations(house_of(request), on=today(request)).filter(speaks(code))
    return _calendar(request, found, wording.language_name(code))
