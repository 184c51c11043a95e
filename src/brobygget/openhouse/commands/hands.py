"""A hand is raised, changed, taken back and answered; and everything but the sums is forgotten."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from brobygget.house.commands.refused import Refused
from brobygget.openhouse import rules
from brobygget.openhouse.commands.holding import locked
from brobygget.openhouse.commands.numbers import drawn
from brobygget.openhouse.models import Handover, Invitation, OpenHouse, Visitor
from brobygget.openhouse.queries import hands as queries
from brobygget.people.traces import wipe_traces
from brobygget.web import moments

Channel = Handover.Channel


@dataclass(frozen=True)
class Told:
    """What a visitor tells of themself. Without a number to reach they pick up answers at the reception."""

    spoken: str
    alias: str = ""
    way: str = Visitor.Way.RECEPTION
    telephone: str = ""
    years: str = Visitor.Years.UNSAID


class HasLeft(Refused):
    """The association does not stand here any more."""


@transaction.atomic
def raise_hand(
    invitation: Invitation,
    *,
    seed: str,
    told: Told,
    channel: str,
    at: datetime,
    wish: str = "",
    slip: str = "",
) -> Handover:
    """Let an association know that somebody wants to try.

    The same seed is the same visitor, whose earlier words stand. A hand that is raised already stays; new words replace
    its old ones, so that two presses are one hand. `slip` is the code that a printed slip bears.
    """
    openhouse = locked(invitation.openhouse_id)
    refuse_to_raise(openhouse, channel=channel, at=at)
    if queries.standing_here(openhouse, invitation.pk, on=timezone.localdate(at)) is None:
        raise has_left(invitation)
    visitor = openhouse.visitors.filter(token_digest=queries.token_digest(seed)).first()
    if visitor is None:
        visitor = _new_visitor(openhouse, seed, told, slip)
    hand, is_new = Handover.objects.get_or_create(
        visitor=visitor, invitation=invitation, defaults={"channel": channel, "wish": wish}
    )
    if not is_new and wish:
        hand.wish = wish
        hand.save(update_fields=["wish"])
    return hand


def refuse_to_raise(openhouse: OpenHouse, *, channel: str, at: datetime) -> None:
    """Not before the day, not when it is called off; on paper also afterwards."""
    if openhouse.called_off_on is not None:
        raise Refused(_("The day is called off."), status=409)
    today = timezone.localdate(at)
    if channel == Channel.PAPER:
        is_time = rules.may_write_in_slips(openhouse, on=today)
    else:
        is_time = rules.may_raise_hand(openhouse, at=at)
    if is_time:
        return
    if today < openhouse.day:
        raise Refused(
            _("Hands are raised on the day itself, %(day)s.") % {"day": moments.day(openhouse.day)},
            status=409,
        )
    raise Refused(_("The day has been. Ask at the reception how you reach the association."), status=409)


def has_left(invitation: Invitation) -> HasLeft:
    """The sentence for an association that cannot come after all."""
    return HasLeft(
        _(
            "%(association)s could not come today. Nothing was sent. Ask at the reception who does something alike."
        )
        % {"association": invitation.association.name},
        status=409,
    )


def _new_visitor(openhouse: OpenHouse, seed: str, told: Told, slip: str) -> Visitor:
    taken = set(openhouse.visitors.values_list("number", flat=True))
    if len(taken) >= rules.MOST_VISITORS:
        raise Refused(
            _("So many have raised their hands that there is no room for more. Ask at the reception.")
        )
    # A number from the meetings by appointment is somebody else's at the same table.
    taken |= set(openhouse.visit_wishes.values_list("number", flat=True))
    return Visitor.objects.create(
        openhouse=openhouse,
        seed=seed,
        token_digest=queries.token_digest(seed),
        code_digest=queries.code_digest(slip or queries.code_of(seed)),
        number=drawn(taken),
        **_columns(told),
    )


def _columns(told: Told) -> dict[str, str]:
    """A number that nobody shall use is not kept."""
    needs_number = told.way != Visitor.Way.RECEPTION
    return {
        "alias": told.alias,
        "spoken": told.spoken,
        "way": told.way,
        "telephone": told.telephone if needs_number else "",
        "years": told.years,
    }


@transaction.atomic
def change_visitor(visitor: Visitor, *, told: Told) -> None:
    """Another name, language or way: every association to whom the hand is raised sees the new one."""
    locked(visitor.openhouse_id)
    now = Visitor.objects.filter(pk=visitor.pk).first()
    if now is None:
        raise Refused(
            _("Everything was taken back meanwhile. Raise your hand again if you like."), status=409
        )
    for name, value in _columns(told).items():
        setattr(now, name, value)
    now.save(update_fields=list(_columns(told)))


@transaction.atomic
def take_back_hand(hand: Handover) -> None:
    """Gone from the association's list at once; with the last hand goes everything that the visitor told."""
    locked(hand.visitor.openhouse_id)
    Handover.objects.filter(pk=hand.pk).delete()
    if not Handover.objects.filter(visitor=hand.visitor_id).exists():
        Visitor.objects.filter(pk=hand.visitor_id).delete()
    transaction.on_commit(wipe_traces)


@transaction.atomic
def forget_visitor(visitor: Visitor) -> None:
    """Every hand, and everything that was told."""
    locked(visitor.openhouse_id)
    Visitor.objects.filter(pk=visitor.pk).delete()
    transaction.on_commit(wipe_traces)


@transaction.atomic
def leave_reply(hand: Handover, *, words: str) -> None:
    """An answer that waits at the reception for whoever says the code; new words replace the old ones."""
    if not Handover.objects.filter(pk=hand.pk).update(reply=words):
        raise Refused(_("They have taken their hand back, so nobody would pick the answer up."), status=409)


def forget_hands(*, house_id: int, at: datetime) -> None:
    """Ninety days after the day only the sums are left."""
    last = timezone.localdate(at) - timedelta(days=rules.HANDS_KEPT_DAYS)
    gone = OpenHouse.objects.filter(house_id=house_id, day__lt=last, visitors__isnull=False).distinct()
    for openhouse in gone:
        if not hasattr(openhouse, "hand_sums"):
            queries.sums_of(openhouse).save()
        openhouse.visitors.all().delete()
