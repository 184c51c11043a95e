"""The register for the house's staff: who is there, who cannot be reached, what is old."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from brobygget.associations import rules
from brobygget.associations.commands import editing
from brobygget.associations.commands import links as doors
from brobygget.associations.commands.answers import answers_of
from brobygget.associations.commands.said import said_by_association
from brobygget.associations.forms.own import seen_in, sitting_in
from brobygget.associations.forms.register import NewAssociationForm, StaffForm
from brobygget.associations.models import Association, AssociationLink, Origin
from brobygget.associations.queries import own as own_queries
from brobygget.associations.queries import register as queries
from brobygget.associations.queries.directory import directory_of
from brobygget.house.commands.refused import Refused
from brobygget.people.request import AccountRequest, role_required
from brobygget.web.once import once

Purpose = AssociationLink.Purpose


@role_required(*rules.KEEPS)
def register(request: AccountRequest) -> HttpResponse:
    """The associations of the house, with what is missing."""
    today = timezone.localdate(request.now)
    text, which = request.GET.get("q", "")[:80], request.GET.get("which", "")
    found = queries.register_of(request.house, text=text.replace("\x00", ""), which=which, on=today)
    page = Paginator(found, queries.A_PAGE).get_page(request.GET.get("page"))
    rows = [(one, rules.is_stale(one, on=today), rules.said_on(one)) for one in page.object_list]
    context = {
        "page": page,
        "rows": rows,
        "text": text,
        "which": which,
        "sums": queries.sums_of(request.house, on=today),
        "choices": _choices(),
    }
    return render(request, "associations/register.html", context)


def _choices() -> list[tuple[str, str]]:
    return [
        ("", _("All")),
        ("no-contact", _("No way to reach them")),
        ("email", _("Reached by e-mail")),
        ("letter", _("Reached by letter")),
        ("unconfirmed", _("Not yet confirmed")),
        ("stale", _("Old")),
        ("resting", _("Not active")),
        ("hidden", _("Hidden")),
    ]


def _find(request: AccountRequest, pk: int) -> Association:
    return get_object_or_404(Association.objects.filter(house=request.house), pk=pk)


@role_required(*rules.KEEPS)
def association_new(request: AccountRequest) -> HttpResponse:
    """An association that no register tells of."""
    if request.method == "POST":
        return _add(request)
    return render(request, "associations/association_new.html", {"form": NewAssociationForm()})


@once
def _add(request: AccountRequest) -> HttpResponse:
    form = NewAssociationForm(request.POST)
    if form.is_valid():
        try:
            made = editing.add_association(
                house=request.house,
                name=form.cleaned_data["name"],
                on=timezone.localdate(request.now),
                at=request.now,
            )
            return redirect("associations:association", pk=made.pk)
        except Refused as no:
            form.add_error("name", no.sentence)
    return render(request, "associations/association_new.html", {"form": form}, status=422)


@role_required(*rules.KEEPS)
def association(request: AccountRequest, pk: int) -> HttpResponse:
    """Everything about one association, also what is private."""
    found = _find(request, pk)
    if request.method == "POST":
        return _save(request, found)
    return _page(request, found)


def _form(found: Association, data: object = None) -> tuple[Association, StaffForm]:
    whole = own_queries.whole(found.pk)
    answers = answers_of(whole, said_by_association(whole))
    return whole, StaffForm(data, answers=answers, interests=directory_of(whole.house).interests)


def _page(request: AccountRequest, found: Association, bound: StaffForm | None = None) -> HttpResponse:
    whole, fresh = _form(found)
    today = timezone.localdate(request.now)
    open_links = list(whole.links.filter(revoked_at=None, expires_on__gte=today))
    context = {
        "association": whole,
        "form": bound or fresh,
        "sitting": str(uuid.uuid4()),
        "is_stale": rules.is_stale(whole, on=today),
        "is_shown": rules.may_be_shown(whole, on=today),
        "said_on": rules.said_on(whole),
        "sendings": whole.sendings.all(),
        "links": open_links,
        "used": any(link.first_used_on for link in open_links),
        "code": next((doors.secret_of(one) for one in open_links if one.purpose == Purpose.CODE), ""),
        "changes": [(one, _question(fresh, one.field)) for one in whole.changes.order_by("-at", "-pk")[:12]],
        "own_address": request.build_absolute_uri(reverse("associations:own_code")),
    }
    return render(request, "associations/association.html", context, status=422 if bound else 200)


def _question(form: StaffForm, name: str) -> str:
    """A field as the form calls it."""
    return str(form[name].label) if name in form.fields else name


@once
def _save(request: AccountRequest, found: Association) -> HttpResponse:
    _whole, form = _form(found, request.POST)
    if not form.is_valid():
        return _page(request, found, form)
    editing.save_answers(
        found,
        answers=form.given(),
        seen=seen_in(request.POST),
        origin=Origin.STAFF,
        sitting=sitting_in(request.POST),
        at=request.now,
    )
    messages.success(request, _("Saved."))
    return redirect("associations:association", pk=found.pk)


@require_POST
@role_required(*rules.KEEPS)
@once
def hiding(request: AccountRequest, pk: int) -> HttpResponse:
    """Take it away from what visitors see, or show it again."""
    found = _find(request, pk)
    editing.show_or_hide(
        found, is_hidden=found.hidden_on is None, on=timezone.localdate(request.now), at=request.now
    )
    messages.success(request, _("Saved."))
    return redirect("associations:association", pk=pk)


@require_POST
@role_required(*rules.KEEPS)
@once
def links(request: AccountRequest, pk: int) -> HttpResponse:
    """A new link and a new code, or none at all."""
    found = _find(request, pk)
    today = timezone.localdate(request.now)
    if request.POST.get("what") == "close":
        doors.close_doors(found, at=request.now)
        messages.success(request, _("The link and the code are closed."))
    else:
        doors.renew_doors(found, on=today, at=request.now)
        messages.success(request, _("There is a new link and a new code. The old ones do not work any more."))
    return redirect("associations:association", pk=pk)
