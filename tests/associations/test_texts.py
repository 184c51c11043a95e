"""An association's own texts in other languages: beside the original, by a person, and never taken for checked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from brobygget.associations.commands import editing
from brobygget.associations.models import Association, AssociationText, Origin
from brobygget.house.models import House
from brobygget.people.models import Account
from tests.associations.conftest import AT
from tests.conftest import TODAY

Press = Callable[..., Any]
Come = Callable[[Association], Client]
OWN = "/own/texts/ar/"


@pytest.fixture
def baking(bengts: Association) -> Association:
    """Bengt's association has written what one can try, and what it does."""
    said = {"can_try": "Baka våfflor", "description": "Vi vårdar gamla hus."}
    return editing.save_answers(
        bengts, answers=said, seen={}, origin=Origin.ASSOCIATION, sitting="", at=AT
    ).association


def _kept(association: Association) -> list[tuple[str, str, str, str]]:
    return list(association.texts.values_list("field", "language", "text", "status"))


def test_a_translation_stands_beside_its_original_and_says_that_nobody_has_checked_it(
    baking: Association, petra: Account, client_of_account: Callable[[Account], Client], press: Press
) -> None:
    client = client_of_account(petra)
    address = f"/register/{baking.pk}/texts/ar/"
    assert "Baka våfflor" in client.get(address).content.decode()
    assert press(client, address, can_try="اخبز الوافل", description="").status_code == 302
    assert _kept(baking) == [("can_try", "ar", "اخبز الوافل", "draft")]
    visitor = Client(headers={"accept-language": "ar"})
    page = visitor.get(reverse("find:association", args=[baking.pk])).content.decode()
    assert "اخبز الوافل" in page
    assert "Baka våfflor" not in page
    assert "Vi vårdar gamla hus." in page  # what nobody has translated is shown as it was written
    baking.refresh_from_db()
    assert baking.can_try == "Baka våfflor"
    found = visitor.get(reverse("find:results"), {"q": "الوافل"}).content.decode()
    assert baking.name in found


def test_the_association_writes_itself_and_says_that_it_is_read(
    baking: Association, client_of_association: Come, press: Press
) -> None:
    client = client_of_association(baking)
    assert "العربية" in client.get("/own/texts/").content.decode()
    press(client, OWN, can_try="اخبز", description="بيوت", is_checked="on")
    assert _kept(baking) == [("can_try", "ar", "اخبز", "checked"), ("description", "ar", "بيوت", "checked")]
    press(client, OWN, can_try="", description="بيوت", is_checked="on")
    assert _kept(baking) == [("description", "ar", "بيوت", "checked")]


def test_a_new_original_makes_its_translation_unchecked_again(
    baking: Association, client_of_association: Come, press: Press
) -> None:
    press(client_of_association(baking), OWN, can_try="اخبز", description="بيوت", is_checked="on")
    editing.save_answers(
        baking, answers={"can_try": "Grädda pannkakor"}, seen={}, origin=Origin.ASSOCIATION, sitting="", at=AT
    )
    assert _kept(baking) == [("can_try", "ar", "اخبز", "draft"), ("description", "ar", "بيوت", "checked")]


@pytest.mark.parametrize("code", ["sv", "sv-easy", "xx"])
def test_its_own_language_and_an_unknown_one_are_no_pages(
    baking: Association, client_of_association: Come, press: Press, code: str
) -> None:
    client = client_of_association(baking)
    assert client.get(f"/own/texts/{code}/").status_code == 404
    assert press(client, f"/own/texts/{code}/", can_try="x").status_code == 404
    assert not AssociationText.objects.exists()


def test_a_personal_number_is_refused_and_what_was_written_stays_in_the_field(
    baking: Association, client_of_association: Come, press: Press
) -> None:
    answer = press(client_of_association(baking), OWN, can_try="ring 121212-1212", description="بيوت")
    assert answer.status_code == 422
    assert "بيوت" in answer.content.decode()
    assert not AssociationText.objects.exists()


def test_the_page_of_languages_asks_the_same_questions_however_much_is_written(
    house: House, baking: Association, client_of_association: Come
) -> None:
    client = client_of_association(baking)
    counts = []
    for languages in ((), ("ar", "en", "fa", "ti", "so", "uk")):
        AssociationText.objects.bulk_create(
            AssociationText(association=baking, field=field, language=each, text="x", written_on=TODAY)
            for each in languages
            for field in ("can_try", "description")
        )
        with CaptureQueriesContext(connection) as asked:
            client.get("/own/texts/")
        counts.append(len(asked))
    assert counts[0] == counts[1]
