"""An association answers without an account; two people with one link lose nothing; late is said, and kept."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from brobygget.associations.models import Association
from brobygget.house.commands.refused import Refused
from brobygget.openhouse.commands import answering, events
from brobygget.openhouse.models import Answer, AnswerChange, Invitation, OpenHouse
from brobygget.web import clock as real_clock
from tests.conftest import NOW
from tests.openhouse.conftest import DAY, swedish

Press = Callable[..., Any]
Come = Callable[[Invitation], Client]


def fields_in(page: str) -> dict[str, Any]:
    """What a browser would send if somebody pressed the button at once."""
    form = page.partition('<form class="own-form"')[2].partition("</form>")[0]
    sent: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        found = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if found.get("type") in ("radio", "checkbox") and "checked" not in tag:
            continue
        if found.get("type") == "checkbox":
            sent.setdefault(found["name"], []).append(found.get("value", "on"))
        elif found.get("name") != "csrfmiddlewaretoken":
            sent[found["name"]] = found.get("value", "")
    for name, body in re.findall(r'<textarea name="(\w+)"[^>]*>(.*?)</textarea>', form, re.DOTALL):
        sent[name] = body.lstrip("\r\n")
    for name, body in re.findall(r'<select name="(\w+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', body) or re.search(r'value="([^"]*)"', body)
        sent[name] = chosen[1] if chosen else ""
    return sent


def _form(one: Invitation) -> str:
    return f"/open-house/{one.openhouse_id}/answer/"


WAFFLES = {
    "said": "yes",
    "kind": "g-music",
    "hands": "Grädda en våffla",
    "open_to_beginners": "yes",
    "table": "table",
    "watts": "1200",
    "power_for": "Våffeljärn",
    "noise": "quiet",
    "step_free": "on",
    "wish": "Nära köket",
    "little_swedish": "yes",
    "little_swedish_how": "Vi visar med händerna",
    "languages": ["sv", "fi"],
    "fee_text": "150 kr om året",
    "fritidskort": "no",
    "gear": "not-needed",
    "minimum_age": "7",
}


def test_bengt_answers_and_sees_how_it_stands(bengts: Invitation, client_invited: Come) -> None:
    client = client_invited(bengts)
    sent = fields_in(client.get(_form(bengts)).content.decode()) | WAFFLES
    answer = client.post(_form(bengts), sent, follow=True)
    assert answer.redirect_chain == [(f"{_form(bengts)}receipt/", 302)]
    page = answer.content.decode()
    for words in ("Grädda en våffla", "1200", "Våffeljärn", "Nära köket"):
        assert words in page
    given = Answer.objects.get()
    kept = (given.said, given.watts, given.step_free, given.wants_since, given.channel)
    assert kept == ("yes", 1200, True, NOW, "link")
    saved = Association.objects.get(pk=bengts.association_id)
    assert (saved.fee_sek, saved.minimum_age, saved.language_codes) == (150, 7, ["sv", "fi"])
    assert saved.origin_of("fee_text") == "association"


def test_pressing_again_with_the_same_key_is_one_answer(bengts: Invitation, client_invited: Come) -> None:
    client = client_invited(bengts)
    sent = fields_in(client.get(_form(bengts)).content.decode()) | WAFFLES
    assert [client.post(_form(bengts), sent).status_code for _time in range(3)] == [302] * 3
    assert (Answer.objects.count(), AnswerChange.objects.count()) == (1, 0)


def test_two_people_at_once_lose_nothing(bengts: Invitation, client_invited: Come) -> None:
    bengt, gun = client_invited(bengts), client_invited(bengts)
    first = fields_in(bengt.get(_form(bengts)).content.decode())
    bengt.post(_form(bengts), first | {"said": "yes", "hands": "Grädda våfflor", "watts": "0"})
    bengts_page, guns_page = (fields_in(one.get(_form(bengts)).content.decode()) for one in (bengt, gun))
    bengt.post(_form(bengts), bengts_page | {"watts": "1200", "wish": "Nära köket"})
    page = gun.post(
        _form(bengts), guns_page | {"watts": "800", "noise": "loud"}, follow=True
    ).content.decode()
    given = Answer.objects.get()
    # each keeps what only they wrote; where both wrote, the later stands and the earlier is offered
    assert (given.watts, given.wish, given.noise, given.hands) == (
        800,
        "Nära köket",
        "loud",
        "Grädda våfflor",
    )
    assert "1200" in page
    change = AnswerChange.objects.get(field="watts", sitting=guns_page["sitting"])
    back = f"{_form(bengts)}earlier/{change.pk}/"
    gun.post(back, {"key": "7f7d6c1e-30b5-4a4c-9a53-000000000001"})
    given.refresh_from_db()
    assert (given.watts, given.noise) == (1200, "loud")


def test_two_first_answers_at_once_are_one_and_both_are_told(
    bengts: Invitation, client_invited: Come
) -> None:
    bengt, gun = client_invited(bengts), client_invited(bengts)
    empty = [fields_in(one.get(_form(bengts)).content.decode()) for one in (bengt, gun)]
    bengt.post(_form(bengts), empty[0] | {"said": "yes", "hands": "Grädda våfflor"})
    page = gun.post(_form(bengts), empty[1] | {"said": "no"}, follow=True).content.decode()
    given = Answer.objects.get()
    assert (given.said, given.hands) == ("no", "Grädda våfflor")
    assert AnswerChange.objects.filter(field="said").count() == 1
    assert "Ja, vi vill ha en plats" in page or "Yes, we want a place" in page


def test_what_was_written_for_one_association_is_never_saved_for_another(
    bengts: Invitation, invited: Any, client_invited: Come
) -> None:
    choir = invited("Kören", email="kor@a.example")
    client = client_invited(bengts)
    sent = fields_in(client.get(_form(bengts)).content.decode()) | {"said": "yes"}
    client.cookies.update(client_invited(choir).cookies)  # the same computer opens the other link
    assert client.post(_form(bengts), sent).status_code == 409
    assert not Answer.objects.exists()


def test_only_the_first_question_has_to_be_answered(bengts: Invitation, client_invited: Come) -> None:
    client = client_invited(bengts)
    sent = fields_in(client.get(_form(bengts)).content.decode())
    assert client.post(_form(bengts), sent).status_code == 422
    assert client.post(_form(bengts), {"key": sent["key"], "said": "no"}).status_code == 302
    assert Answer.objects.get().said == "no"


@pytest.mark.parametrize(
    "wrong", [{"watts": "-5"}, {"watts": "99999999999"}, {"said": "perhaps"}, {"hands": "Ring 811218-9876"},
              {"watts": "0", "power_for": "Våffeljärn"}, {"wish": "x" * 301}]
)  # fmt: skip
def test_an_answer_that_cannot_be_is_said_and_the_rest_stays(
    wrong: dict[str, str], bengts: Invitation, client_invited: Come
) -> None:
    client = client_invited(bengts)
    sent = fields_in(client.get(_form(bengts)).content.decode()) | {"said": "yes", "wish": "Nära köket"}
    answer = client.post(_form(bengts), sent | wrong)
    assert answer.status_code == 422
    assert not Answer.objects.exists()
    assert "wish" in wrong or "Nära köket" in answer.content.decode()


def test_a_yes_after_registration_closed_is_kept_and_the_page_says_that_it_is_late(
    bengts: Invitation, client_invited: Come, monkeypatch: pytest.MonkeyPatch
) -> None:
    closes = bengts.openhouse.closes_on
    client = client_invited(bengts)
    sent = fields_in(client.get(_form(bengts)).content.decode()) | WAFFLES
    monkeypatch.setattr(real_clock, "read", lambda: swedish(closes + timedelta(1), 0, 1))
    client.cookies["language"] = "en"
    page = client.post(_form(bengts), sent, follow=True).content.decode()
    assert "You have said yes, after registration closed." in page
    assert Answer.objects.get().hands == "Grädda en våffla"


def test_when_the_day_has_been_or_is_called_off_nothing_more_can_be_answered(
    the_day: OpenHouse, bengts: Invitation, says: Any, client_invited: Come, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(Refused):
        says(bengts, "yes", at=swedish(DAY, 16))
    client = client_invited(bengts)
    sent = fields_in(client.get(_form(bengts)).content.decode()) | WAFFLES
    events.call_off(the_day, on=date(2027, 4, 1), at=NOW)
    answer = client.post(_form(bengts), sent)
    assert answer.status_code == 409
    assert "Grädda en våffla" in answer.content.decode()  # nothing that was written is lost
    assert not Answer.objects.exists()
    assert client.get(_form(bengts)).status_code == 302  # on to the receipt, which says so


def test_someone_who_goes_on_writing_in_one_sitting_has_made_one_change(
    bengts: Invitation, says: Any
) -> None:
    says(bengts, "yes", hands="a")
    for hands in ("b", "c"):
        answering.answer_invitation(
            bengts, answers={"hands": hands}, seen={}, sitting="1", channel=Answer.Channel.LINK, at=NOW
        )
    change = AnswerChange.objects.get()
    assert (change.before, change.after) == ('"a"', '"c"')


def test_since_when_somebody_wants_a_place_is_the_last_time_they_turned_to_yes(
    bengts: Invitation, says: Any
) -> None:
    for hours, said in enumerate(("maybe", "yes", "yes", "no", "yes")):
        says(bengts, said, at=NOW + timedelta(hours=hours))
    assert Answer.objects.get().wants_since == NOW + timedelta(hours=4)


def test_text_with_markup_is_shown_as_text(bengts: Invitation, client_invited: Come) -> None:
    client = client_invited(bengts)
    nasty = '<script>alert(1)</script> "x" & =1+1'
    sent = fields_in(client.get(_form(bengts)).content.decode()) | {"said": "yes", "hands": nasty}
    client.post(_form(bengts), sent)
    for address in (_form(bengts), f"{_form(bengts)}receipt/"):
        page = client.get(address).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)" in page
