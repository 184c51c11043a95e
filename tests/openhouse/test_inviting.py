"""The register is invited: by mail, by letter, by telephone; once each, with a link for this day and no other."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from brobygget.associations.commands import staging, undoing
from brobygget.associations.commands.applying import apply_run
from brobygget.associations.models import Association, AssociationContact
from brobygget.house.models import House
from brobygget.openhouse import jobs
from brobygget.openhouse.commands import events, inviting
from brobygget.openhouse.commands.events import Facts
from brobygget.openhouse.commands.sending import AGAIN_AFTER, AT_ONCE, send_due_mails
from brobygget.openhouse.models import Invitation, OpenHouse, Sending
from brobygget.openhouse.queries import doors
from brobygget.openhouse.queries import invitations as queries
from brobygget.people.models import Account
from brobygget.web import clock as real_clock
from tests.associations.conftest import SMALL
from tests.conftest import NOW, TODAY
from tests.openhouse.conftest import DAY, FACTS
from tests.postbox import Postbox, free_port, open_postbox

Press = Callable[..., Any]
Screen = Callable[[Account], Client]
ADDRESS = "https://brohuset.example"


def test_undoing_the_import_takes_nobody_away_who_has_been_invited(
    house: House, the_day: OpenHouse, says: Callable[..., Any]
) -> None:
    """What an association has answered would go with it."""
    run = staging.take_file(house=house, data=SMALL.encode(), name="register.csv", by=None, at=NOW)
    run = staging.confirm_columns(run, mapping=run.mapping, on=TODAY)
    run = apply_run(staging.read_rows(run, at=NOW), at=NOW)
    one, *rest = Association.objects.order_by("pk")
    inviting.invite_associations(the_day, [one], on=TODAY)
    says(Invitation.objects.select_related("openhouse__house", "association").get(), "yes")
    undone = undoing.undo_run(run, at=NOW)
    assert list(Association.objects.all()) == [one]
    assert (undone.counts["undone"]["kept"], undone.counts["undone"]["removed"]) == (1, len(rest))
    assert Invitation.objects.get().answer.said == "yes"


def _send(house: House, at: Any = NOW) -> int:
    return send_due_mails(house, address=ADDRESS, at=at)


def test_everybody_who_can_be_reached_is_invited_once(
    the_day: OpenHouse, association: Callable[..., Association]
) -> None:
    found = [association("A", email="a@a.example"), association("B"), association("C", reach="phone")]
    association("Ingen kontakt", reach="none")
    association("Vilande", email="v@a.example", status="dormant")
    association("Gömd", email="g@a.example", hidden_on=TODAY)
    listed = list(queries.to_invite(the_day.house, the_day))
    assert listed == found
    assert [inviting.invite_associations(the_day, listed, on=TODAY) for _time in range(2)] == [3, 0]
    sums = queries.sums_of(the_day)
    assert (sums.invited, sums.silent, sums.by_mail, sums.by_letter, sums.by_phone) == (3, 3, 1, 1, 1)


def test_a_second_invitation_to_the_same_day_cannot_be_stored(bengts: Invitation) -> None:
    second = Invitation(
        openhouse=bengts.openhouse,
        association=bengts.association,
        way="email",
        seed="x",
        link_digest="x",
        code_digest="x",
        made_on=TODAY,
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        second.save()


def test_mails_go_in_the_background_each_with_its_own_link(bengts: Invitation, invited: Any) -> None:
    gun = invited("Guns kör", email="kor@byn.example")
    house = bengts.openhouse.house
    assert inviting.send_invitations(bengts.openhouse, by=None, at=NOW) == 2
    assert inviting.send_invitations(bengts.openhouse, by=None, at=NOW) == 0
    assert (len(mail.outbox), _send(house), _send(house)) == (0, 2, 0)
    for one, to in ((bengts, "info@byns.example"), (gun, "kor@byn.example")):
        (message,) = [each for each in mail.outbox if each.to == [to]]
        assert f"{ADDRESS}/open-house/link/{doors.link_of(one)}/" in message.body
        assert "lördag 24 april" in message.subject
        assert one.association.name not in message.subject + message.body


def test_a_mail_says_nothing_that_an_association_has_written(bengts: Invitation, says: Any) -> None:
    Association.objects.filter(pk=bengts.association_id).update(description="KANARIE", can_try="KANARIE")
    says(bengts, "maybe", hands="KANARIE", wish="KANARIE")
    inviting.send_invitations(bengts.openhouse, by=None, at=NOW)
    _send(bengts.openhouse.house)
    assert not [one for one in mail.outbox if "KANARIE" in one.subject + one.body]


def test_an_address_that_two_associations_share_gets_one_mail_a_day(bengts: Invitation, invited: Any) -> None:
    invited("Byns syförening", email="INFO@byns.example")
    house = bengts.openhouse.house
    inviting.send_invitations(bengts.openhouse, by=None, at=NOW)
    sent = [_send(house, NOW + timedelta(hours=hours)) for hours in (0, 1, 23, 25)]
    assert sent == [1, 0, 0, 1]
    assert "byns.example" not in str(list(Sending.objects.values()))


def test_the_worker_sends_some_at_a_time_by_the_clock_of_each_house(
    the_day: OpenHouse, invited: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(AT_ONCE + 5):
        invited(f"Förening {number}", email=f"f{number}@a.example")
    House.objects.update(clock_offset=timedelta(days=3))
    inviting.send_invitations(the_day, by=None, at=NOW)
    assert [jobs.tell_associations() for _time in range(3)] == [AT_ONCE, 5, 0]
    assert set(Sending.objects.values_list("sent_at", flat=True)) == {NOW + timedelta(days=3)}


def test_a_mail_server_that_is_away_loses_nothing(bengts: Invitation, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    house = bengts.openhouse.house
    inviting.send_invitations(bengts.openhouse, by=None, at=NOW)
    assert _send(house) == 0
    assert queries.mails_waiting(bengts.openhouse) == (1, NOW + AGAIN_AFTER)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert [_send(house, NOW + timedelta(minutes=minutes)) for minutes in (1, 5, 6)] == [0, 1, 0]


def test_an_address_that_is_gone_keeps_nobody_else_waiting(
    bengts: Invitation, invited: Any, settings: Any
) -> None:
    invited("Guns kör", email="kor@byn.example")
    house, the_day = bengts.openhouse.house, bengts.openhouse
    inviting.send_invitations(the_day, by=None, at=NOW)
    with open_postbox(Postbox(gone=("info@byns.example",)), settings) as postbox:
        assert [_send(house), _send(house, NOW + timedelta(hours=1))] == [1, 0]
    assert postbox.received == ["kor@byn.example"]
    assert queries.mails_waiting(the_day) == (0, None)
    bengts.refresh_from_db()
    assert (bengts.way, list(queries.to_call(the_day))) == ("phone", [bengts])  # a person calls


def test_a_full_mail_server_is_tried_again_and_nobody_is_told_twice(
    bengts: Invitation, invited: Any, settings: Any
) -> None:
    invited("Guns kör", email="kor@byn.example")
    house = bengts.openhouse.house
    inviting.send_invitations(bengts.openhouse, by=None, at=NOW)
    with open_postbox(Postbox(most=1), settings) as postbox:
        assert _send(house) == 1
        postbox.most = 9
        assert [_send(house, NOW + timedelta(minutes=minutes)) for minutes in (1, 6, 7)] == [0, 1, 0]
    assert sorted(postbox.received) == ["info@byns.example", "kor@byn.example"]


def test_the_silent_are_reminded_after_a_week_and_twice_at_most(
    bengts: Invitation, invited: Any, says: Any
) -> None:
    answered = invited("Guns kör", email="kor@byn.example")
    the_day = bengts.openhouse
    inviting.send_invitations(the_day, by=None, at=NOW)
    says(answered, "no")
    days = [0, 6, 8, 9, 16, 24, 40]
    nudged = [inviting.nudge_the_silent(the_day, by=None, at=NOW + timedelta(day)) for day in days]
    assert nudged == [0, 0, 1, 0, 1, 0, 0]


def test_a_letter_goes_home_holds_the_code_and_fits_a_page(
    the_day: OpenHouse, invited: Any, petra: Account, client_of_account: Screen, press: Press
) -> None:
    one = invited("Sömnadens vänner " + "med ett långt namn " * 4)
    AssociationContact.objects.create(association=one.association, name="Karin Ek")
    client = client_of_account(petra)
    base = f"/open-houses/{the_day.pk}/invitations/"
    assert client.get(f"{base}letters.pdf").status_code == 404
    press(client, f"{base}letters/")
    answer = client.get(f"{base}letters.pdf")
    pages = PdfReader(io.BytesIO(answer.content)).pages
    text = pages[0].extract_text()
    assert len(pages) == 1
    for words in ("Sömnadens vänner", "Karin Ek", "Föreningsdag", "lördag 24 april 2027"):
        assert words in text
    assert doors.code_of(one) in "".join(text.split())  # its letters stand apart, which reads as spaces
    assert answer.headers["Cache-Control"] == "no-store, private"


def test_a_link_opens_one_association_and_one_day(
    bengts: Invitation, house: House, client_invited: Any
) -> None:
    other_day = events.plan_open_house(
        house=house, circle=None, facts=Facts(**{**FACTS, "name": "Höstens dag"}), on=TODAY, at=NOW
    )
    inviting.invite_associations(other_day, [bengts.association], on=TODAY)
    autumn = Invitation.objects.get(openhouse=other_day)
    client = client_invited(bengts)
    assert client.get(f"/open-house/{bengts.openhouse_id}/answer/").status_code == 200
    assert client.get(f"/open-house/{other_day.pk}/answer/").status_code == 404
    page = client.get(f"/open-house/link/{doors.link_of(autumn)}/").content.decode()
    assert ("Höstens dag" in page, "Föreningsdag" in page) == (True, False)
    # neither the other secret nor the association's own form opens with it
    assert doors.behind_code(doors.link_of(bengts), on=TODAY) is None
    assert doors.behind_link(doors.code_of(bengts), on=TODAY) is None
    assert Client().get(f"/own/{doors.link_of(bengts)}/").status_code == 404


def test_the_link_is_never_used_up_by_looking_and_closes_a_month_after_the_day(bengts: Invitation) -> None:
    secret = doors.link_of(bengts)
    stored = list(Invitation.objects.values())
    for _time in range(20):
        answer = Client().get(f"/open-house/link/{secret}/")
        assert (answer.status_code, set(answer.cookies) - {"csrftoken"}) == (200, set())
    assert list(Invitation.objects.values()) == stored
    works = [doors.behind_link(secret, on=DAY + timedelta(days)) is not None for days in (0, 30, 31)]
    assert works == [True, True, False]
    renewed = inviting.renew_link(bengts)
    assert doors.behind_link(secret, on=TODAY) is None
    assert doors.behind_link(doors.link_of(renewed), on=TODAY) == bengts


def test_the_code_opens_however_it_is_typed_and_wrong_ones_are_stopped(
    bengts: Invitation, press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = doors.code_of(bengts)
    for typed in (code, code.lower(), code.replace("-", " ")):
        client = Client()
        assert press(client, "/open-house/code/", code=typed).status_code == 302
        assert client.get(f"/open-house/{bengts.openhouse_id}/answer/").status_code == 200
    statuses = {
        press(Client(), "/open-house/code/", code=f"ABCDE-FGH2{sign}").status_code for sign in "ABCDEFGHJKLM"
    }
    assert statuses == {422, 429}
    assert press(Client(), "/open-house/code/", code=code).status_code == 429
    monkeypatch.setattr(real_clock, "read", lambda: NOW + timedelta(minutes=1))
    assert press(Client(), "/open-house/code/", code=code).status_code == 302


def test_the_telephone_list_holds_the_silent_without_mail_and_those_who_say_maybe(
    bengts: Invitation, invited: Any, says: Any, petra: Account, client_of_account: Screen, press: Press,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    letter, maybe = invited("Sömnadens vänner", phone="0980-1"), invited("Kören", email="k@a.example")
    said_no = invited("Schack", phone="0980-2")
    says(maybe, "maybe")
    says(said_no, "no")
    the_day = bengts.openhouse
    assert list(queries.to_call(the_day)) == [maybe, letter]
    client = client_of_account(petra)
    base = f"/open-houses/{the_day.pk}/invitations/"
    press(client, f"{base}{letter.pk}/call/")
    page = client.get(f"{base}calls/").content.decode()
    assert "tel:0980-1" in page
    script = page.partition("call-words")[2].partition("</section>")[0]
    for words in (
        "Petra",
        "Brohuset",
        "lördag 24 april",
        "11.00",
        "Älvhallen, Storgatan 2",
        "tisdag 16 mars",
    ):
        assert words in script, words
    monkeypatch.setattr(real_clock, "read", lambda: NOW + timedelta(days=60))
    assert "Anmälan har stängt" in client.get(f"{base}calls/").content.decode()
    monkeypatch.setattr(real_clock, "read", lambda: NOW)
    call = Sending.objects.get()
    assert (call.way, call.outcome, call.by) == ("call", "nobody", petra)
    # what is answered on the telephone is written down by the staff
    fields = {"said": "yes", "hands": "Sy en knapp", "watts": "0"}
    assert press(client, f"{base}{letter.pk}/", **fields).status_code == 302
    assert list(queries.to_call(the_day)) == [maybe]
    letter.refresh_from_db()
    assert (letter.answer.said, letter.answer.hands, letter.answer.channel) == ("yes", "Sy en knapp", "staff")


def test_the_number_of_questions_is_the_same_for_three_and_three_hundred(
    the_day: OpenHouse, invited: Any, says: Any, petra: Account, client_of_account: Screen, house: House
) -> None:
    client = client_of_account(petra)
    base = f"/open-houses/{the_day.pk}/invitations/"

    def asked() -> list[int]:
        counts = []
        for url in (base, f"{base}calls/", f"{base}sending/", f"{base}?which=silent&q=f"):
            client.get(url)
            with CaptureQueriesContext(connection) as found:
                assert client.get(url).status_code == 200
            counts.append(len(found))
        return counts

    for number in range(3):
        says(invited(f"Förening {number}", phone="1"), "maybe")
        invited(f"Tyst förening {number}", phone="1")
    few = asked()
    made = Association.objects.bulk_create(
        Association(
            house=house,
            name=f"Förening {number:03}",
            phone="2",
            reach="letter",
            created_on=TODAY,
            changed_at=NOW,
        )
        for number in range(300)
    )
    AssociationContact.objects.bulk_create(
        AssociationContact(association=one, name="Karin", phone="3") for one in made
    )
    inviting.invite_associations(the_day, made, on=TODAY)
    inviting.make_letters(the_day, by=None, at=NOW)
    assert asked() == few
