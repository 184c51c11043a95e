"""A waiting list that is used: a place that becomes free is offered to the next by itself, and to the one after.

Everything here runs while the open house is locked, so that one free place is offered once.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from brobygget.house.commands.refused import Refused
from brobygget.openhouse import rules
from brobygget.openhouse.commands.floor import free_table
from brobygget.openhouse.commands.holding import locked
from brobygget.openhouse.commands.sending import note_call_told, queue_mails
from brobygget.openhouse.models import (
    OPEN_CALL,
    WAITING,
    Answer,
    Invitation,
    OpenHouse,
    Place,
    PlaceCall,
    Sending,
)
from brobygget.people.models import Account

Said = Answer.Said


def places_left(openhouse: OpenHouse) -> int:
    """Places that nobody has and that are offered to nobody."""
    taken = openhouse.in_order.filter(given_up_at=None).exclude(given_at=None).count()
    offered = PlaceCall.objects.filter(OPEN_CALL, place__openhouse=openhouse).count()
    return max(openhouse.places - taken - offered, 0)


def fill_places(openhouse: OpenHouse, *, at: datetime) -> list[PlaceCall]:
    """Offer every free place to the next that waits. Who let a call pass is called again only by hand."""
    if not openhouse.in_order.exists() or not rules.is_open_for_answers(openhouse, at=at):
        return []
    left = places_left(openhouse)
    if not left:
        return []
    return [_call(place, at=at) for place in list(_following(openhouse)[:left])]


def _following(openhouse: OpenHouse) -> QuerySet[Place]:
    """Who waits and is not called, the first in line first."""
    called = PlaceCall.objects.filter(OPEN_CALL).values("place")
    return openhouse.in_order.filter(WAITING).exclude(pk__in=called).order_by("position")


def _call(place: Place, *, at: datetime) -> PlaceCall:
    call = PlaceCall.objects.create(place=place, called_at=at)
    tell(place.invitation_id, about=Sending.About.CALLED, at=at)
    return call


def tell(invitation_id: int, *, about: Sending.About, at: datetime) -> bool:
    """A mail where there is an address; the others stand on the list of those to be called."""
    return bool(queue_mails(Invitation.objects.filter(pk=invitation_id), about=about, by=None, at=at))


def follow_answer(openhouse: OpenHouse, answer: Answer, *, at: datetime) -> None:
    """After the places are given a new yes stands last on the list, and a no leaves it."""
    rule = getattr(openhouse, "rule", None)
    if rule is None or rule.given_at is None:
        return
    place = Place.objects.filter(invitation=answer.invitation_id).first()
    if answer.said == Said.YES:
        if place is None or place.given_up_at is not None:
            _stand_last(openhouse, answer, place)
            fill_places(openhouse, at=at)
    elif place is not None and place.is_waiting:
        _leave(place, at=at)
        fill_places(openhouse, at=at)


def _stand_last(openhouse: OpenHouse, answer: Answer, place: Place | None) -> Place:
    last = openhouse.in_order.aggregate(last=Max("position"))["last"] or 0
    place = place or Place(openhouse=openhouse, invitation_id=answer.invitation_id)
    place.position = last + 1
    if place.first_position is None:  # else its reasons stay as they were when the rule was applied
        place.kind, place.nth_of_kind = answer.kind, 0
        place.has_try, place.is_open = bool(answer.hands), answer.open_to_beginners == "yes"
        place.wants_since, place.was_late = answer.wants_since or answer.said_at, True
    place.given_at = place.given_up_at = place.passed_at = None
    place.save()
    return place


def _leave(place: Place, *, at: datetime) -> None:
    place.given_up_at = at
    place.save(update_fields=["given_up_at"])
    place.calls.filter(OPEN_CALL).update(answered_at=at, said=Said.NO)
    free_table(place.invitation)


@transaction.atomic
def give_up_place(invitation: Invitation, *, at: datetime) -> Place:
    """They cannot come after all. The next in line is called in the same moment."""
    openhouse = locked(invitation.openhouse_id)
    place = Place.objects.filter(invitation=invitation).first()
    if place is None:
        raise Refused(_("There is no place to give up."), status=409)
    if place.given_up_at is None:
        _leave(place, at=at)
        Answer.objects.filter(invitation=invitation).update(
            said=Said.NO, said_at=at, wants_since=None, changed_at=at
        )
        fill_places(openhouse, at=at)
    return Place.objects.get(pk=place.pk)


@transaction.atomic
def answer_call(call: PlaceCall, *, is_yes: bool, at: datetime) -> PlaceCall:
    """Yes: the place is theirs. No: they leave the list, and the next is called."""
    openhouse = locked(call.place.openhouse_id)
    call = PlaceCall.objects.select_related("place").get(pk=call.pk)
    said = Said.YES if is_yes else Said.NO
    if call.answered_at is not None and call.said == said:
        return call
    if call.answered_at is not None:
        raise Refused(_("This was answered already, by somebody else in your association."), status=409)
    if call.passed_at is not None or (_is_past(call, at=at) and _following(openhouse).exists()):
        raise Refused(
            _(
                "The time to answer has passed, and the place was offered to the next. You are still on the list."
            )
        )
    if not rules.is_open_for_answers(openhouse, at=at):
        raise Refused(_("The day has been, so nothing can be answered any more."), status=409)
    call.answered_at, call.said = at, said
    call.save(update_fields=["answered_at", "said"])
    if is_yes:
        call.place.given_at = at
        call.place.save(update_fields=["given_at"])
        tell(call.place.invitation_id, about=Sending.About.PLACE, at=at)
    else:
        give_up_place(call.place.invitation, at=at)
    return call


def _is_past(call: PlaceCall, *, at: datetime) -> bool:
    return call.answer_by is not None and at > call.answer_by


@transaction.atomic
def note_talked(call: PlaceCall, *, by: Account | None, at: datetime) -> PlaceCall:
    """Somebody has told them by telephone that a place is free; their time runs from now."""
    locked(call.place.openhouse_id)
    call = PlaceCall.objects.select_related("place__openhouse").get(pk=call.pk)
    if not call.is_open:
        raise Refused(_("This was answered already."), status=409)
    Sending.objects.create(
        invitation_id=call.place.invitation_id,
        about=Sending.About.CALLED,
        way=Sending.Way.CALL,
        outcome=Sending.Outcome.TALKED,
        queued_at=at,
        sent_at=at,
        by=by,
    )
    return call if call.told_at else note_call_told(call, at=at)


@transaction.atomic
def pass_over(call: PlaceCall, *, at: datetime) -> None:
    """They could not be reached, or did not answer in time: the place is offered to the next."""
    openhouse = locked(call.place.openhouse_id)
    call = PlaceCall.objects.select_related("place").get(pk=call.pk)
    if not call.is_open:
        return
    if not rules.is_open_for_answers(openhouse, at=at):
        close_calls(openhouse, at=at)
        return
    call.passed_at = call.place.passed_at = at
    call.save(update_fields=["passed_at"])
    call.place.save(update_fields=["passed_at"])
    if fill_places(openhouse, at=at) and call.told_at is not None:
        tell(call.place.invitation_id, about=Sending.About.PASSED, at=at)


def close_calls(openhouse: OpenHouse, *, at: datetime) -> None:
    """Nobody is called to a day that does not come or has been; no place went to anybody, and nothing is told."""
    PlaceCall.objects.filter(OPEN_CALL, place__openhouse=openhouse).update(passed_at=at)


@transaction.atomic
def call_again(place: Place, *, at: datetime) -> None:
    """Somebody who let a call pass waits again, where they stood."""
    openhouse = locked(place.openhouse_id)
    Place.objects.filter(pk=place.pk, given_at=None, given_up_at=None).update(passed_at=None)
    fill_places(openhouse, at=at)


def pass_late_calls(house_id: int, *, at: datetime) -> int:
    """Every call whose time has passed; how many. Can be stopped and begun again at any moment.

    Where nobody follows in line, there is nobody to give the place to: the call stays open as long as the day does.
    """
    late = PlaceCall.objects.filter(OPEN_CALL, place__openhouse__house_id=house_id, answer_by__lt=at)
    passed = 0
    for call in late.select_related("place__openhouse").order_by("answer_by", "pk"):
        openhouse = call.place.openhouse
        if _following(openhouse).exists() or not rules.is_open_for_answers(openhouse, at=at):
            pass_over(call, at=at)
            passed += 1
    return passed
