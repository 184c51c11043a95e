"""Ground rules: agreed, reworded, read again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from brobygget.circles.commands import Refused
from brobygget.circles.commands.ground_rules import MOST_RULES, agree_rule, drop_rule, read_rules, reword_rule
from brobygget.circles.models import Circle, GroundRule, Meeting, Membership
from brobygget.circles.queries.ground_rules import rules_of
from brobygget.people.models import Account

pytestmark = pytest.mark.django_db


def test_rules_are_agreed_reworded_and_dropped(circle: Circle, today: date) -> None:
    first = agree_rule(circle=circle, text="En talar i taget", language="sv", on=today)
    second = agree_rule(circle=circle, text="Det som sägs stannar här", language="sv", on=today)
    reword_rule(rule=first, text="Alla får tala klart", language="sv", on=today + timedelta(days=7))
    drop_rule(rule=second)
    (kept,) = rules_of(circle)
    assert (kept.text, kept.agreed_on) == ("Alla får tala klart", today + timedelta(days=7))


def test_the_same_rule_twice_is_refused_also_when_reworded(circle: Circle, today: date) -> None:
    agree_rule(circle=circle, text="En talar i taget", language="sv", on=today)
    other = agree_rule(circle=circle, text="Alla får passa", language="sv", on=today)
    with pytest.raises(Refused):
        agree_rule(circle=circle, text="  en talar i TAGET. ", language="sv", on=today)
    with pytest.raises(Refused):
        reword_rule(rule=other, text="En talar i taget!", language="sv", on=today)
    reword_rule(rule=other, text="Alla får passa.", language="sv", on=today)
    assert GroundRule.objects.count() == 2


def test_more_rules_than_one_remembers_are_refused(circle: Circle, today: date) -> None:
    for number in range(MOST_RULES):
        agree_rule(circle=circle, text=f"Regel {number}", language="sv", on=today)
    with pytest.raises(Refused):
        agree_rule(circle=circle, text="En till", language="sv", on=today)


def test_rules_are_read_once_at_each_meeting(circle: Circle, meeting: Meeting, clock: datetime) -> None:
    with pytest.raises(Refused):
        read_rules(meeting=meeting, at=clock)
    agree_rule(circle=circle, text="En talar i taget", language="sv", on=clock.date())
    read_rules(meeting=meeting, at=clock)
    read_rules(meeting=meeting, at=clock + timedelta(minutes=5))
    assert Meeting.objects.get().rules_read_at == clock


def test_a_closed_meeting_reads_no_rules(circle: Circle, meeting: Meeting, clock: datetime) -> None:
    agree_rule(circle=circle, text="En talar i taget", language="sv", on=clock.date())
    Meeting.objects.update(closed_at=clock)
    with pytest.raises(Refused):
        read_rules(meeting=meeting, at=clock)


def test_anybody_agrees_and_rewords_and_the_leader_has_them_read(
    circle: Circle,
    meeting: Meeting,
    amina: Membership,
    birgit: Account,
    client_of: Callable[[Membership], Client],
    client_of_account: Callable[[Account], Client],
    press: Callable[..., HttpResponse],
) -> None:
    phone, leader = client_of(amina), client_of_account(birgit)
    press(phone, reverse("circles:rule_agree", args=[circle.pk]), text="En i taget", language="sv")
    rule = GroundRule.objects.get()
    press(phone, reverse("circles:rule_reword", args=[circle.pk, rule.pk]), text="واحد واحد", language="ar")
    assert press(phone, reverse("circles:rule_drop", args=[circle.pk, rule.pk])).status_code == 302
    assert "accounts" in press(phone, reverse("circles:rules_read", args=[meeting.pk]))["Location"]
    press(leader, reverse("circles:rules_read", args=[meeting.pk]))
    page = leader.get(reverse("circles:ground_rules", args=[circle.pk])).content.decode()
    assert '<span lang="ar" dir="auto">واحد واحد</span>' in page
    assert "Läst tillsammans i dag klockan 13.00" in page


@pytest.mark.parametrize("text", ["", "🎉", "x" * 10_000])
def test_what_cannot_be_agreed_stays_in_the_form(
    circle: Circle,
    birgit: Account,
    client_of_account: Callable[[Account], Client],
    press: Callable[..., HttpResponse],
    text: str,
) -> None:
    answer = press(
        client_of_account(birgit), reverse("circles:rule_agree", args=[circle.pk]), text=text, language="sv"
    )
    assert answer.status_code == 422
    assert text in answer.content.decode()
    assert not GroundRule.objects.exists()
