"""What a visitor wishes. It lives in the address on the visitor's own phone, and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

PARTS = ("day", "evening", "weekend")
# Whom it is for: the ages that somebody may have. A child's age is a band, never a birthday.
AGES: dict[str, tuple[int, int]] = {
    "me": (18, 120),
    "child-0": (0, 6),
    "child-7": (7, 12),
    "child-13": (13, 17),
    "family": (0, 120),
}
COSTS = ("free", "try", "card")
MOST = 40


@dataclass(frozen=True)
class Wishes:
    """Everything may be left out."""

    text: str = ""
    interests: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    days: tuple[int, ...] = ()
    who: str = ""
    costs: tuple[str, ...] = ()
    place: str = ""
    page: int = 1

    @property
    def has_picks(self) -> bool:
        return bool(self.interests or self.groups)

    def address(self, *, page: int | None = None, **changed: object) -> str:
        """The wishes as the last part of an address."""
        pairs: list[tuple[str, str]] = []
        for name, values in (
            ("q", (self.text,)),
            ("like", self.interests),
            ("group", self.groups),
            ("speak", self.languages),
            ("when", self.parts),
            ("day", self.days),
            ("who", (self.who,)),
            ("cost", self.costs),
            ("place", (self.place,)),
        ):
            given = changed.get(name, values)
            assert isinstance(given, tuple)
            pairs += [(name, str(value)) for value in given if value not in ("", None)]
        if page and page > 1:
            pairs.append(("page", str(page)))
        return urlencode(pairs)
