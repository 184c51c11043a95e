"""Load Älvnäs from its file, chapter by chapter, through the program's own commands."""

from __future__ import annotations

import random
import tomllib
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from brobygget.circles.commands import (
    attendance,
    circles,
    customs,
    ground_rules,
    homework,
    joining,
    meetings,
    next_meeting,
    pulse,
    rounds,
    steps,
)
from brobygget.circles.models import Circle, Meeting, Membership, Step
from brobygget.house.commands import opening, programme, reception
from brobygget.house.models import House
from brobygget.ideas.commands import consent, dots, fates, giving, grouping, translating
from brobygget.ideas.models import Idea, Proposal
from brobygget.operations.demo import associations
from brobygget.operations.demo.tables import lay_tables
from brobygget.people import commands as people
from brobygget.people.models import Account

FILE = Path(__file__).with_name("alvnas.toml")
TOWN = ZoneInfo("Europe/Stockholm")
# What the clock of the house shows when a chapter is opened: everything before it has happened.
CHAPTERS = {
    "A": datetime(2026, 12, 4, 9, 0, tzinfo=TOWN),
    "B": datetime(2027, 1, 18, 8, 30, tzinfo=TOWN),
    "C": datetime(2027, 1, 22, 12, 50, tzinfo=TOWN),
    "D": datetime(2027, 1, 29, 12, 50, tzinfo=TOWN),
    "E": datetime(2027, 2, 5, 12, 50, tzinfo=TOWN),
    "F": datetime(2027, 3, 1, 9, 0, tzinfo=TOWN),
    "G": datetime(2027, 4, 12, 9, 0, tzinfo=TOWN),
    "H": datetime(2027, 4, 24, 13, 0, tzinfo=TOWN),
}


@dataclass
class Town:
    """Älvnäs as far as it has been loaded."""

    house: House
    accounts: dict[str, Account] = field(default_factory=dict)
    circle: Circle | None = None
    members: dict[str, Membership] = field(default_factory=dict)
    phones: dict[str, str] = field(default_factory=dict)
    ideas: list[Idea] = field(default_factory=list)
    proposals: list[Proposal] = field(default_factory=list)


def story() -> dict[str, Any]:
    """The file, as it is written."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


@transaction.atomic
def load_town(*, chapter: str) -> Town | None:
    """Everything that has happened before a chapter; before A there is nothing, and the wizard waits."""
    told = story()
    if chapter == "A":
        return None
    town = _open_house(told)
    if chapter > "B":
        _week_at_reception(town, told["chapters"]["B"])
    if chapter >= "B":
        _programme(town, told["chapters"]["B"])
    if chapter >= "C":
        _gather_circle(town, told)
    if chapter > "C":
        _first_evening(town, told)
    if chapter > "D":
        _second_evening(town, told)
    if chapter == "E":
        lay_tables(_circle(town), town.members, on=CHAPTERS["E"].date())
    if chapter > "E":
        _later_evenings(town, told)
        associations.load_register(town.house)
    if chapter > "F":
        _march_evening(town, told["chapters"]["F"])
    return town


def _open_house(told: dict[str, Any]) -> Town:
    facts = told["house"]
    house = opening.open_house(
        name=facts["name"],
        town=facts["town"],
        address=facts["address"],
        languages=facts["languages"],
        challenge=facts["challenge"],
        partners=[opening.NewPartner(**partner) for partner in facts["partners"]],
        on=facts["opened_on"],
    )
    town = Town(house)
    for one in told["accounts"]:
        account = people.open_account(email=one["email"], called=one["called"], on=facts["opened_on"])
        for kind in one["roles"]:
            people.give_role(account=account, house_id=house.pk, kind=kind, on=facts["opened_on"])
        town.accounts[one["called"]] = account
    return town


def _week_at_reception(town: Town, told: dict[str, Any]) -> None:
    for row in told["counts"]:
        reception.count_visits(
            house=town.house, day=row["day"], adults=row["adults"], children=row["children"]
        )


def _programme(town: Town, told: dict[str, Any]) -> None:
    partners = {partner.name: partner for partner in town.house.partners.all()}
    for row in told["programme"]:
        item = programme.add_item(
            partner=partners[row["partner"]],
            title=row["title"],
            text=row["text"],
            language=row["language"],
            weekday=row["weekday"],
            starts=time.fromisoformat(row["starts"]),
            ends=time.fromisoformat(row["ends"]),
            place=row["place"],
            who_for=row["who_for"],
            cost=row["cost"],
        )
        for words in row["translations"]:
            programme.translate_item(item=item, **words)


def _gather_circle(town: Town, told: dict[str, Any]) -> None:
    facts = told["circle"]
    on: date = facts["started_on"]
    circle = circles.start_circle(
        house=town.house,
        name=facts["name"],
        leader=town.accounts[facts["leader"]],
        language=facts["language"],
        study_association=facts["study_association"],
        on=on,
    )
    town.circle = circle
    invitation = joining.open_invitation(circle, on=on)
    for row in facts["members"]:
        secret = f"demo-{row['alias']}".lower()
        joined = joining.join_circle(
            invitation=invitation,
            alias=row["alias"],
            language=row["language"],
            years_here=row["years_here"],
            phone_secret=secret,
            at=CHAPTERS["C"],
            on=on,
            is_organiser=row.get("is_organiser", False),
        )
        town.members[row["alias"]] = joined.membership
        town.phones[row["alias"]] = secret
    plan = told["chapters"]["C"]["meeting"]
    meetings.plan_meeting(
        circle=circle,
        starts_at=_local(plan["starts_at"]),
        planned_minutes=plan["planned_minutes"],
        place=plan["place"],
        wall_question=plan["wall_question"],
    )
    joining.print_tickets(circle, count=2, at=CHAPTERS["C"], on=on)


def _first_evening(town: Town, told: dict[str, Any]) -> None:
    """22 January: the round takes 68 minutes where 64 were planned, and the ideas give up four."""
    circle = _circle(town)
    facts = told["chapters"]["C"]
    plan = facts["meeting"]
    meeting = circle.meetings.get(number=1)
    at = _local(plan["starts_at"])
    today = at.date()
    meeting = meetings.open_meeting(meeting, at=at)
    _attend(town, meeting, absent=plan["absent"], at=at)
    for rule in told["circle"]["ground_rules"]:
        ground_rules.agree_rule(circle=circle, text=rule["text"], language=rule["language"], on=today)
    ground_rules.read_rules(meeting=meeting, at=at)

    at += timedelta(minutes=plan["welcome_minutes"])
    step = meeting.steps.get(kind=Step.Kind.ROUND)
    going = rounds.begin_round(
        step,
        prompt=plan["round_prompt"],
        order=plan["round_order"],
        rng=random.Random(22),  # noqa: S311 -- who speaks when is no secret
        at=at,
    )
    for number in range(len(town.members)):
        speaking = rounds.speaking_in(going)
        at += timedelta(minutes=plan["turn_minutes"])
        if number == len(town.members) - 2:
            ideas_step = meeting.steps.get(kind=Step.Kind.IDEAS)
            rounds.give_round_time(going, shorten=ideas_step, minutes=plan["ideas_shortened_by"], at=at)
        rounds.begin_next_turn(going, after=speaking, at=at)

    at = _begin(meeting, Step.Kind.CUSTOMS, at)
    for told_custom in facts["customs"]:
        custom = customs.tell_custom(
            circle=circle, text=told_custom["text"], language=told_custom["language"], on=today
        )
        for reply in told_custom["replies"]:
            customs.answer_custom(custom=custom, text=reply["text"], language=reply["language"], on=today)
    at = _begin(meeting, Step.Kind.IDEAS, at)
    for row in facts["ideas"]:
        _give(town, meeting, row, today)
    giving.open_organisers_ideas(circle=circle)
    _finish(town, meeting, plan, told["chapters"]["D"]["meeting"], at)


def _give(town: Town, meeting: Meeting, row: dict[str, Any], today: date) -> None:
    channel = Idea.Channel(row.get("channel", "typed"))
    idea = giving.give_idea(
        circle=_circle(town),
        meeting=meeting,
        text=row.get("text", ""),
        language=row["language"],
        channel=channel,
        by_organiser=row.get("is_from_organiser", False),
        drawing=row.get("drawing", ""),
        on=today,
    )
    words = row.get("translation") or row.get("caption")
    if words:
        translating.translate_idea(idea=idea, language="sv", text=words)
    town.ideas.append(idea)


def _second_evening(town: Town, told: dict[str, Any]) -> None:
    """29 January: eleven ideas become seven proposals, one is tried and six are parked."""
    circle = _circle(town)
    facts = told["chapters"]["D"]
    plan = facts["meeting"]
    meeting = circle.meetings.get(number=2)
    at = _local(plan["starts_at"])
    meeting = meetings.open_meeting(meeting, at=at)
    _attend(town, meeting, absent=plan["absent"], at=at)
    ground_rules.read_rules(meeting=meeting, at=at)
    at = _begin(meeting, Step.Kind.HOMEWORK, at + timedelta(minutes=10))
    here = [member for alias, member in town.members.items() if alias not in plan["absent"]]
    first = circle.meetings.get(number=1).homework
    for member, answer in zip(here, facts["homework_answers"], strict=True):
        homework.answer_homework(homework=first, membership=member, **answer)

    at = _begin(meeting, Step.Kind.VOTE, at + timedelta(minutes=35))
    for row in facts["proposals"]:
        chosen = [town.ideas[number - 1] for number in row["ideas"]]
        town.proposals.append(
            grouping.group_ideas(circle=circle, ideas=chosen, title=row["title"], language="sv")
        )
    vote = dots.open_dot_vote(meeting=meeting, at=at)
    for member, ballot in zip(here, facts["dots"]["ballots"], strict=True):
        given = {proposal: count for proposal, count in zip(town.proposals, ballot, strict=False) if count}
        dots.give_dots(vote=vote, membership=member, dots=given)
    dots.close_dot_vote(vote=vote, at=at + timedelta(minutes=10))
    for row in facts["concerns"]:
        asked = consent.open_consent(
            proposal=town.proposals[row["proposal"] - 1], meeting=meeting, at=at + timedelta(minutes=10)
        )
        concern = consent.give_concern(consent=asked, text=row["text"], language=row["language"])
        consent.answer_concern(
            concern=concern, condition=row["condition"], language=row["condition_language"]
        )
        consent.close_consent(consent=asked, at=at + timedelta(minutes=20))
    for proposal, row in zip(town.proposals, facts["proposals"], strict=True):
        fates.decide_fate(
            proposal=proposal,
            kind=row["fate"],
            reason=row["reason"],
            reason_language="sv",
            look_again_on=row.get("look_again_on"),
            on=at.date(),
        )
    _finish(town, meeting, plan, told["chapters"]["E"]["meetings"][0], at + timedelta(minutes=35))


def _later_evenings(town: Town, told: dict[str, Any]) -> None:
    """5 and 19 February: everybody is there."""
    plans = told["chapters"]["E"]["meetings"]
    for number, plan in enumerate(plans, start=3):
        following = plans[number - 2] if number - 2 < len(plans) else told["chapters"]["E"]["next"]
        _evening(town, number, plan, following)


def _march_evening(town: Town, told: dict[str, Any]) -> None:
    """5 March: the fifth circle."""
    _evening(town, 5, told["meeting"], told["next"])


def _evening(town: Town, number: int, plan: dict[str, Any], following: dict[str, Any]) -> None:
    """An evening with nothing to tell but who came, the taps, and when they meet again."""
    meeting = _circle(town).meetings.get(number=number)
    at = _local(plan["starts_at"])
    meeting = meetings.open_meeting(meeting, at=at)
    _attend(town, meeting, absent=plan["absent"], at=at)
    ground_rules.read_rules(meeting=meeting, at=at)
    _finish(town, meeting, plan, following, at + timedelta(minutes=100))


def _finish(
    town: Town, meeting: Meeting, plan: dict[str, Any], following: dict[str, Any], at: datetime
) -> None:
    """A tap of trust, homework for everyone, the next meeting; then the evening is closed."""
    homework.set_homework(meeting=meeting, question=plan["homework"], language=plan["homework_language"])
    here = [member for alias, member in town.members.items() if alias not in plan["absent"]]
    for member, value in zip(here, plan["pulse"], strict=True):
        pulse.give_pulse(meeting=meeting, membership=member, moment=0, value=value)
    ends = _local(plan["starts_at"]) + timedelta(minutes=plan["planned_minutes"])
    closed = max(at, ends)
    next_meeting.decide_next_meeting(
        meeting=meeting, starts_at=_local(following["starts_at"]), place=following["place"], at=closed
    )
    next_meeting.close_meeting(meeting=meeting, at=closed, on=closed.date())


def _attend(town: Town, meeting: Meeting, *, absent: list[str], at: datetime) -> None:
    for alias, member in town.members.items():
        if alias not in absent:
            attendance.note_here(meeting=meeting, membership=member, is_here=True, at=at)


def _begin(meeting: Meeting, kind: str, at: datetime) -> datetime:
    """Go on to a step, if the evening has it."""
    step = meeting.steps.filter(kind=kind).first()
    if step is not None:
        steps.begin_step(step, at=at)
        at += timedelta(minutes=step.planned_minutes)
    return at


def _circle(town: Town) -> Circle:
    if town.circle is None:
        raise LookupError("The circle has not gathered yet.")
    return town.circle


def _local(moment: datetime) -> datetime:
    return moment.replace(tzinfo=TOWN)
