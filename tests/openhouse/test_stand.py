"""The stand and the reception: an association sees its own hands, paper is marked, and a code opens its own answers only."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from brobygget.openhouse.commands import hands as commands
from brobygget.openhouse.commands import inviting, waiting
from brobygget.openhouse.models import Handover, Invitation, Visitor
from brobygget.openhouse.queries import hands as queries
from brobygget.openhouse.views.want_slips import want_slips_of
from brobygget.people.guessing import NETWORK_TRIES
from brobygget.people.models import Account
from tests.openhouse.at_the_tables import Press, text
from tests.openhouse.conftest import DAY, swedish
from tests.openhouse.hands import NOON, PAPER, STAND, at, code_of, phone, raises
from tests.openhouse.papers import is_ua, pages_of, size_of, text_of

Come = Callable[[Invitation], Client]


@pytest.fixture
def bengt(bygd: Invitation, client_invited: Come) -> Client:
    client = client_invited(bygd)
    client.cookies["language"] = "en"
    return client


@pytest.fixture
def singer(kor: Invitation, client_invited: Come) -> Client:
    client = client_invited(kor)
    client.cookies["language"] = "en"
    return client


@pytest.fixture
def desk(elsa: Account, client_of_account: Callable[[Account], Client]) -> Client:
    client = client_of_account(elsa)
    client.cookies["language"] = "en"
    return client


def _hand(one: Invitation, **facts: Any) -> Handover:
    assert raises(phone(), one, **facts).status_code == 302
    return Handover.objects.exclude(wish="").select_related("visitor").get()


def _plain(answer: Any) -> str:
    return text(answer).replace("\u2068", "").replace("\u2069", "").replace("\u2066", "")


# -- the association -----------------------------------------------------------------------------------------------
def test_the_stand_shows_numbers_and_who_it_is_stands_one_press_away(bygd: Invitation, bengt: Client) -> None:
    hand = _hand(bygd, alias="Selam", spoken="ti", way="message", telephone="0701234567", wish="Sy och prata")
    secrets = ("Selam", "0701234567", "Sy och prata")
    for name in ("stand", "stand_live"):
        page = text(bengt.get(at(name, bygd)))
        assert str(hand.visitor.number) in page
        assert [word for word in secrets if word in page] == []
    whole, one = bengt.get(at("our_hands", bygd)), bengt.get(at("our_hand", bygd, hand.pk))
    for page in (whole, one):
        assert [word for word in secrets if word not in _plain(page)] == []
        assert page.headers["Cache-Control"] == "no-store, private"


def test_an_association_sees_its_own_and_of_others_there_is_no_page(
    bygd: Invitation, kor: Invitation, bengt: Client, singer: Client, press: Press
) -> None:
    hand = _hand(bygd, alias="Selam", wish="Sy")
    for name in ("stand", "stand_live", "our_hands"):
        assert "Selam" not in text(singer.get(at(name, kor)))
        assert str(hand.visitor.number) not in text(singer.get(at(name, kor)))
    assert singer.get(at("our_hand", kor, hand.pk)).status_code == 404
    assert singer.get(at("stand_code", kor, hand.pk)).status_code == 404
    assert singer.get(at("our_hand", kor, uuid.uuid4())).status_code == 404
    assert press(singer, at("our_hand", kor, hand.pk), reply="Hej").status_code == 404
    assert Client().get(at("our_hands", bygd)).status_code == 404


def test_the_list_grows_by_itself_and_is_not_drawn_again_for_nothing(bygd: Invitation, bengt: Client) -> None:
    first = bengt.get(at("stand_live", bygd))
    same = bengt.get(at("stand_live", bygd), headers={"If-None-Match": first.headers["ETag"]})
    raises(phone(), bygd)
    other = bengt.get(at("stand_live", bygd), headers={"If-None-Match": first.headers["ETag"]})
    assert [first.status_code, same.status_code, other.status_code] == [200, 304, 200]


def test_a_hand_taken_back_is_gone_from_the_list_at_once(
    bygd: Invitation, bengt: Client, press: Press
) -> None:
    client = phone()
    raises(client, bygd, alias="Selam")
    hand = Handover.objects.get()
    assert "Selam" in text(bengt.get(at("our_hands", bygd)))
    press(client, at("own_hand_back", bygd, bygd.pk))
    assert "Selam" not in text(bengt.get(at("our_hands", bygd)))
    assert bengt.get(at("our_hand", bygd, hand.pk)).status_code == 404


def test_how_long_somebody_has_lived_here_is_told_to_no_association(bygd: Invitation, bengt: Client) -> None:
    hand = _hand(bygd, years="new", wish="Sy")
    pages = [bengt.get(at("our_hands", bygd)), bengt.get(at("our_hand", bygd, hand.pk))]
    assert [page.content.decode().count("Three years or less") for page in pages] == [0, 0]


def test_an_association_that_has_left_sees_no_hands_and_none_is_lost(bygd: Invitation, bengt: Client) -> None:
    _hand(bygd, alias="Selam", wish="Sy")
    waiting.give_up_place(bygd, at=NOON)
    for name in ("stand", "our_hands", "stand_raising"):
        answer = bengt.get(at(name, bygd))
        assert answer.status_code == 409
        assert "Your association has no place at this open house." in text(answer)
        assert "Selam" not in text(answer)
    assert Handover.objects.count() == 1


def test_a_stolen_tablets_link_can_be_closed(bygd: Invitation, bengt: Client) -> None:
    inviting.renew_link(bygd)
    assert bengt.get(at("our_hands", bygd)).status_code == 404


# -- with a visitor at the table -----------------------------------------------------------------------------------
def test_the_host_raises_a_hand_and_the_visitor_gets_number_and_code(
    bygd: Invitation, bengt: Client, press: Press
) -> None:
    answer = press(bengt, at("stand_raising", bygd), **STAND, alias="Amal", wish="Väva")
    hand = Handover.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, at("stand_code", bygd, hand.pk))
    page = _plain(bengt.get(at("stand_code", bygd, hand.pk)))
    assert str(hand.visitor.number) in page
    assert code_of(hand) in page
    assert (hand.channel, hand.visitor.alias, hand.wish) == ("stand", "Amal", "Väva")


def test_at_the_next_table_the_code_is_enough(
    bygd: Invitation, kor: Invitation, bengt: Client, singer: Client, press: Press
) -> None:
    press(bengt, at("stand_raising", bygd), **STAND, alias="Amal")
    code = code_of(Handover.objects.get())
    answer = press(singer, at("stand_raising", kor), how="stand", code=code.lower().replace("-", " "))
    assert (answer.status_code, answer.headers["Location"]) == (302, at("stand", kor))
    assert (Visitor.objects.count(), Handover.objects.count()) == (1, 2)
    assert "Amal" in text(singer.get(at("our_hands", kor)))


def test_a_code_is_not_shown_after_the_day(
    bygd: Invitation, bengt: Client, press: Press, at_noon: Callable[[datetime], None]
) -> None:
    press(bengt, at("stand_raising", bygd), **STAND)
    there = at("stand_code", bygd, Handover.objects.get().pk)
    assert bengt.get(there).status_code == 200
    at_noon(NOON + timedelta(1))
    assert bengt.get(there).status_code == 404


# -- paper ---------------------------------------------------------------------------------------------------------
def test_the_battery_is_dead_and_slips_are_written_in_afterwards_and_marked(
    bygd: Invitation, bengt: Client, press: Press, at_noon: Callable[[datetime], None]
) -> None:
    at_noon(NOON + timedelta(days=2))
    code = queries.new_slip_code(bygd.openhouse)
    fields = {**PAPER, "code": code, "alias": "Selam", "wish": "Sy"}
    assert press(bengt, at("stand_raising", bygd), **fields).status_code == 302
    assert press(bengt, at("stand_raising", bygd), **fields).status_code == 302  # written in by two people
    hand = Handover.objects.get()
    assert (hand.channel, hand.visitor.alias) == ("paper", "Selam")
    page = text(bengt.get(at("our_hands", bygd)))
    assert "Selam" in page
    assert "paper" in page
    assert queries.behind_code(bygd.openhouse, code) == hand.visitor
    at_noon(NOON + timedelta(days=31))
    late = Client()
    assert late.get(at("stand_raising", bygd)).status_code == 404


def test_a_slip_without_its_code_can_be_called_and_cannot_wait_at_the_reception(
    bygd: Invitation, bengt: Client, press: Press
) -> None:
    answer = press(bengt, at("stand_raising", bygd), **PAPER, alias="Kvar")
    assert answer.status_code == 422
    assert "To pick an answer up at the reception one needs a code." in text(answer)
    assert "Kvar" in answer.content.decode()
    called = {**PAPER, "way": "call", "telephone": "0980-31 92 01"}
    assert press(bengt, at("stand_raising", bygd), **called).status_code == 302
    assert Handover.objects.get().channel == "paper"


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("ABCDE-FGHJK", "That code is not known here."),
        ("ABC", "That code is not known here."),
        ("x" * 10_000, "there is room for 20."),
        ("811218-9876", "That looks like an identity number."),
    ],
)
def test_a_wrong_code_gets_a_sentence_and_the_words_stay(
    bygd: Invitation, bengt: Client, press: Press, code: str, sentence: str
) -> None:
    answer = press(bengt, at("stand_raising", bygd), **PAPER, code=code, alias="Kvar")
    assert (answer.status_code, sentence in text(answer)) == (422, True)
    assert 'value="Kvar"' in answer.content.decode()
    assert Handover.objects.count() == 0


def test_a_mistyped_sign_of_a_slip_is_noticed(bygd: Invitation) -> None:
    code = queries.new_slip_code(bygd.openhouse)
    assert queries.slip_behind(bygd.openhouse, code.replace("-", "").lower()) == code
    wrong = [
        code[:at] + ("A" if code[at] != "A" else "B") + code[at + 1 :] for at in range(11) if code[at] != "-"
    ]
    assert [queries.slip_behind(bygd.openhouse, each) for each in wrong].count("") >= 9


def test_slips_are_printed_with_a_code_of_their_own_each(bygd: Invitation, tmp_path: Path) -> None:
    made = want_slips_of(bygd.openhouse, language="en")
    assert (pages_of(made), size_of(made), is_ua(made)) == (5, (210, 297), True)
    found = text_of(made, tmp_path)
    assert found.count("I want to try") == 20
    words = {word for word in found.split() if queries.slip_behind(bygd.openhouse, word)}
    assert len(words) == 20
    again = text_of(want_slips_of(bygd.openhouse, language="en"), tmp_path)
    assert not words & set(again.split())


# -- the reception -------------------------------------------------------------------------------------------------
def test_an_answer_waits_for_the_code_and_nothing_is_told_without_it(
    bygd: Invitation, kor: Invitation, bengt: Client, desk: Client, press: Press
) -> None:
    client = phone()
    raises(client, bygd, alias="Selam", wish="Sy")
    raises(client, kor)
    hand = Handover.objects.get(invitation=bygd)
    words = "Torsdag 18.00, Brohuset. Gun möter dig."
    assert press(bengt, at("our_hand", bygd, hand.pk), reply=words).status_code == 302
    assert words in text(client.get(at("own_hands", bygd)))
    assert words not in text(desk.get(at("hands_desk", bygd)))
    said = press(desk, at("hands_answers", bygd), code=code_of(hand))
    page = text(said)
    assert f"Byns hembygdsförening {words}" in page
    assert "Byns kör No answer yet. Come again in some days." in page
    # Who it is and what they wish is the associations' to know.
    assert [word for word in ("Selam", "Sy", str(hand.visitor.number)) if word in page.split()] == []


@pytest.mark.parametrize(
    ("reply", "sentence"),
    [
        ("", "Write something first."),
        ("x" * 10_000, "there is room for 300"),
        ("811218-9876", "That looks like an identity number."),
    ],
)
def test_an_answer_that_cannot_be_gets_a_sentence(
    bygd: Invitation, bengt: Client, press: Press, reply: str, sentence: str
) -> None:
    hand = _hand(bygd, wish="Sy")
    answer = press(bengt, at("our_hand", bygd, hand.pk), reply=reply)
    assert (answer.status_code, sentence in text(answer)) == (422, True)
    assert Handover.objects.get().reply == ""


def test_wrong_codes_are_slowed_down_at_the_reception_and_at_the_table(
    bygd: Invitation, bengt: Client, desk: Client, press: Press
) -> None:
    code = code_of(_hand(bygd, wish="Sy"))
    for _try in range(NETWORK_TRIES // 2):
        wrong = press(desk, at("hands_answers", bygd), code="ABCDE-FGHJK")
        assert (wrong.status_code, "That code is not known here." in text(wrong)) == (422, True)
        press(bengt, at("stand_raising", bygd), **STAND, code="ABCDE-FGHJK")
    for answer in (
        press(desk, at("hands_answers", bygd), code=code),
        press(desk, at("hands_back", bygd), code=code),
        press(bengt, at("stand_raising", bygd), **STAND, code=code),
    ):
        assert (answer.status_code, "many wrong codes" in text(answer)) == (429, True)


def test_everything_under_a_code_is_taken_back_at_the_reception(
    bygd: Invitation, desk: Client, press: Press
) -> None:
    code, key = code_of(_hand(bygd, wish="Sy")), str(uuid.uuid4())
    for _press in range(2):
        assert press(desk, at("hands_back", bygd), code=code, key=key).status_code == 302
    assert Visitor.objects.count() == 0
    assert press(desk, at("hands_back", bygd), code=code).status_code == 422


def test_the_reception_writes_slips_in_for_any_table(
    bygd: Invitation, kor: Invitation, desk: Client, press: Press, singer: Client
) -> None:
    there = at("hands_slips", bygd)
    assert press(desk, there, **PAPER, to="", alias="Kvar").status_code == 422
    assert press(desk, there, **PAPER, to="999999", alias="Kvar").status_code == 422
    code = queries.new_slip_code(bygd.openhouse)
    for one in (bygd, kor):
        assert press(desk, there, **PAPER, to=one.pk, code=code, alias="Selam").status_code == 302
    assert (Visitor.objects.count(), Handover.objects.filter(channel="paper").count()) == (1, 2)
    assert "Selam" in text(singer.get(at("our_hands", kor)))
    assert "Selam" not in text(desk.get(there))


@pytest.mark.parametrize(("days", "takes"), [(-1, False), (0, True), (30, True), (31, False)])
def test_slips_are_written_in_from_the_day_on_for_a_month(
    bygd: Invitation,
    desk: Client,
    press: Press,
    at_noon: Callable[[datetime], None],
    days: int,
    takes: bool,
) -> None:
    at_noon(swedish(DAY + timedelta(days), 12))
    fields = {**PAPER, "to": bygd.pk, "code": queries.new_slip_code(bygd.openhouse)}
    assert press(desk, at("hands_slips", bygd), **fields).status_code == (302 if takes else 409)
    assert ("No slips are written in now" in text(desk.get(at("hands_slips", bygd)))) != takes


def test_an_answer_to_a_hand_that_was_taken_back_meanwhile_is_told(bygd: Invitation) -> None:
    hand = _hand(bygd, wish="Sy")
    commands.forget_visitor(hand.visitor)
    with pytest.raises(commands.Refused) as no:
        commands.leave_reply(hand, words="Hej")
    assert no.value.status == 409
