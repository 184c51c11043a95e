"""A row of cells made into an association, with a note of everything that was not plain."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from brobygget.associations.interests import InterestMatches, match_category, match_interests, match_name
from brobygget.associations.register import cells as cell
from brobygget.associations.register import contacts, facts, meetings
from brobygget.associations.register.presets import plain_header
from brobygget.associations.register.records import (
    AssociationRecord,
    ColumnGuess,
    PrivateDetails,
    Reach,
    Refusal,
)
from brobygget.associations.register.standing import standing_of
from brobygget.associations.register.tables import TableRow

_MAY_HOLD_TELEPHONES = frozenset({"phone", "mobile", "contact_phone", "description", "contact_name"})
_CARE_OF = re.compile(r"\bc\s*/\s*o\b[\s:]*", re.IGNORECASE)
_FLAT = re.compile(r"\b(?:lgh|lägenhet|tr|vån)\.?\s*\d{1,4}\b", re.IGNORECASE)


@dataclass(frozen=True)
class CleanRow:
    """An association, or nothing when the whole row had to be refused; and what was refused."""

    record: AssociationRecord | None
    refusals: tuple[Refusal, ...]


class RowCells:
    """The cells of one row by what they mean, each made readable and free of authority numbers once."""

    def __init__(
        self,
        row: TableRow,
        headers: Sequence[str],
        columns: Sequence[ColumnGuess | None],
        notes: cell.RowNotes,
    ) -> None:
        self.notes = notes
        self.column_of: dict[str, str] = {}
        self.source: dict[str, str] = {}
        self._texts: dict[str, list[str]] = {}
        for place, raw in enumerate(row.cells):
            header = headers[place] if place < len(headers) else f"column {place + 1}"
            guess = columns[place] if place < len(columns) else None
            self._take(header, guess.field if guess else "", raw)
        for place, guess in enumerate(columns):
            if guess:
                self.column_of.setdefault(guess.field, headers[place])

    def _take(self, header: str, field: str, raw: str) -> None:
        if not raw.strip():
            if raw:
                self.source[header] = raw
            return
        if cell.is_person_column(plain_header(header)):
            self.notes.refuse(header, "personnummer")
            self.source[header] = "[…]"
            return
        telephones = field in _MAY_HOLD_TELEPHONES or not field
        safe = cell.without_numbers(raw, header, self.notes, may_be_telephone=telephones)
        self.source[header] = safe
        if field:
            self._texts.setdefault(field, []).append(cell.readable(safe, header, self.notes))

    def column(self, field: str) -> str:
        return self.column_of.get(field, field)

    def text(self, field: str) -> str:
        """The readable cell, untrimmed; several columns of free text follow each other."""
        return "\n".join(self._texts.get(field, ()))

    def short(self, field: str) -> str:
        """One tidy line, or nothing."""
        text = self.text(field)
        if not text:
            return ""
        column = self.column(field)
        return cell.something(cell.one_line(text, column, self.notes), column, self.notes)

    def held(self, field: str) -> str:
        """The cell as it is, or nothing where it only says "saknas"."""
        text = self.text(field)
        return cell.something(text, self.column(field), self.notes) if text else ""


def clean_row(
    row: TableRow, headers: Sequence[str], columns: Sequence[ColumnGuess | None], most_problems: int
) -> CleanRow:
    """The association in a row."""
    notes = cell.RowNotes(row.line, most_problems)
    cells = RowCells(row, headers, columns, notes)
    name = cells.short("name")
    if not name.strip("[…] .-,"):
        if notes.refusals:
            refusals = tuple(Refusal(r.line, r.field, r.code, row_left_out=True) for r in notes.refusals)
            return CleanRow(None, refusals)
        name = " ".join(cells.text("name").split())
    record = _record(name, row.line, cells, notes)
    return CleanRow(record, tuple(notes.refusals))


def _record(name: str, line: int, cells: RowCells, notes: cell.RowNotes) -> AssociationRecord:
    suggestion = ""
    if cell.is_all_capitals(name):
        suggestion = cell.in_ordinary_case(name)
        notes.add(cells.column("name"), "all_caps", name, f"kept; suggested {suggestion}", needs_review=True)
    category = cells.short("category")
    activity_text = _activity_text(cells, notes)
    matches = match_interests(activity_text)
    if matches.were_run_together:
        split = ", ".join(match.tag for match in matches.tags)
        notes.add(cells.column("activities"), "run_together", activity_text, f"split: {split}")
    interests = tuple(dict.fromkeys((*matches.interests, *match_category(category))))
    guessed = False
    description, phones_in_text = contacts.without_phones(
        cell.plain_text(cells.text("description"), cells.column("description"), notes),
        cells.column("description"),
        notes,
    )
    status = standing_of(
        name=name,
        status_text=cells.text("status"),
        description=description,
        category=category,
        activities=matches,
        column_of_activities=cells.column("activities"),
        has_interests=bool(interests),
        notes=notes,
    )
    if not interests and status == "active":
        interests = match_name(name)
        guessed = bool(interests)
        if guessed:
            notes.add(
                cells.column("name"),
                "interests_from_name",
                name,
                ", ".join(interests),
                needs_review=bool(activity_text),
            )
    _note_uncertain(matches, cells, notes)
    address = _address(cells, notes)
    reach_by = _reach_by(cells, notes, phones_in_text, address)
    org_nr = (
        facts.org_nr_in(cells.text("org_nr"), cells.column("org_nr"), notes)
        if "org_nr" in cells.column_of
        else ""
    )
    if "[…]" in org_nr:
        org_nr = ""
        notes.add(
            cells.column("org_nr"),
            "a_person",
            name,
            "a private person's firm? kept as a draft",
            needs_review=True,
        )
        status = "draft"
    has_contact = bool(reach_by.email or reach_by.phone or address.street or reach_by.private.contact_phone)
    source_id = cells.short("source_id")
    if (
        status == "active"
        and not (source_id or has_contact or org_nr)
        and ("source_id" in cells.column_of or not category)
    ):
        notes.add("*", "no_id_no_contact", name, "imported as a draft; needs a person", needs_review=True)
        status = "draft"
    ages = _ages(cells, notes)
    fee = facts.fee_in(cells.text("fee"), cells.column("fee"), notes)
    meeting = cells.text("meeting")
    return AssociationRecord(
        source_line=line,
        name=name[:300],
        source_id=source_id[:100],
        name_suggestion=suggestion[:300],
        alternate_names=tuple(filter(None, (cells.short("alternate_name")[:300],))),
        status=status,
        category=category[:200],
        activities=tuple(match.tag for match in matches.tags),
        interests=interests,
        interests_guessed_from_name=guessed,
        interest_groups=matches.groups,
        unmatched_activities=matches.unmatched,
        description=description,
        org_nr=org_nr,
        registered=facts.date_in(cells.text("registered")),
        changed=facts.date_in(cells.text("changed")),
        street=address.street if not address.is_home else "",
        postcode=address.postcode if not address.is_home else "",
        city=address.city,
        district=cells.short("district")[:200],
        latitude=_degrees(cells.text("latitude"), 90),
        longitude=_degrees(cells.text("longitude"), 180),
        phone=reach_by.phone,
        email=reach_by.email,
        email_names_a_person=reach_by.email_names_a_person,
        websites=contacts.websites_in(cells.held("website"), cells.column("website"), notes),
        age_min=ages.lowest,
        age_max=ages.highest,
        audience=cells.short("target_groups")[:200],
        members=_count(cells.text("members")),
        languages=facts.languages_in(cells.text("languages"), cells.column("languages"), notes),
        accessibility=facts.accessibility_in(
            cells.text("accessibility"), cells.column("accessibility"), notes
        ),
        meeting_text=" ".join(meeting.split())[:500],
        schedules=meetings.schedules_in(meeting, cells.column("meeting"), notes),
        venue=cells.short("venue")[:200],
        fee_text=" ".join(cells.text("fee").split())[:200],
        fee_sek=fee.sek,
        fee_is_voluntary=fee.is_voluntary,
        try_free=facts.answer_in(cells.text("try_free"), cells.column("try_free"), notes),
        fritidskort=facts.answer_in(cells.text("fritidskort"), cells.column("fritidskort"), notes),
        reach=_reach(reach_by, address),
        private=reach_by.private,
        problems=tuple(notes.problems),
        source=cells.source,
    )


def _activity_text(cells: RowCells, notes: cell.RowNotes) -> str:
    text = cells.held("activities")
    column = cells.column("activities")
    plain = cell.plain_text(text, column, notes) if text else ""
    return plain[:2_000]


def _note_uncertain(matches: InterestMatches, cells: RowCells, notes: cell.RowNotes) -> None:
    unsure = [match for match in matches.tags if match.interests and not match.is_certain]
    if unsure:
        did = "; ".join(f"{match.tag} → {', '.join(match.interests)}" for match in unsure)
        raw = "; ".join(match.tag for match in unsure)
        similar = any(match.how == "similar" for match in unsure)
        notes.add(cells.column("activities"), "interest_by_likeness", raw, did, needs_review=similar)


@dataclass(frozen=True)
class _Address:
    street: str
    postcode: str
    city: str
    care_of: str
    is_home: bool


def _address(cells: RowCells, notes: cell.RowNotes) -> _Address:
    street, city = cells.short("street"), cells.short("city")
    column = cells.column("street")
    postcode = contacts.postcode_in(cells.held("postcode"), cells.column("postcode"), notes)
    whole = cells.short("full_address")
    if whole:
        street_part, postcode_part, city_part = contacts.address_parts(whole)
        street, postcode, city = street or street_part, postcode or postcode_part, city or city_part
        column = cells.column("full_address")
    care_of = cells.short("care_of")
    if care_of:
        column = cells.column("care_of")
    elif found := _CARE_OF.search(street):
        care_of = street[found.start() :]
        notes.add(column, "care_of_in_street", street, "taken for a home address")
    is_home = bool(care_of or _FLAT.search(street))
    if is_home:
        notes.add(
            column,
            "private_address",
            care_of or street,
            "a home: used for letters, never shown",
            needs_review=False,
        )
    if cell.is_all_capitals(city):
        notes.add(cells.column("city"), "all_caps", city, cell.in_ordinary_case(city))
        city = cell.in_ordinary_case(city)
    return _Address(street[:200], postcode, city[:100], care_of[:200], is_home)


@dataclass(frozen=True)
class _ReachBy:
    phone: str
    email: str
    email_names_a_person: bool
    private: PrivateDetails


def _reach_by(
    cells: RowCells, notes: cell.RowNotes, phones_in_text: tuple[str, ...], address: _Address
) -> _ReachBy:
    person = " ".join(filter(None, (cells.short("contact_name"), cells.short("contact_surname"))))
    emails = contacts.emails_in(cells.held("email"), cells.column("email"), notes)
    theirs = contacts.emails_in(cells.held("contact_email"), cells.column("contact_email"), notes)
    own = contacts.phones_in(cells.held("phone"), cells.column("phone"), notes)
    mobiles = contacts.phones_in(cells.held("mobile"), cells.column("mobile"), notes)
    contact_phones = contacts.phones_in(cells.held("contact_phone"), cells.column("contact_phone"), notes)
    candidates = [*own, *mobiles]
    private = [
        number
        for number in candidates
        if number in contact_phones or (address.is_home and contacts.is_mobile(number))
    ]
    if private:
        notes.add(
            cells.column("mobile"),
            "private_phone",
            "",
            "a person's own number: never shown",
            needs_review=True,
        )
    public = [number for number in candidates if number not in private]
    first_email = emails[0] if emails else ""
    names_person = _names(first_email, person)
    if names_person:
        notes.add(
            cells.column("email"),
            "personal_email",
            first_email,
            "used to reach them, not shown",
            needs_review=False,
        )
    spare_emails = tuple(dict.fromkeys((*theirs, *emails[1:])))
    spare_phones = tuple(dict.fromkeys((*contact_phones, *private, *public[1:], *phones_in_text)))
    details = PrivateDetails(
        contact_name=person[:200],
        contact_role=cells.short("contact_role")[:200],
        contact_phone=spare_phones[0] if spare_phones and (contact_phones or private) else "",
        contact_email=spare_emails[0] if spare_emails else "",
        other_emails=spare_emails[1:],
        other_phones=spare_phones[1:] if contact_phones or private else spare_phones,
        care_of=address.care_of,
        home_street=address.street if address.is_home else "",
        home_postcode=address.postcode if address.is_home else "",
        said_public=facts.answer_in(cells.text("contact_public"), cells.column("contact_public"), notes),
    )
    return _ReachBy(public[0] if public else "", first_email, names_person, details)


def _names(email: str, person: str) -> bool:
    """Whether an address tells a person's name: the contact's, or first.last at a free provider."""
    local, _, domain = email.partition("@")
    if not local:
        return False
    folded = local.translate(str.maketrans("åäöé", "aaoe"))
    words = re.findall(r"\w{3,}", person.casefold().translate(str.maketrans("åäöé", "aaoe")))
    if any(word in folded for word in words):
        return True
    free = domain in (
        "gmail.com",
        "hotmail.com",
        "hotmail.se",
        "outlook.com",
        "telia.com",
        "live.se",
        "yahoo.se",
        "icloud.com",
    )
    return free and bool(re.fullmatch(r"[a-z]{2,}[._][a-z]{2,}\d*", folded))


def _reach(reach_by: _ReachBy, address: _Address) -> Reach:
    if reach_by.email or reach_by.private.contact_email:
        return "email"
    if address.street and (address.postcode or address.city):
        return "letter"
    return (
        "phone"
        if reach_by.phone or reach_by.private.contact_phone or reach_by.private.other_phones
        else "none"
    )


def _ages(cells: RowCells, notes: cell.RowNotes) -> facts.Ages:
    ages = facts.ages_in(cells.text("ages"), cells.column("ages"), notes)
    low, high = _count(cells.text("age_from")), _count(cells.text("age_to"))
    if low is not None or high is not None:
        return facts.Ages(low, high if high is None or high < 99 else None)
    if ages == facts.Ages() and re.search(r"\d", cells.text("target_groups")):
        return facts.ages_in(cells.text("target_groups"), cells.column("target_groups"), notes)
    return ages


def _count(text: str) -> int | None:
    digits = re.sub(r"\s", "", text)
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 6 else None


def _degrees(text: str, most: int) -> float | None:
    try:
        degrees = float(text.strip().replace(",", "."))
    except ValueError:
        return None
    return degrees if -most <= degrees <= most else None
