"""Chapter G: the association day has a language café with a table plan ready, and a time to mingle with none yet."""

from __future__ import annotations

from datetime import time

from brobygget.circles.commands import table_guests, table_plans, table_rounds
from brobygget.circles.commands.table_guests import NewGuest
from brobygget.house.models import House
from brobygget.openhouse.commands import gatherings
from brobygget.openhouse.commands.gatherings import GatheringFacts
from brobygget.openhouse.models import OpenHouse

CAFE = GatheringFacts(name="Språkkafé", place="Kaféhörnan", starts=time(13), ends=time(14))
MINGLING = GatheringFacts(
    name="Mingel med föreningarna", place="Vid scenen", starts=time(15), ends=time(15, 45)
)
PLACES = ("vid fönstret", "vid kaffet", "vid trappan")
# Who has said at the reception that they come: what they want to be called, and the languages they talk in.
WRITTEN_DOWN = (
    ("Amal", ("ar", "sv"), "1-3"),
    ("Anders", ("sv",), "always"),
    ("Birger", ("sv", "en"), ""),
    ("Dawit", ("ti", "sv"), "1-3"),
    ("Farah", ("fa", "sv"), "<1"),
    ("Gun", ("sv",), "always"),
    ("Ingrid", ("sv", "en"), ">10"),
    ("Iryna", ("uk", "sv"), "<1"),
    ("Karl", ("sv",), ""),
    ("Layla", ("ar", "sv"), "<1"),
    ("Nils", ("sv",), "always"),
    ("Sahra", ("so", "sv"), "1-3"),
)


def lay_cafe(house: House) -> None:
    """Twelve people, three tables, three rounds."""
    openhouse = OpenHouse.objects.get(house=house)
    cafe = gatherings.add_gathering(openhouse, facts=CAFE)
    gatherings.add_gathering(openhouse, facts=MINGLING)
    table_guests.add_guests(cafe.plan, [NewGuest(*facts) for facts in WRITTEN_DOWN])
    table_plans.make_plan(cafe.plan, tables=len(PLACES), rounds=3, minutes_each=12, seed=3)
    for table, place in zip(cafe.plan.tables.all(), PLACES, strict=True):
        table_rounds.name_table(table, place=place)
