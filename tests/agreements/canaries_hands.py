"""What visitors tell: read by the association to whom the hand is raised, on the phone that raised it, and nowhere else."""

from __future__ import annotations

import uuid
from typing import Any

from brobygget.circles.models import Circle
from brobygget.openhouse.models import Handover, OpenHouse, Visitor
from brobygget.openhouse.queries import hands
from tests.agreements.doors import AMINA, ELSA, MARIT

TOLD = {"openhouse.Visitor.alias", "openhouse.Visitor.telephone", "openhouse.Handover.wish"}
PUBLIC: set[str] = set()
BY_LINK: dict[str, set[str]] = {}
# In doors_hands.py the phone is Amina's; an answer is read out to whoever says its code.
READERS = {
    **dict.fromkeys(TOLD, frozenset({AMINA})),
    "openhouse.Handover.reply": frozenset({AMINA, ELSA, MARIT}),
}
BY_OWN_LINK = {*TOLD, "openhouse.Handover.reply"}
NO_WORDS = {"openhouse.Visitor.spoken": "the code of a language"}


def whose(row: Any) -> tuple[Any, str] | None:
    """The association's to whom the hand is raised: each visitor here has raised one."""
    if isinstance(row, Visitor):
        return row.handovers.select_related("invitation__association").get().invitation.association, ""
    return (row.invitation.association, "") if isinstance(row, Handover) else None


def fill_up(circle: Circle) -> None:
    """At each day that has none a visitor with one hand."""
    for day in OpenHouse.objects.filter(circle=circle, visitors=None):
        invitation = day.invitations.order_by("pk").first()
        if invitation is None:
            continue
        seed = str(uuid.uuid4())
        visitor = Visitor.objects.create(
            openhouse=day,
            seed=seed,
            token_digest=hands.token_digest(seed),
            code_digest=hands.code_digest(hands.code_of(seed)),
            number=1234,
            alias="x",
            spoken="ti",
            way="call",
            telephone="x",
        )
        Handover.objects.create(visitor=visitor, invitation=invitation, channel="phone", wish="x", reply="x")
