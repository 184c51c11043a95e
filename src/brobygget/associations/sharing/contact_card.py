"""A contact card (vCard 4, RFC 6350) of an association. No person is in it."""

from __future__ import annotations

from brobygget.associations.models import Association
from brobygget.associations.queries.shown import websites_of

LONGEST_LINE = 75


def written(association: Association, *, address: str) -> bytes:
    """The card, in lines of at most 75 bytes."""
    lines = [
        "BEGIN:VCARD",
        "VERSION:4.0",
        "KIND:org",
        f"FN:{_escaped(association.name)}",
        f"ORG:{_escaped(association.name)}",
        f"UID:{address}",
        f"REV:{association.changed_at:%Y%m%dT%H%M%SZ}",
    ]
    if association.email:
        lines.append(f"EMAIL:{_escaped(association.email)}")
    if association.phone:
        lines.append(f"TEL;VALUE=text:{_escaped(association.phone)}")
    if association.street or association.town:
        parts = ("", "", association.street, association.town, "", association.postcode, "")
        lines.append("ADR:" + ";".join(_escaped(part) for part in parts))
    lines += [f"URL:{_escaped(site)}" for site in (address, *websites_of(association))]
    lines.append("END:VCARD")
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode()


def _escaped(text: str) -> str:
    text = text.replace("\\", "\\\\").replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")
    text = text.replace(",", "\\,").replace(";", "\\;")
    return "".join(sign for sign in text if sign >= " " and sign != "\x7f")


def _folded(line: str) -> str:
    """Long lines go on after a line break and a space; no letter is cut in two."""
    parts, room = [""], LONGEST_LINE
    for sign in line:
        size = len(sign.encode())
        if room < size:
            parts.append("")
            room = LONGEST_LINE - 1
        parts[-1] += sign
        room -= size
    return "\r\n ".join(parts)
