"""Every public name of the engine says what goes in, what comes out, and is in its room's document."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from pathlib import Path

import pytest
from numpydoc.validate import validate

from brobygget import engine

ROOT = Path(__file__).resolve().parents[2]
ROOMS = sorted(module.name for module in pkgutil.iter_modules(engine.__path__))
NAMES = [
    (room, name)
    for room in ROOMS
    for name in getattr(importlib.import_module(f"brobygget.engine.{room}"), "__all__", [])
]
OF_FUNCTIONS = {"GL08", "SS01", "SS03", "PR01", "PR03", "RT01"}
OF_CLASSES = {"GL08", "SS01", "SS03", "PR03"}


def test_every_room_has_public_names_and_a_document() -> None:
    assert ROOMS
    assert {room for room, _ in NAMES} == set(ROOMS)
    assert [room for room in ROOMS if not (ROOT / f"docs/engine/{room}.md").exists()] == []


@pytest.mark.parametrize(("room", "name"), NAMES, ids=[f"{room}.{name}" for room, name in NAMES])
def test_a_public_name_is_documented(room: str, name: str) -> None:
    thing = getattr(importlib.import_module(f"brobygget.engine.{room}"), name)
    if not (inspect.isfunction(thing) or inspect.isclass(thing)):
        return  # a constant or a type, told in the room's document
    wanted = OF_CLASSES if inspect.isclass(thing) else OF_FUNCTIONS
    found = validate(f"brobygget.engine.{room}.{name}")["errors"]
    assert [error for error in found if error[0] in wanted] == []
