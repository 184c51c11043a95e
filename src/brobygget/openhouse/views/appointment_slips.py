"""Paper at the reception: a sheet to mark pictures on, what was marked written in, a slip with number and code."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from brobygget.house.commands.refused import Refused
from brobygget.house.views.acting import act_and_return
from brobygget.openhouse import rules
from brobygget.openhouse.commands import wishes as commands
from brobygget.openhouse.models import VisitWish
from brobygget.openhouse.plans.fitting import MOST_INTERESTS
from brobygget.openhouse.queries import wishes as queries
from brobygget.openhouse.queries.appointments import offer_of, slots_of
from brobygget.openhouse.views.events import ways
from brobygget.openhouse.views.meeting_choices import form_of, ordered
from brobygget.openhouse.views.meeting_choices import page as last_page
from brobygget.openhouse.views.meeting_doors import ReceivingRequest, receives
from brobygget.openhouse.views.meeting_own import context_of
from brobygget.openhouse.views.meeting_pictures import activity_tiles, chosen_of, likes_in, tile
from brobygget.people.forms import language_choices
from brobygget.web import icons, moments, printing
from brobygget.web.languages import BY_CODE, current
from brobygget.web.numbers import number_in
from brobygget.web.once import key_of, once

CREDIT = "OpenMoji, CC BY-SA 4.0"


def _wish(request: ReceivingRequest, number: int) -> VisitWish:
    found = queries.numbered(request.openhouse, number)
    if found is None:
        raise Http404
    return found


def _slip(request: ReceivingRequest, number: int) -> str:
    return reverse("openhouse:slip", args=[request.openhouse.pk, number])


@receives
def slips(request: ReceivingRequest) -> HttpResponse:
    """Write in what somebody has marked on paper, or look for a number."""
    if request.method == "POST":
        return _keep(request, None)
    number = number_in(request.GET.get("number", ""))
    found = queries.numbered(request.openhouse, number) if number else None
    if found is not None:
        return redirect(_slip(request, found.number))
    offer = offer_of(request.openhouse, request.plan, on=timezone.localdate(request.now))
    likes = likes_in(request.GET, offer)
    if likes and "again" not in request.GET:
        return _last(request, form_of(request, likes, wish=None), None)
    return _pictures(request, None, status=422 if "number" in request.GET else 200)


@receives
def slip_wishes(request: ReceivingRequest, number: int) -> HttpResponse:
    """Other wishes, told at the reception."""
    wish = _wish(request, number)
    if request.method == "POST":
        return _keep(request, wish)
    offer = offer_of(request.openhouse, request.plan, on=timezone.localdate(request.now))
    likes = likes_in(request.GET, offer)
    if likes and "again" not in request.GET:
        return _last(request, form_of(request, likes, wish=wish), wish)
    return _pictures(request, wish)


def _pictures(request: ReceivingRequest, wish: VisitWish | None, status: int = 200) -> HttpResponse:
    offer = offer_of(request.openhouse, request.plan, on=timezone.localdate(request.now))
    chosen = request.GET.getlist("like")[:40] or chosen_of(wish, offer)["like"]
    groups = offer.groups()
    found = activity_tiles(offer, [one.id for one in groups], chosen)
    context = {
        "openhouse": request.openhouse,
        "plan": request.plan,
        "wish": wish,
        "groups": [
            (tile("like", group, chosen), [*each.tiles, *each.more])
            for group, each in zip(groups, found, strict=True)
        ],
        "languages": language_choices(request.openhouse.house.language_codes),
        "is_open": rules.may_wish(request.plan, at=request.now),
        "not_found": status == 422,
        "ways": ways(request, request.openhouse),
        "most": MOST_INTERESTS,
    }
    return render(request, "openhouse/slips.html", context, status=status)


def _last(request: ReceivingRequest, form: Any, wish: VisitWish | None, **facts: Any) -> HttpResponse:
    return last_page(
        request, request.openhouse, form, wish=wish, template="openhouse/slip_wishes.html", **facts
    )


@once
def _keep(request: ReceivingRequest, wish: VisitWish | None) -> HttpResponse:
    offer = offer_of(request.openhouse, request.plan, on=timezone.localdate(request.now))
    likes, is_only_order = ordered(request, offer)
    form = form_of(request, likes, wish=wish, data=request.POST)
    seen = number_in(request.POST.get("seen", ""))
    if is_only_order:
        form.is_valid()
        form.errors.clear()
        return _last(request, form, wish, seen=seen)
    if not form.is_valid():
        return _last(request, form, wish, seen=seen, status=422)
    try:
        if wish is None:
            kept = commands.keep_wishes(
                request.openhouse,
                seed=queries.new_seed(str(key_of(request.POST))),
                wishes=form.wishes(),
                channel=VisitWish.Channel.PAPER,
                at=request.now,
            )
        else:
            kept = commands.change_wishes(wish, wishes=form.wishes(), seen=seen, at=request.now)
    except Refused as no:
        form.add_error(None, no.sentence)
        now = queries.numbered(request.openhouse, wish.number) if wish else None
        return _last(request, form, now, seen=now.version if now else seen, status=no.status)
    messages.success(request, _("Written in. Print the slip and give it to them."))
    return redirect(_slip(request, kept.number))


@require_safe
@receives
def slip(request: ReceivingRequest, number: int) -> HttpResponse:
    """A slip to give to somebody: number, code, and what they meet when it is told."""
    wish = _wish(request, number)
    context = context_of(request, wish, request.plan)
    context["door"] = request.build_absolute_uri(reverse("openhouse:meet_code", args=[request.openhouse.pk]))
    return render(request, "openhouse/slip.html", context)


@require_POST
@receives
@once
def slip_removal(request: ReceivingRequest, number: int) -> HttpResponse:
    """Somebody asks that everything under their number goes."""
    wish = _wish(request, number)
    return act_and_return(
        request,
        lambda: commands.take_back_wishes(wish, at=request.now),
        reverse("openhouse:slips", args=[request.openhouse.pk]),
        said=_("Everything under that number is gone."),
    )


@require_safe
@receives
def slips_paper(request: ReceivingRequest) -> HttpResponse:
    """A sheet on which somebody marks pictures with a pen, in the language that is asked for."""
    code = request.GET.get("language", "")
    with translation.override(code if code in BY_CODE else current().code):
        made = printing.pdf("openhouse/print/wishes.typ", _sheet(request))
    response = HttpResponse(made, content_type="application/pdf")
    response.headers["Content-Disposition"] = 'inline; filename="wishes.pdf"'
    return response


def _sheet(request: ReceivingRequest) -> dict[str, Any]:
    openhouse, plan = request.openhouse, request.plan
    offer = offer_of(openhouse, plan, on=timezone.localdate(request.now))
    language = current().code
    slots = slots_of(plan)
    clock: Any = moments.clock
    codes = [code for code in openhouse.house.language_codes if code != "sv-easy"]
    return {
        "language": language,
        "title": _("Whom would you like to meet?"),
        "name": openhouse.name,
        "words_language": openhouse.language,
        "when": moments.day(openhouse.day),
        "mark": _("Mark what you like, five pictures at most. Write 1 beside what you like most."),
        "tiles": [
            {
                "picture": icons.paper_picture(one.picture),
                "label": one.label(language).text,
                "language": one.label(language).language,
            }
            for group in offer.groups()
            for one in offer.activities(group.id)
        ],
        "stay": _("I am there from ______ to ______"),
        "between": f"{clock(slots[0].starts)}–{clock(slots[-1].ends)}" if slots else "",
        "most": _("How many meetings at most?"),
        "speak": _("Which languages do you speak?"),
        "languages": [{"text": name, "language": code} for code, name in language_choices(codes)],
        "note": _(
            "Write no name. You get a slip with a number and a code. Give this sheet to the reception by %(when)s."
        )
        % {"when": moments.day_and_clock(plan.closes_at)},
        "credit": f"{_('Pictures:')} {CREDIT}",
    }
