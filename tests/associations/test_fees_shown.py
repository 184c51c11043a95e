"""What visitors read of a fee: never that it costs nothing where it costs something."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from brobygget.associations.models import Association, ImportRun
from brobygget.associations.queries.find import find
from brobygget.associations.queries.wishes import Wishes
from brobygget.associations.views.wording import more_of_fee
from brobygget.house.models import House
from tests.conftest import TODAY

Import = Callable[..., ImportRun]
FILE = (
    "Förening;E-post;Postort;Verksamhet;Avgift\r\nByns kör;a@a.example;Byn;Körsång;300 kr (barn gratis)\r\n"
    "Byns schack;b@b.example;Byn;Schack;Första gången gratis\r\nByns café;c@c.example;Byn;Språkcafé;Gratis\r\n"
)


def test_what_is_free_for_some_is_not_free(house: House, imported: Import) -> None:
    imported(house, FILE)
    here = {one.name: one for one in Association.objects.filter(house=house)}
    assert {name: (one.fee_sek, one.try_free) for name, one in here.items()} == {
        "Byns kör": (300, "unknown"),
        "Byns schack": (None, "yes"),
        "Byns café": (0, "unknown"),
    }
    page = Client().get(f"/find/{here['Byns kör'].pk}/").content.decode()
    assert "300 kr (barn gratis)" in page
    assert "isAccessibleForFree" not in page
    free = find(house, Wishes(costs=("free",)), on=TODAY).found
    assert [one.card.name for one in free if "free" in [why.code for why in one.reasons]] == ["Byns café"]


@pytest.mark.parametrize(
    ("text", "sek", "beside"),
    [
        ("300 kr (barn gratis)", 300, ["300 kr (barn gratis)"]),
        ("100 kr / 300 kr", 300, ["100 kr / 300 kr"]),
        ("150 kr om året", 150, []),
        ("1 200:-", 1200, []),
        ("gratis", 0, []),
        ("fråga styrelsen", None, []),
    ],
)
def test_the_associations_own_words_stand_beside_the_sum_where_they_say_more(
    text: str, sek: int | None, beside: list[str]
) -> None:
    one = Association(name="Byns kör", fee_text=text, fee_sek=sek)
    assert [fact.text for fact in more_of_fee(one)] == beside
