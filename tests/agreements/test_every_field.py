"""No field anywhere takes an identity number: asked of every form, and of every address that takes text."""

from __future__ import annotations

import importlib
import pkgutil
import re
import uuid
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.urls import reverse

import brobygget
from brobygget.people.forms import SafeForm
from tests.agreements import canaries, doors
from tests.agreements.doors import Door
from tests.agreements.test_doors import ROWS
from tests.agreements.town import Cast

PACKAGE = Path(brobygget.__file__).parent
# The living style page draws a form that no address takes.
SAMPLES = {"brobygget.web.style_page"}
NUMBER = "811218-9876"
DIGITS = "811218"
# Read by a view itself: choices, counters and keys, each compared with what there is. Texts go through a form.
READ_BY_VIEWS = {
    "about", "after", "answer", "back", "drop", "face", "fewer", "from", "guest", "here", "instead", "key", "kind", "language",
    "like", "meeting", "member", "minutes", "more", "next", "opening", "option", "pieces", "round", "rounds", "seat",
    "secret_years", "seen", "size", "step", "table", "text", "turn", "up", "way", "what", "who",
}  # fmt: skip


def _form_classes() -> list[type[forms.BaseForm]]:
    for module in pkgutil.walk_packages(brobygget.__path__, "brobygget."):
        if ".forms" in module.name:
            importlib.import_module(module.name)
    found: list[type[forms.BaseForm]] = []
    waiting = list(forms.BaseForm.__subclasses__())
    while waiting:
        one = waiting.pop()
        waiting += one.__subclasses__()
        if one.__module__.startswith("brobygget.") and one.__module__ not in SAMPLES:
            found.append(one)
    return sorted(set(found), key=lambda one: (one.__module__, one.__qualname__))


def _takes_text(form: type[forms.BaseForm]) -> bool:
    fields: dict[str, forms.Field] = getattr(form, "base_fields", {})
    return any(isinstance(field, forms.CharField) for field in fields.values())


def test_every_form_that_takes_text_is_a_careful_one() -> None:
    found = [form for form in _form_classes() if _takes_text(form)]
    assert len(found) > 15
    assert [
        f"{form.__module__}.{form.__qualname__}" for form in found if not issubclass(form, SafeForm)
    ] == []


def test_no_view_reads_a_text_past_the_forms() -> None:
    read = {
        name
        for file in PACKAGE.glob("*/views*/**/*.py")
        for name in re.findall(
            r"POST(?:\.get(?:list)?\(|\[)\s*\"([\w-]+)\"", file.read_text(encoding="utf-8")
        )
    }
    assert read - READ_BY_VIEWS == set()


def _texts(fields: dict[str, Any]) -> list[str]:
    """Fields whose value is written and not chosen."""
    return [
        name for name, value in fields.items() if isinstance(value, str) and re.search(r"[^\W\d_]{3}", value)
    ]


def _stored() -> list[str]:
    return [
        f"{model._meta.label}.{field.name}"
        for model in canaries.our_models()
        for field in canaries.texts(model)
        for value in model._default_manager.values_list(field.name, flat=True)
        if DIGITS in str(value)
    ]


POSTS = [door for door in ROWS if door.method == "POST" and door.open_to]


@pytest.mark.parametrize("door", POSTS, ids=[door.name for door in POSTS])
def test_an_identity_number_is_stored_nowhere(door: Door, cast: Cast) -> None:
    door.prepare(cast)
    url, fields = reverse(door.name, args=door.args(cast)), door.fields(cast)
    for name in _texts(fields):
        for who in sorted(
            door.open_to & {doors.AMINA, doors.BIRGIT, doors.MARIT, doors.ELSA, doors.STRANGER}
        ):
            spoilt = {**fields, name: f"{fields[name]} {NUMBER}", "key": str(uuid.uuid4())}
            cast.clients[who].post(url, spoilt)
    assert _stored() == []


def test_the_question_above_is_asked_of_real_texts() -> None:
    class Nobody:
        def __getattr__(self, name: str) -> Any:
            return self

        def __getitem__(self, name: str) -> Any:
            return self

    asked = 0
    for door in POSTS:
        try:
            asked += len(_texts(door.fields(Nobody())))
        except Exception:
            continue
    assert asked > 10
