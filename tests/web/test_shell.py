"""Addresses of the shell: language, the neutral page, the style sheet, what is shown when something is wrong."""

from __future__ import annotations

import brotli
import pytest
from django.http import Http404, HttpRequest
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation

from brobygget.web import errors, languages, live, sheet, style_page
from brobygget.web.leaving import weeks_around
from tests.conftest import NOW

pytestmark = pytest.mark.django_db


def test_a_language_is_remembered_and_the_same_page_shown() -> None:
    client = Client()
    response = client.post(reverse("web:language"), {"language": "ar", "next": "/style/?x=1"})
    assert (response.status_code, response.headers["Location"]) == (302, "/style/?x=1")
    cookie = response.cookies["language"]
    assert (cookie.value, cookie["httponly"], cookie["samesite"]) == ("ar", True, "Lax")
    assert b'lang="ar" dir="rtl"' in client.get("/style/phone/").content


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "", "style/"],
)
def test_the_way_back_never_leads_out_of_the_house(elsewhere: str) -> None:
    response = Client().post(reverse("web:language"), {"language": "sv", "next": elsewhere})
    assert response.headers["Location"] == "/"


def test_a_language_that_we_do_not_have_is_told_so() -> None:
    response = Client().post(reverse("web:language"), {"language": "xx", "next": "/style/"})
    assert response.status_code == 422
    assert "language" not in response.cookies
    assert Client().get(reverse("web:language")).status_code == 405


def test_a_choice_of_language_without_a_token_is_refused() -> None:
    response = Client(enforce_csrf_checks=True).post(reverse("web:language"), {"language": "ar"})
    assert response.status_code == 403
    assert "har varit öppen länge" in response.content.decode()


def test_the_neutral_page_tells_nothing_of_the_house() -> None:
    page = Client().get(reverse("web:calendar")).content.decode().lower()
    assert "januari" in page
    assert 'aria-current="date"' in page
    assert not any(word in page for word in ("bro", "cirkel", "deltagare", "web.css", "mark.svg", "älvnäs"))


def test_the_neutral_month_has_every_day_once() -> None:

    weeks = weeks_around(NOW)
    days = [day.number for week in weeks for day in week.days if day.is_in_month]
    assert days == list(range(1, 32))
    assert [day.number for week in weeks for day in week.days if day.is_today] == [22]
    assert [week.number for week in weeks] == [53, 1, 2, 3, 4]


def test_the_style_sheet_is_one_answer_that_may_be_kept_for_ever() -> None:
    response = Client().get(sheet.address(), headers={"accept-encoding": "br"})
    assert response.headers["Content-Encoding"] == "br"
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    text = brotli.decompress(response.content).decode()
    assert text == Client().get(sheet.address()).content.decode()
    assert "../fonts" not in text
    assert "web/fonts/familjen-grotesk-latin.woff2" in text
    assert text.index("@layer reset, tokens") == 0 or text.strip().startswith("@layer reset, tokens")


def test_an_old_address_of_the_style_sheet_leads_to_the_new_one() -> None:
    response = Client().get(reverse("web:sheet", args=["0123456789ab"]))
    assert (response.status_code, response.headers["Location"]) == (302, sheet.address())
    assert "immutable" not in response.headers.get("Cache-Control", "")


@pytest.mark.parametrize("code", languages.BY_CODE)
def test_the_style_page_and_all_samples_can_be_shown_in_every_language(code: str) -> None:
    client = Client()
    client.cookies["language"] = code
    for address in ["/style/", *[reverse("web:sample", args=[kind]) for kind in style_page.KINDS]]:
        response = client.get(address)
        assert response.status_code == 200, address
        page = response.content.decode()
        language = languages.BY_CODE[code]
        direction = "rtl" if language.is_right_to_left else "ltr"
        assert f'<html lang="{language.tag}" dir="{direction}"' in page
    assert client.get("/style/nothing/").status_code == 404


def test_the_tab_shows_the_words_of_the_heading_without_markup() -> None:
    page = Client().get("/style/table/").content.decode()
    assert "<title>Inbjudna föreningar · Brobygget</title>" in page
    assert "<h1>Inbjudna föreningar</h1>" in page


def test_a_page_that_is_not_there_says_so_and_shows_the_way_on() -> None:
    response = Client().get("/there/is/no/such/page/")
    page = response.content.decode()
    assert response.status_code == 404
    assert "Den här sidan finns inte." in page
    assert "Till startsidan" in page


def test_each_kind_of_error_has_its_page() -> None:
    def request() -> HttpRequest:
        made = RequestFactory().get("/x/")
        made.house = None  # type: ignore[attr-defined]
        made.participant = None  # type: ignore[attr-defined]
        return made

    with translation.override("sv"):
        assert errors.not_found(request(), Http404()).status_code == 404
        assert errors.forbidden(request(), PermissionError()).status_code == 403
        assert errors.bad_request(request(), ValueError()).status_code == 400
        assert errors.csrf_failure(request()).status_code == 403


def test_a_broken_house_still_says_that_nothing_is_lost(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        response = errors.server_error(RequestFactory().get("/x/"))
    assert response.status_code == 500
    assert "Det som var sparat är fortfarande sparat." in response.content.decode()


def test_a_fragment_is_sent_once_and_then_nothing_new_is_said() -> None:
    drawn = []

    def context() -> dict[str, object]:
        drawn.append(1)
        return {"text": "Elin", "told": "24", "drawing": ""}

    factory = RequestFactory()
    first = live.live_response(factory.get("/x/"), "web/_time.html", context, "7")
    again = live.live_response(
        factory.get("/x/", headers={"if-none-match": first.headers["ETag"]}), "web/_time.html", context, "7"
    )
    later = live.live_response(
        factory.get("/x/", headers={"if-none-match": first.headers["ETag"]}), "web/_time.html", context, "8"
    )
    assert [first.status_code, again.status_code, later.status_code] == [200, 304, 200]
    assert b"Elin" in first.content
    assert again.content == b""
    assert len(drawn) == 2


def test_the_same_fragment_in_another_language_is_another_version() -> None:
    factory = RequestFactory()
    with translation.override("sv"):
        swedish = live.live_response(factory.get("/x/"), "web/_unreviewed.html", {}, "1")
    with translation.override("ar"):
        request = factory.get("/x/", headers={"if-none-match": swedish.headers["ETag"]})
        assert live.live_response(request, "web/_unreviewed.html", {}, "1").status_code == 200


def test_a_shared_fragment_is_drawn_once_for_everybody() -> None:
    drawn = []

    def context() -> dict[str, object]:
        drawn.append(1)
        return {"text": "shared", "told": "", "drawing": ""}

    answers = [
        live.live_response(
            RequestFactory().get("/x/"), "web/_time.html", context, "shared-1", is_shared=True
        ).content
        for _ in range(3)
    ]
    assert len(set(answers)) == 1
    assert len(drawn) == 1
