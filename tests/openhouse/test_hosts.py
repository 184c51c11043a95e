"""Language hosts: marked in a table of boxes, proposed by the program, and told to everybody as languages only."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from brobygget.circles.models import Membership
from brobygget.openhouse.commands import events, language_hosts
from brobygget.openhouse.commands.language_hosts import HostFacts
from brobygget.openhouse.commands.tasks import Owner
from brobygget.openhouse.forms.language_hosts import box_of
from brobygget.openhouse.models import HostShift, LanguageHost, OpenHouse
from brobygget.openhouse.queries.language_hosts import grid_of
from brobygget.operations.commands import tidy
from brobygget.people.models import Account
from tests.conftest import NOW, TODAY
from tests.openhouse.at_the_tables import Press, text
from tests.openhouse.conftest import DAY, swedish
from tests.openhouse.in_the_programme import at

LANGUAGES = ("ar", "so", "ti", "uk", "fa")


@pytest.fixture
def desk(leader: Client) -> Client:
    leader.cookies["language"] = "en"
    return leader


@pytest.fixture
def five(the_day: OpenHouse) -> list[LanguageHost]:
    return [
        language_hosts.add_host(the_day, facts=HostFacts(languages=(code, "sv"), alias=f"Värd {code}"))
        for code in LANGUAGES
    ]


def _told(client: Client, openhouse: OpenHouse, more: str = "") -> str:
    return text(client.get(at("hosts", openhouse) + more)).replace("\u2068", "").replace("\u2069", "")


def _boxes(*works: tuple[LanguageHost, int, int]) -> list[str]:
    """Boxes of a host from one hour to another."""
    return [
        box_of(one.pk, minutes) for one, first, end in works for minutes in range(first * 60, end * 60, 30)
    ]


def test_a_host_is_a_short_name_somebody_of_the_circle_or_of_the_staff(
    desk: Client, press: Press, the_day: OpenHouse, amina: Membership, birgit: Account
) -> None:
    for who in ({"alias": "Ali"}, {"who": f"p:{amina.participant_id}"}, {"who": f"a:{birgit.pk}"}):
        answer = press(desk, at("host_new", the_day), languages=["ar", "sv"], **who)
        assert answer.headers["Location"] == at("hosts", the_day)
    rows = list(LanguageHost.objects.values_list("alias", "participant", "account"))
    assert rows == [("Ali", None, None), ("", amina.participant_id, None), ("", None, birgit.pk)]
    told = _told(desk, the_day)
    assert [name in told for name in ("Ali", "Amina", "Birgit")] == [True] * 3


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"alias": ""}, "Write a short name, or choose somebody the house knows."),
        ({"alias": "-"}, "Write a short name, or choose somebody the house knows."),
        ({"alias": "19850101-1236"}, "That looks like an identity number."),
        ({"alias": "x" * 31}, "there is room for 30"),
        ({"alias": "VÄRD AR"}, "Somebody on the list is called that already."),
        ({"languages": []}, "Choose at least one language."),
        ({"languages": ["klingon"]}, "Select a valid choice."),
        ({"who": "p:nobody"}, "Select a valid choice."),
        ({"comes": "14:00", "goes": "13:00"}, "It ends before it begins."),
        ({"comes": "99"}, "Enter a valid time."),
    ],
)
def test_bad_input_is_one_clear_sentence(
    desk: Client,
    press: Press,
    the_day: OpenHouse,
    five: list[LanguageHost],
    wrong: dict[str, Any],
    sentence: str,
) -> None:
    answer = press(desk, at("host_new", the_day), **{"alias": "Ali", "languages": ["ar"], **wrong})
    assert (answer.status_code, LanguageHost.objects.count()) == (422, 5)
    assert sentence in text(answer)


def test_nobody_is_on_the_list_twice(
    the_day: OpenHouse, desk: Client, press: Press, amina: Membership
) -> None:
    answers = [
        press(desk, at("host_new", the_day), languages=["ar"], who=f"p:{amina.participant_id}").status_code
        for _time in range(2)
    ]
    assert (answers, LanguageHost.objects.count()) == ([302, 422], 1)


def test_boxes_are_kept_and_what_is_missing_is_named(
    desk: Client, press: Press, the_day: OpenHouse, five: list[LanguageHost]
) -> None:
    language_hosts.change_host(five[1], facts=HostFacts(languages=("so",), alias="Sahra", goes=time(13)))
    on = _boxes((five[0], 11, 14), (five[1], 11, 14), (five[2], 12, 13))
    answer = press(
        desk, at("hosts", the_day), host=[one.pk for one in five], on=[*on, "999-1100", "nonsense"]
    )
    assert answer.status_code == 302
    assert HostShift.objects.count() == len(on)
    told = _told(desk, the_day)
    for sentence in (
        "11:00–12:00: only Arabic and Somali. There should be 3 languages beside Swedish.",
        "14:00–16:00: nobody welcomes in another language than Swedish.",
        "Värd ar hosts 180 minutes without a break, 11:00–14:00.",
        "Sahra cannot be there at 13:00–14:00.",
    ):
        assert sentence in told, sentence
    assert "12:00–13:00: only" not in told
    press(desk, at("hosts", the_day), host=[five[0].pk], on=[])
    assert HostShift.objects.count() == len(on) - 6  # the others' boxes were not in that table


def test_a_proposal_is_shown_kept_by_a_press_and_then_nothing_is_missing(
    desk: Client, press: Press, the_day: OpenHouse, five: list[LanguageHost]
) -> None:
    page = desk.get(at("hosts", the_day), {"proposal": "1"})
    assert "This is a proposal. Nothing is saved yet. It keeps everything." in text(page)
    assert HostShift.objects.count() == 0
    on = [box["name"] for row in page.context["rows"] for box in row["boxes"] if box["is_on"]]
    press(desk, at("hosts", the_day), host=[one.pk for one in five], on=on)
    assert grid_of(the_day).lacks == []
    assert "Every hour has its languages, and everybody gets a break." in _told(desk, the_day)


def test_with_too_few_hosts_the_proposal_says_what_nobody_can_do(desk: Client, the_day: OpenHouse) -> None:
    for code in ("ar", "so"):
        language_hosts.add_host(the_day, facts=HostFacts(languages=(code,), alias=code))
    told = _told(desk, the_day, "?proposal=1")
    assert "With these hosts no table lacks less." in told
    assert "There should be 3 languages beside Swedish." in told


def test_everybody_reads_the_languages_hour_by_hour_and_never_who(
    desk: Client, press: Press, the_day: OpenHouse, five: list[LanguageHost]
) -> None:
    events.publish(the_day, is_public=True, on=TODAY, at=NOW)
    on = _boxes((five[0], 11, 13), (five[1], 12, 14))
    press(desk, at("hosts", the_day), host=[one.pk for one in five], on=on)
    client = Client()
    client.cookies["language"] = "en"
    told = text(client.get(at("open_house", the_day))).replace("\u2068", "").replace("\u2069", "")
    assert (
        "11:00–12:00 Arabic · Swedish 12:00–13:00 Arabic · Swedish · Somali 13:00–14:00 Swedish · Somali"
        in told
    )
    assert "Värd" not in told


def test_when_the_hours_change_half_hours_outside_are_left_out(
    desk: Client, press: Press, the_day: OpenHouse, five: list[LanguageHost]
) -> None:
    press(desk, at("hosts", the_day), host=[five[0].pk], on=_boxes((five[0], 11, 16)))
    OpenHouse.objects.update(starts=time(12, 15), ends=time(14, 10))
    shown = grid_of(OpenHouse.objects.get())
    assert shown.starts == [720, 750, 780, 810, 840]
    assert shown.grid[five[0].pk] == frozenset(range(5))


def test_who_is_staff_is_told_to_coordinators_and_to_themselves(
    desk: Client, the_day: OpenHouse, marit: Account, elsa: Account, client_of_account: Callable[..., Client]
) -> None:
    language_hosts.add_host(the_day, facts=HostFacts(languages=("ar",), who=Owner(account=elsa)))
    coordinator = client_of_account(marit)
    coordinator.cookies["language"] = "en"
    assert ["Elsa" in _told(client, the_day) for client in (coordinator, desk)] == [True, False]
    assert "somebody of the staff" in _told(desk, the_day)
    host = LanguageHost.objects.get()
    assert "somebody of the staff" in text(desk.get(at("host", the_day, host.pk)))


def test_a_leader_who_changes_somebody_of_the_staff_keeps_who_it_is(
    desk: Client, press: Press, the_day: OpenHouse, elsa: Account
) -> None:
    host = language_hosts.add_host(the_day, facts=HostFacts(languages=("ar",), who=Owner(account=elsa)))
    answer = press(desk, at("host", the_day, host.pk), who=f"a:{elsa.pk}", languages=["so"])
    host.refresh_from_db()
    assert (answer.status_code, host.account, host.language_codes) == (302, elsa, ["so"])


def test_taken_off_the_list_nothing_is_left_and_the_table_of_before_does_no_harm(
    desk: Client, press: Press, the_day: OpenHouse, five: list[LanguageHost]
) -> None:
    on = _boxes((five[0], 11, 12), (five[1], 11, 12))
    press(desk, at("hosts", the_day), host=[one.pk for one in five], on=on)
    for _time in range(2):
        assert press(desk, at("host_removal", the_day, five[0].pk)).status_code == 302
    assert press(desk, at("hosts", the_day), host=[one.pk for one in five], on=on).status_code == 302
    assert set(HostShift.objects.values_list("host", flat=True)) == {five[1].pk}


def test_a_month_after_the_day_nobody_is_a_host(the_day: OpenHouse, five: list[LanguageHost]) -> None:
    language_hosts.keep_grid(the_day, hosts=[five[0].pk], marked=[(five[0].pk, time(11))])
    kept = []
    for days in (30, 31):
        tidy(at=swedish(DAY, 12) + timedelta(days=days))
        kept.append((LanguageHost.objects.count(), HostShift.objects.count()))
    assert kept == [(5, 1), (0, 0)]


def test_a_participant_who_is_forgotten_hosts_nowhere(the_day: OpenHouse, amina: Membership) -> None:
    language_hosts.add_host(
        the_day, facts=HostFacts(languages=("ar",), who=Owner(participant=amina.participant))
    )
    amina.participant.delete()
    assert LanguageHost.objects.count() == 0


def test_the_table_asks_the_same_number_of_questions_for_three_and_for_thirty(
    desk: Client, the_day: OpenHouse
) -> None:
    def asked() -> int:
        desk.get(at("hosts", the_day))
        with CaptureQueriesContext(connection) as found:
            _told(desk, the_day)
        return len(found)

    for number in range(3):
        language_hosts.add_host(the_day, facts=HostFacts(languages=("ar",), alias=f"Värd {number}"))
    few = asked()
    for number in range(3, 30):
        language_hosts.add_host(the_day, facts=HostFacts(languages=("ar",), alias=f"Värd {number}"))
    assert asked() == few
