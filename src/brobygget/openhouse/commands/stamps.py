"""Stamp cards: given, handed in, drawn. What is kept of a card is that there is one, and its number."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from brobygget.house.commands.refused import Refused
from brobygget.openhouse import rules
from brobygget.openhouse.commands.holding import locked
from brobygget.openhouse.commands.numbers import drawn
from brobygget.openhouse.models import (
    Invitation,
    OpenHouse,
    StampCard,
    StampDraw,
    StampSums,
    TableCode,
)
from brobygget.openhouse.queries import stamps as queries
from brobygget.openhouse.queries.stamps import Card
from brobygget.web import moments


def _refuse_other_days(openhouse: OpenHouse, *, at: datetime, was_kept: bool) -> None:
    is_open = rules.takes_kept_stamps if was_kept else rules.stamps_now
    if is_open(openhouse, at=at):
        return
    if at < openhouse.starts_at:
        told = _("It is not the day yet. Stamps are given on %(day)s, from %(from)s to %(to)s.")
    else:
        told = _("The day is over. Stamps were given on %(day)s, from %(from)s to %(to)s.")
    raise Refused(
        told
        % {
            "day": moments.day(openhouse.day),
            "from": moments.clock(openhouse.starts),
            "to": moments.clock(openhouse.ends),
        },
        status=409,
    )


@transaction.atomic
def give_stamp(invitation: Invitation, card: Card, *, at: datetime, was_kept: bool) -> None:
    """Let a card have this table's stamp. The stamp is the phone's to keep; here only a first one counts the card."""
    openhouse = invitation.openhouse
    _refuse_other_days(openhouse, at=at, was_kept=was_kept)
    if not queries.stands_there(invitation):
        raise Refused(
            _("This table has left, so it gives no stamps. The stamps that you have stay."), status=409
        )
    if card.is_at_its_end and invitation.pk not in card.tables:
        raise Refused(
            _("There is no room for more stamps on your card. It is full many times over!"), status=409
        )
    _made, is_new = StampCard.objects.get_or_create(
        digest=queries.digest_of(card), defaults={"openhouse": openhouse}
    )
    if is_new:
        _add(openhouse, by_code=1)


@transaction.atomic
def hand_in(openhouse: OpenHouse, card: Card, *, at: datetime, was_kept: bool) -> int:
    """A phone's card goes into the box, once; its number is drawn and opens nothing."""
    held = locked(openhouse.pk)
    digest = queries.digest_of(card)
    there = held.stamp_cards.filter(digest=digest).first()
    if there is not None and there.number is not None:
        return there.number
    _refuse_other_days(held, at=at, was_kept=was_kept)
    if not queries.is_full(held, card):
        raise Refused(_("Some stamps are missing still. Your card stays as it is."), status=409)
    if there is None:
        there = StampCard(openhouse=held, digest=digest)
        _add(held, by_code=1)
    return _into_the_box(there, stamps=len(card.stamps))


@transaction.atomic
def hand_in_paper(openhouse: OpenHouse, *, stamps: int, zones: int, at: datetime) -> int:
    """A paper card, as the desk reads it: so many stamps, from so many halls."""
    held = locked(openhouse.pk)
    _refuse_other_days(held, at=at, was_kept=True)
    if not rules.is_full_card(stamps=stamps, zones=zones, halls=held.halls.count()):
        raise Refused(
            _("Some stamps are missing still. Give the card back, there is time to fill it."), status=409
        )
    sums, _new = StampSums.objects.get_or_create(openhouse=held)
    in_box = held.stamp_cards.filter(digest="").count()
    if sums.on_paper <= in_box:
        _add(held, on_paper=1)  # a card that nobody counted when it was given is counted now
    return _into_the_box(StampCard(openhouse=held), stamps=stamps)


def _into_the_box(card: StampCard, *, stamps: int) -> int:
    taken = set(queries.in_the_box(card.openhouse))
    if len(taken) >= rules.MOST_CARDS:
        raise Refused(_("So many cards are handed in that the box is full."), status=409)
    card.number = drawn(taken)
    card.save()
    _add(card.openhouse, handed_in=1, stamps=stamps)
    return card.number


@transaction.atomic
def count_paper_given(openhouse: OpenHouse, number: int) -> None:
    """How many paper cards were given so far, counted from the pile; never fewer than came back."""
    held = locked(openhouse.pk)
    in_box = held.stamp_cards.filter(digest="").count()
    if number < in_box:
        raise Refused(
            _("%(number)d have been handed in on paper, so at least as many were given.") % {"number": in_box}
        )
    StampSums.objects.get_or_create(openhouse=held)
    StampSums.objects.filter(openhouse=held).update(on_paper=number)


def _add(openhouse: OpenHouse, **more: int) -> None:
    StampSums.objects.get_or_create(openhouse=openhouse)
    StampSums.objects.filter(openhouse=openhouse).update(
        **{name: F(name) + number for name, number in more.items()}
    )


@transaction.atomic
def renew_table_code(invitation: Invitation) -> None:
    """The code on a table is new; a picture of the old one gives no stamps any more."""
    code, _new = TableCode.objects.get_or_create(invitation=invitation)
    TableCode.objects.filter(pk=code.pk).update(generation=F("generation") + 1)


# -- the draw ------------------------------------------------------------------------------------------------------
@transaction.atomic
def draw(openhouse: OpenHouse, *, prizes: int, said: str) -> StampDraw:
    """Draw once. What the room calls out decides, so that nobody can draw until a friend has won."""
    held = locked(openhouse.pk)
    before = StampDraw.objects.filter(openhouse=held).first()
    if before is not None:
        return before
    box = queries.in_the_box(held)
    if not box:
        raise Refused(_("There is nothing in the box yet. Draw when cards have been handed in."), status=409)
    digits = said or f"{secrets.randbelow(10**6):06d}"
    return StampDraw.objects.create(
        openhouse=held, said=digits, box=",".join(map(str, box)), prizes=min(prizes, len(box))
    )


# -- the end -------------------------------------------------------------------------------------------------------
def forget_stamp_cards(*, house_id: int, at: datetime) -> None:
    """Two days after the day there are no cards and no numbers any more. Only the sums stay."""
    last = timezone.localdate(at) - timedelta(days=rules.CARDS_KEPT_DAYS)
    gone = OpenHouse.objects.filter(house_id=house_id, day__lt=last)
    StampCard.objects.filter(openhouse__in=gone).delete()
    StampDraw.objects.filter(openhouse__in=gone).delete()
