"""What is an association? The same in each language that has it, with this year's amounts and the town's own."""

from __future__ import annotations

import re

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from brobygget.associations.explainer import WRITTEN, Explanation, explanation
from brobygget.house.models import House
from tests.associations.directory.register import an_association

AMOUNTS = {"card": "500", "card_more": "2000"}
FIVE = ["medlem", "avgift", "styrelse", "årsmöte", "stadgar"]


def _shape(told: Explanation) -> list[object]:
    talk = told.talk
    return [
        [(one.id, one.scene) for one in told.sections],
        [one.picture for one in told.words],
        [(one.minutes, one.section, bool(one.ask)) for one in talk.steps],
        len(talk.quiz),
        len(talk.prepare),
    ]


@pytest.mark.parametrize("code", WRITTEN)
def test_each_language_tells_the_same_things_in_the_same_order(code: str) -> None:
    told = explanation(code, AMOUNTS)
    assert _shape(told) == _shape(explanation("sv", AMOUNTS))
    assert [one.id for one in told.sections] == [
        "what", "try", "member", "cost", "decides", "you", "not-asked", "start",
    ]  # fmt: skip
    assert [one.word for one in told.words] == FIVE
    assert sum(one.minutes for one in told.talk.steps) == 60
    cost = " ".join(told.section("cost").text)
    assert ("500" in cost, "2000" in cost, "{" in cost) == (True, True, False)


def test_easy_swedish_has_short_sentences() -> None:
    told = explanation("sv-easy", AMOUNTS)
    sentences = [
        sentence
        for one in told.sections
        for part in one.text
        for sentence in re.split(r"[.?!:]\s*", part)
        if sentence
    ]
    lengths = [len(sentence.split()) for sentence in sentences]
    assert sum(lengths) / len(lengths) < 8
    assert max(lengths) <= 14


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "heading", "tag"),
    [
        ("sv", "Vad är en förening?", "sv"),
        ("ar", "ما هي الجمعية؟", "ar"),
        ("uk", "Vad är en förening?", "sv"),
    ],
)
def test_the_page_is_in_the_readers_language_else_in_easy_swedish(
    house: House, language: str, heading: str, tag: str
) -> None:
    client = Client()
    client.cookies["language"] = language
    page = client.get(reverse("find:what")).content.decode()
    assert f'<span lang="{tag}" dir="auto">{heading}</span>' in page


@pytest.mark.django_db
@override_settings(FRITIDSKORT=["650", "2600"])
def test_the_amounts_are_settings(house: House) -> None:
    page = Client().get(reverse("find:what"), headers={"accept-language": "sv"}).content.decode()
    assert "650 kronor" in page
    assert "2600 kronor" in page


@pytest.mark.django_db
def test_the_examples_are_the_towns_own_and_sums_only_where_enough_have_said(house: House) -> None:
    for number in range(4):
        an_association(
            house, f"Förening {number}", interests=["sewing"], fee_sek=100 * number, try_free="yes"
        )
    client = Client()
    client.cookies["language"] = "sv"
    page = client.get(reverse("find:what")).content.decode()
    assert "Det finns 4 föreningar att välja bland i Älvnäs." in page
    assert "Avgiften för ett år" not in page
    an_association(house, "Förening 4", interests=["football"], fee_sek=400)
    page = client.get(reverse("find:what")).content.decode()
    assert "från 0 till 400 kronor, ofta omkring 200" in page


@pytest.mark.django_db
@pytest.mark.parametrize("number", [0, 8, 99])
def test_a_step_that_is_none_leads_to_the_first(house: House, number: int) -> None:
    response = Client().get(reverse("find:talk_wall", args=[number]))
    assert response.headers["Location"] == reverse("find:talk_wall", args=[1])
