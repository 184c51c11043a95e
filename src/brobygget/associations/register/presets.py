"""The four families of booking systems that hold most Swedish municipalities' registers.

A preset says what a column of such an export means. Names are compared without case, spaces and signs, so one
preset serves the JSON, a CSV of it, and pages in Swedish or English.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

_SIGNS = re.compile(r"[^\w\[\]]+|_")


@dataclass(frozen=True)
class Preset:
    name: str
    title: str
    recognised_by: tuple[frozenset[str], ...]
    """Sets of columns, as `plain_header` writes them, that this system's exports have and others do not."""

    columns: Mapping[str, str]
    """Column, as `plain_header` writes it, to field."""


@lru_cache(maxsize=4_096)
def plain_header(text: str) -> str:
    """A column's name without case, spaces and signs."""
    return _SIGNS.sub("", text.casefold())


def _preset(name: str, title: str, recognised_by: str, columns: Mapping[str, str]) -> Preset:
    meanings = {
        plain_header(column): field for columns_, field in columns.items() for column in columns_.split("|")
    }
    marks = tuple(frozenset(each.split()) for each in recognised_by.split("|"))
    return Preset(name, title, marks, MappingProxyType(meanings))


_SMARTBOOK = _preset(
    "smartbook",
    "Actor Smartbook",
    "orgnr contactpersons",
    {
        "id": "source_id",
        "name": "name",
        "email": "email",
        "orgnr": "org_nr",
        "website": "website",
        "city": "city",
        "ContactPersons[0].name": "contact_name",
        "ContactPersons[0].role": "contact_role",
        "ContactPersons[0].mobile|ContactPersons[0].phone": "contact_phone",
        "ContactPersons[0].email": "contact_email",
        "ageRangeStrings": "ages",
        "activities|activityStrings": "activities",
        "description": "description",
        "address": "street",
        "zipCode|postalCode": "postcode",
        "phone": "phone",
    },
)
_INTERBOOK = _preset(
    "interbook",
    "Interbook GO",
    "associationcategoryname customeroccupations",
    {
        "Id": "source_id",
        "Name": "name",
        "WebSite": "website",
        "DistrictNames": "district",
        "AssociationCategoryName": "category",
        "Address": "street",
        "ZipCode": "postcode",
        "City": "city",
        "Phone": "phone",
        "Mobile": "mobile",
        "Email": "email",
        "PublicInformation": "description",
        "LeisureActivityCard": "fritidskort",
        "CustomerOccupations[].Name": "activities",
        "CustomerContactPeople[0].Name": "contact_name",
        "CustomerContactPeople[0].Surname": "contact_surname",
        "CustomerContactPeople[0].Occupation": "contact_role",
        "CustomerContactPeople[0].Email": "contact_email",
        "CustomerContactPeople[0].Mobile|CustomerContactPeople[0].Phone": "contact_phone",
    },
)
_FRI = _preset(
    "fri",
    "FRI Webb-Förening",
    "name type activity homepage|namn typ verksamhet hemsida",
    {
        "Name|Namn|Förening": "name",
        "Type|Typ": "category",
        "Activity|Verksamhet": "activities",
        "Homepage|Hemsida": "website",
        "Address|Adress": "full_address",
        "Contact|Kontakt|Kontaktperson": "contact_name",
        "Email|E-post": "email",
        "Phone|Telefon": "phone",
        "Övrig information|Other information|Information": "description",
    },
)
_RBOK = _preset(
    "rbok",
    "RBOK",
    "operations targetgroups|verksamheter målgrupper områden",
    {
        "Id": "source_id",
        "Name|Namn|Förening": "name",
        "Description|Beskrivning": "description",
        "Operations|Verksamheter|Verksamhet": "activities",
        "Target groups|TargetGroups|Målgrupper|Målgrupp": "target_groups",
        "Areas|Områden|Område": "district",
        "Contact|Kontakt|Contact.Name|Kontakt.Namn": "contact_name",
        "Contact.Email|Kontakt.E-post|Email|E-post": "email",
        "Contact.Phone|Kontakt.Telefon|Phone|Telefon": "phone",
        "Address|Adress|Contact.Address|Kontakt.Adress": "full_address",
        "Website|Hemsida|Homepage": "website",
        "Organisationsnummer|OrgNr|Organization number": "org_nr",
    },
)
PRESETS: Mapping[str, Preset] = MappingProxyType({p.name: p for p in (_SMARTBOOK, _INTERBOOK, _FRI, _RBOK)})


def preset_for(columns: frozenset[str]) -> Preset | None:
    """The system whose marks are all among these columns; the one with most marks when several fit."""
    fitting = [(len(marks), p) for p in PRESETS.values() for marks in p.recognised_by if marks <= columns]
    return max(fitting, key=lambda each: each[0])[1] if fitting else None
