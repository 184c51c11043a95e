"""Meetings by appointment: opened, closed, arranged by the program, moved by hand, told; and what associations say of theirs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from brobygget.house.commands.refused import Refused
from brobygget.house.models import House
from brobygget.openhouse import analysis, rules
from brobygget.openhouse.commands.holding import locked, refuse_outside
from brobygget.openhouse.findings import Arranged
from brobygget.openhouse.models import (
    Appointment,
    AppointmentHost,
    AppointmentPlan,
    Invitation,
    OpenHouse,
    VisitWish,
)
from brobygget.openhouse.plans.slots import Slot, slots_between
from brobygget.openhouse.queries.appointments import MeetingDay, day_of, plan_of
from brobygget.web import moments

MOST_SLOTS = 60
# A meeting by hand that cannot be: nobody is in two places, and a chair is one chair.
IMPOSSIBLE = ("met_twice", "two_at_once", "absent", "over_capacity")


@dataclass(frozen=True)
class AppointmentFacts:
    """What is decided about the meetings."""

    starts: time
    ends: time
    minutes: int
    pause: int
    at_once: int
    choose_by: datetime


# -- opened, changed, closed ---------------------------------------------------------------------------------------
@transaction.atomic
def open_appointments(openhouse: OpenHouse, *, facts: AppointmentFacts, at: datetime) -> AppointmentPlan:
    """Let visitors choose whom they would like to meet, until a time; or change the hours before anybody is told."""
    openhouse = locked(openhouse.pk)
    plan = plan_of(openhouse)
    if rules.is_gone(openhouse, at=at):
        raise Refused(_("The day has been, or is called off. Nothing can be opened for it."), status=409)
    if plan is not None and plan.told_at is not None:
        raise Refused(_("The meetings are told. Stop showing them before you change the hours."), status=409)
    _refuse_hours(openhouse, facts)
    if (plan is None or facts.choose_by != plan.choose_by) and facts.choose_by <= at:
        raise Refused(_("That time has passed. Choose until when visitors may choose from now on."))
    if facts.choose_by > openhouse.starts_at:
        raise Refused(
            _("Visitors must have chosen before the doors open on %(day)s, so that a timetable can be made.")
            % {"day": moments.day_and_clock(openhouse.starts_at)}
        )
    return AppointmentPlan.objects.update_or_create(openhouse=openhouse, defaults=vars(facts))[0]


def _refuse_hours(openhouse: OpenHouse, facts: AppointmentFacts) -> None:
    refuse_outside(openhouse, starts=facts.starts, ends=facts.ends)
    slots = slots_between(facts.starts, facts.ends, minutes=facts.minutes, pause=facts.pause)
    if not slots:
        raise Refused(
            _("Not even one meeting fits between these hours. Make it shorter, or the time longer.")
        )
    if len(slots) > MOST_SLOTS:
        raise Refused(
            _("That would be %(number)d meetings after each other. %(most)d is the most; make each longer.")
            % {"number": len(slots), "most": MOST_SLOTS}
        )


@transaction.atomic
def close_wishes(openhouse: OpenHouse, *, at: datetime) -> AppointmentPlan:
    """Nobody chooses any more, from now on."""
    plan = _held_plan(openhouse)
    if rules.may_wish(plan, at=at):
        plan.choose_by = at
        plan.save(update_fields=["choose_by"])
    return plan


def _held_plan(openhouse: OpenHouse) -> AppointmentPlan:
    """The plan, while nobody else changes anything about the day."""
    plan = plan_of(locked(openhouse.pk))
    if plan is None:
        raise Refused(_("There are no meetings by appointment on this day."), status=409)
    return plan


# -- what an association says of its own ---------------------------------------------------------------------------
@transaction.atomic
def say_hosting(
    invitation: Invitation, *, takes_part: bool, at_once: int | None, away: Iterable[Slot], at: datetime
) -> AppointmentHost:
    """Whether they meet visitors by appointment, how many at once, and when they cannot."""
    plan = _held_plan(invitation.openhouse)
    if rules.is_gone(plan.openhouse, at=at):
        raise Refused(_("The day has been, so nothing can be answered any more."), status=409)
    host, _is_new = AppointmentHost.objects.get_or_create(invitation=invitation)
    host.declined_on = None if takes_part else host.declined_on or timezone.localdate(at)
    host.at_once = at_once
    host.away = ",".join(slot.value for slot in sorted(set(away)))
    host.save(update_fields=["declined_on", "at_once", "away"])
    return host


# -- the timetable -------------------------------------------------------------------------------------------------
def refuse_to_arrange(day: MeetingDay, *, at: datetime) -> None:
    """The engine is asked only when nobody can choose any more, and where there is something to ask."""
    if at < day.plan.closes_at:
        raise Refused(_("Visitors can still choose. Close that first; then the timetable can be made."))
    if not rules.may_arrange(day.plan, at=at):
        raise Refused(
            _("The day has been, or is called off. There is nothing to arrange any more."), status=409
        )
    if not day.by_host:
        raise Refused(_("No association takes part yet, so there is nobody to meet."))
    if not day.slots:
        raise Refused(
            _("The doors are not open between these hours. Change the hours of the meetings first.")
        )
    if not day.wishes:
        raise Refused(_("Nobody has chosen anything yet."))


def arrange(day: MeetingDay, *, all_anew: bool, at: datetime) -> Arranged:
    """Who meets whom. Nothing is written, so that nobody waits for the engine to write.

    What is told is kept, unless everything is to be made anew: only who has lost a meeting, or has none, gets one.
    """
    refuse_to_arrange(day, at=at)
    if all_anew or day.plan.told_at is None:
        return analysis.arrange_meetings(day)
    return analysis.fill_meetings(day)


@transaction.atomic
def ask_for_timetable(openhouse: OpenHouse, *, all_anew: bool, at: datetime) -> AppointmentPlan:
    """The worker makes it, because it takes longer than somebody should wait."""
    plan = _held_plan(openhouse)
    if plan.asked_at is None:
        plan.asked_at, plan.asks_for_all = at, all_anew
        plan.save(update_fields=["asked_at", "asks_for_all"])
    return plan


@transaction.atomic
def keep_arranged(seen: MeetingDay, found: Arranged, *, at: datetime) -> int:
    """Write what the program has found, if nothing has changed meanwhile; how many appointments are other than before.

    The same wishes give the same timetable, and one that is there already is not written again.
    """
    plan = _held_plan(seen.openhouse)
    now = day_of(plan.openhouse, plan, on=timezone.localdate(at))
    if now.mark != seen.mark:
        raise Refused(_("Something has changed meanwhile. Nothing is written; press once more."), status=409)
    wanted = {}
    for one in found.meetings:
        slot, host = now.slots[one.slot], now.by_host[one.invitation]
        reason = now.because(now.by_wish[one.wish], host)
        wanted[one.wish, one.invitation, slot.starts, slot.ends] = Appointment(
            wish_id=one.wish,
            invitation_id=one.invitation,
            starts=slot.starts,
            ends=slot.ends,
            interest=reason.interest if reason else "",
            is_same_kind=bool(reason and reason.is_same_kind),
            given_at=at,
        )
    before = {(one.wish_id, one.invitation_id, one.starts, one.ends): one.pk for one in now.appointments}
    gone = [pk for key, pk in before.items() if key not in wanted]
    new = [row for key, row in wanted.items() if key not in before]
    # Who changes times with somebody would meet them for a moment; so they leave first.
    Appointment.objects.filter(pk__in=gone).delete()
    Appointment.objects.bulk_create(new)
    _note_causes(now, found)
    plan.asked_at, plan.made_at = None, at
    plan.visitors, plan.served, plan.most_served = len(now.wishes), found.served, found.most_served
    plan.meetings, plan.share = len(found.meetings), found.share
    plan.version += bool(gone or new)
    plan.save()
    return max(len(gone), len(new))


def _note_causes(day: MeetingDay, found: Arranged) -> None:
    """Why some have nothing; for everybody else nothing is noted."""
    for wish in day.wishes:
        cause, would_help = found.unserved.get(wish.pk, ("", ()))
        wish.cause = cause
        wish.would_help = ",".join(str(one) for one in would_help[:20])
    VisitWish.objects.bulk_update(day.wishes, ["cause", "would_help"], batch_size=200)
    AppointmentHost.objects.filter(invitation__openhouse=day.openhouse).update(cause="")
    for invitation, cause in found.empty.items():
        AppointmentHost.objects.update_or_create(invitation_id=invitation, defaults={"cause": cause})


def make_asked_timetables(house: House, *, at: datetime) -> int:
    """Every timetable that somebody has asked for; how many. Can be stopped and begun again at any moment."""
    asked = AppointmentPlan.objects.filter(openhouse__house=house).exclude(asked_at=None)
    done = 0
    for plan in asked.select_related("openhouse__house").order_by("asked_at"):
        day = day_of(plan.openhouse, plan, on=timezone.localdate(at))
        try:
            keep_arranged(day, arrange(day, all_anew=plan.asks_for_all, at=at), at=at)
        except Refused as no:
            if no.status != 409 or not rules.may_arrange(plan, at=at):
                AppointmentPlan.objects.filter(pk=plan.pk).update(asked_at=None)
            continue
        done += 1
    return done


@transaction.atomic
def tell_meetings(openhouse: OpenHouse, *, is_told: bool, at: datetime) -> AppointmentPlan:
    """From now on every phone shows its meetings, and every association its list; or not any more."""
    plan = _held_plan(openhouse)
    if is_told and plan.made_at is None:
        raise Refused(_("There is no timetable yet, so there is nothing to tell."))
    if is_told and at < plan.closes_at:
        raise Refused(_("Visitors can still choose. Close that first; then the timetable can be made."))
    plan.told_at = (plan.told_at or at) if is_told else None
    plan.version += 1
    plan.save(update_fields=["told_at", "version"])
    return plan


# -- by hand -------------------------------------------------------------------------------------------------------
def breaks(day: MeetingDay, one: Appointment, *, host: int, place: int) -> tuple[str, ...]:
    """What is broken when an appointment is moved, as codes; nothing is written."""
    if host not in day.by_host or not 0 <= place < len(day.slots) or one.pk not in {x.pk for x in day.living}:
        raise Refused(_("That association or that time is not there any more. Look again."), status=409)
    return analysis.weigh_meeting(day, one, day.by_host[host], place)


@transaction.atomic
def move_meeting(
    openhouse: OpenHouse, *, appointment: int, host: int, place: int, seen: int, at: datetime
) -> None:
    """Another time, or another association. `seen` is the timetable's version that the page showed."""
    plan = _held_plan(openhouse)
    day = day_of(plan.openhouse, plan, on=timezone.localdate(at))
    one = next((each for each in day.appointments if each.pk == appointment), None)
    if one is None or plan.version != seen:
        raise Refused(
            _("Somebody else has moved something meanwhile. Nothing is changed; look again."), status=409
        )
    broken = breaks(day, one, host=host, place=place)
    if set(broken) & set(IMPOSSIBLE):
        raise Refused(_("That cannot be: somebody would be in two places, or a chair would be taken twice."))
    slot, reason = day.slots[place], day.because(day.by_wish[one.wish_id], day.by_host[host])
    one.invitation_id, one.starts, one.ends = host, slot.starts, slot.ends
    one.interest, one.is_same_kind = (reason.interest, reason.is_same_kind) if reason else ("", False)
    one.given_at = at
    one.save()
    AppointmentPlan.objects.filter(pk=plan.pk).update(version=F("version") + 1)


# -- the end -------------------------------------------------------------------------------------------------------
def forget_meetings_gone(*, house_id: int, at: datetime) -> None:
    """Two days after the day nobody can find out who wished what, or who was where. Only the sums stay."""
    last = timezone.localdate(at) - timedelta(days=rules.MEETINGS_KEPT_DAYS)
    gone = OpenHouse.objects.filter(house_id=house_id, day__lt=last)
    VisitWish.objects.filter(openhouse__in=gone).delete()
    AppointmentHost.objects.filter(invitation__openhouse__in=gone).delete()


def would_help_of(wishes: Sequence[VisitWish]) -> dict[int, int]:
    """How many of those without a meeting one more place at each association could serve."""
    found: dict[int, int] = {}
    for wish in wishes:
        for part in filter(str.isdigit, wish.would_help.split(",")):
            found[int(part)] = found.get(int(part), 0) + 1
    return found
