"""The door of an evening's tables: a secret that lies in no table and is closed by a new number."""

from __future__ import annotations

import hmac

from brobygget.circles.models import TablePlan
from brobygget.people.tokens import derived_token
from brobygget.web.numbers import number_in

PURPOSE = "tables"


def token_of(plan: TablePlan) -> str:
    """The address's secret, with the plan that it opens."""
    return f"{plan.pk}-{derived_token(PURPOSE, f'{plan.pk}:{plan.door_generation}')}"


def plan_behind(token: str) -> TablePlan | None:
    """The plan whose door this opens; None for a wrong, an old and a closed one alike."""
    number = number_in(token.partition("-")[0])
    if not number:
        return None
    plan = (
        TablePlan.objects.select_related("house", "meeting__circle")
        .filter(pk=number, is_door_open=True, finished_at=None)
        .first()
    )
    if plan is None or not hmac.compare_digest(token_of(plan).encode(), token.encode("utf-8", "replace")):
        return None
    return plan
