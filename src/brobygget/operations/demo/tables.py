"""The third evening of the circle is about to begin, and Jonas has a table plan ready: two tables, three rounds."""

from __future__ import annotations

from datetime import date

from brobygget.circles.commands import companions, steps, table_guests, table_plans, table_rounds
from brobygget.circles.models import Circle, Membership, Step

PLACE = 3  # after the welcome and the homework
TABLES = ("vid fönstret", "vid kaminen")
# What each of them has said that they can talk in, beside what they read.
SPOKEN = {
    "Samira": ("fa", "sv"),
    "Yusuf": ("so", "sv", "en"),
    "Selam": ("ti", "sv", "en"),
    "Hassan": ("ar", "sv"),
    "Oksana": ("uk", "sv", "en"),
    "Jonas": ("sv", "en"),
    "Marit": ("sv", "en"),
}
# Who wants a companion: what they like, and when they can.
WANTING = {
    "Samira": (("sewing", "volleyball", "fika"), ("weekday-afternoon", "saturday")),
    "Marit": (("fika", "sewing", "nature"), ("saturday",)),
    "Oksana": (("walking", "nature", "swedish"), ("weekday-evening", "sunday")),
    "Elin": (("walking", "swedish"), ("weekday-evening",)),
}


def lay_tables(circle: Circle, members: dict[str, Membership], *, on: date) -> None:
    """A step of half an hour at the tables, planned; and four people who would like company."""
    meeting = circle.meetings.get(number=3)
    for alias, codes in SPOKEN.items():
        table_guests.say_languages(members[alias].participant, codes)
    tables = steps.add_step(meeting, kind=Step.Kind.TABLES, minutes=30)
    while tables.position > PLACE:
        tables = steps.move_step(tables, earlier=True)
    plan = table_guests.open_plan(meeting, on=on)
    table_plans.make_plan(plan, tables=len(TABLES), rounds=3, minutes_each=10, seed=3)
    for table, place in zip(plan.tables.all(), TABLES, strict=True):
        table_rounds.name_table(table, place=place)
    for alias, (interests, times) in WANTING.items():
        companions.want_companion(members[alias], interests=interests, times=times, on=on)
