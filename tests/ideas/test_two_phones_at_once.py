"""Many phones press in the same instant, each with a connection of its own, on a real file or a real server."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from threading import Barrier, Thread

import pytest
from django.db import connection

from brobygget.circles.models import Attendance, Circle, Meeting, Membership
from brobygget.house.commands.refused import Refused
from brobygget.house.models import House
from brobygget.ideas import commands
from brobygget.ideas.models import Dot, DotsGiven, DotVote, Idea, Proposal
from brobygget.people.models import Account, Participant

PHONES = 8


def all_at_once(presses: list[Callable[[], object]]) -> list[BaseException]:
    """Run every press in a thread of its own, let go together; what went wrong."""
    gate, wrong = Barrier(len(presses)), []

    def run(press: Callable[[], object]) -> None:
        try:
            gate.wait(timeout=20)
            press()
        except BaseException as error:  # the test tells which
            wrong.append(error)
        finally:
            connection.close()

    threads = [Thread(target=run, args=[press]) for press in presses]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return wrong


def play(circle: Circle, meeting: Meeting, members: list[Membership]) -> None:
    """Ideas, groups and dots, each pressed by everybody at once."""
    on = meeting.starts_at.date()

    def give(text: str) -> Callable[[], object]:
        return lambda: commands.give_idea(circle=circle, meeting=meeting, text=text, language="sv", on=on)

    assert all_at_once([give(f"Idé {phone}") for phone in range(PHONES)]) == []
    numbers = sorted(Idea.objects.filter(circle=circle).values_list("number", flat=True))
    assert numbers == list(range(1, PHONES + 1))

    def group(idea: Idea) -> Callable[[], object]:
        return lambda: commands.group_ideas(circle=circle, ideas=[idea], title="Grupp", language="sv")

    assert all_at_once([group(idea) for idea in Idea.objects.filter(circle=circle)]) == []
    assert list(Proposal.objects.filter(circle=circle).values_list("number", flat=True)) == numbers

    opened = all_at_once(
        [lambda: commands.open_dot_vote(meeting=meeting, at=meeting.starts_at) for _phone in range(PHONES)]
    )
    assert opened == []
    vote = DotVote.objects.get(meeting=meeting)
    proposals = list(vote.proposals.all())

    def dots(member: Membership, proposal: Proposal) -> Callable[[], object]:
        return lambda: commands.give_dots(vote=vote, membership=member, dots={proposal: 3})

    assert all_at_once([dots(*pair) for pair in zip(members, proposals, strict=True)]) == []
    assert (Dot.objects.filter(vote=vote).count(), DotsGiven.objects.filter(vote=vote).count()) == (24, 8)

    DotsGiven.objects.filter(vote=vote, membership=members[0]).delete()
    wrong = all_at_once([dots(members[0], proposals[0]) for _phone in range(PHONES)])
    assert [type(error) for error in wrong] == [Refused] * (PHONES - 1)
    assert (Dot.objects.filter(vote=vote).count(), DotsGiven.objects.filter(vote=vote).count()) == (27, 8)


def an_evening() -> None:
    """The whole race, in a house of its own."""
    on, at = date(2027, 1, 22), datetime(2027, 1, 22, 12, tzinfo=UTC)
    house = House.objects.create(name="Brohuset", town="Älvnäs", opened_on=on)
    leader = Account.objects.create_user("birgit@alvnas.example")
    circle = Circle.objects.create(house=house, name="Cirkeln", leader=leader, started_on=on)
    meeting = Meeting.objects.create(circle=circle, number=1, starts_at=at, opened_at=at)
    members = []
    for seat in range(1, PHONES + 1):
        person = Participant.objects.create(house=house, alias=f"P{seat}", language="sv", joined_on=on)
        member = Membership.objects.create(circle=circle, participant=person, seat=seat, joined_on=on)
        Attendance.objects.create(meeting=meeting, membership=member)
        members.append(member)
    play(circle, meeting, members)


@pytest.mark.django_db(transaction=True)
def test_eight_phones_at_once() -> None:
    an_evening()
