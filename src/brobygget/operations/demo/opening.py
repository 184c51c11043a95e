"""Open the demo town at a chapter: load it once, and set its clock at every start."""

from __future__ import annotations

from brobygget.house.models import House
from brobygget.operations.demo import (
    appointments,
    gatherings,
    loading,
    openhouse,
    papers,
    programme,
    town_vote,
)
from brobygget.operations.demo import day as the_day
from brobygget.web import clock


def open_town(chapter: str) -> bool:
    """True when the town was loaded now, false when it was there already."""
    is_new = not House.objects.exists()
    if is_new:
        town = loading.load_town(chapter=chapter)
        if town is not None and chapter > "E":
            town_vote.hold_vote(town)
            day = openhouse.hold_day(town, until=loading.CHAPTERS[chapter])
            if chapter > "F":
                gatherings.lay_cafe(town.house)
                programme.lay_programme(town, day, until=loading.CHAPTERS[chapter])
                papers.brief_those_who_come(town.house)
                appointments.hold_meetings(town.house)
            if chapter > "G":
                the_day.open_doors(town, day)
    # The house's own clock shows the chapter's time from now on; the computer's clock is left alone.
    House.objects.update(clock_offset=loading.CHAPTERS[chapter] - clock.read())
    return is_new
