"""What the agreements share."""

from __future__ import annotations

import pytest

from brobygget.circles import analysis


@pytest.fixture(autouse=True)
def _little_effort(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tables are laid here to ask who may see them, not how well they mix."""
    monkeypatch.setattr(analysis, "PIECE", analysis.PIECE / 50)
