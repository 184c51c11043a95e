"""Whether a row is a living association that a visitor may meet, and if not, why."""

from __future__ import annotations

import re

from brobygget.associations.interests import InterestMatches, match_interests
from brobygget.associations.register.cells import RowNotes
from brobygget.associations.register.records import Status

_DORMANT = re.compile(r"\b(vilande|inaktiv|passiv)\b", re.IGNORECASE)
_DISSOLVED = re.compile(
    r"\b(nedlagd|nedlagt|upplöst|upphört|upphörd|avvecklad|avregistrerad|avslutad|likvidation|konkurs)\b",
    re.IGNORECASE,
)
_LONGEST_REMARK = 60
_ASIDE = re.compile(
    r"\s*[(\[\-–]+\s*(?:vilande|inaktiv|passiv|nedlagd|nedlagt|upplöst|upphört|avvecklad)\b[^)\]]*[)\]]?",
    re.IGNORECASE,
)


def standing_of(
    *,
    name: str,
    status_text: str,
    description: str,
    category: str,
    activities: InterestMatches,
    column_of_activities: str,
    has_interests: bool,
    notes: RowNotes,
) -> Status:
    """The status of a row, noted when it is not an active association."""
    remark = description if len(description) <= _LONGEST_REMARK else ""
    said = " ".join((name, status_text, remark))
    if _DISSOLVED.search(said):
        notes.add("*", "dissolved", name, "imported as dissolved, hidden")
        return "dissolved"
    if _DORMANT.search(said) or status_text.strip().casefold() in ("nej", "n", "0"):
        notes.add("*", "dormant", name, "imported as dormant, hidden")
        return "dormant"
    kind = match_interests(category)
    meanings = kind.meanings | activities.meanings
    if "exclude" in meanings:
        notes.add("*", "excluded_kind", name, "not shown to visitors", needs_review=True)
        return "excluded"
    if "policy" in meanings or "politics" in activities.interests:
        notes.add("*", "policy", name, "the house decides whether parties take part", needs_review=True)
    if "venue" in meanings and not has_interests:
        notes.add(
            "*", "venue_only", name, "an organisation without interests; add them by hand", needs_review=True
        )
        return "venue"
    if activities.unmatched:
        notes.add(
            column_of_activities,
            "unmatched_activity",
            "; ".join(activities.unmatched),
            "kept for a person to sort",
            needs_review=not has_interests,
        )
    return "active"


def name_without_status(name: str) -> str:
    """The name without "(VILANDE)" and its like, for comparing."""
    return _ASIDE.sub("", name).strip() or name
