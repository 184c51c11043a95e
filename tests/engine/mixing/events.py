"""Events for the tests of tables: a small cast, a café from the benchmark, and any at all."""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path

import numpy as np
from hypothesis import strategies as st

from brobygget.engine.mixing import Gathering, gather

STORED = Path(__file__).resolve().parents[3] / "benchmarks" / "data" / "mixing"


def stored(name: str) -> Gathering:
    """An event of the benchmark."""
    data = json.loads((STORED / f"{name}.json").read_text(encoding="utf-8"))
    people, rounds = data["people"], data["rounds"]
    bits = data["present"] or [2**rounds - 1] * people
    return gather(
        people=people,
        tables=data["tables"],
        newcomer=[side == "N" for side in data["side"]],
        languages=data["langs"],
        interpreter=[person in data["interp"] for person in range(people)],
        present=[[there >> r & 1 for r in range(rounds)] for there in bits],
        together=data["together"],
        apart=data["apart"],
        history=data["history"],
        held=data.get("done", []),
    )


@st.composite
def events(draw: st.DrawFn) -> Gathering:
    """Any small event that does not contradict itself, feasible or not."""
    people = draw(st.integers(2, 14))
    rounds = draw(st.integers(1, 4))
    numbers = st.integers(0, people - 1)
    pairs = st.lists(st.tuples(numbers, numbers).filter(lambda p: p[0] != p[1]), max_size=3)
    apart = draw(pairs)
    together = [p for p in draw(pairs) if {*p} not in [{*q} for q in apart]]
    present = np.array(
        draw(
            st.lists(
                st.lists(st.booleans(), min_size=rounds, max_size=rounds), min_size=people, max_size=people
            )
        )
    )
    present[0] = True
    tables = [draw(st.integers(1, max(1, int(present[:, r].sum())))) for r in range(rounds)]
    history = [(a, b, 1) for a, b in draw(pairs)]
    return gather(
        people=people,
        tables=tables,
        newcomer=draw(st.lists(st.booleans(), min_size=people, max_size=people)),
        languages=draw(st.lists(st.integers(1, 7), min_size=people, max_size=people)),
        interpreter=draw(st.lists(st.booleans(), min_size=people, max_size=people)),
        present=present,
        together=together,
        apart=apart,
        history=history,
    )


def legal_by_definition(gathering: Gathering, table: list[int]) -> bool:
    """The rule of the format, said again in the plainest way."""
    speaks = [int(m) for m in gathering.languages]

    def reached(person: int, language: int) -> bool:
        if speaks[person] >> language & 1:
            return True
        helpers = [q for q in table if q != person and gathering.interpreter[q]]
        return any(speaks[q] >> language & 1 and speaks[q] & speaks[person] for q in helpers)

    return not table or any(all(reached(p, language) for p in table) for language in range(62))


def new_pairs(gathering: Gathering, rounds: object) -> set[tuple[int, int]]:
    """Pairs who meet for the first time ever."""
    before = {tuple(sorted((int(a), int(b)))) for a, b, times in gathering.history if times}
    met = {tuple(sorted(pair)) for tables in rounds for table in tables for pair in combinations(table, 2)}
    return met - before
