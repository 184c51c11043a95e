"""The pictures that a visitor chooses from: groups, then what is in them, then their order. Nothing is kept yet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import QueryDict

from brobygget.associations.forms.find import wishes_in
from brobygget.associations.queries.interests import InterestHere
from brobygget.associations.views.find import TILES_AT_ONCE, Tile, TileGroup
from brobygget.openhouse.models import VisitWish
from brobygget.openhouse.queries.appointments import Offer
from brobygget.web.languages import current


def tile(name: str, one: InterestHere, chosen: Iterable[str]) -> Tile:
    """One picture, in the reader's language."""
    return Tile(name, one.id, one.picture, one.label(current().code), one.id in chosen)


def group_tiles(offer: Offer, chosen: Iterable[str]) -> list[Tile]:
    """A picture for each group of which somebody comes."""
    kept = set(chosen)
    return [tile("group", one, kept) for one in offer.groups()]


def activity_tiles(offer: Offer, groups: Iterable[str], chosen: Iterable[str]) -> list[TileGroup]:
    """The pictures in some groups."""
    kept = set(chosen)
    found = []
    for group in offer.known(groups):
        tiles = [tile("like", one, kept) for one in offer.activities(group.id)]
        found.append(TileGroup(group.label(current().code), tiles[:TILES_AT_ONCE], tiles[TILES_AT_ONCE:]))
    return found


def likes_in(query: QueryDict, offer: Offer) -> list[InterestHere]:
    """What was chosen, in order. A group of which nothing was chosen is itself a wish; what is not offered is left out."""
    given = wishes_in(query)
    activities = [one for one in offer.known(given.interests) if not one.is_group]
    done = {one.group for one in activities}
    whole = [
        one for one in offer.known((*given.groups, *given.interests)) if one.is_group and one.id not in done
    ]
    order = {name: place for place, name in enumerate(query.getlist("like"))}
    found = {one.id: one for one in (*activities, *whole)}
    return sorted(found.values(), key=lambda one: order.get(one.id, len(order)))


def moved(likes: Sequence[InterestHere], *, up: str, drop: str) -> list[InterestHere]:
    """The order after a press: one goes a step up, or away."""
    found = [one for one in likes if one.id != drop]
    place = next((place for place, one in enumerate(found) if one.id == up), 0)
    if place:
        found[place - 1], found[place] = found[place], found[place - 1]
    return found


def chosen_of(wish: VisitWish | None, offer: Offer) -> dict[str, list[str]]:
    """What was wished before, as the pages about pictures know it."""
    known = offer.known(one.interest for one in wish.interests.all()) if wish else []
    groups = [one.id if one.is_group else one.group for one in known]
    return {"like": [one.id for one in known], "group": list(dict.fromkeys(groups))}


def shown(likes: Iterable[InterestHere]) -> list[dict[str, Any]]:
    """Pictures in their order, with the words for them."""
    code = current().code
    return [{"id": one.id, "picture": one.picture, "label": one.label(code)} for one in likes]
