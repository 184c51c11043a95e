"""The association's own words, and the house's: merged field by field, so that two people at once lose nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from brobygget.associations.commands.answers import Answers, answers_of, changes_from, mark_of
from brobygget.associations.commands.directory import refresh_directory
from brobygget.associations.commands.said import said_by_association
from brobygget.associations.commands.writing import write_said
from brobygget.associations.models import Association, AssociationText, FieldChange, Origin
from brobygget.house.commands.refused import Refused
from brobygget.house.models import House


@dataclass(frozen=True)
class Meeting:
    """Two people answered the same question; the later answer stands, the earlier one is kept here."""

    field: str
    change: FieldChange
    theirs: Any


@dataclass(frozen=True)
class Saved:
    """What a form changed."""

    association: Association
    fields: tuple[str, ...] = ()
    meetings: tuple[Meeting, ...] = field(default=())


def _locked(pk: int) -> Association:
    """The association, so that nobody else writes there meanwhile."""
    Association.objects.select_for_update().get(pk=pk)
    whole = Association.objects.select_related("letter_address", "house")
    return whole.prefetch_related("interests", "times", "contacts").get(pk=pk)


@transaction.atomic
def save_answers(
    association: Association,
    *,
    answers: Mapping[str, Any],
    seen: Mapping[str, str],
    origin: Origin,
    sitting: str,
    at: datetime,
) -> Saved:
    """Write the answers that this person has changed; what they left as they found it stays as it is now.

    `seen` are marks of what stood in the form when it was opened.
    """
    association = _locked(association.pk)
    said = said_by_association(association)
    here = answers_of(association, said)
    changed: Answers = {}
    meetings = []
    for name, answer in answers.items():
        if answer == here[name] or seen.get(name) == mark_of(answer):
            continue
        changed[name] = answer
        change, is_new = _note_change(association, name, here[name], answer, origin, sitting, at)
        if name in seen and seen[name] != mark_of(here[name]) and is_new:
            meetings.append(Meeting(name, change, here[name]))
    if changed:
        changes = changes_from(changed, association, said)
        who = {"origin": str(origin), "at": at.isoformat()}
        write_said(association, changes, provenance=dict.fromkeys(changes, who), at=at)
        association.texts.filter(field__in=changed).update(status=AssociationText.Status.DRAFT)
        refresh_directory(association.house, changed=[association.pk])
    return Saved(association, tuple(changed), tuple(meetings))


def _note_change(
    association: Association, name: str, before: Any, after: Any, origin: Origin, sitting: str, at: datetime
) -> tuple[FieldChange, bool]:
    """What stood there before. Someone who goes on writing in one sitting has made one change."""
    last = association.changes.filter(field=name).order_by("-at", "-pk").first()
    if last is not None and sitting and last.sitting == sitting:
        last.after, last.at = json.dumps(after), at
        last.save(update_fields=["after", "at"])
        return last, False
    made = FieldChange.objects.create(
        association=association,
        field=name,
        before=json.dumps(before),
        after=json.dumps(after),
        origin=origin,
        at=at,
        sitting=sitting,
    )
    return made, True


def take_back(change: FieldChange, *, origin: Origin, sitting: str, at: datetime) -> Saved:
    """Let the earlier answer stand after all."""
    answers = {change.field: json.loads(change.before)}
    return save_answers(
        change.association, answers=answers, seen={}, origin=origin, sitting=f"{sitting[:30]}-back", at=at
    )


@transaction.atomic
def confirm(association: Association, *, on: date, at: datetime) -> Association:
    """It is still true, says the association."""
    association = Association.objects.select_for_update().get(pk=association.pk)
    association.last_confirmed_on, association.changed_at = on, at
    association.save(update_fields=["last_confirmed_on", "changed_at"])
    refresh_directory(association.house, changed=[association.pk])
    return association


@transaction.atomic
def show_or_hide(association: Association, *, is_hidden: bool, on: date, at: datetime) -> Association:
    """Take an association away from what visitors see, or show it again."""
    association = _locked(association.pk)
    association.hidden_on = on if is_hidden else None
    association.provenance["hidden_on"] = {"origin": str(Origin.STAFF), "at": at.isoformat()}
    association.changed_at = at
    association.save(update_fields=["hidden_on", "provenance", "changed_at"])
    refresh_directory(association.house, changed=[association.pk])
    return association


@transaction.atomic
def add_association(*, house: House, name: str, on: date, at: datetime) -> Association:
    """An association that no register tells of: a draft until somebody says that it lives."""
    if Association.objects.filter(house=house, name__iexact=name).exists():
        raise Refused(_("There is an association of that name already."), status=409)
    made = Association.objects.create(
        house=house,
        name=name,
        status=Association.Status.DRAFT,
        created_on=on,
        changed_at=at,
        provenance={"name": {"origin": str(Origin.STAFF), "at": at.isoformat()}},
    )
    refresh_directory(house)
    return made
