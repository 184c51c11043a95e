"""What companions may share: a dozen things that one can do together, and when. Never more than somebody taps."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True)
class Tile:
    """A picture with a word."""

    code: str
    picture: str
    words: str | Promise


INTERESTS = (
    Tile("cooking", "cooking", pgettext_lazy("interest", "Cooking")),
    Tile("fika", "fika", pgettext_lazy("interest", "Coffee and talk")),
    Tile("walking", "walking", pgettext_lazy("interest", "Walks")),
    Tile("nature", "g-nature", pgettext_lazy("interest", "Nature")),
    Tile("football", "football", pgettext_lazy("interest", "Football")),
    Tile("volleyball", "volleyball", pgettext_lazy("interest", "Volleyball")),
    Tile("swimming", "swimming", pgettext_lazy("interest", "Swimming")),
    Tile("music", "g-music", pgettext_lazy("interest", "Music")),
    Tile("sewing", "sewing", pgettext_lazy("interest", "Sewing")),
    Tile("woodwork", "woodwork", pgettext_lazy("interest", "Woodwork")),
    Tile("garden", "garden", pgettext_lazy("interest", "Garden")),
    Tile("games", "board_games", pgettext_lazy("interest", "Games")),
    Tile("reading", "reading", pgettext_lazy("interest", "Books")),
    Tile("children", "children", pgettext_lazy("interest", "Things with children")),
    Tile("swedish", "swedish", pgettext_lazy("interest", "Talk Swedish")),
    Tile("associations", "g-together", pgettext_lazy("interest", "Visit an association")),
)
TIMES = (
    Tile("weekday-morning", "sun", pgettext_lazy("time", "Weekdays, morning")),
    Tile("weekday-afternoon", "clock", pgettext_lazy("time", "Weekdays, afternoon")),
    Tile("weekday-evening", "moon", pgettext_lazy("time", "Weekdays, evening")),
    Tile("saturday", "calendar-days", pgettext_lazy("time", "Saturdays")),
    Tile("sunday", "calendar-days", pgettext_lazy("time", "Sundays")),
)


def chosen(tiles: tuple[Tile, ...], codes: str) -> list[Tile]:
    """The tiles behind a list of codes."""
    wished = set(codes.split(","))
    return [tile for tile in tiles if tile.code in wished]


def bits(tiles: tuple[Tile, ...], codes: str) -> int:
    """The same as a number, a bit for each tile."""
    wished = set(codes.split(","))
    return sum(1 << place for place, tile in enumerate(tiles) if tile.code in wished)


def of_bits(tiles: tuple[Tile, ...], number: int) -> list[Tile]:
    """And back."""
    return [tile for place, tile in enumerate(tiles) if number >> place & 1]
