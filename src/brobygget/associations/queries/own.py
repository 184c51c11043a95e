"""Which association somebody has come in as."""

from __future__ import annotations

from datetime import date

from brobygget.associations.models import Association, AssociationLink, FieldChange
from brobygget.associations.secrets import link_digest


def link_behind(purpose: str, secret: str, *, on: date) -> AssociationLink | None:
    """The open link with this secret."""
    if purpose not in AssociationLink.Purpose.values or not secret:
        return None
    found = AssociationLink.objects.filter(
        digest=link_digest(purpose, secret), purpose=purpose, revoked_at=None, expires_on__gte=on
    )
    return found.select_related("association__house", "association__letter_address").first()


def whole(pk: int) -> Association:
    """An association with all that hangs from it."""
    found = Association.objects.select_related("house", "letter_address")
    return found.prefetch_related("interests", "times", "contacts").get(pk=pk)


def change_of(association: Association, pk: int) -> FieldChange | None:
    """An earlier answer of this association and no other."""
    return association.changes.filter(pk=pk).first()
