"""What reading a register gives: associations, what is private about them, and everything that was odd.

A `Problem` is something in one cell and what was done about it. Problems that a person should look at have
``needs_review``. Nothing is lost: every record keeps its source row, where only authority numbers are masked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Status = Literal["active", "dormant", "dissolved", "excluded", "venue", "draft"]
Reach = Literal["email", "letter", "phone", "none"]
DuplicateKind = Literal["source id", "organisation number", "name and town", "similar name"]
SkipKind = Literal["banner", "blank", "repeated_header_row", "footer_row", "no_name"]


@dataclass(frozen=True)
class Problem:
    """Something odd in one cell; `field` is the column as it is called in the file, ``*`` the whole row."""

    field: str
    code: str
    raw: str
    did: str
    needs_review: bool = False


@dataclass(frozen=True)
class FileProblem(Problem):
    """Something odd about a whole file, and the first row where it is: 0 where it is no row's."""

    line: int = 0


@dataclass(frozen=True)
class Schedule:
    """One time to meet: the day as RFC 5545 parts; an end that is not said is empty."""

    rrule: str
    start: str
    end: str


@dataclass(frozen=True)
class PrivateDetails:
    """What is used to reach an association and is never shown to anybody else."""

    contact_name: str = ""
    contact_role: str = ""
    contact_phone: str = ""
    contact_email: str = ""
    other_emails: tuple[str, ...] = ()
    other_phones: tuple[str, ...] = ()
    care_of: str = ""
    home_street: str = ""
    home_postcode: str = ""
    said_public: bool | None = None
    """What the register says about showing the contact person; it is not a consent."""


@dataclass(frozen=True)
class AssociationRecord:
    """One row of a register, cleaned. Empty text and ``None`` mean unknown, never "no"."""

    source_line: int
    name: str
    source_id: str = ""
    name_suggestion: str = ""
    alternate_names: tuple[str, ...] = ()
    status: Status = "active"
    category: str = ""
    activities: tuple[str, ...] = ()
    interests: tuple[str, ...] = ()
    interests_guessed_from_name: bool = False
    interest_groups: tuple[str, ...] = ()
    unmatched_activities: tuple[str, ...] = ()
    description: str = ""
    org_nr: str = ""
    registered: str = ""
    changed: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""
    district: str = ""
    latitude: float | None = None
    longitude: float | None = None
    phone: str = ""
    email: str = ""
    email_names_a_person: bool = False
    websites: tuple[str, ...] = ()
    age_min: int | None = None
    age_max: int | None = None
    audience: str = ""
    members: int | None = None
    languages: tuple[str, ...] = ()
    accessibility: Mapping[str, str] = field(default_factory=dict)
    """Feature to ``yes``, ``no`` or ``partly``; a feature that is not there is unknown."""

    meeting_text: str = ""
    schedules: tuple[Schedule, ...] = ()
    venue: str = ""
    fee_text: str = ""
    fee_sek: int | None = None
    fee_is_voluntary: bool = False
    try_free: bool | None = None
    fritidskort: bool | None = None
    reach: Reach = "none"
    private: PrivateDetails = PrivateDetails()
    problems: tuple[Problem, ...] = ()
    duplicate_of: int | None = None
    source: Mapping[str, str] = field(default_factory=dict)
    """The row as it came, column to cell, with authority numbers masked. As private as `private`."""

    @property
    def needs_review(self) -> bool:
        return any(problem.needs_review for problem in self.problems)


@dataclass(frozen=True)
class Duplicate:
    """Rows that are, or may be, the same association; a person decides unless it `is_certain`."""

    lines: tuple[int, ...]
    kept: int
    kind: DuplicateKind
    why: str
    is_certain: bool


@dataclass(frozen=True)
class Refusal:
    """An authority's number that was left out; its digits are nowhere."""

    line: int
    field: str
    code: str
    row_left_out: bool


@dataclass(frozen=True)
class SkippedRow:
    line: int
    kind: SkipKind
    text: str


@dataclass(frozen=True)
class ColumnGuess:
    """What a column was taken for; `confidence` lies between 0 and 1, 1 where a person or preset said so."""

    header: str
    field: str
    confidence: float
    why: str


@dataclass(frozen=True)
class RegisterReading:
    """All that a file gave; reading it again gives an equal one."""

    encoding: str
    delimiter: str
    sheet: str
    header_row: int
    preset: str
    columns: tuple[ColumnGuess, ...]
    unused_columns: tuple[str, ...]
    records: tuple[AssociationRecord, ...]
    duplicates: tuple[Duplicate, ...]
    refused: tuple[Refusal, ...]
    skipped: tuple[SkippedRow, ...]
    file_problems: tuple[FileProblem, ...]
    unmatched_activities: Mapping[str, int]

    @property
    def associations(self) -> tuple[AssociationRecord, ...]:
        """The active ones, each once."""
        return tuple(r for r in self.records if r.duplicate_of is None and r.status == "active")
