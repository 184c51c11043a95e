""" "So we do": told by anyone, answered by anyone, and nobody's name on it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from brobygget.circles.commands import Refused
from brobygget.circles.commands.customs import answer_custom, hide_custom, hide_reply, tell_custom
from brobygget.circles.models import Circle, Custom, CustomReply, Meeting
from brobygget.circles.queries.customs import customs_of

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
