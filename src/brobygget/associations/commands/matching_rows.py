"""Which association a row of a file is about: by the register's number, organisation number, then name and town.

A number alone is not believed: registers number their rows anew. Something else must agree: the name, a web
address, an e-mail, a telephone, a street.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from brobygget.associations.commands.said import Said
from brobygget.associations.register.duplicates import LEAST_LIKENESS, plain_name

_TRACES = ("email", "phone", "street")
MOST_TRIED = 40


@dataclass(frozen=True)
class Standing:
    """An association of the house, or a row of a file, as far as finding it again needs."""

    key: int
    source: tuple[str, str]
    said: Said
    plain: str

    @property
    def town(self) -> str:
        return str(self.said.columns["town"]).casefold()


def standing(key: int, source: tuple[str, str], said: Said) -> Standing:
    """A row made ready for comparing."""
    return Standing(key, source, said, plain_name(str(said.columns["name"])))


def find_again(rows: Sequence[Standing], associations: Iterable[Standing]) -> dict[int, int]:
    """Row to association, each at most once; the surest ways first for all rows."""
    left = {one.key: one for one in associations}
    found: dict[int, int] = {}
    if not left:
        return found
    ways: list[tuple[Callable[[Standing], str], Callable[[Standing, Standing], bool]]] = [
        (lambda one: "\0".join(one.source) if one.source[1] else "", _agree),
        (lambda one: str(one.said.columns["org_nr"]), _agree),
        (lambda one: one.plain, _same_town),
        (lambda one: one.town, _alike_and_agree),
    ]
    for key_of, agree in ways:
        index: Mapping[str, list[Standing]] = _index(left.values(), key_of)
        for row in rows:
            if row.key in found:
                continue
            candidates = (one for one in index.get(key_of(row), ())[:MOST_TRIED] if one.key in left)
            best = max(
                (one for one in candidates if agree(row, one)),
                key=lambda one: fuzz.ratio(row.plain, one.plain),
                default=None,
            )
            if best is not None:
                found[row.key] = best.key
                del left[best.key]
    return found


def _index(associations: Iterable[Standing], key_of: Callable[[Standing], str]) -> dict[str, list[Standing]]:
    index: dict[str, list[Standing]] = defaultdict(list)
    for one in associations:
        if key := key_of(one):
            index[key].append(one)
    return index


def _agree(row: Standing, one: Standing) -> bool:
    if row.plain == one.plain:
        return True
    return fuzz.token_set_ratio(row.plain, one.plain) >= LEAST_LIKENESS or _share_a_trace(row, one)


def _same_town(row: Standing, one: Standing) -> bool:
    return row.town == one.town or not row.town or not one.town


def _alike_and_agree(row: Standing, one: Standing) -> bool:
    return fuzz.token_set_ratio(row.plain, one.plain) >= LEAST_LIKENESS and _share_a_trace(row, one)


def _share_a_trace(row: Standing, one: Standing) -> bool:
    mine, theirs = row.said.columns, one.said.columns
    if any(mine[name] and mine[name] == theirs[name] for name in _TRACES):
        return True
    emails = {contact["email"] for contact in (*row.said.contacts, *one.said.contacts) if contact["email"]}
    known = {contact["email"] for contact in one.said.contacts} & {c["email"] for c in row.said.contacts}
    return bool(emails & known) or bool(set(mine["websites"][:1]) & set(theirs["websites"][:1]))
