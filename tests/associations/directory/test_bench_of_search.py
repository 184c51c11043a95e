"""The benchmark of the search ends with 1 where a bound is missed, and names it."""

from __future__ import annotations

import pytest

from benchmarks import search

KINDS = ("whole name", "two words", "one mistake", "two mistakes")
WELL = {kind: {"cpu_ms_p50": 8.0, "cpu_ms_p95": 50.0, "right_in_first_five": 1.0} for kind in KINDS}


@pytest.mark.parametrize(
    ("change", "short"),
    [
        ({}, []),
        ({"two words": {"cpu_ms_p95": 50.1}}, ["two words: p95 is 50.1 ms, more than 50"]),
        (
            {"whole name": {"right_in_first_five": 0.9}},
            ["whole name: 0.9 right in the first five, fewer than 0.98"],
        ),
    ],
)
def test_each_bound_that_is_missed_is_named_and_ends_it_with_one(
    change: dict[str, dict[str, float]], short: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    figures = {kind: one | change.get(kind, {}) for kind, one in WELL.items()}
    assert search.short_of(figures) == short
    monkeypatch.setenv("DATABASE_URL", "unused")
    monkeypatch.setattr(search, "_measured", lambda _arguments: {"find": figures})
    assert search.main([]) == (1 if short else 0)
