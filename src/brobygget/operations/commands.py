"""What is removed without anybody asking, as docs/register/ promises."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from brobygget.associations.commands.directory import refresh_directory
from brobygget.associations.commands.forgetting import forget_what_is_old
from brobygget.associations.commands.undoing import go_on_undoing
from brobygget.circles.commands.forgetting import forget_ended_circles
from brobygget.circles.commands.table_guests import forget_old_guests
from brobygget.circles.models import Invitation
from brobygget.house.models import House
from brobygget.ideas.commands.town_forgetting import forget_old_answers
from brobygget.openhouse.commands.forgetting import forget_what_is_old as forget_earlier_answers
from brobygget.people.models import WrongTry
from brobygget.people.traces import wipe_traces
from brobygget.web.models import Receipt

RECEIPT_DAYS = 14  # phones keep their presses for seven


@transaction.atomic
def tidy(*, at: datetime) -> None:
    """Remove whatever has had its time, each house by its own clock; `at` is the real time."""
    Receipt.objects.filter(made_on__lt=(at - timedelta(days=RECEIPT_DAYS)).date()).delete()
    Session.objects.filter(expire_date__lt=at).delete()
    for house in House.objects.all():
        there = at + house.clock_offset
        tickets = Invitation.objects.filter(circle__house=house, kind=Invitation.Kind.TICKET)
        tickets.filter(used_at=None, expires_at__lt=there).delete()
        forget_old_guests(house_id=house.pk, on=timezone.localdate(there))
        forget_ended_circles(house_id=house.pk, on=timezone.localdate(there))
        forget_old_answers(house_id=house.pk, at=there)
        forget_what_is_old(house_id=house.pk, at=there)
        forget_earlier_answers(house_id=house.pk, at=there)
    WrongTry.objects.filter(minute__lt=at - timedelta(days=1)).delete()
    transaction.on_commit(wipe_traces)


def catch_up(*, at: datetime) -> None:
    """Go on with what a stopped program had left: an import that was being undone, and what visitors search in."""
    for house in House.objects.all():
        go_on_undoing(at=at + house.clock_offset, house_id=house.pk)
        refresh_directory(house)
