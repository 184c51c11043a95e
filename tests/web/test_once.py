"""A press that arrives twice counts once, and answers the same."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from brobygget.circles.models import Circle, Invitation, Membership
from brobygget.people.models import Account, PersonalLink
from brobygget.web.models import Receipt


def test_the_same_press_twice_is_one_press_with_the_same_answer(
    amina: Membership, client_of: Callable, press: Callable
) -> None:
    phone, key = client_of(amina), str(uuid.uuid4())
    before = PersonalLink.objects.count()
    answers = [press(phone, reverse("people:way_back"), key=key) for _ in range(3)]
    assert {(a.status_code, a["Location"]) for a in answers} == {(302, reverse("people:me"))}
    assert PersonalLink.objects.count() - before == 2


def test_two_presses_are_two_presses(amina: Membership, client_of: Callable, press: Callable) -> None:
    phone = client_of(amina)
    before = PersonalLink.objects.count()
    for _ in range(2):
        press(phone, reverse("people:way_back"))
    assert PersonalLink.objects.count() - before == 4


def test_the_same_key_with_other_words_is_refused_and_the_first_stays(
    amina: Membership, client_of: Callable, press: Callable
) -> None:
    phone, key = client_of(amina), str(uuid.uuid4())
    press(phone, reverse("people:me"), key=key, alias="Nour", language="ar")
    second = press(phone, reverse("people:me"), key=key, alias="Huda", language="ar")
    assert second.status_code == 409
    amina.participant.refresh_from_db()
    assert amina.participant.alias == "Nour"


@pytest.mark.parametrize("key", ["", "not-a-key", "0" * 31])
def test_a_form_without_a_right_key_saves_nothing_and_says_so(
    key: str, amina: Membership, client_of: Callable
) -> None:
    answer = client_of(amina).post(reverse("people:me"), {"key": key, "alias": "Nour", "language": "ar"})
    assert answer.status_code == 422
    amina.participant.refresh_from_db()
    assert amina.participant.alias == "Amina"


def test_a_form_that_was_wrong_may_be_sent_again_with_its_key(
    amina: Membership, client_of: Callable, press: Callable
) -> None:
    phone, key = client_of(amina), str(uuid.uuid4())
    assert press(phone, reverse("people:me"), key=key, alias="😀", language="ar").status_code == 422
    assert not Receipt.objects.exists()
    assert press(phone, reverse("people:me"), key=key, alias="Nour", language="ar").status_code == 302


def test_a_phone_that_sends_what_it_kept_is_told_only_that_it_is_saved(
    amina: Membership, client_of: Callable
) -> None:
    phone, key = client_of(amina), str(uuid.uuid4())
    for _ in range(2):
        answer = phone.post(reverse("people:way_back"), {"key": key}, headers={"X-Outbox": "1"})
        assert (answer.status_code, answer.content) == (204, b"")


def test_a_receipt_tells_nobody_who_pressed_what(
    amina: Membership, client_of: Callable, press: Callable
) -> None:
    press(client_of(amina), reverse("people:me"), alias="Nour", language="ar")
    receipt = Receipt.objects.get()
    assert {f.name for f in Receipt._meta.fields} == {"key", "fingerprint", "location", "made_on"}
    assert "Nour" not in receipt.location
    assert str(amina.participant_id) not in receipt.location


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_are_one(circle: Circle, birgit: Account, client_of_account: Callable) -> None:
    key = str(uuid.uuid4())
    url = reverse("circles:tickets", args=[circle.pk])
    clients = [client_of_account(birgit) for _ in range(20)]
    statuses: list[Any] = []

    def send(client: Client) -> None:
        try:
            statuses.append(client.post(url, {"key": key, "count": "3"}).status_code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [302] * 20
    assert Invitation.objects.filter(kind="ticket").count() == 3
