""" "So we do": told by anyone, answered by anyone, and nobody's name on it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from brobygget.circles.commands import Refused
from brobygget.circles.commands.customs import answer_custom, hide_custom, hide_reply, tell_custom
from brobygget.circles.models import Circle, Custom, CustomReply, Meeting, Membership
from brobygget.circles.queries.customs import customs_of
from brobygget.people.models import Account

pytestmark = pytest.mark.django_db


def test_a_custom_is_told_and_answered_in_two_languages(circle: Circle, today: date) -> None:
    first = tell_custom(circle=circle, text="Vi tar av oss skorna.", language="sv", on=today)
    answer_custom(custom=first, text="نحن أيضًا نخلع الأحذية.", language="ar", on=today)
    (shown,) = customs_of(circle)
    assert (shown.language, [reply.language for reply in shown.replies.all()]) == ("sv", ["ar"])


def test_no_row_tells_who_told_it() -> None:
    assert {f.name for f in Custom._meta.get_fields()} == {
        "id", "circle", "text", "language", "told_on", "hidden_on", "replies"
    }  # fmt: skip
    assert {f.name for f in CustomReply._meta.get_fields()} == {
        "id", "custom", "text", "language", "told_on", "hidden_on"
    }  # fmt: skip


def test_what_the_leader_hides_is_gone_with_its_answers(circle: Circle, today: date) -> None:
    kept = tell_custom(circle=circle, text="Vi äter klockan fem.", language="sv", on=today)
    other = tell_custom(circle=circle, text="Vi äter klockan nio.", language="sv", on=today)
    answer = answer_custom(custom=kept, text="Inte vi.", language="sv", on=today)
    hide_custom(custom=other, on=today)
    hide_reply(reply=answer, on=today)
    (shown,) = customs_of(circle)
    assert (shown.pk, list(shown.replies.all())) == (kept.pk, [])
    with pytest.raises(Refused):
        answer_custom(custom=other, text="Vi också.", language="sv", on=today)
    assert CustomReply.objects.count() == 1


def test_a_circle_that_has_ended_takes_nothing_more(circle: Circle, today: date) -> None:
    Circle.objects.filter(pk=circle.pk).update(ended_on=today)
    with pytest.raises(Refused) as no:
        tell_custom(circle=circle, text="För sent", language="sv", on=today)
    assert no.value.status == 409
    assert not Custom.objects.exists()


def test_the_screens_of_the_open_meeting_hear_of_it(circle: Circle, meeting: Meeting, today: date) -> None:
    tell_custom(circle=circle, text="Vi fikar.", language="sv", on=today)
    earlier, meeting = meeting.version, Meeting.objects.get()
    assert meeting.version == earlier + 1


def test_the_number_of_queries_does_not_grow_with_what_is_told(
    circle: Circle, today: date, django_assert_num_queries: Callable[..., object]
) -> None:
    for amount in (3, 300):
        while circle.customs.count() < amount:
            custom = Custom.objects.create(circle=circle, text="Så gör vi", language="sv", told_on=today)
            CustomReply.objects.create(custom=custom, text="Och jag", language="sv", told_on=today)
        with django_assert_num_queries(2):
            assert sum(len(custom.replies.all()) for custom in customs_of(circle)) == amount


Phone = Callable[[Membership], Client]
Desk = Callable[[Account], Client]
Press = Callable[..., HttpResponse]


def test_it_is_told_on_one_phone_and_answered_on_another_in_its_own_direction(
    circle: Circle, amina: Membership, member: Callable[..., Membership], client_of: Phone, press: Press
) -> None:
    first, second = client_of(amina), client_of(member(circle, "Oksana", "uk"))
    url = reverse("circles:customs", args=[circle.pk])
    told = press(first, reverse("circles:custom_tell", args=[circle.pk]), text="نخلع الأحذية", language="ar")
    assert (told.status_code, told["Location"]) == (302, url)
    custom = Custom.objects.get()
    press(second, reverse("circles:custom_answer", args=[circle.pk, custom.pk]), text="Ми теж", language="uk")
    page = second.get(url).content.decode()
    assert '<div class="words" lang="ar" dir="auto">' in page
    assert '<div class="words" lang="uk" dir="auto">' in page
    assert "Amina" not in page


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "Skriv något först."),
        ("🙂🙂🙂", "Skriv minst en bokstav."),
        ("x" * 10_000, "10000 tecken"),
        ("Jag heter 19811218-9876", "personnummer"),
    ],
)
def test_what_cannot_be_told_gets_a_sentence_and_stays_in_the_form(
    circle: Circle, birgit: Account, client_of_account: Desk, press: Press, text: str, says: str
) -> None:
    answer = press(
        client_of_account(birgit), reverse("circles:custom_tell", args=[circle.pk]), text=text, language="sv"
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert says in page
    assert text in page
    assert not Custom.objects.exists()


def test_html_is_words(circle: Circle, amina: Membership, client_of: Phone, press: Press) -> None:
    press(
        client_of(amina),
        reverse("circles:custom_tell", args=[circle.pk]),
        text="<script>alert(1)</script>",
        language="sv",
    )
    page = client_of(amina).get(reverse("circles:customs", args=[circle.pk])).content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_an_answer_to_what_was_put_away_keeps_its_words(
    circle: Circle, amina: Membership, today: date, client_of: Phone, press: Press
) -> None:
    custom = tell_custom(circle=circle, text="Borta", language="sv", on=today)
    hide_custom(custom=custom, on=today)
    answer = press(
        client_of(amina),
        reverse("circles:custom_answer", args=[circle.pk, custom.pk]),
        text="Mina fina ord",
        language="sv",
    )
    assert answer.status_code == 409
    assert "Mina fina ord" in answer.content.decode()


def test_only_the_leader_puts_away(
    circle: Circle,
    amina: Membership,
    birgit: Account,
    today: date,
    client_of: Phone,
    client_of_account: Desk,
    press: Press,
) -> None:
    custom = tell_custom(circle=circle, text="Vi fikar", language="sv", on=today)
    url = reverse("circles:custom_hide", args=[circle.pk, custom.pk])
    assert press(client_of(amina), url).status_code == 302  # to sign in
    assert customs_of(circle).count() == 1
    assert press(client_of_account(birgit), url).status_code == 302
    assert customs_of(circle).count() == 0
