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


def to_reach(house: House, way: str) -> list[Association]:
    """Living associations that are reached this way and have not been written to; all that a letter needs."""
    written = LinkSending.objects.filter(association=OuterRef("pk"))
    found = Association.objects.filter(
        house=house, status=Association.Status.ACTIVE, hidden_on=None, reach=way
    )
    found = found.filter(~Exists(written), last_confirmed_on=None).select_related("house", "letter_address")
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


def pairs_of(run: ImportRun) -> list[tuple[ImportRow, ImportRow]]:
    """Rows that may be one association, side by side: the lesser and the one that is kept."""
    lesser = list(run.rows.exclude(same_as_line=None).order_by("is_certain", "line"))
    kept = {row.line: row for row in run.rows.filter(line__in=[row.same_as_line for row in lesser])}
    return [(row, kept[row.same_as_line]) for row in lesser if row.same_as_line in kept]
