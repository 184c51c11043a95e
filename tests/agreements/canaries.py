"""Unique words in every text of the database, so that a page which tells too much is caught by what it says.

`plant` gives each text of each row a word of its own; `found_in` tells which of them are in an answer. Whose they are
follows from the row: a circle's, a house's or an account's. What is in none of the lists below is read by those who
host the house, or by the circle that it belongs to, and by nobody else. A stage may bring a file `canaries_<stage>.py`
with `fill(circle)` and `fill_up(circle)` (one row of everything before the door is set; the same for what has come
since), `PUBLIC` and `BY_LINK` of its own, `READERS` (fewer than usual read it), `NO_WORDS` (codes and keys, with what
they are), `whose(row)` (whose a row is and in which state) and `SHAPES` (a text that holds more than a word).
"""

from __future__ import annotations

import html
import importlib
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import time, timedelta
from pathlib import Path
from typing import Any

import pypdf
from django.apps import apps
from django.db import models
from django.http import HttpResponse

from brobygget.associations.commands import bulk
from brobygget.associations.models import Association
from brobygget.circles.models import (
    Circle,
    Custom,
    CustomReply,
    DateOption,
    GroundRule,
    Homework,
    HomeworkAnswer,
    Meeting,
    OwnCard,
)
from brobygget.house.models import House, Partner, ProgrammeItem, ProgrammeTranslation
from brobygget.ideas.models import Concern, ConsentRound, Fate, Idea, IdeaTranslation, Proposal
from brobygget.people.models import Account, Participant
from tests.agreements import canaries_associations, doors
from tests.conftest import NOW, TODAY

OURS = ("people", "house", "circles", "ideas", "associations", "openhouse", "bridges", "stories")
WORD = re.compile(r"zq(\d{4})qz")
# Texts that the program chooses itself, or that stand for a choice, a key or a drawing.
NOT_WORDS = re.compile(
    r"(^|_)(language|languages|digest|seed|password|drawing|channel|prompt|order|id|status|kind|purpose)$"
)


@dataclass(frozen=True)
class Canary:
    """Where a word lies, and whose it is."""

    column: str  # with the state that the row is in, where that decides who may read it: "ideas.TownIdea.text (hidden)"
    owner: models.Model
    row: Any  # its key

    def is_at(self, field: str, row: Any) -> bool:
        """Whether it is this one's word."""
        return (self.field, self.row) == (field, row)

    @property
    def field(self) -> str:
        """The column alone."""
        return self.column.partition(" ")[0]


HOSTS = {doors.BIRGIT, doors.MARIT, doors.ELSA, doors.PETRA}
# What a house tells everybody who comes by.
PUBLIC = {
    "house.House.name",
    "house.House.town",
    "house.House.address",
    "house.House.challenge",
    "house.Partner.name",
    *(f"house.ProgrammeItem.{name}" for name in ("title", "text", "place", "who_for", "cost")),
    *(f"house.ProgrammeTranslation.{name}" for name in ("title", "text", "who_for", "cost")),
}
# What somebody writes to themself.
OWN = {"circles.OwnCard.text"}
# What an address with a secret in it tells whoever has the secret, beside what is public.
WALL = {
    "circles.Circle.name",
    "circles.Meeting.place",
    "circles.Meeting.wall_question",
    "people.Participant.alias",
}
TIME = {"circles.Circle.name", "circles.Meeting.place"}
BY_LINK: dict[str, set[str]] = {
    "circles:join": {"circles.Circle.name"},
    "circles:wall": WALL,
    "circles:wall_live": WALL,
    "circles:wall_between": {"circles.Circle.name", "circles.Homework.question", "circles.Meeting.place"},
    "circles:what_time": TIME,
    "circles:calendar": TIME,
    "circles:time_sheet": TIME,
    "ideas:wall_fragment": {"ideas.Idea.text", "ideas.IdeaTranslation.text", "ideas.Proposal.title"},
}
# What everybody who hosts in the house reads about all its circles.
BY_HOSTS = {"home:overview": {"circles.Circle.name", "ideas.Proposal.title"}}
MORE = [
    importlib.import_module(f"tests.agreements.{file.stem}")
    for file in sorted(Path(__file__).parent.glob("canaries_*.py"))
]
READERS: dict[str, frozenset[str]] = {}
NO_WORDS: dict[str, str] = {}
SHAPES: dict[str, str] = {}
BY_OWN_LINK: set[str] = set()
for more in MORE:
    PUBLIC |= more.PUBLIC
    BY_LINK |= more.BY_LINK
    READERS |= more.READERS
    NO_WORDS |= more.NO_WORDS
    SHAPES |= getattr(more, "SHAPES", {})
    BY_OWN_LINK |= getattr(more, "BY_OWN_LINK", set())


def texts(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """The columns in which people's own words lie."""
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and not field.choices
        and not NOT_WORDS.search(field.name)
        and f"{model._meta.label}.{field.name}" not in NO_WORDS
    ]


def our_models() -> Iterator[type[models.Model]]:
    for label in OURS:
        if apps.is_installed(f"brobygget.{label}"):
            yield from apps.get_app_config(label).get_models()


def fill(circle: Circle) -> None:
    """One row of everything that a circle and its house can say."""
    words = {"text": "x", "language": "sv"}
    meeting = Meeting.objects.create(
        circle=circle,
        number=90,
        starts_at=NOW - timedelta(days=7),
        opened_at=NOW - timedelta(days=7),
        closed_at=NOW - timedelta(days=7),
        planned_minutes=90,
        place="x",
        wall_question="x",
    )
    CustomReply.objects.create(
        custom=Custom.objects.create(circle=circle, told_on=TODAY, **words), told_on=TODAY, **words
    )
    GroundRule.objects.create(circle=circle, agreed_on=TODAY, **words)
    homework = Homework.objects.create(meeting=meeting, question="x", language="sv")
    HomeworkAnswer.objects.create(homework=homework, channel="aloud", **words)
    DateOption.objects.create(meeting=meeting, starts_at=NOW + timedelta(days=7), place="x")
    proposal = Proposal.objects.create(circle=circle, number=0, title="x", language="sv")
    idea = Idea.objects.create(
        circle=circle, meeting=meeting, number=0, given_on=TODAY, proposal=proposal, channel="typed", **words
    )
    IdeaTranslation.objects.create(idea=idea, language="en", text="x")
    consent = ConsentRound.objects.create(proposal=proposal, meeting=meeting, opened_at=NOW, closed_at=NOW)
    Concern.objects.create(consent=consent, condition="x", condition_language="sv", **words)
    Fate.objects.create(
        proposal=proposal, kind=Fate.Kind.TRIED, reason="x", reason_language="sv", decided_on=TODAY
    )
    partner, _ = Partner.objects.get_or_create(house=circle.house, name="x", defaults={"kind": "other"})
    item = ProgrammeItem.objects.create(
        house=circle.house,
        partner=partner,
        weekday=TODAY.weekday(),
        starts=time(20),
        ends=time(21),
        place="x",
        title="x",
        who_for="x",
        cost="x",
        **words,
    )
    ProgrammeTranslation.objects.create(item=item, title="x", who_for="x", cost="x", text="x", language="ar")
    for more in MORE:
        if hasattr(more, "fill"):
            more.fill(circle)


def fill_up(circle: Circle) -> None:
    """What has come since `fill` says everything that it can say, too."""
    Circle.objects.filter(pk=circle.pk).update(study_association="x")
    House.objects.filter(pk=circle.house_id).update(challenge="x", address="x")
    for seat in circle.memberships.filter(card=None):
        OwnCard.objects.create(membership=seat, text="x")
    for more in MORE:
        if hasattr(more, "fill_up"):
            more.fill_up(circle)


def plant(before: Sequence[Canary] = ()) -> list[Canary]:
    """Give every text that is there a word of its own; the word's number is its place in the list.

    A text that got its word `before` keeps it; whose it is, and in which state, is asked again.
    """
    planted = list(before)
    for model, rows in _everything().items():
        changed: dict[tuple[str, ...], list[models.Model]] = {}
        for row in rows:
            names = []
            for name in (field.name for field in texts(model) if getattr(row, field.name)):
                column = f"{model._meta.label}.{name}"
                owner, state = whose(row)
                canary = Canary(f"{column} ({state})" if state else column, owner, row.pk)
                kept = WORD.search(getattr(row, name))
                if kept and int(kept[1]) < len(planted) and planted[int(kept[1])].is_at(column, row.pk):
                    planted[int(kept[1])] = canary
                    continue
                word = f"zq{len(planted):04d}qz"
                setattr(row, name, _shaped(column, f"{word}@x.example" if name == "email" else word))
                planted.append(canary)
                names.append(name)
            if names:
                changed.setdefault(tuple(names), []).append(row)
        for names, those in changed.items():
            _write(model, names, those)
    for more in MORE:
        if hasattr(more, "after_planting"):
            more.after_planting()
    return planted


def _everything() -> dict[type[models.Model], list[models.Model]]:
    """Every row that there is, each tied to those it points at, so that asking whose it is asks the database nothing."""
    found = {model: list(model._default_manager.all()) for model in our_models()}
    by_key = {(model, row.pk): row for model, rows in found.items() for row in rows}
    for model, rows in found.items():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.ForeignKey) and field.related_model in found:
                for row in rows:
                    there = by_key.get((field.related_model, getattr(row, field.attname)))
                    if there is not None:
                        field.set_cached_value(row, there)
    return found


def _write(model: type[models.Model], names: tuple[str, ...], rows: list[models.Model]) -> None:
    """One statement for all rows that change in the same columns."""
    ready = bulk.makers(model)
    columns = (*names, model._meta.pk.attname)
    given = (tuple(ready[name](getattr(row, name)) for name in columns) for row in rows)
    bulk.updates(model, names, given).write()


def _shaped(column: str, word: str) -> str:
    if column == canaries_associations.IN_BASE64:
        return canaries_associations.in_base64(word)
    return SHAPES[column].format(word, word) if column in SHAPES else word


def whose(row: models.Model) -> tuple[models.Model, str]:
    """Whose a row is, and the state that decides who may read it, if one does."""
    for more in MORE:
        found = more.whose(row) if hasattr(more, "whose") else None
        if found is not None:
            return found  # type: ignore[no-any-return]
    return owner_of(row), ""


def owner_of(row: models.Model) -> models.Model:
    """The circle that a row belongs to, else its house or its account."""
    if isinstance(row, Circle | House | Account):
        return row
    if isinstance(row, Participant):
        seat = row.memberships.first()
        return seat.circle if seat else row.house
    parents = [field.name for field in row._meta.concrete_fields if isinstance(field, models.ForeignKey)]
    owners = [owner_of(getattr(row, name)) for name in parents if getattr(row, name) is not None]
    return next((one for one in owners if isinstance(one, Circle)), owners[0])


def said_in(answer: HttpResponse) -> str:
    """Everything that an answer tells: its headers, its text, the text inside a PDF."""
    told = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
    body = b"".join(answer) if answer.streaming else answer.content
    if answer.headers.get("Content-Type") == "application/pdf":
        pages = pypdf.PdfReader(io.BytesIO(body)).pages
        return "\n".join([told, *(page.extract_text() for page in pages)]).replace(" ", "").casefold()
    return f"{told}\n{html.unescape(body.decode('utf-8', 'replace'))}".casefold()


def found_in(answer: HttpResponse, planted: list[Canary]) -> set[Canary]:
    """The canaries that an answer lets out."""
    return {planted[int(number)] for number in WORD.findall(said_in(answer))}


def may_read(who: str, canary: Canary, door: str, cast: Any) -> bool:
    """Whether somebody may learn this word at this address."""
    owner = canary.owner
    if isinstance(owner, Account):
        return owner == getattr(cast, who, None) or (who == doors.MARIT and owner != cast.frans)
    house = owner if isinstance(owner, House) else owner.house  # type: ignore[attr-defined]
    if canary.column in PUBLIC:
        return house == cast.house or who == doors.FRANS
    if (
        isinstance(owner, Association)
        and cast.associations.get(who) == owner.pk
        and canary.column in BY_OWN_LINK
    ):
        return True
    if canary.column in READERS and not isinstance(owner, Circle):
        return who == doors.FRANS if house != cast.house else who in READERS[canary.column]
    if isinstance(owner, House):
        return who in ({doors.FRANS} if owner != cast.house else HOSTS)
    readers = {
        cast.circle.pk: {doors.AMINA, doors.BIRGIT, doors.MARIT},
        cast.other_circle.pk: {doors.CHIDI, doors.MARIT},
        cast.theirs.pk: {doors.FRANS},
    }[owner.pk]
    if house == cast.house and who in HOSTS and canary.column in BY_HOSTS.get(door, set()):
        return True
    if canary.column in OWN:
        return who in readers & {doors.AMINA, doors.CHIDI}
    readers = readers & READERS.get(canary.column, readers)
    return who in readers or (owner == cast.circle and canary.column in BY_LINK.get(door, set()))
