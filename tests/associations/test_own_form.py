"""The association's own pages: in with a link or a code, saved as typed, two people at once, still true."""

from __future__ import annotations

import io
import re
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar
from pypdf import PdfReader

from brobygget.associations import rules, secrets
from brobygget.associations.commands import editing, links
from brobygget.associations.models import Association, AssociationLink, FieldChange, ImportRun, Origin
from brobygget.associations.queries.own import link_behind
from brobygget.people.guessing import NETWORK_TRIES
from brobygget.web import clock as real_clock
from tests.associations.conftest import AT, everything
from tests.conftest import NOW, TODAY

FORM = "/own/form/"
Press = Callable[..., Any]
Come = Callable[[Association], Client]


def fields_in(page: str) -> dict[str, Any]:
    """What a browser would send if somebody pressed the button at once."""
    form = page.partition('<form class="own-form"')[2].partition("</form>")[0]
    sent: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        found = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        if found.get("type") in ("radio", "checkbox") and "checked" not in tag:
            continue
        name = found.get("name", "")
        if found.get("type") == "checkbox":
            sent.setdefault(name, []).append(found["value"])
        elif name and name != "csrfmiddlewaretoken":
            sent[name] = found.get("value", "")
    for name, body in re.findall(r'<textarea name="(\w+)"[^>]*>(.*?)</textarea>', form, re.DOTALL):
        sent[name] = body.lstrip("\r\n")
    for name, body in re.findall(r'<select name="(\w+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', body) or re.search(r'value="([^"]*)"', body)
        sent[name] = chosen[1] if chosen else ""
    return sent


def test_pressing_the_button_at_once_changes_nothing_but_confirms(
    bengts: Association, client_of_association: Come
) -> None:
    client = client_of_association(bengts)
    before = everything(bengts.house)
    sent = fields_in(client.get(FORM).content.decode())
    assert client.post(FORM, sent).status_code == 302
    bengts.refresh_from_db()
    assert bengts.last_confirmed_on == TODAY
    assert [row[5] for row in everything(bengts.house)] == [row[5] for row in before]  # type: ignore[index]
    assert not FieldChange.objects.exists()


def test_bengt_answers_and_gets_a_receipt(bengts: Association, client_of_association: Come) -> None:
    client = client_of_association(bengts)
    sent = fields_in(client.get(FORM).content.decode()) | {
        "can_try": "Baka våfflor",
        "little_swedish": "yes",
        "little_swedish_how": "Vi visar med händerna",
        "languages": ["sv", "fi"],
        "fee_text": "150 kr om året",
        "gear": "to-lend",
        "minimum_age": "7",
        "weekday_1": "1",
        "every_1": "WEEKLY 2",
        "starts_1": "18:00",
        "ends_1": "19:30",
        "met_by": "Bengt",
        "step_free": "yes",
    }
    answer = client.post(FORM, sent, follow=True)
    assert answer.redirect_chain == [(reverse("associations:own_receipt"), 302)]
    text = answer.content.decode()
    for words in ("Baka våfflor", "Vi visar med händerna", "150 kr om året", "Bengt", "18.00–19.30", "suomi"):
        assert words in text
    saved = Association.objects.get(pk=bengts.pk)
    assert (saved.fee_sek, saved.language_codes, saved.minimum_age) == (150, ["sv", "fi"], 7)
    assert [one.rrule for one in saved.times.all()] == ["FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"]
    assert {saved.origin_of(name) for name in ("can_try", "fee_text", "fee_sek", "times", "languages")} == {
        "association"
    }
    assert saved.origin_of("name") == "import"


def test_the_preview_is_what_a_newcomer_sees_and_own_words_about_the_times_are_lost_nowhere(
    bengts: Association, client_of_association: Come
) -> None:
    client, visitor = client_of_association(bengts), Client()
    sent = fields_in(client.get(FORM).content.decode()) | {
        "meeting_text": "Inte i juli",
        "weekday_1": "1",
        "starts_1": "18:00",
        "ends_1": "19:30",
        "can_try": "Baka våfflor",
        "gear_text": "Förkläde",
        "step_free": "yes",
        "met_by": "Bengt",
    }
    assert client.post(FORM, sent).status_code == 302

    def told(page: str) -> list[str]:
        """Everything that is told, in its order, until the page's own buttons."""
        main = page.partition('<div class="association-page">')[2].partition("</aside>")[0]
        main = re.sub(r'<section class="stack">.*?</section>', "", main, flags=re.DOTALL)
        lines = re.sub(r"<svg.*?</svg>|<[^>]+>", "\n", main, flags=re.DOTALL).splitlines()
        return [line.strip() for line in lines if line.strip()]

    preview = told(client.get(reverse("associations:own_preview")).content.decode())
    public = told(visitor.get(reverse("find:association", args=[bengts.pk])).content.decode())
    assert [line for line in public if line in preview] == preview
    for words in (
        "Inte i juli",
        "Baka våfflor",
        "Förkläde",
        "tisdag 18.00–19.30",
        "Bengt möter dig vid dörren",
    ):
        assert words in preview
    receipt = client.get(reverse("associations:own_receipt")).content.decode()
    assert "Inte i juli" in receipt
    assert "18.00–19.30" in receipt
    calendar = visitor.get(reverse("find:association_calendar", args=[bengts.pk])).content.decode()
    assert "DESCRIPTION:Inte i juli" in calendar
    paper = visitor.get(reverse("find:association_paper", args=[bengts.pk])).content
    assert "Inte i juli" in PdfReader(io.BytesIO(paper)).pages[0].extract_text()


@pytest.mark.parametrize(
    ("day", "stored", "first", "status", "note"),
    [
        ("2027-01-28", "2027-01-26", "2027-01-26", "CONFIRMED", ""),  # a Thursday of the Tuesday's week
        ("2027-02-02", "2027-02-02", "2027-02-02", "CONFIRMED", ""),
        ("", None, None, "TENTATIVE", "Varannan vecka, och ingen har sagt vilken. Fråga innan du går dit."),
    ],
)
def test_every_other_week_begins_in_the_week_that_was_said_and_is_no_promise_where_none_was(
    bengts: Association,
    client_of_association: Come,
    day: str,
    stored: str | None,
    first: str | None,
    status: str,
    note: str,
) -> None:
    client = client_of_association(bengts)
    sent = fields_in(client.get(FORM).content.decode()) | {
        "every_1": "WEEKLY 2",
        "weekday_1": "1",
        "starts_1": "18:00",
        "ends_1": "19:30",
        "begins_1": day,
    }
    assert client.post(FORM, sent).status_code == 302
    (time,) = bengts.times.all()
    assert (time.begins_on and time.begins_on.isoformat()) == stored
    assert fields_in(client.get(FORM).content.decode())["begins_1"] == (stored or "")
    address = reverse("find:association_calendar", args=[bengts.pk])
    (event,) = Calendar.from_ical(Client().get(address, headers={"accept-language": "sv"}).content).walk(
        "VEVENT"
    )
    assert (str(event["status"]), str(event.get("description", ""))) == (status, note)
    if first:
        assert event["dtstart"].dt.date().isoformat() == first
    # Pressed again, nothing has changed; every week again, no week is kept.
    assert client.post(FORM, fields_in(client.get(FORM).content.decode())).status_code == 302
    (again,) = bengts.times.all()
    assert (again.pk, again.begins_on) == (time.pk, time.begins_on)
    sent = fields_in(client.get(FORM).content.decode()) | {"every_1": "WEEKLY 1"}
    assert client.post(FORM, sent).status_code == 302
    assert [each.begins_on for each in bengts.times.all()] == [None]


def test_the_link_in_the_mail_is_never_used_up_by_looking(bengts: Association) -> None:
    (door,) = links.give_doors([bengts], on=TODAY)
    stored = list(AssociationLink.objects.values())
    client = Client()
    for _ in range(20):
        answer = client.get(f"/own/{door.token}/")
        assert (answer.status_code, answer.cookies.get("association")) == (200, None)
    assert list(AssociationLink.objects.values()) == stored
    assert client.get(FORM).status_code == 404
    client.post(f"/own/{door.token}/")
    assert client.get(FORM).status_code == 200


def test_the_code_in_the_letter_opens_however_it_is_typed(bengts: Association) -> None:
    (door,) = links.give_doors([bengts], on=TODAY)
    for typed in (door.code, door.code.lower(), door.code.replace("-", " "), f" {door.code} "):
        client = Client()
        answer = client.post("/own/", {"code": typed, "key": str(uuid.uuid4())})
        assert answer.status_code == 302
        assert client.get(FORM).status_code == 200


def test_a_secret_for_one_purpose_opens_nothing_else(bengts: Association) -> None:
    (door,) = links.give_doors([bengts], on=TODAY)
    assert link_behind("association-link", door.code, on=TODAY) is None
    assert link_behind("association-code", door.token, on=TODAY) is None
    assert link_behind("come-back", door.token, on=TODAY) is None
    assert Client().get(f"/come-back/{door.token}/").status_code == 404


def test_after_ten_wrong_codes_in_a_minute_a_right_one_has_to_wait_too(
    bengts: Association, press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    (door,) = links.give_doors([bengts], on=TODAY)
    statuses = [
        press(Client(), "/own/", code=f"ABCDE-FGH{a}{b}").status_code for a in "ABCDE" for b in "ABCDEFGH"
    ]
    assert statuses == [422] * NETWORK_TRIES + [429] * (40 - NETWORK_TRIES)
    assert press(Client(), "/own/", code=door.code).status_code == 429
    monkeypatch.setattr(real_clock, "read", lambda: NOW + timedelta(minutes=1))
    assert press(Client(), "/own/", code=door.code).status_code == 302


def test_codes_have_fifty_bits_and_no_sign_that_looks_like_another() -> None:
    made = {secrets.derived_code(str(number)) for number in range(2_000)}
    assert len(made) == 2_000
    assert set("".join(made)) - {"-"} == set(secrets.SIGNS)
    assert not set(secrets.SIGNS) & set("IO01")
    assert len(secrets.SIGNS) ** secrets.LENGTH == 2**50


def test_only_hashes_of_secrets_are_stored(bengts: Association) -> None:
    (door,) = links.give_doors([bengts], on=TODAY)
    stored = str(list(AssociationLink.objects.values()))
    assert door.token not in stored
    assert door.code not in stored


def test_a_closed_link_and_an_old_one_open_nothing(bengts: Association, client_of_association: Come) -> None:
    client = client_of_association(bengts)
    (door,) = links.give_doors([bengts], on=TODAY)
    assert client.get(FORM).status_code == 200
    new = links.renew_doors(bengts, on=TODAY, at=NOW)
    assert client.get(FORM).status_code == 404
    assert client.post("/own/form/typed/", {"key": str(uuid.uuid4()), "met_by": "X"}).status_code == 404
    assert Client().get(f"/own/{door.token}/").status_code == 404
    assert Client().get(f"/own/{new.token}/").status_code == 200
    assert link_behind("association-code", new.code, on=TODAY + rules.CODE_LASTS + timedelta(1)) is None


def test_the_association_makes_a_new_link_itself_and_goes_on(
    bengts: Association, client_of_association: Come, press: Press
) -> None:
    mine, theirs = client_of_association(bengts), client_of_association(bengts)
    press(mine, "/own/link/")
    assert (mine.get(FORM).status_code, theirs.get(FORM).status_code) == (200, 404)


def test_what_is_typed_is_saved_and_what_cannot_be_is_told(
    bengts: Association, client_of_association: Come
) -> None:
    client = client_of_association(bengts)
    sent = fields_in(client.get(FORM).content.decode())
    sent |= {"met_by": "Bengt", "phone": "12", "description": "Ring 121212-1212", "key": str(uuid.uuid4())}
    answer = client.post("/own/form/typed/", sent)
    text = answer.content.decode()
    saved = Association.objects.get(pk=bengts.pk)
    assert (answer.status_code, saved.met_by, saved.phone, saved.description) == (
        201,
        "Bengt",
        bengts.phone,
        "",
    )
    assert text.count("<li>") == 2
    assert "121212" not in text
    assert saved.last_confirmed_on is None  # typing is not confirming


def test_the_same_press_twice_is_one(bengts: Association, client_of_association: Come) -> None:
    client = client_of_association(bengts)
    sent = fields_in(client.get(FORM).content.decode()) | {"met_by": "Bengt"}
    client.post(FORM, sent)
    client.post(FORM, sent)
    assert FieldChange.objects.filter(field="met_by").count() == 1


def test_two_people_at_once_lose_nothing(bengts: Association, client_of_association: Come) -> None:
    bengt, gun = client_of_association(bengts), client_of_association(bengts)
    bengts_page, guns_page = (fields_in(one.get(FORM).content.decode()) for one in (bengt, gun))
    bengt.post(FORM, bengts_page | {"can_try": "Baka våfflor", "met_by": "Bengt"})
    text = gun.post(
        FORM, guns_page | {"can_try": "Se på hus", "gear_text": "Förkläde"}, follow=True
    ).content.decode()
    saved = Association.objects.get(pk=bengts.pk)
    assert (saved.can_try, saved.met_by, saved.gear_text) == ("Se på hus", "Bengt", "Förkläde")
    assert "Baka våfflor" in text  # Gun is told what Bengt had written, and may take it back
    change = FieldChange.objects.get(field="can_try", sitting=guns_page["sitting"])
    gun.post(f"/own/form/earlier/{change.pk}/", {"key": str(uuid.uuid4())})
    saved.refresh_from_db()
    assert saved.can_try == "Baka våfflor"


def test_an_earlier_answer_of_another_association_is_not_there(
    register: ImportRun, bengts: Association, client_of_association: Come
) -> None:
    editing.save_answers(
        bengts, answers={"met_by": "Bengt"}, seen={}, origin=Origin.ASSOCIATION, sitting="x", at=AT
    )
    change = FieldChange.objects.get()
    other = client_of_association(Association.objects.get(name="Byns schackklubb"))
    answer = other.post(f"/own/form/earlier/{change.pk}/", {"key": str(uuid.uuid4())})
    assert answer.status_code == 404
    bengts.refresh_from_db()
    assert bengts.met_by == "Bengt"


def test_once_a_year_one_button_says_that_it_is_still_true(
    bengts: Association, client_of_association: Come, press: Press
) -> None:
    press(client_of_association(bengts), "/own/confirmation/")
    bengts.refresh_from_db()
    days = [TODAY + timedelta(days) for days in (365, 366, 455, 456)]
    assert [rules.is_stale(bengts, on=day) for day in days] == [False, True, True, True]
    assert [rules.may_be_shown(bengts, on=day) for day in days] == [True, True, True, False]


@pytest.mark.parametrize("days", [0, 365, 366, 455, 456])
def test_the_rule_and_its_condition_say_the_same(bengts: Association, days: int) -> None:
    on = TODAY + timedelta(days)
    here = Association.objects.filter(pk=bengts.pk)
    assert here.filter(rules.shown(on=on)).exists() == rules.may_be_shown(bengts, on=on)
    assert here.filter(rules.stale(on=on)).exists() == rules.is_stale(bengts, on=on)


def test_text_with_markup_is_shown_as_text(bengts: Association, client_of_association: Come) -> None:
    client = client_of_association(bengts)
    nasty = '<script>alert(1)</script> "x" & =1+1'
    sent = fields_in(client.get(FORM).content.decode()) | {"can_try": nasty}
    client.post(FORM, sent)
    for page in (FORM, "/own/preview/", "/own/receipt/", "/own/confirmation/"):
        text = client.get(page).content.decode()
        assert "<script>alert" not in text
        assert "&lt;script&gt;alert(1)" in text


ISSUES_LIST = {
    "What you do": {"can_try", "description", "interests"},
    "Who can come": {
        "little_swedish", "little_swedish_how", "swedish_needed", "languages", "minimum_age", "maximum_age", "open_to",
        "takes_new_members",
    },
    "What it costs and what one needs": {"fee_text", "try_free", "fritidskort", "gear", "gear_text"},
    "When and where": {"meeting_text", "venue", "street", "step_free"}
    | {f"{name}_{row}" for name in ("every", "begins", "weekday", "starts", "ends") for row in (1, 2, 3)},
    "The first time, and how to reach you": {"met_by", "email", "phone", "website", "contact_email"},
}  # fmt: skip


def test_the_form_asks_each_of_the_questions_in_its_part(
    bengts: Association, client_of_association: Come
) -> None:
    page = client_of_association(bengts).get(FORM, headers={"accept-language": "en"}).content.decode()
    parts = re.findall(r'<section class="own-part.*?<h2[^>]*>(.*?)</h2>(.*?)</section>', page, re.DOTALL)
    asked = {
        heading: set(re.findall(r'<(?:input|select|textarea)[^>]* name="(\w+)"', body))
        for heading, body in parts
    }
    assert asked == ISSUES_LIST
