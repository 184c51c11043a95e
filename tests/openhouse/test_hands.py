"""“I want to try”: what an association gets and nothing more, taken back at once, and sums in which nobody is found."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from brobygget.associations.models import Association
from brobygget.openhouse.commands import events, waiting
from brobygget.openhouse.commands import hands as commands
from brobygget.openhouse.commands.hands import Told
from brobygget.openhouse.models import Handover, HandSums, Invitation, OpenHouse, Visitor
from brobygget.openhouse.queries import hands as queries
from brobygget.openhouse.views.hand_doors import cookie_of
from brobygget.operations.commands import tidy
from tests.openhouse.at_the_tables import Press, text
from tests.openhouse.conftest import DAY, swedish
from tests.openhouse.hands import ABOUT, NOON, at, new_key, phone, raises, stand_at, want_at


def _raised(**facts: Any) -> list[dict[str, Any]]:
    names = ("visitor__alias", "visitor__spoken", "visitor__way", "visitor__telephone", "visitor__years")
    found = Handover.objects.filter(**facts).order_by("invitation__association__name")
    return list(found.values("invitation__association__name", *names, "channel", "wish", "reply"))


# -- a phone -------------------------------------------------------------------------------------------------------
def test_two_taps_raise_a_hand_with_a_number_and_no_name(bygd: Invitation) -> None:
    client = phone()
    page = text(client.get(want_at(bygd)))
    assert "This is what Byns hembygdsförening gets" in page
    assert client.cookies.get(cookie_of(bygd.openhouse_id)) is None
    answer = client.post(want_at(bygd), {"key": new_key(), "way": "reception", "spoken": "en"})
    assert (answer.status_code, answer.headers["Location"]) == (302, at("own_hands", bygd))
    assert _raised() == [
        {
            "invitation__association__name": "Byns hembygdsförening",
            "visitor__alias": "",
            "visitor__spoken": "en",
            "visitor__way": "reception",
            "visitor__telephone": "",
            "visitor__years": "",
            "channel": "phone",
            "wish": "",
            "reply": "",
        }
    ]
    visitor = Visitor.objects.get()
    own = text(client.get(at("own_hands", bygd)))
    assert f"Visitor {visitor.number}" in own
    assert queries.code_of(visitor.seed) in own
    assert "Byns hembygdsförening" in own


def test_one_person_may_want_several_and_is_asked_once(bygd: Invitation, kor: Invitation) -> None:
    client = phone()
    facts = {
        "way": "message",
        "telephone": "070-123 45 67",
        "alias": "Mor Karin",
        "years": "new",
        "wish": "Sy",
    }
    assert raises(client, bygd, **facts).status_code == 302
    second = text(client.get(want_at(kor)))
    assert "Mor Karin" in second
    assert "What shall they call you?" not in second
    assert client.post(want_at(kor), {"key": new_key(), "wish": "Sjunga"}).status_code == 302
    assert (Visitor.objects.count(), [one["wish"] for one in _raised()]) == (1, ["Sy", "Sjunga"])
    assert {(one["visitor__alias"], one["visitor__telephone"]) for one in _raised()} == {
        ("Mor Karin", "070-123 45 67")
    }
    assert queries.sums_of(bygd.openhouse).people == 1


def test_a_doubled_tap_is_one_hand_and_a_lost_answer_is_no_loss(bygd: Invitation, kor: Invitation) -> None:
    fields = {"key": new_key(), **ABOUT}
    lost, again = phone(), phone()  # the same phone, whose first answer never arrived
    assert lost.post(want_at(bygd), fields).status_code == 302
    assert again.post(want_at(bygd), fields).status_code == 302
    assert raises(again, kor).status_code == 302
    assert raises(again, bygd).status_code == 302
    assert (Visitor.objects.count(), Handover.objects.count()) == (1, 2)
    assert again.post(want_at(bygd), {**fields, "alias": "Other"}).status_code == 409


def test_presses_that_were_kept_without_a_network_hold_no_word_and_are_one_visitor(
    bygd: Invitation, kor: Invitation, at_noon: Callable[[datetime], None]
) -> None:
    """The phone has no secret yet; both presses arrive after midnight and were made at ten minutes to."""
    client = phone()
    at_noon(swedish(DAY + timedelta(1), 0, 10))
    for one in (bygd, kor):
        late = {"X-Outbox": "1", "X-Pressed-Ago": "1200"}
        assert raises(client, one, headers=late).status_code == 204
    assert (Visitor.objects.count(), Handover.objects.count()) == (1, 2)
    assert raises(phone(), bygd).status_code == 409


def test_it_is_seen_changed_and_taken_back(bygd: Invitation, kor: Invitation, press: Press) -> None:
    client = phone()
    raises(client, bygd, way="call", telephone="0701234567", alias="Anna")
    raises(client, kor)
    assert "0701234567" in text(client.get(at("own_hands", bygd)))
    changed = {"way": "reception", "spoken": "ar", "alias": "Amal", "telephone": "0701234567"}
    assert press(client, at("own_hands_about", bygd), **changed).status_code == 302
    assert {(one["visitor__alias"], one["visitor__telephone"]) for one in _raised()} == {("Amal", "")}
    assert press(client, at("own_hand_back", bygd, bygd.pk)).status_code == 302
    assert [one["invitation__association__name"] for one in _raised()] == ["Byns kör"]
    assert press(client, at("own_hand_back", bygd, bygd.pk)).status_code == 404
    assert press(client, at("own_hand_back", bygd, kor.pk)).status_code == 302
    assert Visitor.objects.count() == 0
    assert "No hand is raised on this phone" in text(client.get(at("own_hands", bygd)))
    assert raises(client, bygd).status_code == 302


def test_forget_me_takes_everything_and_leaving_only_the_phone(bygd: Invitation, press: Press) -> None:
    client, other = phone(), phone()
    raises(client, bygd)
    raises(other, bygd)
    assert press(client, at("own_hands_leaving", bygd)).status_code == 302
    assert client.cookies[cookie_of(bygd.openhouse_id)].value == ""
    assert Visitor.objects.count() == 2
    assert press(client, at("own_hands_forgetting", bygd)).status_code == 404
    assert press(other, at("own_hands_forgetting", bygd)).status_code == 302
    assert (Visitor.objects.count(), Handover.objects.count()) == (1, 1)
    assert other.cookies[cookie_of(bygd.openhouse_id)].value == ""


def test_another_phone_sees_and_takes_back_nothing(bygd: Invitation, press: Press) -> None:
    raises(phone(), bygd, alias="Selam")
    stranger = phone()
    stranger.cookies[cookie_of(bygd.openhouse_id)] = "x" * 22
    assert "Selam" not in text(stranger.get(at("own_hands", bygd)))
    assert press(stranger, at("own_hand_back", bygd, bygd.pk)).status_code == 404
    assert stranger.get(at("own_hands_about", bygd)).status_code == 404
    assert Handover.objects.count() == 1


# -- what cannot be ------------------------------------------------------------------------------------------------
WRONG: list[tuple[dict[str, str], str]] = [
    ({"wish": "x" * 10_000}, "This is 10000 characters long; there is room for 300."),
    ({"alias": "x" * 31}, "there is room for 30"),
    ({"alias": "…"}, "Write at least one letter, or nothing."),
    ({"wish": "811218-9876"}, "That looks like an identity number."),
    ({"alias": "811218-9876"}, "That looks like an identity number."),
    ({"way": "message", "telephone": "811218-9876"}, "That looks like an identity number."),
    ({"way": "message", "telephone": "070"}, "That is not a telephone number."),
    ({"way": "call", "telephone": "ring mig"}, "That is not a telephone number."),
    ({"way": "call", "telephone": "1234567890123456"}, "That is not a telephone number."),
    ({"way": "call"}, "Write the number, or choose to pick the answer up at the reception."),
    ({"way": "pigeon"}, "pigeon is not one of the available choices."),
    ({"spoken": ""}, "This field is required."),
]


@pytest.mark.parametrize(("fields", "sentence"), WRONG)
def test_what_cannot_be_gets_a_sentence_and_the_words_stay(
    bygd: Invitation, fields: dict[str, str], sentence: str
) -> None:
    answer = raises(phone(), bygd, **{"alias": "Kvar", "wish": "Också kvar"} | fields)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert ("Kvar" in page) == ("alias" not in fields)
    assert ("Också kvar" in page) == ("wish" not in fields)
    assert Visitor.objects.count() == 0


def test_markup_is_shown_as_it_was_written(bygd: Invitation) -> None:
    client = phone()
    raises(client, bygd, alias="<b>Anna</b>", wish="<script>x</script>")
    page = client.get(at("own_hands", bygd)).content.decode()
    assert "<b>Anna" not in page
    assert "&lt;b&gt;Anna&lt;/b&gt;" in page
    assert "&lt;script&gt;x&lt;/script&gt;" in page


def test_digits_of_any_script_are_a_number(bygd: Invitation) -> None:
    assert raises(phone(), bygd, way="message", telephone="٠٧٠ ١٢٣ ٤٥ ٦٧").status_code == 302
    assert Visitor.objects.get().telephone == "070 123 45 67"


def test_an_association_that_has_left_is_told_and_what_was_written_stays(
    bygd: Invitation, kor: Invitation
) -> None:
    client = phone()
    raises(client, bygd)
    for one in (bygd, kor):
        waiting.give_up_place(one, at=NOON)
    answer = raises(client, kor, wish="Jag vill sjunga")
    assert answer.status_code == 409
    assert "Byns kör could not come today. Nothing was sent." in text(answer)
    assert "Jag vill sjunga" in answer.content.decode()
    assert "Byns kör could not come today." in text(client.get(want_at(kor)))
    assert "They could not come today, and do not see your hand." in text(client.get(at("own_hands", bygd)))
    assert Handover.objects.count() == 1


@pytest.mark.parametrize(
    ("days", "sentence"),
    [(-1, "Hands are raised on the day itself"), (1, "The day has been. Ask at the reception")],
)
def test_before_and_after_the_day_a_sentence_says_so(
    bygd: Invitation, at_noon: Callable[[datetime], None], days: int, sentence: str
) -> None:
    at_noon(NOON + timedelta(days))
    assert sentence in text(phone().get(want_at(bygd)))
    answer = raises(phone(), bygd)
    assert (answer.status_code, sentence in text(answer)) == (409, True)
    assert Visitor.objects.count() == 0


def test_a_day_that_is_called_off_takes_no_hands(bygd: Invitation) -> None:
    events.call_off(bygd.openhouse, on=DAY, at=NOON)
    answer = raises(phone(), bygd)
    assert (answer.status_code, "The day is called off." in text(answer)) == (409, True)


def test_who_was_asked_and_does_not_come_is_told_to_nobody(
    bygd: Invitation, kor: Invitation, invited: Callable[..., Invitation]
) -> None:
    silent = invited("De tysta")
    Association.objects.filter(pk=kor.association_id).update(status="dissolved")
    for one in (silent, kor):
        assert phone().get(want_at(one)).status_code == 404
        assert raises(phone(), one).status_code == 404
    assert Visitor.objects.count() == 0


# -- what lies in the database -------------------------------------------------------------------------------------
def test_name_number_language_and_words_lie_sealed_and_keys_are_random(
    bygd: Invitation, kor: Invitation
) -> None:
    for name in ("KANARIE", "KANARIE TVÅ"):
        raises(phone(), bygd, alias=name, way="call", telephone="0701234567", wish="KANARIE", spoken="ti")
    hand = Handover.objects.first()
    assert hand is not None
    commands.leave_reply(hand, words="KANARIE SVAR")
    with connection.cursor() as cursor:
        cursor.execute("SELECT alias, spoken, telephone FROM openhouse_visitor")
        visitors = cursor.fetchall()
        cursor.execute("SELECT wish, reply FROM openhouse_handover WHERE reply <> ''")
        hands = cursor.fetchall()
    stored = "".join(str(value) for row in [*visitors, *hands] for value in row)
    assert [len(visitors), len(hands)] == [2, 1]
    assert not any(word in stored for word in ("KANARIE", "0701234567", "ti,"))
    assert all(value.startswith("s1:") for row in [*visitors, *hands] for value in row)
    assert Handover.objects.get(pk=hand.pk).reply == "KANARIE SVAR"
    assert all(one.pk.version == 4 for one in [*Visitor.objects.all(), *Handover.objects.all()])


def test_no_column_holds_a_time_of_day() -> None:
    kinds = {
        field.get_internal_type() for model in (Visitor, Handover) for field in model._meta.concrete_fields
    }
    assert kinds & {"DateTimeField", "TimeField", "DateField"} == set()


@pytest.mark.parametrize(("days", "left"), [(90, (1, 2)), (91, (0, 0))])
def test_after_ninety_days_only_the_sums_are_left(
    bygd: Invitation, kor: Invitation, days: int, left: tuple[int, int]
) -> None:
    client = phone()
    raises(client, bygd, years="new")
    raises(client, kor)
    before = _sums(queries.sums_of(bygd.openhouse))
    for _again in range(2):
        tidy(at=swedish(DAY + timedelta(days), 3))
    assert (Visitor.objects.count(), Handover.objects.count()) == left
    openhouse = OpenHouse.objects.get(pk=bygd.openhouse_id)
    assert _sums(queries.sums_of(openhouse)) == before
    assert (before["people"], before["hands"], before["associations"], before["new_here"]) == (1, 2, 2, 1)
    assert HandSums.objects.count() == (0 if days == 90 else 1)


def _sums(sums: HandSums) -> dict[str, int]:
    names = [field.name for field in HandSums._meta.concrete_fields if field.name not in ("id", "openhouse")]
    return {name: getattr(sums, name) for name in names}


# -- sums ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("cells", "shown"),
    [
        ((61, 22, 13), [61, 22, 13]),
        ((54, 35, 7), [54, 35, 7]),
        ((54, 35, 4), [54, 39]),
        ((54, 3, 4), [54, 7]),
        ((54, 1, 1), []),
        ((54, 2, 0), []),
        ((50, 10, 0), [50, 10, 0]),
        ((50, 0, 0), []),
        ((3, 1, 1), []),
        ((5, 5, 5), [5, 5, 5]),
    ],
)
def test_no_part_is_so_small_that_somebody_is_found_nor_by_subtraction(
    cells: tuple[int, ...], shown: list[int]
) -> None:
    found = queries.shown_cells([(str(place), number) for place, number in enumerate(cells)])
    assert [number for _names, number in found] == shown
    assert not found or sum(number for _names, number in found) == sum(cells)
    assert all(number == 0 or number >= 5 for _names, number in found)


def test_staff_see_sums_from_five_people_on_and_the_parts_when_the_day_is_over(
    bygd: Invitation, leader: Client, at_noon: Callable[[datetime], None]
) -> None:
    leader.cookies["language"] = "en"
    door = at("door", bygd)
    told = [Told(spoken="ti", alias=f"KANARIE {number}", way="reception") for number in range(10)]
    told[:5] = [Told(spoken="sv", way="call", telephone="0701234567") for _ in range(5)]
    pages = []
    for number, each in enumerate(told):
        commands.raise_hand(bygd, seed=f"seed {number}", told=each, channel="phone", at=NOON)
        pages.append(text(leader.get(door)))
    assert [page.count("Nothing is shown before five people") for page in pages] == [1] * 4 + [0] * 6
    assert "10 hands from 10 people, to 1 of 2 associations." in pages[-1]
    assert "Answer at the reception" not in pages[-1]
    at_noon(swedish(DAY, 17))
    over = text(leader.get(door))
    assert "Call 5" in over
    assert "Answer at the reception 5" in over
    assert "KANARIE" not in over + "".join(pages)


# -- many ----------------------------------------------------------------------------------------------------------
def test_one_hand_and_many_are_the_same_number_of_questions(
    standing: list[Invitation], client_invited: Callable[[Invitation], Client]
) -> None:
    openhouse = standing[0].openhouse
    bengt, client = client_invited(standing[0]), phone()
    raises(client, standing[0])
    visitor = Visitor.objects.get()

    def questions() -> list[int]:
        found = []
        for there, who in (
            (at("own_hands", standing[0]), client),
            (at("stand", standing[0]), bengt),
            (at("stand_live", standing[0]), bengt),
            (at("our_hands", standing[0]), bengt),
        ):
            with CaptureQueriesContext(connection) as asked:
                assert who.get(there).status_code == 200
            found.append(len(asked))
        return found

    few = questions()
    assert max(few) <= 12
    more = stand_at(openhouse, *(f"Z {number}" for number in range(30)))
    Handover.objects.bulk_create(Handover(visitor=visitor, invitation=one, channel="phone") for one in more)
    for number in range(300):
        seed = f"many {number}"
        other = Visitor.objects.create(
            openhouse=openhouse,
            seed=seed,
            token_digest=queries.token_digest(seed),
            code_digest=queries.code_digest(queries.code_of(seed)),
            number=10_000 + number,
            spoken="ti",
        )
        Handover.objects.create(visitor=other, invitation=standing[0], channel="phone")
    assert questions() == few
