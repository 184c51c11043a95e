"""Chapter H: it is one o'clock on the day. One did not turn up and number 44 came; the house is full; hands are raised."""

from __future__ import annotations

import random
import tomllib
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.urls import reverse

from brobygget.house.models import House
from brobygget.openhouse.commands import door, hands, reminding, stamps, tasks, waiting
from brobygget.openhouse.models import Door, DoorRoom, Handover, Invitation, OpenHouse, Visitor
from brobygget.openhouse.queries import door as doors_now
from brobygget.openhouse.queries import hands as hands_now
from brobygget.openhouse.queries import places
from brobygget.openhouse.queries import stamps as cards
from brobygget.openhouse.rules import ZONES
from brobygget.operations.demo.associations import BENGTS
from brobygget.operations.demo.loading import TOWN, Town
from brobygget.operations.demo.openhouse import local, mails_have_gone

FILE = Path(__file__).with_name("day.toml")
LANGUAGES = ("sv", "ar", "ti", "fa", "so", "uk")
WAYS = ("message", "message", "call", "reception")
YEARS = ("new", "new", "long", "")
HOUR = 3600


@transaction.atomic
def open_doors(town: Town, openhouse: OpenHouse) -> None:
    """Everything of the day that has happened by one o'clock."""
    told = tomllib.loads(FILE.read_text(encoding="utf-8"))
    rng = random.Random(told["seed"])  # noqa: S311 -- a story, no secret
    reminding.send_reminders(openhouse, by=town.accounts["Petra"], at=local(told["reminded_at"]))
    reminding.make_sheets(openhouse, by=town.accounts["Petra"], at=local(told["reminded_at"]))
    _fill_the_empty_table(town, openhouse, told)
    for task in openhouse.tasks.filter(kind__in=told["done"]):
        tasks.finish_task(task, is_done=True, on=openhouse.day)
    mails_have_gone(openhouse)
    _count(openhouse, told)
    _raise_hands(openhouse, told, rng)
    _give_cards(openhouse, told)


def _fill_the_empty_table(town: Town, openhouse: OpenHouse, told: dict[str, Any]) -> None:
    """Nobody comes to a table at 10.50; the next in line is told by telephone and is there at 11.40."""
    missing = [one for one in places.have_places(openhouse) if not one.slots.exists()][-1]
    at = local(told["missing_at"])
    waiting.give_up_place(missing, at=at)
    (call,) = places.calls_to_make(openhouse, at=at)
    waiting.note_talked(call, by=town.accounts["Petra"], at=at + timedelta(minutes=2))
    waiting.answer_call(call, is_yes=True, at=local(told["said_yes_at"]))


def _count(openhouse: OpenHouse, told: dict[str, Any]) -> None:
    watched = door.watch_door(openhouse, room=told["room"])
    room = watched.rooms.get()
    turn = 0
    for row in told["hours"]:
        begins = datetime(*openhouse.day.timetuple()[:3], row["hour"], tzinfo=TOWN)
        presses = sorted(
            [(HOUR * number // row["came"], "in") for number in range(row["came"])]
            + [(HOUR * number // row["left"] + 30, "out") for number in range(row["left"])]
        )
        for seconds, way in presses:
            turn += way == "in"
            who = "child" if way == "in" and turn % told["every_child"] == 0 else "adult"
            _press(room, f"{who}-{way}", begins + timedelta(seconds=min(seconds, HOUR - 1)))
    for face, number in told["faces"].items():
        for _time in range(number):
            door.press_face(watched, face)


def _press(room: DoorRoom, step: str, at: datetime) -> None:
    door.press(room, door.STEPS[step], pressed_at=at, has_happened=True)


def _raise_hands(openhouse: OpenHouse, told: dict[str, Any], rng: random.Random) -> None:
    coming = {one.association.name: one for one in places.have_places(openhouse)}
    noon = openhouse.starts_at + timedelta(hours=1)
    for row in told["hands"]:
        seed = hands_now.new_seed(f"demo-{row['alias']}")
        _raise(coming[row["association"]], seed, noon, rng, **row)
    others = [one for name, one in coming.items() if name != BENGTS]
    for number in range(told["people"]):
        seed = hands_now.new_seed(f"demo-visitor-{number}")
        row = {
            "spoken": rng.choice(LANGUAGES),
            "way": rng.choice(WAYS),
            "years": rng.choice(YEARS),
            "alias": "",
            "wish": "",
        }
        for one in rng.sample(others, rng.choice((1, 1, 2))):
            _raise(one, seed, noon, rng, **row)


def _raise(one: Invitation, seed: str, at: datetime, rng: random.Random, **row: str) -> None:
    number = "" if row["way"] == Visitor.Way.RECEPTION else f"070-174 06 {rng.randint(5, 99):02d}"
    hands.raise_hand(
        one,
        seed=seed,
        told=hands.Told(
            spoken=row["spoken"], alias=row["alias"], way=row["way"], telephone=number, years=row["years"]
        ),
        channel=rng.choice((Handover.Channel.PHONE, Handover.Channel.PHONE, Handover.Channel.STAND)),
        at=at,
        wish=row["wish"],
    )


def _give_cards(openhouse: OpenHouse, told: dict[str, Any]) -> None:
    at = openhouse.starts_at + timedelta(minutes=20)
    tables = list(places.have_places(openhouse))
    for number in range(told["phones"]):
        card = cards.card_of_press(f"demo-card-{number}")
        stamps.give_stamp(tables[number % len(tables)], card, at=at, was_kept=False)
    stamps.count_paper_given(openhouse, told["paper_cards"])
    for number in told["paper_cards_in"]:
        stamps.hand_in_paper(openhouse, stamps=number, zones=ZONES, at=at + timedelta(hours=1))


def ways_in(address: str, house: House) -> dict[str, str]:
    """The addresses of the day itself, for the terminal; nothing before the doors are watched."""
    watched = Door.objects.filter(openhouse__house=house).select_related("openhouse").first()
    if watched is None:
        return {}
    pk = watched.openhouse_id
    bengts = Invitation.objects.filter(openhouse=pk, association__name=BENGTS).first()
    found = {
        "visit": reverse("openhouse:visit", args=[pk]),
        "wall": reverse("openhouse:hall_wall", args=[pk]),
        "counting": reverse("openhouse:counting", args=[pk, doors_now.token_of(watched, doors_now.COUNTING)]),
        "faces": reverse("openhouse:faces", args=[pk, doors_now.token_of(watched, doors_now.FACES)]),
    }
    if bengts is not None:
        found["table"] = reverse("openhouse:at_table", args=[pk, cards.table_secret(bengts)])
    selam = hands_now.new_seed("demo-Selam")
    return {name: address + path for name, path in found.items()} | {"selam": hands_now.code_of(selam)}
