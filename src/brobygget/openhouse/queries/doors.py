"""The link and the code of an invitation, and which invitation is behind one.

Each opens one association's page about one open house. A secret for one purpose opens nothing else: it is neither the
link to the association's own form nor that of another day.
"""

from __future__ import annotations

from datetime import date

from brobygget.associations.secrets import as_typed, derived_code, link_digest
from brobygget.openhouse import rules
from brobygget.openhouse.models import Invitation
from brobygget.people import tokens

LINK, CODE = "open-house-link", "open-house-code"


def link_of(invitation: Invitation) -> str:
    """The secret in the address; it follows from the link key and the row."""
    return tokens.derived_token(LINK, invitation.seed)


def code_of(invitation: Invitation) -> str:
    """The code in the letter."""
    return derived_code(invitation.seed)


def digests_of(invitation: Invitation) -> tuple[str, str]:
    """What is kept of link and code."""
    return link_digest(LINK, link_of(invitation)), link_digest(CODE, code_of(invitation))


def behind_link(secret: str, *, on: date) -> Invitation | None:
    """The invitation that a link opens, until a month after the day."""
    return _working({"link_digest": link_digest(LINK, secret)}, on=on) if secret else None


def behind_code(typed: str, *, on: date) -> Invitation | None:
    """The invitation that a typed code opens."""
    code = as_typed(typed)
    return _working({"code_digest": link_digest(CODE, code)}, on=on) if code else None


def _working(where: dict[str, str], *, on: date) -> Invitation | None:
    found = (
        Invitation.objects.select_related("openhouse__house", "association__house").filter(**where).first()
    )
    return found if found is not None and rules.link_works(found.openhouse, on=on) else None
