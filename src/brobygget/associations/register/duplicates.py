"""The same association twice: by its number in the register, its organisation number, its name and town.

The first kind is certain: the later row replaces the earlier. The same organisation number is certain when
something else agrees too, since the sections of a large club share one number. Names are compared among rows
that share a name, an address, an e-mail or a telephone number, and a likeness is only ever a proposal.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from rapidfuzz import fuzz

from brobygget.associations.register.records import AssociationRecord, Duplicate, DuplicateKind, Problem
from brobygget.associations.register.standing import name_without_status

_WORD = re.compile(r"\w+")
_FILLING = frozenset({"och", "i", "på", "för", "av", "the", "ideell", "ideella", "förening", "föreningen"})
_ABBREVIATED = {
    "innebandyklubb": "ibk",
    "idrottsförening": "if",
    "idrottsklubb": "ik",
    "sportklubb": "sk",
    "hockeyklubb": "hk",
}
_CODES: Mapping[DuplicateKind, str] = {
    "source id": "duplicate_exact_id",
    "organisation number": "duplicate_same_orgnr",
    "name and town": "duplicate_name_variant",
    "similar name": "duplicate_name_variant",
}
MOST_COMPARED_TOGETHER = 40
LEAST_LIKENESS = 88.0


def find_duplicates(records: Sequence[AssociationRecord]) -> tuple[Duplicate, ...]:
    """Every pair of rows that are, or may be, one association; each row is the lesser of a pair at most once."""
    gone: set[int] = set()
    found: list[Duplicate] = []
    for duplicate in (*_by_source_id(records), *_by_org_nr(records), *_by_name(records)):
        lesser = [line for line in duplicate.lines if line != duplicate.kept]
        if duplicate.kept in gone or any(line in gone for line in lesser):
            continue
        gone.update(lesser)
        found.append(duplicate)
    return tuple(sorted(found, key=lambda each: each.lines))


def settle(
    records: Sequence[AssociationRecord], duplicates: Sequence[Duplicate]
) -> tuple[AssociationRecord, ...]:
    """The records with the lesser of each pair marked, and the other knowing its names."""
    lesser = {line: each for each in duplicates for line in each.lines if line != each.kept}
    names: dict[int, list[str]] = defaultdict(list)
    by_line = {record.source_line: record for record in records}
    for line, pair in lesser.items():
        if pair.kind != "source id":
            names[pair.kept].append(by_line[line].name)
    settled = []
    for record in records:
        if each := lesser.get(record.source_line):
            did = (
                f"merged into line {each.kept}"
                if each.is_certain
                else f"may be line {each.kept}; a person decides"
            )
            problem = Problem("*", _CODES[each.kind], record.name, did, not each.is_certain)
            record = replace(record, duplicate_of=each.kept, problems=(*record.problems, problem))
        extra = [name for name in names[record.source_line] if name != record.name]
        if extra:
            record = replace(record, alternate_names=tuple(dict.fromkeys((*record.alternate_names, *extra))))
        settled.append(record)
    return tuple(settled)


@lru_cache(maxsize=100_000)
def plain_name(name: str) -> str:
    """A name for comparing: no case, no signs, no filling words, common long forms short."""
    words = [_ABBREVIATED.get(word, word) for word in _WORD.findall(name_without_status(name).casefold())]
    return " ".join(word for word in words if word not in _FILLING) or name.casefold()


def _groups(
    records: Iterable[AssociationRecord], key: Callable[[AssociationRecord], str]
) -> Iterator[tuple[str, list[AssociationRecord]]]:
    groups: dict[str, list[AssociationRecord]] = defaultdict(list)
    for record in records:
        if value := key(record):
            groups[value].append(record)
    return ((value, group) for value, group in groups.items() if len(group) > 1)


def _by_source_id(records: Sequence[AssociationRecord]) -> Iterator[Duplicate]:
    """The same number in the register: the last row wins."""
    for _, group in _groups(records, lambda record: record.source_id.casefold()):
        kept = group[-1]
        for record in group[:-1]:
            if _resembles(record, kept) or _agreement(record, kept):
                why = f"same number in the register ({kept.source_id}); the last row wins"
                yield Duplicate(
                    (record.source_line, kept.source_line),
                    kept.source_line,
                    "source id",
                    why,
                    is_certain=True,
                )


def _by_org_nr(records: Sequence[AssociationRecord]) -> Iterator[Duplicate]:
    for _, group in _groups(records, lambda record: record.org_nr):
        kept = max(group, key=lambda record: (_filled(record), -record.source_line))
        for record in group:
            if record is kept or (record.source_id and record.source_id == kept.source_id):
                continue
            agrees = _agreement(record, kept)
            certain = bool(agrees) or _resembles(record, kept)
            why = "same organisation number" + (
                f" and {agrees}" if agrees else "" if certain else "; other name: sections?"
            )
            lines = tuple(sorted((record.source_line, kept.source_line)))
            yield Duplicate(lines, kept.source_line, "organisation number", why, certain)


def _by_name(records: Sequence[AssociationRecord]) -> Iterator[Duplicate]:
    for first, second in _worth_comparing(records):
        if first.org_nr and second.org_nr and first.org_nr != second.org_nr:
            continue
        same_town = not first.city or not second.city or first.city.casefold() == second.city.casefold()
        if not same_town:
            continue
        agrees = _agreement(first, second)
        one, other = plain_name(first.name), plain_name(second.name)
        if one == other:
            why = "same name and town" + (f" and {agrees}" if agrees else "")
            is_certain = bool(agrees) and first.name == second.name
            yield _pair(first, second, "name and town", why, is_certain=is_certain)
        elif (agrees and _much_alike(one, other)) or (
            first.city and second.city and _differ_by_a_slip(one, other)
        ):
            why = "similar name, same town" + (f" and {agrees}" if agrees else "")
            yield _pair(first, second, "similar name", why, is_certain=False)


def _pair(
    first: AssociationRecord, second: AssociationRecord, kind: DuplicateKind, why: str, *, is_certain: bool
) -> Duplicate:
    kept = first if _rank(first) >= _rank(second) else second
    lines = tuple(sorted((first.source_line, second.source_line)))
    return Duplicate(lines, kept.source_line, kind, why, is_certain)


def _worth_comparing(
    records: Sequence[AssociationRecord],
) -> Iterator[tuple[AssociationRecord, AssociationRecord]]:
    """Pairs that share something rare enough; within a crowded group only neighbours by name."""
    keys: tuple[Callable[[AssociationRecord], str], ...] = (
        lambda record: plain_name(record.name),
        lambda record: record.email,
        lambda record: record.phone,
        lambda record: f"{record.street}|{record.postcode}".casefold() if record.street else "",
        lambda record: _skeleton(record.name) + "|" + record.city.casefold(),
    )
    seen: set[tuple[int, int]] = set()
    groups = [group for key in keys for _, group in _groups(records, key)]
    crowds = [group for _, group in _groups(records, lambda record: record.city.casefold() or "nowhere")]
    for several, everybody in ((groups, False), (crowds, True)):
        for group in several:
            ordered = sorted(group, key=lambda record: (plain_name(record.name), record.source_line))
            reach = len(ordered) if len(ordered) <= MOST_COMPARED_TOGETHER and not everybody else 3
            for place, first in enumerate(ordered):
                for second in ordered[place + 1 : place + 1 + reach]:
                    pair = (
                        min(first.source_line, second.source_line),
                        max(first.source_line, second.source_line),
                    )
                    if pair not in seen:
                        seen.add(pair)
                        yield (first, second) if first.source_line == pair[0] else (second, first)


def _skeleton(name: str) -> str:
    """The consonants of a name in order: a slip in a vowel or a doubled letter leaves it the same."""
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[aeiouyåäöé\W_\d]", "", plain_name(name)))


def _much_alike(one: str, other: str) -> bool:
    """Nearly the same words, or one name within the other."""
    within = min(len(one.split()), len(other.split())) >= 2 and fuzz.token_set_ratio(one, other) == 100
    return within or fuzz.token_sort_ratio(one, other) >= LEAST_LIKENESS


def _differ_by_a_slip(one: str, other: str) -> bool:
    """One letter wrong, missing or doubled inside one long word; numbers and short words must agree."""
    first, second = one.split(), other.split()
    if len(first) != len(second):
        return False
    different = [(a, b) for a, b in zip(first, second, strict=True) if a != b]
    if len(different) != 1:
        return False
    a, b = different[0]
    return (
        min(len(a), len(b)) >= 6 and a[0] == b[0] and a.isalpha() and b.isalpha() and fuzz.ratio(a, b) >= 91
    )


def _resembles(first: AssociationRecord, second: AssociationRecord) -> bool:
    return fuzz.token_set_ratio(plain_name(first.name), plain_name(second.name)) >= LEAST_LIKENESS


def _agreement(first: AssociationRecord, second: AssociationRecord) -> str:
    """What else two rows have in common."""
    if first.email and first.email == second.email:
        return "e-mail"
    if first.phone and first.phone == second.phone:
        return "telephone"
    if first.websites and first.websites[:1] == second.websites[:1]:
        return "web address"
    if (
        first.street
        and first.street.casefold() == second.street.casefold()
        and first.postcode == second.postcode
    ):
        return "address"
    return ""


def _filled(record: AssociationRecord) -> int:
    return sum(1 for text in record.source.values() if text.strip())


def _rank(record: AssociationRecord) -> tuple[bool, bool, int, int]:
    """Which of two rows to keep: a living one, one with an organisation number, the fuller, the earlier."""
    return (record.status == "active", bool(record.org_nr), _filled(record), -record.source_line)
