"""Nothing in the database joins a dot or an idea to a person: not a key, not a time, not the order of rows."""

import random
from collections.abc import Callable, Iterator

import pytest
from django.apps import apps
from django.db import connection, models

from brobygget.circles.models import Circle, Meeting, Membership
from brobygget.ideas import commands
from brobygget.ideas.models import Concern, Dot, DotsGiven, DotVote, Idea, Proposal

# Rows that stand for one person. From a vote to its circle, and from there to all members, is no path to one.
PERSONS = {"people.participant", "people.account", "circles.membership", "people.personallink"}
# What a whole group shares: going up to it tells nothing, so no path goes on from there.
GROUPS = {"circles.circle", "circles.meeting", "house.house"}


def owned_by(model: type[models.Model]) -> Iterator[type[models.Model]]:
    """What a row points to, by foreign key or one to one."""
    for field in model._meta.get_fields():
        if isinstance(field, models.ForeignKey | models.OneToOneField):
            yield field.related_model


def reached_from(model: type[models.Model]) -> set[str]:
    seen: set[str] = set()
    ahead = [model]
    while ahead:
        for target in owned_by(ahead.pop()):
            if target._meta.label_lower not in seen | GROUPS:
                seen.add(target._meta.label_lower)
                ahead.append(target)
    return seen


@pytest.mark.parametrize("model", [Dot, Idea, Concern, Proposal, DotVote])
def test_no_path_of_keys_leads_to_a_person(model: type[models.Model]) -> None:
    assert not reached_from(model) & PERSONS


def test_the_search_for_paths_finds_one_where_there_is_one() -> None:
    assert "circles.membership" in reached_from(DotsGiven)


@pytest.mark.parametrize("model", [Dot, Idea, Concern, Proposal])
def test_no_row_about_a_person_points_there(model: type[models.Model]) -> None:
    pointing = {
        other._meta.label_lower
        for other in apps.get_models()
        if model in owned_by(other) and (reached_from(other) | {other._meta.label_lower}) & PERSONS
    }
    assert pointing == set()


@pytest.mark.parametrize("model", [Dot, DotsGiven])
def test_keys_are_random_and_no_time_is_kept(model: type[models.Model]) -> None:
    assert isinstance(model._meta.pk, models.UUIDField)
    assert not [field for field in model._meta.get_fields() if isinstance(field, models.DateField)]


@pytest.mark.parametrize("model", [Idea, Concern])
def test_no_time_finer_than_a_day_is_kept(model: type[models.Model]) -> None:
    assert not [field for field in model._meta.get_fields() if isinstance(field, models.DateTimeField)]


def in_row_order(model: type[models.Model], column: str, vote: DotVote) -> list[int]:
    """The rows as they lie on disk, the most that a thief of the file could have."""
    place = "rowid" if connection.vendor == "sqlite" else "ctid"
    key = DotVote._meta.pk.get_db_prep_value(vote.pk, connection)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {column} FROM {model._meta.db_table} WHERE vote_id = %s ORDER BY {place}", [key]
        )
        return [row[0] for row in cursor.fetchall()]


def right_guesses(vote: DotVote, truth: dict[int, int]) -> int:
    """Join the n-th who voted to the n-th three dots, and count how often that is right."""
    who = in_row_order(DotsGiven, "membership_id", vote)
    what = in_row_order(Dot, "proposal_id", vote)
    size = vote.dots_each
    return sum(
        truth[person] == dot
        for place, person in enumerate(who)
        for dot in what[place * size : (place + 1) * size]
    )


VOTES = 60


@pytest.fixture
def many_votes(
    circle: Circle, proposals: list[Proposal], everybody: list[Membership]
) -> Callable[[], Iterator[tuple[DotVote, dict[Membership, Proposal]]]]:
    """Sixty votes in which each of seven gives all dots to a proposal of their own, drawn by lot."""

    def make() -> Iterator[tuple[DotVote, dict[Membership, Proposal]]]:
        chance = random.Random(1)
        for number in range(VOTES):
            meeting = Meeting.objects.create(
                circle=circle,
                number=100 + number,
                starts_at=everybody[0].circle.meetings.get(number=1).starts_at,
                opened_at=everybody[0].circle.meetings.get(number=1).starts_at,
            )
            here = everybody[:7]
            meeting.attendances.bulk_create(
                meeting.attendances.model(meeting=meeting, membership=member) for member in here
            )
            vote = DotVote.objects.create(meeting=meeting, opened_at=meeting.starts_at)
            vote.proposals.set(proposals)
            chosen = dict(zip(chance.sample(here, 7), chance.sample(proposals, 7), strict=True))
            yield vote, chosen

    return make


def test_the_attack_by_the_order_of_rows_is_no_better_than_guessing(
    many_votes: Callable[[], Iterator[tuple[DotVote, dict[Membership, Proposal]]]],
) -> None:
    right = 0
    for vote, chosen in many_votes():
        for member, proposal in chosen.items():
            commands.give_dots(vote=vote, membership=member, dots={proposal: 3})
        right += right_guesses(vote, {member.pk: proposal.pk for member, proposal in chosen.items()})
        vote.closed_at = vote.opened_at
        vote.save()
    guesses = VOTES * 21
    # By chance one in seven; five standard errors, counted for votes as a whole because dots come in threes.
    assert abs(right / guesses - 1 / 7) < 5 * (1 / 7 / VOTES) ** 0.5
    assert right < guesses / 2


def test_the_attack_finds_everybody_where_rows_lie_as_they_came(
    many_votes: Callable[[], Iterator[tuple[DotVote, dict[Membership, Proposal]]]],
) -> None:
    vote, chosen = next(many_votes())
    for member, proposal in chosen.items():
        DotsGiven.objects.create(vote=vote, membership=member)
        for _dot in range(3):
            Dot.objects.create(vote=vote, proposal=proposal)
    assert right_guesses(vote, {member.pk: proposal.pk for member, proposal in chosen.items()}) == 21
