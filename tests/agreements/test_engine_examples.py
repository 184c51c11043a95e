"""Every example in the engine runs, every public name has one, and every public name is in its room's document."""

from __future__ import annotations

import doctest
import importlib
import inspect
import pkgutil
from pathlib import Path

import pytest

from brobygget import engine
from tests.agreements.test_engine_documented import NAMES, ROOT

MODULES = sorted(module.name for module in pkgutil.walk_packages(engine.__path__, "brobygget.engine."))


@pytest.mark.parametrize("module", MODULES)
def test_every_example_gives_what_it_says(module: str) -> None:
    assert doctest.testmod(importlib.import_module(module)).failed == 0


@pytest.mark.parametrize(("room", "name"), NAMES, ids=[f"{room}.{name}" for room, name in NAMES])
def test_a_public_name_has_an_example_and_a_place_in_the_document(room: str, name: str) -> None:
    thing = getattr(importlib.import_module(f"brobygget.engine.{room}"), name)
    assert name in Path(ROOT / f"docs/engine/{room}.md").read_text(encoding="utf-8")
    if inspect.isfunction(thing) or inspect.isclass(thing):
        assert ">>> " in (thing.__doc__ or "")
