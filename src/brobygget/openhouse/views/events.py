"""Open houses: all of them, a new one, and the facts of one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from brobygget.circles.queries.circles import circles_led_by
from brobygget.house.commands.refused import Refused
from brobygget.house.views.acting import act_and_return
from brobygget.openhouse import rules
from brobygget.openhouse.commands import events as commands
from brobygget.openhouse.forms.events import OpenHouseForm
from brobygget.openhouse.models import OpenHouse
from brobygget.openhouse.queries import events as queries
from brobygget.people.models import Role
from brobygget.people.request import AccountRequest, role_required
from brobygget.web.once import once

USUAL_PLACES = 40


def planned(request: AccountRequest, pk: int) -> OpenHouse:
    """One whose plan the reader works on; for everybody else there is none."""
    return get_object_or_404(queries.planned_by(request.user, request.house), pk=pk)


def invites_to(request: AccountRequest, pk: int) -> OpenHouse:
    """One whose invitations the reader cares for."""
    return get_object_or_404(queries.of_house(request.house), pk=pk)


def ways(request: AccountRequest, openhouse: OpenHouse) -> list[dict[str, object]]:
    """The pages of one open house that the reader may open."""
    roles = set(request.house.roles_of_reader)
    found: list[tuple[str, str]] = []
    if Role.Kind.COORDINATOR in roles or (
        openhouse.circle is not None and openhouse.circle.leader_id == request.user.pk
    ):
        found += [
            ("openhouse:plan", _("The plan")),
            ("openhouse:facts", _("Day and place")),
            ("openhouse:programme", pgettext("open house", "Programme")),
            ("openhouse:gatherings", _("At the tables")),
            ("openhouse:door", _("The door")),
            ("openhouse:appointments", _("Meetings by appointment")),
        ]
    if roles & set(rules.INVITES):
        found += [("openhouse:invitations", _("Invitations")), ("openhouse:places", _("Places"))]
        found += [("openhouse:floor", _("Floor plan"))]
    if found:
        found += [("openhouse:papers", _("Print"))]
    made = [(reverse(name, args=[openhouse.pk]), text) for name, text in found]
    return [{"url": url, "text": text, "current": request.path == url} for url, text in made]


@role_required(*rules.WORKS_WITH)
def open_houses(request: AccountRequest) -> HttpResponse:
    """All open houses that the reader works with."""
    found = list(queries.listed_for(request.user, request.house))
    may_plan = bool(set(rules.PLANS) & set(request.house.roles_of_reader))
    rows = [(one, ways(request, one)) for one in found]
    context = {"rows": rows, "may_plan": may_plan, "today": timezone.localdate(request.now)}
    return render(request, "openhouse/open_houses.html", context)


@role_required(*rules.PLANS)
def new(request: AccountRequest) -> HttpResponse:
    """Plan a new one: the date first, the rest follows backwards."""
    circles = list(circles_led_by(request.user, request.house).filter(ended_on=None))
    if request.method == "POST":
        return _plan(request)
    initial = {
        "starts": "11:00",
        "ends": "16:00",
        "places": USUAL_PLACES,
        "language": request.house.language_codes[0],
        "circle": str(circles[0].pk) if circles else "",
    }
    form = OpenHouseForm(house=request.house, circles=circles, initial=initial)
    return render(request, "openhouse/new.html", {"form": form})


@once
def _plan(request: AccountRequest) -> HttpResponse:
    circles = list(circles_led_by(request.user, request.house).filter(ended_on=None))
    form = OpenHouseForm(request.POST, house=request.house, circles=circles)
    if form.is_valid() and not _needs_circle(request, form):
        try:
            made = commands.plan_open_house(
                house=request.house,
                circle=form.chosen_circle(),
                facts=form.facts(),
                on=timezone.localdate(request.now),
                at=request.now,
            )
        except Refused as no:
            form.add_error("day", no.sentence)
        else:
            messages.success(request, _("The plan is made, backwards from the day. Move what does not fit."))
            return redirect("openhouse:plan", pk=made.pk)
    return render(request, "openhouse/new.html", {"form": form}, status=422)


def _needs_circle(request: AccountRequest, form: OpenHouseForm) -> bool:
    """A leader plans what the own circle shapes; without one the plan would be nobody's."""
    if Role.Kind.COORDINATOR in request.house.roles_of_reader or form.chosen_circle() is not None:
        return False
    form.add_error("circle", _("Choose your circle, so that you can work on the plan."))
    return True


@role_required(*rules.PLANS)
def facts(request: AccountRequest, pk: int) -> HttpResponse:
    """Day, hours, place and words."""
    openhouse = planned(request, pk)
    if request.method == "POST":
        return _change(request, openhouse)
    form = OpenHouseForm(house=request.house, circles=[], initial=OpenHouseForm.initial_of(openhouse))
    return _facts_page(request, openhouse, form)


def _facts_page(
    request: AccountRequest, openhouse: OpenHouse, form: OpenHouseForm, status: int = 200
) -> HttpResponse:
    context = {"openhouse": openhouse, "form": form, "ways": ways(request, openhouse)}
    return render(request, "openhouse/facts.html", context, status=status)


@once
def _change(request: AccountRequest, openhouse: OpenHouse) -> HttpResponse:
    form = OpenHouseForm(request.POST, house=request.house, circles=[])
    if not form.is_valid():
        return _facts_page(request, openhouse, form, status=422)
    try:
        commands.change_open_house(
            openhouse, facts=form.facts(), on=timezone.localdate(request.now), at=request.now
        )
    except Refused as no:
        form.add_error("day", no.sentence)
        return _facts_page(request, openhouse, form, status=422)
    messages.success(request, _("Saved."))
    return redirect("openhouse:plan", pk=openhouse.pk)


@require_POST
@role_required(*rules.PLANS)
@once
def publishing(request: AccountRequest, pk: int) -> HttpResponse:
    """Let everybody read about it, or not any more."""
    openhouse = planned(request, pk)
    is_public = request.POST.get("answer") == "yes"
    said = _("Everybody can read about it now.") if is_public else _("The public page is closed.")
    return act_and_return(
        request,
        lambda: commands.publish(
            openhouse, is_public=is_public, on=timezone.localdate(request.now), at=request.now
        ),
        reverse("openhouse:facts", args=[pk]),
        said=said,
    )


@require_POST
@role_required(*rules.PLANS)
@once
def calling_off(request: AccountRequest, pk: int) -> HttpResponse:
    """It does not happen."""
    openhouse = planned(request, pk)
    return act_and_return(
        request,
        lambda: commands.call_off(openhouse, on=timezone.localdate(request.now), at=request.now),
        reverse("openhouse:facts", args=[pk]),
        said=_("It is called off. The page says so, and those who wanted to come are told."),
    )
