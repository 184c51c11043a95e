from __future__ import annotations

from pathlib import Path

import pytest

from brobygget.engine import mixing

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "engine" / "mixing.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", mixing.__all__)
def test_every_public_name_is_in_the_documentation(name: str) -> None:
    assert name in PAGE
