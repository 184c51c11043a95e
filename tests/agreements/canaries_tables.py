"""What the tables and companions of a circle can say. Wishes and languages are codes and numbers, never words."""

from __future__ import annotations

from brobygget.circles.models import Circle, Meeting, Table, TableGuest, TablePlan, TableRound, TableSeat
from tests.agreements.doors import BIRGIT, FRANS, MARIT
from tests.conftest import TODAY

PUBLIC: set[str] = set()
# Whoever has the code that the leader shows is told which circle it is that they come to.
BY_LINK = {"circles:tables_join": {"circles.Circle.name", "circles.Meeting.place"}}
# What a leader was told to call somebody is read by those who lead.
READERS = {"circles.TableGuest.alias": frozenset({BIRGIT, MARIT, FRANS})}
NO_WORDS = {
    "circles.SpokenLanguage.code": "codes of languages",
    "circles.TableGuest.languages": "codes of languages",
    "circles.TableWish.secret": "numbers of rows; that others are told of none is asked in test_doors.py",
    "circles.TableChange.before": "numbers of rows",
    "circles.CompanionWish.interests": "codes of tiles",
    "circles.CompanionWish.times": "codes of times",
}


def fill(circle: Circle) -> None:
    """A plan of the meeting that `canaries.fill` has made, with a guest who has no page here."""
    plan = TablePlan.objects.create(
        house=circle.house, meeting=Meeting.objects.get(circle=circle, number=90), made_on=TODAY
    )
    table = Table.objects.create(plan=plan, number=1, place="x")
    guest = TableGuest.objects.create(plan=plan, alias="x", languages="sv")
    the_round = TableRound.objects.create(plan=plan, number=1)
    TableSeat.objects.create(round=the_round, table=table, guest=guest)
