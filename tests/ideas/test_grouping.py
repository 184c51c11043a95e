from collections.abc import Callable
from datetime import date

import pytest

from brobygget.circles.models import Circle
from brobygget.house.commands.refused import Refused
from brobygget.ideas import commands
from brobygget.ideas.models import DotVote, Fate, Idea, Proposal
from brobygget.ideas.queries import grouping, proposals

Give = Callable[..., Idea]
Shape = list[tuple[int, str, list[int | None]]]


def shape(circle: Circle) -> Shape:
    return [
        (proposal.number, proposal.title, [idea.number for idea in proposal.ideas_to_show])
        for proposal in proposals.shown_proposals(circle)
    ]


@pytest.fixture
def ideas(give: Give) -> list[Idea]:
    return [give(f"Idé {number}") for number in range(1, 5)]


def test_several_ideas_become_one_proposal(circle: Circle, ideas: list[Idea]) -> None:
    commands.group_ideas(circle=circle, ideas=ideas[:2], title="Mat", language="sv")
    assert shape(circle) == [(1, "Mat", [1, 2])]
    assert [idea.number for idea in proposals.free_ideas(circle)] == [3, 4]


def test_eleven_ideas_become_seven_proposals(circle: Circle, proposals: list[Proposal]) -> None:
    assert [(number, len(ideas)) for number, _title, ideas in shape(circle)] == [
        (1, 3),
        (2, 2),
        (3, 2),
        (4, 1),
        (5, 1),
        (6, 1),
        (7, 1),
    ]


def test_an_idea_moves_and_an_emptied_proposal_is_gone(circle: Circle, ideas: list[Idea]) -> None:
    commands.group_ideas(circle=circle, ideas=ideas[:1], title="Mat", language="sv")
    dance = commands.group_ideas(circle=circle, ideas=ideas[1:2], title="Dans", language="sv")
    commands.group_ideas(circle=circle, ideas=ideas[:1], title="", language="sv", into=dance)
    assert shape(circle) == [(2, "Dans", [1, 2])]


def test_an_idea_is_taken_out_and_a_proposal_taken_apart(circle: Circle, ideas: list[Idea]) -> None:
    proposal = commands.group_ideas(circle=circle, ideas=ideas, title="Allt", language="sv")
    ideas[0].refresh_from_db()
    commands.take_out(idea=ideas[0])
    assert shape(circle) == [(1, "Allt", [2, 3, 4])]
    commands.take_apart(proposal=proposal)
    assert shape(circle) == []
    assert proposals.free_ideas(circle).count() == 4


def test_each_idea_that_stands_alone_becomes_a_proposal(circle: Circle, give: Give) -> None:
    give("نطبخ معا", "ar")
    give("a " * 300)
    give("", drawing="M1 2L3 4", channel=Idea.Channel.DRAWN)
    assert commands.make_rest_proposals(circle=circle) == 3
    made = list(proposals.shown_proposals(circle))
    assert [(x.number, x.language) for x in made] == [(1, "ar"), (2, "sv"), (3, "sv")]
    assert made[0].title == "نطبخ معا"
    assert len(made[1].title) <= 200
    assert made[1].title.endswith("…")
    assert "3" in made[2].title
    assert commands.make_rest_proposals(circle=circle) == 0


def test_an_idea_alone_gets_its_title_in_the_circles_language_where_somebody_translated_it(
    circle: Circle, give: Give
) -> None:
    translated = give("نطبخ معا", "ar")
    commands.translate_idea(idea=translated, language="en", text="We cook together")
    commands.translate_idea(idea=translated, language="sv", text="Vi lagar  mat\ntillsammans")
    drawn = give("", "uk", drawing="M1 2L3 4", channel=Idea.Channel.DRAWN)
    commands.translate_idea(idea=drawn, language="sv", text="En symaskin som alla får låna")
    commands.make_rest_proposals(circle=circle)
    assert [(made.title, made.language) for made in proposals.shown_proposals(circle)] == [
        ("Vi lagar mat tillsammans", "sv"),
        ("En symaskin som alla får låna", "sv"),
    ]


@pytest.mark.parametrize("title", ["", "a" * 201])
def test_a_proposal_needs_a_title_that_fits(circle: Circle, ideas: list[Idea], title: str) -> None:
    with pytest.raises(Refused):
        commands.group_ideas(circle=circle, ideas=ideas, title=title, language="sv")
    assert shape(circle) == []


def test_nothing_waiting_hidden_or_foreign_can_be_grouped(
    circle: Circle, other_circle: Circle, ideas: list[Idea], give: Give, today: date
) -> None:
    waiting = give("Vår", by_organiser=True)
    commands.hide_idea(idea=ideas[0], on=today)
    for chosen in ([], [waiting], [ideas[0]], [ideas[1], waiting]):
        with pytest.raises(Refused):
            commands.group_ideas(circle=circle, ideas=chosen, title="Mat", language="sv")
    with pytest.raises(Refused):
        commands.group_ideas(circle=other_circle, ideas=ideas[1:], title="Mat", language="sv")
    assert shape(circle) == []


def test_a_proposal_whose_every_idea_is_hidden_is_gone_and_comes_back(
    circle: Circle, ideas: list[Idea], today: date
) -> None:
    commands.group_ideas(circle=circle, ideas=ideas[:1], title="Mat", language="sv")
    commands.hide_idea(idea=ideas[0], on=today)
    assert shape(circle) == []
    commands.show_idea_again(idea=ideas[0])
    assert shape(circle) == [(1, "Mat", [1])]


class TestTakingBack:
    def moves(self, circle: Circle, ideas: list[Idea]) -> list[Callable[[], object]]:
        one, two = Proposal.objects.filter(circle=circle)
        return [
            lambda: commands.group_ideas(circle=circle, ideas=ideas[3:], title="Ny", language="so"),
            lambda: commands.group_ideas(circle=circle, ideas=ideas[2:3], title="", language="", into=one),
            lambda: commands.take_out(idea=Idea.objects.get(pk=ideas[0].pk)),
            lambda: commands.take_out(idea=Idea.objects.get(pk=ideas[2].pk)),
            lambda: commands.take_apart(proposal=one),
            lambda: commands.retitle_proposal(proposal=two, title="Bättre", language="sv"),
            lambda: commands.make_rest_proposals(circle=circle),
        ]

    @pytest.mark.parametrize("which", range(7))
    def test_every_move_can_be_taken_back(self, circle: Circle, ideas: list[Idea], which: int) -> None:
        commands.group_ideas(circle=circle, ideas=ideas[:2], title="Mat", language="sv")
        commands.group_ideas(circle=circle, ideas=ideas[2:3], title="Dans", language="ar")
        before, shown_before = grouping.grouping_of(circle), shape(circle)
        self.moves(circle, ideas)[which]()
        after = grouping.grouping_of(circle)
        assert after != before
        commands.restore_grouping(circle=circle, wanted=before, instead_of=after)
        assert grouping.grouping_of(circle) == before
        assert shape(circle) == shown_before

    def test_a_move_is_not_taken_back_over_somebody_elses(self, circle: Circle, ideas: list[Idea]) -> None:
        before = grouping.grouping_of(circle)
        commands.group_ideas(circle=circle, ideas=ideas[:2], title="Mat", language="sv")
        after = grouping.grouping_of(circle)
        commands.group_ideas(circle=circle, ideas=ideas[2:], title="Dans", language="sv")
        now = grouping.grouping_of(circle)
        with pytest.raises(Refused):
            commands.restore_grouping(circle=circle, wanted=before, instead_of=after)
        assert grouping.grouping_of(circle) == now


class TestWhatIsSettled:
    def test_nothing_moves_while_dots_are_given(self, circle: Circle, vote: DotVote, give: Give) -> None:
        late = give("En sen idé")
        first = vote.proposals.order_by("number")[0]
        before = grouping.grouping_of(circle)
        moves: list[Callable[[], object]] = [
            lambda: commands.group_ideas(circle=circle, ideas=[late], title="Sen", language="sv"),
            lambda: commands.make_rest_proposals(circle=circle),
            lambda: commands.take_apart(proposal=first),
            lambda: commands.take_out(idea=first.ideas.all()[0]),
            lambda: commands.retitle_proposal(proposal=first, title="Annat", language="sv"),
            lambda: commands.restore_grouping(circle=circle, wanted=(), instead_of=before),
        ]
        for move in moves:
            with pytest.raises(Refused):
                move()
        assert grouping.grouping_of(circle) == before

    def test_what_was_decided_stays_and_the_rest_can_be_taken_back(
        self, circle: Circle, ideas: list[Idea], today: date
    ) -> None:
        decided = commands.group_ideas(circle=circle, ideas=ideas[:2], title="Mat", language="sv")
        commands.decide_fate(proposal=decided, kind=Fate.Kind.TRIED, on=today)
        before = grouping.grouping_of(circle)
        for move in (
            lambda: commands.take_apart(proposal=decided),
            lambda: commands.take_out(idea=Idea.objects.get(pk=ideas[0].pk)),
            lambda: commands.group_ideas(
                circle=circle, ideas=ideas[2:], title="", language="sv", into=decided
            ),
            lambda: commands.group_ideas(circle=circle, ideas=ideas[1:3], title="Dans", language="sv"),
        ):
            with pytest.raises(Refused):
                move()
        assert grouping.grouping_of(circle) == before
        commands.make_rest_proposals(circle=circle)
        after = grouping.grouping_of(circle)
        commands.restore_grouping(circle=circle, wanted=before, instead_of=after)
        assert shape(circle) == [(1, "Mat", [1, 2])]
