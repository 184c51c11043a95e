"""Companions: said by oneself, proposed by the program, decided by a human, and named only after everybody's yes."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from brobygget.circles.commands import Refused, companions
from brobygget.circles.models import Circle, Companion, Companionship, CompanionWish, Membership
from brobygget.circles.queries import companions as queries
from brobygget.people.models import Account
from tests.conftest import TODAY

Press = Callable[..., HttpResponse]
pytestmark = pytest.mark.usefixtures("in_english")
# alias, language, years here, interests, times
PEOPLE = (
    ("Samira", "fa", "<1", ("sewing", "fika"), ("saturday",)),
    ("Zahra", "fa", "always", ("sewing", "garden"), ("saturday", "sunday")),
    ("Yusuf", "sv", "1-3", ("football",), ("weekday-evening",)),
    ("Bengt", "sv", ">10", ("football", "woodwork"), ("weekday-evening",)),
)


@pytest.fixture
def four(circle: Circle, member: Callable[..., Membership]) -> dict[str, Membership]:
    """Two who are new and two who are not; each has something in common with one of the others."""
    found = {}
    for alias, language, years, interests, times in PEOPLE:
        who = member(circle, alias, language)
        who.participant.years_here = years
        who.participant.save()
        companions.want_companion(who, interests=interests, times=times, on=TODAY)
        found[alias] = who
    return found


@pytest.fixture
def leader(birgit: Account, client_of_account: Callable[[Account], Client]) -> Client:
    client = client_of_account(birgit)
    client.cookies["language"] = "en"
    return client


def _names(circle: Circle) -> list[list[str]]:
    return [[who.participant.alias for who in each.members] for each in queries.going_in(circle)]


def _proposed(circle: Circle, alias: str) -> Companionship:
    return Companionship.objects.get(
        companions__membership__in=[
            who.membership for who in queries.wanting_in(circle) if who.membership.participant.alias == alias
        ],
        ended_on=None,
    )


def _asked(circle: Circle) -> Companionship:
    companions.propose(circle, size=2, on=TODAY)
    return companions.ask(_proposed(circle, "Samira"), on=TODAY)


def _text(response: Any) -> str:
    main = response.content.decode().split("<main")[1].split("</main")[0]
    return html.unescape(" ".join(re.sub(r"<[^>]+>", " ", main).split()))


def test_those_are_proposed_who_share_a_language_a_time_and_what_they_like(
    circle: Circle, four: dict[str, Membership]
) -> None:
    assert companions.propose(circle, size=2, on=TODAY) == 2
    assert sorted(_names(circle)) == [["Bengt", "Yusuf"], ["Samira", "Zahra"]]
    shared = {each.members[0].participant.alias: each for each in queries.going_in(circle)}
    assert shared["Samira"].languages == ("fa",)
    assert [tile.code for tile in shared["Samira"].interests] == ["sewing"]
    assert [tile.code for tile in shared["Samira"].times] == ["saturday"]


def test_two_on_the_same_side_who_are_left_are_proposed_too(
    circle: Circle, four: dict[str, Membership]
) -> None:
    """So that nobody can read a side from who was left."""
    for who in four.values():
        who.participant.years_here = "always"
        who.participant.save()
    companions.propose(circle, size=2, on=TODAY)
    assert sorted(_names(circle)) == [["Bengt", "Yusuf"], ["Samira", "Zahra"]]


def test_a_new_proposal_takes_the_place_of_one_that_nobody_decided_on(
    circle: Circle, four: dict[str, Membership]
) -> None:
    for _press in range(2):
        companions.propose(circle, size=2, on=TODAY)
    assert Companionship.objects.count() == 2


@pytest.mark.parametrize("size", [0, 1, 4, -2])
def test_companions_are_two_or_three(circle: Circle, size: int) -> None:
    with pytest.raises(Refused):
        companions.propose(circle, size=size, on=TODAY)


def test_nobody_is_named_before_everybody_has_said_yes(
    circle: Circle, four: dict[str, Membership], client_of: Callable[..., Client], press: Press
) -> None:
    samira, zahra = (client_of(four[alias]) for alias in ("Samira", "Zahra"))
    for phone in (samira, zahra):
        phone.cookies["language"] = "en"
    companions.propose(circle, size=2, on=TODAY)
    page = reverse("circles:own_companion")
    assert "There is somebody who might fit" not in _text(samira.get(page))  # the leader has not decided
    asked = companions.ask(_proposed(circle, "Samira"), on=TODAY)
    told = _text(samira.get(page))
    assert "There is somebody who might fit" in told
    assert "You can talk in Dari" in told
    assert "Zahra" not in samira.get(page).content.decode()
    press(samira, reverse("circles:companion_answer", args=[asked.pk]), what="yes")
    assert "We wait for the answer" in _text(samira.get(page))
    for phone, other in ((samira, "Zahra"), (zahra, "Samira")):
        assert other not in phone.get(page).content.decode()
    press(zahra, reverse("circles:companion_answer", args=[asked.pk]), what="yes")
    assert "Zahra" in _text(samira.get(page))
    assert "Samira" in _text(zahra.get(page))


def test_a_no_tells_nobody_whose_it_was_and_is_not_proposed_again(
    circle: Circle,
    four: dict[str, Membership],
    leader: Client,
    client_of: Callable[..., Client],
    press: Press,
) -> None:
    asked = _asked(circle)
    companions.answer(asked, four["Zahra"], is_yes=True, on=TODAY)
    before = _text(leader.get(reverse("circles:companions", args=[circle.pk])))
    companions.answer(asked, four["Samira"], is_yes=False, on=TODAY)
    phone = client_of(four["Zahra"])
    phone.cookies["language"] = "en"
    assert "You have said yes" not in _text(phone.get(reverse("circles:own_companion")))
    companions.propose(circle, size=2, on=TODAY)
    assert ["Samira", "Zahra"] not in _names(circle)
    assert "said" not in before.split("Want a companion")[0].replace("each of them says yes", "")


def test_what_the_leader_sees_is_the_same_whoever_has_answered(
    circle: Circle, four: dict[str, Membership], leader: Client
) -> None:
    asked = _asked(circle)
    page = reverse("circles:companions", args=[circle.pk])
    before = _text(leader.get(page))
    companions.answer(asked, four["Zahra"], is_yes=True, on=TODAY)
    assert _text(leader.get(page)) == before


def test_either_ends_it_without_a_reason(
    circle: Circle, four: dict[str, Membership], client_of: Callable[..., Client], press: Press
) -> None:
    asked = _asked(circle)
    for alias in ("Samira", "Zahra"):
        companions.answer(asked, four[alias], is_yes=True, on=TODAY)
    phone = client_of(four["Zahra"])
    page = phone.get(reverse("circles:own_companion")).content.decode().split("<main")[1]
    form = page.split(reverse("circles:companion_answer", args=[asked.pk]))[1].split("</form>")[0]
    assert set(re.findall(r'name="(\w+)"', form)) == {"csrfmiddlewaretoken", "key", "what"}
    press(phone, reverse("circles:companion_answer", args=[asked.pk]), what="end")
    asked.refresh_from_db()
    assert asked.ended_on == TODAY
    assert {field.name for field in Companionship._meta.get_fields()} == {
        "id",
        "circle",
        "companions",
        "proposed_on",
        "asked_on",
        "joined_on",
        "ended_on",
    }


def test_nobody_answers_for_somebody_else(
    circle: Circle, four: dict[str, Membership], client_of: Callable[..., Client], press: Press
) -> None:
    asked = _asked(circle)
    answer = press(client_of(four["Yusuf"]), reverse("circles:companion_answer", args=[asked.pk]), what="yes")
    assert answer.status_code == 404
    assert Companion.objects.filter(companionship=asked, said_yes_on=None).count() == 2


def test_the_leader_can_put_other_people_in_a_proposal(
    circle: Circle, four: dict[str, Membership], leader: Client, press: Press
) -> None:
    companions.propose(circle, size=2, on=TODAY)
    instead = _proposed(circle, "Samira")
    press(
        leader,
        reverse("circles:companions_pair", args=[circle.pk]),
        who=[four["Samira"].pk, four["Bengt"].pk],
        instead=instead.pk,
    )
    assert ["Bengt", "Samira"] in _names(circle)
    assert ["Samira", "Zahra"] not in _names(circle)


@pytest.mark.parametrize("aliases", [["Samira"], [], ["Samira", "Zahra", "Yusuf", "Bengt"]])
def test_one_and_four_are_not_companions(
    circle: Circle, four: dict[str, Membership], aliases: list[str]
) -> None:
    with pytest.raises(Refused):
        companions.pair(circle, [four[alias] for alias in aliases], on=TODAY)


def test_only_who_has_said_it_themself_can_be_proposed(
    circle: Circle, four: dict[str, Membership], member: Callable[..., Membership]
) -> None:
    silent = member(circle, "Tyst", "fa")
    with pytest.raises(Refused):
        companions.pair(circle, [four["Samira"], silent], on=TODAY)


def test_nobody_is_asked_about_two_at_once(circle: Circle, four: dict[str, Membership]) -> None:
    companions.propose(circle, size=2, on=TODAY)
    other = companions.pair(circle, [four["Samira"], four["Bengt"]], on=TODAY)
    companions.ask(other, on=TODAY)
    assert _names(circle) == [["Bengt", "Samira"]]  # the others were only thoughts
    with pytest.raises(Refused):
        companions.pair(circle, [four["Samira"], four["Zahra"]], on=TODAY)


def test_who_takes_the_wish_back_is_not_asked_any_more(circle: Circle, four: dict[str, Membership]) -> None:
    _asked(circle)
    companions.want_none(four["Samira"], on=TODAY)
    assert not CompanionWish.objects.filter(membership=four["Samira"]).exists()
    assert ["Samira", "Zahra"] not in _names(circle)


def test_a_wish_needs_a_time_and_keeps_what_was_tapped(
    amina: Membership, client_of: Callable[..., Client], press: Press
) -> None:
    phone = client_of(amina)
    phone.cookies["language"] = "en"
    answer = press(phone, reverse("circles:own_companion"), interests=["sewing"])
    assert answer.status_code == 422
    assert "Tap at least one time when you can." in _text(answer)
    assert 'value="sewing" checked' in answer.content.decode()
    assert press(phone, reverse("circles:own_companion"), times=["midnight"]).status_code == 422
    press(phone, reverse("circles:own_companion"), interests=["sewing"], times=["sunday"])
    press(phone, reverse("circles:own_companion"), interests=["fika"], times=["saturday"])
    wish = CompanionWish.objects.get()
    assert (wish.interests, wish.times) == ("fika", "saturday")


def test_the_side_of_the_line_is_on_no_page(
    circle: Circle, four: dict[str, Membership], leader: Client
) -> None:
    companions.propose(circle, size=2, on=TODAY)
    page = reverse("circles:companions", args=[circle.pk])
    before = _text(leader.get(page))
    for who in four.values():
        who.participant.years_here = "always" if who.participant.years_here == "<1" else "<1"
        who.participant.save()
    assert _text(leader.get(page)) == before
    assert "year" not in before


def test_the_leaders_page_costs_the_same_with_many(
    circle: Circle, four: dict[str, Membership], leader: Client, member: Callable[..., Membership]
) -> None:
    page = reverse("circles:companions", args=[circle.pk])
    companions.propose(circle, size=2, on=TODAY)

    def asked() -> int:
        leader.get(page)
        with CaptureQueriesContext(connection) as found:
            leader.get(page)
        return len(found)

    few = asked()
    for number in range(40):
        who = member(circle, f"Medlem {number}", "sv")
        who.participant.years_here = "always" if number % 2 else "<1"
        who.participant.save()
        companions.want_companion(who, interests=["fika"], times=["saturday"], on=TODAY)
    companions.propose(circle, size=2, on=TODAY)
    assert asked() == few
