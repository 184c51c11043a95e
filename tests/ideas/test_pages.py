"""The pages of ideas: what they show to whom, what they refuse kindly, and what they never tell."""

import io
import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from brobygget.circles.models import Circle, Meeting, Membership
from brobygget.circles.queries.circles import wall_token
from brobygget.ideas import commands
from brobygget.ideas.models import Concern, Dot, DotsGiven, DotVote, Fate, Idea, Proposal
from brobygget.people.models import Account, Participant
from brobygget.web.models import Receipt

Give = Callable[..., Idea]
Press = Callable[..., HttpResponse]
ClientOf = Callable[..., Client]


@pytest.fixture
def phone(everybody: list[Membership], client_of: ClientOf) -> Client:
    """Samira's phone."""
    return client_of(everybody[0])


@pytest.fixture
def leader(everybody: list[Membership], birgit: Account, client_of_account: ClientOf) -> Client:
    return client_of_account(birgit)


def text_of(response: HttpResponse) -> str:
    """What a reader can find in an answer, PDF or page."""
    if response.headers["Content-Type"] == "application/pdf":
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(response.content)).pages)
    return response.content.decode()


class Crawl:
    """Every page of the ideas, as every reader."""

    def __init__(self, circle: Circle, readers: dict[str, Client]) -> None:
        self.circle, self.readers = circle, readers

    def addresses(self) -> list[str]:
        pk = self.circle.pk
        made = [
            reverse(f"ideas:{name}", args=[pk])
            for name in (
                "room",
                "room_fragment",
                "give",
                "write_down",
                "wall_paper",
                "proposals",
                "dots",
                "fates",
                "fates_paper",
            )
        ]
        for meeting in self.circle.meetings.all():
            made += [
                reverse(f"ideas:{name}", args=[pk, meeting.number]) for name in ("dots_of", "dots_fragment")
            ]
        for idea in self.circle.ideas.exclude(number=None):
            made.append(reverse("ideas:translation", args=[pk, idea.number]))
        for proposal in self.circle.proposals.all():
            made += [
                reverse(f"ideas:{name}", args=[pk, proposal.number]) for name in ("consent", "fate", "title")
            ]
        made.append(reverse("ideas:wall_fragment", args=[pk, wall_token(self.circle)]))
        return made

    def pages(self) -> dict[tuple[str, str], str]:
        return {
            (who, address): text_of(response) + str(response.headers)
            for who, client in self.readers.items()
            for address in self.addresses()
            if (response := client.get(address, follow=True)).status_code == 200
        }


@pytest.fixture
def crawl(
    circle: Circle,
    everybody: list[Membership],
    leader: Client,
    marit: Account,
    chidi: Membership,
    client_of: ClientOf,
    client_of_account: ClientOf,
) -> Crawl:
    readers = {who.participant.alias: client_of(who) for who in (everybody[0], everybody[5])}
    others = {
        "leader": leader,
        "coordinator": client_of_account(marit),
        "chidi": client_of(chidi),
        "wall": Client(),
    }
    return Crawl(circle, readers | others)


class TestGiving:
    def test_an_idea_comes_up_on_the_wall_in_its_own_language(
        self, circle: Circle, phone: Client, press: Press
    ) -> None:
        answer = press(
            phone, reverse("ideas:give", args=[circle.pk]), text="دوخت و دوز", language="fa", drawing=""
        )
        assert (answer.status_code, answer["Location"]) == (302, reverse("ideas:room", args=[circle.pk]))
        room = phone.get(answer["Location"]).content.decode()
        assert '<div class="words" lang="fa" dir="auto"><p dir="auto">دوخت و دوز</p></div>' in room

    def test_the_participants_own_language_is_chosen_already(self, circle: Circle, phone: Client) -> None:
        page = phone.get(reverse("ideas:give", args=[circle.pk])).content.decode()
        assert '<option value="fa" selected>' in page

    def test_a_doubled_tap_gives_one_idea(self, circle: Circle, phone: Client, press: Press) -> None:
        key = "b3c2f1de-0000-4000-8000-000000000001"
        address = reverse("ideas:give", args=[circle.pk])
        answers = [press(phone, address, key=key, text="Mat", language="sv", drawing="") for _tap in range(2)]
        assert [(x.status_code, x["Location"]) for x in answers] == [
            (302, reverse("ideas:room", args=[circle.pk]))
        ] * 2
        assert Idea.objects.count() == 1

    @pytest.mark.parametrize(
        ("wrong", "sentence"),
        [
            ({"text": "a" * 10_000}, "10000"),
            ({"text": ""}, ""),
            ({"text": "Ring 19811218-9876"}, ""),
            ({"text": "Mat", "drawing": '"/><script>'}, ""),
            ({"text": "Mat", "language": "klingon"}, ""),
        ],
    )
    def test_what_cannot_be_kept_is_said_and_nothing_is_lost(
        self, circle: Circle, phone: Client, press: Press, wrong: dict[str, str], sentence: str
    ) -> None:
        fields = {"text": "", "language": "sv", "drawing": "", **wrong}
        answer = press(phone, reverse("ideas:give", args=[circle.pk]), **fields)
        page = answer.content.decode()
        assert answer.status_code == 422
        assert 'role="alert"' in page
        assert sentence in page
        assert re.search(r"<textarea[^>]*>\s*" + re.escape(fields["text"]) + "</textarea>", page)
        assert "<script>" not in page
        assert not Idea.objects.exists()

    def test_a_meeting_that_was_closed_meanwhile_loses_no_words(
        self, circle: Circle, meeting: Meeting, phone: Client, press: Press, clock: datetime
    ) -> None:
        Meeting.objects.filter(pk=meeting.pk).update(closed_at=clock)
        answer = press(
            phone, reverse("ideas:give", args=[circle.pk]), text="Vi lagar mat", language="sv", drawing=""
        )
        assert answer.status_code == 409
        assert "Vi lagar mat</textarea>" in answer.content.decode()
        assert not Idea.objects.exists()

    def test_html_is_plain_text_everywhere(self, give: Give, crawl: Crawl, proposals: list[Proposal]) -> None:
        nasty = "<img src=x onerror=alert(1)><b>fet</b>"
        commands.translate_idea(idea=give(nasty, "ar"), language="sv", text=nasty)
        pages = crawl.pages()
        assert not [
            where for where, page in pages.items() if "<img src=x" in page and "paper" not in where[1]
        ]
        assert len([where for where, page in pages.items() if "&lt;img src=x" in page]) > 5

    def test_a_drawing_is_an_idea(self, circle: Circle, phone: Client, press: Press) -> None:
        press(
            phone, reverse("ideas:give", args=[circle.pk]), text="", language="fa", drawing="M1 2L3 4M9 9h0"
        )
        idea = Idea.objects.get()
        assert (idea.channel, idea.drawing) == ("drawn", "M1 2L3 4M9 9L9 9")
        assert 'd="M1 2L3 4M9 9L9 9"' in phone.get(reverse("ideas:room", args=[circle.pk])).content.decode()

    def test_an_organisers_idea_waits_on_every_screen(
        self,
        circle: Circle,
        everybody: list[Membership],
        client_of: ClientOf,
        press: Press,
        crawl: Crawl,
        give: Give,
    ) -> None:
        give("Deltagarens")
        press(
            client_of(everybody[5]),
            reverse("ideas:give", args=[circle.pk]),
            text="KANARIEPLAN",
            language="sv",
            drawing="",
        )
        pages = crawl.pages()
        assert not [where for where, page in pages.items() if "KANARIEPLAN" in page]
        assert [where for where, page in pages.items() if "Deltagarens" in page]
        press(crawl.readers["leader"], reverse("ideas:open_organisers", args=[circle.pk]))
        assert "KANARIEPLAN" in crawl.pages()["Samira", reverse("ideas:room", args=[circle.pk])]

    def test_the_leader_writes_down_for_either_side(
        self, circle: Circle, leader: Client, press: Press
    ) -> None:
        address = reverse("ideas:write_down", args=[circle.pk])
        press(leader, address, text="Hon sa så", language="so", whose="participant")
        press(leader, address, text="Jag sa så", language="sv", whose="organiser")
        assert list(
            Idea.objects.order_by("pk").values_list("number", "channel", "language", "is_from_organiser")
        ) == [
            (1, "spoken", "so", False),
            (None, "spoken", "sv", True),
        ]


class TestWhoWroteAndVotedWhat:
    def test_no_screen_and_no_paper_shows_a_name(
        self, crawl: Crawl, vote: DotVote, everybody: list[Membership], clock: datetime, meeting: Meeting
    ) -> None:
        for number, member in enumerate(everybody, start=1):
            Participant.objects.filter(pk=member.participant_id).update(alias=f"Kanarie{number:02}")
        for member in everybody[:7]:
            commands.give_dots(vote=vote, membership=member, dots={vote.proposals.all()[0]: 3})
        commands.close_dot_vote(vote=vote, at=clock)
        consent = commands.open_consent(proposal=vote.proposals.all()[0], meeting=meeting, at=clock)
        commands.give_concern(consent=consent, text="För många trappor", language="sv")
        pages = crawl.pages()
        assert not [where for where, page in pages.items() if "Kanarie" in page]
        assert [where for where, page in pages.items() if "trappor" in page]

    def test_the_leaders_list_of_who_is_here_does_not_tell_who_has_voted(
        self, circle: Circle, leader: Client, vote: DotVote, everybody: list[Membership]
    ) -> None:
        def names() -> list[str]:
            page = leader.get(reverse("ideas:dots_of", args=[circle.pk, 1])).content.decode()
            return re.findall(r"<li class=\"list-line\">.*?</li>", page, re.DOTALL)

        before = names()
        commands.give_dots(vote=vote, membership=everybody[2], dots={vote.proposals.all()[0]: 3})
        assert names() == before
        assert len(before) == 8

    def test_no_sum_is_shown_before_the_close_not_even_to_the_leader(
        self, crawl: Crawl, vote: DotVote, everybody: list[Membership], clock: datetime
    ) -> None:
        for member in everybody:
            commands.give_dots(vote=vote, membership=member, dots={vote.proposals.all()[0]: 3})
        assert not [where for where, page in crawl.pages().items() if "sum-row" in page]
        commands.close_dot_vote(vote=vote, at=clock)
        # Whoever holds the wall's own address sees what hangs on the wall; everything else is the circle's.
        shown = {
            who
            for (who, address), page in crawl.pages().items()
            if "sum-row" in page and "/wall/" not in address
        }
        assert shown == {"Samira", "Jonas", "leader", "coordinator"}

    def test_a_receipt_keeps_no_trace_of_a_ballot(
        self, circle: Circle, vote: DotVote, everybody: list[Membership], client_of: ClientOf, press: Press
    ) -> None:
        address = reverse("ideas:dots_of", args=[circle.pk, 1])
        for member, proposal in zip(everybody[:2], vote.proposals.all()[:2], strict=True):
            assert press(client_of(member), address, **{f"secret_{proposal.pk}": "3"}).status_code == 302
        assert Dot.objects.values("proposal").distinct().count() == 2
        assert len(set(Receipt.objects.values_list("fingerprint", flat=True))) == 1


class TestHiding:
    def test_a_hidden_idea_is_gone_everywhere_at_once(
        self, circle: Circle, crawl: Crawl, give: Give, leader: Client, press: Press
    ) -> None:
        idea = give("KANARIEFÅGEL i en idé", "ar")
        commands.translate_idea(idea=idea, language="sv", text="KANARIEFÅGEL på svenska")
        commands.make_rest_proposals(circle=circle)
        assert len([1 for page in crawl.pages().values() if "KANARIEFÅGEL" in page]) > 10
        press(leader, reverse("ideas:hide", args=[circle.pk, idea.number]))
        assert not [where for where, page in crawl.pages().items() if "KANARIEFÅGEL" in page]
        press(leader, reverse("ideas:show_again", args=[circle.pk, idea.number]))
        assert len([1 for page in crawl.pages().values() if "KANARIEFÅGEL" in page]) > 10


class TestTheBallot:
    def test_plus_and_minus_work_without_scripts_and_keep_nothing(
        self, circle: Circle, phone: Client, vote: DotVote, press: Press
    ) -> None:
        address = reverse("ideas:dots_of", args=[circle.pk, 1])
        first, second = vote.proposals.order_by("number")[:2]
        page = press(phone, address, more=first.pk, **{f"secret_{first.pk}": "1", f"secret_{second.pk}": "1"})
        assert page.status_code == 200
        assert f'name="secret_{first.pk}" value="2"' in page.content.decode()
        page = press(
            phone, address, more=second.pk, **{f"secret_{first.pk}": "2", f"secret_{second.pk}": "1"}
        )
        assert f'name="secret_{second.pk}" value="1"' in page.content.decode()
        page = press(phone, address, fewer=first.pk, **{f"secret_{first.pk}": "2"})
        assert f'name="secret_{first.pk}" value="1"' in page.content.decode()
        assert (Dot.objects.count(), DotsGiven.objects.count(), Receipt.objects.count()) == (0, 0, 0)

    @pytest.mark.parametrize("written", ["2", "4", "-1", "３", "three", "", "999999999999"])
    def test_a_wrong_number_of_dots_is_said_and_the_ballot_stays(
        self, circle: Circle, phone: Client, vote: DotVote, press: Press, written: str
    ) -> None:
        first = vote.proposals.order_by("number")[0]
        answer = press(
            phone, reverse("ideas:dots_of", args=[circle.pk, 1]), **{f"secret_{first.pk}": written}
        )
        assert answer.status_code == 422
        assert 'role="alert"' in answer.content.decode()
        assert not DotsGiven.objects.exists()

    def test_dots_are_given_once_from_one_phone_and_from_two(
        self, circle: Circle, everybody: list[Membership], client_of: ClientOf, vote: DotVote, press: Press
    ) -> None:
        address, first = reverse("ideas:dots_of", args=[circle.pk, 1]), vote.proposals.order_by("number")[0]
        phones = [client_of(everybody[0]) for _phone in range(2)]
        answers = [press(phone, address, **{f"secret_{first.pk}": "3"}).status_code for phone in phones]
        assert answers == [302, 409]
        assert Dot.objects.count() == 3
        assert "ballot" not in phones[1].get(address).content.decode()

    def test_a_phone_is_lent_to_somebody_who_has_none(
        self, circle: Circle, leader: Client, everybody: list[Membership], vote: DotVote, press: Press
    ) -> None:
        address = reverse("ideas:hand_over", args=[circle.pk, 1, everybody[1].seat])
        assert "Yusuf" in leader.get(address).content.decode()
        first = vote.proposals.order_by("number")[0]
        press(leader, address, **{f"secret_{first.pk}": "3"})
        assert [given.membership for given in DotsGiven.objects.all()] == [everybody[1]]
        assert leader.get(address).status_code == 409

    def test_the_leader_opens_and_closes(
        self, circle: Circle, leader: Client, proposals: list[Proposal], press: Press
    ) -> None:
        assert press(leader, reverse("ideas:open_vote", args=[circle.pk, 1])).status_code == 302
        assert press(leader, reverse("ideas:close_vote", args=[circle.pk, 1])).status_code == 302
        assert DotVote.objects.get().closed_at is not None
        assert press(leader, reverse("ideas:open_vote", args=[circle.pk, 1])).status_code == 409


class TestGroupingByTaps:
    def test_ideas_are_grouped_taken_out_and_every_move_taken_back(
        self, circle: Circle, leader: Client, give: Give, press: Press
    ) -> None:
        ideas = [give(f"Idé {number}") for number in range(1, 4)]
        address, undo = reverse("ideas:proposals", args=[circle.pk]), reverse("ideas:undo", args=[circle.pk])

        def shape() -> list[tuple[str, list[int | None]]]:
            rows = Proposal.objects.filter(circle=circle)
            return [(x.title, [idea.number for idea in x.ideas.order_by("number")]) for x in rows]

        press(leader, address, ideas=[ideas[0].pk, ideas[1].pk], title="Mat", language="sv")
        first = Proposal.objects.get()
        press(leader, address, ideas=[ideas[2].pk], into=first.pk, title="", language="sv")
        press(leader, reverse("ideas:out", args=[circle.pk, 1]))
        press(leader, reverse("ideas:rest", args=[circle.pk]))
        press(leader, reverse("ideas:title", args=[circle.pk, 1]), title="God mat", language="sv")
        press(leader, reverse("ideas:apart", args=[circle.pk, 1]))
        seen = [shape()]
        for _move in range(6):
            press(leader, undo)
            seen.append(shape())
        assert seen == [
            [("Idé 1", [1])],
            [("God mat", [2, 3]), ("Idé 1", [1])],
            [("Mat", [2, 3]), ("Idé 1", [1])],
            [("Mat", [2, 3])],
            [("Mat", [1, 2, 3])],
            [("Mat", [1, 2])],
            [],
        ]
        press(leader, undo)
        assert shape() == []

    def test_a_title_that_is_missing_keeps_the_ticks(
        self, circle: Circle, leader: Client, give: Give, press: Press
    ) -> None:
        idea = give("Mat")
        answer = press(
            leader, reverse("ideas:proposals", args=[circle.pk]), ideas=[idea.pk], title="", language="sv"
        )
        assert answer.status_code == 422
        assert f'value="{idea.pk}" checked' in answer.content.decode()
        assert not Proposal.objects.exists()


class TestTranslations:
    def test_a_member_drafts_and_the_leader_checks(
        self, circle: Circle, phone: Client, leader: Client, give: Give, press: Press
    ) -> None:
        give("دوخت", "fa")
        address = reverse("ideas:translation", args=[circle.pk, 1])
        check = reverse("ideas:check", args=[circle.pk, 1])
        press(phone, address, text="Sy", language="sv", is_checked="on")
        translation = Idea.objects.get().translations.get()
        assert (translation.text, translation.status) == ("Sy", "draft")
        # A participant's phone is shown the way to sign in, like a stranger; a leader may.
        assert press(phone, check, language="sv").status_code == 302
        translation.refresh_from_db()
        assert translation.status == "draft"
        press(leader, check, language="sv")
        translation.refresh_from_db()
        assert translation.status == "checked"
        assert press(phone, address, text="Skräp", language="sv").status_code == 409


class TestConsentAndFate:
    def test_a_concern_from_a_phone_stops_the_decision_until_it_is_answered(
        self, circle: Circle, phone: Client, leader: Client, proposals: list[Proposal], press: Press
    ) -> None:
        consent = reverse("ideas:consent", args=[circle.pk, 1])
        fate = reverse("ideas:fate", args=[circle.pk, 1])
        assert phone.get(consent).status_code == 404
        press(leader, reverse("ideas:open_consent", args=[circle.pk, 1]))
        assert press(phone, consent, text="Folk står bara och tittar", language="so").status_code == 302
        refused = press(leader, fate, kind="tried", reason="", look_again_on="")
        assert (refused.status_code, Fate.objects.count()) == (409, 0)
        concern = Concern.objects.get()
        answer = reverse("ideas:answer", args=[circle.pk, 1, concern.pk])
        assert press(leader, answer, condition="", language="sv").status_code == 422
        press(leader, answer, condition="Något för händerna", language="sv")
        assert press(leader, fate, kind="tried", reason="", look_again_on="").status_code == 302
        assert "Något för händerna" in phone.get(reverse("ideas:fates", args=[circle.pk])).content.decode()

    @pytest.mark.parametrize(
        ("reason", "again"), [("", "2027-03-01"), ("Kök", ""), ("Kök", "2027-01-22"), ("Kök", "x")]
    )
    def test_parking_without_reason_or_day_is_said_and_the_words_stay(
        self, circle: Circle, leader: Client, proposals: list[Proposal], press: Press, reason: str, again: str
    ) -> None:
        address = reverse("ideas:fate", args=[circle.pk, 1])
        answer = press(leader, address, kind="parked", reason=reason, look_again_on=again)
        assert answer.status_code == 422
        assert f"{reason}</textarea>" in answer.content.decode()
        assert not Fate.objects.exists()

    def test_each_parked_proposal_can_be_read_with_its_reason(
        self, circle: Circle, phone: Client, leader: Client, proposals: list[Proposal], press: Press
    ) -> None:
        for number in range(2, 8):
            press(
                leader,
                reverse("ideas:fate", args=[circle.pk, number]),
                kind="parked",
                reason=f"Skäl {number}",
                look_again_on="2027-03-01",
            )
        page = phone.get(reverse("ideas:fates", args=[circle.pk])).content.decode()
        paper = text_of(phone.get(reverse("ideas:fates_paper", args=[circle.pk])))
        for number in range(2, 8):
            assert f"Skäl {number}" in page
            assert f"Skäl {number}" in paper


class TestPaper:
    def test_what_people_wrote_is_printed_literally(self, circle: Circle, phone: Client, give: Give) -> None:
        wild = '#image("x") $1+1$ *fet* _kursiv_ <script> \\ @rad'
        give(wild)
        give("", drawing="M1 2L3 4", channel=Idea.Channel.DRAWN)
        give("ብሓባር ምብሳል", "ti")
        paper = phone.get(reverse("ideas:wall_paper", args=[circle.pk]))
        reader = PdfReader(io.BytesIO(paper.content))
        width, height = sorted(float(side) / 72 * 25.4 for side in reader.pages[0].mediabox[2:])
        assert (round(width), round(height)) == (297, 420)
        assert "".join(wild.split()) in "".join(text_of(paper).split())

    def test_an_empty_wall_prints_too(self, circle: Circle, phone: Client) -> None:
        for name in ("wall_paper", "fates_paper"):
            assert phone.get(reverse(f"ideas:{name}", args=[circle.pk])).content.startswith(b"%PDF")


class TestLive:
    def test_a_phone_hears_nothing_new_until_there_is(
        self, circle: Circle, phone: Client, give: Give, today: object
    ) -> None:
        address = reverse("ideas:room_fragment", args=[circle.pk])
        first = phone.get(address)
        assert phone.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
        page = phone.get(reverse("ideas:room", args=[circle.pk])).content.decode()
        assert f'data-live-tag="{first["ETag"].strip(chr(34))}"' in page
        give("Nytt")
        second = phone.get(address, headers={"If-None-Match": first["ETag"]})
        assert second.status_code == 200
        assert "Nytt" in second.content.decode()

    def test_hiding_after_the_evening_reaches_every_screen(
        self, circle: Circle, meeting: Meeting, phone: Client, give: Give, clock: datetime
    ) -> None:
        idea = give("Försvinner")
        Meeting.objects.filter(pk=meeting.pk).update(closed_at=clock)
        addresses = [
            reverse("ideas:room_fragment", args=[circle.pk]),
            reverse("ideas:wall_fragment", args=[circle.pk, wall_token(circle)]),
        ]
        tags = [phone.get(address)["ETag"] for address in addresses]
        commands.hide_idea(idea=idea, on=clock.date())
        for address, tag in zip(addresses, tags, strict=True):
            answer = phone.get(address, headers={"If-None-Match": tag})
            assert answer.status_code == 200
            assert "Försvinner" not in answer.content.decode()

    def test_the_wall_leafs_through_more_ideas_than_fit(
        self, circle: Circle, give: Give, clock: datetime, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for number in range(1, 9):
            give(f"Idé-{number}.")
        address = reverse("ideas:wall_fragment", args=[circle.pk, wall_token(circle)])
        seen = []
        for turn in range(2):
            moment = clock + timedelta(seconds=20 * turn)
            monkeypatch.setattr("brobygget.web.clock.read", lambda moment=moment: moment)
            seen.append(set(re.findall(r"Idé-(\d)\.", Client().get(address).content.decode())))
        assert sorted(map(len, seen)) == [2, 6]
        assert seen[0] | seen[1] == set("12345678")


@pytest.mark.parametrize("name", ["room", "room_fragment", "proposals", "fates", "dots_of", "wall_fragment"])
def test_pages_ask_as_many_questions_for_300_ideas_as_for_3(
    name: str, circle: Circle, meeting: Meeting, leader: Client, give: Give, today: object
) -> None:
    def fill(first: int, last: int) -> None:
        Idea.objects.bulk_create(
            Idea(
                circle=circle,
                meeting=meeting,
                number=n,
                text=f"Idé {n}",
                language="ar",
                given_on=today,
                channel="typed",
            )
            for n in range(first, last)
        )
        for idea in Idea.objects.filter(number__gte=first):
            idea.translations.create(language="sv", text="På svenska")
        half = Idea.objects.filter(number__gte=first, number__lt=(first + last) // 2)
        made = Proposal.objects.bulk_create(
            Proposal(circle=circle, number=idea.number or 0, title="P", language="sv") for idea in half
        )
        for idea, proposal in zip(half, made, strict=True):
            Idea.objects.filter(pk=idea.pk).update(proposal=proposal)
            proposal.fates.create(kind="tried", decided_on=today)
        Meeting.objects.filter(pk=meeting.pk).update(version=last)

    arguments = {"dots_of": [circle.pk, 1], "wall_fragment": [circle.pk, wall_token(circle)]}
    address = reverse(f"ideas:{name}", args=arguments.get(name, [circle.pk]))
    counted = []
    for first, last in ((1, 5), (5, 301)):
        fill(first, last)
        leader.get(address)
        Meeting.objects.filter(pk=meeting.pk).update(version=1000 + last)
        with CaptureQueriesContext(
            connection,
        ) as questions:
            assert leader.get(address).status_code == 200
        counted.append(len(questions))
    assert counted[0] == counted[1]
    assert counted[1] < 30
