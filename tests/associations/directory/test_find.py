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
from brobygget.associations.queries import entries
from brobygget.associations.queries.directory import directory_of, offer_of
from brobygget.associations.queries.entries import MOST_WORDS_FOUND
from brobygget.associations.queries.find import find
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


@pytest.mark.parametrize(
    ("typed", "interest"),
    [
        ("sewng", "sewing"),
        ("kniting", "knitting"),
        ("footbal", "football"),
        ("foootball", "football"),
        ("beekeping", "bees"),
        ("beekeepign", "bees"),
        ("swiming", "swimming"),
        ("chess", "chess"),
    ],
)
def test_english_words_are_found_with_the_mistakes_that_fingers_make(
    house: House, typed: str, interest: str
) -> None:
    kinds = ("sewing", "knitting", "football", "bees", "swimming", "chess")
    for number, kind in enumerate(kinds):
        an_association(house, f"Förening {number}", interests=[kind])
    assert names(house, text=typed) == [f"Förening {kinds.index(interest)}"]


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


def test_what_lies_in_the_place_or_speaks_the_language_is_weighed_however_many_others_there_are(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entries, "MOST_LOOKED_AT", 20)
    many_associations(house, 60)
    an_association(house, "Granbys hembygdsförening", district="Granby")
    an_association(house, "De som talar", languages=["ti"])
    an_association(house, "De som kostar noll", fee_sek=0)
    an_association(house, "De på onsdag förmiddag", meets=[(2, "10:00", "12:00")])
    wishes: dict[str, dict[str, object]] = {
        "Granbys hembygdsförening": {"place": "Granby"},
        "De som talar": {"languages": ("ti",)},
        "De som kostar noll": {"costs": ("free",)},
        "De på onsdag förmiddag": {"days": (2,), "parts": ("day",)},
    }
    for day in range(10):
        for name, wished in wishes.items():
            found = find(house, Wishes(**wished), on=TODAY + timedelta(day)).found  # type: ignore[arg-type]
            assert name in [one.card.name for one in found[:9]], (name, day)


def first_because(house: House, **wishes: object) -> dict[str, str]:
    found = find(house, Wishes(**wishes), on=TODAY, at_once=50).found  # type: ignore[arg-type]
    with translation.override("sv"):
        return {one.card.name: wording.because(one) for one in found}


def test_each_way_in_which_a_word_is_found_is_told(house: House) -> None:
    an_association(house, "Bävrarna", interests=["scouts"], alternate_names=["Knutbys scoutkår"])
    an_association(house, "Teatern", languages=["fi"], venue="Kulturhuset")
    an_association(house, "Stickcaféet", interests=["knitting"], description="Vi bjuder på saft.")
    assert first_because(house, text="bävrana") == {"Bävrarna": "Ditt ord finns i namnet"}
    assert first_because(house, text="knutby") == {"Bävrarna": "Kallas också Knutbys scoutkår"}
    assert first_because(house, text="finska") == {"Teatern": "Någon talar finska"}
    assert first_because(house, text="kulturhuset") == {"Teatern": "Finns i Kulturhuset"}
    assert first_because(house, text="sticka") == {"Stickcaféet": "Det handlar om sticka och virka"}
    assert first_because(house, text="saft") == {"Stickcaféet": "Ditt ord finns i det de berättar om sig"}
    page = Client().get(reverse("find:results"), {"q": "saft"}, headers={"accept-language": "sv"}).content
    assert "Ditt ord finns i det de berättar om sig" in page.decode()


def test_place_cost_and_day_bring_what_fits_to_the_top_and_are_told(house: House) -> None:
    an_association(house, "Annan dag", meets=[(2, "18:00", "20:00")], district="Centrum", fee_sek=100)
    an_association(house, "Tisdag i Granby", meets=[(1, "18:00", "20:00")], district="Granby", fee_sek=0)
    an_association(house, "Fritidskort", fritidskort=Known.YES)

    def first(**wishes: object) -> tuple[str, float, list[str]]:
        one = find(house, Wishes(**wishes), on=TODAY).found[0]  # type: ignore[arg-type]
        with translation.override("sv"):
            told = [wording.because(one), *(fact.text for fact in wording.also(one))]
        return one.card.name, one.score, [each for each in told if each]

    assert first(days=(1,)) == ("Tisdag i Granby", 2, ["För att du valde tisdag kväll"])
    assert first(days=(1,), parts=("day",))[1:] == (0, [])  # it is in the evening
    assert first(place="granby") == ("Tisdag i Granby", 1, ["Granby"])
    assert first(costs=("free",)) == ("Tisdag i Granby", 1, ["Det kostar inget"])
    assert first(costs=("card",)) == ("Fritidskort", 1, ["Tar Fritidskortet"])
    page = (
        Client()
        .get(reverse("find:results"), {"place": "Granby", "day": "1", "cost": "free"})
        .content.decode()
    )
    assert page.index("Tisdag i Granby") < page.index("Annan dag")


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
