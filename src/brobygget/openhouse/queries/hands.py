"""Which visitor is behind a phone's secret or a code, whose hands an association sees, and the sums that may be shown."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from brobygget.associations.rules import may_be_shown
from brobygget.associations.secrets import LENGTH, SIGNS, as_typed, derived_code, link_digest
from brobygget.house.models import House
from brobygget.openhouse import rules
from brobygget.openhouse.models import Handover, HandSums, Invitation, OpenHouse, Visitor
from brobygget.openhouse.queries.events import published_of
from brobygget.openhouse.queries.places import have_places
from brobygget.people import tokens

TOKEN, CODE, SLIP = "open-house-visitor", "open-house-visitor-code", "open-house-visitor-slip"
CHECKS = 3  # signs of a slip
Way, Years = Visitor.Way, Visitor.Years


# -- secrets -------------------------------------------------------------------------------------------------------
def new_seed(key: str) -> str:
    """What the first press of a phone is kept under: the same press again gives the same; the key is not found in it."""
    return tokens.digest(f"{TOKEN}-seed", key)


def new_slip_code(openhouse: OpenHouse) -> str:
    """A code for a slip that is printed just now: drawn signs, and three by which it is known. Nothing is kept of it."""
    drawn = "".join(secrets.choice(SIGNS) for _sign in range(LENGTH - CHECKS))
    return as_typed(drawn + _checks(openhouse, drawn))


def _checks(openhouse: OpenHouse, drawn: str) -> str:
    raw = bytes.fromhex(tokens.digest(SLIP, f"{openhouse.pk}:{drawn}"))
    return "".join(SIGNS[byte % len(SIGNS)] for byte in raw[:CHECKS])


def slip_behind(openhouse: OpenHouse, typed: str) -> str:
    """The code of a slip that was printed for this day, as it is kept; nothing for any other."""
    code = as_typed(typed)
    signs = code.replace("-", "")
    drawn, checks = signs[:-CHECKS], signs[-CHECKS:]
    is_ours = bool(code) and hmac.compare_digest(_checks(openhouse, drawn), checks)
    return code if is_ours else ""


def slip_seed(openhouse: OpenHouse, code: str) -> str:
    """What a slip is kept under: written in twice, it is the same visitor."""
    return tokens.digest(f"{SLIP}-seed", f"{openhouse.pk}:{code}")


def token_of(seed: str) -> str:
    """The secret on the phone; it follows from the link key and lies in no table."""
    return tokens.derived_token(TOKEN, seed)


def code_of(seed: str) -> str:
    """The code for the reception."""
    return derived_code(f"{CODE}:{seed}")


def token_digest(seed: str) -> str:
    """What is kept of the secret."""
    return link_digest(TOKEN, token_of(seed))


def code_digest(code: str) -> str:
    """What is kept of the code."""
    return link_digest(CODE, code)


def behind_token(openhouse: OpenHouse, secret: str) -> Visitor | None:
    """The visitor of this phone: one query, and none without a secret."""
    return openhouse.visitors.filter(token_digest=link_digest(TOKEN, secret)).first() if secret else None


def behind_code(openhouse: OpenHouse, typed: str) -> Visitor | None:
    """The visitor whose code somebody says."""
    code = as_typed(typed)
    return openhouse.visitors.filter(code_digest=code_digest(code)).first() if code else None


# -- hands ---------------------------------------------------------------------------------------------------------
def standing_here(openhouse: OpenHouse, invitation: int, *, on: date) -> Invitation | None:
    """The association behind one invitation, if it comes and may be named."""
    found = have_places(openhouse).select_related("openhouse__house").filter(pk=invitation).first()
    return found if found is not None and may_be_shown(found.association, on=on) else None


def hands_of(visitor: Visitor) -> list[Handover]:
    """Towards whom this visitor has raised a hand: one query."""
    found = visitor.handovers.select_related("invitation__association", "invitation__place")
    return list(found.order_by("invitation__association__name", "pk"))


def hands_to(invitation: Invitation) -> QuerySet[Handover]:
    """The association's own list, by number, which says nothing of who came first."""
    return Handover.objects.filter(invitation=invitation).select_related("visitor")


# -- sums ----------------------------------------------------------------------------------------------------------
def sums_of(openhouse: OpenHouse) -> HandSums:
    """As they are now, or as they were when the visitors were forgotten; never saved here."""
    kept = HandSums.objects.filter(openhouse=openhouse).first()
    if kept is not None:
        return kept
    people = openhouse.visitors.aggregate(
        people=Count("pk"),
        by_message=Count("pk", filter=Q(way=Way.MESSAGE)),
        by_call=Count("pk", filter=Q(way=Way.CALL)),
        by_reception=Count("pk", filter=Q(way=Way.RECEPTION)),
        new_here=Count("pk", filter=Q(years=Years.NEW)),
        long_here=Count("pk", filter=Q(years=Years.LONG)),
        years_unsaid=Count("pk", filter=Q(years=Years.UNSAID)),
    )
    hands = Handover.objects.filter(visitor__openhouse=openhouse).aggregate(
        hands=Count("pk"),
        associations=Count("invitation", distinct=True),
        on_paper=Count("pk", filter=Q(channel=Handover.Channel.PAPER)),
    )
    return HandSums(openhouse=openhouse, **people, **hands)


Cells = list[tuple[tuple[str, ...], int]]


def shown_cells(cells: Sequence[tuple[str, int]]) -> Cells:
    """Parts of a whole, of which none is so small that somebody could be found, nor by subtraction.

    The smallest is put together with the next smallest until none is below five. If that leaves everybody in one part,
    it would tell what each of them chose, and nothing is shown.
    """
    kept: Cells = [((name,), number) for name, number in cells]
    while len(kept) > 1 and any(0 < number < rules.FEWEST_HANDS for _names, number in kept):
        small, next_small = sorted(kept, key=lambda cell: (cell[1] == 0, cell[1]))[:2]
        at = kept.index(next_small)
        kept[at] = (next_small[0] + small[0], next_small[1] + small[1])
        kept.remove(small)
    return kept if sum(number > 0 for _names, number in kept) > 1 else []


@dataclass(frozen=True)
class SumsShown:
    """What staff may see: nothing below five people, and the parts only when the day is over."""

    sums: HandSums | None
    ways: Cells
    years: Cells
    places: int


def sums_shown(openhouse: OpenHouse, *, is_over: bool) -> SumsShown:
    """While hands are being raised the parts would tell, from one look to the next, what the newest person chose."""
    sums = sums_of(openhouse)
    if sums.people < rules.FEWEST_HANDS:
        return SumsShown(None, [], [], 0)
    ways = [(Way.MESSAGE, sums.by_message), (Way.CALL, sums.by_call), (Way.RECEPTION, sums.by_reception)]
    years = [(Years.NEW, sums.new_here), (Years.LONG, sums.long_here), (Years.UNSAID, sums.years_unsaid)]
    return SumsShown(
        sums=sums,
        ways=shown_cells([(str(name), number) for name, number in ways]) if is_over else [],
        years=shown_cells([(str(name), number) for name, number in years]) if is_over else [],
        places=have_places(openhouse).count(),
    )


def day_of_answers(house: House, *, on: date) -> OpenHouse | None:
    """The open house whose answers are picked up at the reception now: from its day until they are forgotten."""
    first = on - timedelta(days=rules.HANDS_KEPT_DAYS)
    return published_of(house).filter(day__lte=on, day__gte=first).order_by("-day", "-pk").first()
