"""The register as open data, and all of it for the house itself."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from brobygget.associations import rules
from brobygget.associations.commands.directory import choose_licence
from brobygget.associations.commands.restoring import restore_register
from brobygget.associations.forms.open_data import FullExport, FullExportForm, LicenceForm
from brobygget.associations.models import Directory
from brobygget.associations.queries.directory import data_contact_of, directory_of, licence_of, offer_of
from brobygget.associations.queries.interests import Label
from brobygget.associations.queries.records import (
    COLUMNS,
    FORMAT,
    LISTS,
    PUBLIC,
    full_records,
    own_interests,
    public_records,
    whole_register,
)
from brobygget.associations.sharing import catalogue, tables
from brobygget.associations.views import wording
from brobygget.associations.views.find import house_of, today
from brobygget.associations.views.public import file_for_everybody, for_everybody
from brobygget.house.commands.refused import Refused
from brobygget.people.request import AccountRequest, HouseRequest, role_required
from brobygget.web.languages import LANGUAGES, current
from brobygget.web.once import once

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FULL = (*(column.name for column in COLUMNS), *LISTS)


@dataclass(frozen=True)
class InterestLinked:
    """An interest that has a calendar with something in it."""

    id: str
    label: Label


@for_everybody
def open_data(request: HouseRequest) -> HttpResponse:
    """What there is for other programs, and on what terms."""
    house = house_of(request)
    now = directory_of(house)
    offer = offer_of(house, now, on=today(request))
    code = current().code
    context = _about(request) | {
        "interests": [
            InterestLinked(one.id, one.label(code))
            for one in now.interests.offered()
            if one.id in offer.counts
        ],
        "languages": [
            (each.code, wording.language_name(each.code)) for each in LANGUAGES if each.code != "sv-easy"
        ],
    }
    return render(request, "associations/open_data.html", context)


def _about(request: HouseRequest) -> dict[str, Any]:
    licence = licence_of(house_of(request))
    embed = request.build_absolute_uri(reverse("find:embed"))
    return {
        "licence": Directory.Licence(licence).label,
        "licence_address": catalogue.LICENCES[licence],
        "embed": f'<iframe src="{embed}" title="{_("Associations")}" loading="lazy" referrerpolicy="no-referrer"></iframe>',
    }


@file_for_everybody
def public_csv(request: HouseRequest) -> HttpResponse:
    """A table; with `?bom=1` for Excel."""
    records = public_records(house_of(request), on=today(request))
    data = tables.csv_file(records, PUBLIC, bom=request.GET.get("bom") == "1")
    return _file(data, "text/csv; charset=utf-8", "associations.csv")


@file_for_everybody
def public_xlsx(request: HouseRequest) -> HttpResponse:
    """A workbook."""
    records = public_records(house_of(request), on=today(request))
    return _file(tables.xlsx_file(records, PUBLIC), XLSX, "associations.xlsx")


@file_for_everybody
def public_json(request: HouseRequest) -> HttpResponse:
    """The same for programs."""
    house = house_of(request)
    document = {
        "format": FORMAT,
        "variant": "public",
        "town": house.town,
        "licence": catalogue.LICENCES[licence_of(house)],
        "associations": public_records(house, on=today(request)),
    }
    return JsonResponse(document, json_dumps_params={"ensure_ascii": False})


@file_for_everybody
def catalogue_record(request: HouseRequest) -> HttpResponse:
    """For a data portal to harvest."""
    house = house_of(request)

    def at(name: str) -> str:
        return request.build_absolute_uri(reverse(name))

    host = house.partners.filter(is_host=True).first()
    register = catalogue.OpenRegister(
        address=at("find:open_data"),
        publisher=host.name if host else house.name,
        town=house.town,
        licence=licence_of(house),
        modified=today(request),
        email=data_contact_of(house),
        description_of_api=at("find:openapi"),
        files=(
            catalogue.OpenFile(at("find:public_csv"), "Tabell (CSV)", "text/csv"),
            catalogue.OpenFile(at("find:public_xlsx"), "Kalkylblad (XLSX)", XLSX),
            catalogue.OpenFile(at("find:public_json"), "JSON", "application/json"),
            catalogue.OpenFile(at("find:api"), "Open Referral HSDS 3", "application/json", is_service=True),
            catalogue.OpenFile(at("find:town_calendar"), "Kalender", "text/calendar"),
        ),
    )
    return HttpResponse(catalogue.written(register), content_type="application/rdf+xml; charset=utf-8")


# -- all of it, for those who keep the register --------------------------------------------------------------------
@require_safe
@role_required(*rules.KEEPS)
def register_files(request: AccountRequest) -> HttpResponse:
    """Take everything out, put everything back, choose the licence."""
    return _register_page(request, FullExportForm())


def _register_page(
    request: AccountRequest,
    form: FullExportForm,
    *,
    licence_form: LicenceForm | None = None,
    status: int = 200,
) -> HttpResponse:
    chosen = {"licence": licence_of(request.house), "contact_email": data_contact_of(request.house)}
    context = {
        **_about(request),
        "form": form,
        "licence_form": licence_form or LicenceForm(initial=chosen),
        "total": whole_register(request.house).count(),
    }
    return render(request, "associations/register_files.html", context, status=status)


@require_safe
@role_required(*rules.KEEPS)
def full_file(request: AccountRequest, kind: str) -> HttpResponse:
    """Everything, with contacts and homes: made now, for this session, and kept nowhere."""
    if kind not in ("json", "csv", "xlsx"):
        raise Http404
    records = full_records(whole_register(request.house))
    if kind == "csv":
        response = _file(tables.csv_file(records, FULL, bom=True), "text/csv; charset=utf-8", "register.csv")
    elif kind == "xlsx":
        response = _file(tables.xlsx_file(records, FULL), XLSX, "register.xlsx")
    else:
        document = {
            "format": FORMAT,
            "variant": "full",
            "associations": records,
            "interests": own_interests(request.house),
        }
        text = json.dumps(document, ensure_ascii=False)
        response = _file(text.encode("utf-8", "surrogatepass"), "application/json", "register.json")
    response.headers["Cache-Control"] = "no-store, private"
    return response


@require_POST
@role_required(*rules.KEEPS)
@once
def restoring(request: AccountRequest) -> HttpResponse:
    """A full export becomes the register again."""
    form = FullExportForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            export: FullExport = form.cleaned_data["file"]
            number = restore_register(request.house, export.associations, interests=export.interests)
        except Refused as no:
            form.add_error("file", no.sentence)
        else:
            messages.success(request, _("%(number)s associations are back.") % {"number": number})
            return redirect("find:register_files")
    return _register_page(request, form, status=422)


@require_POST
@role_required(*rules.KEEPS)
@once
def licence(request: AccountRequest) -> HttpResponse:
    """On what terms others may use the open data."""
    form = LicenceForm(request.POST)
    if not form.is_valid():
        return _register_page(request, FullExportForm(), licence_form=form, status=422)
    choose_licence(request.house, **form.cleaned_data)
    messages.success(request, _("Saved."))
    return redirect("find:register_files")


def _file(data: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
