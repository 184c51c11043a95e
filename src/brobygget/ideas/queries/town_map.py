"""The opinion map as it was last released: groups of people who answer alike, told in words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString

from brobygget.ideas.bridge_chart import Deck, chart_svg
from brobygget.ideas.models import Tally, TownVote
from brobygget.ideas.queries.town_ideas import TownCard, shown_town_ideas, town_card, with_town_translations
from brobygget.web import languages

MOST_TOLD = 3
MOST_PILLARS = 8
AGREES, DOES_NOT = (
    60,
    40,
)  # a group's share from which a deck lies firmly on its pillar, and under which it breaks


@dataclass(frozen=True)
class Portrait:
    """A group of people who answer alike, in words."""

    letter: str
    size: int
    agrees: list[TownCard]
    disagrees: list[TownCard]
    dots: list[tuple[float, float]]


@dataclass(frozen=True)
class ByGroups:
    """One idea with a pillar for each opinion group."""

    card: TownCard
    shares: list[tuple[str, int]]

    @property
    def drawing(self) -> SafeString:
        """A deck that hangs from all the pillars: whole where every group agrees, broken where some do not."""
        percent = [share for _letter, share in self.shares]
        least = min(percent)
        deck: Deck = "whole" if least >= AGREES else "broken" if least <= DOES_NOT else "dashed"
        return chart_svg(percent, deck, is_mirrored=languages.current().is_right_to_left)


@dataclass(frozen=True)
class OpinionMap:
    """The map that may be shown."""

    groups: list[Portrait]
    agreed: list[TownCard]
    by_groups: list[ByGroups]

    @property
    def people(self) -> int:
        """Everybody on the map."""
        return sum(group.size for group in self.groups)


def opinion_map_of(vote: TownVote, kind: str) -> OpinionMap | None:
    """The map of one tally as it was last released; hidden ideas are left out at once."""
    tally = Tally.objects.filter(vote=vote, kind=kind).first()
    if tally is None or not tally.opinion_map:
        return None
    told = tally.opinion_map
    cards = {idea.pk: town_card(idea) for idea in with_town_translations(shown_town_ideas(vote))}

    def some(pks: list[int], most: int = MOST_TOLD) -> list[TownCard]:
        return [cards[pk] for pk in pks if pk in cards][:most]

    letters = [chr(ord("A") + at) for at in range(len(told["groups"]))]
    by_groups = [
        ByGroups(cards[int(pk)], list(zip(letters, shares, strict=True)))
        for pk, shares in told["shares"].items()
        if int(pk) in cards and len(shares) > 1
    ]
    by_groups.sort(key=lambda row: (-min(share for _letter, share in row.shares), row.card.idea.pk))
    return OpinionMap(
        groups=[
            Portrait(letter, group["size"], some(group["agrees"]), some(group["disagrees"]), group["dots"])
            for letter, group in zip(letters, told["groups"], strict=True)
        ],
        agreed=some(told["agreed"], 5),
        by_groups=by_groups[:MOST_PILLARS],
    )
