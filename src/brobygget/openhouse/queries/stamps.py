"""Which table is behind a code, what a phone's card holds, and the sums of all cards."""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from dataclasses import dataclass, replace

from brobygget.openhouse import rules
from brobygget.openhouse.models import Hall, Invitation, OpenHouse, StampCard, StampDraw, StampSums, TableCode
from brobygget.openhouse.plans.stamp_draw import in_drawn_order
from brobygget.people import tokens
from brobygget.people.sealed import CannotUnseal, seal, unseal

TABLE, CARD = "stamp-table", "stamp-card"


# -- the code on a table -------------------------------------------------------------------------------------------
def table_secret(invitation: Invitation) -> str:
    """What stands in the address behind a table's code; it follows from the link key and lies in no table of ours."""
    code: TableCode | None = getattr(invitation, "table_code", None)
    generation = code.generation if code else 1
    return f"{invitation.pk}-{tokens.derived_token(TABLE, f'{invitation.seed}:{generation}')}"


def table_behind(openhouse: OpenHouse, secret: str) -> Invitation | None:
    """The association whose code it is; None for one of another day, and for one that has been renewed: one query."""
    number, _line, _token = secret.partition("-")
    if not (number.isascii() and number.isdigit() and len(number) <= 9):
        return None
    found = (
        openhouse.invitations.select_related(
            "association", "answer", "place", "table_code", "stand__position__hall"
        )
        .filter(pk=int(number))
        .first()
    )
    if found is None:
        return None
    is_right = hmac.compare_digest(table_secret(found).encode(), secret.encode("utf-8", "replace"))
    return found if is_right else None


def stands_there(invitation: Invitation) -> bool:
    """Whether it has a place now: one that has left gives no stamps."""
    place = getattr(invitation, "place", None)
    return place is not None and place.has_place


def zone_of(invitation: Invitation) -> int:
    """The hall in which it stands; 0 where the floor plan does not say."""
    stand = getattr(invitation, "stand", None)
    return stand.position.hall_id if stand is not None else 0


# -- the card on a phone -------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Card:
    """What a phone keeps, sealed: a random secret, and from which table and hall each stamp is. No time, no order."""

    secret: str
    stamps: frozenset[tuple[int, int]] = frozenset()

    @property
    def tables(self) -> frozenset[int]:
        """The invitations of which it has a stamp."""
        return frozenset(table for table, _hall in self.stamps)

    @property
    def halls(self) -> frozenset[int]:
        """The halls from which it has stamps."""
        return frozenset(hall for _table, hall in self.stamps if hall)

    @property
    def is_at_its_end(self) -> bool:
        """Whether no more stamps have room."""
        return len(self.stamps) >= rules.MOST_STAMPS

    def with_stamp(self, table: int, hall: int) -> Card:
        """The same card with one stamp more; a second one from the same table changes nothing."""
        if table in self.tables or self.is_at_its_end:
            return self
        return replace(self, stamps=self.stamps | {(table, hall)})


def new_card() -> Card:
    """An empty one, with a secret from the operating system."""
    return Card(tokens.new_token())


def card_of_press(key: str) -> Card:
    """The card of a phone that had none when it pressed: the same press again gives the same."""
    return Card(tokens.digest("stamp-card-press", key)[:22])


def sealed_card(openhouse: OpenHouse, card: Card) -> str:
    """What the phone gets. Nobody can read from it which tables there are, and it is of use for this day only."""
    stamps = ",".join(f"{table:x}.{hall:x}" for table, hall in sorted(card.stamps))
    return seal(f"{card.secret}:{stamps}", _place(openhouse))


def card_in(openhouse: OpenHouse, kept: str) -> Card | None:
    """The card in a cookie; None where there is none, or one of another day or house."""
    if not kept or len(kept) > 5_000:
        return None
    try:
        secret, _colon, stamps = unseal(kept, _place(openhouse)).partition(":")
    except (CannotUnseal, UnicodeError):
        return None
    pairs = (one.split(".") for one in stamps.split(",") if one)
    return Card(secret, frozenset((int(table, 16), int(hall, 16)) for table, hall in pairs))


def _place(openhouse: OpenHouse) -> str:
    return f"stamp-card:{openhouse.pk}"


def digest_of(card: Card) -> str:
    """What is kept of a card's secret."""
    return tokens.digest(CARD, card.secret)


def number_of(openhouse: OpenHouse, card: Card) -> int | None:
    """Its number in the draw, when it has been handed in."""
    return openhouse.stamp_cards.filter(digest=digest_of(card)).values_list("number", flat=True).first()


@dataclass(frozen=True)
class ZoneNow:
    """One hall on a card: how many stamps there are from it."""

    name: str
    stamps: int


@dataclass(frozen=True)
class CardNow:
    """A card as its owner sees it: how many stamps from which hall, and never from which table."""

    zones: list[ZoneNow]
    stamps: int
    halls: int  # from which there are stamps
    halls_needed: int
    is_full: bool
    number: int | None

    @property
    def missing(self) -> int:
        """How many stamps more are needed."""
        return max(rules.STAMPS - self.stamps, 0)

    @property
    def halls_missing(self) -> int:
        """From how many halls more."""
        return max(self.halls_needed - self.halls, 0)


def card_now(openhouse: OpenHouse, card: Card | None) -> CardNow:
    """Two queries at most."""
    halls = list(openhouse.halls.all())
    has = card.stamps if card else frozenset()
    return CardNow(
        zones=_zones(halls, has),
        stamps=len(has),
        halls=len(card.halls) if card else 0,
        halls_needed=rules.zones_needed(len(halls)),
        is_full=is_full(openhouse, card, halls=len(halls)),
        number=number_of(openhouse, card) if card else None,
    )


def _zones(halls: Iterable[Hall], stamps: frozenset[tuple[int, int]]) -> list[ZoneNow]:
    """The halls in the order of the plan; what is of no hall that there is stands last, without a name."""
    known = {one.pk: one.name for one in halls}
    found = [ZoneNow(name, sum(hall == pk for _table, hall in stamps)) for pk, name in known.items()]
    rest = sum(hall not in known for _table, hall in stamps)
    return [*found, ZoneNow("", rest)] if rest or not found else found


def is_full(openhouse: OpenHouse, card: Card | None, *, halls: int | None = None) -> bool:
    """Whether a card can be handed in."""
    if card is None:
        return False
    there = openhouse.halls.count() if halls is None else halls
    return rules.is_full_card(stamps=len(card.stamps), zones=len(card.halls), halls=there)


# -- the sums ------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class StampsTold:
    """What the staff sees; None where there are too few cards to say it."""

    given: int | None
    handed_in: int | None
    stamps: int | None

    @property
    def mean(self) -> float | None:
        """Stamps on a card that was handed in."""
        return self.stamps / self.handed_in if self.stamps and self.handed_in else None


def stamps_told(openhouse: OpenHouse) -> StampsTold:
    """Sums of at least five cards, and none from which fewer could be found by taking one from another: one query."""
    sums = StampSums.objects.filter(openhouse=openhouse).first() or StampSums(openhouse=openhouse)
    given = sums.by_code + sums.on_paper
    handed_in = sums.handed_in
    tells_given = given >= rules.FEWEST_CARDS
    tells_handed_in = (
        tells_given and handed_in >= rules.FEWEST_CARDS and not 0 < given - handed_in < rules.FEWEST_CARDS
    )
    return StampsTold(
        given=given if tells_given else None,
        handed_in=handed_in if tells_handed_in else None,
        stamps=sums.stamps if tells_handed_in else None,
    )


def paper_given(openhouse: OpenHouse) -> int:
    """How many paper cards the desk has counted."""
    return StampSums.objects.filter(openhouse=openhouse).values_list("on_paper", flat=True).first() or 0


# -- the draw ------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Drawn:
    """How a draw came out."""

    draw: StampDraw
    order: list[int]

    @property
    def winners(self) -> list[int]:
        """Those that get something."""
        return self.order[: self.draw.prizes]

    @property
    def next_in_turn(self) -> list[int]:
        """Those that get it where nobody comes for it."""
        return self.order[self.draw.prizes : self.draw.prizes + 3]


def drawn(openhouse: OpenHouse) -> Drawn | None:
    """The draw, once there is one; it comes out the same each time: one query."""
    draw = StampDraw.objects.filter(openhouse=openhouse).first()
    return Drawn(draw, in_drawn_order(draw.numbers, draw.said)) if draw is not None else None


def in_the_box(openhouse: OpenHouse) -> list[int]:
    """The numbers of all cards that were handed in."""
    rows = StampCard.objects.filter(openhouse=openhouse, number__isnull=False)
    return [one for one in rows.order_by("number").values_list("number", flat=True) if one is not None]
