"""What an association is, in plain words: whole texts, not strings, one file for each language that has one."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

# Nobody who speaks Arabic has read these yet; see docs/translating.md.
UNREAD = frozenset({"ar"})
WRITTEN = ("sv", "sv-easy", "en", "ar")
FALLBACK = "sv-easy"


@dataclass(frozen=True)
class Section:
    """One part of the explanation. A scene is a drawing of ours, or "picture:" and the name of a pictogram."""

    id: str
    title: str
    scene: str
    text: tuple[str, ...]

    @property
    def picture(self) -> str:
        return self.scene.removeprefix("picture:") if self.scene.startswith("picture:") else ""

    @property
    def drawing(self) -> str:
        return "" if self.picture else f"associations/_scene_{self.scene}.html"


@dataclass(frozen=True)
class Word:
    """A Swedish word that one meets, and what it means."""

    word: str
    means: str
    picture: str


@dataclass(frozen=True)
class TalkStep:
    """A part of the talk, in minutes."""

    minutes: int
    title: str
    say: str
    ask: tuple[str, ...]
    section: str


@dataclass(frozen=True)
class Question:
    """A question without marks."""

    question: str
    answer: str


@dataclass(frozen=True)
class Talk:
    """Sixty minutes for a circle."""

    title: str
    lead: str
    prepare: tuple[str, ...]
    steps: tuple[TalkStep, ...]
    quiz: tuple[Question, ...]


@dataclass(frozen=True)
class Explanation:
    """All of it in one language."""

    language: str
    title: str
    lead: str
    words_heading: str
    here: str
    sections: tuple[Section, ...]
    words: tuple[Word, ...]
    talk: Talk

    @property
    def is_read(self) -> bool:
        """Whether somebody who speaks the language has read it."""
        return self.language not in UNREAD

    def section(self, name: str) -> Section:
        """A part by its id."""
        return next(one for one in self.sections if one.id == name)


def language_for(code: str) -> str:
    """The language that the explanation is given in to a reader of another."""
    return code if code in WRITTEN else FALLBACK


def explanation(code: str, amounts: Mapping[str, str]) -> Explanation:
    """The explanation, with this year's amounts in it."""
    return _filled(_read(language_for(code)), amounts)


@cache
def _read(code: str) -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath(f"{code}.toml").read_text(encoding="utf-8"))


def _filled(raw: Mapping[str, Any], amounts: Mapping[str, str]) -> Explanation:
    talk = raw["talk"]
    return Explanation(
        language=raw["language"],
        title=raw["title"],
        lead=raw["lead"],
        words_heading=raw["words_heading"],
        here=raw["here"],
        sections=tuple(
            Section(
                one["id"], one["title"], one["scene"], tuple(part.format(**amounts) for part in one["text"])
            )
            for one in raw["sections"]
        ),
        words=tuple(Word(**one) for one in raw["words"]),
        talk=Talk(
            title=talk["title"],
            lead=talk["lead"],
            prepare=tuple(talk["prepare"]),
            steps=tuple(TalkStep(**{**one, "ask": tuple(one["ask"])}) for one in talk["steps"]),
            quiz=tuple(Question(**one) for one in talk["quiz"]),
        ),
    )
