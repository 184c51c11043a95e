"""What is found out about tables and companions: numbers and codes, which templates make sentences of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Plan = dict[int, dict[int, tuple[int, ...]]]  # round number -> table number -> guests


class NoPlan(Exception):
    """The description contradicts itself: a code and the guests that it is about."""

    def __init__(self, code: str, people: Sequence[int] = ()) -> None:
        super().__init__(code)
        self.code = code
        self.people = tuple(people)


@dataclass(frozen=True)
class TableWhy:
    """Why a table is as it is; `spoken` are languages that all share, or that are carried over there."""

    spoken: tuple[str, ...]
    interpreters: tuple[int, ...]
    interpreted_for: tuple[int, ...]
    not_reached: tuple[int, ...]
    new_meetings: int
    met_before: int
    breaks_a_wish: bool


@dataclass(frozen=True)
class Help:
    """What stands in the way and who would make it easier."""

    code: str
    people: tuple[int, ...]
    languages: tuple[str, ...]
    helpers: int
    would_gain: int
    seats: int


@dataclass(frozen=True)
class Judgement:
    """How good a plan is, and why it is as it is. The line between new and long here is not in it."""

    met: int
    most: int
    fewest_new: int
    fewest: tuple[int, ...]
    why: Mapping[tuple[int, int], TableWhy]  # (round number, table number)
    helps: tuple[Help, ...]
    broken_wishes: int
    unreached: tuple[int, ...]  # who cannot follow at some table in the rounds to come

    @property
    def share(self) -> int:
        """Per cent of the meetings that are possible at all."""
        return round(100 * self.met / self.most) if self.most else 100

    @property
    def is_whole(self) -> bool:
        """No rule is broken: only then does the most that is possible say anything."""
        return not self.unreached and not self.broken_wishes and self.met <= self.most

    @property
    def planks(self) -> int:
        """The share as planks of a deck of twenty."""
        return round(self.share / 5)


@dataclass(frozen=True)
class Weighed:
    """What a move would change."""

    after: Plan
    met: int
    gained: tuple[tuple[int, int], ...]
    lost: tuple[tuple[int, int], ...]
    no_longer_follow: tuple[tuple[int, int], ...]  # (guest, table number)
    follow_again: int
    breaks_wishes: int
    uneven: bool
