"""Votes from files: a Polis export, a long CSV, Parquet. Fast, and exact about what is wrong and where."""

from __future__ import annotations

import csv
import importlib
import io
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from brobygget.commandline import BadInput
from brobygget.commandline.text_tables import TextTable, open_table
from brobygget.engine.opinions import VoteMatrix, vote_matrix

ABOUT_PEOPLE = {"participant", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree", "xid"}
PERSON = ("participant", "voter-id", "voter", "person")
IDEA = ("idea", "comment-id", "comment", "statement")
GROUP = ("group", "group-id")


@dataclass(frozen=True, slots=True)
class Conversation:
    """Votes with the names they had in the file."""

    people: Sequence[str]
    ideas: Sequence[str]
    matrix: VoteMatrix
    removed: NDArray[np.bool_]
    known: NDArray[np.int64] | None
    known_names: Sequence[str]


def read_conversation(source: str, known: str | None) -> Conversation:
    """Read a folder with a Polis export, a CSV or Parquet file, or CSV on standard input (``-``)."""
    if source == "-":
        return _from_bytes(sys.stdin.buffer.read(), "standard input", known, {})
    path = Path(source)
    if path.is_dir():
        for name in ("participants-votes.csv", "votes.csv"):
            if (path / name).is_file():
                moderated = _moderated(path / "comments.csv") if (path / "comments.csv").is_file() else {}
                return _from_bytes((path / name).read_bytes(), str(path / name), known, moderated)
        raise BadInput(
            f"{source}: no participants-votes.csv and no votes.csv in this folder. Give the folder of a Polis export."
        )
    if path.suffix == ".parquet":
        return _from_parquet(path, known)
    return _from_bytes(path.read_bytes(), source, known, {})


def _moderated(path: Path) -> dict[str, int]:
    """Moderation of each idea: -1 taken away, 0 not looked at, 1 let in."""
    table = open_table(path.read_bytes(), str(path))
    idea, moderated = _column(table, IDEA), _column(table, ("moderated",))
    found = {}
    for row in table.rows():
        word = row.fields[moderated].strip()
        if word not in ("-1", "0", "1", ""):
            raise BadInput(f"{path}, line {row.line}, column 'moderated': '{word}' is none of -1, 0 and 1.")
        found[row.fields[idea].strip()] = int(word or 0)
    return found


def _column(table: TextTable, names: Sequence[str]) -> int:
    for name in names:
        if name in table.header:
            return table.header.index(name)
    raise BadInput(
        f"{table.name}, line 1: there is no column '{names[0]}' (found: {_some(table.header)}). "
        "Name it in the first line."
    )


def _some(names: Sequence[str]) -> str:
    return ", ".join(name[:30] for name in names[:8]) + (", ..." if len(names) > 8 else "")


def _from_bytes(data: bytes, name: str, known: str | None, moderated: dict[str, int]) -> Conversation:
    table = open_table(data, name)
    doubled = [column for column in _doubled(table.header) if column]
    if doubled:
        raise BadInput(f"{name}, line 1: the column '{doubled[0]}' occurs twice. Give each idea one column.")
    if "vote" in table.header:
        return _from_long(table, known, moderated)
    if "participant" in table.header:
        return _from_wide(table, known, moderated)
    raise BadInput(
        f"{name}, line 1: this is neither a table participant,idea,vote nor a Polis export "
        f"(columns found: {_some(table.header)})."
    )


def _doubled(words: Sequence[str]) -> Iterator[str]:
    seen: set[str] = set()
    for word in words:
        if word in seen:
            yield word
        seen.add(word)


def _from_wide(table: TextTable, known: str | None, moderated: dict[str, int]) -> Conversation:
    """One line a person, one column an idea; an empty field is no answer."""
    person = table.header.index("participant")
    known_at = _known_column(table, known, (known,)) if known else None
    columns = [
        at
        for at, name in enumerate(table.header)
        if name and name not in ABOUT_PEOPLE and at not in (person, known_at)
    ]
    is_idea = np.zeros(len(table.header), bool)
    is_idea[columns] = True
    number = np.cumsum(is_idea, dtype=np.int32) - 1
    people, groups, rows, ideas, votes = [], [], [], [], []
    for block in table.blocks(len(table.header)):
        people += block.texts(person)
        groups += block.texts(known_at) if known_at is not None else []
        given = (block.lengths > 0) & is_idea
        row, column = np.nonzero(given)
        read = block.votes(row, column)
        blank = read == 2
        rows.append((row + block.first_row)[~blank])
        ideas.append(number[column][~blank])
        votes.append(read[~blank])
    for twice in _doubled(people):
        raise BadInput(f"{table.name}: participant '{twice}' has two lines. Keep one.")
    idea_names = [table.header[at] for at in columns]
    return _collected(
        people,
        idea_names,
        _joined(rows),
        _joined(ideas),
        _joined(votes),
        groups if known_at is not None else None,
        moderated,
    )


def _known_column(table: TextTable, known: str, names: Sequence[str]) -> int:
    for name in names:
        if name in table.header:
            return table.header.index(name)
    raise BadInput(
        f"{table.name}, line 1: there is no column '{known}' for --known (found: {_some(table.header)})."
    )


def _joined(parts: list[NDArray[Any]]) -> NDArray[Any]:
    return np.concatenate(parts) if parts else np.zeros(0, np.int64)


def _from_long(table: TextTable, known: str | None, moderated: dict[str, int]) -> Conversation:
    """One line a vote; the latest counts."""
    person, idea, vote = _column(table, PERSON), _column(table, IDEA), table.header.index("vote")
    known_at = _known_column(table, known, (known, *(GROUP if known in GROUP else ()))) if known else None
    time_at = table.header.index("timestamp") if "timestamp" in table.header else None
    names: dict[int, Names] = {at: Names() for at in (person, idea, known_at) if at is not None}
    found: dict[int, list[NDArray[Any]]] = {at: [] for at in names}
    votes, times = [], []
    for block in table.blocks(len(table.header)):
        every = np.arange(len(block.lengths))
        for at in found:
            if at != known_at and not block.lengths[:, at].all():
                line = block.line(int((block.lengths[:, at] == 0).argmax()))
                raise BadInput(f"{table.name}, line {line}, column '{table.header[at]}': the field is empty.")
            found[at].append(names[at].numbers(block, at))
        read = block.votes(every, np.full(len(every), vote))
        if (read == 2).any():
            line = block.line(int((read == 2).argmax()))
            raise BadInput(f"{table.name}, line {line}, column 'vote': the field is empty. Write 1, 0 or -1.")
        votes.append(read)
        if time_at is not None:
            times.append(block.whole_numbers(time_at))
    who, what, how = _joined(found[person]), _joined(found[idea]), _joined(votes)
    group_of_line = _joined(found[known_at]) if known_at is not None else None
    if time_at is not None and all(each is not None for each in times):
        order = np.argsort(_joined([each for each in times if each is not None]), kind="stable")
        who, what, how = who[order], what[order], how[order]
        group_of_line = group_of_line[order] if group_of_line is not None else None
    people, ideas = names[person].words(), names[idea].words()
    groups: list[str] | None = None
    if group_of_line is not None and known_at is not None:
        words = names[known_at].words()
        groups = [""] * len(people)
        said = (
            np.array([bool(word.strip()) for word in words] or [False])[group_of_line] if len(words) else []
        )
        latest: dict[int, int] = {}
        for at in np.flatnonzero(said).tolist():
            latest[int(who[at])] = int(group_of_line[at])
        for each, group in latest.items():
            groups[each] = words[group]
    return _collected(people, ideas, who, what, how, groups, moderated)


class Names:
    """Numbers for names in the order in which they turn up, block by block."""

    def __init__(self) -> None:
        self.number_of: dict[bytes, int] = {}

    def numbers(self, block: Any, column: int) -> NDArray[np.int64]:
        """The number of the name in each line of a block."""
        different, back = block.different(column)
        known = [self.number_of.setdefault(word, len(self.number_of)) for word in different]
        return np.array(known, np.int64)[back] if known else np.zeros(0, np.int64)

    def words(self) -> list[str]:
        """All names so far."""
        return [word.decode("utf-8").strip() for word in self.number_of]


def _collected(
    people: Sequence[str],
    ideas: Sequence[str],
    who: NDArray[Any],
    what: NDArray[Any],
    how: NDArray[Any],
    groups: Sequence[str] | None,
    moderated: dict[str, int],
) -> Conversation:
    """By name, so that the order of lines in the file does not matter."""
    person_order, idea_order = _by_name(people), _by_name(ideas)
    new_person, new_idea = np.argsort(person_order), np.argsort(idea_order)
    people, ideas = [people[at] for at in person_order], [ideas[at] for at in idea_order]
    matrix = vote_matrix(
        new_person[who] if len(who) else who,
        new_idea[what] if len(what) else what,
        how,
        n_people=len(people),
        n_ideas=len(ideas),
    )
    removed = np.array([moderated.get(name, 0) == -1 for name in ideas], bool)
    if groups is None:
        return Conversation(people, ideas, matrix, removed, None, [])
    said = [groups[at].strip() for at in person_order]
    distinct = sorted({word for word in said if word})
    labels = [distinct[at] for at in _by_name(distinct)]
    place = {label: at for at, label in enumerate(labels)}
    return Conversation(
        people, ideas, matrix, removed, np.array([place.get(word, -1) for word in said], np.int64), labels
    )


def _by_name(words: Sequence[str]) -> NDArray[np.int64]:
    """Numbers by size first, then words by letter."""
    keys = [
        (0, int(word), word) if word.isascii() and word.isdigit() and len(word) < 19 else (1, 0, word)
        for word in words
    ]
    return np.array(sorted(range(len(words)), key=keys.__getitem__), np.int64)


def _from_parquet(path: Path, known: str | None) -> Conversation:
    try:
        parquet = importlib.import_module("pyarrow.parquet")
    except ImportError as missing:
        raise BadInput(
            f"{path}: reading Parquet needs the package pyarrow. Install it, or save as CSV."
        ) from missing
    try:
        columns = parquet.read_table(path).to_pydict()
    except ValueError as wrong:
        raise BadInput(f"{path}: this is not a Parquet file ({wrong}).") from wrong
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(zip(*columns.values(), strict=True))
    return _from_bytes(text.getvalue().encode(), str(path), known, {})
