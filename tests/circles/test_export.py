"""The list for the study association: numbers, aliases only when asked for, and nothing that runs."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from brobygget.circles.commands.attendance import note_everybody_here, note_here
from brobygget.circles.models import Circle, Meeting, Membership
from brobygget.circles.queries.export import neutral
from brobygget.people.models import Account

pytestmark = pytest.mark.django_db
Member = Callable[..., Membership]


@pytest.fixture
def story(circle: Circle, member: Member, clock: datetime) -> dict[str, Membership]:
    Circle.objects.filter(pk=circle.pk).update(study_association="Kunskapsringen")
    names = ("Jonas", "Marit", "Karin", "Samira", "Yusuf", "Selam", "Hassan", "=2+3")
    people = {name: member(circle, name) for name in names}
    for number, days in enumerate((0, 7, 14, 28), start=1):
        at = clock + timedelta(days=days)
        meeting = Meeting.objects.create(circle=circle, number=number, starts_at=at, opened_at=at)
        note_everybody_here(meeting=meeting, at=at)
        if number == 2:
            note_here(meeting=meeting, membership=people["Hassan"], is_here=False, at=at)
    return people


def read(client: Client, circle: Circle, **wishes: str) -> list[list[str]]:
    answer = client.get(reverse("circles:study_export", args=[circle.pk]), wishes)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert "no-store" in answer["Cache-Control"]
    text = answer.content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def test_the_list_holds_the_golden_numbers_and_no_names(
    circle: Circle,
    story: dict[str, Membership],
    birgit: Account,
    client_of_account: Callable[[Account], Client],
) -> None:
    rows = read(client_of_account(birgit), circle)
    assert rows[:2] == [["Cirkel", "Brobyggarcirkeln"], ["Studieförbund", "Kunskapsringen"]]
    assert rows[4:] == [
        ["1", "2027-01-22", "135", "3", "8", "24"],
        ["2", "2027-01-29", "135", "3", "7", "21"],
        ["3", "2027-02-05", "135", "3", "8", "24"],
        ["4", "2027-02-19", "135", "3", "8", "24"],
        ["Summa", "", "540", "12", "31", "93"],
    ]
    flat = str(rows)
    assert not any(name in flat for name in story)


def test_aliases_come_when_the_leader_asks_and_cannot_run(
    circle: Circle,
    story: dict[str, Membership],
    birgit: Account,
    client_of_account: Callable[[Account], Client],
) -> None:
    rows = read(client_of_account(birgit), circle, aliases="yes")
    assert ["Hassan", "1", "0", "1", "1", "3", "9", "Ja"] in rows
    assert ["Samira", "1", "1", "1", "1", "4", "12", "Ja"] in rows
    assert ["'=2+3", "1", "1", "1", "1", "4", "12", "Ja"] in rows


def test_an_identity_number_never_leaves(
    circle: Circle,
    member: Member,
    clock: datetime,
    birgit: Account,
    client_of_account: Callable[[Account], Client],
) -> None:
    member(circle, "Eva 811218-9876")
    rows = read(client_of_account(birgit), circle, aliases="yes")
    assert "811218-9876" not in str(rows)
    assert any(row and row[0].startswith("Eva") for row in rows)


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@a", "\t=1", " =1", "＝1", "\r=1", "\u00a0-1"])
def test_what_a_spreadsheet_would_run_is_made_text(cell: str) -> None:
    assert neutral(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["Amina", "", 7, "a=1", "سميرة"])
def test_everything_else_is_left_alone(cell: str | int) -> None:
    assert neutral(cell) == cell


def test_an_empty_circle_gives_a_sum_of_nothing(
    circle: Circle, birgit: Account, client_of_account: Callable[[Account], Client]
) -> None:
    assert read(client_of_account(birgit), circle)[-1] == ["Summa", "", "0", "0", "0", "0"]


def test_the_list_is_the_leaders_only(
    circle: Circle,
    amina: Membership,
    frans: Account,
    client_of: Callable[[Membership], Client],
    client_of_account: Callable[[Account], Client],
) -> None:
    url = reverse("circles:study_export", args=[circle.pk])
    assert client_of(amina).get(url).status_code == 302
    assert client_of_account(frans).get(url).status_code == 404
