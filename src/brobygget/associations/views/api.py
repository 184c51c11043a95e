"""The directory for a municipality's own systems (Open Referral HSDS 3): read only, open, without a key."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse, JsonResponse
from django.urls import reverse

from brobygget.associations.models import Association
from brobygget.associations.queries.directory import directory_of
from brobygget.associations.queries.interests import Interests
from brobygget.associations.queries.shown import shown_associations, with_interest
from brobygget.associations.sharing import directory_api, openapi
from brobygget.associations.views.find import house_of, today
from brobygget.associations.views.public import file_for_everybody
from brobygget.people.request import HouseRequest
from brobygget.web.numbers import number_in

A_PAGE, MOST = 50, 200


def _json(document: dict[str, Any], status: int = 200) -> JsonResponse:
    return JsonResponse(document, status=status, json_dumps_params={"ensure_ascii": False})


def _not_there() -> JsonResponse:
    return _json({"error": "There is no such thing here."}, status=404)


def _shown(request: HouseRequest) -> QuerySet[Association]:
    return shown_associations(house_of(request), on=today(request))


def _address(request: HouseRequest, one: Association) -> str:
    return request.build_absolute_uri(reverse("find:association", args=[one.pk]))


def _number(request: HouseRequest, name: str, usual: int, most: int) -> int:
    """A number in an address; what is none counts as not given."""
    return min(number_in(request.GET.get(name, ""), digits=6) or usual, most)


@file_for_everybody
def api(request: HouseRequest) -> HttpResponse:
    """What there is."""
    return _json(
        {
            "version": "3.0",
            "profile": "https://docs.openreferral.org/en/3.0/",
            "openapi_url": request.build_absolute_uri(reverse("find:openapi")),
        }
    )


@file_for_everybody
def openapi_document(request: HouseRequest) -> HttpResponse:
    """The addresses and what they answer (OpenAPI 3.1)."""
    return _json(openapi.document(server=request.build_absolute_uri("/").rstrip("/")))


@file_for_everybody
def organizations(request: HouseRequest) -> HttpResponse:
    """Associations by name, page by page."""
    interests = directory_of(house_of(request)).interests
    return _paged(
        request,
        _shown(request),
        lambda one: directory_api.organization(
            one, interests.standing_of(one), address=_address(request, one)
        ),
    )


@file_for_everybody
def organization(request: HouseRequest, identifier: str) -> HttpResponse:
    """One association."""
    one = _find(request, "organization", identifier)
    if one is None:
        return _not_there()
    about = directory_of(house_of(request)).interests.standing_of(one)
    return _json(directory_api.organization(one, about, address=_address(request, one)))


@file_for_everybody
def services(request: HouseRequest) -> HttpResponse:
    """What one can join, page by page; `?taxonomy_term=sewing` for one interest."""
    interests = directory_of(house_of(request)).interests
    found = _shown(request)
    wanted = request.GET.get("taxonomy_term", "").replace("\x00", "")
    if wanted:
        found = with_interest(found, wanted, interests)

    def told(one: Association) -> dict[str, Any]:
        return _service(request, one, interests)

    return _paged(request, found, told)


@file_for_everybody
def service(request: HouseRequest, identifier: str) -> HttpResponse:
    """One thing to join."""
    one = _find(request, "service", identifier)
    if one is None:
        return _not_there()
    return _json(_service(request, one, directory_of(house_of(request)).interests))


@file_for_everybody
def taxonomy_terms(request: HouseRequest) -> HttpResponse:
    """The interests, page by page."""
    offered = directory_of(house_of(request)).interests.offered()
    size, number = _number(request, "per_page", A_PAGE, MOST), _number(request, "page", 1, 10**6)
    part = offered[(number - 1) * size : number * size]
    contents = [directory_api.term(one) for one in part]
    return _json(directory_api.page(contents, total=len(offered), number=number, size=size))


def _service(request: HouseRequest, one: Association, interests: Interests) -> dict[str, Any]:
    address = _address(request, one)
    told = directory_api.service(one, interests.standing_of(one), address=address)
    return told | {"organization": directory_api.organization_short(one, address=address)}


def _find(request: HouseRequest, kind: str, identifier: str) -> Association | None:
    number = directory_api.number_in(identifier, kind)
    return None if number is None else _shown(request).filter(pk=number).first()


def _paged(request: HouseRequest, found: QuerySet[Association], told: Any) -> HttpResponse:
    size, number = _number(request, "per_page", A_PAGE, MOST), _number(request, "page", 1, 10**6)
    total = found.count()
    contents = [told(one) for one in found[(number - 1) * size : number * size]]
    return _json(directory_api.page(contents, total=total, number=number, size=size))
