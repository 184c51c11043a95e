"""Forgotten is gone: from the tables, from the files, and a second press answers the same."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse

from brobygget.circles.models import Membership, OwnCard
from brobygget.people.models import Participant, PersonalLink
from brobygget.people.request import COOKIE

CANARY = "Vinterkanariefågel".encode()


def _on_disk() -> bytes:
    name = str(settings.DATABASES["default"]["NAME"])
    return b"".join(file.read_bytes() for file in Path(name).parent.glob(f"{Path(name).name}*"))


@pytest.mark.on_sqlite
@pytest.mark.django_db(transaction=True)
def test_no_trace_is_left_in_the_files_of_the_database(
    amina: Membership, client_of: Callable, press: Callable
) -> None:
    phone = client_of(amina)
    press(phone, reverse("people:way_back"))
    OwnCard.objects.create(membership=amina, text=CANARY.decode())
    with connection.cursor() as cursor:
        cursor.execute("SELECT alias FROM people_participant")
        sealed = cursor.fetchone()[0].encode()
    digests = [digest.encode() for digest in PersonalLink.objects.values_list("digest", flat=True)]
    before = _on_disk()
    traces = [CANARY, sealed, str(amina.participant_id).replace("-", "").encode(), *digests]
    assert len(digests) == 3
    assert [trace for trace in traces if trace not in before] == []

    assert press(phone, reverse("people:forget")).status_code == 302
    after = _on_disk()
    assert [trace for trace in traces if trace in after] == []


def test_a_doubled_press_says_the_same(amina: Membership, client_of: Callable) -> None:
    phone, key = client_of(amina), str(uuid.uuid4())
    answers = [phone.post(reverse("people:forget"), {"key": key}) for _ in range(2)]
    assert [(answer.status_code, answer["Location"]) for answer in answers] == [(302, "/me/forgotten/")] * 2
    assert phone.cookies[COOKIE].value == ""
    assert not Participant.objects.exists()
    assert "Du är glömd" in Client(headers={"accept-language": "sv"}).get("/me/forgotten/").content.decode()


def test_looking_at_the_page_forgets_nobody(amina: Membership, client_of: Callable) -> None:
    assert client_of(amina).get(reverse("people:forget")).status_code == 200
    assert Participant.objects.count() == 1
