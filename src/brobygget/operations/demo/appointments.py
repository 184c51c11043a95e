"""Chapter G: thirty phones and slips have chosen whom they want to meet; the timetable is made and told the day before."""

from __future__ import annotations

import random
from datetime import datetime, time

from django.urls import reverse

from brobygget.house.models import House
from brobygget.openhouse.commands import appointments, wishes
from brobygget.openhouse.commands.appointments import AppointmentFacts
from brobygget.openhouse.commands.wishes import Wishes
from brobygget.openhouse.models import OpenHouse, VisitWish
from brobygget.openhouse.queries import wishes as queries
from brobygget.openhouse.queries.appointments import day_of, offer_of, plan_of
from brobygget.operations.demo.loading import TOWN

OPENED_AT = datetime(2027, 3, 29, 9, 0, tzinfo=TOWN)
CLOSED_AT = datetime(2027, 4, 11, 18, 0, tzinfo=TOWN)
TOLD_AT = datetime(2027, 4, 11, 19, 30, tzinfo=TOWN)
FACTS = AppointmentFacts(starts=time(12), ends=time(15), minutes=15, pause=5, at_once=1, choose_by=CLOSED_AT)
VISITORS, SLIPS = 30, 8
# (comes, leaves): some have the whole time, some come after lunch, some have to go.
STAYS = (
    (time(12), time(14, 55)),
    (time(13), time(14, 55)),
    (time(12), time(13, 15)),
    (time(12, 40), time(14, 35)),
)
LANGUAGES = (("ar", "sv"), ("fa",), ("so", "sv"), ("ti",), ("uk", "en"), ("sv",), (), ("ar",), ("sv", "en"))


def hold_meetings(house: House) -> None:
    """Through the program's own commands, at the times at which it happened."""
    openhouse = OpenHouse.objects.select_related("house").get(house=house)
    appointments.open_appointments(openhouse, facts=FACTS, at=OPENED_AT)
    plan = plan_of(openhouse)
    assert plan is not None
    offer = offer_of(openhouse, plan, on=OPENED_AT.date())
    activities = sorted(one for one in offer.ids if not offer.interests.by_id[one].is_group)
    groups = sorted(offer.ids - set(activities))
    rng = random.Random(24)  # noqa: S311 -- a story, no secret
    for number in range(VISITORS):
        comes, leaves = rng.choice(STAYS)
        likes = rng.sample(activities, min(rng.randint(1, 4), len(activities)))
        likes += rng.sample(groups, 1) if rng.random() < 0.3 else []
        wishes.keep_wishes(
            openhouse,
            seed=queries.new_seed(f"demo-{number}"),
            wishes=Wishes(likes, comes, leaves, rng.randint(1, 3), rng.choice(LANGUAGES)),
            channel=VisitWish.Channel.PAPER if number < SLIPS else VisitWish.Channel.PHONE,
            at=OPENED_AT,
        )
    day = day_of(openhouse, plan, on=TOLD_AT.date())
    appointments.keep_arranged(day, appointments.arrange(day, all_anew=True, at=TOLD_AT), at=TOLD_AT)
    appointments.tell_meetings(openhouse, is_told=True, at=TOLD_AT)


def door(address: str, house: House) -> str:
    """Where somebody who has a slip sees whom they meet, and the code of one; empty before there are any."""
    slips = VisitWish.objects.filter(openhouse__house=house, appointments__isnull=False).order_by("number")
    slip = slips.first()
    if slip is None:
        return ""
    page = reverse("openhouse:meet_code", args=[slip.openhouse_id])
    return f"{address}{page}   {queries.code_of(slip.seed)}"
