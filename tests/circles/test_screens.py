"""Three screens follow one state: pressed through the addresses, read as people read them."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from brobygget.circles.commands import circles, homework, joining, meetings, rounds, steps
from brobygget.circles.models import Circle, Meeting, Membership, OwnCard, Round, Step
from brobygget.circles.queries.circles import wall_token
from brobygget.people.models import Account
from brobygget.people.request import COOKIE

from .evening import FirstEvening

Press = Callable[..., HttpResponse]


@pytest.fixture
def leader(birgit: Account, client_of_account: Callable[[Account], Client]) -> Client:
    return client_of_account(birgit)


@pytest.fixture
def phone(first_evening: FirstEvening, client_of: Callable[..., Client]) -> Callable[[str], Client]:
    return lambda alias: client_of(first_evening.members[alias])


def _text(response: Any) -> str:
    """What a person reads: no tags, single spaces."""
    inner = re.sub(r"<(script|style|head)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", inner).split())


def _wall_address(evening: FirstEvening) -> str:
    return reverse("circles:wall", args=[evening.circle.pk, wall_token(evening.circle)])


def _see(client: Client, name: str, *args: Any) -> str:
    response = client.get(reverse(name, args=args))
    assert response.status_code == 200
    return _text(response)


# -- the evening, pressed through ---------------------------------------------------------------------------------
def test_a_leader_starts_a_circle_and_plans_and_opens_its_first_meeting(leader: Client, press: Press) -> None:
    answer = press(
        leader,
        reverse("circles:circle_new"),
        name="Brobyggarcirkeln",
        language="sv",
        study_association="Kunskapsringen",
        alias="Birgit",
    )
    circle = Circle.objects.get()
    assert answer.status_code == 302
    assert answer.url == reverse("circles:meeting_new", args=[circle.pk])  # type: ignore[attr-defined]
    assert COOKIE in answer.cookies  # The leader's phone is the leader's own phone in the circle too.
    seat = circle.memberships.get()
    assert (seat.seat, seat.is_organiser, seat.participant.alias) == (1, True, "Birgit")
    press(
        leader,
        reverse("circles:meeting_new", args=[circle.pk]),
        day="2027-01-22",
        clock="13:00",
        planned_minutes=135,
        place="Brohuset, rum 2",
        wall_question="Vad gjorde dig glad?",
    )
    meeting = circle.meetings.get()
    assert meeting.starts_at.isoformat() == "2027-01-22T12:00:00+00:00"
    assert sum(step.planned_minutes for step in meeting.steps.all()) == 135
    press(leader, reverse("circles:opening", args=[meeting.pk]))
    meeting.refresh_from_db()
    assert meeting.is_open
    assert _see(leader, "circles:now").count("Vad gjorde dig glad?") == 1


def test_starting_a_circle_twice_with_one_press_starts_one(leader: Client, press: Press) -> None:
    key = str(uuid.uuid4())
    for _press in range(2):
        press(
            leader,
            reverse("circles:circle_new"),
            key=key,
            name="En",
            language="sv",
            alias="Birgit",
            study_association="",
        )
    assert Circle.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": ""}, "field-wrong"),
        ({"name": "x" * 81}, "field-wrong"),
        ({"name": "Cirkel 19850101-1236"}, "field-wrong"),
        ({"language": "tlh"}, "field-wrong"),
    ],
)
def test_a_wrong_circle_is_told_so_and_keeps_what_was_written(
    leader: Client, press: Press, wrong: dict[str, str], sentence: str
) -> None:
    facts = {
        "name": "Brobyggarcirkeln",
        "language": "sv",
        "alias": "Birgit",
        "study_association": "Kunskapsringen",
    }
    answer = press(leader, reverse("circles:circle_new"), **(facts | wrong))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert "Kunskapsringen" in answer.content.decode()
    assert not Circle.objects.exists()


@pytest.mark.parametrize(
    "wrong", [{"day": "igår"}, {"clock": "25:00"}, {"planned_minutes": "5"}, {"place": "x" * 121}]
)
def test_a_wrong_meeting_is_told_so_and_keeps_what_was_written(
    first_evening: FirstEvening, leader: Client, press: Press, wrong: dict[str, str]
) -> None:
    facts = {
        "day": "2027-01-29",
        "clock": "13:00",
        "planned_minutes": "135",
        "place": "",
        "wall_question": "Varför?",
    }
    answer = press(leader, reverse("circles:meeting_new", args=[first_evening.circle.pk]), **(facts | wrong))
    assert answer.status_code == 422
    assert "Varför?" in answer.content.decode()
    assert Meeting.objects.count() == 1


def test_the_plan_is_moved_with_buttons_that_need_no_script(
    first_evening: FirstEvening, leader: Client, press: Press
) -> None:
    ideas, customs = first_evening.step("ideas"), first_evening.step("customs")
    press(leader, reverse("circles:step_place", args=[ideas.pk]), way="earlier")
    press(leader, reverse("circles:step_length", args=[ideas.pk]), more=-5)
    press(leader, reverse("circles:step_removal", args=[customs.pk]), meeting=first_evening.meeting.pk)
    again = press(
        leader, reverse("circles:step_removal", args=[customs.pk]), meeting=first_evening.meeting.pk
    )
    press(leader, reverse("circles:steps", args=[first_evening.meeting.pk]), kind="vote", minutes=20)
    assert again.status_code == 302
    assert first_evening.kinds() == ["welcome", "round", "ideas", "homework", "vote", "next"]
    assert first_evening.step("ideas").planned_minutes == 26


def test_a_part_is_never_shorter_than_a_minute_by_pressing(
    first_evening: FirstEvening, leader: Client, press: Press
) -> None:
    customs = first_evening.step("customs")
    for _press in range(4):
        press(leader, reverse("circles:step_length", args=[customs.pk]), more=-5)
    assert first_evening.step("customs").planned_minutes == 1


def test_the_round_is_chosen_begun_and_passed_on_by_pressing(
    first_evening: FirstEvening, leader: Client, press: Press
) -> None:
    first_evening.open()
    step = first_evening.begin_step("round", at=1)
    page = _see(leader, "circles:round_beginning", step.pk)
    assert "En maträtt du kan laga utan att tänka" in page
    here = [who.pk for who in first_evening.members.values()]
    press(leader, reverse("circles:round_beginning", args=[step.pk]), prompt="food", order="seat", here=here)
    the_round = Round.objects.get()
    assert the_round.turns.count() == 8
    first = rounds.speaking_in(the_round)
    assert first is not None
    for _phone in range(2):  # Two leaders' phones press "Next: Marit" at once.
        press(leader, reverse("circles:next_turn", args=[the_round.pk]), turn=first.pk)
    assert first_evening.speaking() == "Marit"
    marit = rounds.speaking_in(the_round)
    assert marit is not None
    for _phone in range(2):
        press(leader, reverse("circles:round_people", args=[the_round.pk]), turn=marit.pk, what="pass")
    assert first_evening.speaking() == "Elsa"
    press(
        leader,
        reverse("circles:undo", args=[first_evening.meeting.pk]),
        step=step.pk,
        turn=_turn_id("Elsa", the_round),
    )
    assert first_evening.speaking() == "Marit"


def _turn_id(alias: str, the_round: Round) -> int:
    turns = the_round.turns.select_related("membership__participant")
    return next(turn.pk for turn in turns if turn.membership.participant.alias == alias)


def test_nobody_ticked_is_no_round(first_evening: FirstEvening, leader: Client, press: Press) -> None:
    first_evening.open()
    step = first_evening.begin_step("round", at=1)
    answer = press(leader, reverse("circles:round_beginning", args=[step.pk]), prompt="food", order="seat")
    assert answer.status_code == 422
    assert "Kryssa i minst ett namn" in _text(answer)


def test_people_come_late_leave_and_come_back_by_pressing(
    first_evening: FirstEvening,
    leader: Client,
    press: Press,
    member: Callable[..., Membership],
    chidi: Membership,
) -> None:
    first_evening.open()
    the_round = first_evening.begin_round()
    late = member(first_evening.circle, "Ali", "ar")
    url = reverse("circles:round_people", args=[the_round.pk])
    press(leader, url, what="late", member=late.pk)
    press(leader, url, what="leave", turn=_turn_id("Hassan", the_round))
    press(leader, url, what="pass", turn=_turn_id("Samira", the_round))
    press(leader, url, what="return", turn=_turn_id("Samira", the_round))
    assert first_evening.order() == ["Birgit", "Marit", "Elsa", "Yusuf", "Selam", "Oksana", "Ali", "Samira"]
    assert press(leader, url, what="late", member=chidi.pk).status_code == 404


def test_the_leader_is_asked_once_what_to_move_and_the_ideas_become_shorter(
    first_evening: FirstEvening, leader: Client, press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    from brobygget.web import clock

    first_evening.open()
    the_round = first_evening.begin_round()
    monkeypatch.setattr(clock, "read", lambda: first_evening.at(12))  # Birgit has had four minutes more.
    page = _see(leader, "circles:meeting", first_evening.meeting.pk)
    assert "Ska rundan få den tid den behöver?" in page
    assert "Den behöver 68 minuter, planen sa 64." in page
    assert "Idéer: 27 minuter i stället" in page
    ideas = first_evening.step("ideas")
    press(leader, reverse("circles:round_time", args=[the_round.pk]), answer=f"shorten-{ideas.pk}", minutes=4)
    assert first_evening.step("ideas").planned_minutes == 27
    assert first_evening.step("round").planned_minutes == 68
    assert "Ska rundan få" not in _see(leader, "circles:meeting", first_evening.meeting.pk)


# -- what each screen shows ----------------------------------------------------------------------------------------
def test_before_the_evening_the_phone_says_when_and_where(
    first_evening: FirstEvening, phone: Callable[[str], Client]
) -> None:
    page = _see(phone("Marit"), "circles:now")
    assert "Vi börjar 13.00" in page
    assert "Brohuset, rum 2" in page


def test_in_the_round_each_phone_shows_its_own_place_in_its_own_language(
    first_evening: FirstEvening, phone: Callable[[str], Client], press: Press
) -> None:
    first_evening.open()
    the_round = first_evening.begin_round()
    assert "Det är din tur" in _see(phone("Birgit"), "circles:now")
    assert "Du är nästa" in _see(phone("Marit"), "circles:now")
    hassan = phone("Hassan").get(reverse("circles:now"))
    assert '<html lang="ar" dir="rtl"' in hassan.content.decode()
    assert "طبق يمكنك أن تطبخه دون تفكير" in _text(hassan)
    assert "6 أشخاص قبلك" in _text(hassan)
    assert "En maträtt du kan laga utan att tänka" in _text(
        hassan
    )  # Unread translations stand beside Swedish.
    assert "En maträtt" not in _text(phone("Marit").get(reverse("circles:now"))).replace(
        "En maträtt du kan laga utan att tänka", "", 1
    )
    marit = phone("Marit")
    for _press in range(2):
        answer = press(marit, reverse("circles:own_pass", args=[_turn_id("Marit", the_round)]))
        assert answer.status_code == 302
    assert "Du står över" in _see(marit, "circles:now")
    press(marit, reverse("circles:own_return", args=[_turn_id("Marit", the_round)]))
    assert first_evening.order()[-1] == "Marit"


def test_nobody_passes_for_somebody_else(
    first_evening: FirstEvening, phone: Callable[[str], Client], press: Press
) -> None:
    first_evening.open()
    the_round = first_evening.begin_round()
    url = reverse("circles:own_pass", args=[_turn_id("Marit", the_round)])
    assert press(phone("Samira"), url).status_code == 404
    assert not the_round.turns.filter(passed=True).exists()


def test_the_wall_shows_the_round_in_every_language_of_the_room(first_evening: FirstEvening) -> None:
    first_evening.open()
    first_evening.begin_round()
    page = Client().get(_wall_address(first_evening)).content.decode()
    for lang, direction, words in (
        ("sv", "ltr", "En maträtt du kan laga utan att tänka"),
        ("ar", "rtl", "طبق يمكنك أن تطبخه دون تفكير"),
        ("fa", "rtl", "غذایی که می‌توانید بدون فکر کردن بپزید"),
        ("ti", "ltr", "ከይሓሰብኩም ክትሰርሕዎ እትኽእሉ መግቢ"),
        ("so", "ltr", "Cunto aad karin karto adigoon ka fikirin"),
        ("uk", "ltr", "Страва, яку ви приготуєте, не замислюючись"),
    ):
        assert re.search(rf'lang="{lang}" dir="{direction}">{words}<', page)
    assert "Vi tar den tid vi behöver" in page
    assert "0 av 64 min" in page
    assert "Birgit" in page


def test_the_wall_needs_no_cookie_gives_none_and_tells_nothing_but_the_circle(
    first_evening: FirstEvening,
) -> None:
    answer = Client().get(_wall_address(first_evening))
    assert answer.status_code == 200
    assert not answer.cookies
    assert answer["Cache-Control"] == "no-store, private"
    assert answer["Referrer-Policy"] == "same-origin"


def test_the_walls_old_address_is_closed_and_the_new_one_open(
    first_evening: FirstEvening, leader: Client, press: Press
) -> None:
    before = _wall_address(first_evening)
    press(leader, reverse("circles:wall_address", args=[first_evening.circle.pk]))
    first_evening.circle.refresh_from_db()
    assert Client().get(before).status_code == 404
    assert Client().get(before + "live/").status_code == 404
    assert Client().get(_wall_address(first_evening)).status_code == 200


def test_the_wall_shows_the_door_while_people_come_in(first_evening: FirstEvening) -> None:
    without = Client().get(_wall_address(first_evening)).content.decode()
    assert 'class="qr"' not in without
    joining.open_invitation(first_evening.circle, on=first_evening.began.date())
    assert 'class="qr"' in Client().get(_wall_address(first_evening)).content.decode()
    first_evening.open()
    first_evening.begin_round()
    assert 'class="qr"' not in Client().get(_wall_address(first_evening)).content.decode()


def test_the_wall_speaks_the_circles_language_whatever_the_browser_says(first_evening: FirstEvening) -> None:
    Circle.objects.update(language="en")
    page = Client(headers={"accept-language": "ar"}).get(_wall_address(first_evening)).content.decode()
    assert '<html lang="en" dir="ltr"' in page


@pytest.mark.parametrize("kind", list(Step.Kind))
def test_every_part_of_the_evening_has_a_page_on_all_three_screens(
    first_evening: FirstEvening, leader: Client, phone: Callable[[str], Client], kind: str
) -> None:
    if kind in {Step.Kind.VOTE, Step.Kind.TABLES}:
        steps.add_step(first_evening.meeting, kind=kind, minutes=10)
    first_evening.open()
    first_evening.begin_step(kind, at=5)
    in_swedish = {
        "welcome": "Välkom",
        "round": "Presentationsrunda",
        "tables": "Vid borden",
        "customs": "Så gör vi",
        "ideas": "Idéer",
        "vote": "rick",
        "homework": "Hemuppgift",
        "next": "Nästa träff",
    }[kind]
    for client, url in (
        (leader, reverse("circles:meeting", args=[first_evening.meeting.pk])),
        (leader, reverse("circles:meeting_live", args=[first_evening.meeting.pk])),
        (phone("Marit"), reverse("circles:now")),
        (phone("Marit"), reverse("circles:now_live")),
        (Client(), _wall_address(first_evening)),
        (Client(), _wall_address(first_evening) + "live/"),
    ):
        answer = client.get(url)
        assert answer.status_code == 200, url
        assert in_swedish in _text(answer), url


def test_a_phone_shows_the_question_of_the_homework_itself_and_hears_of_a_new_one(
    first_evening: FirstEvening, phone: Callable[[str], Client]
) -> None:
    first_evening.open()
    first_evening.begin_step("homework", at=5)
    hassan = phone("Hassan")
    assert "now-question" not in _see(hassan, "circles:now")
    tag = hassan.get(reverse("circles:now_live")).headers["ETag"]
    homework.set_homework(meeting=first_evening.meeting, question="Vad ger en förening?", language="sv")
    fresh = hassan.get(reverse("circles:now_live"), headers={"If-None-Match": tag})
    assert fresh.status_code == 200
    assert "Vad ger en förening?" in _text(fresh)
    assert "السؤال من المرة السابقة" not in _text(fresh)


def test_between_meetings_and_after_the_last_one_every_screen_says_so(
    first_evening: FirstEvening, phone: Callable[[str], Client], leader: Client
) -> None:
    first_evening.open()
    Meeting.objects.update(closed_at=first_evening.at(135))
    marit = phone("Marit")
    assert "När ses vi igen?" in _see(marit, "circles:now")
    assert "När ses vi igen?" in _text(Client().get(_wall_address(first_evening)))
    assert "Träffen är avslutad" in _see(leader, "circles:meeting", first_evening.meeting.pk)
    meetings.plan_meeting(
        circle=first_evening.circle, starts_at=first_evening.began + timedelta(days=7), place="Rum 3"
    )
    assert "fredag 29 januari" in _see(marit, "circles:now")
    Circle.objects.update(ended_on=first_evening.began.date(), ending="Vi ses på föreningsdagen")
    for page in (_see(marit, "circles:now"), _text(Client().get(_wall_address(first_evening)))):
        assert "Vi ses på föreningsdagen" in page


def test_a_closed_meeting_answers_each_press_with_one_sentence_in_the_readers_language(
    first_evening: FirstEvening, leader: Client, phone: Callable[[str], Client], press: Press
) -> None:
    first_evening.open()
    the_round = first_evening.begin_round()
    Meeting.objects.update(closed_at=first_evening.at(135))
    before = first_evening.version()
    ideas, pk = first_evening.step("ideas"), first_evening.meeting.pk
    for url, fields in (
        (reverse("circles:step_beginning", args=[ideas.pk]), {}),
        (reverse("circles:step_place", args=[ideas.pk]), {"way": "later"}),
        (reverse("circles:step_length", args=[ideas.pk]), {"more": 5}),
        (reverse("circles:step_removal", args=[ideas.pk]), {}),
        (reverse("circles:next_turn", args=[the_round.pk]), {"turn": _turn_id("Birgit", the_round)}),
        (reverse("circles:round_time", args=[the_round.pk]), {"answer": "later", "minutes": 4}),
        (reverse("circles:undo", args=[pk]), {}),
        (reverse("circles:opening", args=[pk]), {}),
    ):
        answer = press(leader, url, **fields)
        assert answer.status_code == 409, url
        assert "Den här träffen är avslutad" in _text(answer), url
    times = {
        "day": "2027-01-29",
        "clock": "13:00",
        "planned_minutes": 135,
        "place": "Rum 9",
        "wall_question": "",
    }
    kept = press(leader, reverse("circles:plan", args=[pk]), **times)
    assert kept.status_code == 422
    added = press(leader, reverse("circles:steps", args=[pk]), kind="vote", minutes=9)
    assert added.status_code == 422
    hassan = press(phone("Hassan"), reverse("circles:own_pass", args=[_turn_id("Hassan", the_round)]))
    assert hassan.status_code == 409
    assert "انتهى هذا اللقاء" in _text(hassan)
    assert first_evening.version() == before


# -- the own card --------------------------------------------------------------------------------------------------
def test_what_somebody_writes_on_their_card_is_seen_by_nobody_else(
    first_evening: FirstEvening, phone: Callable[[str], Client], leader: Client, press: Press
) -> None:
    samira = phone("Samira")
    first_evening.open()
    first_evening.begin_round()
    press(samira, reverse("circles:card"), text="Bolani <b>med</b> purjo")
    assert OwnCard.objects.get().text == "Bolani <b>med</b> purjo"
    own = samira.get(reverse("circles:card")).content.decode()
    assert "Bolani &lt;b&gt;med&lt;/b&gt; purjo" in own
    for client, url in (
        (leader, reverse("circles:meeting", args=[first_evening.meeting.pk])),
        (leader, reverse("circles:circle", args=[first_evening.circle.pk])),
        (phone("Marit"), reverse("circles:now")),
        (phone("Marit"), reverse("circles:card")),
        (Client(), _wall_address(first_evening)),
    ):
        assert "Bolani" not in client.get(url).content.decode()


@pytest.mark.parametrize("text", ["x" * 4001, "Jag heter 19850101-1236"])
def test_a_card_that_cannot_be_kept_is_still_on_the_screen(
    first_evening: FirstEvening, phone: Callable[[str], Client], press: Press, text: str
) -> None:
    answer = press(phone("Marit"), reverse("circles:card"), text=text)
    assert answer.status_code == 422
    assert text in answer.content.decode()
    assert not OwnCard.objects.exists()


# -- live: one question, mostly "nothing new" -------------------------------------------------------------------
def _tag_on(page: Any) -> str:
    found = re.search(r'data-live-tag="([^"]+)"', page.content.decode())
    assert found
    return f'"{found[1]}"'


def test_a_phone_that_has_the_newest_hears_nothing_new_until_something_changes(
    first_evening: FirstEvening, phone: Callable[[str], Client]
) -> None:
    first_evening.open()
    the_round = first_evening.begin_round()
    marit = phone("Marit")
    tag = _tag_on(marit.get(reverse("circles:now")))
    with CaptureQueriesContext(
        connection,
    ) as asked:
        answer = marit.get(reverse("circles:now_live"), headers={"if-none-match": tag})
    assert answer.status_code == 304
    assert len(asked) == 2, [query["sql"] for query in asked]  # Whose phone is this? Is anything new?
    rounds.begin_next_turn(the_round, after=rounds.speaking_in(the_round), at=first_evening.at(8))
    fresh = marit.get(reverse("circles:now_live"), headers={"if-none-match": tag})
    assert fresh.status_code == 200
    assert "Det är din tur" in _text(fresh)
    assert "<html" not in fresh.content.decode()


def test_the_wall_and_the_leader_hear_nothing_new_as_cheaply(
    first_evening: FirstEvening, leader: Client
) -> None:
    first_evening.open()
    first_evening.begin_round()
    wall, lead = _wall_address(first_evening), reverse("circles:meeting", args=[first_evening.meeting.pk])
    for client, url, questions in ((Client(), wall, 2), (leader, lead, 4)):
        tag = _tag_on(client.get(url))
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(url + "live/", headers={"if-none-match": tag})
        assert answer.status_code == 304
        assert len(asked) == questions, [query["sql"] for query in asked]


def test_somebody_who_joins_is_seen_on_every_screen_before_the_evening_begins(
    first_evening: FirstEvening, phone: Callable[[str], Client], member: Callable[..., Membership]
) -> None:
    wall = _wall_address(first_evening)
    tag = _tag_on(Client().get(wall))
    member(first_evening.circle, "Ali", "ar")
    assert Client().get(wall + "live/", headers={"if-none-match": tag}).status_code == 200


def test_the_clock_on_the_wall_goes_on_without_any_press(
    first_evening: FirstEvening, monkeypatch: pytest.MonkeyPatch
) -> None:
    from brobygget.web import clock

    first_evening.open()
    first_evening.begin_round()
    wall = _wall_address(first_evening)
    tag = _tag_on(Client().get(wall))
    monkeypatch.setattr(clock, "read", lambda: first_evening.at(24))
    fresh = Client().get(wall + "live/", headers={"if-none-match": tag})
    assert fresh.status_code == 200
    assert "24 av 64 min" in _text(fresh)


def test_a_phone_of_another_circle_never_sees_this_one(
    first_evening: FirstEvening, chidi: Membership, client_of: Callable[..., Client]
) -> None:
    first_evening.open()
    first_evening.begin_round()
    page = _text(client_of(chidi).get(reverse("circles:now")))
    assert "Birgit" not in page
    assert "Brobyggarcirkeln" not in page


# -- lists keep their number of questions -------------------------------------------------------------------------
def _questions(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


def test_the_list_of_circles_asks_as_much_for_300_as_for_3(
    birgit: Account, house: Any, leader: Client, first_evening: FirstEvening, clock: Any
) -> None:
    def more(count: int) -> None:
        for number in range(count):
            made = circles.start_circle(house=house, name=f"Cirkel {number}", leader=birgit, on=clock.date())
            meetings.plan_meeting(circle=made, starts_at=clock, steps=())

    more(2)
    few = _questions(leader, reverse("circles:circles"))
    more(297)
    assert _questions(leader, reverse("circles:circles")) == few


def test_a_circle_asks_as_much_for_60_meetings_and_20_people_as_for_one(
    first_evening: FirstEvening, leader: Client, member: Callable[..., Membership], clock: Any
) -> None:
    url = reverse("circles:circle", args=[first_evening.circle.pk])
    few = _questions(leader, url)
    for number in range(60):
        meetings.plan_meeting(circle=first_evening.circle, starts_at=clock + timedelta(days=number), steps=())
    for number in range(12):
        member(first_evening.circle, f"P{number}", "sv")
    assert _questions(leader, url) == few


def test_a_round_asks_as_much_for_20_people_as_for_8(
    first_evening: FirstEvening,
    leader: Client,
    phone: Callable[[str], Client],
    member: Callable[..., Membership],
) -> None:
    first_evening.open()
    the_round = first_evening.begin_round()
    marit = phone("Marit")
    addresses = (
        (leader, reverse("circles:meeting", args=[first_evening.meeting.pk])),
        (marit, reverse("circles:now")),
        (Client(), _wall_address(first_evening)),
    )
    few = [_questions(client, url) for client, url in addresses]
    for number in range(12):
        late = member(first_evening.circle, f"P{number}", "sv")
        rounds.join_round(the_round, membership=late)
    assert [_questions(client, url) for client, url in addresses] == few
