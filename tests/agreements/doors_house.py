"""The doors of the reception and the programme."""

from __future__ import annotations

from datetime import time

from brobygget.house.commands.programme import add_item
from brobygget.house.models import Partner
from tests.agreements.doors import BIRGIT, ELSA, EVERYBODY, FRANS, MARIT, Door
from tests.conftest import TODAY

RECEIVES = frozenset({ELSA, MARIT})
PLANS = RECEIVES | {BIRGIT}
# A page that is about no one thing shows everybody their own house; Frans sees his, and nothing of this one.
RECEIVES_SOMEWHERE = RECEIVES | {FRANS}
PLANS_SOMEWHERE = PLANS | {FRANS}
WORDS = {
    "title": "Sykafé",
    "text": "Kom och sy",
    "language": "sv",
    "weekday": "2",
    "starts": "13:00",
    "ends": "15:00",
    "place": "Verkstaden",
}


def _partner(cast):
    return Partner.objects.get_or_create(house=cast.house, name="Kunskapsringen", kind="study")[0]


def _item(cast):
    times = {"starts": time(13), "ends": time(15)}
    return add_item(
        partner=_partner(cast), title="Boskola", text="", language="sv", weekday=3, place="Rum 2", **times
    )


def _pk(cast):
    return [_item(cast).pk]


DOORS = [
    Door("house:reception", RECEIVES_SOMEWHERE, is_for_hosts=True),
    Door(
        "house:press",
        RECEIVES_SOMEWHERE,
        "POST",
        fields=lambda cast: {"kind": "adult", "day": TODAY.isoformat()},
        is_for_hosts=True,
    ),
    Door("house:week", RECEIVES_SOMEWHERE, is_for_hosts=True),
    Door("house:counts_file", RECEIVES_SOMEWHERE, is_for_hosts=True),
    Door("house:programme", EVERYBODY),
    Door("house:items", PLANS_SOMEWHERE, is_for_hosts=True),
    Door("house:item_new", PLANS_SOMEWHERE, is_for_hosts=True),
    Door(
        "house:item_new",
        PLANS_SOMEWHERE,
        "POST",
        fields=lambda cast: {**WORDS, "partner": _partner(cast).pk},
        is_for_hosts=True,
    ),
    Door("house:item", PLANS, args=_pk, is_for_hosts=True),
    Door("house:item_translation", PLANS, "POST", args=_pk, is_for_hosts=True),
    Door("house:item_ending", frozenset(), "POST", args=lambda cast: [0], is_for_hosts=True),
    Door("house:cards", PLANS_SOMEWHERE, is_for_hosts=True),
    Door("house:card_languages", PLANS, args=_pk, is_for_hosts=True),
    Door("house:card", PLANS, args=lambda cast: [_item(cast).pk, "ar"], is_for_hosts=True),
]
