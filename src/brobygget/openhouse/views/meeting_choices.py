"""A visitor chooses, without an account: pictures, their order, when, how many. Nothing is kept before the last press."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from brobygget.associations.queries.interests import InterestHere
from brobygget.house.commands.refused import Refused
from brobygget.openhouse import rules
from brobygget.openhouse.commands import wishes as commands
from brobygget.openhouse.forms.appointments import WishForm
from brobygget.openhouse.models import OpenHouse, VisitWish
from brobygget.openhouse.plans.fitting import MOST_INTERESTS
from brobygget.openhouse.queries import wishes as queries
from brobygget.openhouse.queries.appointments import Offer, offer_of, slots_of
from brobygget.openhouse.views.meeting_doors import VisitorRequest, for_visitors, let_in
from brobygget.openhouse.views.meeting_pictures import (
    activity_tiles,
    chosen_of,
    group_tiles,
    likes_in,
    moved,
    shown,
)
from brobygget.people.forms import language_choices
from brobygget.web.languages import current
from brobygget.web.numbers import number_in
from brobygget.web.once import key_of, once

STEPS = 3


def _offer(request: VisitorRequest) -> Offer:
    return offer_of(request.openhouse, request.plan, on=timezone.localdate(request.now))


@for_visitors
def meet(request: VisitorRequest) -> HttpResponse:
    """What do you like? A phone that has chosen sees its own page, unless it came to change."""
    is_open = rules.may_wish(request.plan, at=request.now)
    if request.wish is not None and (not is_open or "change" not in request.GET):
        return redirect("openhouse:own_meetings", pk=request.openhouse.pk)
    offer = _offer(request)
    before = chosen_of(request.wish, offer)
    chosen = request.GET.getlist("group") or before["group"]
    context = {
        "openhouse": request.openhouse,
        "plan": request.plan,
        "is_open": is_open,
        "steps": STEPS,
        "tiles": group_tiles(offer, chosen),
        "kept": [("like", one) for one in request.GET.getlist("like")[:40] or before["like"]],
        "has_wish": request.wish is not None,
    }
    return render(request, "openhouse/meet.html", context)


@for_visitors
def meet_interests(request: VisitorRequest) -> HttpResponse:
    """What is in the groups that were pressed."""
    offer = _offer(request)
    groups = activity_tiles(offer, request.GET.getlist("group"), request.GET.getlist("like"))
    if not groups or not rules.may_wish(request.plan, at=request.now):
        return redirect("openhouse:meet", pk=request.openhouse.pk)
    kept = [("group", one.id) for one in offer.known(request.GET.getlist("group"))]
    context = {"openhouse": request.openhouse, "groups": groups, "kept": kept, "steps": STEPS}
    return render(request, "openhouse/meet_interests.html", context)


@for_visitors
def meet_wishes(request: VisitorRequest) -> HttpResponse:
    """Which most, when, how many; then they are kept."""
    if request.method == "POST":
        return _press(request)
    if not rules.may_wish(request.plan, at=request.now):
        return redirect("openhouse:meet", pk=request.openhouse.pk)
    likes = likes_in(request.GET, _offer(request))
    if not likes:
        return redirect(f"{reverse('openhouse:meet', args=[request.openhouse.pk])}?change=1")
    return page(request, request.openhouse, form_of(request, likes, wish=request.wish), wish=request.wish)


def form_of(
    request: Any, likes: Sequence[InterestHere], *, wish: VisitWish | None, data: Any = None
) -> WishForm:
    """The last page's form, with the day's times and the house's languages."""
    slots = slots_of(request.plan)
    codes = [code for code in request.openhouse.house.language_codes if code != "sv-easy"]
    mine = current().code if current().code in codes else "sv"
    return WishForm(
        data,
        slots=slots,
        languages=language_choices(codes),
        likes=likes,
        initial=WishForm.initial_of(wish, slots, language=mine),
    )


def page(
    request: Any,
    openhouse: OpenHouse,
    form: WishForm,
    *,
    wish: VisitWish | None,
    seen: int | None = None,
    status: int = 200,
    template: str = "openhouse/meet_wishes.html",
    **more: Any,
) -> HttpResponse:
    """The last page; what was written stays, whatever is wrong."""
    likes = list(form.likes)
    groups = list(dict.fromkeys(one.id if one.is_group else one.group for one in likes))
    back = urlencode([("group", one) for one in groups] + [("like", one.id) for one in likes])
    context = {
        "openhouse": openhouse,
        "plan": request.plan,
        "form": form,
        "likes": shown(likes),
        "too_many": len(likes) > MOST_INTERESTS,
        "most": MOST_INTERESTS,
        "back": back,
        "seen": (wish.version if wish else 0) if seen is None else seen,
        "has_wish": wish is not None,
        "steps": STEPS,
        **more,
    }
    return render(request, template, context, status=status)


def ordered(request: Any, offer: Offer) -> tuple[list[InterestHere], bool]:
    """The pictures that came with a press, and whether the press only changed their order."""
    up, drop = request.POST.get("up", ""), request.POST.get("drop", "")
    likes = likes_in(request.POST, offer)
    return moved(likes, up=up, drop=drop), bool(up or drop)


def _press(request: VisitorRequest) -> HttpResponse:
    """The phone is known again by what its first press carried, also when the answer was lost on the way."""
    wish = request.wish
    response = _keep(request)
    seed = wish.seed if wish else queries.new_seed(str(key_of(request.POST)))
    return let_in(response, request.openhouse.pk, seed) if 300 <= response.status_code < 400 else response


@once
def _keep(request: VisitorRequest) -> HttpResponse:
    offer = _offer(request)
    likes, is_only_order = ordered(request, offer)
    form = form_of(request, likes, wish=request.wish, data=request.POST)
    seen = number_in(request.POST.get("seen", ""))
    if is_only_order:
        form.is_valid()
        form.errors.clear()
        return page(request, request.openhouse, form, wish=request.wish, seen=seen)
    if not form.is_valid():
        return page(request, request.openhouse, form, wish=request.wish, seen=seen, status=422)
    try:
        if len(likes) < len(set(request.POST.getlist("like"))):
            raise Refused(
                _("One of the pictures is not there any more. Look at the others, and press once more."),
                status=409,
            )
        keep(request, form, seen=seen)
    except Refused as no:
        form.add_error(None, no.sentence)
        now = queries.numbered(request.openhouse, request.wish.number) if request.wish else None
        again = now.version if now else seen
        return page(request, request.openhouse, form, wish=now, seen=again, status=no.status)
    return redirect("openhouse:own_meetings", pk=request.openhouse.pk)


def keep(request: VisitorRequest, form: WishForm, *, seen: int) -> VisitWish:
    """New wishes, or other ones."""
    if request.wish is not None:
        return commands.change_wishes(request.wish, wishes=form.wishes(), seen=seen, at=request.now)
    return commands.keep_wishes(
        request.openhouse,
        seed=queries.new_seed(str(key_of(request.POST))),
        wishes=form.wishes(),
        channel=VisitWish.Channel.PHONE,
        at=request.now,
    )
