"""Who is at the tables: members by their seat in the circle, others by what they want to be called this evening."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from brobygget.circles import spoken
from brobygget.circles.commands.state import held_meeting, not_closed
from brobygget.circles.commands.table_plans import MOST_GUESTS, held_plan, seat_everybody, tell
from brobygget.circles.models import Meeting, SpokenLanguage, TableGuest, TablePlan, TableWish
from brobygget.circles.queries import tables as queries
from brobygget.house.commands.refused import Refused
from brobygget.people import commands as people
from brobygget.people.models import Participant, PersonalLink
from brobygget.people.queries import participant_behind

KEPT_DAYS = 7  # after that, somebody who was only called something for an evening is forgotten


@dataclass(frozen=True)
class NewGuest:
    """Somebody whom the leader writes down: an alias, what they talk in, and nothing else that is asked."""

    alias: str
    languages: tuple[str, ...]
    years_here: str = ""


@transaction.atomic
def open_plan(meeting: Meeting, *, on: date) -> TablePlan:
    """The meeting's tables, with everybody of the circle; who is here follows the leader's list of attendance."""
    held = not_closed(held_meeting(meeting.pk))
    plan, is_new = TablePlan.objects.get_or_create(
        meeting=held, defaults={"house_id": held.circle.house_id, "made_on": on}
    )
    if is_new:
        forget_old_guests(house_id=plan.house_id, on=on)
    came = set(held.attendances.values_list("membership__participant_id", flat=True))
    known = set(plan.guests.values_list("participant_id", flat=True))
    in_circle = held.circle.memberships.order_by("seat").values_list("participant_id", flat=True)
    has_begun = plan.rounds.exists()
    TableGuest.objects.bulk_create(
        TableGuest(
            plan=plan,
            participant_id=participant,
            last_round=0 if has_begun or (came and participant not in came) else None,
        )
        for participant in in_circle
        if participant not in known
    )
    if is_new:
        _take_over_wishes(plan)
    return plan


def _take_over_wishes(plan: TablePlan) -> None:
    """What the leader wished about two members at the meeting before still holds; it can be taken away."""
    assert plan.meeting is not None
    before = (
        TablePlan.objects.filter(meeting__circle=plan.meeting.circle_id)
        .exclude(pk=plan.pk)
        .order_by("-meeting__number")
        .first()
    )
    if before is None:
        return
    earlier = dict(before.guests.filter(participant__isnull=False).values_list("pk", "participant_id"))
    now = dict(plan.guests.values_list("participant_id", "pk"))
    for wish in queries.wishes_of(before, set(earlier)):
        pair = [now.get(earlier[pk]) for pk in (wish.one, wish.other)]
        if None not in pair:
            TableWish.objects.create(plan=plan, secret=f"{wish.rule} {pair[0]} {pair[1]}")


@transaction.atomic
def add_guests(plan: TablePlan, guests: Sequence[NewGuest]) -> None:
    """Several at once, as they stand on the leader's paper. Where there is a plan they get seats in it at once."""
    held = held_plan(plan)
    _there_is_room(held, len(guests))
    taken = {person.called.casefold() for person in queries.people_of(held)}
    for guest in guests:
        if guest.alias.casefold() in taken:
            raise Refused(
                _("Somebody here is already called %(alias)s. Add a letter, so that both find their table.")
                % {"alias": guest.alias}
            )
        taken.add(guest.alias.casefold())
    hall = queries.hall_of(held)
    TableGuest.objects.bulk_create(
        TableGuest(
            plan=held,
            alias=guest.alias,
            languages=",".join(guest.languages),
            years_here=guest.years_here,
            first_round=hall.next_number,
        )
        for guest in guests
    )
    _plan_anew(held)


@transaction.atomic
def join_tables(
    plan: TablePlan,
    *,
    alias: str,
    language: str,
    languages: Sequence[str],
    years_here: str,
    phone_secret: str,
    on: date,
) -> Participant:
    """Somebody comes in by the code at the door; the same press again finds the same guest."""
    again = participant_behind(phone_secret, purpose=PersonalLink.Purpose.DEVICE)
    if again is not None:
        return again
    held = held_plan(plan)
    if not held.is_door_open:
        raise Refused(_("The door is closed just now. Tell the leader that you are here."), status=409)
    if alias.casefold() in {person.called.casefold() for person in queries.people_of(held)}:
        raise Refused(_("Somebody here is already called that. Add a letter, so that both find their table."))
    _there_is_room(held, 1)
    person = people.welcome_participant(
        house_id=held.house_id, alias=alias, language=language, years_here=years_here, on=on
    )
    people.give_link(person, purpose=PersonalLink.Purpose.DEVICE, on=on, secret=phone_secret)
    say_languages(person, languages)
    sit_down(held, person)
    return person


@transaction.atomic
def sit_down(plan: TablePlan, participant: Participant) -> TableGuest:
    """Somebody whose phone we know is here; the leader gives them a table with the next press."""
    held = held_plan(plan)
    hall = queries.hall_of(held)
    guest, is_new = TableGuest.objects.get_or_create(
        plan=held, participant=participant, defaults={"first_round": hall.next_number}
    )
    if not is_new and guest.last_round is not None:
        _is_here_again(guest, hall)
    tell(held)
    return guest


def say_languages(participant: Participant, codes: Iterable[str]) -> None:
    """What somebody can talk in, by their own word; nothing said means the language they read."""
    wished = set(spoken.known(codes))
    participant.spoken_languages.exclude(code__in=wished).delete()
    there = set(participant.spoken_languages.values_list("code", flat=True))
    SpokenLanguage.objects.bulk_create(
        SpokenLanguage(participant=participant, code=code) for code in sorted(wished - there)
    )


@transaction.atomic
def note_guest(guest: TableGuest, *, is_here: bool) -> str:
    """Somebody came, or went. It is written down in any case; the answer is a sentence when no plan fits it."""
    plan = held_plan(guest.plan)
    hall = queries.hall_of(plan)
    found = TableGuest.objects.filter(pk=guest.pk).first()
    if found is None:
        return ""
    if is_here == (found.pk in {person.pk for person in hall.here}):
        return ""
    if is_here:
        _is_here_again(found, hall)
    else:
        found.last_round = len(hall.held)
        found.save(update_fields=["last_round"])
    return _plan_anew_or_say(plan)


def _is_here_again(guest: TableGuest, hall: queries.Hall) -> None:
    if guest.last_round == 0 or not hall.seats:
        guest.first_round = hall.next_number
    guest.last_round = None
    guest.save(update_fields=["first_round", "last_round"])


@transaction.atomic
def change_guest(guest: TableGuest, *, languages: Sequence[str], interprets: bool) -> str:
    """What somebody talks in this evening, and whether they interpret at their table."""
    plan = held_plan(guest.plan)
    guest.languages, guest.interprets = ",".join(spoken.known(languages)), interprets
    guest.save(update_fields=["languages", "interprets"])
    return _plan_anew_or_say(plan)


# -- the leader's wishes -------------------------------------------------------------------------------------------
@transaction.atomic
def wish(plan: TablePlan, *, rule: queries.Rule, one: TableGuest, other: TableGuest) -> str:
    """Two at one table, or two not at one table. There is no field for why, and nobody else sees it."""
    held = held_plan(plan)
    if one.pk == other.pk:
        raise Refused(_("A wish is about two different people. Choose two."))
    pair = frozenset((one.pk, other.pk))
    for known in queries.hall_of(held).wishes:
        if known.pair == pair and known.rule == rule:
            return ""
        if known.pair == pair:
            raise Refused(
                _(
                    "You have wished the opposite for these two. Take that wish away first, and then say this one."
                )
            )
    TableWish.objects.create(plan=held, secret=f"{rule} {one.pk} {other.pk}")
    return _plan_anew_or_say(held)


@transaction.atomic
def drop_wish(plan: TablePlan, *, pk: int) -> str:
    """The wish no longer holds."""
    held = held_plan(plan)
    gone, _rows = held.wishes.filter(pk=pk).delete()
    return _plan_anew_or_say(held) if gone else ""


# -- the door, and being forgotten ---------------------------------------------------------------------------------
@transaction.atomic
def open_door(plan: TablePlan, *, is_open: bool) -> None:
    """Let people in by a code, or no longer; closing it closes every printed code for good."""
    held = held_plan(plan)
    if held.is_door_open == is_open:
        return
    held.is_door_open = is_open
    if not is_open:
        held.door_generation += 1
    held.save(update_fields=["is_door_open", "door_generation"])
    tell(held)


@transaction.atomic
def put_away(plan: TablePlan, *, at: datetime) -> None:
    """The gathering is over: who was there by name only is forgotten, and so is the phone of a guest."""
    end_tables(plan, at=at)
    forget_guests(plan)


@transaction.atomic
def end_tables(plan: TablePlan, *, at: datetime) -> None:
    """No round comes any more and the door is closed; whoever was there is forgotten by `forget_guests`."""
    plan.is_door_open, plan.finished_at, plan.pieces_left = False, at, 0
    plan.save(update_fields=["is_door_open", "finished_at", "pieces_left"])
    plan.changes.all().delete()
    plan.rounds.filter(began_at__isnull=False, ended_at=None).update(ended_at=at)
    plan.rounds.filter(began_at=None).delete()
    tell(plan)


def forget_old_guests(*, house_id: int, on: date) -> None:
    """The same for gatherings of this house that nobody has ended."""
    for plan in TablePlan.objects.filter(house_id=house_id, made_on__lt=on - timedelta(days=KEPT_DAYS)):
        forget_guests(plan)


@transaction.atomic
def forget_guests(plan: TablePlan) -> None:
    """Whoever is here for these tables only: names are removed, and participants who sit nowhere else."""
    only_guests = Q(participant__isnull=False, participant__memberships=None)
    guests = plan.guests.filter(only_guests).select_related("participant")
    for person in [guest.participant for guest in guests if guest.participant is not None]:
        if not person.table_guests.exclude(plan=plan).filter(plan__finished_at=None).exists():
            people.forget_participant(person)
    plan.guests.filter(participant=None).delete()
    left = set(plan.guests.values_list("pk", flat=True))
    kept = {wish.pk for wish in queries.wishes_of(plan, left)}
    plan.wishes.exclude(pk__in=kept).delete()


def _there_is_room(plan: TablePlan, more: int) -> None:
    if plan.guests.count() + more > MOST_GUESTS:
        raise Refused(_("There is room for %(most)d people in one table plan.") % {"most": MOST_GUESTS})


def _plan_anew(plan: TablePlan) -> None:
    """Where there is a plan with rounds to come, everybody who is here gets a seat in them now."""
    if plan.rounds.filter(began_at=None).exists():
        seat_everybody(plan, stay_near=True)
    else:
        tell(plan)


def _plan_anew_or_say(plan: TablePlan) -> str:
    """The same, but what was told is kept even when no plan fits it: the answer says why."""
    try:
        with transaction.atomic():
            _plan_anew(plan)
    except Refused as no:
        # The seats of who has gone are empty; the rest of the plan still holds.
        hall = queries.hall_of(plan)
        for number in (each.number for each in hall.open):
            there = {person.pk for person in hall.people_in(number)}
            plan.rounds.get(number=number).seats.exclude(guest__in=there).delete()
        tell(plan)
        return no.sentence
    return ""
