"""The pages of the town's vote: a phone without JavaScript, the desk, the wall, paper and files."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from brobygget.ideas.commands import moderation, strips
from brobygget.ideas.commands import town_vote as commands
from brobygget.ideas.models import Answer, Figures, Strip, TownIdea, TownVote, Voter
from brobygget.ideas.queries.town_vote import token_of
from brobygget.people import commands as people
from brobygget.people.models import Account, Role
from tests.conftest import NOW, TODAY
from tests.ideas.town import COOKING, crowd, draw, everybody_says

Press = Callable[..., Any]


@pytest.fixture(autouse=True)
def _nobody_has_pressed_yet() -> None:
    cache.clear()


@pytest.fixture
def ali(town_vote: TownVote) -> Account:
    """Reads what the town writes, and translates."""
    account = people.open_account(email="ali@alvnas.example", called="Ali", on=TODAY)
    people.give_role(account=account, house_id=town_vote.house_id, kind=Role.Kind.MODERATOR, on=TODAY)
    return account


def at(name: str, *args: Any) -> str:
    return reverse(f"ideas:{name}", args=args)


def fields_of(page: str) -> dict[str, str]:
    """What the first form on a page that answers an idea would send."""
    form = re.search(r'<form class="vote-form".*?</form>', page, re.S)
    assert form is not None
    found = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form[0]))
    action = re.search(r'action="([^"]+)"', form[0])
    assert action is not None
    return {"action": action[1], **{name: found[name] for name in ("key", "seq", "opening") if name in found}}


def answer(client: Client, vote: TownVote, choice: int = 1, **more: str) -> Any:
    """Open the page and press, as a phone without JavaScript does."""
    fields = fields_of(client.get(at("vote", vote.pk)).content.decode()) | more
    return client.post(fields.pop("action"), {**fields, "secret_choice": str(choice)}, follow=True)


def test_a_phone_without_javascript_answers_everything_and_is_thanked(town_vote: TownVote) -> None:
    phone = Client(headers={"accept-language": "sv"})
    first = answer(phone, town_vote)
    assert "Hur länge har du bott här?" in first.content.decode()
    years = fields_of(first.content.decode())
    page = phone.post(years.pop("action"), {**years, "secret_years": "<1"}, follow=True).content.decode()
    assert "Idé 2 av 2" in page
    assert "Ångra: tillbaka till den förra" in page
    assert "Du har svarat på allt. Tack!" in answer(phone, town_vote, -1).content.decode()
    assert sorted(Answer.objects.values_list("choice", flat=True)) == [-1, 1]
    assert Voter.objects.get().years_here == "<1"


def test_an_answer_can_be_changed(town_vote: TownVote) -> None:
    phone = Client()
    answer(phone, town_vote)
    idea = Answer.objects.get().idea
    assert str(idea) in phone.get(at("vote_answers", town_vote.pk)).content.decode()
    fields = fields_of(phone.get(at("vote_idea", town_vote.pk, idea.pk)).content.decode())
    phone.post(fields.pop("action"), {**fields, "secret_choice": "-1"})
    assert Answer.objects.get().choice == -1


def test_whoever_comes_straight_to_one_idea_or_to_an_own_one_can_answer_and_send(
    town_vote: TownVote, press: Press
) -> None:
    phone, other = Client(), Client()
    idea = town_vote.ideas.all()[0]
    fields = fields_of(phone.get(at("vote_idea", town_vote.pk, idea.pk)).content.decode())
    assert phone.post(fields.pop("action"), {**fields, "secret_choice": "1"}).status_code == 302
    other.get(at("vote_own_idea", town_vote.pk))
    assert (
        press(other, at("vote_own_idea", town_vote.pk), text="Vi sjunger", language="sv").status_code == 302
    )


def test_to_look_at_the_vote_writes_nothing(town_vote: TownVote) -> None:
    strips.make_strips(vote=town_vote, count=1, on=TODAY)
    token = token_of(Strip.objects.get())
    before = TownVote.objects.values().get()
    for _look in range(20):
        for address in (at("vote", town_vote.pk), at("vote_strip", town_vote.pk, token)):
            assert Client().get(address).status_code == 200
    assert (Voter.objects.count(), TownVote.objects.values().get()) == (0, before)


def test_the_key_makes_a_press_count_once(town_vote: TownVote) -> None:
    phone = Client()
    fields = fields_of(phone.get(at("vote", town_vote.pk)).content.decode())
    action = fields.pop("action")
    for _press in range(3):
        phone.post(action, {**fields, "secret_choice": "1"}, headers={"x-outbox": "1"})
    assert Answer.objects.count() == 1
    assert TownVote.objects.get().version == 1


def test_a_hundred_identical_presses_are_one_row(town_vote: TownVote) -> None:
    phone = Client()
    fields = fields_of(phone.get(at("vote", town_vote.pk)).content.decode())
    action = fields.pop("action")
    status = [
        phone.post(action, {**fields, "key": f"{n:032x}", "secret_choice": "1"}).status_code
        for n in range(100)
    ]
    assert (Answer.objects.count(), Voter.objects.count()) == (1, 1)
    assert set(status) == {302, 429}  # the pace of one browser is held


def test_the_pace_is_held_for_each_browser_and_not_for_its_network(town_vote: TownVote) -> None:
    slow, neighbour = Client(), Client()
    fields = fields_of(slow.get(at("vote", town_vote.pk)).content.decode())
    action = fields.pop("action")
    for number in range(100):
        slow.post(action, {**fields, "key": f"{number:032x}", "secret_choice": "1"})
    assert answer(neighbour, town_vote).status_code == 200
    assert Answer.objects.count() == 2


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"secret_choice": "7"}, "Välj ett av svaren."),
        ({"secret_choice": ""}, "Välj ett av svaren."),
        ({"seq": "-1"}, "Välj ett av svaren."),
        ({"opening": "another-browser"}, "Den här sidan är från tidigare."),
    ],
)
def test_a_wrong_press_gets_a_clear_sentence_and_writes_nothing(
    town_vote: TownVote, change: dict[str, str], sentence: str
) -> None:
    phone = Client(headers={"accept-language": "sv"})
    fields = fields_of(phone.get(at("vote", town_vote.pk)).content.decode())
    sent = phone.post(fields.pop("action"), {**fields, "secret_choice": "1", **change})
    assert sent.status_code in {409, 422}
    assert sentence in sent.content.decode()
    assert not Voter.objects.exists()


def test_a_browser_that_keeps_nothing_is_told_so(town_vote: TownVote) -> None:
    fields = fields_of(Client().get(at("vote", town_vote.pk)).content.decode())
    other = Client(headers={"accept-language": "sv"})
    sent = other.post(fields.pop("action"), {**fields, "secret_choice": "1"})
    assert "Tillåt kakor" in sent.content.decode()


def test_an_answer_that_comes_after_the_close_gets_a_clear_sentence(town_vote: TownVote) -> None:
    phone = Client(headers={"accept-language": "sv"})
    fields = fields_of(phone.get(at("vote", town_vote.pk)).content.decode())
    commands.close_town_vote(vote=town_vote, at=NOW)
    action = fields.pop("action")
    sent = phone.post(action, {**fields, "secret_choice": "1"})
    assert (sent.status_code, "Omröstningen är stängd." in sent.content.decode()) == (409, True)
    kept = phone.post(action, {**fields, "secret_choice": "1"}, headers={"x-outbox": "1"})
    assert kept.status_code == 204  # pressed before, arrived a little late
    assert Answer.objects.get().is_late
    assert "1 svar trycktes före stängningen" in phone.get(at("vote_result", town_vote.pk)).content.decode()
    assert "Omröstningen är stängd." in phone.get(at("vote", town_vote.pk)).content.decode()


def test_an_own_idea_waits_and_is_nowhere_until_it_is_read(
    town_vote: TownVote, client_of_account: Callable[[Account], Client], ali: Account, press: Press
) -> None:
    canary = "Kanariefågelkören övar i Brohuset"
    stranger = Client()
    stranger.get(at("vote", town_vote.pk))
    sent = press(stranger, at("vote_own_idea", town_vote.pk), text=canary, language="sv")
    assert sent.status_code == 302
    idea = TownIdea.objects.get(is_from_town=True)
    everywhere = [
        *(
            at(name, town_vote.pk)
            for name in ("vote", "vote_answers", "vote_result", "vote_result_fragment", "vote_wall")
        ),
        *(at(name, town_vote.pk) for name in ("vote_wall_fragment", "vote_csv", "vote_json", "vote_map")),
        "/",
    ]

    def found() -> set[bool]:
        return {canary in stranger.get(address).content.decode() for address in everywhere}

    assert found() == {False}
    desk = client_of_account(ali)
    assert canary in desk.get(at("moderation")).content.decode()
    press(desk, at("vote_showing", town_vote.pk, idea.pk))
    assert True in found()
    press(desk, at("vote_hiding", town_vote.pk, idea.pk), reason="hurts")
    assert found() == {False}
    reading = idea.readings.last()
    assert reading is not None
    assert (reading.account, reading.reason) == (ali, "hurts")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Ring 19900101-2385 och fråga", "personnummer"),
        ("Läs mer på www.exempel.se", "Länkar kan inte visas"),
        ("x" * 281, "281"),
        ("", "Skriv något först."),
    ],
)
def test_what_cannot_be_taken_is_said_and_the_words_stay(
    town_vote: TownVote, text: str, sentence: str
) -> None:
    phone = Client(headers={"accept-language": "sv"})
    phone.get(at("vote", town_vote.pk))
    sent = phone.post(at("vote_own_idea", town_vote.pk), {"key": "0" * 32, "text": text, "language": "sv"})
    page = sent.content.decode()
    assert (sent.status_code, sentence in page, text in page) == (422, True, True)
    assert not TownIdea.objects.filter(is_from_town=True).exists()


def test_the_reader_is_warned_of_what_could_lead_to_a_person(
    town_vote: TownVote, client_of_account: Callable[[Account], Client], ali: Account
) -> None:
    commands.give_town_idea(
        vote=town_vote,
        text="Ring Anna Berg på 070-174 06 05 eller anna@alvnas.example",
        language="sv",
        on=TODAY,
    )
    desk = client_of_account(ali)
    desk.cookies["language"] = "sv"
    page = desk.get(at("moderation")).content.decode()
    for mark in ("ett telefonnummer", "en e-postadress", "kanske ett personnamn"):
        assert mark in page


def test_markup_in_an_idea_is_shown_as_it_was_written(
    town_vote: TownVote, client_of_account: Callable[[Account], Client], ali: Account
) -> None:
    idea = commands.give_town_idea(vote=town_vote, text="<b onmouseover=x>Fest</b>", language="sv", on=TODAY)
    assert "<b onmouse" not in client_of_account(ali).get(at("moderation")).content.decode()
    moderation.show_town_idea(idea=idea, by=ali, on=TODAY)
    for name in ("vote", "vote_result", "vote_wall"):
        assert "<b onmouse" not in Client().get(at(name, town_vote.pk)).content.decode()


def test_a_strip_is_used_by_the_button_and_once(town_vote: TownVote, press: Press) -> None:
    strips.make_strips(vote=town_vote, count=2, on=TODAY)
    one, two = (at("vote_strip", town_vote.pk, token_of(strip)) for strip in Strip.objects.all())
    phone, other = Client(headers={"accept-language": "sv"}), Client(headers={"accept-language": "sv"})
    phone.get(one)
    assert press(phone, one).status_code == 302
    assert "Du svarar med en lapp" in phone.get(at("vote", town_vote.pk)).content.decode()
    assert phone.get(one).status_code == 302  # its own strip leads on
    other.get(one)
    assert press(other, one).status_code == 409
    assert "annan telefon" in other.get(one).content.decode()
    press(phone, two)  # a tablet that goes from hand to hand is another browser for the next strip
    assert Voter.objects.filter(strip__isnull=False).count() == 2


def test_a_lost_answer_to_the_button_uses_no_second_strip(town_vote: TownVote) -> None:
    strips.make_strips(vote=town_vote, count=1, on=TODAY)
    address = at("vote_strip", town_vote.pk, token_of(Strip.objects.get()))
    phone = Client()
    for _press in range(2):
        assert phone.post(address, {"key": "1" * 32}).status_code == 302
        kept = phone.cookies["ballot"].value
        phone = Client()  # the answer was lost, and the cookie with it
    phone.cookies["ballot"] = kept
    assert "lapp" in phone.get(at("vote", town_vote.pk), headers={"accept-language": "sv"}).content.decode()
    assert Voter.objects.count() == 1


def test_a_closed_strip_is_told_to_ask_for_a_new_one(town_vote: TownVote, press: Press) -> None:
    strips.make_strips(vote=town_vote, count=1, on=TODAY)
    phone = Client(headers={"accept-language": "sv"})
    address = at("vote_strip", town_vote.pk, token_of(Strip.objects.get()))
    press(phone, address)
    strips.revoke_strips(vote=town_vote, batch=1, on=TODAY)
    for page in (phone.get(at("vote", town_vote.pk)), phone.get(address)):
        assert "Be om en ny" in page.content.decode()


def test_the_desk_opens_a_vote_prints_closes_and_tells(
    town_vote: TownVote, client_of_account: Callable[[Account], Client], birgit: Account, press: Press
) -> None:
    desk = client_of_account(birgit)
    proposal = TownIdea.objects.get(text=COOKING).proposal
    assert proposal is not None
    sent = press(desk, at("vote_new"), title="Vad mer?", language="sv", proposals=[proposal.pk])
    made = TownVote.objects.get(title="Vad mer?")
    assert (sent.status_code, [idea.text for idea in made.ideas.all()]) == (302, [COOKING])
    assert press(desk, at("vote_new"), title="Om inget", language="sv").status_code == 422
    press(desk, at("vote_strips", made.pk), count="12")
    assert made.strips.count() == 12
    for name, args in (
        ("vote_poster", [made.pk]),
        ("vote_strips_paper", [made.pk, 1]),
        ("vote_paper", [made.pk]),
    ):
        printed = desk.get(at(name, *args))
        assert (printed["Content-Type"], printed.content[:5]) == ("application/pdf", b"%PDF-")
    press(desk, at("vote_strips_closing", made.pk, 1))
    assert not made.strips.filter(revoked_on=None).exists()
    press(desk, at("vote_closing", made.pk))
    assert not TownVote.objects.get(pk=made.pk).is_open


def test_a_leader_puts_only_ideas_of_the_own_circle_to_the_town(
    town_vote: TownVote,
    client_of_account: Callable[[Account], Client],
    birgit: Account,
    marit: Account,
    ali: Account,
) -> None:
    TownIdea.objects.get(text=COOKING).proposal.circle.__class__.objects.update(leader=marit)  # type: ignore[union-attr]
    seen = {
        who.called: COOKING in client_of_account(who).get(at("vote_new")).content.decode()
        for who in (birgit, marit, ali)
    }
    assert seen == {"Birgit": False, "Marit": True, "Ali": True}


def _answered(vote: TownVote) -> None:
    everybody_says(vote, [*crowd(vote, "<1", 12), *crowd(vote, "always", 12)], 1)
    draw()


def test_the_result_tells_every_figure_in_words_and_mirrors_the_bridge(town_vote: TownVote) -> None:
    _answered(town_vote)
    page = Client().get(at("vote_result", town_vote.pk), headers={"accept-language": "sv"}).content.decode()
    for words in ("minst 90 %", "nya här", "bott här länge", "av 12 svar", "Bär", "För tidigt att säga"):
        assert words in " ".join(re.sub(r"<[^>]+>", " ", page).split())
    drawing = re.search(r'<svg class="chart".*?</svg>', page, re.S)
    arabic = Client().get(at("vote_result", town_vote.pk), headers={"accept-language": "ar"}).content.decode()
    mirrored = re.search(r'<svg class="chart".*?</svg>', arabic, re.S)
    assert drawing is not None
    assert mirrored is not None
    first = re.compile(r'chart-pillar-0" d="M([\d.]+)')
    assert float(first.search(drawing[0])[1]) < 320 < float(first.search(mirrored[0])[1])  # type: ignore[index]


def test_files_hold_released_figures_only_and_no_formula(town_vote: TownVote) -> None:
    idea = commands.give_town_idea(vote=town_vote, text="=SUM(1)", language="sv", on=TODAY)
    moderation.show_town_idea(idea=idea, by=None, on=TODAY)
    _answered(town_vote)
    everybody_says(town_vote, crowd(town_vote, "<1", 2), -1)  # not released
    draw()
    told = json.loads(Client().get(at("vote_json", town_vote.pk)).content)
    rows = {row["text"]: row for row in told["figures"]}
    assert (rows[COOKING]["new_percent"], rows[COOKING]["new_voters"]) == (90, 12)
    assert (rows["Vi dansar"]["verdict"], rows["Vi dansar"]["new_voters"]) == ("few", None)
    text = Client().get(at("vote_csv", town_vote.pk)).content.decode("utf-8-sig")
    table = {row["text"]: row for row in csv.DictReader(io.StringIO(text))}
    assert set(table) == {COOKING, "Vi dansar", "'=SUM(1)"}
    assert table[COOKING]["new_percent"] == "90"
    assert not {"agree", "disagree", "counted", "voter"} & set(told["figures"][0])
    assert Figures.objects.get(idea__text=COOKING).counted  # there is something that could have shown


def test_the_walls_fragment_is_told_anew_when_an_idea_is_hidden(town_vote: TownVote) -> None:
    _answered(town_vote)
    wall, address = Client(), at("vote_wall_fragment", town_vote.pk)
    first = wall.get(address)
    assert COOKING in first.content.decode()
    same = wall.get(address, headers={"if-none-match": first["ETag"]})
    assert same.status_code == 304
    moderation.hide_town_idea(idea=TownIdea.objects.get(text=COOKING), reason="person", by=None, on=TODAY)
    after = wall.get(address, headers={"if-none-match": first["ETag"]})
    assert (after.status_code, COOKING in after.content.decode()) == (200, False)


def _more_ideas(vote: TownVote, count: int) -> None:
    for number in range(count):
        idea = commands.give_town_idea(vote=vote, text=f"Idé {number} från stan", language="ar", on=TODAY)
        moderation.show_town_idea(idea=idea, by=None, on=TODAY)
        moderation.translate_town_idea(idea=idea, language="sv", text=f"Idé {number}")
        commands.give_town_idea(vote=vote, text=f"Väntar {number}", language="sv", on=TODAY)


@pytest.mark.parametrize(
    "name",
    [
        "vote",
        "vote_result",
        "vote_result_fragment",
        "vote_wall",
        "vote_map",
        "vote_json",
        "vote_desk",
        "moderation",
    ],
)
def test_the_number_of_queries_is_the_same_with_few_and_with_many(
    town_vote: TownVote, client_of_account: Callable[[Account], Client], ali: Account, name: str
) -> None:
    address = at(name) if name == "moderation" else at(name, town_vote.pk)
    _answered(town_vote)
    client = client_of_account(ali)

    def queries() -> int:
        cache.clear()
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    _more_ideas(town_vote, 3)
    few = queries()
    _more_ideas(town_vote, 60)
    assert queries() == few


def test_the_start_page_has_a_door_to_the_vote_and_later_to_its_result(town_vote: TownVote) -> None:
    assert at("vote", town_vote.pk) in Client().get("/").content.decode()
    commands.close_town_vote(vote=town_vote, at=NOW)
    page = Client().get("/").content.decode()
    assert at("vote_result", town_vote.pk) in page
    assert f'href="{at("vote", town_vote.pk)}"' not in page
