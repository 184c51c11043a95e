"""The house's own say about interests, and what becomes of the register's words."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from brobygget.associations.commands import editing
from brobygget.associations.commands.forgetting import forget_what_is_old
from brobygget.associations.commands.importing import import_reading
from brobygget.associations.models import AliasReview, Association, AssociationInterest, ImportRow, Origin
from brobygget.associations.queries.directory import directory_of
from brobygget.associations.register import read_register
from brobygget.house.models import House
from brobygget.people.models import Account
from tests.associations.directory.register import an_association
from tests.conftest import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(marit: Account, client_of_account: Any) -> Client:
    return client_of_account(marit)  # type: ignore[no-any-return]


def label(house: House, interest: str, language: str) -> tuple[str, str, bool]:
    found = directory_of(house).interests.by_id[interest].label(language)
    return found.text, found.language, found.is_checked


def test_a_missing_word_is_shown_in_swedish_and_a_new_one_stands_unread_until_somebody_has_read_it(
    house: House, office: Client, press: Any
) -> None:
    facts = {"swedish": "isfiske på natten", "english": "", "group": "g-nature", "picture": "fishing"}
    made = press(office, reverse("find:interest_new"), **facts)
    assert made.headers["Location"] == "/register/interests/own-isfiske_pa_natten/"
    assert label(house, "own-isfiske_pa_natten", "uk") == ("isfiske på natten", "sv", True)
    for is_checked in ("", "on"):
        word = {"language": "uk", "label": "нічна риболовля", **({"is_checked": "on"} if is_checked else {})}
        press(office, reverse("find:interest_labels", args=["own-isfiske_pa_natten"]), **word)
        assert label(house, "own-isfiske_pa_natten", "uk") == ("нічна риболовля", "uk", bool(is_checked))


def test_an_id_is_never_used_twice(house: House, office: Client, press: Any) -> None:
    facts = {"swedish": "quiz", "english": "quiz", "group": "g-games", "picture": "fika"}
    addresses = [
        press(office, reverse("find:interest_new"), **facts).headers["Location"] for _each in range(2)
    ]
    assert addresses == ["/register/interests/own-quiz/", "/register/interests/own-quiz_2/"]


def test_a_retired_interest_is_offered_no_more_and_another_takes_its_place(
    house: House, office: Client, press: Any
) -> None:
    an_association(house, "Boulevännerna", interests=["boule"])
    press(office, reverse("find:interest_retirement", args=["boule"]), replaced_by="bowling")
    page = Client().get(reverse("find:interests"), {"group": "g-ball"}).content.decode()
    assert 'value="boule"' not in page
    assert "Boulevännerna" in Client().get(reverse("find:results"), {"like": "bowling"}).content.decode()
    assert AssociationInterest.objects.get().interest == "boule"  # what was said stays said
    press(office, reverse("find:interest_retirement", args=["boule"]), back="1")
    page = Client().get(reverse("find:interests"), {"group": "g-ball"}).content.decode()
    assert 'value="boule"' in page


@pytest.mark.parametrize("wrong", ["boule", "nothing-of-the-kind"])
def test_an_interest_cannot_take_its_own_place(house: House, office: Client, press: Any, wrong: str) -> None:
    press(office, reverse("find:interest_retirement", args=["boule"]), replaced_by=wrong)
    assert not directory_of(house).interests.by_id["boule"].is_retired


def _imported(house: House) -> None:
    data = "Namn;Verksamhet\nFöreningen Ett;spettkaksbak\nFöreningen Två;spettkaksbak, fotboll\n".encode()
    import_reading(reading=read_register(data), data=data, house=house, file="register.csv", at=NOW)
    Association.objects.update(status=Association.Status.ACTIVE)  # the file does not say whether they live


def test_a_word_that_nobody_knew_waits_and_once_decided_is_known(
    house: House, office: Client, press: Any
) -> None:
    _imported(house)
    word = AliasReview.objects.get()
    assert (word.word, word.count) == ("spettkaksbak", 2)
    assert "spettkaksbak" in office.get(reverse("find:words")).content.decode()
    press(office, reverse("find:word_decision", args=[word.pk]), decision="interest", interest="baking")
    about = {
        one.name: sorted(each.interest for each in one.interests.all()) for one in Association.objects.all()
    }
    assert about == {"Föreningen Ett": ["baking"], "Föreningen Två": ["baking", "football"]}
    found = Client().get(reverse("find:results"), {"q": "spettkaksbak"}).content.decode()
    assert "Föreningen Ett" in found
    assert "spettkaksbak" in directory_of(house).interests.by_id["baking"].aliases


def test_a_word_that_is_decided_long_after_the_rows_are_forgotten_still_reaches_its_associations(
    house: House, office: Client, press: Any
) -> None:
    _imported(house)
    forget_what_is_old(house_id=house.pk, at=NOW + timedelta(days=91))
    forget_what_is_old(house_id=house.pk, at=NOW + timedelta(days=92))
    kept = [
        (json.loads(row.source), row.understood, row.problems) for row in ImportRow.objects.order_by("line")
    ]
    assert kept == [({"word 1": "spettkaksbak"}, "", "")] * 2  # nothing else of the rows, and no name
    word = AliasReview.objects.get()
    press(office, reverse("find:word_decision", args=[word.pk]), decision="interest", interest="baking")
    about = AssociationInterest.objects.filter(interest="baking").order_by("association__name")
    assert [one.association.name for one in about] == ["Föreningen Ett", "Föreningen Två"]


def test_whoever_changes_their_mind_about_a_word_takes_back_what_it_gave_and_nothing_else(
    house: House, office: Client, press: Any
) -> None:
    _imported(house)
    word = AliasReview.objects.get()
    address = reverse("find:word_decision", args=[word.pk])
    press(office, address, decision="interest", interest="football")
    press(office, address, decision="interest", interest="baking")

    def about() -> dict[str, list[str]]:
        return {
            one.name: sorted(each.interest for each in one.interests.all())
            for one in Association.objects.all()
        }

    assert about() == {"Föreningen Ett": ["baking"], "Föreningen Två": ["baking", "football"]}
    assert 'value="waiting"' in office.get(reverse("find:words")).content.decode()
    press(office, address, decision="waiting")
    word.refresh_from_db()
    assert (word.decision, word.interest, word.decided_on) == ("waiting", "", None)
    assert about() == {"Föreningen Ett": [], "Föreningen Två": ["football"]}


@pytest.mark.parametrize("origin", [Origin.ASSOCIATION, Origin.STAFF])
def test_a_word_of_the_register_adds_nothing_to_what_an_association_says_of_itself(
    house: House, office: Client, press: Any, origin: Origin
) -> None:
    _imported(house)
    own = Association.objects.get(name="Föreningen Ett")
    editing.save_answers(own, answers={"interests": ["chess"]}, seen={}, origin=origin, sitting="a", at=NOW)
    word = AliasReview.objects.get()
    address = reverse("find:word_decision", args=[word.pk])
    press(office, address, decision="interest", interest="baking")

    def about() -> dict[str, list[str]]:
        return {
            one.name: sorted(each.interest for each in one.interests.all())
            for one in Association.objects.all()
        }

    assert about() == {"Föreningen Ett": ["chess"], "Föreningen Två": ["baking", "football"]}
    AssociationInterest.objects.update(place=50)  # as where somebody has named very many
    press(office, address, decision="interest", interest="chess")
    press(office, address, decision="nothing")
    assert about() == {"Föreningen Ett": ["chess"], "Föreningen Två": ["football"]}


def test_another_word_that_means_the_same_still_gives_it(house: House, office: Client, press: Any) -> None:
    data = "Namn;Verksamhet\nFöreningen Ett;spettkaksbak, gubbröra\nFöreningen Två;spettkaksbak\n".encode()
    import_reading(reading=read_register(data), data=data, house=house, file="register.csv", at=NOW)
    for word in AliasReview.objects.all():
        press(office, reverse("find:word_decision", args=[word.pk]), decision="interest", interest="baking")
    cake = AliasReview.objects.get(word="spettkaksbak")
    press(office, reverse("find:word_decision", args=[cake.pk]), decision="nothing")
    about = AssociationInterest.objects.values_list("association__name", "interest")
    assert list(about) == [("Föreningen Ett", "baking")]


def test_a_picture_is_chosen_by_what_it_stands_for_in_the_readers_language(
    house: House, office: Client
) -> None:
    page = office.get(reverse("find:kept_interests")).content.decode()
    assert '<option value="athletics">friidrott</option>' in page
    assert '<option value="g-ball">Bollsport</option>' in page
    assert "cross country ski" not in page


def test_a_word_that_was_decided_is_known_in_the_next_file(house: House, office: Client, press: Any) -> None:
    _imported(house)
    word = AliasReview.objects.get()
    press(office, reverse("find:word_decision", args=[word.pk]), decision="interest", interest="baking")
    data = "Namn;Verksamhet\nFöreningen Tre;Spettkaksbak\nFöreningen Fyra;fotboll\n".encode()
    import_reading(reading=read_register(data), data=data, house=house, file="new.csv", at=NOW)
    about = {
        one.name: sorted(each.interest for each in one.interests.all()) for one in Association.objects.all()
    }
    assert about["Föreningen Tre"] == ["baking"]
    assert about["Föreningen Fyra"] == ["football"]


@pytest.mark.parametrize("decision", ["venue", "nothing"])
def test_a_word_may_mean_a_place_or_nothing(house: House, office: Client, press: Any, decision: str) -> None:
    _imported(house)
    word = AliasReview.objects.get()
    press(office, reverse("find:word_decision", args=[word.pk]), decision=decision)
    word.refresh_from_db()
    assert (word.decision, word.interest) == (decision, "")
    assert not AssociationInterest.objects.filter(interest="baking").exists()


def test_a_decision_for_no_interest_changes_nothing(house: House, office: Client, press: Any) -> None:
    _imported(house)
    word = AliasReview.objects.get()
    for interest in ("", "nothing-of-the-kind", "g-food"):
        press(office, reverse("find:word_decision", args=[word.pk]), decision="interest", interest=interest)
    word.refresh_from_db()
    assert word.decision == AliasReview.Decision.WAITING


def test_every_interest_has_a_picture_of_its_own_kind(house: House) -> None:
    from brobygget.web import icons

    interests = directory_of(house).interests.offered()
    assert len(interests) == 122
    assert {one.id for one in interests} == set(icons.openmoji())
    assert all("picture-disc" in icons.picture_svg(one.picture) for one in interests)


TILE = r'<label class="tile"><input type="checkbox" name="like" value="{}".*?</svg>(.*?)</label>'


def tile(client: Client, interest: str, language: str) -> str:
    """An interest's word as a visitor's page has it, with the language that it is marked as."""
    page = client.get(
        reverse("find:interests"), {"group": "g-ball"}, headers={"accept-language": language}
    ).content.decode()
    found = re.search(TILE.format(interest), page, re.DOTALL)
    assert found is not None
    return found[1].strip()


def test_a_word_that_nobody_has_read_is_shown_only_where_the_page_says_so_of_its_language(
    house: House, office: Client, press: Any
) -> None:
    visitor = Client()
    assert 'lang="ar"' in tile(visitor, "football", "ar")
    assert "كرة القدم" in tile(visitor, "football", "ar")
    page = visitor.get(reverse("find:interests"), {"group": "g-ball"}, headers={"accept-language": "ar"})
    assert 'class="unreviewed-foot"' in page.content.decode()
    assert ">football<" in tile(visitor, "football", "en")
    address = reverse("find:interest_labels", args=["football"])
    press(office, address, language="en", label="soccer")
    assert re.search(r'lang="sv"[^>]*>fotboll<', tile(visitor, "football", "en"))
    assert "unreviewed-foot" not in visitor.get("/find/", headers={"accept-language": "en"}).content.decode()
    press(office, address, language="en", label="soccer", is_checked="on")
    assert ">soccer<" in tile(visitor, "football", "en")


def test_what_the_house_adds_and_retires_reaches_the_forms_the_preview_and_the_receipt(
    house: House, office: Client, press: Any, client_of_association: Any
) -> None:
    one = an_association(house, "Spetsens vänner", interests=["weaving"])
    has_boule = an_association(house, "Boulevännerna", interests=["boule"])
    facts = {"swedish": "knyppling", "english": "lace", "group": "g-craft", "picture": "weaving"}
    press(office, reverse("find:interest_new"), **facts)
    press(office, reverse("find:interest_retirement", args=["boule"]), replaced_by="bowling")
    own = client_of_association(one)

    def offered(client: Client, address: str) -> set[str]:
        page = client.get(address, headers={"accept-language": "sv"}).content.decode()
        return set(re.findall(r'name="interests" value="([^"]+)"', page))

    own_form, theirs = reverse("associations:own_form"), client_of_association(has_boule)
    staff_form = reverse("associations:association", args=[one.pk])
    for client, address in ((own, own_form), (office, staff_form)):
        assert "own-lace" in offered(client, address)
        assert "boule" not in offered(client, address)
        assert len(offered(client, address)) == 110  # the program's, one more and one less
    assert {"boule", "bowling"} <= offered(theirs, own_form)  # what it has said, it can see and take away
    press(own, own_form, interests=["own-lace"])
    assert [each.interest for each in one.interests.all()] == ["own-lace"]
    for name in ("own_preview", "own_receipt"):
        page = own.get(reverse(f"associations:{name}"), headers={"accept-language": "sv"}).content.decode()
        assert "knyppling" in page.split("<main")[1]
        page = theirs.get(reverse(f"associations:{name}"), headers={"accept-language": "sv"}).content.decode()
        assert "bowling" in page.split("<main")[1]
        assert ">boule<" not in page


def test_the_feeds_of_an_interest_hold_those_whose_interest_it_took_over(
    house: House, office: Client, press: Any
) -> None:
    an_association(house, "Boulevännerna", interests=["boule", "bowling"], meets=[(1, "18:00", "20:00")])
    an_association(house, "Strike", interests=["bowling"], meets=[(2, "18:00", "20:00")])
    an_association(house, "Syföreningen", interests=["sewing"], meets=[(3, "18:00", "20:00")])
    press(office, reverse("find:interest_retirement", args=["boule"]), replaced_by="bowling")
    for interest in ("bowling", "boule"):  # who subscribes to the old one gets the new one
        calendar = Client().get(reverse("find:interest_calendar", args=[interest])).content
        events = Calendar.from_ical(calendar).walk("VEVENT")
        assert [str(event["summary"]) for event in events] == ["Boulevännerna", "Strike"]
        services = Client().get(reverse("find:api_services"), {"taxonomy_term": interest}).json()["contents"]
        assert [each["name"] for each in services] == ["Boulevännerna", "Strike"]
        terms = {each["taxonomy_term"]["code"] for each in services[0]["attributes"]}
        assert terms == {"bowling"}
    told = Client().get(reverse("find:public_json")).json()["associations"]
    assert {each["name"]: each["interests"] for each in told} == {
        "Boulevännerna": ["bowling"],
        "Strike": ["bowling"],
        "Syföreningen": ["sewing"],
    }
