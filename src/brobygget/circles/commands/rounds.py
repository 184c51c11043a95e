"""The presentation round: whose turn it is, with the time protected. Nothing that is said is written here."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any, Protocol

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from brobygget.circles import plans, prompts
from brobygget.circles.commands.state import going_on, held_meeting, note_change
from brobygget.circles.commands.steps import begin_step, end_turns
from brobygget.circles.models import Meeting, Membership, OwnCard, Round, Step, Turn
from brobygget.house.commands.refused import Refused


class Shuffler(Protocol):
    """What draws the order: `random.Random`, or a generator of NumPy."""

    def shuffle(self, x: Any, /) -> None: ...


@transaction.atomic
def begin_round(
    step: Step,
    *,
    prompt: str,
    order: str,
    rng: Shuffler,
    at: datetime,
    members: Collection[Membership] | None = None,
    first: Membership | None = None,
    minutes_each: int = plans.SPEAKING,
    interpreting_minutes_each: int = plans.INTERPRETING,
) -> Round:
    """Set the order and let the first one speak: the leader, who sits in the first organiser's seat."""
    meeting = going_on(held_meeting(step.meeting_id))
    begun = Round.objects.filter(step=step).first()
    if begun is not None:
        return begun
    if step.kind != Step.Kind.ROUND or prompt not in prompts.BY_CODE or order not in Round.Order.values:
        raise Refused(_("Choose what the round is about, and the order."))
    in_circle = meeting.circle.memberships.order_by("seat")
    speakers = list(in_circle if members is None else in_circle.filter(pk__in=[who.pk for who in members]))
    if not speakers:
        raise Refused(_("Nobody is in the circle yet. Invite somebody first."))
    if order == Round.Order.DRAWN:
        rng.shuffle(speakers)
    opens = first or min(
        (who for who in speakers if who.is_organiser), key=lambda who: who.seat, default=speakers[0]
    )
    begin_step(step, at=at)
    new = Round.objects.create(
        step=step,
        prompt=prompt,
        order=order,
        minutes_each=minutes_each,
        interpreting_minutes_each=interpreting_minutes_each,
    )
    place = speakers.index(opens) if opens in speakers else 0
    in_order = (
        [*speakers[place:], *speakers[:place]] if order == Round.Order.SEAT else _with_first(speakers, place)
    )
    turns = [Turn(round=new, membership=who, position=number) for number, who in enumerate(in_order, start=1)]
    turns[0].began_at = at
    Turn.objects.bulk_create(turns)
    note_change(meeting)
    return new


@transaction.atomic
def begin_next_turn(the_round: Round, *, after: Turn | None, at: datetime) -> Turn | None:
    """The turn goes on, from the one that the press belongs to. A second press of the same finds it gone on already.

    The answer is the turn of whoever speaks now, or None when everybody has spoken.
    """
    meeting = _going_round(the_round)
    speaking = speaking_in(the_round)
    if (after.pk if after else None) != (speaking.pk if speaking else None):
        return speaking
    upcoming = waiting_in(the_round).first()
    if speaking is None and upcoming is None:
        return None
    if speaking is not None:
        speaking.ended_at = at
        speaking.save(update_fields=["ended_at"])
    if upcoming is not None:
        upcoming.began_at = at
        upcoming.save(update_fields=["began_at"])
    note_change(meeting)
    return upcoming


@transaction.atomic
def pass_turn(turn: Turn, *, at: datetime) -> Turn:
    """Somebody lets the turn go by; nobody asks why. If it was theirs just now, the next one begins."""
    meeting = _going_round(turn.round)
    turn = _turn_again(turn)
    if turn.passed or turn.ended_at is not None:
        return turn
    was_speaking = turn.began_at is not None
    turn.passed = True
    if was_speaking:
        turn.ended_at = at
    turn.save(update_fields=["passed", "ended_at"])
    if was_speaking:
        upcoming = waiting_in(turn.round).first()
        if upcoming is not None:
            upcoming.began_at = at
            upcoming.save(update_fields=["began_at"])
    note_change(meeting)
    return turn


@transaction.atomic
def return_to_round(turn: Turn) -> Turn:
    """Somebody who passed wants to speak after all, last."""
    meeting = _going_round(turn.round)
    turn = _turn_again(turn)
    if turn.passed:
        turn.passed, turn.began_at, turn.ended_at = False, None, None
        turn.position = _last_position(turn.round) + 1
        turn.save(update_fields=["passed", "began_at", "ended_at", "position"])
        note_change(meeting)
    return turn


@transaction.atomic
def join_round(the_round: Round, *, membership: Membership) -> Turn:
    """Somebody came late: they speak last."""
    meeting = _going_round(the_round)
    if membership.circle_id != meeting.circle_id:
        raise Refused(_("Only somebody in the circle can be in its round."))
    turn, is_new = Turn.objects.get_or_create(
        round=the_round, membership=membership, defaults={"position": _last_position(the_round) + 1}
    )
    if is_new:
        note_change(meeting)
    return turn


def join_going_round(membership: Membership) -> Turn | None:
    """Somebody has just come into the circle: where a round goes on, they speak last in it."""
    going = Round.objects.filter(
        step__meeting__circle=membership.circle_id,
        step__meeting__closed_at=None,
        step__began_at__isnull=False,
        step__ended_at=None,
    ).first()
    return join_round(going, membership=membership) if going else None


@transaction.atomic
def leave_round(turn: Turn, *, at: datetime) -> None:
    """Somebody has to go. No reason is asked for; if it was their turn, the next one begins."""
    meeting = _going_round(turn.round)
    found = Turn.objects.filter(pk=turn.pk).first()
    if found is None or found.ended_at is not None:
        return
    if found.began_at is not None:
        begin_next_turn(found.round, after=found, at=at)
        return
    found.delete()
    note_change(meeting)


@transaction.atomic
def end_round(the_round: Round, *, at: datetime) -> None:
    """Whoever speaks has finished. The step ends when the evening goes on."""
    meeting = _going_round(the_round)
    if speaking_in(the_round) is not None:
        end_turns(the_round.step, at=at)
        note_change(meeting)


@transaction.atomic
def give_round_time(
    the_round: Round, *, minutes: int, at: datetime, shorten: Step | None = None, put_off: Step | None = None
) -> Round:
    """The leader has been asked: the round gets so many minutes more, and a later part gives them.

    With neither part named the evening ends later; with no minutes the plan stays. It is asked once.
    """
    meeting = _going_round(the_round)
    the_round = Round.objects.select_related("step").get(pk=the_round.pk)
    if the_round.time_given_at is not None:
        return the_round
    if minutes > 0:
        _take_minutes(meeting, minutes, shorten=shorten, put_off=put_off)
        the_round.step.planned_minutes += minutes
        the_round.step.save(update_fields=["planned_minutes"])
    the_round.time_given_at = at
    the_round.save(update_fields=["time_given_at"])
    note_change(meeting)
    return the_round


def keep_card(membership: Membership, *, text: str) -> None:
    """What a speaker wants to keep, for the speaker only; no screen is told. Nothing written, nothing kept."""
    if text:
        OwnCard.objects.update_or_create(membership=membership, defaults={"text": text})
    else:
        OwnCard.objects.filter(membership=membership).delete()


def speaking_in(the_round: Round) -> Turn | None:
    """The turn that has begun and not ended."""
    return the_round.turns.filter(began_at__isnull=False, ended_at=None).first()


def waiting_in(the_round: Round) -> QuerySet[Turn]:
    """The turns that are still to come, in their order."""
    return the_round.turns.filter(began_at=None, passed=False).order_by("position")


def _take_minutes(meeting: Meeting, minutes: int, *, shorten: Step | None, put_off: Step | None) -> None:
    part = shorten or put_off
    if part is None:
        return
    found = meeting.steps.filter(pk=part.pk, began_at=None).first()
    if found is None:
        raise Refused(_("That part has begun or is gone. Choose another one."), status=409)
    if put_off is not None:
        found.delete()
        return
    if found.planned_minutes - minutes < plans.SHORTEST_STEP:
        raise Refused(_("That part is too short to give so much time. Choose another one."))
    found.planned_minutes -= minutes
    found.save(update_fields=["planned_minutes"])


def _going_round(the_round: Round) -> Meeting:
    step = Step.objects.get(pk=the_round.step_id)
    meeting = going_on(held_meeting(step.meeting_id))
    step.refresh_from_db()
    if not step.is_now:
        raise Refused(_("The round is over. The evening has gone on."), status=409)
    return meeting


def _turn_again(turn: Turn) -> Turn:
    found = Turn.objects.select_related("round").filter(pk=turn.pk).first()
    if found is None:
        raise Refused(_("This turn is no longer in the round."), status=409)
    return found


def _last_position(the_round: Round) -> int:
    return int(the_round.turns.aggregate(last=Max("position"))["last"] or 0)


def _with_first(speakers: list[Membership], place: int) -> list[Membership]:
    return [speakers[place], *speakers[:place], *speakers[place + 1 :]]
