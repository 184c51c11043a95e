"""The questions of the form, and what their answers are in the register: one list for the association and the house."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from brobygget.associations.commands.said import COLUMNS, LISTS, Said, in_order
from brobygget.associations.models import Association
from brobygget.associations.register.cells import RowNotes
from brobygget.associations.register.facts import fee_in

Answers = dict[str, Any]
PLAIN = (
    "name", "org_nr", "status", "description", "audience", "open_to", "takes_new_members", "minimum_age", "maximum_age",
    "venue", "street", "postcode", "town", "meeting_text", "email", "phone", "can_try", "try_free", "met_by",
    "swedish_needed", "little_swedish", "little_swedish_how", "fee_text", "fritidskort", "gear", "gear_text", "step_free",
)  # fmt: skip
TIME_ROWS = 3


def answers_of(association: Association, said: Said) -> Answers:
    """What the form shows now."""
    first = said.contacts[0] if said.contacts else {}
    home = said.letter_address
    return {
        **{name: _shown(getattr(association, name)) for name in PLAIN},
        "languages": association.language_codes,
        "interests": [each for each, _ in said.interests],
        "times": said.times[:TIME_ROWS],
        "website": association.websites[0] if association.websites else "",
        "contact_name": first.get("name", ""),
        "contact_role": first.get("role", ""),
        "contact_phone": first.get("phone", ""),
        "contact_email": first.get("email", ""),
        "care_of": home.get("care_of", ""),
        "home_street": home.get("street", ""),
        "home_postcode": home.get("postcode", ""),
        "home_town": home.get("town", ""),
    }


def _shown(value: Any) -> Any:
    return str(value) if isinstance(value, str) else value


def mark_of(value: Any) -> str:
    """A short mark of an answer: the form remembers with it what stood there when it was opened."""
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:12]


def changes_from(answers: Mapping[str, Any], association: Association, said: Said) -> dict[str, Any]:
    """Answers as columns and lists of the register."""
    changes: dict[str, Any] = {name: answers[name] for name in PLAIN if name in answers}
    if "fee_text" in answers:
        fee = fee_in(answers["fee_text"], "fee", RowNotes(0, 0))
        changes |= {"fee_sek": fee.sek, "fee_is_voluntary": fee.is_voluntary}
    if "languages" in answers:
        changes["languages"] = Association.languages_of(answers["languages"])
    if "interests" in answers:
        changes["interests"] = [[each, False] for each in answers["interests"]]
    if "times" in answers:
        changes["times"] = in_order([*answers["times"], *said.times[TIME_ROWS:]])
    if "website" in answers:
        others = association.websites[1:]
        changes["websites"] = [*([answers["website"]] if answers["website"] else []), *others]
    contact = {name: answers[f"contact_{name}"] for name in _CONTACT if f"contact_{name}" in answers}
    if contact:
        first = {**_NOBODY, **(said.contacts[0] if said.contacts else {}), **contact}
        listed = [first, *said.contacts[1:]]
        changes["contacts"] = [one for one in listed if any(one[name] for name in _CONTACT)]
    home = {name: answers[field] for field, name in _HOME.items() if field in answers}
    if home:
        whole = {"care_of": "", "street": "", "postcode": "", "town": "", **said.letter_address, **home}
        changes["letter_address"] = whole if any(whole.values()) else {}
    return changes


_CONTACT = ("name", "role", "phone", "email")
_NOBODY: Mapping[str, Any] = {"name": "", "role": "", "phone": "", "email": "", "said_public": None}
_HOME = {"care_of": "care_of", "home_street": "street", "home_postcode": "postcode", "home_town": "town"}
KNOWN_NAMES = frozenset({*COLUMNS, *LISTS})
