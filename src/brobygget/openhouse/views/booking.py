"""A visitor's phone: a slot with its free seats, what this phone has booked, and a code on paper. No account, no name."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from brobygget.associations.views.find import house_of
from brobygget.associations.views.typed_codes import behind_typed, status_of
from brobygget.house.commands.refused import Refused
from brobygget.house.views.acting import act_and_return
from brobygget.openhouse import rules
from brobygget.openhouse.commands import booking as commands
from brobygget.openhouse.forms.programme import BookingCodeForm, SeatsForm
from brobygget.openhouse.models import Booking, OpenHouse, Slot
from brobygget.openhouse.queries import booking_doors as doors
from brobygget.openhouse.queries import programme as queries
from brobygget.openhouse.queries.public import shown_of
from brobygget.openhouse.request import keep_secret
from brobygget.openhouse.views import programme_words as words
from brobygget.openhouse.views.public import one_published
from brobygget.people import tokens
from brobygget.people.request import HouseRequest
from brobygget.web.once import once

OTHERS = 4  # with room are shown beside a full one


def cookie_of(openhouse_pk: int) -> str:
    """A random number of its own for each day, so that nothing joins what a phone did on two of them."""
    return f"seats-{openhouse_pk}"


def _secret_in(request: HouseRequest, pk: int) -> str:
    return request.COOKIES.get(cookie_of(pk), "")[:64]


def _with_number(response: HttpResponse, openhouse: OpenHouse, secret: str, *, at: datetime) -> HttpResponse:
    """Let the phone keep its number until the bookings are forgotten. The database hears of it with the first press."""
    last = openhouse.ends_at + timedelta(days=rules.BOOKINGS_KEPT_DAYS + 1)
    return keep_secret(
        response,
        cookie_of(openhouse.pk),
        secret,
        seconds=max(int((last - at).total_seconds()), 60),
        path=reverse("openhouse:open_house", args=[openhouse.pk]),
    )


def _shown_slots(request: HouseRequest, openhouse: OpenHouse) -> list[Slot]:
    today = timezone.localdate(request.now)
    return queries.shown_slots(openhouse, named={one.pk for one in shown_of(openhouse, on=today)})


def _one(request: HouseRequest, pk: int, slot: int) -> tuple[Slot, list[Slot]]:
    """One that everybody may read, and all of them."""
    slots = _shown_slots(request, one_published(request, pk))
    found = next((one for one in slots if one.pk == slot), None)
    if found is None:
        raise Http404
    return found, slots


# -- a slot --------------------------------------------------------------------------------------------------------
def seats(request: HouseRequest, pk: int, slot: int) -> HttpResponse:
    """One slot: what it is, how many seats are left; one press books."""
    found, slots = _one(request, pk, slot)
    if request.method == "POST":
        return _book(request, found)
    secret = _secret_in(request, pk)
    page = _seats_page(request, found, slots, phone=doors.browser_digest(secret))
    return _with_number(page, found.openhouse, secret or tokens.new_token(), at=request.now)


def _seats_page(
    request: HouseRequest, found: Slot, slots: list[Slot], *, phone: str, refused: Refused | None = None
) -> HttpResponse:
    openhouse = found.openhouse
    bookings = queries.bookings_of_phone(openhouse, phone)
    mine = next((one for one in bookings if one.slot_id == found.pk), None)
    shown = words.shown(found, has_begun=request.now >= found.starts_at)
    left = shown.free + (mine.seats if mine else 0)
    context = {
        "openhouse": openhouse,
        "shown": shown,
        "mine": mine,
        "choices": range(1, min(rules.MOST_SEATS, left) + 1) if shown.is_bookable else [],
        "at_once": [
            one.slot
            for one in bookings
            if one.slot_id != found.pk
            and one.slot.called_off_at is None
            and one.slot.starts < found.ends
            and found.starts < one.slot.ends
        ],
        "others": _others(request, found, slots) if not left or not shown.is_bookable else [],
        "has_bookings": bool(bookings),
        "refused": refused.sentence if refused else "",
    }
    return render(request, "openhouse/seats.html", context, status=refused.status if refused else 200)


def _others(request: HouseRequest, found: Slot, slots: list[Slot]) -> list[words.SlotShown]:
    """What has room and has not begun."""
    ahead = [one for one in slots if request.now < one.starts_at]
    return [
        words.shown(one, has_begun=False)
        for one in queries.with_room(ahead, besides=found)[:OTHERS]
        if one.openhouse.called_off_on is None
    ]


@once
def _book(request: HouseRequest, found: Slot) -> HttpResponse:
    phone = doors.browser_digest(_secret_in(request, found.openhouse_id))
    form = SeatsForm(request.POST)
    try:
        if not phone:
            raise Refused(
                _(
                    "This phone does not keep anything, so it could not show your seats. Book at the reception."
                )
            )
        # A number that nobody can choose on the page is refused by the command, in the same words.
        wanted = form.cleaned_data["seats"] if form.is_valid() else 0
        commands.book_seats(found, seats=wanted, phone=phone, at=request.now)
    except Refused as no:
        now = _one(request, found.openhouse_id, found.pk)  # others may have booked since
        return _seats_page(request, *now, phone=phone, refused=no)
    messages.success(request, _("The seats are yours. Show the code when you come."))
    return redirect("openhouse:own_seats", pk=found.openhouse_id)


# -- what this phone has booked ------------------------------------------------------------------------------------
@require_safe
def own_seats(request: HouseRequest, pk: int) -> HttpResponse:
    """Every booking of this phone with its code; what was moved or called off says so."""
    openhouse = one_published(request, pk)
    bookings = queries.bookings_of_phone(openhouse, doors.browser_digest(_secret_in(request, pk)))
    context = {
        "openhouse": openhouse,
        "rows": [words.booking_shown(one, code=doors.code_of(one), at=request.now) for one in bookings],
        "at_once": queries.at_once(bookings),
        "kept_days": rules.BOOKINGS_KEPT_DAYS,
    }
    return render(request, "openhouse/own_seats.html", context)


def _own(request: HouseRequest, pk: int, booking: int) -> Booking | None:
    phone = doors.browser_digest(_secret_in(request, pk))
    if not phone:
        return None
    found = Booking.objects.filter(
        pk=booking, browser_digest=phone, slot__openhouse=one_published(request, pk)
    )
    return found.select_related("slot__openhouse").first()


@require_POST
@once
def seats_back(request: HouseRequest, pk: int, booking: int) -> HttpResponse:
    """Take seats back. Another phone's are as if they were not there; pressed twice, they are gone all the same."""
    found = _own(request, pk, booking)
    if found is None:
        raise Http404
    return act_and_return(
        request,
        lambda: commands.take_back_booking(found, at=request.now),
        reverse("openhouse:own_seats", args=[pk]),
        said=_("The seats are free again. Thank you for telling us."),
    )


# -- a code on paper -----------------------------------------------------------------------------------------------
def seats_code(request: HouseRequest, pk: int) -> HttpResponse:
    """Type in the code of a slip: from now on this phone keeps the seats."""
    openhouse = one_published(request, pk)
    secret = _secret_in(request, pk)
    if request.method == "POST":
        return _take_in(request, openhouse, secret)
    page = _code_page(request, openhouse, BookingCodeForm())
    return _with_number(page, openhouse, secret or tokens.new_token(), at=request.now)


def _code_page(
    request: HouseRequest, openhouse: OpenHouse, form: BookingCodeForm, status: int = 200
) -> HttpResponse:
    return render(request, "openhouse/seats_code.html", {"openhouse": openhouse, "form": form}, status=status)


def _take_in(request: HouseRequest, openhouse: OpenHouse, secret: str) -> HttpResponse:
    """Guessing is slow, as it is with every other code; a wrong one is counted although nothing else is written."""
    form = BookingCodeForm(request.POST)
    found = look_up(request, form, openhouse)
    if found is None:
        return _code_page(request, openhouse, form, status=status_of(form))
    return _keep(request, openhouse, found, secret, form)


@once
def _keep(
    request: HouseRequest, openhouse: OpenHouse, found: Booking, secret: str, form: BookingCodeForm
) -> HttpResponse:
    try:
        if not secret:
            raise Refused(_("This phone does not keep anything. Keep the slip, and show it when you come."))
        commands.keep_on_phone(found, phone=doors.browser_digest(secret))
    except Refused as no:
        form.add_error("code", no.sentence)
        return _code_page(request, openhouse, form, status=no.status)
    messages.success(request, _("This phone keeps the seats now."))
    return redirect("openhouse:own_seats", pk=openhouse.pk)


def look_up(request: HouseRequest, form: BookingCodeForm, openhouse: OpenHouse) -> Booking | None:
    """The booking of this day behind a typed code; the form tells what is wrong."""

    def behind(typed: str) -> Booking | None:
        found = doors.behind_code(typed, house=house_of(request))
        return found if found is not None and found.slot.openhouse_id == openhouse.pk else None

    return behind_typed(
        request, form, behind, wrong=_("That code is not known here. Look at each sign once more.")
    )
