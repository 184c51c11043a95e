"""The register as the house's staff sees it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from brobygget.associations import rules
from brobygget.associations.models import Association, ImportRow, ImportRun, LinkSending
from brobygget.house.models import House

A_PAGE = 50


@dataclass(frozen=True)
class Sums:
    """How the register stands."""

    shown: int
    no_contact: int
    stale: int
    confirmed: int
    drafts: int


def sums_of(house: House, *, on: date) -> Sums:
    """The register in five figures: one query."""
    active = Q(status=Association.Status.ACTIVE)
    found = Association.objects.filter(house=house).aggregate(
        shown=Count("pk", filter=rules.shown(on=on)),
        no_contact=Count("pk", filter=active & Q(reach=Association.Reach.NONE)),
        stale=Count("pk", filter=active & rules.stale(on=on)),
        confirmed=Count("pk", filter=active & Q(last_confirmed_on__isnull=False)),
        drafts=Count("pk", filter=Q(status=Association.Status.DRAFT)),
    )
    return Sums(**found)


def register_of(house: House, *, text: str, which: str, on: date) -> QuerySet[Association]:
    """The associations of a house, chosen by a few letters and one question."""
    found = Association.objects.filter(house=house)
    for word in text.split()[:5]:
        found = found.filter(Q(name__icontains=word) | Q(town__icontains=word) | Q(org_nr__startswith=word))
    active = Q(status=Association.Status.ACTIVE)
    chosen = {
        "no-contact": active & Q(reach=Association.Reach.NONE),
        "letter": active & Q(reach=Association.Reach.LETTER),
        "email": active & Q(reach=Association.Reach.EMAIL),
        "stale": active & rules.stale(on=on),
        "unconfirmed": active & Q(last_confirmed_on=None),
        "resting": ~active,
        "hidden": Q(hidden_on__isnull=False),
    }
    return found.filter(chosen.get(which, Q())).order_by("name", "pk")


def to_reach(house: House, way: str, *, on: date) -> list[Association]:
    """Living associations that are reached this way and are to be asked now; all that a letter needs.

    Who has never answered is asked once. What is a year old is asked about again, at most once a year.
    """
    written = LinkSending.objects.filter(association=OuterRef("pk"))
    lately = written.filter(at__date__gt=on - rules.ASK_AGAIN_AFTER)
    found = Association.objects.filter(
        house=house, status=Association.Status.ACTIVE, hidden_on=None, reach=way
    )
    first = Q(~Exists(written), last_confirmed_on=None)
    again = rules.stale(on=on) & ~Exists(lately)
    found = found.filter(first | again).select_related("house", "letter_address")
    return list(found.prefetch_related("contacts").order_by("name", "pk"))


def printed_letters(house: House, *, on: date) -> list[Association]:
    """Associations whose letters were printed on a day."""
    sendings = LinkSending.objects.filter(association=OuterRef("pk"), way=LinkSending.Way.LETTER, at__date=on)
    found = Association.objects.filter(Exists(sendings), house=house).select_related(
        "house", "letter_address"
    )
    return list(found.prefetch_related("contacts").order_by("name", "pk"))


def runs_of(house: House) -> list[ImportRun]:
    """The files of a house, the latest first."""
    return list(ImportRun.objects.filter(house=house).select_related("by").defer("facts")[:30])


def not_told_of(run: ImportRun) -> int:
    """How many living associations from a register the file says nothing about."""
    told = run.effects.filter(association=OuterRef("pk"))
    here = Association.objects.filter(house_id=run.house_id, status=Association.Status.ACTIVE)
    return here.exclude(source_seen_on=None).filter(~Exists(told)).count()


@dataclass(frozen=True)
class Pair:
    """A row, and the row of the file or the association of the register that it is, or may be."""

    lesser: ImportRow
    kept: ImportRow | Association


MOST_PAIRS = 100


def certain_pairs_of(run: ImportRun) -> list[Pair]:
    """Rows that are one association beyond doubt."""
    rows = run.rows.filter(is_certain=True).exclude(same_as_line=None).order_by("line")
    return _pairs(run, rows[:MOST_PAIRS])


def unsure_pairs_of(run: ImportRun) -> list[Pair]:
    """What a person has to say, the undecided first; in an imported file only what still waits."""
    rows = run.rows.filter(is_certain=False).exclude(same_as_line=None, same_as=None).exclude(understood="")
    if run.state != ImportRun.State.READ:
        rows = rows.filter(outcome=ImportRow.Outcome.WAITING)
    return _pairs(run, rows.order_by("decision", "line")[:MOST_PAIRS])


def _pairs(run: ImportRun, rows: QuerySet[ImportRow]) -> list[Pair]:
    lesser = list(rows.select_related("same_as"))
    lines = [row.same_as_line for row in lesser if row.same_as_line is not None]
    kept = {row.line: row for row in run.rows.filter(line__in=lines)}
    found = ((row, row.same_as or kept.get(row.same_as_line or 0)) for row in lesser)
    return [Pair(row, other) for row, other in found if other is not None]


def waiting_in(run: ImportRun) -> int:
    """How many rows wait for a person's word."""
    return run.rows.filter(outcome=ImportRow.Outcome.WAITING).count()


def not_in_search_yet(run: ImportRun) -> int:
    """How many of the file's associations visitors do not find yet: their entries are written a few at a time."""
    return Association.objects.filter(import_effects__run=run, entry=None).count()
