"""A visitor's wishes: kept under a random number, changed, taken back. Who it is, is neither asked nor known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from brobygget.associations.models import Association
from brobygget.house.commands.refused import Refused
from brobygget.openhouse import rules
from brobygget.openhouse.commands.holding import locked
from brobygget.openhouse.commands.numbers import drawn
from brobygget.openhouse.models import AppointmentPlan, OpenHouse, VisitWish, WishedInterest
from brobygget.openhouse.plans.fitting import MOST_INTERESTS
from brobygget.openhouse.queries import wishes as queries
from brobygget.openhouse.queries.appointments import offer_of, plan_of, slots_of


@dataclass(frozen=True)
class Wishes:
    """What is wished: pictures, the dearest first; when; how many meetings; languages, if somebody likes to say."""

    likes: Sequence[str]
    comes: time
    leaves: time
    most: int
    languages: Iterable[str] = ()


@transaction.atomic
def keep_wishes(openhouse: OpenHouse, *, seed: str, wishes: Wishes, channel: str, at: datetime) -> VisitWish:
    """New wishes. The same seed again (a press that came twice) is the same wishes."""
    openhouse = locked(openhouse.pk)
    _refuse(openhouse, wishes, at=at)
    found = VisitWish.objects.filter(token_digest=queries.token_digest(seed), openhouse=openhouse).first()
    if found is not None:
        return _write(found, wishes)
    taken = set(openhouse.visit_wishes.values_list("number", flat=True))
    if len(taken) >= rules.MOST_WISHES:
        raise Refused(_("So many have chosen that there is no room for more. You are welcome all the same."))
    made = VisitWish(
        openhouse=openhouse,
        seed=seed,
        token_digest=queries.token_digest(seed),
        code_digest=queries.code_digest(seed),
        number=drawn(taken),
        channel=channel,
    )
    return _write(made, wishes)


@transaction.atomic
def change_wishes(wish: VisitWish, *, wishes: Wishes, seen: int, at: datetime) -> VisitWish:
    """Other wishes. `seen` is the version that the page showed: another phone with the same code may have been faster."""
    openhouse = locked(wish.openhouse_id)
    _refuse(openhouse, wishes, at=at)
    now = VisitWish.objects.filter(pk=wish.pk).first()
    if now is None:
        raise Refused(_("These wishes were taken back. Choose again from the start."), status=409)
    if now.version != seen:
        raise Refused(
            _(
                "Your wishes were changed on another phone meanwhile. What you see here is yours; press once more to keep it."
            ),
            status=409,
        )
    now.version = F("version") + 1
    return _write(now, wishes)


def _write(row: VisitWish, wishes: Wishes) -> VisitWish:
    row.comes, row.leaves, row.most = wishes.comes, wishes.leaves, wishes.most
    row.languages = Association.languages_of(wishes.languages)
    row.save()
    row.interests.all().delete()
    WishedInterest.objects.bulk_create(
        WishedInterest(wish=row, interest=interest, place=place)
        for place, interest in enumerate(wishes.likes)
    )
    row.refresh_from_db()
    return row


def _refuse(openhouse: OpenHouse, wishes: Wishes, *, at: datetime) -> None:
    plan = _open_plan(openhouse, at=at)
    likes = list(dict.fromkeys(wishes.likes))
    offered = offer_of(openhouse, plan, on=timezone.localdate(at)).known(likes)
    if not likes:
        raise Refused(_("Choose at least one picture."))
    if len(offered) < len(likes):
        raise Refused(
            _("One of the pictures is not there any more. Take it away, or choose another."), status=409
        )
    if len(likes) > MOST_INTERESTS:
        raise Refused(
            ngettext(
                "Choose %(most)d picture at most. Take some away.",
                "Choose %(most)d pictures at most. Take some away.",
                MOST_INTERESTS,
            )
            % {"most": MOST_INTERESTS}
        )
    if not any(wishes.comes <= one.starts and one.ends <= wishes.leaves for one in slots_of(plan)):
        raise Refused(_("No meeting fits between these times. Stay a little longer, or come earlier."))


def _open_plan(openhouse: OpenHouse, *, at: datetime) -> AppointmentPlan:
    plan = plan_of(openhouse)
    if plan is None or not rules.may_wish(plan, at=at):
        raise Refused(
            _(
                "The time to choose has passed. You are welcome on the day all the same: everybody can be visited."
            ),
            status=409,
        )
    return plan


@transaction.atomic
def take_back_wishes(wish: VisitWish, *, at: datetime) -> None:
    """Everything that is kept under this number goes, meetings too; their chairs are free for others."""
    openhouse = locked(wish.openhouse_id)
    if rules.is_gone(openhouse, at=at):
        raise Refused(_("The day has been. What you wished is forgotten by itself in two days."), status=409)
    had = VisitWish.objects.filter(pk=wish.pk, appointments__isnull=False).exists()
    VisitWish.objects.filter(pk=wish.pk).delete()
    if had:
        AppointmentPlan.objects.filter(openhouse=openhouse).update(version=F("version") + 1)
