"""The house's own say about interests: new ones, retired ones, words for them, and what the register's words mean."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from brobygget.associations.commands import bulk
from brobygget.associations.commands.directory import refresh_or_leave
from brobygget.associations.interests import split_tags
from brobygget.associations.models import (
    AliasReview,
    Association,
    AssociationInterest,
    ImportRow,
    Interest,
    InterestLabel,
    Origin,
)
from brobygget.associations.queries.interests import interests_of
from brobygget.house.commands.refused import Refused
from brobygget.house.models import House

LONGEST_ID = 40
OWN = "own-"
PEOPLE = (Origin.ASSOCIATION, Origin.STAFF)
LAST = 50  # after what the register named first


@transaction.atomic
def add_interest(*, house: House, group: str, picture: str, swedish: str, english: str, on: date) -> Interest:
    """A new interest. Its id never changes, and never means anything else."""
    here = interests_of(house).by_id
    if group not in here or not here[group].is_group:
        raise Refused(_("Choose a group."))
    stem = OWN + (slugify(english or swedish).replace("-", "_") or "interest")[: LONGEST_ID - 10]
    name, number = stem, 2
    while name in here or Interest.objects.filter(house=house, interest=name).exists():
        name, number = f"{stem}_{number}", number + 1
    made = Interest.objects.create(
        house=house, interest=name, group=group, picture=picture, is_added=True, added_on=on
    )
    for language, label in (("sv", swedish), ("en", english)):
        if label:
            InterestLabel.objects.create(
                house=house,
                interest=name,
                language=language,
                label=label,
                status=InterestLabel.Status.CHECKED,
                checked_on=on,
            )
    refresh_or_leave(house)
    return made


@transaction.atomic
def retire_interest(*, house: House, interest: str, replaced_by: str, on: date) -> None:
    """It is offered no more. What was said stays said; another may take its place."""
    here = interests_of(house).by_id
    if replaced_by and (replaced_by not in here or replaced_by == interest or here[replaced_by].is_retired):
        raise Refused(_("That one cannot take its place."))
    row, _made = Interest.objects.get_or_create(house=house, interest=interest)
    row.retired_on, row.replaced_by = on, replaced_by
    row.save()
    refresh_or_leave(house)


@transaction.atomic
def bring_interest_back(*, house: House, interest: str) -> None:
    """It is offered again."""
    Interest.objects.filter(house=house, interest=interest).update(retired_on=None, replaced_by="")
    refresh_or_leave(house)


@transaction.atomic
def name_interest(
    *, house: House, interest: str, language: str, label: str, is_checked: bool, on: date
) -> None:
    """A word for it in a language, and whether somebody who speaks the language has read it."""
    status = InterestLabel.Status.CHECKED if is_checked else InterestLabel.Status.DRAFT
    InterestLabel.objects.update_or_create(
        house=house,
        interest=interest,
        language=language,
        defaults={"label": label, "status": status, "checked_on": on if is_checked else None},
    )
    refresh_or_leave(house)


@transaction.atomic
def decide_word(word: AliasReview, *, decision: AliasReview.Decision, interest: str = "", on: date) -> int:
    """What a word of the register means. Associations whose row said it are about it from now on; their number.

    Whoever says otherwise later takes back what the word had given. A word that waits again has been decided by nobody.
    """
    house, meant_before = word.house, word.interest
    means_interest = decision == AliasReview.Decision.INTEREST
    if means_interest:
        known = interests_of(house).by_id.get(interest)
        if known is None or known.is_group or known.is_retired:
            raise Refused(_("Choose an interest."))
    is_decided = decision != AliasReview.Decision.WAITING
    word.decision, word.interest = decision, interest if means_interest else ""
    word.decided_on = on if is_decided else None
    word.save()
    if meant_before and meant_before != word.interest:
        _take_interests(house, word.word, meant_before)
    changed = _give_interests(house, {word.word: interest}) if means_interest else 0
    refresh_or_leave(house)
    return changed


def _give_interests(house: House, meant: Mapping[str, str]) -> int:
    """To the associations whose row of the register said a word, and that nobody has said interests of themselves."""
    said = _said_by_rows(house, meant)
    own = _with_interests_of_their_own(house, {pk for pk, _interest in said})
    said = {(pk, interest) for pk, interest in said if pk not in own}
    about = AssociationInterest.objects.filter(association__house=house, interest__in=set(meant.values()))
    new = said - set(about.values_list("association_id", "interest"))
    AssociationInterest.objects.bulk_create(
        AssociationInterest(association_id=pk, interest=interest, place=LAST) for pk, interest in sorted(new)
    )
    return len(new)


def _with_interests_of_their_own(house: House, pks: set[int]) -> set[int]:
    """Those whose interests the association, or the staff, has written: a register's word adds nothing there."""
    found: set[int] = set()
    for batch in bulk.batches(sorted(pks)):
        some = Association.objects.filter(house=house, pk__in=batch).only("provenance", "source_seen_on")
        found |= {one.pk for one in some if one.origin_of("interests") in PEOPLE}
    return found


def _take_interests(house: House, word: str, interest: str) -> None:
    """What a word had given, and nobody else has said, goes; another word that means the same gives it again."""
    said = {pk for pk, _interest in _said_by_rows(house, {word: interest})}
    given = sorted(said - _with_interests_of_their_own(house, said))
    about = AssociationInterest.objects.filter(association__house=house, interest=interest, place=LAST)
    for batch in bulk.batches(given):
        about.filter(association__in=batch).delete()
    others = AliasReview.objects.filter(
        house=house, decision=AliasReview.Decision.INTEREST, interest=interest
    )
    _give_interests(house, dict(others.values_list("word", "interest")))


def _said_by_rows(house: House, meant: Mapping[str, str]) -> set[tuple[int, str]]:
    """Associations by the words of their rows; the rows are sealed, so each is opened here."""
    said: set[tuple[int, str]] = set()
    rows = ImportRow.objects.filter(run__house=house, effects__association__isnull=False, effects__undone="")
    for pk, source, mapping in rows.values_list(
        "effects__association_id", "source", "run__mapping"
    ).iterator():
        words = activity_words(json.loads(source or "{}"), mapping)
        said |= {(pk, meant[word]) for word in words & meant.keys()}
    return said


def activity_words(source: Mapping[str, Any], mapping: Mapping[str, str]) -> set[str]:
    """The words of a row's activities, as the queue holds them."""
    columns = [column for column in source if mapping.get(column) == "activities"] or list(source)
    cells = [str(source[column]) for column in columns]
    return {tag[:120].casefold() for cell in cells for tag in (cell, *split_tags(cell))}
