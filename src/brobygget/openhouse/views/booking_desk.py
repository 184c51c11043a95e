"""The reception books for whoever stands there, on a slip with a code; and takes back what a code stands for."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from brobygget.associations.views.typed_codes import status_of
from brobygget.house.commands.refused import Refused
from brobygget.house.views.acting import act_and_return
from brobygget.openhouse import rules
from brobygget.openhouse.commands import booking as commands
from brobygget.openhouse.forms.programme import BookingCodeForm, SeatsForm
from brobygget.openhouse.models import Booking, OpenHouse
from brobygget.openhouse.queries import booking_doors as doors
from brobygget.openhouse.queries import programme as queries
from brobygget.openhouse.queries.booking_desk import paper_to_call
from brobygget.openhouse.queries.events import published_of
from brobygget.openhouse.views import programme_words as words
from brobygget.openhouse.views.booking import look_up
from brobygget.people.request import AccountRequest, role_required
from brobygget.web.once import once


def _open_house(request: AccountRequest, pk: int) -> OpenHouse:
    return get_object_or_404(published_of(request.house), pk=pk)


@role_required(*rules.BOOKS)
def bookings(request: AccountRequest, pk: int) -> HttpResponse:
    """What one can try, with free seats: one press books."""
    return _page(request, _open_house(request, pk), BookingCodeForm())


def _page(
    request: AccountRequest,
    openhouse: OpenHouse,
    form: BookingCodeForm,
    *,
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    slots = [one for one in queries.slots_of(openhouse) if queries.comes(one)]
    rows = [words.shown(one, has_begun=request.now >= one.starts_at) for one in slots]
    context = {
        "openhouse": openhouse,
        "rows": [(one, range(1, min(rules.MOST_SEATS, one.free) + 1)) for one in rows if one.is_bookable],
        "form": form,
        "refused": refused,
        "to_call": [
            words.booking_shown(one, code=doors.code_of(one), at=request.now)
            for one in paper_to_call(openhouse)
        ],
    }
    return render(request, "openhouse/bookings.html", context, status=status)


@require_POST
@role_required(*rules.BOOKS)
@once
def slip_new(request: AccountRequest, pk: int, slot: int) -> HttpResponse:
    """Seats on paper."""
    openhouse = _open_house(request, pk)
    found = next((one for one in queries.slots_of(openhouse) if one.pk == slot and queries.comes(one)), None)
    if found is None:
        raise Http404
    form = SeatsForm(request.POST)
    wanted = form.cleaned_data["seats"] if form.is_valid() else 0
    try:
        made = commands.book_seats(found, seats=wanted, phone="", at=request.now)
    except Refused as no:
        return _page(request, openhouse, BookingCodeForm(), refused=no.sentence, status=no.status)
    return redirect("openhouse:seat_slip", pk=pk, booking=made.pk)


def _booking(request: AccountRequest, pk: int, booking: int) -> Booking | None:
    found = Booking.objects.filter(slot__openhouse=_open_house(request, pk), pk=booking)
    related = (
        "slot__openhouse__house",
        "slot__hall",
        "slot__invitation__association",
        "slot__invitation__place",
    )
    return found.select_related(*related).first()


@role_required(*rules.BOOKS)
def slip(request: AccountRequest, pk: int, booking: int) -> HttpResponse:
    """A slip to print. What somebody keeps on a phone is shown to nobody else, unless they say the code."""
    found = _booking(request, pk, booking)
    if found is None or found.browser_digest:
        raise Http404
    return _slip_page(request, found)


def _slip_page(request: AccountRequest, found: Booking) -> HttpResponse:
    shown = words.booking_shown(found, code=doors.code_of(found), at=request.now)
    context = {"openhouse": found.slot.openhouse, "row": shown, "slot": found.slot}
    return render(request, "openhouse/seat_slip.html", context)


@require_POST
@role_required(*rules.BOOKS)
def booking_code(request: AccountRequest, pk: int) -> HttpResponse:
    """What stands behind a code that somebody says. Looking changes nothing."""
    openhouse = _open_house(request, pk)
    form = BookingCodeForm(request.POST)
    found = look_up(request, form, openhouse)
    if found is None:
        return _page(request, openhouse, form, status=status_of(form))
    whole = _booking(request, pk, found.pk)
    assert whole is not None
    return _slip_page(request, whole)


@require_POST
@role_required(*rules.BOOKS)
@once
def slip_back(request: AccountRequest, pk: int, booking: int) -> HttpResponse:
    """They do not come after all: they have said the code, or given back the slip. Gone is gone, whoever was quicker."""
    found = _booking(request, pk, booking)
    typed = BookingCodeForm(request.POST)
    if found is not None and not (typed.is_valid() and typed.cleaned_data["code"] == doors.code_of(found)):
        raise Http404
    return act_and_return(
        request,
        lambda: commands.take_back_booking(found, at=request.now) if found is not None else None,
        reverse("openhouse:bookings", args=[pk]),
        said=_("The seats are free again."),
    )


@require_POST
@role_required(*rules.BOOKS)
@once
def seat_told(request: AccountRequest, pk: int, booking: int) -> HttpResponse:
    """Somebody with a slip has heard that it was moved or called off; pressed twice, or gone meanwhile, is the same."""
    found = next((one for one in paper_to_call(_open_house(request, pk)) if one.pk == booking), None)
    return act_and_return(
        request,
        lambda: commands.told_at_desk(found) if found is not None else None,
        f"{reverse('openhouse:bookings', args=[pk])}#to-call",
    )
