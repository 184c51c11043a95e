"""The list of interests that comes with Brobygget: twelve groups, 110 activities, stable ids."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Literal

LANGUAGES = ("sv", "en", "ar", "fa", "ti", "so", "uk")
Meaning = Literal["venue", "ignore", "legal", "exclude", "policy"]


@dataclass(frozen=True)
class Interest:
    """One group or activity; a label that is missing is shown in Swedish beside the picture."""

    id: str
    is_group: bool
    group: str
    sort: int
    emoji: str
    openmoji: str
    mulberry: str
    openactive_id: str
    wikidata_qid: str
    icnpo_hint: str
    labels: Mapping[str, str]
    aliases: tuple[str, ...]
    unread: frozenset[str]
    """Languages whose label no native reader has checked."""


@dataclass(frozen=True)
class SpecialAlias:
    """A word in a register that means a hall to let, nothing at all, or something not to be listed."""

    alias: str
    meaning: Meaning
    note: str


@dataclass(frozen=True)
class Taxonomy:
    interests: Mapping[str, Interest]
    special: Mapping[str, SpecialAlias]


@cache
def read_taxonomy() -> Taxonomy:
    """The list in this package."""
    interests = {row["id"]: _interest(row) for row in _rows("interests.csv")}
    special: dict[str, SpecialAlias] = {}
    for row in _rows("aliases_special.csv"):
        meaning: Meaning = row["meaning"]  # type: ignore[assignment]  # the file is ours and tested
        special[row["alias_sv"]] = SpecialAlias(row["alias_sv"], meaning, row["note"])
    return Taxonomy(MappingProxyType(interests), MappingProxyType(special))


def _rows(name: str) -> list[dict[str, str]]:
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def _interest(row: dict[str, str]) -> Interest:
    marks = row["review"].split()
    return Interest(
        id=row["id"],
        is_group=row["kind"] == "group",
        group=row["group"],
        sort=int(row["sort"]),
        emoji=row["emoji"],
        openmoji=row["openmoji"],
        mulberry=row["mulberry"],
        openactive_id=row["openactive_id"],
        wikidata_qid=row["wikidata_qid"],
        icnpo_hint=row["icnpo_hint"],
        labels=MappingProxyType({each: row[each] for each in LANGUAGES if row[each]}),
        aliases=tuple(alias for alias in row["aliases_sv"].split(";") if alias),
        unread=frozenset(mark.removesuffix(":missing") for mark in marks if mark != "qid"),
    )
