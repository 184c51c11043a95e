"""Which association a row of a file is about: by the register's number, organisation number, then name and town.

A number alone is not believed: registers number their rows anew. Something else must agree: the other number, the
name, a web address, an e-mail, a telephone, a street. A like name in the same town with something else in common is
never enough to write over an association: that is a question to a person. So is a number whose association has got
its name from a person here: the row may well be it, under the name that the register still has.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from rapidfuzz import fuzz

from brobygget.associations.commands.said import COLUMNS, LISTS, Said
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
    is_renamed: bool = False
    """A person has named it here, so that the register may call it something else."""

    @property
    def town(self) -> str:
        return str(self.said.columns["town"]).casefold()


def standing(key: int, source: tuple[str, str], said: Said, *, is_renamed: bool = False) -> Standing:
    """A row made ready for comparing."""
    return Standing(key, source, said, plain_name(str(said.columns["name"])), is_renamed)


@dataclass(frozen=True)
class Matches:
    """Row to association, each at most once."""

    sure: dict[int, int]
    """Both numbers the same; or one of them, or name and town, and nothing speaks against it."""

    perhaps: dict[int, int]
    """A likeness alone, or the number of one that has been renamed: a person says whether it is the same, and until
    then nothing is written to it."""


def find_again(
    rows: Sequence[Standing],
    associations: Iterable[Standing],
    *,
    said_same: Mapping[int, int] = MappingProxyType({}),
    said_new: Collection[int] = (),
) -> Matches:
    """Which association each row is about; the surest ways first for all rows. A person's word goes before all."""
    left = {one.key: one for one in associations}
    sure = {row: one for row, one in said_same.items() if left.pop(one, None) is not None}
    for key_of, agree in _SURE:
        _match([row for row in rows if row.key not in sure], left, key_of, agree, sure)
    perhaps: dict[int, int] = {}
    asked = [row for row in rows if row.key not in sure and row.key not in said_new]
    for key_of, agree in _PERHAPS:
        _match(asked, left, key_of, agree, perhaps)
    return Matches(sure, perhaps)


def _match(
    rows: Iterable[Standing],
    left: dict[int, Standing],
    key_of: Callable[[Standing], str],
    agree: Callable[[Standing, Standing], bool],
    found: dict[int, int],
) -> None:
    """Among those with one key the pairs that are most alike, whatever the order of the file.

    Taken row by row, a file that comes a second time could find its associations crosswise, and change both.
    """
    by_key = _by_key(rows, key_of)
    here = _by_key(left.values(), key_of) if by_key else {}
    for key, asked in by_key.items():
        for row, one in _best_first(asked, here.get(key, [])[:MOST_TRIED], agree):
            if row.key not in found and one.key in left:
                found[row.key] = one.key
                del left[one.key]


def _by_key(those: Iterable[Standing], key_of: Callable[[Standing], str]) -> dict[str, list[Standing]]:
    index: dict[str, list[Standing]] = defaultdict(list)
    for one in those:
        if key := key_of(one):
            index[key].append(one)
    return index


def _best_first(
    rows: Sequence[Standing],
    associations: Sequence[Standing],
    agree: Callable[[Standing, Standing], bool],
) -> list[tuple[Standing, Standing]]:
    pairs = [(row, one) for row in rows for one in associations if agree(row, one)]
    if len(pairs) > 1:
        pairs.sort(key=lambda pair: _likeness(*pair), reverse=True)
    return pairs


def _likeness(row: Standing, one: Standing) -> tuple[float, int]:
    """How alike the names are; then how much of the rest is the same."""
    same = sum(row.said.get(name) == one.said.get(name) for name in (*COLUMNS, *LISTS))
    return fuzz.ratio(row.plain, one.plain), same


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


def _is_renamed(row: Standing, one: Standing) -> bool:
    return one.is_renamed


def _always(row: Standing, one: Standing) -> bool:
    return True


def _town(one: Standing) -> str:
    return one.town


def _number(one: Standing) -> str:
    return "\0".join(one.source) if one.source[1] else ""


def _org_nr(one: Standing) -> str:
    return str(one.said.columns["org_nr"])


def _both_numbers(one: Standing) -> str:
    return f"{_number(one)}\0{_org_nr(one)}" if _number(one) and _org_nr(one) else ""


def _name(one: Standing) -> str:
    return one.plain


_Way = tuple[Callable[[Standing], str], Callable[[Standing, Standing], bool]]
_SURE: tuple[_Way, ...] = (
    (_both_numbers, _always),
    (_number, _agree),
    (_org_nr, _agree),
    (_name, _same_town),
)
_PERHAPS: tuple[_Way, ...] = ((_number, _is_renamed), (_org_nr, _is_renamed), (_town, _alike_and_agree))
