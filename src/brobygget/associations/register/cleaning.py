"""A row of cells made into an association, with a note of everything that was not plain."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from brobygget.associations.interests import InterestMatches, match_category, match_interests, match_name
from brobygget.associations.register import cells as cell
from brobygget.associations.register import contacts, facts, meetings
from brobygget.associations.register.reaching import address_of, best_reach, venue_of, ways_to_reach
from brobygget.associations.register.records import AssociationRecord, ColumnGuess, Refusal
from brobygget.associations.register.rowcells import RowCells
from brobygget.associations.register.standing import standing_of
from brobygget.associations.register.tables import TableRow


@dataclass(frozen=True)
class CleanRow:
    """An association, or nothing when the whole row had to be refused; and what was refused."""

    record: AssociationRecord | None
    refusals: tuple[Refusal, ...]


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
    address = address_of(cells, notes)
    reach_by = ways_to_reach(cells, notes, phones_in_text, address)
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
        venue=venue_of(cells, notes),
        fee_text=" ".join(cells.text("fee").split())[:200],
        fee_sek=fee.sek,
        fee_is_voluntary=fee.is_voluntary,
        try_free=_try_free(cells, notes),
        fritidskort=facts.answer_in(cells.text("fritidskort"), cells.column("fritidskort"), notes),
        reach=best_reach(reach_by, address),
        private=reach_by.private,
        problems=tuple(notes.problems),
        source=cells.source,
    )


def _try_free(cells: RowCells, notes: cell.RowNotes) -> bool | None:
    """Whether the first time is free: in a cell of its own, or in what is written about the fee."""
    said = facts.answer_in(cells.text("try_free"), cells.column("try_free"), notes)
    return True if said is None and facts.first_time_is_free(cells.text("fee")) else said


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
