"""One table of a route in words: why it is there, who speaks what, and what is known of what somebody needs."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from brobygget.associations.queries.fitting import Found, Reason
from brobygget.associations.queries.interests import Label
from brobygget.associations.views import wording
from brobygget.associations.views.wording import Fact
from brobygget.openhouse.models import Slot
from brobygget.openhouse.plans.route import Choice, Term
from brobygget.openhouse.queries.route import Chosen, TableHere, reasons_of
from brobygget.web.languages import current

LABELS = 3


@dataclass(frozen=True)
class StopShown:
    """A table on the way."""

    table: TableHere
    is_surprise: bool
    because: str
    picture: str
    labels: list[Label]
    facts: list[Fact]
    needs: list[Fact]
    slot: Slot | None  # the first thing to try that has a time


def in_words(table: TableHere, chosen: Chosen) -> StopShown:
    """In the reader's language."""
    choice = reasons_of(table, chosen)
    found = _found(table, choice, chosen)
    is_surprise = choice.is_surprise
    return StopShown(
        table=table,
        is_surprise=is_surprise,
        because=_("A surprise: something quite different") if is_surprise else wording.because(found),
        picture=found.picture,
        labels=[one.label(current().code) for one in table.interests[:LABELS]],
        facts=wording.also(found),
        needs=[_need(need, table) for need in chosen.needs],
        slot=table.slots[0] if table.slots else None,
    )


def _found(table: TableHere, choice: Choice, chosen: Chosen) -> Found:
    """As the directory tells of it, so that both say the same."""
    likes = {one.id: one for one in chosen.likes}
    reasons = [
        Reason(
            term.code,
            interest=likes.get(term.about),
            time=table.card.times[int(term.about)] if term.code == "time" else None,
            word=_word(term),
        )
        for term in choice.terms
    ]
    return Found(table.card, table.interests, reasons, choice.score)


def _word(term: Term) -> str:
    return term.about if term.code == "speaks" else ""


def _need(need: str, table: TableHere) -> Fact:
    """Known, or to be asked: a known no is not shown at all."""
    is_met = table.stall.meets.get(need)
    if need == "step-free":
        told, ask, icon = _("No steps"), _("Ask if there are steps"), "accessibility"
    elif need == "quiet":
        told, ask, icon = _("Quiet at the table"), _("Ask if it is quiet"), "ear"
    else:
        told, ask, icon = _("It costs nothing"), _("Ask what it costs"), "coins"
    return Fact(icon, told) if is_met else Fact(icon, ask, state="ask")
