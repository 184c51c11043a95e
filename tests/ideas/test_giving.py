from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from brobygget.circles.models import Circle, Meeting
from brobygget.house.commands.refused import Refused
from brobygget.ideas import commands
from brobygget.ideas.models import Idea
from brobygget.ideas.queries import wall

Give = Callable[..., Idea]


def numbers(circle: Circle) -> list[tuple[int | None, str]]:
    return [(idea.number, idea.text) for idea in wall.ideas_on_the_wall(circle)]


def test_ideas_are_numbered_in_the_order_in_which_they_come(circle: Circle, give: Give) -> None:
    give("Vi lagar mat")
    give("نطبخ معا", "ar")
    assert numbers(circle) == [(1, "Vi lagar mat"), (2, "نطبخ معا")]


def test_an_idea_can_be_drawn(circle: Circle, give: Give) -> None:
    idea = give("", drawing="M 1,2 L 3,4", channel=Idea.Channel.DRAWN)
    assert (idea.drawing, idea.channel, idea.number) == ("M1 2L3 4", "drawn", 1)


@pytest.mark.parametrize(("text", "drawing"), [("", ""), ("", "M1 2"), ("a" * 1001, ""), ("x", "<svg>")])
def test_nothing_too_much_and_something_else_are_refused(give: Give, text: str, drawing: str) -> None:
    with pytest.raises(Refused):
        give(text, drawing=drawing)
    assert not Idea.objects.exists()


def test_a_closed_meeting_takes_no_ideas(give: Give, meeting: Meeting, clock: datetime) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(closed_at=clock)
    with pytest.raises(Refused) as refused:
        give()
    assert refused.value.status == 409
    assert not Idea.objects.exists()


def test_a_meeting_that_has_not_begun_takes_no_ideas(give: Give, meeting: Meeting) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(opened_at=None)
    with pytest.raises(Refused):
        give()


def test_an_idea_belongs_to_the_meetings_own_circle(
    meeting: Meeting, other_circle: Circle, today: date
) -> None:
    with pytest.raises(Refused):
        commands.give_idea(circle=other_circle, meeting=meeting, text="Hej", language="sv", on=today)


def test_every_screen_learns_that_something_is_new(give: Give, meeting: Meeting) -> None:
    before = meeting.version
    give()
    meeting.refresh_from_db()
    assert meeting.version == before + 1


class TestTheStaffBrake:
    def test_an_organisers_idea_is_counted_and_shown_to_nobody(self, circle: Circle, give: Give) -> None:
        give("Vår egen plan", by_organiser=True)
        assert numbers(circle) == []
        assert wall.number_waiting(circle) == 1

    def test_the_leader_cannot_open_them_before_participants_have_given(
        self, circle: Circle, give: Give
    ) -> None:
        give("Vår egen plan", by_organiser=True)
        with pytest.raises(Refused):
            commands.open_organisers_ideas(circle=circle)
        assert wall.number_waiting(circle) == 1

    def test_a_participants_idea_alone_opens_nothing(self, circle: Circle, give: Give) -> None:
        give("Vår egen plan", by_organiser=True)
        give("Vi lagar mat")
        assert numbers(circle) == [(1, "Vi lagar mat")]

    def test_they_open_after_the_participants_without_a_gap_in_the_numbers(
        self, circle: Circle, give: Give
    ) -> None:
        give("Vår egen plan", by_organiser=True)
        give("Vi lagar mat")
        give("Vi dansar")
        assert commands.open_organisers_ideas(circle=circle) == 1
        assert numbers(circle) == [(1, "Vi lagar mat"), (2, "Vi dansar"), (3, "Vår egen plan")]
        assert wall.number_waiting(circle) == 0

    def test_opening_twice_opens_once(self, circle: Circle, give: Give) -> None:
        give("Vår egen plan", by_organiser=True)
        give("Vi lagar mat")
        assert [commands.open_organisers_ideas(circle=circle) for _ in range(2)] == [1, 0]

    def test_an_idea_that_comes_after_the_opening_waits_again(self, circle: Circle, give: Give) -> None:
        give("Vi lagar mat")
        commands.open_organisers_ideas(circle=circle)
        give("Vår egen plan", by_organiser=True)
        assert wall.number_waiting(circle) == 1

    def test_participants_of_an_earlier_evening_do_not_open_for_this_one(
        self, circle: Circle, give: Give, meeting: Meeting, clock: datetime, today: date
    ) -> None:
        give("Vi lagar mat")
        Meeting.objects.filter(pk=meeting.pk).update(closed_at=clock)
        second = Meeting.objects.create(
            circle=circle, number=2, starts_at=clock + timedelta(days=7), opened_at=clock + timedelta(days=7)
        )
        commands.give_idea(
            circle=circle, meeting=second, text="Vår", language="sv", on=today, by_organiser=True
        )
        with pytest.raises(Refused):
            commands.open_organisers_ideas(circle=circle)
        assert numbers(circle) == [(1, "Vi lagar mat")]

    def test_several_go_up_in_an_order_of_chance(self, circle: Circle, give: Give) -> None:
        give("Vi lagar mat")
        texts = [f"Plan {number:02}" for number in range(12)]
        for text in texts:
            give(text, by_organiser=True)
        commands.open_organisers_ideas(circle=circle)
        opened = [text for _number, text in numbers(circle)[1:]]
        assert sorted(opened) == texts
        assert opened != texts  # by chance once in 479 million


class TestHiding:
    def test_a_hidden_idea_is_gone_and_its_number_stays_taken(
        self, circle: Circle, give: Give, today: date
    ) -> None:
        first = give("Dumt om någon")
        commands.hide_idea(idea=first, on=today)
        give("Vi lagar mat")
        assert numbers(circle) == [(2, "Vi lagar mat")]

    def test_a_mistake_is_taken_back(self, circle: Circle, give: Give, today: date) -> None:
        idea = give("Vi lagar mat")
        commands.hide_idea(idea=idea, on=today)
        assert [hidden.number for hidden in wall.hidden_numbers(circle)] == [1]
        commands.show_idea_again(idea=idea)
        assert numbers(circle) == [(1, "Vi lagar mat")]
        assert wall.hidden_numbers(circle) == []


class TestTranslations:
    def test_the_original_stands_beside_the_translation_for_the_reader(
        self, circle: Circle, give: Give
    ) -> None:
        commands.translate_idea(idea=give("نطبخ معا", "ar"), language="sv", text="Vi lagar mat")
        [idea] = wall.ideas_on_the_wall(circle)
        [swedish, easy, arabic, somali] = [
            wall.card(idea, code, "sv") for code in ("sv", "sv-easy", "ar", "so")
        ]
        assert swedish.translation
        assert swedish.translation.text == "Vi lagar mat"
        assert easy.translation == swedish.translation
        assert arabic.translation is None
        assert somali.translation == swedish.translation  # the circle's language, where one's own is missing
        assert idea.text == "نطبخ معا"

    def test_a_draft_says_so_until_somebody_has_checked_it(self, give: Give) -> None:
        translation = commands.translate_idea(idea=give("نطبخ", "ar"), language="sv", text="Mat")
        assert translation.status == "draft"
        commands.check_translation(translation=translation)
        translation.refresh_from_db()
        assert translation.status == "checked"

    def test_a_draft_never_takes_the_place_of_a_checked_one(self, give: Give) -> None:
        idea = give("نطبخ", "ar")
        commands.translate_idea(
            idea=idea, language="sv", text="Mat", status=commands.translating.Status.CHECKED
        )
        with pytest.raises(Refused):
            commands.translate_idea(idea=idea, language="sv", text="Skräp")
        assert [x.text for x in idea.translations.all()] == ["Mat"]

    def test_a_changed_translation_that_is_checked_again_replaces_the_first(self, give: Give) -> None:
        idea = give("نطبخ", "ar")
        for text in ("Mat", "Vi lagar mat"):
            commands.translate_idea(
                idea=idea, language="sv", text=text, status=commands.translating.Status.CHECKED
            )
        assert [(x.text, x.status) for x in idea.translations.all()] == [("Vi lagar mat", "checked")]

    @pytest.mark.parametrize(("language", "text"), [("ar", "نطبخ"), ("sv", ""), ("sv", "a" * 1001)])
    def test_its_own_language_nothing_and_too_much_are_refused(
        self, give: Give, language: str, text: str
    ) -> None:
        with pytest.raises(Refused):
            commands.translate_idea(idea=give("نطبخ", "ar"), language=language, text=text)
