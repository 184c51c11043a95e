"""How a row lets its association be reached, and which of that may be shown: never a home, never a person's own."""

from __future__ import annotations

import re
from dataclasses import dataclass

from brobygget.associations.register import cells as cell
from brobygget.associations.register import contacts, facts
from brobygget.associations.register.records import PrivateDetails, Reach
from brobygget.associations.register.rowcells import RowCells

_CARE_OF = re.compile(r"\bc\s*/\s*o\b[\s:]*", re.IGNORECASE)
_FLAT = re.compile(r"\b(?:lgh|lägenhet|tr|vån)\.?\s*\d{1,4}\b", re.IGNORECASE)
_AT_HOME = re.compile(r"\bhemma (?:hos|i|på)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Address:
    street: str
    postcode: str
    city: str
    care_of: str
    is_home: bool


def address_of(cells: RowCells, notes: cell.RowNotes) -> Address:
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
    return Address(street[:200], postcode, city[:100], care_of[:200], is_home)


@dataclass(frozen=True)
class ReachBy:
    phone: str
    email: str
    email_names_a_person: bool
    private: PrivateDetails


def ways_to_reach(
    cells: RowCells, notes: cell.RowNotes, phones_in_text: tuple[str, ...], address: Address
) -> ReachBy:
    person = " ".join(filter(None, (cells.short("contact_name"), cells.short("contact_surname"))))
    emails = contacts.emails_in(cells.held("email"), cells.column("email"), notes)
    theirs = contacts.emails_in(cells.held("contact_email"), cells.column("contact_email"), notes)
    own = contacts.phones_in(cells.held("phone"), cells.column("phone"), notes)
    mobiles = contacts.phones_in(cells.held("mobile"), cells.column("mobile"), notes)
    contact_phones = contacts.phones_in(cells.held("contact_phone"), cells.column("contact_phone"), notes)
    candidates = [*own, *mobiles]
    # A mobile in a row that names somebody, and gives that person no other number, is taken to be theirs.
    may_be_theirs = address.is_home or (bool(person) and not contact_phones)
    private = [
        number
        for number in candidates
        if number in contact_phones or (may_be_theirs and contacts.is_mobile(number))
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
    return ReachBy(public[0] if public else "", first_email, names_person, details)


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


def best_reach(reach_by: ReachBy, address: Address) -> Reach:
    if reach_by.email or reach_by.private.contact_email:
        return "email"
    if address.street and (address.postcode or address.city):
        return "letter"
    return (
        "phone"
        if reach_by.phone or reach_by.private.contact_phone or reach_by.private.other_phones
        else "none"
    )


def venue_of(cells: RowCells, notes: cell.RowNotes) -> str:
    """Where they meet, unless that is at somebody's home."""
    venue = cells.short("venue")[:200]
    if _AT_HOME.search(venue):
        notes.add(
            cells.column("venue"), "private_venue", venue, "somebody's home: not shown", needs_review=True
        )
        return ""
    return venue
