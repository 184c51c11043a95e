"""A language café at the open house, as the tests of its pages play it."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import time
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from brobygget.circles.commands import table_guests, table_plans
from brobygget.circles.models import TablePlan
from brobygget.circles.queries.table_doors import token_of
from brobygget.openhouse.commands.gatherings import GatheringFacts
from brobygget.openhouse.models import Gathering
from brobygget.openhouse.queries import gatherings as queries
from tests.circles.cafe import PEOPLE

Press = Callable[..., HttpResponse]
FORM = {"name": "Språkkafé", "place": "Kaféhörnan", "starts": "13:00", "ends": "14:30"}
CAFE = GatheringFacts(name="Språkkafé", place="Kaféhörnan", starts=time(13), ends=time(14, 30))


def full(gathering: Gathering, people: int = 12, *, tables: int = 3, rounds: int = 3) -> TablePlan:
    table_guests.add_guests(gathering.plan, PEOPLE[:people])
    return table_plans.make_plan(gathering.plan, tables=tables, rounds=rounds, seed=7)


def at(name: str, gathering: Gathering, *more: Any) -> str:
    return reverse(f"openhouse:{name}", args=[gathering.pk, *more])


def text(response: Any) -> str:
    inner = re.sub(r"<(script|style|head)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return html.unescape(" ".join(re.sub(r"<[^>]+>", " ", inner).split()))


def joins(press: Press, gathering: Gathering, alias: str, **more: Any) -> Client:
    """A phone that has never been here comes in by the code."""
    phone = Client()
    address = reverse("openhouse:tables_join", args=[token_of(TablePlan.objects.get(pk=gathering.plan_id))])
    answer = press(phone, address, **{"alias": alias, "language": "ar", "languages": ["ar", "sv"], **more})
    assert (answer.status_code, answer.headers["Location"]) == (302, at("own_tables", gathering))
    return phone


def again(gathering: Gathering) -> Gathering:
    found = queries.gathering_of(gathering.plan)
    assert found is not None
    return found
