"""What the register can say: an association's own words to everybody, the people behind it to those who keep it."""

from __future__ import annotations

import base64
from datetime import time
from typing import Any

from brobygget.associations import rules
from brobygget.associations.commands.directory import refresh_directory
from brobygget.associations.models import (
    AliasReview,
    Association,
    AssociationContact,
    AssociationInterest,
    AssociationText,
    AssociationTime,
    DirectoryEntry,
    DirectoryWords,
    FieldChange,
    ImportEffect,
    ImportFile,
    ImportRow,
    ImportRun,
    Interest,
    InterestLabel,
    LetterAddress,
)
from brobygget.circles.models import Circle
from brobygget.house.models import House
from tests.agreements.doors import MARIT, PETRA
from tests.conftest import NOW, TODAY

KEEPS = frozenset({MARIT, PETRA})
OWN_WORDS = (
    "name", "description", "audience", "venue", "street", "postcode", "town", "district", "meeting_text", "email", "phone",
    "can_try", "met_by", "little_swedish_how", "fee_text", "gear_text", "org_nr", "category_source",
)  # fmt: skip
OF_AN_ASSOCIATION = {
    *(f"associations.Association.{name}" for name in OWN_WORDS),
    "associations.AssociationTime.place",
    "associations.AssociationTime.text",
    "associations.AssociationText.text",
    "associations.DirectoryEntry.name_words",
    "associations.DirectoryWords.text",
}
PUBLIC = {*OF_AN_ASSOCIATION, "associations.InterestLabel.label", "associations.DirectoryWord.word"}
BY_LINK: dict[str, set[str]] = {}
ABOUT_PEOPLE = {
    *(f"associations.AssociationContact.{name}" for name in ("name", "role", "phone", "email")),
    *(f"associations.LetterAddress.{name}" for name in ("care_of", "street", "postcode", "town")),
    "associations.FieldChange.before",
    "associations.FieldChange.after",
}
IN_FILES = {
    *(f"associations.ImportRow.{name}" for name in ("source", "understood", "problems", "why_same")),
    *(f"associations.ImportFile.{name}" for name in ("content", "samples")),
    *(f"associations.ImportRun.{name}" for name in ("file_name", "sheet", "failure")),
    "associations.ImportEffect.before",
}
FOR_STAFF = {
    *ABOUT_PEOPLE,
    *IN_FILES,
    *(f"associations.Association.source_id{state}" for state in ("", " (not shown)")),
    "associations.AliasReview.word",
    *(f"{column} (not shown)" for column in OF_AN_ASSOCIATION),
}
READERS = dict.fromkeys(FOR_STAFF, KEEPS)
# What an association that has come in with its own link reads of itself beside what is public.
BY_OWN_LINK = {
    "associations.AssociationContact.email",
    "associations.FieldChange.before",
    "associations.FieldChange.after",
    *(f"{column} (not shown)" for column in OF_AN_ASSOCIATION),
}
# Texts in which the program keeps more than the word, and how.
SHAPES: dict[str, Any] = {
    "associations.FieldChange.before": '"{}"',
    "associations.FieldChange.after": '"{}"',
    "associations.ImportFile.samples": '{{"Förening": ["{}"], "Kontaktperson": ["{}"]}}',
    "associations.ImportFile.content": "{}",
    "associations.ImportRow.source": '{{"Kontaktperson": "{}"}}',
    "associations.ImportRow.understood": '{{"said": {{"columns": {{"name": "{}", "town": "{}"}}, "contacts": []}}}}',
    "associations.ImportRow.problems": '[{{"field": "phone", "code": "odd", "raw": "{}", "did": "", "needs_review": true}}]',
    "associations.ImportEffect.before": '{{"description": ["{}", "import"]}}',
}
IN_BASE64 = "associations.ImportFile.content"
NO_WORDS = {
    "associations.Association.source_system": "the name of a kind of register",
    "associations.AssociationInterest.interest": "the name of an interest",
    "associations.AssociationText.field": "the name of a field",
    "associations.AssociationLink.seed": "a key",
    "associations.Directory.contact_email": "the address of an office, which everybody may see",
    "associations.DirectoryEntry.interests": "names of interests",
    "associations.DirectoryEntry.name_words": "made anew from the name",
    "associations.DirectoryWords.text": "made anew from the public words",
    "associations.DirectoryWord.word": "made anew from the public words",
    "associations.FieldChange.field": "the name of a field",
    "associations.FieldChange.sitting": "a key",
    "associations.ImportRun.preset": "the name of a kind of register",
    "associations.ImportRun.file_hash": "a sum",
    "associations.ImportRun.header_signature": "a sum",
    "associations.SameOrNot.pair": "a sum",
    "associations.Interest.interest": "the name of an interest",
    "associations.Interest.group": "the name of an interest",
    "associations.Interest.picture": "the name of a picture",
    "associations.Interest.replaced_by": "the name of an interest",
    "associations.InterestLabel.interest": "the name of an interest",
    "associations.AliasReview.interest": "the name of an interest",
}


def whose(row: Any) -> tuple[Association | House, str] | None:
    """An association's, with whether visitors are shown it; the rest of the register is the house's."""
    if row._meta.app_label != "associations":
        return None
    if isinstance(row, DirectoryWords):
        row = row.entry
    found = row if isinstance(row, Association) else getattr(row, "association", None)
    if found is None or isinstance(row, ImportEffect):
        run = row if isinstance(row, ImportRun) else getattr(row, "run", None)
        return (run or row).house, ""
    words = (Association, AssociationTime, AssociationText, DirectoryEntry)
    if isinstance(row, words) and not rules.may_be_shown(found, on=TODAY):
        return found, "not shown"
    return found, ""


def fill(circle: Circle) -> None:
    """Once for each house: every association full of words, one of them a draft; a file; words of interests."""
    house = circle.house
    if house.associations.filter(name="x").exists():
        return
    for name, status in (("x", "active"), ("y", "draft")):
        Association.objects.create(
            house=house, name=name, status=status, created_on=TODAY, changed_at=NOW, source_id=name
        )
    run = ImportRun.objects.create(
        house=house, state="read", file_name="x", sheet="x", failure="x", uploaded_at=NOW, mapping={"x": ""}
    )
    ImportFile.objects.create(run=run, content="x", samples="{}")
    row = ImportRow.objects.create(
        run=run,
        line=2,
        outcome="changed",
        source="{}",
        understood="{}",
        problems="[]",
        why_same="x",
        needs_review=True,
    )
    ImportEffect.objects.create(run=run, row=row, kind="changed", before="{}")
    AliasReview.objects.create(house=house, word="x", count=1)
    Interest.objects.create(house=house, interest="own-one", group="crafts", is_added=True, added_on=TODAY)
    InterestLabel.objects.create(house=house, interest="own-one", language="sv", label="x", status="checked")


def fill_up(circle: Circle) -> None:
    """Associations that have come since."""
    own = {name: "x" for name in OWN_WORDS if name != "name"}
    for one in circle.house.associations.exclude(texts__field="description", texts__language="ar"):
        for name, value in own.items():
            setattr(one, name, value)
        one.save()
        AssociationInterest.objects.get_or_create(association=one, interest="sewing")
        AssociationTime.objects.create(
            association=one, weekday=1, starts=time(18), ends=time(20), place="x", text="x"
        )
        AssociationText.objects.create(
            association=one, field="description", language="ar", text="x", status="checked", written_on=TODAY
        )
        AssociationContact.objects.create(association=one, name="x", role="x", phone="x", email="x")
        LetterAddress.objects.create(association=one, care_of="x", street="x", postcode="x", town="x")
        FieldChange.objects.create(
            association=one, field="met_by", before='"x"', after='"x"', origin="association", at=NOW
        )


def after_planting() -> None:
    """The directory follows its associations."""
    for house in House.objects.all():
        refresh_directory(house, everything=True)


def in_base64(word: str) -> str:
    """A file as it is kept."""
    return base64.b64encode(f"Förening;Kontaktperson\r\n{word};{word}\r\n".encode()).decode()
