"""The register as records to give away: what everybody may have, and all of it for the house itself."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from django.db.models import QuerySet

from brobygget.associations.models import AliasReview, Association, Interest, InterestLabel
from brobygget.associations.queries.directory import directory_of
from brobygget.associations.queries.interests import Interests
from brobygget.associations.queries.shown import places_of, point_of, shown_associations, websites_of
from brobygget.house.models import House

FORMAT = "brobygget-associations-1"
# In the order of the file. No person is in it: whoever meets people at the door is named on the page alone.
PUBLIC = (
    "id", "name", "alternate_names", "org_nr", "interests", "category", "description", "language", "audience",
    "open_to", "takes_new_members", "minimum_age", "maximum_age", "members", "languages", "venue", "street",
    "postcode", "town", "district", "latitude", "longitude", "meets", "meeting_text", "email", "phone", "websites",
    "can_try", "try_free", "swedish_needed", "little_swedish", "little_swedish_how", "fee_text", "fee_sek",
    "fee_is_voluntary", "fritidskort", "gear", "gear_text", "step_free", "last_confirmed_on", "changed_at",
)  # fmt: skip
_LEFT_OUT_OF_FULL = {"house", "made_by", "reach"}
COLUMNS = tuple(
    column for column in Association._meta.concrete_fields if column.name not in _LEFT_OUT_OF_FULL
)
LISTS = ("interests", "times", "texts", "contacts", "letter_address")
TIME = ("frequency", "interval", "weekday", "nth", "starts", "ends", "begins_on", "place", "text")
TEXT = ("field", "language", "text", "status", "written_on")
CONTACT = ("place", "name", "role", "phone", "email", "said_public")
# What the house itself has said about interests: without it an interest that it added means nothing elsewhere.
OWN_INTEREST = (
    "interest", "group", "picture", "aliases", "sort", "is_added", "added_on", "retired_on", "replaced_by",
)  # fmt: skip
LABEL = ("interest", "language", "label", "status", "checked_on")
WORD = ("word", "count", "decision", "interest", "decided_on")
HOME = ("care_of", "street", "postcode", "town")


def public_records(house: House, *, on: date) -> list[dict[str, Any]]:
    """One for each association that is shown: four queries, however many, while the interests are as they were."""
    interests = directory_of(house).interests
    return [public_record(one, interests) for one in shown_associations(house, on=on)]


def public_record(one: Association, interests: Interests) -> dict[str, Any]:
    """What everybody may have, with what it is about today; prefetch `interests` and `times`."""
    point = point_of(one)
    record: dict[str, Any] = {name: plain(getattr(one, name, None)) for name in PUBLIC}
    return record | {
        "interests": [each.id for each in interests.standing_of(one)],
        "category": one.category_source,
        "languages": one.language_codes,
        "latitude": point[0] if point else None,
        "longitude": point[1] if point else None,
        "street": one.street if one.street in places_of(one) else "",
        "websites": websites_of(one),
        "meets": [
            {
                "rrule": time.rrule,
                "starts": plain(time.starts),
                "ends": plain(time.ends),
                "place": time.place,
                "for": time.text,
            }
            for time in one.times.all()
        ],
    }


def whole_register(house: House) -> QuerySet[Association]:
    """Everything, shown or not, with what is private: six queries."""
    found = Association.objects.filter(house=house).select_related("letter_address")
    return found.prefetch_related("interests", "times", "texts", "contacts").order_by("pk")


def full_records(associations: Iterable[Association]) -> list[dict[str, Any]]:
    """For the house itself: with this the register can be made again as it was."""
    return [full_record(one) for one in associations]


def full_record(one: Association) -> dict[str, Any]:
    """Every column and every list of an association."""
    record = {column.name: plain(getattr(one, column.attname)) for column in COLUMNS}
    home = getattr(one, "letter_address", None)
    return record | {
        "interests": [[each.interest, each.is_guess] for each in one.interests.all()],
        "times": [_parts(each, TIME) for each in one.times.all()],
        "texts": [_parts(each, TEXT) for each in one.texts.all()],
        "contacts": [_parts(each, CONTACT) for each in one.contacts.all()],
        "letter_address": _parts(home, HOME) if home else {},
    }


def own_interests(house: House) -> dict[str, list[dict[str, Any]]]:
    """The house's own interests, its words for interests, and what it has decided that the register's words mean."""
    return {
        "own": [
            _parts(one, OWN_INTEREST) for one in Interest.objects.filter(house=house).order_by("interest")
        ],
        "labels": [
            _parts(one, LABEL)
            for one in InterestLabel.objects.filter(house=house).order_by("interest", "language")
        ],
        "words": [_parts(one, WORD) for one in AliasReview.objects.filter(house=house).order_by("word")],
    }


def _parts(row: object, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: plain(getattr(row, name)) for name in names}


def plain(value: Any) -> Any:
    """A value as JSON has it."""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return str(value) if isinstance(value, str) else value
