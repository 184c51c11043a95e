"""The floor: halls and circuits set up, stands placed, moved with the consequences told first, taken back, told."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from brobygget.associations.models import Association
from brobygget.house.commands.refused import Refused
from brobygget.openhouse import analysis
from brobygget.openhouse.commands import events, floor, floor_halls, places, waiting
from brobygget.openhouse.commands.floor_halls import HallFacts, Rows
from brobygget.openhouse.findings import Placed, Spot, Unmet
from brobygget.openhouse.models import (
    Circuit,
    FloorPlan,
    Hall,
    Invitation,
    OpenHouse,
    PlaceCall,
    Position,
    Stand,
)
from brobygget.openhouse.queries.floor import Floor, floor_of
from brobygget.people.models import Account
from tests.conftest import NOW, TODAY
from tests.openhouse.conftest import swedish, three_hundred_more

Press = Callable[..., Any]
Screen = Callable[[Account], Client]


@pytest.fixture
def furnished(the_day: OpenHouse, frozen: OpenHouse, invited: Any, says: Any) -> dict[str, Invitation]:
    """Three come and one waits: a band, a language café, and a kitchen with a waffle iron; then another waffle iron."""
    OpenHouse.objects.filter(pk=the_day.pk).update(places=3)
    facts: dict[str, dict[str, Any]] = {
        "Bandet": {"kind": "g-music", "noise": "loud"},
        "Språkcaféet": {"kind": "g-learn", "noise": "quiet", "step_free": True},
        "Köket": {"kind": "g-food", "watts": 1200, "power_for": "Våffeljärn"},
        "Stugan": {"kind": "g-food", "watts": 900, "power_for": "våffeljärn, litet"},
    }
    found = {}
    for number, (name, needs) in enumerate(facts.items()):
        one = invited(name, email=f"f{number}@a.example")
        says(one, at=NOW + timedelta(minutes=number), **needs)
        found[name] = one
    places.give_places(frozen, at=swedish(the_day.closes_on + timedelta(1)))
    hall = floor_halls.put_up_hall(the_day, facts=HallFacts(name="Gymnastiken", wide=140, deep=60))
    floor_halls.put_up_rows(hall, rows=Rows(tables=5, rows=1))
    floor_halls.put_up_circuit(the_day, name="A1", watts=2300, tables=[1, 2, 4])
    return found


def _tables(the_day: OpenHouse) -> dict[str, int]:
    """Who stands at which number."""
    rows = Stand.objects.select_related("invitation__association", "position")
    return {
        one.invitation.association.name: one.position.number
        for one in rows.filter(position__openhouse=the_day)
    }


def _put(the_day: OpenHouse, **numbers: int) -> None:
    """By hand, into the database: `_put(the_day, Bandet=1)`."""
    by_number = {one.number: one for one in the_day.positions.all()}
    names = {one.association.name: one for one in the_day.invitations.select_related("association", "answer")}
    Stand.objects.all().delete()
    for name, number in numbers.items():
        position = by_number[number]
        circuit = position.circuit_id if names[name].answer.watts else None
        Stand.objects.create(invitation=names[name], position=position, circuit_id=circuit)


def _place(the_day: OpenHouse) -> Floor:
    floor.keep_placed(the_day, floor.place_everybody(floor_of(the_day)), at=NOW)
    return floor_of(the_day)


def test_the_program_places_everybody_by_what_they_have_answered(
    the_day: OpenHouse, furnished: dict[str, Invitation]
) -> None:
    found = _place(the_day)
    tables = _tables(the_day)
    assert sorted(tables) == ["Bandet", "Köket", "Språkcaféet"]
    assert analysis.judge(found).is_good
    assert tables["Köket"] in (1, 2, 4)
    assert abs(tables["Bandet"] - tables["Språkcaféet"]) > 2  # two tables of two metres are not enough
    assert [(load.circuit.name, load.watts) for load in found.loads] == [("A1", 1200)]
    plan = FloorPlan.objects.get()
    assert (plan.placed_at, plan.is_proven, plan.conflicts, plan.told_at) == (NOW, True, "", None)


def test_what_a_move_breaks_and_heals_is_told_before_it_is_kept(
    the_day: OpenHouse, furnished: dict[str, Invitation], petra: Account, client_of_account: Screen
) -> None:
    _put(the_day, Bandet=5, Språkcaféet=1, Köket=2)
    found = floor_of(the_day)
    third = next(one for one in found.positions if one.number == 3)
    band, language, kitchen = (furnished[name].pk for name in ("Bandet", "Språkcaféet", "Köket"))
    weighed = analysis.weigh(found, band, third.pk)
    assert (weighed.unmet, weighed.met, weighed.faults) == ((Unmet("noise", band, language),), (), ())
    away = analysis.weigh(found, kitchen, third.pk)
    assert away.unmet == (Unmet("power", kitchen),)
    assert analysis.judge(found).is_good  # nothing is written by asking

    page = client_of_account(petra).get(f"/open-houses/{the_day.pk}/floor/?stand={band}&to={third.pk}")
    text = page.content.decode()
    assert "Bandet\u2069 låter mycket, och \u2068Språkcaféet\u2069, där man måste kunna prata" in text
    assert "Behåll det ändå" in text
    assert _tables(the_day)["Bandet"] == 5


def test_two_that_never_share_a_circuit_are_named_and_the_program_keeps_them_apart(
    the_day: OpenHouse, furnished: dict[str, Invitation], petra: Account, client_of_account: Screen
) -> None:
    waiting.give_up_place(furnished["Bandet"], at=NOW)
    waiting.answer_call(PlaceCall.objects.get(answered_at=None), is_yes=True, at=NOW)
    _put(the_day, Köket=1, Stugan=2)
    assert [one.rule for one in analysis.judge(floor_of(the_day)).unmet] == ["place", "same_kind"]
    floor_halls.keep_apart(the_day, words="VÅFFELJÄRN, kokplatta")
    found = floor_of(the_day)
    circuit = Circuit.objects.get()
    (fault,) = analysis.judge(found).faults
    assert (fault.code, fault.circuit) == ("never_together", circuit.pk)
    assert set(fault.stands) == {furnished["Köket"].pk, furnished["Stugan"].pk}
    placed = floor.place_everybody(found)
    plugged = [stand for stand, spot in placed.spots.items() if spot.circuit is not None]
    assert len(plugged) == 1  # one of the two has to leave its iron at home, and the page says so
    left_out = ({furnished["Köket"].pk, furnished["Stugan"].pk} - set(plugged)).pop()
    assert placed.conflicts == (
        tuple(Unmet("power", one) for one in sorted((furnished["Köket"].pk, furnished["Stugan"].pk))),
    )
    floor.keep_placed(the_day, placed, at=NOW)
    assert analysis.judge(floor_of(the_day)).unmet == (Unmet("power", left_out),)
    page = client_of_account(petra).get(f"/open-houses/{the_day.pk}/floor/").content.decode()
    assert "De lämnar något hemma (1\u00a0200 W), eller så dras en säkring till." in page
    assert "Varför går inte allt?" in page
    assert re.search("(Köket|Stugan)\u2069: el; \u2068(Köket|Stugan)\u2069: el", page)


def test_with_fewer_tables_than_associations_the_page_says_what_would_have_to_give(
    the_day: OpenHouse, furnished: dict[str, Invitation], petra: Account, client_of_account: Screen
) -> None:
    the_day.positions.filter(number__gt=2).update(kept_free=True)
    _place(the_day)
    page = client_of_account(petra).get(f"/open-houses/{the_day.pk}/floor/").content.decode()
    assert "Utan bord" in page
    assert "Ett bord till, eller någon som klarar sig med mindre." in page


def test_too_much_for_a_fuse_is_told_with_watts(the_day: OpenHouse, furnished: dict[str, Invitation]) -> None:
    floor_halls.change_circuit(Circuit.objects.get(), name="A1", watts=1000, tables=[1, 2])
    _put(the_day, Köket=1)
    (fault,) = analysis.judge(floor_of(the_day)).faults
    assert (fault.code, fault.watts, fault.most) == ("overload", 1200, 1000)


def test_a_move_is_kept_once_held_and_taken_back(
    the_day: OpenHouse,
    furnished: dict[str, Invitation],
    petra: Account,
    client_of_account: Screen,
    press: Press,
) -> None:
    _put(the_day, Bandet=5, Språkcaféet=1, Köket=2)
    client, base = client_of_account(petra), f"/open-houses/{the_day.pk}/floor/"
    by_number = {one.number: one.pk for one in the_day.positions.all()}
    band, language = furnished["Bandet"].pk, furnished["Språkcaféet"].pk
    key = "7d1c6f0e-0d4f-4a5b-9a39-1f4a3c2b1a00"
    move = {"stand": band, "to": by_number[1], "was": by_number[5], "meets": language}
    for _again in range(2):
        assert press(client, f"{base}moving/", key=key, **move).status_code == 302
    assert _tables(the_day) == {"Bandet": 1, "Språkcaféet": 5, "Köket": 2}  # they change places, once
    assert floor_of(the_day).held == {band}
    # what another page showed is no longer so
    stale = press(client, f"{base}moving/", **move)
    assert (stale.status_code, _tables(the_day)["Bandet"]) == (302, 1)  # already there: nothing to do
    other = press(client, f"{base}moving/", stand=language, to=by_number[3], was=by_number[1], meets=0)
    assert (other.status_code, _tables(the_day)["Språkcaféet"]) == (409, 5)
    change = FloorPlan.objects.get().changes.get()
    assert press(client, f"{base}taking-back/", step=change.pk).status_code == 302
    assert _tables(the_day) == {"Bandet": 5, "Språkcaféet": 1, "Köket": 2}
    assert floor_of(the_day).held == set()
    assert press(client, f"{base}taking-back/", step=change.pk).status_code == 409


def test_who_was_put_somewhere_by_hand_stays_when_the_program_places_again(
    the_day: OpenHouse, furnished: dict[str, Invitation]
) -> None:
    _put(the_day, Bandet=3)
    floor.hold_stand(the_day, stand=furnished["Bandet"].pk, is_held=True)
    found = _place(the_day)
    assert _tables(the_day)["Bandet"] == 3
    assert found.held == {furnished["Bandet"].pk}
    assert len(_tables(the_day)) == 3


def test_what_was_moved_by_hand_while_the_program_was_thinking_is_not_written_over(
    the_day: OpenHouse, furnished: dict[str, Invitation]
) -> None:
    _put(the_day, Bandet=3, Språkcaféet=1, Köket=2)
    placed = floor.place_everybody(floor_of(the_day))  # the band goes to table 5, far from where people talk
    by_number = {one.number: one.pk for one in the_day.positions.all()}
    band = furnished["Bandet"].pk
    floor.move_stand(the_day, stand=band, to=by_number[4], was=by_number[3], meets=None)
    with pytest.raises(Refused, match="Någon annan har flyttat något") as refused:
        floor.keep_placed(the_day, placed, at=NOW)
    assert refused.value.status == 409
    assert _tables(the_day) == {"Bandet": 4, "Språkcaféet": 1, "Köket": 2}
    floor.keep_placed(the_day, floor.place_everybody(floor_of(the_day)), at=NOW)
    assert _tables(the_day)["Bandet"] == 4


def test_a_cancellation_frees_the_table_and_the_next_is_offered_it_with_what_it_would_break(
    the_day: OpenHouse,
    furnished: dict[str, Invitation],
    petra: Account,
    client_of_account: Screen,
    press: Press,
) -> None:
    _put(the_day, Bandet=5, Språkcaféet=1, Köket=2)
    waiting.give_up_place(furnished["Bandet"], at=NOW)
    assert _tables(the_day) == {"Språkcaféet": 1, "Köket": 2}
    waiting.answer_call(PlaceCall.objects.get(answered_at=None), is_yes=True, at=NOW)
    found = floor_of(the_day)
    assert [one.name for one in found.without_a_table] == ["Stugan"]
    client, base = client_of_account(petra), f"/open-houses/{the_day.pk}/floor/"
    page = client.get(f"{base}?stand={furnished['Stugan'].pk}").content.decode()
    # table 3 has no socket and is beside the kitchen, which is of the same kind; table 5 has no socket
    offers = re.findall(r">Bord (\d)</a>: ([^<]+)</li>", page)
    assert offers == [("3", "2 behov går inte ihop"), ("4", "allt går ihop"), ("5", "1 behov går inte ihop")]
    press(client, f"{base}placing/", what="rest")
    assert _tables(the_day) == {"Språkcaféet": 1, "Köket": 2, "Stugan": 4}  # nobody had to move
    assert analysis.judge(floor_of(the_day)).is_good


def test_the_floor_is_told_by_a_deliberate_press_and_names_no_person(
    the_day: OpenHouse,
    furnished: dict[str, Invitation],
    petra: Account,
    client_of_account: Screen,
    client_invited: Callable[[Invitation], Client],
    press: Press,
) -> None:
    events.publish(the_day, is_public=True, on=TODAY, at=NOW)
    client, base = client_of_account(petra), f"/open-houses/{the_day.pk}/floor/"
    own = client_invited(furnished["Köket"])
    public, receipt = f"/open-house/{the_day.pk}/", f"/open-house/{the_day.pk}/answer/receipt/"
    assert press(client, f"{base}telling/", answer="yes").status_code == 422  # nobody has a table yet
    _put(the_day, Bandet=5, Språkcaféet=1, Köket=2)
    before = [Client().get(public).content.decode(), own.get(receipt).content.decode()]
    assert not any("Gymnastiken" in text for text in before)
    press(client, f"{base}telling/", answer="yes")
    shown, mine = Client().get(public).content.decode(), own.get(receipt).content.decode()
    assert "Bord 2, Gymnastiken" in shown
    assert "Ert bord är nummer 2, Gymnastiken" in mine
    assert "Ert eluttag sitter på säkring A1." in mine
    assert "i en påminnelse" not in mine
    # whoever asked not to be shown has a table without a name
    Association.objects.filter(name="Bandet").update(hidden_on=TODAY)
    assert "Bandet" not in Client().get(public).content.decode()
    press(client, f"{base}telling/", answer="no")
    assert "Gymnastiken" not in Client().get(public).content.decode()


@pytest.mark.parametrize(
    ("address", "fields", "sentence"),
    [
        (
            "halls/new/",
            {"hall-name": "gymnastiken", "hall-wide": "9", "hall-deep": "9"},
            "Det finns redan en sal som heter",
        ),
        ("halls/new/", {"hall-name": "B", "hall-wide": "0", "hall-deep": "9"}, "0 meter är inget mått"),
        (
            "halls/new/",
            {"hall-name": "B", "hall-wide": "-3", "hall-deep": "9"},
            "Ett mått kan inte vara mindre än noll",
        ),
        ("halls/new/", {"hall-name": "B", "hall-wide": "tio", "hall-deep": "9"}, "Skriv ett antal meter"),
        ("halls/new/", {"hall-name": "B", "hall-wide": "1e999", "hall-deep": "9"}, "högst 300 meter"),
        ("halls/new/", {"hall-name": "B", "hall-wide": "NaN", "hall-deep": "9"}, "Skriv ett antal meter"),
        ("halls/new/", {"hall-name": "B", "hall-wide": "1,85", "hall-deep": "9"}, "En decimal räcker"),
        ("halls/new/", {"hall-name": "B", "hall-wide": "9000", "hall-deep": "9"}, "högst 300 meter"),
        ("circuits/new/", {"circuit-name": "B1", "circuit-watts": "-5"}, "En säkring på -5 W bär ingenting"),
        (
            "circuits/new/",
            {"circuit-name": "a1", "circuit-watts": "2300"},
            "Det finns redan en säkring som heter",
        ),
        (
            "circuits/new/",
            {"circuit-name": "B1", "circuit-watts": "2300", "circuit-tables": "3-9"},
            "Det finns inget bord 6",
        ),
        (
            "circuits/new/",
            {"circuit-name": "B1", "circuit-watts": "2300", "circuit-tables": "fem"},
            "”fem” är inget bordsnummer",
        ),
    ],
)
def test_bad_input_gets_one_clear_sentence_and_nothing_typed_is_lost(
    address: str,
    fields: dict[str, str],
    sentence: str,
    the_day: OpenHouse,
    furnished: dict[str, Invitation],
    petra: Account,
    client_of_account: Screen,
    press: Press,
) -> None:
    before = (Hall.objects.count(), Circuit.objects.count())
    usual = {"hall-door": "near", "hall-walk": "17,5"} if address.startswith("halls") else {}
    answer = press(client_of_account(petra), f"/open-houses/{the_day.pk}/floor/{address}", **usual, **fields)
    text = answer.content.decode()
    assert (answer.status_code, sentence in text) == (422, True)
    assert all(
        f'value="{value}"' in text for name, value in {**usual, **fields}.items() if name != "hall-door"
    )
    assert (Hall.objects.count(), Circuit.objects.count()) == before


def test_tables_that_do_not_fit_or_have_no_size_are_refused(
    the_day: OpenHouse,
    furnished: dict[str, Invitation],
    petra: Account,
    client_of_account: Screen,
    press: Press,
) -> None:
    client, hall = client_of_account(petra), Hall.objects.get()
    base = f"/open-houses/{the_day.pk}/floor/"
    size = {"wide": "1,8", "deep": "0,8", "gap": "0,2"}
    many = press(client, f"{base}halls/{hall.pk}/rows/", tables=40, rows=2, **size)
    assert (many.status_code, "2 rader med 20 bord behöver 39,8 × 4 meter" in many.content.decode()) == (
        422,
        True,
    )
    one = Position.objects.get(number=3)
    fields = {"number": 3, "x": "7", "y": "3", **size}
    for wrong, sentence in (
        ({"wide": "0"}, "0 meter är inget mått"),
        ({"number": 2}, "Det finns redan ett bord 2."),
        ({"x": "0,1"}, "Bord 3 skulle stå utanför salen, som är 14 × 6 meter."),
    ):
        answer = press(client, f"{base}tables/{one.pk}/", **{**fields, **wrong})
        assert (answer.status_code, sentence in answer.content.decode()) == (422, True), wrong
    one.refresh_from_db()
    assert (one.number, one.wide) == (3, 18)
    press(client, f"{base}tables/{one.pk}/", **{**fields, "kept_free": "on"})
    one.refresh_from_db()
    assert (one.kept_free, [each.number for each in floor_of(the_day).free]) == (True, [1, 2, 4, 5])


def test_the_database_itself_refuses_what_cannot_be(
    the_day: OpenHouse, furnished: dict[str, Invitation]
) -> None:
    hall, circuit = Hall.objects.get(), Circuit.objects.get()
    table = Position.objects.get(number=1)
    for impossible in (
        lambda: Hall.objects.create(openhouse=the_day, name="GYMNASTIKEN", wide=10, deep=10),
        lambda: Hall.objects.filter(pk=hall.pk).update(wide=0),
        lambda: Circuit.objects.create(openhouse=the_day, name="a1", watts=1),
        lambda: Circuit.objects.filter(pk=circuit.pk).update(watts=0),
        lambda: Position.objects.filter(pk=table.pk).update(deep=0),
        lambda: Position.objects.filter(pk=table.pk).update(number=2),
        lambda: [Stand.objects.create(invitation=one, position=table) for one in furnished.values()],
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            impossible()


def test_who_gave_up_while_the_program_thought_gets_no_table(
    the_day: OpenHouse, furnished: dict[str, Invitation]
) -> None:
    placed = floor.place_everybody(floor_of(the_day))
    waiting.give_up_place(furnished["Bandet"], at=NOW)
    kept = floor.keep_placed(the_day, placed, at=NOW)
    assert (sorted(_tables(the_day)), kept.without) == (["Köket", "Språkcaféet"], 0)
    assert floor.keep_placed(the_day, Placed({1_000_000: Spot(1)}), at=NOW).without == 2


def test_changed_needs_are_plugged_in_where_there_is_a_socket(
    the_day: OpenHouse, furnished: dict[str, Invitation], says: Any
) -> None:
    _put(the_day, Bandet=1, Köket=2)
    says(furnished["Bandet"], watts=500, power_for="förstärkare")
    assert [load.watts for load in floor_of(the_day).loads] == [1700]
    floor_halls.change_circuit(Circuit.objects.get(), name="A1", watts=2300, tables=[2])
    assert [load.watts for load in floor_of(the_day).loads] == [1200]
    says(furnished["Köket"], watts=0, power_for="")
    assert [load.watts for load in floor_of(the_day).loads] == [0]


def test_nothing_is_placed_without_tables_or_without_anybody(the_day: OpenHouse) -> None:
    with pytest.raises(Refused, match="Det finns inga bord än"):
        floor.place_everybody(floor_of(the_day))
    hall = floor_halls.put_up_hall(the_day, facts=HallFacts(name="A", wide=100, deep=100))
    floor_halls.put_up_rows(hall, rows=Rows(tables=3, rows=1))
    with pytest.raises(Refused, match="Ingen har fått plats än"):
        floor.place_everybody(floor_of(the_day))


def test_the_floor_asks_the_same_number_of_questions_for_three_and_three_hundred(
    the_day: OpenHouse,
    furnished: dict[str, Invitation],
    petra: Account,
    client_of_account: Screen,
    client_invited: Callable[[Invitation], Client],
) -> None:
    events.publish(the_day, is_public=True, on=TODAY, at=NOW)
    _place(the_day)
    floor.tell_floor(the_day, is_told=True, at=NOW)
    client, own = client_of_account(petra), client_invited(furnished["Köket"])
    base, hall = f"/open-houses/{the_day.pk}/floor/", Hall.objects.get()
    pages = [
        (client, base),
        (client, f"{base}?stand={furnished['Köket'].pk}&to={floor_of(the_day).free[0].pk}"),
        (client, f"{base}halls/"),
        (client, f"{base}halls/{hall.pk}/"),
        (Client(), f"/open-house/{the_day.pk}/"),
        (own, f"/open-house/{the_day.pk}/answer/receipt/"),
    ]

    def asked() -> list[int]:
        counts = []
        for who, page in pages:
            who.get(page)
            with CaptureQueriesContext(connection) as found:
                assert who.get(page).status_code == 200
            counts.append(len(found))
        return counts

    few = asked()
    extra = three_hundred_more(the_day, given_at=NOW)
    more = Hall.objects.create(openhouse=the_day, name="Stora", wide=700, deep=700)
    rows = floor_halls.put_up_rows(more, rows=Rows(tables=300, rows=10))
    Stand.objects.bulk_create(
        Stand(invitation=one, position=table) for one, table in zip(extra, rows, strict=True)
    )
    assert asked() == few
