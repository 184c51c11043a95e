"""Finding: what fits comes first and says why, unknown is not no, and the smallest is seen as often as the largest."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from brobygget.associations.commands import editing
from brobygget.associations.models import Association, Known
from brobygget.associations.queries.directory import directory_of, offer_of
from brobygget.associations.queries.find import MOST_WORDS_FOUND, find
from brobygget.associations.queries.wishes import Wishes
from brobygget.associations.views import wording
from brobygget.house.models import House
from tests.associations.directory.register import LONG_AGO, an_association, many_associations
from tests.conftest import NOW, TODAY

pytestmark = pytest.mark.django_db


def names(house: House, **wishes: object) -> list[str]:
    return [one.card.name for one in find(house, Wishes(**wishes), on=TODAY, at_once=50).found]  # type: ignore[arg-type]


def test_the_one_that_was_chosen_comes_first_and_says_why(house: House) -> None:
    an_association(house, "Syföreningen", interests=["sewing"], meets=[(1, "18:00", "20:00")])
    an_association(house, "Vävstugan", interests=["weaving"])
    an_association(house, "Bollklubben", interests=["football"])
    found = find(house, Wishes(interests=("sewing",), parts=("evening",)), on=TODAY).found
    assert [(one.card.name, one.score, one.is_surprise) for one in found] == [
        ("Syföreningen", 7, False),
        ("Vävstugan", 2, False),
        ("Bollklubben", 0, True),
    ]
    with translation.override("sv"):
        assert wording.because(found[0]) == "För att du valde sy och tisdag kväll"
    assert [reason.code for reason in found[0].reasons] == ["interest", "time"]


def test_what_nobody_has_said_shuts_nobody_out(house: House) -> None:
    an_association(house, "Vet inte")
    an_association(house, "Bara barn", minimum_age=7, maximum_age=12)
    an_association(house, "Från arton", minimum_age=18)
    an_association(house, "Full", takes_new_members=Known.NO)
    assert set(names(house, who="me")) == {"Vet inte", "Från arton"}
    assert set(names(house, who="child-7")) == {"Vet inte", "Bara barn"}
    assert set(names(house, who="family")) == {"Vet inte", "Bara barn", "Från arton"}


def test_a_shared_language_little_swedish_and_a_free_first_time_count(house: House) -> None:
    an_association(house, "Ingen vet")
    an_association(
        house, "Välkomnande", languages=["sv", "fa"], swedish_needed="none", try_free=Known.YES, fee_sek=0
    )
    found = find(house, Wishes(languages=("fa",), costs=("free", "try")), on=TODAY).found
    assert [(one.card.name, one.score) for one in found] == [("Välkomnande", 6), ("Ingen vet", 0)]
    assert [reason.code for reason in found[0].reasons] == ["speaks", "no-swedish", "try-free", "free"]


@pytest.mark.parametrize(
    "facts",
    [
        {"status": Association.Status.DORMANT},
        {"status": Association.Status.VENUE},
        {"hidden_on": TODAY},
        {"created_on": LONG_AGO},
    ],
)
def test_one_that_rests_hides_or_is_too_old_is_not_found(house: House, facts: dict[str, object]) -> None:
    gone = an_association(house, "Syföreningen", interests=["sewing"], **facts)
    an_association(house, "Syklubben", interests=["sewing"])
    assert names(house, text="sy") == ["Syklubben"]
    assert names(house, interests=("sewing",)) == ["Syklubben"]
    assert Client().get(reverse("find:association", args=[gone.pk])).status_code == 404


def test_another_houses_associations_are_not_found(house: House, other_house: House) -> None:
    foreign = an_association(other_house, "Granbys syklubb", interests=["sewing"])
    an_association(house, "Syklubben", interests=["sewing"])
    assert names(house, text="syklubb") == ["Syklubben"]
    assert Client().get(reverse("find:association", args=[foreign.pk])).status_code == 404


def test_what_it_says_changes_what_it_is_found_by_at_once(house: House) -> None:
    from brobygget.associations.commands.directory import refresh_directory

    one = an_association(house, "Första namnet")
    assert names(house, text="första") == ["Första namnet"]
    one.name, one.changed_at = "Annat helt", one.changed_at + timedelta(minutes=1)
    one.save()
    refresh_directory(house)
    assert (names(house, text="första"), names(house, text="annat")) == ([], ["Annat helt"])
    one.delete()
    assert names(house, text="annat") == []


@pytest.mark.parametrize(
    "typed",
    [
        "symaskin",
        "SYMASKIN",
        "symaskn",
        "symsakin",
        "maskin",
        "sewing",
        "خیاطی",
        "шиття",
        "syförening",
        "symaskinen älvnäs",
    ],
)
def test_words_are_found_as_they_are_written_misspelt_or_in_another_language(
    house: House, typed: str
) -> None:
    an_association(house, "Syföreningen Tråden", interests=["sewing"], description="Vi har tre symaskiner.")
    for other in ("Hockeyklubben", "Bridgesällskapet", "Simsällskapet"):
        an_association(house, other)
    assert names(house, text=typed) == ["Syföreningen Tråden"]


def test_a_word_in_the_name_comes_before_a_word_in_the_text(house: House) -> None:
    an_association(house, "Alla sporter", description="Vi spelar schack ibland.")
    an_association(house, "Schacksällskapet", interests=["chess"])
    an_association(house, "Schack")
    assert names(house, text="schack") == ["Schack", "Schacksällskapet", "Alla sporter"]


def test_a_word_finds_the_one_that_has_it_among_more_than_are_ever_weighed(house: House) -> None:
    name = "Älvnäs med omnejds fornminnesförening"
    many_associations(house, MOST_WORDS_FOUND + 100)  # each with fewer words in its name
    an_association(house, name)
    assert names(house, text="fornminnesförening") == [name]
    assert names(house, text="fornminesförening omnejd") == [name]


def test_one_word_of_several_may_be_wrong(house: House) -> None:
    an_association(house, "Älvnäs kammarkör")
    assert names(house, text="älvnäs kammarkör zzzzzz") == ["Älvnäs kammarkör"]
    assert names(house, text="zzzzzz qqqqqq") == []


@pytest.mark.parametrize(
    "typed", ["'", '"', "a AND b", "NEAR(", "*", "%", "_", "; DROP TABLE", "\x00", "(" * 200, "🧵"]
)
def test_signs_of_a_query_language_are_ordinary_signs(house: House, typed: str) -> None:
    an_association(house, "Syföreningen")
    assert Client().get(reverse("find:results"), {"q": typed}).status_code == 200


def test_a_personal_number_is_not_searched_for(house: House) -> None:
    page = (
        Client()
        .get(reverse("find:results"), {"q": "121212-1212"}, headers={"accept-language": "sv"})
        .content.decode()
    )
    assert "Vi söker inte på personnummer" in page
    assert "121212" not in page.split("<main")[1]


def test_one_card_in_five_is_of_another_kind(house: House) -> None:
    for number in range(12):
        an_association(house, f"Sy {number}", interests=["sewing"])
        an_association(house, f"Boll {number}", interests=["football"])
    found = find(house, Wishes(interests=("sewing",)), on=TODAY, at_once=15).found
    assert [one.is_surprise for one in found] == ([False] * 4 + [True]) * 3


def test_small_and_large_are_seen_equally_often(house: House) -> None:
    for number in range(8):
        an_association(house, f"Förening {number}", interests=["sewing"], members=10 ** (number % 4))
    first: Counter[str] = Counter()
    days = 400
    for day in range(days):
        found = find(
            house, Wishes(interests=("sewing",)), on=TODAY + timedelta(day % 300 - 150), at_once=3
        ).found
        first.update(one.card.name for one in found)
    expected = days * 3 / 8
    assert len(first) == 8
    assert all(0.7 * expected < seen < 1.3 * expected for seen in first.values())


@pytest.mark.parametrize(
    "address", ["?q=förening", "?like=sewing&when=evening&speak=fa", "", "?q=forenig+numer"]
)
def test_the_list_asks_as_many_questions_for_300_as_for_3(house: House, address: str) -> None:
    client = Client()
    counts = []
    for number in (3, 297):
        many_associations(house, number)
        client.get(reverse("find:results") + address)  # what this process remembers is of this version
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse("find:results") + address).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert counts[0] < 4


@pytest.mark.parametrize("name", ["start", "interests", "wishes"])
def test_the_pictures_ask_no_more_of_a_large_register(house: House, name: str) -> None:
    client = Client()
    counts = []
    for number in (3, 297):
        many_associations(house, number)
        client.get(reverse(f"find:{name}"), {"group": "g-craft"})
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse(f"find:{name}"), {"group": "g-craft"}).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1] < 5


def test_nothing_is_kept_of_what_somebody_chooses(house: House) -> None:
    an_association(house, "Syföreningen", interests=["sewing"])
    client = Client()
    client.get(reverse("find:start"))
    with CaptureQueriesContext(connection) as asked:
        response = client.get(reverse("find:results"), {"like": ["faith", "lgbtq"], "who": "me"})
    assert [query["sql"] for query in asked if not query["sql"].startswith(("SELECT", "EXPLAIN"))] == []
    assert "sessionid" not in client.cookies
    assert response.headers["Cache-Control"] == "no-store, private"


NOT_FOR_VISITORS = [
    {"status": Association.Status.DORMANT},
    {"status": Association.Status.DRAFT},
    {"status": Association.Status.VENUE},
    {"hidden_on": TODAY},
    {"created_on": LONG_AGO},
]


@pytest.mark.parametrize("facts", NOT_FOR_VISITORS)
def test_one_that_is_not_shown_lends_neither_its_place_nor_its_kind(
    house: House, facts: dict[str, object]
) -> None:
    an_association(house, "Syföreningen", interests=["sewing"], town="Gömbyn", district="Gömstad", **facts)
    an_association(house, "Schackklubben", interests=["chess"], district="Centrum")
    offer = offer_of(house, directory_of(house), on=TODAY)
    assert (offer.counts, offer.places) == ({"chess": 1}, ["Centrum", "Älvnäs"])
    page = Client().get(reverse("find:wishes")).content.decode()
    assert "Centrum" in page
    assert "Gömbyn" not in page


def test_hiding_one_takes_its_place_away_at_once_and_showing_it_gives_it_back(house: House) -> None:
    one = an_association(house, "Syföreningen", interests=["sewing"], town="Gömbyn")
    seen = []
    for number, is_hidden in enumerate((False, True, False)):
        editing.show_or_hide(one, is_hidden=is_hidden, on=TODAY, at=NOW + timedelta(minutes=number))
        seen.append(offer_of(house, directory_of(house), on=TODAY).places)
    assert seen == [["Gömbyn"], [], ["Gömbyn"]]


def test_what_grows_too_old_leaves_the_choices_on_its_day(house: House) -> None:
    an_association(house, "Syföreningen", town="Gömbyn", created_on=TODAY)
    now = directory_of(house)
    days = [TODAY + timedelta(days) for days in (0, 455, 456, 0)]
    assert [offer_of(house, now, on=day).places for day in days] == [["Gömbyn"], ["Gömbyn"], [], ["Gömbyn"]]


def test_a_word_of_a_draft_is_no_guess_at_a_spelling(house: House) -> None:
    an_association(house, "Schakklubben", status=Association.Status.DRAFT)
    an_association(house, "Schackklubben")
    assert names(house, text="schakklubben") == ["Schackklubben"]
