"""Companions: what a participant says on their own phone, and what the leader decides."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from brobygget.circles import tiles
from brobygget.circles.commands import Refused
from brobygget.circles.commands import companions as commands
from brobygget.circles.forms.companions import CompanionForm
from brobygget.circles.models import Companionship, CompanionWish, Membership
from brobygget.circles.queries import companions as queries
from brobygget.circles.queries.circles import memberships_of
from brobygget.circles.queries.sitting import Sitter
from brobygget.circles.views.doors import leads_circle
from brobygget.house.views.acting import act_and_return
from brobygget.people.request import HouseRequest, ParticipantRequest, participant_required
from brobygget.web.numbers import number_in
from brobygget.web.once import once


def _own_seat(request: ParticipantRequest) -> Membership:
    seat = memberships_of(request.participant).filter(circle__ended_on=None).first()
    if seat is None:
        raise Http404
    return seat


@participant_required
def own_companion(request: ParticipantRequest) -> HttpResponse:
    """I want a companion: what I like and when I can; the question that waits; my companion."""
    if request.method == "POST":
        return own_companion_save(request)
    seat = _own_seat(request)
    wish = CompanionWish.objects.filter(membership=seat).first()
    initial = (
        {"interests": wish.interests.split(","), "times": wish.times.split(",")}
        if wish
        else {"interests": [], "times": []}
    )
    return _own_page(request, seat, CompanionForm(initial=initial))


@once
def own_companion_save(request: ParticipantRequest) -> HttpResponse:
    """Keep it; or no companion, thank you."""
    seat = _own_seat(request)
    on = timezone.localdate(request.now)
    if request.POST.get("what") == "none":
        commands.want_none(seat, on=on)
        messages.success(request, _("What you said is gone."))
        return redirect("circles:own_companion")
    form = CompanionForm(request.POST)
    if form.is_valid():
        try:
            commands.want_companion(seat, on=on, **form.cleaned_data)
        except Refused as no:
            form.add_error(None, no.sentence)
        else:
            messages.success(request, _("Saved. The leader looks for somebody who fits."))
            return redirect("circles:own_companion")
    return _own_page(request, seat, form, status=422)


def _own_page(
    request: ParticipantRequest, seat: Membership, form: CompanionForm, status: int = 200
) -> HttpResponse:
    shared = queries.of_participant(request.participant)
    mine = (
        next((each for each in shared.companionship.companions.all() if each.membership_id == seat.pk), None)
        if shared
        else None
    )
    is_joined = shared is not None and shared.state == "joined"
    chosen_interests, chosen_times = (set(form[name].value() or []) for name in ("interests", "times"))
    context = {
        "circle": seat.circle,
        "form": form,
        "wish": CompanionWish.objects.filter(membership=seat).first(),
        "interests": [(tile, tile.code in chosen_interests) for tile in tiles.INTERESTS],
        "times": [(tile, tile.code in chosen_times) for tile in tiles.TIMES],
        "shared": shared if shared is not None and mine is not None else None,
        "has_said_yes": mine is not None and mine.said_yes_on is not None,
        # Nobody is named before everybody has said yes.
        "others": [who for who in shared.members if who.pk != seat.pk] if shared and is_joined else [],
    }
    return render(request, "circles/own_companion.html", context, status=status)


@require_POST
@participant_required
@once
def companion_answer(request: ParticipantRequest, pk: int) -> HttpResponse:
    """Yes or no, and later: it ends. No reason is asked for."""
    found = get_object_or_404(queries.companionships_of(request.participant), pk=pk)
    seat = get_object_or_404(
        Membership.objects.filter(participant=request.participant, circle_id=found.circle_id)
    )
    on = timezone.localdate(request.now)
    what = request.POST.get("what", "")
    if what == "end":
        return act_and_return(request, lambda: commands.end(found, on=on), reverse("circles:own_companion"))
    if what not in {"yes", "no"}:
        raise Http404
    return act_and_return(
        request,
        lambda: commands.answer(found, seat, is_yes=what == "yes", on=on),
        reverse("circles:own_companion"),
    )


# -- the leader ----------------------------------------------------------------------------------------------------
@require_safe
@leads_circle
def companions(request: HouseRequest, sitter: Sitter) -> HttpResponse:
    """Who wants a companion, what is proposed and why, and what waits for an answer."""
    going = queries.going_in(sitter.circle)
    wanting = queries.wanting_in(sitter.circle)
    context = {
        "circle": sitter.circle,
        "wanting": wanting,
        "free": [row for row in wanting if row.is_free],
        "proposed": [each for each in going if each.state == "proposed"],
        "asked": [each for each in going if each.state == "asked"],
        "joined": [each for each in going if each.state == "joined"],
    }
    return render(request, "circles/companions.html", context)


@require_POST
@leads_circle
@once
def companions_propose(request: HouseRequest, sitter: Sitter) -> HttpResponse:
    """Let the program propose; nobody is asked by that."""
    back = reverse("circles:companions", args=[sitter.circle.pk])

    def act() -> None:
        found = commands.propose(
            sitter.circle,
            size=number_in(request.POST.get("size", "2")),
            on=timezone.localdate(request.now),
        )
        if found:
            messages.success(
                request,
                ngettext("%(count)d proposal. You decide.", "%(count)d proposals. You decide.", found)
                % {"count": found},
            )
        else:
            messages.info(
                request, _("Nobody fits just now: companions need a language and a time that they share.")
            )

    return act_and_return(request, act, back)


@require_POST
@leads_circle
@once
def companions_pair(request: HouseRequest, sitter: Sitter) -> HttpResponse:
    """The leader's own proposal, or another person in one of the program's."""
    wished = {number_in(text) for text in request.POST.getlist("who")}
    members = list(sitter.circle.memberships.filter(pk__in=wished).select_related("participant"))
    on = timezone.localdate(request.now)
    instead = sitter.circle.companionships.filter(
        pk=number_in(request.POST.get("instead", "")), asked_on=None
    ).first()

    def act() -> None:
        commands.pair(sitter.circle, members, on=on)
        if instead is not None:
            commands.drop_proposal(instead)

    return act_and_return(request, act, reverse("circles:companions", args=[sitter.circle.pk]))


@require_POST
@leads_circle
@once
def companions_decide(request: HouseRequest, sitter: Sitter, companionship: int) -> HttpResponse:
    """Ask them, or put it aside."""
    found = get_object_or_404(Companionship.objects.filter(circle=sitter.circle), pk=companionship)
    on = timezone.localdate(request.now)
    back = reverse("circles:companions", args=[sitter.circle.pk])
    if request.POST.get("what") == "ask":
        return act_and_return(request, lambda: commands.ask(found, on=on), back)
    return act_and_return(request, lambda: commands.put_aside(found, on=on), back)
