"""A visitor as an association sees them; the same words are shown to the visitor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from brobygget.associations.views import wording as associations
from brobygget.openhouse import rules
from brobygget.openhouse.models import Handover, HandSums, OpenHouse, Visitor
from brobygget.openhouse.queries.hands import Cells, SumsShown, sums_shown

Way = Visitor.Way


@dataclass(frozen=True)
class VisitorShown:
    """What an association gets of a visitor, and nothing else."""

    number: int
    alias: str
    code_of_language: str
    language: str
    way: str
    reached: str
    telephone: str
    icon: str


@dataclass(frozen=True)
class HandShown:
    """One hand on an association's list."""

    hand: Handover
    visitor: VisitorShown
    waits_at_reception: bool


def shown(visitor: Visitor) -> VisitorShown:
    """In the reader's words."""
    reached = {
        Way.RECEPTION: (_("Picks up answers at the reception"), "inbox"),
        Way.MESSAGE: (_("Wants a message"), "message-square"),
        Way.CALL: (_("Wants a call"), "phone"),
    }
    text, icon = reached[Way(visitor.way)]
    return VisitorShown(
        number=visitor.number,
        alias=visitor.alias,
        code_of_language=visitor.spoken,
        language=associations.language_name(visitor.spoken) if visitor.spoken else "",
        way=visitor.way,
        reached=text,
        telephone=visitor.telephone,
        icon=icon,
    )


def hand_shown(hand: Handover) -> HandShown:
    """With the visitor's words."""
    return HandShown(hand, shown(hand.visitor), hand.visitor.way == Way.RECEPTION)


def gone_on(openhouse: OpenHouse) -> date:
    """From when on nothing of it is kept."""
    return openhouse.day + timedelta(days=rules.HANDS_KEPT_DAYS + 1)


Rows = list[tuple[str, int, int]]  # words, people, share in percent


# -- sums ----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class SumsInWords:
    """What staff read."""

    sums: HandSums | None
    places: int
    parts: list[tuple[str, Rows]]
    is_over: bool
    is_whole: bool  # every part is shown by itself


def sums_in_words(openhouse: OpenHouse, *, is_over: bool) -> SumsInWords:
    """With the parts named, those that were put together with a plus between."""
    found: SumsShown = sums_shown(openhouse, is_over=is_over)
    people = found.sums.people if found.sums else 0
    ways = {
        str(Way.MESSAGE): pgettext("hand", "Message"),
        str(Way.CALL): pgettext("hand", "Call"),
        str(Way.RECEPTION): _("Answer at the reception"),
    }
    years = {
        str(Visitor.Years.NEW): _("Three years or less here"),
        str(Visitor.Years.LONG): _("Longer here"),
        str(Visitor.Years.UNSAID): pgettext("years", "No answer"),
    }

    def named(cells: Cells, names: dict[str, str]) -> Rows:
        return [
            (" + ".join(names[each] for each in those), number, round(100 * number / people))
            for those, number in cells
        ]

    return SumsInWords(
        sums=found.sums,
        places=found.places,
        parts=[
            (_("How they want to be reached"), named(found.ways, ways)),
            (_("How long they have lived here"), named(found.years, years)),
        ],
        is_over=is_over,
        is_whole=len(found.ways) == len(ways) and len(found.years) == len(years),
    )
