"""What somebody says about an association, in one form for the file, the house and the association itself.

A `Said` is plain data: columns of `Association` by their names, and the lists that hang from it. Two that are equal
say the same, so that importing a file twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from brobygget.associations.models import (
    Association,
    AssociationTime,
    Known,
    LetterAddress,
)
from brobygget.associations.register import AssociationRecord, Schedule

LISTS = ("interests", "times", "contacts", "letter_address")
COLUMNS = (
    "name", "alternate_names", "org_nr", "status", "category_source", "registered_on", "source_changed_on",
    "description", "audience", "minimum_age", "maximum_age", "members", "languages", "venue", "street", "postcode",
    "town", "district", "latitude", "longitude", "meeting_text", "email", "phone", "websites", "try_free", "fee_text",
    "fee_sek", "fee_is_voluntary", "fritidskort", "step_free", "accessibility",
)  # fmt: skip
# What a file may take back by leaving a cell empty, and the columns of the file that would have said it.
TOLD_BY: Mapping[str, frozenset[str]] = {
    "alternate_names": frozenset({"alternate_name"}),
    "org_nr": frozenset({"org_nr"}),
    "category_source": frozenset({"category"}),
    "registered_on": frozenset({"registered"}),
    "source_changed_on": frozenset({"changed"}),
    "description": frozenset({"description"}),
    "audience": frozenset({"target_groups"}),
    "minimum_age": frozenset({"ages", "age_from", "age_to"}),
    "maximum_age": frozenset({"ages", "age_from", "age_to"}),
    "members": frozenset({"members"}),
    "languages": frozenset({"languages"}),
    "venue": frozenset({"venue"}),
    "street": frozenset({"street", "full_address", "care_of"}),
    "postcode": frozenset({"postcode", "full_address", "care_of"}),
    "town": frozenset({"city", "full_address"}),
    "district": frozenset({"district"}),
    "latitude": frozenset({"latitude"}),
    "longitude": frozenset({"longitude"}),
    "meeting_text": frozenset({"meeting"}),
    "times": frozenset({"meeting"}),
    "email": frozenset({"email"}),
    "phone": frozenset({"phone", "mobile"}),
    "websites": frozenset({"website"}),
    "try_free": frozenset({"try_free", "fee"}),
    "fee_text": frozenset({"fee"}),
    "fee_sek": frozenset({"fee"}),
    "fee_is_voluntary": frozenset({"fee"}),
    "fritidskort": frozenset({"fritidskort"}),
    "step_free": frozenset({"accessibility"}),
    "accessibility": frozenset({"accessibility"}),
    "interests": frozenset({"activities"}),
    "contacts": frozenset({"contact_name", "contact_phone", "contact_email"}),
    "letter_address": frozenset({"street", "full_address", "care_of"}),
}
NOT_SAID: tuple[Any, ...] = (None, "", [], {}, False, Known.UNKNOWN)
MOST_KRONOR = 1_000_000
_ORDER_OF_TIMES = ("weekday", "starts", "ends", "frequency", "interval", "nth", "place", "text")
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_LENGTHS: Mapping[str, int] = {
    place.name: place.max_length
    for place in Association._meta.concrete_fields
    if place.name in COLUMNS and place.max_length
}


@dataclass(frozen=True)
class Said:
    """Everything that was said; what was not said is empty, None or "unknown"."""

    columns: Mapping[str, Any]
    interests: list[list[Any]] = field(default_factory=list)  # [id, is a guess]
    times: list[dict[str, Any]] = field(default_factory=list)
    contacts: list[dict[str, Any]] = field(default_factory=list)
    letter_address: dict[str, str] = field(default_factory=dict)

    def get(self, name: str) -> Any:
        """A column or a list, by its name."""
        return getattr(self, name) if name in LISTS else self.columns[name]

    def plain(self) -> dict[str, Any]:
        """For a JSON text."""
        return vars(self)


def storable(text: str) -> str:
    """Text that every database takes: no NUL, no half of a character."""
    if text.isascii() and "\x00" not in text:
        return text
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def said_by_record(record: AssociationRecord) -> Said:
    """What a row of a register says."""
    mine = record.private
    is_their_own = bool(record.email) and not record.email_names_a_person and len(record.email) <= 254
    features = dict(record.accessibility)
    step_free = features.get("step_free", "")
    columns: dict[str, Any] = {
        "name": record.name,
        "alternate_names": [storable(name)[:300] for name in record.alternate_names],
        "org_nr": record.org_nr,
        "status": record.status,
        "category_source": record.category,
        "registered_on": record.registered or None,
        "source_changed_on": record.changed or None,
        "description": record.description,
        "audience": record.audience,
        "minimum_age": record.age_min,
        "maximum_age": record.age_max,
        "members": record.members,
        "languages": Association.languages_of(record.languages),
        "venue": record.venue,
        "street": record.street,
        "postcode": record.postcode,
        "town": record.city,
        "district": record.district,
        "latitude": record.latitude,
        "longitude": record.longitude,
        "meeting_text": record.meeting_text,
        "email": record.email if is_their_own else "",
        "phone": record.phone,
        "websites": [storable(address) for address in record.websites],
        "try_free": known(record.try_free),
        "fee_text": record.fee_text,
        "fee_sek": None if record.fee_sek is None else min(record.fee_sek, MOST_KRONOR),
        "fee_is_voluntary": record.fee_is_voluntary,
        "fritidskort": known(record.fritidskort),
        "step_free": step_free if step_free in ("yes", "no") else str(Known.UNKNOWN),
        "accessibility": features,
    }
    for name, value in columns.items():
        if isinstance(value, str):
            columns[name] = storable(value)[: _LENGTHS.get(name, 20_000)]
    contacts = [
        {
            "name": mine.contact_name,
            "role": mine.contact_role,
            "phone": mine.contact_phone,
            "email": mine.contact_email if is_their_own or not record.email else record.email,
            "said_public": mine.said_public,
        }
    ]
    spare_emails = [*mine.other_emails]
    if contacts[0]["email"] != mine.contact_email and mine.contact_email:
        spare_emails.insert(0, mine.contact_email)
    contacts += [_spare(email=email) for email in spare_emails]
    contacts += [_spare(phone=phone) for phone in mine.other_phones]
    home = {"care_of": mine.care_of, "street": mine.home_street, "postcode": mine.home_postcode}
    return Said(
        columns=columns,
        interests=[[each, record.interests_guessed_from_name] for each in record.interests],
        times=in_order([parts for schedule in record.schedules for parts in times_of(schedule)]),
        contacts=[each for each in contacts if _says_something(each)],
        letter_address={**home, "town": record.city} if any(home.values()) else {},
    )


def said_by_plain(plain: Mapping[str, Any]) -> Said:
    """What was kept as JSON."""
    return Said(**plain)


def known(answer: bool | None) -> str:
    """Yes, no, or not known."""
    return str(Known.UNKNOWN if answer is None else Known.YES if answer else Known.NO)


def _spare(*, phone: str = "", email: str = "") -> dict[str, Any]:
    return {"name": "", "role": "", "phone": phone, "email": email, "said_public": None}


def _says_something(contact: Mapping[str, Any]) -> bool:
    return any(contact[name] for name in ("name", "role", "phone", "email"))


def times_of(schedule: Schedule) -> list[dict[str, Any]]:
    """A rule of the register as one time for each of its weekdays."""
    parts = dict(part.split("=", 1) for part in schedule.rrule.split(";") if "=" in part)
    made = []
    for each in parts.get("BYDAY", "").split(","):
        if each[-2:] not in _DAYS:
            continue
        made.append(
            {
                "frequency": parts.get("FREQ", "WEEKLY"),
                "interval": int(parts.get("INTERVAL", "1")),
                "weekday": _DAYS.index(each[-2:]),
                "nth": int(each[:-2]) if each[:-2] else None,
                "starts": schedule.start or None,
                "ends": schedule.end or None,
                "begins_on": None,
                "place": "",
                "text": "",
            }
        )
    return made


def in_order(times: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Times in one order, however they were written; which clock is missing sorts alike in every database."""
    return sorted(times, key=lambda one: tuple(str(one[name] or "") for name in _ORDER_OF_TIMES))


def said_by_association(association: Association) -> Said:
    """What stands in the house now. Prefetch `interests`, `times` and `contacts`, and join `letter_address`."""
    home = getattr(association, "letter_address", None)
    return Said(
        columns={name: _plain(getattr(association, name)) for name in COLUMNS},
        interests=[[one.interest, one.is_guess] for one in association.interests.all()],
        times=in_order([time_parts(one) for one in association.times.all()]),
        contacts=[
            {
                "name": one.name,
                "role": one.role,
                "phone": one.phone,
                "email": one.email,
                "said_public": one.said_public,
            }
            for one in association.contacts.all()
        ],
        letter_address=home_parts(home) if home else {},
    )


def time_parts(one: AssociationTime) -> dict[str, Any]:
    """One time to meet as plain data."""
    return {
        "frequency": one.frequency,
        "interval": one.interval,
        "weekday": one.weekday,
        "nth": one.nth,
        "starts": _clock(one.starts),
        "ends": _clock(one.ends),
        "begins_on": one.begins_on.isoformat() if one.begins_on else None,
        "place": one.place,
        "text": one.text,
    }


def home_parts(home: LetterAddress) -> dict[str, str]:
    """Where letters go, as plain data."""
    return {"care_of": home.care_of, "street": home.street, "postcode": home.postcode, "town": home.town}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, str) else value


def _clock(moment: time | None) -> str | None:
    return moment.strftime("%H:%M") if moment else None


def column_value(name: str, value: Any) -> Any:
    """A plain value as its column holds it."""
    if name in ("registered_on", "source_changed_on") and value:
        return date.fromisoformat(value)
    return value


def reach_of(said: Said) -> str:
    """The best way for the house to reach an association, by everything that is known, private or not."""
    reach = Association.Reach
    columns = said.columns
    if columns["email"] or any(one["email"] for one in said.contacts):
        return str(reach.EMAIL)
    home = said.letter_address
    if columns["street"] and (columns["postcode"] or columns["town"]):
        return str(reach.LETTER)
    if home.get("street") and (home.get("postcode") or home.get("town")):
        return str(reach.LETTER)
    has_phone = columns["phone"] or any(one["phone"] for one in said.contacts)
    return str(reach.PHONE if has_phone else reach.NONE)
