"""The first start, the overview, and who does what."""

from __future__ import annotations

import re
import socket
from collections.abc import Callable, Iterator
from datetime import date
from email import message_from_bytes
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from brobygget.circles.models import Circle
from brobygget.home.views import set_up_token
from brobygget.house.models import House, Partner
from brobygget.people.models import Account, Role
from tests.conftest import NOW, TODAY

HOUSE = {
    "name": "Brohuset",
    "town": "Älvnäs",
    "languages": ["sv", "ar"],
    "partner_1": "Älvnäs integration och samverkan",
    "kind_1": "association",
    "partner_2": "Älvnäsbo",
    "kind_2": "housing",
    "kind_3": "other",
    "kind_4": "other",
    "host": "1",
    "called": "Marit",
    "email": "marit@alvnasbo.example",
}


class Post:
    """A mail server on this computer that keeps what it gets."""

    def __init__(self) -> None:
        self.letters: list[str] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 -- its name there
        letter = message_from_bytes(envelope.content)
        payload = letter.get_payload(decode=True)
        assert isinstance(payload, bytes)
        self.letters.append(payload.decode("utf-8"))
        return "250 OK"


@pytest.fixture
def post(settings: Any) -> Iterator[Post]:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    kept = Post()
    server = Controller(kept, hostname="127.0.0.1", port=port)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = port
    yield kept
    server.stop()


def _set_up(press: Callable, **changes: Any) -> tuple[Client, Any]:
    browser = Client(HTTP_ACCEPT_LANGUAGE="sv")
    return browser, press(browser, reverse("home:set_up", args=[set_up_token()]), **{**HOUSE, **changes})


def test_an_empty_house_says_where_to_begin(db: None) -> None:
    page = Client().get("/")
    assert page.status_code == 200
    assert set_up_token() not in page.content.decode()


def test_the_wizard_opens_with_the_terminals_code_only_and_only_once(db: None, press: Callable) -> None:
    assert Client().get(reverse("home:set_up", args=["guess"])).status_code == 404
    _, answer = _set_up(press)
    assert (answer.status_code, answer["Location"]) == (302, reverse("home:set_up_done"))
    assert Client().get(reverse("home:set_up", args=[set_up_token()])).status_code == 404
    house = House.objects.get()
    assert (house.name, house.language_codes) == ("Brohuset", ["sv", "ar"])
    assert list(Partner.objects.order_by("pk").values_list("name", "is_host")) == [
        ("Älvnäs integration och samverkan", True),
        ("Älvnäsbo", False),
    ]
    assert sorted(Role.objects.values_list("kind", flat=True)) == ["coordinator", "leader"]


def test_the_first_leader_signs_in_with_the_code_from_a_real_mail(
    db: None, press: Callable, post: Post
) -> None:
    browser, _ = _set_up(press)
    done = browser.get(reverse("home:set_up_done")).content.decode()
    assert HOUSE["email"] in done
    asked = browser.post(reverse("account_request_login_code"), {"email": HOUSE["email"]})
    assert asked.status_code == 302
    code = re.search(r"^\s*([A-Z0-9]{3,}-?[A-Z0-9]{3,})\s*$", post.letters[-1], re.MULTILINE)
    assert code is not None, post.letters[-1]
    answer = browser.post(reverse("account_confirm_login_code"), {"code": code.group(1)})
    assert (answer.status_code, answer["Location"]) == (302, reverse("home:start"))
    assert browser.get(reverse("home:overview")).status_code == 200


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": ""}, "Skriv något först"),
        ({"email": "marit"}, ""),
        ({"languages": []}, ""),
        ({"host": "3"}, "Välj en av organisationerna"),
        ({"partner_2": "älvnäs integration och samverkan"}, "samma namn"),
        ({"called": "121212-1212"}, "Vi sparar aldrig"),
    ],
)
def test_what_is_missing_is_said_and_the_rest_is_kept(
    changes: dict[str, Any], sentence: str, db: None, press: Callable
) -> None:
    _, answer = _set_up(press, **changes)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert "Älvnäs" in page
    assert not House.objects.exists()


def test_nobody_makes_an_account_for_themselves(house: House) -> None:
    answer = Client().post(reverse("account_signup"), {"email": "stranger@alvnas.example"})
    assert answer.status_code in {200, 302, 403}
    assert not Account.objects.exists()


def test_an_unknown_address_gets_the_same_answer_as_a_known_one(house: House, marit: Account) -> None:
    answers = []
    for email in (marit.email, "stranger@alvnas.example"):
        answer = Client().post(reverse("account_request_login_code"), {"email": email})
        answers.append((answer.status_code, answer["Location"]))
    assert answers[0] == answers[1]


def test_a_coordinator_invites_by_fixed_words_once_a_day(
    marit: Account, client_of_account: Callable, press: Callable
) -> None:
    desk = client_of_account(marit)
    words = {"called": "Ali <b>", "email": "ali@alvnas.example"}
    for kind in ("interpreter", "reception"):
        press(desk, reverse("home:invitation"), **words, kind=kind)
    assert len(mail.outbox) == 1
    assert "Ali" not in mail.outbox[0].body
    assert reverse("account_request_login_code") in mail.outbox[0].body
    invited = Account.objects.get(email="ali@alvnas.example")
    assert set(invited.roles.values_list("kind", flat=True)) == {"interpreter", "reception"}


def test_a_role_that_has_ended_opens_no_door(
    marit: Account, elsa: Account, client_of_account: Callable, press: Callable
) -> None:
    desk = client_of_account(elsa)
    assert desk.get(reverse("house:reception")).status_code == 200
    press(client_of_account(marit), reverse("home:role_ending", args=[elsa.roles.get().pk]))
    assert desk.get(reverse("house:reception")).status_code == 404


def test_a_house_always_keeps_a_coordinator(
    marit: Account, client_of_account: Callable, press: Callable
) -> None:
    role = marit.roles.get(kind="coordinator")
    press(client_of_account(marit), reverse("home:role_ending", args=[role.pk]))
    role.refresh_from_db()
    assert role.until is None


def test_the_public_page_tells_no_circle_place_or_time(house: House, circle: Circle) -> None:
    circle.meetings.create(number=1, starts_at=NOW, place="Hemliga rummet")
    page = Client().get("/").content.decode()
    assert "Hemliga rummet" not in page
    assert circle.name not in page


def test_the_overview_asks_the_same_with_three_circles_and_with_sixty(
    house: House, marit: Account, client_of_account: Callable
) -> None:
    desk = client_of_account(marit)
    asked = []
    for number in (3, 57):
        for n in range(number):
            made = Circle.objects.create(
                house=house, name=f"Cirkel {number}-{n}", leader=marit, started_on=TODAY
            )
            made.meetings.create(number=1, starts_at=NOW)
        desk.get(reverse("home:overview"))
        with CaptureQueriesContext(connection) as queries:
            desk.get(reverse("home:overview"))
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_somebody_with_two_houses_chooses(
    house: House, other_house: House, marit: Account, client_of_account: Callable, press: Callable
) -> None:
    Role.objects.create(account=marit, house=other_house, kind="coordinator", since=date(2026, 12, 4))
    desk = client_of_account(marit)
    assert "Brohuset" in desk.get(reverse("home:overview")).content.decode()
    desk.post(reverse("home:choose_house", args=[other_house.pk]))
    assert "<h1>Granhuset" in desk.get(reverse("home:overview")).content.decode()
    assert desk.post(reverse("home:choose_house", args=[999_999])).status_code == 404
