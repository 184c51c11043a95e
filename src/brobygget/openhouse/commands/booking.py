"""Seats are booked and taken back, without an account. The open house is held meanwhile, so that no seat is given twice."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from brobygget.house.commands.refused import Refused
from brobygget.openhouse import rules
from brobygget.openhouse.commands.holding import locked
from brobygget.openhouse.models import Booking, Slot
from brobygget.openhouse.queries.booking_doors import code_digest
from brobygget.openhouse.queries.programme import booked_of, with_booked


class Full(Refused):
    """There is no room, or less than was asked for."""

    def __init__(self, left: int) -> None:
        super().__init__(_full(left), status=409)
        self.left = left


def _full(left: int) -> str:
    if not left:
        return _("It is full. Nothing was booked.")
    return ngettext(
        "Only %(left)d seat is left. Nothing was booked: choose again.",
        "Only %(left)d seats are left. Nothing was booked: choose again.",
        left,
    ) % {"left": left}


@transaction.atomic
def book_seats(slot: Slot, *, seats: int, phone: str, at: datetime) -> Booking:
    """Seats for a phone, by the hash of its number; pressed again with another number, that many instead.

    An empty `phone` is a booking on paper, which the reception makes.
    """
    openhouse = locked(slot.openhouse_id)
    slot = with_booked(Slot.objects.filter(pk=slot.pk)).get()
    _refuse_where_nothing_is_booked(slot, at=at)
    if not 1 <= seats <= rules.MOST_SEATS:
        raise Refused(
            _("Choose from one to %(most)d seats. Are you more? Ask at the reception.")
            % {"most": rules.MOST_SEATS}
        )
    mine = Booking.objects.filter(slot=slot, browser_digest=phone).first() if phone else None
    left = slot.capacity - booked_of(slot) + (mine.seats if mine else 0)
    if seats > left:
        raise Full(max(left, 0))
    if mine is not None:
        return _changed(mine, slot, seats)
    if phone:
        held = Booking.objects.filter(slot__openhouse=openhouse, browser_digest=phone)
        _refuse_more(held.filter(slot__called_off_at=None).count())
    made = Booking(slot=slot, seats=seats, browser_digest=phone, seed=str(uuid.uuid4()))
    made.starts_at, made.version = slot.starts_at, slot.version
    made.code_digest = code_digest(made.seed)
    made.save()
    return made


def _refuse_where_nothing_is_booked(slot: Slot, *, at: datetime) -> None:
    if slot.openhouse.called_off_on is not None:
        raise Refused(_("The day is called off."), status=409)
    if slot.called_off_at is not None:
        raise Refused(_("This is called off. Look what else there is."), status=409)
    if slot.kind == Slot.Kind.STAGE:
        raise Refused(_("Nobody needs a seat for this. Just come."))
    if at >= slot.starts_at:
        raise Refused(
            _("This has begun, so nothing can be booked any more. Come by: maybe somebody is missing.")
        )


def _refuse_more(held: int) -> None:
    if held >= rules.MOST_BOOKINGS:
        raise Refused(
            ngettext(
                "This phone has booked %(most)d time already. Take it back first, so that others can try too.",
                "This phone has booked %(most)d times already. Take one back first, so that others can try too.",
                rules.MOST_BOOKINGS,
            )
            % {"most": rules.MOST_BOOKINGS}
        )


def _changed(mine: Booking, slot: Slot, seats: int) -> Booking:
    mine.seats, mine.starts_at, mine.version = seats, slot.starts_at, slot.version
    mine.save(update_fields=["seats", "starts_at", "version"])
    return mine


@transaction.atomic
def take_back_booking(booking: Booking, *, at: datetime) -> None:
    """Nothing is left of it, and the seats are free. Once it has begun they are of no use to anybody."""
    locked(booking.slot.openhouse_id)
    slot = Slot.objects.select_related("openhouse").get(pk=booking.slot_id)
    happens = slot.called_off_at is None and slot.openhouse.called_off_on is None
    if happens and at >= slot.starts_at:
        raise Refused(_("This has begun. The seats cannot be given to anybody else any more."), status=409)
    Booking.objects.filter(pk=booking.pk).delete()


@transaction.atomic
def keep_on_phone(booking: Booking, *, phone: str) -> Booking:
    """Whoever has the code has the seats: they are kept on this phone from now on, together with its own."""
    locked(booking.slot.openhouse_id)
    booking = Booking.objects.get(pk=booking.pk)
    own = Booking.objects.filter(slot=booking.slot_id, browser_digest=phone).exclude(pk=booking.pk).first()
    if own is not None:
        raise Refused(
            _(
                "This phone has seats there already. Keep this code on paper, or take your own seats back first."
            ),
            status=409,
        )
    booking.browser_digest = phone
    booking.save(update_fields=["browser_digest"])
    return booking


@transaction.atomic
def told_at_desk(booking: Booking) -> None:
    """Whoever has it on paper has heard how it is now: it need not be called again."""
    locked(booking.slot.openhouse_id)
    slot = Slot.objects.select_related("openhouse").get(pk=booking.slot_id)
    Booking.objects.filter(pk=booking.pk).update(version=slot.version, starts_at=slot.starts_at)


def forget_bookings(*, house_id: int, at: datetime) -> None:
    """A week after the day only how many seats were booked is left."""
    gone = timezone.localdate(at) - timedelta(days=rules.BOOKINGS_KEPT_DAYS)
    slots = Slot.objects.filter(openhouse__house_id=house_id, openhouse__day__lt=gone, booked_then=None)
    for slot in slots.annotate(seats=Sum("bookings__seats")).filter(seats__gt=0):
        slot.booked_then = slot.seats
        slot.save(update_fields=["booked_then"])
    Booking.objects.filter(slot__openhouse__house_id=house_id, slot__openhouse__day__lt=gone).delete()
