"""What a house had said about interests comes back with its register: its own ones, its words, the register's words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import models

from brobygget.associations.commands.interests import OWN
from brobygget.associations.interests import read_taxonomy
from brobygget.associations.models import AliasReview, Interest, InterestLabel
from brobygget.associations.queries.records import LABEL, OWN_INTEREST, WORD
from brobygget.house.models import House

_KINDS: tuple[tuple[str, models.Manager[Any], tuple[str, ...], tuple[str, ...]], ...] = (
    ("own", Interest.objects, OWN_INTEREST, ("interest",)),
    ("labels", InterestLabel.objects, LABEL, ("interest", "language")),
    ("words", AliasReview.objects, WORD, ("word",)),
)


def put_back_interests(house: House, given: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
    """In the caller's transaction. What the house has said of the same interest or word before gives way.

    Raises `ValueError`, `KeyError`, `TypeError` or `ValidationError` where it is not what an export holds.
    """
    for name, kept, parts, key in _KINDS:
        columns = kept.model._meta
        for row in given.get(name, ()):
            values = {part: columns.get_field(part).to_python(row[part]) for part in parts}
            one = kept.model(house=house, **values)
            one.full_clean(exclude=["house"], validate_unique=False, validate_constraints=False)
            if isinstance(one, Interest):
                _refuse_what_cannot_be_shown(one)
            kept.update_or_create(
                house=house,
                **{part: values[part] for part in key},
                defaults={part: values[part] for part in parts if part not in key},
            )


def _refuse_what_cannot_be_shown(one: Interest) -> None:
    if not isinstance(one.aliases, list):
        raise TypeError(one.interest)
    listed = read_taxonomy().interests
    if not one.is_added:
        known = one.interest in listed
    else:
        known = (
            one.interest.startswith(OWN)
            and one.picture in listed
            and one.group in listed
            and listed[one.group].is_group
        )
    if not known:
        raise ValueError(one.interest)
