"""Stamp cards, for those who plan the day: sums, codes of the tables, the draw; and the desk where paper comes back.

The desk lies behind a secret in its address, as the counting at the door does: no account, nobody signed in.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from brobygget.house.commands.refused import Refused
from brobygget.house.views.acting import act_and_return
from brobygget.openhouse import rules
from brobygget.openhouse.commands import stamps as commands
from brobygget.openhouse.forms.stamps import DrawForm, GivenForm, PaperCardForm
from brobygget.openhouse.models import Door, OpenHouse
from brobygget.openhouse.queries import door as doors
from brobygget.openhouse.queries import stamps as queries
from brobygget.openhouse.queries.places import have_places
from brobygget.openhouse.request import in_its_house
from brobygget.openhouse.views.events import planned, ways
from brobygget.openhouse.views.table_codes import codes_of, sheet_of
from brobygget.people.request import AccountRequest, HouseRequest, role_required
from brobygget.people.sealed import CannotUnseal, seal, unseal
from brobygget.web.once import once

CARDS = "door-cards"
CHOICES = tuple(range(rules.STAMPS, 16))


# -- for those who plan the day ------------------------------------------------------------------------------------
@role_required(*rules.PLANS)
def stamps(request: AccountRequest, pk: int) -> HttpResponse:
    """Sums, the codes of the tables, and the draw."""
    return _page(request, planned(request, pk), DrawForm())


@require_POST
@role_required(*rules.PLANS)
@once
def stamps_code(request: AccountRequest, pk: int, invitation: int) -> HttpResponse:
    """Close the code of one table and make another."""
    found = have_places(planned(request, pk)).filter(pk=invitation).first()
    if found is None:
        raise Http404
    return act_and_return(
        request,
        lambda: commands.renew_table_code(found),
        reverse("openhouse:stamps", args=[pk]),
        said=_("The table has a new code. Print it and put it up."),
    )


@require_POST
@role_required(*rules.PLANS)
@once
def stamps_draw(request: AccountRequest, pk: int) -> HttpResponse:
    """Draw. A second press shows the same draw."""
    openhouse = planned(request, pk)
    form = DrawForm(request.POST)
    if form.is_valid():
        try:
            commands.draw(openhouse, **form.cleaned_data)
        except Refused as no:
            form.add_error(None, no.sentence)
        else:
            return redirect(f"{reverse('openhouse:stamps', args=[pk])}#draw")
    return _page(request, openhouse, form, status=422)


@require_safe
@role_required(*rules.PLANS)
def stamps_codes_file(request: AccountRequest, pk: int) -> HttpResponse:
    """The codes of all tables, or of one that has a new one, for the printer."""
    openhouse = planned(request, pk)
    made = codes_of(openhouse, only=request.GET.get("table", ""))
    if not made:
        raise Http404
    return HttpResponse(sheet_of(openhouse, made), content_type="application/pdf")


def _page(request: AccountRequest, openhouse: OpenHouse, form: DrawForm, status: int = 200) -> HttpResponse:
    tables = have_places(openhouse).select_related("table_code", "stand__position")
    context: dict[str, Any] = {
        "openhouse": openhouse,
        "ways": ways(request, openhouse),
        "told": queries.stamps_told(openhouse),
        "tables": sorted(tables, key=_by_number),
        "found": queries.drawn(openhouse),
        "in_box": len(queries.in_the_box(openhouse)),
        "desk": desk_address(request, openhouse),
        "form": form,
    }
    return render(request, "openhouse/stamps.html", context, status=status)


def _by_number(one: Any) -> tuple[int, str]:
    stand = getattr(one, "stand", None)
    return (stand.position.number if stand else 10_000, one.association.name)


def desk_address(request: HouseRequest, openhouse: OpenHouse) -> str:
    """Where paper cards are typed in; nothing where nobody watches the door yet."""
    door = Door.objects.filter(openhouse=openhouse).first()
    if door is None:
        return ""
    path = reverse("openhouse:paper_cards", args=[openhouse.pk, doors.token_of(door, CARDS)])
    return request.build_absolute_uri(path)


# -- the desk by the way out ---------------------------------------------------------------------------------------
def _desk(request: HouseRequest, pk: int, token: str) -> OpenHouse:
    found = doors.door_behind(pk, token, purpose=CARDS, on=timezone.localdate(request.now))
    if found is None:
        raise Http404
    in_its_house(request, found.openhouse)
    return found.openhouse


@require_safe
def paper_cards(request: HouseRequest, pk: int, token: str) -> HttpResponse:
    """Two taps for a card that comes back, and how many were given."""
    return _desk_page(request, _desk(request, pk, token), token)


@require_POST
@once
def paper_cards_in(request: HouseRequest, pk: int, token: str) -> HttpResponse:
    """How many stamps, from how many halls: a number comes back, which is written on the card and on its corner."""
    openhouse = _desk(request, pk, token)
    form = PaperCardForm(request.POST)
    if form.is_valid():
        try:
            number = commands.hand_in_paper(openhouse, **form.cleaned_data, at=request.now)
        except Refused as no:
            form.add_error(None, no.sentence)
        else:
            # Sealed: receipts of presses are kept longer than the numbers, and lie in their order.
            shown = urlencode({"number": seal(str(number), CARDS)})
            return redirect(f"{reverse('openhouse:paper_cards', args=[pk, token])}?{shown}")
    return _desk_page(request, openhouse, token, card=form, status=422)


@require_POST
@once
def paper_cards_given(request: HouseRequest, pk: int, token: str) -> HttpResponse:
    """How many were given so far: a count of the pile, which can be put right."""
    openhouse = _desk(request, pk, token)
    form = GivenForm(request.POST)
    if form.is_valid():
        try:
            commands.count_paper_given(openhouse, form.cleaned_data["given"])
        except Refused as no:
            form.add_error("given", no.sentence)
        else:
            messages.success(request, _("Saved."))
            return redirect("openhouse:paper_cards", pk=pk, token=token)
    return _desk_page(request, openhouse, token, given=form, status=422)


def _number_in(sealed: str) -> str:
    """The number that was just given; nothing for what is not ours."""
    try:
        return unseal(sealed[:200], CARDS) if sealed else ""
    except (CannotUnseal, UnicodeError):
        return ""


def _desk_page(
    request: HouseRequest,
    openhouse: OpenHouse,
    token: str,
    *,
    card: PaperCardForm | None = None,
    given: GivenForm | None = None,
    status: int = 200,
) -> HttpResponse:
    halls = openhouse.halls.count()
    needed = rules.zones_needed(halls)
    form = card or PaperCardForm()
    context: dict[str, Any] = {
        "openhouse": openhouse,
        "token": token,
        "number": _number_in(request.GET.get("number", "")),
        "choices": CHOICES,
        "typed": str(form["stamps"].value() or ""),
        "zones": range(max(needed, 1), max(halls, 1) + 1) if halls else range(1),
        "has_zones": halls > 1,
        "card": form,
        "given": given or GivenForm(initial={"given": queries.paper_given(openhouse)}),
    }
    return render(request, "openhouse/paper_cards.html", context, status=status)
