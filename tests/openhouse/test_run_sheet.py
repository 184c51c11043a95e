"""The run sheet: one page, and nobody of the circle is named on paper that lies on a table."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import time

import pytest
from django.test import Client
from pypdf import PdfReader

from brobygget.circles.models import Membership
from brobygget.openhouse.commands import tasks
from brobygget.openhouse.commands.tasks import Owner
from brobygget.openhouse.models import OpenHouse
from brobygget.people.models import Account
from tests.conftest import TODAY
from tests.openhouse.conftest import DAY

Screen = Callable[[Account], Client]


@pytest.fixture
def owned(the_day: OpenHouse, amina: Membership, birgit: Account) -> OpenHouse:
    """The last round is Amina's and Birgit's."""
    task = the_day.tasks.get(kind="round")
    pair = {"new": Owner(participant=amina.participant), "established": Owner(account=birgit)}
    tasks.change_task(
        task,
        title="",
        due=DAY,
        clock=time(10, 45),
        note="Nödutgångarna <först> *inte* #sist",
        pair=pair,
        on=TODAY,
    )
    return the_day


@pytest.mark.parametrize("language", ["sv", "en", "ar"])
def test_the_sheet_is_one_page_and_what_was_written_is_printed_as_it_is(
    language: str, owned: OpenHouse, marit: Account, client_of_account: Screen
) -> None:
    client = client_of_account(marit)
    client.cookies["language"] = language
    for number in range(4):
        tasks.add_task(owned, title=f"Sak {number}", due=DAY, clock=time(12 + number), on=TODAY)
    pages = PdfReader(io.BytesIO(client.get(f"/open-houses/{owned.pk}/run-sheet.pdf").content)).pages
    text = " ".join(pages[0].extract_text().split())
    assert len(pages) == 1
    for words in ("Föreningsdag", "Älvhallen, Storgatan 2", "Nödutgångarna <först> *inte* #sist", "Birgit"):
        assert words in text
    assert "Amina" not in text


def test_a_day_of_forty_long_tasks_is_one_page_of_letters_that_can_be_read(
    owned: OpenHouse, marit: Account, client_of_account: Screen
) -> None:
    for number in range(40):
        made = tasks.add_task(
            owned, title=f"Sak {number} " + "att göra " * 6, due=DAY, clock=time(11), on=TODAY
        )
        owned.tasks.filter(pk=made.pk).update(note="Mycket att tänka på. " * 20)
    (page,) = PdfReader(
        io.BytesIO(client_of_account(marit).get(f"/open-houses/{owned.pk}/run-sheet.pdf").content)
    ).pages
    sizes: list[float] = []
    page.extract_text(
        visitor_text=lambda text, _cm, _tm, _font, size: sizes.append(size) if text.strip() else None
    )
    text = page.extract_text()
    assert min(sizes) >= 6
    assert "Sak 39" in text
    assert "Utvärdering" in text  # what comes after the day


def test_the_screen_shows_the_same_without_names_of_participants(
    owned: OpenHouse, marit: Account, client_of_account: Screen
) -> None:
    page = client_of_account(marit).get(f"/open-houses/{owned.pk}/run-sheet/").content.decode()
    assert "Nödutgångarna &lt;först&gt;" in page
    assert ("Birgit" in page, "Amina" in page) == (True, False)
