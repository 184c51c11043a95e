"""The desk: two taps, a week, and a file for the researcher."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from brobygget.house import rules
from brobygget.house.commands import reception as commands
from brobygget.house.commands.refused import Refused
from brobygget.house.forms.reception import PressForm
from brobygget.house.queries import reception as queries
from brobygget.people.request import AccountRequest, role_required
from brobygget.web.messages import message_page
from brobygget.web.offline import keep_on_phone
from brobygget.web.once import once


@dataclass(frozen=True)
class Kind:
    """One half of the page: a button, its number and its words."""

    name: str
    icon: str
    number: int
    one: str
    many: str
    less: str


@role_required(*rules.RECEIVES)
def reception(request: AccountRequest) -> HttpResponse:
    """Head count: one button for a grown-up, one for a child."""
    today = timezone.localdate(request.now)
    count = queries.day_count(request.house, today)
    kinds = [
        Kind("adult", "user-plus", count.adults, _("Grown-up"), _("grown-ups today"), _("One grown-up less")),
        Kind("child", "baby", count.children, _("Child"), _("children today"), _("One child less")),
    ]
    # Two numbers and nobody's name: the phone may open this page again while the network is away.
    return keep_on_phone(render(request, "house/reception.html", {"kinds": kinds, "today": today}))


@require_POST
@role_required(*rules.RECEIVES)
@once
def press(request: AccountRequest) -> HttpResponse:
    """One press. It carries its day, so that a phone may keep it while there is no network."""
    form = PressForm(request.POST)
    try:
        if not form.is_valid():
            raise Refused(_("We did not understand that press. Open the page again."))
        day = form.cleaned_data["day"]
        commands.refuse_other_days(day, today=timezone.localdate(request.now))
    except Refused as no:
        return message_page(request, heading=_("Not counted"), text=no.sentence, status=no.status)
    commands.count_visits(house=request.house, day=day, adults=form.adults, children=form.children)
    return redirect("house:reception")


@role_required(*rules.RECEIVES)
def week(request: AccountRequest) -> HttpResponse:
    """One week: each day, the sum and the mean."""
    today = timezone.localdate(request.now)
    try:
        day = date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        day = today
    context = {"week": queries.week_of(request.house, day), "today": today}
    return render(request, "house/week.html", context)


@role_required(*rules.RECEIVES, "researcher")
def counts_file(request: AccountRequest) -> HttpResponse:
    """Every counted day as CSV, with what a visit is."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="visits.csv"'
    writer = csv.writer(response)
    writer.writerow(["day", "adults", "children"])
    for row in queries.all_counts(request.house):
        writer.writerow([row.day.isoformat(), row.adults, row.children])
    return response
