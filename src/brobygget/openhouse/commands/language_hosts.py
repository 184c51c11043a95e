"""Language hosts and their half-hours."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from brobygget.associations.models import Association
from brobygget.house.commands.refused import Refused
from brobygget.openhouse import rules
from brobygget.openhouse.commands.holding import locked
from brobygget.openhouse.commands.tasks import Owner
from brobygget.openhouse.models import HostShift, LanguageHost, OpenHouse


@dataclass(frozen=True)
class HostFacts:
    """Who, in which languages, and when they can be there. `who` is somebody known, else the alias tells."""

    languages: Iterable[str]
    alias: str = ""
    who: Owner | None = None
    comes: time | None = None
    goes: time | None = None

    def columns(self) -> dict[str, object]:
        """As the table has them."""
        return {
            "alias": "" if self.who else self.alias,
            "participant": self.who.participant if self.who else None,
            "account": self.who.account if self.who else None,
            "languages": Association.languages_of(self.languages),
            "comes": self.comes,
            "goes": self.goes,
        }


@transaction.atomic
def add_host(openhouse: OpenHouse, *, facts: HostFacts) -> LanguageHost:
    """One more who welcomes people."""
    held = locked(openhouse.pk)
    if held.language_hosts.count() >= rules.MOST_HOSTS:
        raise Refused(
            _("There is room for %(most)d hosts. Take one away first.") % {"most": rules.MOST_HOSTS}
        )
    _refuse_twice(held, facts, besides=0)
    return LanguageHost.objects.create(openhouse=held, **facts.columns())


@transaction.atomic
def change_host(host: LanguageHost, *, facts: HostFacts) -> LanguageHost:
    """Other languages, another time. Their half-hours stay marked; what no longer fits is named."""
    held = locked(host.openhouse_id)
    _refuse_twice(held, facts, besides=host.pk)
    for name, value in facts.columns().items():
        setattr(host, name, value)
    host.save()
    return host


def _refuse_twice(openhouse: OpenHouse, facts: HostFacts, *, besides: int) -> None:
    others = openhouse.language_hosts.exclude(pk=besides)
    columns = facts.columns()
    who = {name: columns[name] for name in ("participant", "account") if columns[name] is not None}
    alias = str(columns["alias"]).casefold()
    if who and others.filter(**who).exists():
        raise Refused(_("They are on the list already."))
    if alias and alias in {one.casefold() for one in others.values_list("alias", flat=True)}:
        raise Refused(_("Somebody on the list is called that already. Choose another short name."))


@transaction.atomic
def remove_host(host: LanguageHost) -> None:
    """They do not come, and nothing of them is left."""
    locked(host.openhouse_id)
    LanguageHost.objects.filter(pk=host.pk).delete()


@transaction.atomic
def keep_grid(openhouse: OpenHouse, *, hosts: Collection[int], marked: Collection[tuple[int, time]]) -> None:
    """The half-hours of these hosts, as a table of boxes says; of others, who came to the list meanwhile, nothing."""
    locked(openhouse.pk)
    here = set(openhouse.language_hosts.filter(pk__in=hosts).values_list("pk", flat=True))
    wanted = {(host, starts) for host, starts in marked if host in here}
    rows = HostShift.objects.filter(host__in=here)
    there = {(row.host_id, row.starts): row.pk for row in rows}
    HostShift.objects.filter(pk__in=[pk for each, pk in there.items() if each not in wanted]).delete()
    HostShift.objects.bulk_create(
        HostShift(host_id=host, starts=starts) for host, starts in sorted(wanted - set(there))
    )


def forget_hosts(*, house_id: int, at: datetime) -> None:
    """A month after the day nobody need know who hosted when."""
    gone = timezone.localdate(at) - timedelta(days=rules.HOSTS_KEPT_DAYS)
    LanguageHost.objects.filter(openhouse__house_id=house_id, openhouse__day__lt=gone).delete()
