"""Everything printed for the day: read back in six scripts, looked at as pictures, and what people wrote stands as it is."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from brobygget.associations.models import Association, AssociationInterest
from brobygget.house.models import House, Partner
from brobygget.openhouse.commands import events, floor, floor_halls
from brobygget.openhouse.commands.floor_halls import HallFacts, Rows
from brobygget.openhouse.forms.badges import MOST, Badge
from brobygget.openhouse.models import Answer, Invitation, OpenHouse, PlaceRule
from brobygget.openhouse.queries.floor import floor_of
from brobygget.openhouse.queries.invitations import with_ways
from brobygget.openhouse.queries.reminders import reminded_of
from brobygget.openhouse.views import phrases
from brobygget.openhouse.views.badges import badges_of
from brobygget.openhouse.views.confirmations import sheets_of
from brobygget.openhouse.views.floor_paper import map_of
from brobygget.openhouse.views.letters import letters_of
from brobygget.openhouse.views.places import order_of
from brobygget.openhouse.views.posters import poster_of
from brobygget.openhouse.views.signs import sheet_of, signs_of
from brobygget.openhouse.views.stamp_cards import stamp_cards_of
from brobygget.people.models import Account
from brobygget.web import printing
from tests.conftest import NOW, TODAY
from tests.openhouse.conftest import three_hundred_more
from tests.openhouse.papers import ink_in, is_ua, pages_of, pictures_of, size_of, text_of
from tests.openhouse.test_floor import furnished

__all__ = ["furnished"]

Screen = Callable[[Account], Client]
SIX = ("sv", "ar", "fa", "ti", "uk", "so")
# Where a phone's camera looks, as shares of the page.
QR_ON = {
    "sign": (0.84, 0.71, 0.94, 0.855),
    "poster": (0.77, 0.78, 0.89, 0.87),
    "letter": (0.72, 0.62, 0.84, 0.7),
}
SCRIPTS_AND_SIGNS = "الجيران 😊 Сусіди 🇺🇦 ጎረባብቲ 中"
MARKUP = '#import "x": * ]$ *a* <b> \\ @c'
LONG = ("Kulturföreningen Byn och dess vänner i hela länet med omnejd " * 3)[:120]
# A word that has to be read on a sheet in each script, by its language; joined letters may come apart in a reader.
SCRIPTS = {
    "ar": "\u0600-\u06ff",
    "fa": "\u067e\u0686\u06a9\u06af\u06cc",
    "ti": "\u1200-\u137f",
    "uk": "\u0400-\u04ff",
}


@pytest.fixture
def told(the_day: OpenHouse, furnished: dict[str, Invitation]) -> OpenHouse:
    """Three come and have tables, everybody may read about it, and the house speaks six languages."""
    House.objects.update(languages=",".join(SIX))
    Partner.objects.get_or_create(
        house=the_day.house, name="Byns församling", defaults={"kind": Partner.Kind.FAITH}
    )
    AssociationInterest.objects.create(association=furnished["Bandet"].association, interest="football")
    Association.objects.filter(name="Bandet").update(languages=",sv,ti,")
    floor.keep_placed(the_day, floor.place_everybody(floor_of(the_day)), at=NOW)
    floor.tell_floor(the_day, is_told=True, at=NOW)
    events.publish(the_day, is_public=True, on=TODAY, at=NOW)
    return OpenHouse.objects.select_related("house").get(pk=the_day.pk)


def _signs(openhouse: OpenHouse) -> bytes:
    return sheet_of(openhouse, signs_of(openhouse, on=TODAY))


def _letters(openhouse: OpenHouse, most: int = 3) -> bytes:
    found = list(with_ways(openhouse.invitations.order_by("pk")))[:most]
    return letters_of(openhouse, found, address="https://brohuset.example", today=TODAY)


def _order(openhouse: OpenHouse) -> bytes:
    return order_of(openhouse, PlaceRule.objects.get(openhouse=openhouse))


def _badges(openhouse: OpenHouse) -> bytes:
    return badges_of(openhouse, [Badge("Amal", ("ar", "sv")), Badge("فاطمة"), Badge()], role="host")


PAPERS: dict[str, tuple[Callable[[OpenHouse], bytes], int, tuple[int, int]]] = {
    "poster a4": (lambda one: poster_of(one, paper="a4"), 1, (210, 297)),
    "poster a3": (lambda one: poster_of(one, paper="a3"), 1, (297, 420)),
    "signs": (_signs, 3, (297, 210)),
    "map a4": (lambda one: map_of(one, paper="a4", on=TODAY), 1, (297, 210)),
    "map a3": (lambda one: map_of(one, paper="a3", on=TODAY), 1, (420, 297)),
    "stamp cards": (lambda one: stamp_cards_of(one, language="sv"), 2, (210, 297)),
    "badges": (_badges, 1, (210, 297)),
    "phrases": (lambda one: phrases.phrase_sheet_of(one.house), 2, (210, 297)),
    "confirmations": (lambda one: sheets_of(one, reminded_of(one), to_post=True), 3, (210, 297)),
    "letters": (_letters, 3, (210, 297)),
    "order of places": (_order, 1, (210, 297)),
}


@pytest.mark.parametrize("name", PAPERS)
@pytest.mark.parametrize("language", ["sv", "ar"])
def test_every_paper_is_accessible_has_its_pages_and_its_size(
    name: str, language: str, told: OpenHouse
) -> None:
    make, pages, size = PAPERS[name]
    with translation.override(language):
        made = make(told)
    assert (is_ua(made), pages_of(made), size_of(made)) == (True, pages, size)


@pytest.mark.parametrize("name", PAPERS)
def test_every_paper_holds_long_names_and_prints_what_people_wrote_as_it_is(
    name: str, told: OpenHouse, tmp_path: Path
) -> None:
    """The same pages as before: nothing is pushed onto another sheet, and no markup is obeyed."""
    make, pages, _size = PAPERS[name]
    OpenHouse.objects.update(name=MARKUP, place=LONG)
    Association.objects.filter(name="Bandet").update(name=MARKUP)
    Association.objects.filter(name="Köket").update(name=LONG)
    Association.objects.filter(name="Språkcaféet").update(name="Äldrehemsvolontärsamordningsföreningen")
    made = make(OpenHouse.objects.select_related("house").get())
    assert pages_of(made) == pages
    text = text_of(made, tmp_path)
    if name != "phrases":
        assert MARKUP.replace(" ", "") in text.replace(" ", "")
    if name in ("signs", "confirmations"):
        assert LONG.replace(" ", "") in text.replace(" ", "").replace("-", "")
    for picture in pictures_of(made, tmp_path):
        # Nothing runs over the edge: the outermost millimetres are white, but for the poster's bridge.
        assert ink_in(picture, (0, 0, 0.012, 0.3)) == ink_in(picture, (0.988, 0, 1, 0.3)) == 0
        assert ink_in(picture, (0, 0.99, 1, 1)) < 0.01


@pytest.mark.parametrize("name", PAPERS)
def test_no_sign_that_somebody_wrote_stops_a_paper_for_all(
    name: str, told: OpenHouse, tmp_path: Path
) -> None:
    """An emoji or a letter that no font has: what can be shown of the name is there, and the others' pages too."""
    make, pages, _size = PAPERS[name]
    OpenHouse.objects.update(place=f"Älvhallen {SCRIPTS_AND_SIGNS}")
    Association.objects.filter(name="Bandet").update(name=SCRIPTS_AND_SIGNS)
    Answer.objects.update(hands="Baka våfflor 🧇", wish="Nära dörren 🙏")
    made = make(OpenHouse.objects.select_related("house").get())
    assert (is_ua(made), pages_of(made)) == (True, pages)
    if name in ("signs", "confirmations", "letters", "order of places"):
        text = text_of(made, tmp_path)
        assert ("Сусіди" in text, "ጎረባብቲ" in text, "Köket" in text) == (True, True, True)


def test_the_signs_say_in_six_languages_what_it_is_and_that_one_is_welcome(
    told: OpenHouse, tmp_path: Path
) -> None:
    found = signs_of(told, on=TODAY)
    band = next(one for one in found if one["name"] == "Bandet")
    assert [each["code"] for each in band["said"]] == list(SIX)
    assert [each["about"] for each in band["said"]][:2] == ["Fotboll", "كرة القدم"]
    assert len({each["welcome"] for each in band["said"]}) == 6
    assert band["spoken"] == "Svenska · ትግርኛ"
    page = found.index(band) + 1
    text = text_of(sheet_of(told, found), tmp_path, page=page)
    for words in (
        "Bandet",
        band["number"],
        "Gymnastiken",
        "Svenska · ትግርኛ",
        "Ласкаво просимо!",
        "Soo dhawow!",
    ):
        assert words in text
    for said in band["said"]:
        assert said["about"] in text or said["code"] in ("ar", "fa"), said
    association = told.invitations.get(association__name="Bandet").association_id
    assert band["qr"] == printing.qr_svg(settings.ADDRESS + reverse("find:association", args=[association]))
    assert [each["label"] for each in band["pictures"]] == ["fotboll"]
    (sign,) = pictures_of(sheet_of(told, [band]), tmp_path)
    assert 0.3 < ink_in(sign, QR_ON["sign"]) < 0.7
    assert 0.1 < ink_in(sign, (0.855, 0.485, 0.95, 0.615)) < 0.7  # the ball


def test_poster_and_letter_hold_a_square_for_the_phone(told: OpenHouse, tmp_path: Path) -> None:
    (poster,) = pictures_of(poster_of(told, paper="a4"), tmp_path)
    (letter,) = pictures_of(_letters(told, most=1), tmp_path)
    assert 0.3 < ink_in(poster, QR_ON["poster"]) < 0.7
    assert 0.3 < ink_in(letter, QR_ON["letter"]) < 0.7


@pytest.mark.parametrize("name", ["poster a4", "signs", "stamp cards", "phrases"])
def test_six_languages_are_read_back_and_every_letter_has_a_picture(
    name: str, told: OpenHouse, tmp_path: Path
) -> None:
    """Each script is there by its own letters, and no letter is missing from the fonts (the box of .notdef)."""
    made = PAPERS[name][0](told)
    text = text_of(made, tmp_path)
    counted = {code: len(re.findall(f"[{letters}]", text)) for code, letters in SCRIPTS.items()}
    assert min(counted.values()) >= 3, counted
    assert "\ufffd" not in text
    for words in {
        "poster a4": ("Alla är välkomna.", "Запрошуємо всіх.", "ኩሉ ሰብ", "Qof walba waa soo dhawow."),
        "signs": ("Välkommen! Kom och prova.", "Ласкаво просимо!", "እንቋዕ ብደሓን", "Soo dhawow!"),
        "stamp cards": ("Prova något vid ett bord", "Картка зі штампами", "ካርድ ማሕተም", "Kaarka shaambadda"),
        "phrases": ("Vad heter du?", "Як вас звати?", "ስምኩም መን እዩ", "Magacaa?"),
    }[name]:
        assert words in text, words


def test_arabic_and_persian_stand_to_the_right_of_the_card(told: OpenHouse, tmp_path: Path) -> None:
    """The heading of the back of a card begins at the edge where its language begins."""
    begins = {}
    for code in ("sv", "ar", "fa"):
        House.objects.update(languages=code)
        openhouse = OpenHouse.objects.select_related("house").get()
        back = pictures_of(stamp_cards_of(openhouse, language=code), tmp_path)[1]
        left, right = (ink_in(back, (side, 0.024, side + 0.06, 0.042)) for side in (0.042, 0.398))
        begins[code] = "left" if left > right else "right"
    assert begins == {"sv": "left", "ar": "right", "fa": "right"}


def test_arabic_letters_are_joined(told: OpenHouse, tmp_path: Path) -> None:
    """A word of six joined letters takes much less room than the six of them apart would."""
    wide = {}
    for name, alias in {"joined": "بببب", "apart": "ب\u200cب\u200cب\u200cب"}.items():
        (picture,) = pictures_of(badges_of(told, [Badge(alias)], role="host"), tmp_path)
        inked = [x for x in range(100) if ink_in(picture, (0.08 + x / 250, 0.09, 0.084 + x / 250, 0.16)) > 0]
        wide[name] = max(inked) - min(inked)
    assert 0 < wide["joined"] < 0.7 * wide["apart"]


def test_the_poster_is_read_from_three_metres(told: OpenHouse, tmp_path: Path) -> None:
    """The hour fills the width of the sheet, and the bridge goes from edge to edge."""
    (picture,) = pictures_of(poster_of(told, paper="a4"), tmp_path)
    text = text_of(poster_of(told, paper="a4"), tmp_path)
    for words in (
        "Föreningsdag",
        "Lördag 24 april",
        "11.00–16.00",
        "Älvhallen, Storgatan 2",
        "Byns församling",
    ):
        assert words in text
    rows = [ink_in(picture, (0.07, top / 100, 0.93, (top + 1) / 100)) for top in range(100)]
    inked = [top for top, share in enumerate(rows) if share > 0.2]
    assert inked, "large letters somewhere"
    assert ink_in(picture, (0, 0.5, 0.02, 0.75)) > 0.05


def test_the_map_names_those_who_are_shown_and_never_one_that_is_hidden(
    told: OpenHouse, tmp_path: Path
) -> None:
    Association.objects.filter(name="Bandet").update(hidden_on=TODAY)
    with translation.override("sv"):
        text = text_of(map_of(told, paper="a3", on=TODAY), tmp_path)
    assert ("Köket" in text, "Språkcaféet" in text, "Bandet" in text) == (True, True, False)
    # Of five tables two are free; the hidden one's is not called so.
    assert len(re.findall(r"\d ledigt", text)) == 2
    signs = [one["name"] for one in signs_of(told, on=TODAY)]
    assert sorted(signs) == ["Köket", "Språkcaféet"]


def test_a_map_of_a_hundred_and_twenty_tables_says_them_all(told: OpenHouse, tmp_path: Path) -> None:
    hall = floor_halls.put_up_hall(told, facts=HallFacts(name="Ishallen", wide=600, deep=300))
    floor_halls.put_up_rows(hall, rows=Rows(tables=115, rows=8))
    with translation.override("sv"):
        made = map_of(told, paper="a3", on=TODAY)
    text = text_of(made, tmp_path)
    assert pages_of(made) >= 2
    assert {str(number) for number in range(1, 121)} <= set(text.split())


@pytest.mark.parametrize(
    ("halls", "said"), [(0, "Minst 5 stämplar."), (2, "från minst 2 salar"), (7, "från minst 3 salar")]
)
def test_a_stamp_card_asks_for_no_more_halls_than_there_are(
    halls: int, said: str, the_day: OpenHouse, tmp_path: Path
) -> None:
    for number in range(halls):
        floor_halls.put_up_hall(the_day, facts=HallFacts(name=f"Sal {number}", wide=100, deep=100))
    made = stamp_cards_of(OpenHouse.objects.select_related("house").get(), language="sv")
    text = text_of(made, tmp_path, page=1)
    assert (pages_of(made), said in text) == (2, True)
    assert text.count("Lär dig namnet på någon du inte kände") == 4
    assert all(text.count(f"Sal {number}") == 4 for number in range(halls))


def test_the_phrase_sheet_says_honestly_who_has_read_it(house: House, tmp_path: Path) -> None:
    text = text_of(phrases.phrase_sheet_of(house), tmp_path)
    assert "Lästa av någon som har språket som sitt eget: svenska och engelska." in text
    assert "Inte än: arabiska, dari, tigrinja, somaliska och ukrainska." in text
    facts = phrases.written()
    assert len(facts["phrases"]) == 10
    for one in facts["phrases"]:
        assert set(one) == {"sv", *facts["languages"]}
        assert all(one[code][0] and (one[code][1] or code == "en") for code in facts["languages"])


def test_two_hundred_badges_are_twenty_sheets_and_no_name_is_kept(
    told: OpenHouse, marit: Account, client_of_account: Screen, tmp_path: Path
) -> None:
    lines = "\n".join(f"Gäst {number}, arabiska" for number in range(195))
    client = client_of_account(marit)
    with CaptureQueriesContext(connection) as asked:
        answer = client.post(
            f"/open-houses/{told.pk}/papers/badges/", {"role": "visitor", "lines": lines, "empty": "5"}
        )
    assert (answer.status_code, pages_of(answer.content), is_ua(answer.content)) == (200, 20, True)
    text = text_of(answer.content, tmp_path)
    assert all(f"Gäst {number}" in text for number in (0, 99, 194))
    assert text.count("Jag heter") == 5
    assert not [one["sql"] for one in asked if "Gäst" in one["sql"]]
    assert answer.headers["Cache-Control"] == "no-store, private"


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"lines": "x\n" * 5_900}, f"det finns plats för {MOST}"),
        ({"lines": "Namn nummer ett\n" * 1_000}, "tecken"),
        ({"lines": "Amal 19121212-1212"}, "Det ser ut som ett personnummer."),
        ({"lines": "Amal, klingonska"}, "klingonska"),
        ({"lines": "", "empty": ""}, "Skriv minst ett namn, eller hur många tomma."),
        ({"lines": "", "empty": "-3"}, "Färre än noll går inte att skriva ut."),
        ({"lines": "Amal", "empty": "10000"}, f"det finns plats för {MOST}"),
        ({"lines": "Amal", "empty": "många"}, "Skriv en siffra, till exempel 5."),
    ],
    ids=[
        "6,000 aliases",
        "too long",
        "personnummer",
        "no language",
        "nothing",
        "minus",
        "10,001",
        "no number",
    ],
)
def test_what_cannot_be_a_badge_gets_a_sentence_and_nothing_is_lost(
    fields: dict[str, str], sentence: str, told: OpenHouse, marit: Account, client_of_account: Screen
) -> None:
    answer = client_of_account(marit).post(
        f"/open-houses/{told.pk}/papers/badges/", {"role": "visitor", **fields}
    )
    page = answer.content.decode()
    assert (answer.status_code, sentence in page) == (422, True)
    assert fields["lines"].split("\n")[0] in page


def test_the_page_says_why_a_paper_cannot_be_printed_yet(
    the_day: OpenHouse, marit: Account, client_of_account: Screen
) -> None:
    client = client_of_account(marit)
    page = client.get(f"/open-houses/{the_day.pk}/papers/").content.decode()
    for sentence in (
        "Ingen har fått plats än.",
        "Visa planritningen för alla först, så att inget skrivs ut som ännu flyttas.",
        "Låt alla läsa om dagen först: rutan på affischen leder dit.",
    ):
        assert sentence in page
    papers = f"/open-houses/{the_day.pk}/papers/"
    files = ("poster-a3.pdf", "signs.pdf", "map-a3.pdf", "poster-a5.pdf", "stamp-cards.pdf?language=xx")
    assert [client.get(papers + name).status_code for name in files] == [404] * 5
    assert client.get(f"{papers}stamp-cards.pdf").status_code == 200


def test_a_day_that_is_called_off_gets_no_posters_and_no_confirmations(
    told: OpenHouse,
    furnished: dict[str, Invitation],
    marit: Account,
    client_of_account: Screen,
    client_invited: Callable[[Invitation], Client],
) -> None:
    events.call_off(told, on=TODAY, at=NOW)
    client = client_of_account(marit)
    assert "Dagen är inställd." in client.get(f"/open-houses/{told.pk}/papers/").content.decode()
    assert client.get(f"/open-houses/{told.pk}/papers/poster-a3.pdf").status_code == 404
    own = client_invited(furnished["Köket"]).get(f"/open-house/{told.pk}/answer/confirmation.pdf")
    assert own.status_code == 404


def test_a_leader_prints_what_everybody_may_read_and_no_confirmations(
    told: OpenHouse, birgit: Account, client_of_account: Screen
) -> None:
    client = client_of_account(birgit)
    page = client.get(f"/open-houses/{told.pk}/papers/").content.decode()
    assert ("Bordsskyltar" in page, "Körschema" in page, "Bekräftelser" in page) == (True, True, False)
    events.publish(told, is_public=False, on=TODAY, at=NOW)
    page = client.get(f"/open-houses/{told.pk}/papers/").content.decode()
    assert "Skyltarna kan skrivas ut när alla kan läsa om dagen." in page
    assert client.get(f"/open-houses/{told.pk}/papers/signs.pdf").status_code == 404


@pytest.mark.parametrize("address", ["papers/", "papers/signs.pdf", "papers/map-a4.pdf"])
def test_papers_of_three_and_of_three_hundred_ask_as_many_questions(
    address: str, told: OpenHouse, marit: Account, client_of_account: Screen
) -> None:
    client = client_of_account(marit)
    address = f"/open-houses/{told.pk}/{address}"
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        assert client.get(address).status_code == 200
    three_hundred_more(told, given_at=NOW)
    with CaptureQueriesContext(connection) as many:
        assert client.get(address).status_code == 200
    assert len(few) == len(many)


def test_the_words_of_signs_posters_and_cards_exist_in_every_language() -> None:
    """A sentence that is missing would stand in Swedish under another language's name."""
    for source in (
        "Everybody is welcome. It costs nothing.",
        "Welcome! Come and try.",
        "Stamp card",
        "Try something at a table, and you get a stamp.",
        "At least %(stamps)d stamps, from at least %(zones)d halls.",
        "Learn the name of somebody you did not know.",
        "Hand the card in on your way out, and you take part in a draw. It costs nothing.",
    ):
        said = set()
        for code in SIX:
            with translation.override(code):
                said.add(gettext(source))
        assert len(said) == len(SIX), source
