"""Every setting is in the guide for those who run a house."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_every_setting_is_documented() -> None:
    source = (ROOT / "src/brobygget/settings.py").read_text(encoding="utf-8")
    names = {f"BROBYGGET_{name}" for name in re.findall(r'setting\(\s*"([A-Z_]+)"', source)} | {
        "DATABASE_URL"
    }
    guide = (ROOT / "docs/self-hosting.md").read_text(encoding="utf-8")
    assert len(names) > 10
    assert sorted(name for name in names if f"`{name}`" not in guide) == []
