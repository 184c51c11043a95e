"""The rule for places: written, frozen before registration closes, applied by the program."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from brobygget.house.commands.refused import Refused
from brobygget.openhouse import rules
from brobygget.openhouse.commands.holding import locked
from brobygget.openhouse.commands.sending import queue_mails
from brobygget.openhouse.models import Answer, Invitation, OpenHouse, Place, PlaceRule, Sending
from brobygget.openhouse.plans.fair_order import Wanting, in_fair_order
from brobygget.people.models import Account
from brobygget.web import moments


def _rule_of(openhouse: OpenHouse) -> PlaceRule | None:
    return PlaceRule.objects.filter(openhouse=openhouse).first()


@transaction.atomic
def write_rule(
    openhouse: OpenHouse, *, criteria: Sequence[str], words: str, language: str, at: datetime
) -> PlaceRule:
    """The order that the house has decided; it can be changed until it is frozen."""
    openhouse = locked(openhouse.pk)
    rule = _rule_of(openhouse)
    if rule is not None and rule.frozen_at is not None:
        raise Refused(_("The rule is frozen, so that it is the same for everybody."), status=409)
    rule, _made = PlaceRule.objects.update_or_create(
        openhouse=openhouse,
        defaults={
            "order": ",".join(criteria),
            "words": words,
            "language": language,
            "written_at": at,
        },
    )
    return rule


@transaction.atomic
def freeze_rule(openhouse: OpenHouse, *, by: Account | None, at: datetime) -> PlaceRule:
    """From now on nobody changes it. Only before registration closes: afterwards it would no longer be blind."""
    openhouse = locked(openhouse.pk)
    rule = _rule_of(openhouse)
    if rule is None:
        raise Refused(_("Write the rule first."))
    if rule.frozen_at is not None:
        return rule
    if rules.is_late_at(openhouse, at=at):
        raise Refused(
            _(
                "Registration has closed, and a rule that is chosen when the answers are known is no rule."
                " Move the closing day forward first, so that everybody can still answer."
            )
        )
    rule.frozen_at, rule.frozen_by = at, by
    rule.save(update_fields=["frozen_at", "frozen_by"])
    return rule


@transaction.atomic
def give_places(openhouse: OpenHouse, *, at: datetime) -> PlaceRule:
    """Apply the rule: so many get a place, the others wait in order. Pressed twice it is done once."""
    openhouse = locked(openhouse.pk)
    rule = _rule_of(openhouse)
    if rule is None or rule.frozen_at is None:
        raise Refused(_("The rule has to be frozen first, before registration closes."))
    if rule.given_at is not None:
        return rule
    if not rules.is_late_at(openhouse, at=at):
        raise Refused(
            _(
                "Registration is open until %(day)s. Places are given when everybody has had the time to answer."
            )
            % {"day": moments.day(openhouse.closes_on)}
        )
    if not rules.is_open_for_answers(openhouse, at=at):
        raise Refused(_("The day has been, so no places can be given any more."), status=409)
    answers = Answer.objects.filter(invitation__openhouse=openhouse, said=Answer.Said.YES)
    by_number = {one.pk: one for one in answers}
    wanting = [_wanting(one, closes_on=openhouse.closes_on) for one in by_number.values()]
    in_order = in_fair_order(wanting, rule.criteria)
    Place.objects.bulk_create(
        Place(
            openhouse=openhouse,
            invitation_id=by_number[one.wanting.number].invitation_id,
            position=position,
            first_position=position,
            kind=one.wanting.kind,
            nth_of_kind=one.nth_of_kind,
            has_try=one.wanting.has_try,
            is_open=one.wanting.is_open,
            wants_since=one.wanting.wants_since,
            was_late=one.wanting.is_late,
            given_at=at if position <= openhouse.places else None,
        )
        for position, one in enumerate(in_order, start=1)
    )
    rule.given_at, rule.places, rule.closed_on = at, openhouse.places, openhouse.closes_on
    rule.save(update_fields=["given_at", "places", "closed_on"])
    _tell_all(openhouse, at=at)
    return rule


def _wanting(answer: Answer, *, closes_on: date) -> Wanting:
    since = answer.wants_since or answer.said_at
    return Wanting(
        number=answer.pk,
        kind=answer.kind,
        has_try=bool(answer.hands.strip()),
        is_open=answer.open_to_beginners == "yes",
        wants_since=since,
        is_late=timezone.localdate(since) > closes_on,
    )


def _tell_all(openhouse: OpenHouse, *, at: datetime) -> None:
    here = Invitation.objects.filter(place__openhouse=openhouse)
    queue_mails(here.exclude(place__given_at=None), about=Sending.About.PLACE, by=None, at=at)
    queue_mails(here.filter(place__given_at=None), about=Sending.About.WAITING, by=None, at=at)
