"""Chapters F and G: the association day is planned, 277 are invited, 48 want a place, 40 get one, three cancel, 40 have tables."""

from __future__ import annotations

import random
import tomllib
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.urls import reverse

from brobygget.associations.models import Association
from brobygget.house.models import House
from brobygget.openhouse.commands import answering, events, inviting, places, sending, tasks, waiting
from brobygget.openhouse.commands.events import Facts
from brobygget.openhouse.commands.tasks import Owner
from brobygget.openhouse.forms.answers import kind_of
from brobygget.openhouse.models import OPEN_CALL, Answer, Invitation, OpenHouse, PlaceCall, Sending
from brobygget.openhouse.queries import doors as secrets
from brobygget.openhouse.queries import invitations as queries
from brobygget.openhouse.queries.places import have_places
from brobygget.operations.demo import floor
from brobygget.operations.demo.associations import BENGTS
from brobygget.operations.demo.loading import TOWN, Town

FILE = Path(__file__).with_name("openhouse.toml")
LETTERS_CALLED = 5  # of those without e-mail who are silent, so many have been called in vain


@dataclass
class Day:
    """The association day as far as it has come, and the moment that the chapter opens."""

    town: Town
    told: dict[str, Any]
    until: datetime
    openhouse: OpenHouse
    rng: random.Random

    def has_come(self, moment: datetime) -> bool:
        """Whether something has happened before the chapter."""
        return local(moment) < self.until


def told() -> dict[str, Any]:
    """The file, as it is written."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def local(moment: datetime) -> datetime:
    """A moment of the file, by the clock in Älvnäs."""
    return moment.replace(tzinfo=TOWN)


@transaction.atomic
def hold_day(town: Town, *, until: datetime) -> OpenHouse:
    """Everything about the day that has happened before a moment."""
    facts = told()
    at = local(facts["planned_at"])
    names = (
        "name",
        "language",
        "day",
        "starts",
        "ends",
        "place",
        "places",
        "about",
        "way_there",
        "languages",
    )
    openhouse = events.plan_open_house(
        house=town.house,
        circle=town.circle,
        facts=Facts(**{name: facts[name] for name in names}),
        on=at.date(),
        at=at,
    )
    day = Day(town, facts, until, openhouse, random.Random(facts["seed"]))  # noqa: S311 -- a story, no secret
    _share_the_plan(day)
    _invite(day)
    _write_rule(day)
    _answer(day)
    if day.has_come(facts["published_at"]):
        published = local(facts["published_at"])
        events.publish(openhouse, is_public=True, on=published.date(), at=published)
    if day.has_come(facts["places_given"]["at"]):
        _give_places(day)
        floor.furnish(openhouse, facts["floor"], has_come=day.has_come, local=local)
    return OpenHouse.objects.get(pk=openhouse.pk)


def _share_the_plan(day: Day) -> None:
    on = local(day.told["planned_at"]).date()
    for task in list(day.openhouse.tasks.all()):
        pair = {
            side: Owner(participant=day.town.members[alias].participant)
            for side, alias in zip(("new", "established"), day.told["pairs"].get(task.kind, ()), strict=False)
        }
        tasks.change_task(
            task,
            title="",
            due=day.told["moved"].get(task.kind, task.due_on),
            clock=task.clock,
            note=day.told["notes"].get(task.kind, ""),
            pair=pair,
            on=on,
        )
    for kind, done_on in day.told["done"].items():
        if done_on < day.until.date():
            tasks.finish_task(day.openhouse.tasks.get(kind=kind), is_done=True, on=done_on)
    day.openhouse.refresh_from_db()


def _invite(day: Day) -> None:
    """8 February: 241 mails and 36 letters."""
    on = day.told["moved"]["invite"]
    at = local(datetime.combine(on, datetime.min.time())) + timedelta(hours=11)
    petra = day.town.accounts["Petra"]
    inviting.invite_associations(day.openhouse, list(queries.to_invite(day.town.house, day.openhouse)), on=on)
    inviting.send_invitations(day.openhouse, by=petra, at=at)
    mails_have_gone(day.openhouse)
    inviting.make_letters(day.openhouse, by=petra, at=at)


def mails_have_gone(openhouse: OpenHouse) -> None:
    """What happened before the chapter is not written to the folder for mails again."""
    waiting_mails = Sending.objects.filter(invitation__openhouse=openhouse, sent_at=None)
    for queued_at in set(waiting_mails.values_list("queued_at", flat=True)):
        waiting_mails.filter(queued_at=queued_at).update(sent_at=queued_at)


def _write_rule(day: Day) -> None:
    rule = day.told["rule"]
    places.write_rule(
        day.openhouse,
        criteria=rule["criteria"],
        words=rule["words"],
        language=day.told["language"],
        at=local(rule["written_at"]),
    )
    places.freeze_rule(day.openhouse, by=day.town.accounts["Marit"], at=local(rule["frozen_at"]))


def _answer(day: Day) -> None:
    """46 yes, 19 no, 6 maybe, by 12 March; 206 are silent. Two who said maybe say yes on the last evening."""
    facts = day.told["answers"]
    invited = list(
        day.openhouse.invitations.select_related("openhouse", "association")
        .prefetch_related("association__interests")
        .order_by("association__name", "pk")
    )
    bengts = next(one for one in invited if one.association.name == BENGTS)
    others = [one for one in invited if one.pk != bengts.pk]
    day.rng.shuffle(others)
    said = ["yes"] * (facts["yes"] - 1) + ["no"] * facts["no"] + ["maybe"] * facts["maybe"]
    day.rng.shuffle(said)
    begin, end = local(facts["begin"]), local(facts["end"])
    moments = sorted(_awake(begin + (end - begin) * day.rng.random()) for _one in said)
    _say(
        day,
        bengts,
        "yes",
        local(facts["bengt"]),
        hands="Grädda en våffla",
        watts=1200,
        power_for="våffeljärn",
    )
    maybe = []
    for one, word, moment in zip(others, said, moments, strict=False):
        _say(day, one, word, moment)
        if word == "maybe":
            maybe.append(one)
    for one in maybe[: facts["becomes_yes"]]:
        _say(day, one, "yes", local(facts["change"]))
    for one in [each for each in others[len(said) :] if each.way == Association.Reach.LETTER][
        :LETTERS_CALLED
    ]:
        if day.until > begin + timedelta(days=14):
            inviting.note_call(
                one, was_reached=False, by=day.town.accounts["Petra"], at=begin + timedelta(days=14)
            )


def _awake(moment: datetime) -> datetime:
    """The same day, at an hour when people are awake."""
    return moment.replace(hour=8 + moment.hour * 13 // 24)


def _say(day: Day, one: Invitation, said: str, at: datetime, **facts: Any) -> None:
    """An answer, where it has come before the chapter. What is drawn is drawn all the same."""
    kind = kind_of(one.association) or "g-together"
    hands = day.rng.choice(day.told["hands"][kind])
    draws = day.rng.random(), day.rng.random(), day.rng.random()
    if at >= day.until:
        return
    needs: dict[str, Any] = {}
    if said == Answer.Said.YES:
        needs = {
            "hands": hands if draws[0] >= day.told["answers"]["without_hands"] else "",
            "open_to_beginners": "yes" if draws[1] >= day.told["answers"]["not_for_beginners"] else "no",
            "noise": "loud" if kind == "g-music" else "quiet" if kind == "g-learn" else "some",
            "step_free": draws[2] < 0.2,
        }
    answering.answer_invitation(
        one,
        answers={"said": said, "kind": kind, **needs, **facts},
        seen={},
        sitting="",
        channel=Answer.Channel.STAFF if one.way == Association.Reach.LETTER else Answer.Channel.LINK,
        at=at,
    )


def _give_places(day: Day) -> None:
    """19 March: 40 places, 8 wait. Then three cancel, and the waiting list is used three times."""
    at = local(day.told["places_given"]["at"])
    places.give_places(day.openhouse, at=at)
    mails_have_gone(day.openhouse)
    for row in day.told["cancelled"]:
        if day.has_come(row["at"]):
            _cancel(day, local(row["at"]), local(row["answered"]))
    _need_power(day, at + timedelta(days=1))


def _cancel(day: Day, at: datetime, answered: datetime) -> None:
    having = [one for one in have_places(day.openhouse) if one.association.name != BENGTS]
    waiting.give_up_place(day.rng.choice(having), at=at)
    call = PlaceCall.objects.select_related("place__openhouse").get(OPEN_CALL, place__openhouse=day.openhouse)
    sending.note_call_told(call, at=at)
    waiting.answer_call(call, is_yes=True, at=answered)
    mails_have_gone(day.openhouse)


def _need_power(day: Day, at: datetime) -> None:
    """Fourteen of those who come need electricity, 9,850 W in all; Bengt's waffle iron is the first."""
    coming = [one for one in have_places(day.openhouse) if one.association.name != BENGTS]
    for one, row in zip(
        day.rng.sample(coming, len(day.told["power"]) - 1), day.told["power"][1:], strict=True
    ):
        answering.answer_invitation(
            one,
            answers={"watts": row["watts"], "power_for": row["for"]},
            seen={},
            sitting="",
            channel=Answer.Channel.LINK,
            at=at,
        )


def doors(address: str, house: House) -> dict[str, str]:
    """The addresses of the day, for the terminal; nothing before it is planned."""
    openhouse = OpenHouse.objects.filter(house=house).first()
    if openhouse is None:
        return {}
    found = {
        "page": address + reverse("openhouse:coming"),
        "plan": address + reverse("openhouse:plan", args=[openhouse.pk]),
    }
    mine = Invitation.objects.filter(openhouse=openhouse, association__name=BENGTS).first()
    if mine is not None:
        found |= {
            "link": address + reverse("openhouse:link", args=[secrets.link_of(mine)]),
            "code": secrets.code_of(mine),
        }
    return found
