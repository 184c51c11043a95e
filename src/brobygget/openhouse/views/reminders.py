"""The reminder a week before: by mail to those who have an address, on paper and by telephone to the others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from brobygget.house.views.acting import act_and_return
from brobygget.openhouse import rules
from brobygget.openhouse.commands import reminding
from brobygget.openhouse.forms.reminders import BriefingForm
from brobygget.openhouse.models import OpenHouse
from brobygget.openhouse.queries import reminders as queries
from brobygget.openhouse.queries.reminders import Reminded
from brobygget.openhouse.views.events import invites_to, ways
from brobygget.openhouse.views.invitations import numbers_of
from brobygget.people.request import AccountRequest, role_required
from brobygget.web import moments
from brobygget.web.once import once


@dataclass(frozen=True)
class RemindedShown:
    """One line of the list: how it stands in words, and how to reach them."""

    one: Reminded
    text: str
    tone: str  # done, wait, stop or nothing
    icon: str
    numbers: list[tuple[str, str]]


def _shown(one: Reminded) -> RemindedShown:
    last = one.last
    day = moments.day(last.sent_at) if last is not None and last.sent_at is not None else ""
    was = last.told_table if last is not None else None
    words = {
        queries.NO_TABLE: (_("Has no table yet"), "stop", "triangle-alert"),
        queries.UNTOLD: (_("Not told yet"), "", "circle-dashed"),
        queries.ON_ITS_WAY: (_("The mail is on its way"), "wait", "mail"),
        queries.TOLD: (_("Told on %(day)s") % {"day": day}, "done", "circle-check"),
        queries.CHANGED: (
            _("Told on %(day)s, table %(number)s. It is not so any more: tell them again.")
            % {"day": day, "number": was},
            "stop",
            "history",
        ),
    }
    return RemindedShown(one, *words[one.state], [] if one.by_mail else numbers_of(one.invitation))


@role_required(*rules.INVITES)
def reminders(request: AccountRequest, pk: int) -> HttpResponse:
    """Who knows when to come and where to stand, and who does not yet."""
    openhouse = invites_to(request, pk)
    form = BriefingForm(initial=BriefingForm.initial_of(queries.briefing_of(openhouse)))
    return _page(request, openhouse, form)


def _page(
    request: AccountRequest, openhouse: OpenHouse, form: BriefingForm, status: int = 200
) -> HttpResponse:
    coming = queries.reminded_of(openhouse)
    to_tell = [one for one in coming if one.is_to_be_told]
    context: dict[str, Any] = {
        "openhouse": openhouse,
        "ways": ways(request, openhouse),
        "form": form,
        "rows": [_shown(one) for one in coming],
        "to_mail": sum(one.by_mail for one in to_tell),
        "to_print": sum(not one.by_mail for one in to_tell),
        "without_mail": sum(not one.by_mail for one in coming),
        "told": sum(one.state == queries.TOLD for one in coming),
        "without_table": sum(one.table is None for one in coming),
        "arrives": queries.arrives_at(openhouse),
        "may_tell": queries.may_be_told(openhouse, at=request.now),
        "due": openhouse.tasks.filter(kind="reminder").values_list("due_on", flat=True).first(),
    }
    return render(request, "openhouse/reminders.html", context, status=status)


def _back(pk: int) -> str:
    return reverse("openhouse:reminders", args=[pk])


@require_POST
@role_required(*rules.INVITES)
@once
def briefing(request: AccountRequest, pk: int) -> HttpResponse:
    """Whom to ask, and what else they should know."""
    openhouse, form = invites_to(request, pk), BriefingForm(request.POST)
    if not form.is_valid():
        return _page(request, openhouse, form, status=422)
    reminding.write_briefing(openhouse, **form.cleaned_data)
    messages.success(request, _("Saved. It stands on every confirmation from now on."))
    return redirect(_back(pk))


@require_POST
@role_required(*rules.INVITES)
@once
def reminder_mails(request: AccountRequest, pk: int) -> HttpResponse:
    """A mail to each that does not know yet; they go in the background."""
    openhouse = invites_to(request, pk)
    return act_and_return(
        request,
        lambda: reminding.send_reminders(openhouse, by=request.user, at=request.now),
        _back(pk),
        said=_("The reminders are on their way. You can close the page."),
    )


@require_POST
@role_required(*rules.INVITES)
@once
def reminder_sheets(request: AccountRequest, pk: int) -> HttpResponse:
    """Those that no mail reaches get theirs on paper."""
    openhouse = invites_to(request, pk)
    made: list[int] = []
    answer = act_and_return(
        request,
        lambda: made.append(reminding.make_sheets(openhouse, by=request.user, at=request.now)),
        _back(pk),
    )
    for number in made:
        said = ngettext(
            "%(number)d sheet is ready to print and to post.",
            "%(number)d sheets are ready to print and to post.",
            number,
        )
        messages.success(request, said % {"number": number})
    return answer


@require_POST
@role_required(*rules.INVITES)
@once
def reminder_told(request: AccountRequest, pk: int, invitation: int) -> HttpResponse:
    """Somebody has told them by telephone."""
    found = invites_to(request, pk).invitations.select_related("openhouse").filter(pk=invitation).first()
    if found is None:
        raise Http404
    return act_and_return(
        request,
        lambda: reminding.note_reminded(found, by=request.user, at=request.now),
        f"{_back(pk)}#association-{found.pk}",
    )
