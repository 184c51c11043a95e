"""An association answers. There is one answer, merged question by question, so that two people at once lose nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from brobygget.associations.commands.answers import mark_of
from brobygget.house.commands.refused import Refused
from brobygget.openhouse import rules
from brobygget.openhouse.commands import waiting
from brobygget.openhouse.commands.floor import plug_in
from brobygget.openhouse.commands.holding import locked
from brobygget.openhouse.models import Answer, AnswerChange, Invitation, OpenHouse, Place, Stand

QUESTIONS = (
    "said", "kind", "hands", "open_to_beginners", "table", "watts", "power_for", "noise", "step_free", "wish",
)  # fmt: skip
Answers = dict[str, Any]


@dataclass(frozen=True)
class Met:
    """Two people answered the same question; the later answer stands, the earlier one is kept here."""

    change: AnswerChange
    theirs: Any


@dataclass(frozen=True)
class Saved:
    """What a form changed."""

    answer: Answer
    met: tuple[Met, ...] = field(default=())


def answers_of(answer: Answer | None) -> Answers:
    """What the form shows now."""
    return {name: _plain(getattr(answer, name)) for name in QUESTIONS} if answer else {}


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, str) else value


def marks_of(answers: Answers) -> dict[str, str]:
    """A short mark of each answer: the form remembers with it what stood there when it was opened."""
    return {name: mark_of(answers.get(name)) for name in QUESTIONS}


@transaction.atomic
def answer_invitation(
    invitation: Invitation,
    *,
    answers: Mapping[str, Any],
    seen: Mapping[str, str],
    sitting: str,
    channel: Answer.Channel,
    at: datetime,
) -> Saved:
    """Write what this person has changed; what they left as they found it stays as it is now.

    `seen` are marks of what stood in the form when it was opened. After registration has closed a yes is kept and
    stands last on the waiting list.
    """
    openhouse = locked(invitation.openhouse_id)
    _refuse_when_over(openhouse, at=at)
    before = Answer.objects.filter(invitation=invitation).select_related("invitation").first()
    here = answers_of(before)
    wanted = {
        name: _wanted(name, answers, here, seen) for name in QUESTIONS if name in answers or name in here
    }
    _refuse_to_lose_a_place(invitation, wanted["said"])
    answer = before or Answer(invitation=invitation, said_at=at)
    if before is None or wanted["said"] != before.said:
        answer.said_at = at
        answer.wants_since = at if wanted["said"] == Answer.Said.YES else None
    changed = [name for name, value in wanted.items() if before is None or value != here[name]]
    for name, value in wanted.items():
        setattr(answer, name, value)
    if changed:
        answer.channel, answer.changed_at = channel, at
        answer.save()
    met = _note_changes(answer, here, wanted, seen, sitting, at) if before is not None else ()
    waiting.follow_answer(openhouse, answer, at=at)
    plug_in(Stand.objects.filter(invitation=invitation))
    return Saved(answer, met)


def _refuse_when_over(openhouse: OpenHouse, *, at: datetime) -> None:
    if openhouse.called_off_on is not None:
        raise Refused(_("The day is called off, so nothing can be answered any more."), status=409)
    if not rules.is_open_for_answers(openhouse, at=at):
        raise Refused(_("The day has been, so nothing can be answered any more."), status=409)


def _wanted(name: str, answers: Mapping[str, Any], here: Answers, seen: Mapping[str, str]) -> Any:
    """The answer that stands: this person's, unless they left it as they found it."""
    if name not in answers:
        return here[name]
    if name in here and seen.get(name) == mark_of(answers[name]):
        return here[name]
    return answers[name]


def _refuse_to_lose_a_place(invitation: Invitation, said: str) -> None:
    """A place is given up on a page of its own, never by a form that was open since before."""
    place = Place.objects.filter(invitation=invitation).first()
    if place is not None and place.has_place and said != Answer.Said.YES:
        raise Refused(
            _("You have a place. If you cannot come, press “We cannot come” and the next in line is called."),
            status=409,
        )


def _note_changes(
    answer: Answer, here: Answers, wanted: Answers, seen: Mapping[str, str], sitting: str, at: datetime
) -> tuple[Met, ...]:
    """What stood there before. Someone who goes on writing in one sitting has made one change."""
    met = []
    for name, value in wanted.items():
        if value == here[name]:
            continue
        last = answer.changes.filter(field=name).order_by("-at", "-pk").first()
        if last is not None and sitting and last.sitting == sitting:
            last.after, last.at = json.dumps(value), at
            last.save(update_fields=["after", "at"])
            continue
        change = AnswerChange.objects.create(
            answer=answer,
            field=name,
            before=json.dumps(here[name]),
            after=json.dumps(value),
            at=at,
            sitting=sitting,
        )
        if name in seen and seen[name] != mark_of(here[name]):
            met.append(Met(change, here[name]))
    return tuple(met)


@transaction.atomic
def take_back(change: AnswerChange, *, sitting: str, at: datetime) -> Saved:
    """Let the earlier answer stand after all."""
    return answer_invitation(
        change.answer.invitation,
        answers={change.field: json.loads(change.before)},
        seen={},
        sitting=f"{sitting[:30]}-back",
        channel=Answer.Channel.LINK,
        at=at,
    )
