"""Every template can be read: one that nobody came by in a test is not found out by a visitor."""

from __future__ import annotations

from pathlib import Path

from django.template.loader import get_template


def test_every_template_can_be_read() -> None:
    source = Path(__file__).resolve().parents[2] / "src" / "brobygget"
    names = [
        str(file.relative_to(folder)) for folder in source.glob("*/templates") for file in folder.rglob("*.*")
    ]
    assert len(names) > 200
    for name in names:
        get_template(name)
