"""Companions: the program proposes, the leader decides, and each of the people says yes before anybody is named."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from brobygget.circles import analysis, tiles
from brobygget.circles.commands.circle_state import going_circle
from brobygget.circles.models import Circle, Companion, Companionship, CompanionWish, Membership
from brobygget.circles.queries import companions as queries
from brobygget.house.commands.refused import Refused

SIZES = (2, 3)


@transaction.atomic
def want_companion(
    membership: Membership, *, interests: Iterable[str], times: Iterable[str], on: date
) -> CompanionWish:
    """Somebody says that they want a companion, what they like and when they can."""
    going_circle(membership.circle)
    liked, can = set(interests), set(times)
    if not can:
        raise Refused(_("Tap at least one time when you can."))
    wish, _made = CompanionWish.objects.update_or_create(
        membership=membership,
        defaults={
            "interests": ",".join(tile.code for tile in tiles.INTERESTS if tile.code in liked),
            "times": ",".join(tile.code for tile in tiles.TIMES if tile.code in can),
            "told_on": on,
        },
    )
    return wish


@transaction.atomic
def want_none(membership: Membership, *, on: date) -> None:
    """No companion, or no longer: what was said is gone, and so is every question that waits for an answer."""
    CompanionWish.objects.filter(membership=membership).delete()
    waiting = Companionship.objects.filter(companions__membership=membership, joined_on=None, ended_on=None)
    for each in waiting:
        _end(each, on=on)


@transaction.atomic
def propose(circle: Circle, *, size: int, on: date) -> int:
    """New proposals in place of those that the leader has not decided on; the answer is how many."""
    held = going_circle(circle)
    if size not in SIZES:
        raise Refused(_("Companions are two or three. Choose one of them."))
    held.companionships.filter(asked_on=None, ended_on=None).delete()
    found = analysis.companions(held, size=size)
    for members in found:
        _make(held, members, on=on)
    return len(found)


@transaction.atomic
def pair(circle: Circle, members: Sequence[Membership], *, on: date) -> Companionship:
    """The leader's own proposal."""
    held = going_circle(circle)
    if len({who.pk for who in members}) != len(members) or not 2 <= len(members) <= max(SIZES):
        raise Refused(_("Companions are two or three different people. Choose them once more."))
    if any(who.pk not in queries.free_in(held) for who in members):
        raise Refused(
            _("Only those who have said that they want a companion, and have none, can be proposed."),
            status=409,
        )
    return _make(held, members, on=on)


@transaction.atomic
def ask(companionship: Companionship, *, on: date) -> Companionship:
    """The leader says yes: each of them is asked on their own phone."""
    held = _held(companionship)
    if held.asked_on is not None:
        return held
    taken = Companion.objects.filter(
        membership__in=held.companions.values("membership"), companionship__ended_on=None
    ).exclude(companionship=held)
    if taken.filter(companionship__asked_on__isnull=False).exists():
        raise Refused(_("One of them has just been asked about somebody else."), status=409)
    # Other proposals about the same people were only thoughts.
    Companionship.objects.filter(pk__in=taken.values("companionship"), asked_on=None).delete()
    held.asked_on = on
    held.save(update_fields=["asked_on"])
    return held


@transaction.atomic
def drop_proposal(companionship: Companionship) -> None:
    """The leader changed it for another one; nobody was asked, so nothing is remembered."""
    Companionship.objects.filter(pk=companionship.pk, asked_on=None, ended_on=None).delete()


@transaction.atomic
def put_aside(companionship: Companionship, *, on: date) -> None:
    """The leader says no; it is not proposed again."""
    _end(companionship, on=on)


@transaction.atomic
def answer(companionship: Companionship, membership: Membership, *, is_yes: bool, on: date) -> Companionship:
    """One of them says yes or no. After a no nobody learns whose it was; after everybody's yes they see each other."""
    held = _held(companionship)
    if held.asked_on is None:
        raise Refused(_("Nobody has asked you yet."), status=409)
    if not is_yes:
        _end(held, on=on)
        return held
    held.companions.filter(membership=membership, said_yes_on=None).update(said_yes_on=on)
    if held.joined_on is None and not held.companions.filter(said_yes_on=None).exists():
        held.joined_on = on
        held.save(update_fields=["joined_on"])
    return held


@transaction.atomic
def end(companionship: Companionship, *, on: date) -> None:
    """Either of them ends it, whenever they like. There is no field for a reason."""
    _end(companionship, on=on)


def _end(companionship: Companionship, *, on: date) -> None:
    Companionship.objects.filter(pk=companionship.pk, ended_on=None).update(ended_on=on)


def _held(companionship: Companionship) -> Companionship:
    found = Companionship.objects.select_for_update().filter(pk=companionship.pk).first()
    if found is None or found.ended_on is not None:
        raise Refused(_("This proposal has been put aside. Nothing more is needed."), status=409)
    return found


def _make(circle: Circle, members: Sequence[Membership], *, on: date) -> Companionship:
    made = Companionship.objects.create(circle=circle, proposed_on=on)
    Companion.objects.bulk_create(Companion(companionship=made, membership=who) for who in members)
    return made


def forget_ended(circle: Circle) -> None:
    """When the circle has ended nobody needs to remember who was not to be asked together again."""
    circle.companionships.filter(Q(joined_on=None) | Q(ended_on__isnull=False)).delete()
