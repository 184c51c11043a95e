"""Coming into a circle without e-mail, telephone number or password."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from brobygget.circles.commands import joining
from brobygget.circles.models import Circle, Invitation, Membership
from brobygget.people import queries as people
from brobygget.people.models import Account, Participant, PersonalLink
from brobygget.people.request import COOKIE
from tests.conftest import NOW, TODAY

FIELDS = {"alias": "Samira", "language": "fa", "years_here": "<1"}


def _without_secrets(page: bytes) -> str:
    """A page without its own address and what is new on each showing."""
    return re.sub(r'value="[^"]*"|/join/[^/"]*/', "", page.decode())


@pytest.fixture
def link(circle: Circle) -> str:
    return reverse("circles:join", args=[joining.token_of(joining.open_invitation(circle, on=TODAY))])


def test_a_link_lets_somebody_in_with_an_alias_and_a_language(
    link: str, circle: Circle, press: Callable
) -> None:
    phone = Client()
    answer = press(phone, link, **FIELDS)
    assert (answer.status_code, answer["Location"]) == (302, reverse("circles:welcome"))
    person = circle.memberships.get().participant
    assert (person.alias, person.language, person.years_here) == ("Samira", "fa", "<1")
    assert phone.get(reverse("people:me")).status_code == 200


def test_years_here_may_be_left_out(link: str, circle: Circle, press: Callable) -> None:
    press(Client(), link, alias="Selam", language="ti")
    assert circle.memberships.get().participant.years_here == ""


def test_looking_at_a_link_twenty_times_changes_nothing(link: str) -> None:
    for _ in range(20):
        assert Client().get(link).status_code == 200
    assert (Participant.objects.count(), PersonalLink.objects.count()) == (0, 0)


def test_a_doubled_press_takes_one_seat_and_gives_the_same_phone(
    link: str, circle: Circle, press: Callable
) -> None:
    key = str(uuid.uuid4())
    first = press(Client(), link, key=key, **FIELDS)
    second = press(Client(), link, key=key, **FIELDS)
    assert circle.memberships.count() == 1
    assert first.cookies[COOKIE].value == second.cookies[COOKIE].value


def test_the_secret_of_a_phone_is_in_no_table(link: str, press: Callable) -> None:
    secret = press(Client(), link, **FIELDS).cookies[COOKIE].value
    stored = [str(value) for row in PersonalLink.objects.values_list() for value in row]
    assert secret not in stored


@pytest.mark.parametrize("wrong", ["x", "A" * 22, "../../etc", "%00"])
def test_a_wrong_link_says_so_kindly(wrong: str, circle: Circle) -> None:
    answer = Client().get(reverse("circles:join", args=["x"]).replace("x", wrong, 1).replace("//", "/"))
    assert answer.status_code == 404


def test_a_closed_link_lets_nobody_in_and_says_the_same_as_a_wrong_one(
    link: str, circle: Circle, press: Callable
) -> None:
    joining.revoke_invitations(circle, kind="link", at=NOW)
    closed = press(Client(), link, **FIELDS)
    wrong = press(Client(), reverse("circles:join", args=["A" * 22]), **FIELDS)
    assert closed.status_code == wrong.status_code == 404
    same = [
        _without_secrets(Client().get(url).content)
        for url in (link, reverse("circles:join", args=["A" * 22]))
    ]
    assert same[0] == same[1]
    assert circle.memberships.count() == 0


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"alias": "😀😀"}, "Skriv minst en bokstav"),
        ({"alias": "   "}, "Skriv något"),
        ({"alias": "A" * 31}, "31"),
        ({"alias": "19121212-1212"}, "Vi sparar aldrig"),
        ({"language": "xx"}, ""),
        ({"years_here": "42"}, ""),
    ],
)
def test_what_cannot_be_is_said_and_the_rest_is_kept(
    fields: dict[str, str], sentence: str, link: str, circle: Circle, press: Callable
) -> None:
    answer = press(Client(HTTP_ACCEPT_LANGUAGE="sv"), link, **{**FIELDS, **fields})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert circle.memberships.count() == 0


def test_markup_in_an_alias_is_shown_as_it_was_written(link: str, press: Callable) -> None:
    phone = Client()
    press(phone, link, **{**FIELDS, "alias": "<b>Ali</b>"})
    page = phone.get(reverse("people:me")).content.decode()
    assert "&lt;b&gt;Ali&lt;/b&gt;" in page
    assert "<b>Ali" not in page


def test_four_words_let_one_person_in_once(circle: Circle, press: Callable) -> None:
    ticket = joining.print_tickets(circle, count=1, at=NOW, on=TODAY)[0]
    words = joining.words_of(ticket).replace(" ", " - ").upper()
    door = press(Client(), reverse("circles:ticket"), words=words)["Location"]
    assert press(Client(), door, **FIELDS).status_code == 302
    assert press(Client(), door, **FIELDS).status_code == 409
    assert press(Client(), reverse("circles:ticket"), words=words).status_code == 422
    assert circle.memberships.count() == 1


def test_an_old_ticket_is_not_known_any_more(circle: Circle, press: Callable) -> None:
    ticket = joining.print_tickets(circle, count=1, at=NOW - timedelta(days=61), on=TODAY)[0]
    assert press(Client(), reverse("circles:ticket"), words=joining.words_of(ticket)).status_code == 422


def test_a_dead_phone_comes_back_with_four_words_and_loses_nothing(
    link: str, circle: Circle, press: Callable
) -> None:
    press(Client(), link, **FIELDS)
    person = circle.memberships.get().participant
    way = people.way_back_of(person)
    assert way is not None
    new_phone = Client()
    press(new_phone, reverse("circles:ticket"), words=way.words)
    assert "Samira" in new_phone.get(reverse("people:me")).content.decode()
    assert circle.memberships.count() == 1


def test_a_way_back_link_is_only_used_by_the_button(
    amina: Membership, client_of: Callable, press: Callable
) -> None:
    client = client_of(amina)
    press(client, reverse("people:way_back"))
    way = people.way_back_of(amina.participant)
    assert way is not None
    door = reverse("people:come_back", args=[way.token])
    stranger = Client()
    assert stranger.get(door).status_code == 200
    assert COOKIE not in stranger.cookies
    assert press(stranger, door).status_code == 302
    assert stranger.get(reverse("people:me")).status_code == 200


def test_one_purpose_never_does_anothers_job(amina: Membership, client_of: Callable, press: Callable) -> None:
    press(client_of(amina), reverse("people:way_back"))
    way = people.way_back_of(amina.participant)
    assert way is not None
    assert people.participant_behind(way.token, purpose=PersonalLink.Purpose.DEVICE) is None
    assert people.participant_behind(way.words, purpose=PersonalLink.Purpose.DEVICE) is None
    assert Client().get(reverse("circles:join", args=[way.token])).status_code == 404


def test_a_lost_phone_is_closed_on_its_next_press(
    amina: Membership, birgit: Account, client_of: Callable, client_of_account: Callable, press: Callable
) -> None:
    phone = client_of(amina)
    assert phone.get(reverse("people:me")).status_code == 200
    url = reverse("circles:lost_phone", args=[amina.circle_id, amina.pk])
    answer = press(client_of_account(birgit), url)
    assert answer.status_code == 302
    assert phone.get(reverse("people:me")).status_code == 404
    page = client_of_account(birgit).get(answer["Location"]).content.decode()
    way = people.way_back_of(amina.participant)
    assert way is not None
    assert all(word in page for word in way.words.split())


def test_forget_me_removes_the_person_and_leaves_the_circle(
    amina: Membership, circle: Circle, client_of: Callable, press: Callable
) -> None:
    phone = client_of(amina)
    assert press(phone, reverse("people:forget"))["Location"] == reverse("people:forgotten")
    assert not Participant.objects.exists()
    assert not Membership.objects.exists()
    assert Circle.objects.filter(pk=circle.pk).exists()


def test_changing_alias_and_language_is_the_participants_own_choice(
    amina: Membership, client_of: Callable, press: Callable
) -> None:
    phone = client_of(amina)
    press(phone, reverse("people:me"), alias="Nour", language="en", years_here="")
    amina.participant.refresh_from_db()
    assert (amina.participant.alias, amina.participant.language) == ("Nour", "en")


def test_tickets_print_as_a_tagged_pdf(circle: Circle, birgit: Account, client_of_account: Callable) -> None:
    joining.print_tickets(circle, count=8, at=NOW, on=TODAY)
    answer = client_of_account(birgit).get(reverse("circles:tickets_paper", args=[circle.pk]))
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")


def test_the_door_is_the_leaders_only(
    circle: Circle,
    birgit: Account,
    doris: Account,
    frans: Account,
    marit: Account,
    client_of_account: Callable,
) -> None:
    url = reverse("circles:invitations", args=[circle.pk])
    answers = {a.called: client_of_account(a).get(url).status_code for a in (birgit, marit, doris, frans)}
    assert answers == {"Birgit": 200, "Marit": 200, "Doris": 404, "Frans": 404}
    assert Client().get(url).status_code == 302


def test_a_ticket_is_one_of_many_even_when_two_press_at_once(circle: Circle, press: Callable) -> None:
    ticket = joining.print_tickets(circle, count=1, at=NOW, on=TODAY)[0]
    door = press(Client(), reverse("circles:ticket"), words=joining.words_of(ticket))["Location"]
    pages = [Client(), Client()]
    answers = sorted(press(page, door, **FIELDS).status_code for page in pages)
    assert answers == [302, 409]
    assert Invitation.objects.get(pk=ticket.pk).used_at == NOW
