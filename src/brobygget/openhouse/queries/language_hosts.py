"""Who hosts in which language and when: for those who plan by name, for everybody else only the languages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from brobygget.openhouse.models import HostShift, LanguageHost, OpenHouse
from brobygget.openhouse.plans.programme_conflicts import minutes_of
from brobygget.openhouse.plans.programme_hosts import (
    HALF_HOUR,
    Grid,
    Host,
    Lack,
    Proposal,
    half_hours,
    lacks_in,
    propose,
)
from brobygget.people.models import Account, Role


@dataclass(frozen=True)
class HostGrid:
    """Hosts down, half-hours across."""

    rows: list[LanguageHost]
    hosts: list[Host]
    starts: list[int]  # minutes from midnight
    grid: Grid

    @property
    def lacks(self) -> list[Lack]:
        """What it does not keep."""
        return lacks_in(self.hosts, self.grid, length=len(self.starts))

    def proposal(self) -> Proposal:
        """A better one, if there is any."""
        return propose(self.hosts, length=len(self.starts))


def grid_of(openhouse: OpenHouse) -> HostGrid:
    """In two queries. Half-hours outside the opening hours, from before the day was moved, are left out."""
    starts = half_hours(minutes_of(openhouse.starts), minutes_of(openhouse.ends))
    number = {minutes: each for each, minutes in enumerate(starts)}
    found = openhouse.language_hosts.select_related("participant", "account").prefetch_related("shifts")
    rows = list(found.order_by("pk"))
    return HostGrid(
        rows=rows,
        hosts=[_host(one, starts) for one in rows],
        starts=starts,
        grid={
            one.pk: frozenset(
                number[minutes]
                for shift in one.shifts.all()
                for minutes in [minutes_of(shift.starts)]
                if minutes in number
            )
            for one in rows
        },
    )


def _host(one: LanguageHost, starts: list[int]) -> Host:
    comes = minutes_of(one.comes) if one.comes else 0
    goes = minutes_of(one.goes) if one.goes else 24 * 60
    free = frozenset(
        each for each, begins in enumerate(starts) if comes <= begins and begins + HALF_HOUR <= goes
    )
    return Host(one.pk, frozenset(one.language_codes), free)


@dataclass(frozen=True)
class Spoken:
    """From one time to another, minutes from midnight, these languages."""

    starts: int
    ends: int
    languages: tuple[str, ...]


def spoken_by_hour(openhouse: OpenHouse) -> list[Spoken]:
    """The languages of those who welcome, hour by hour and never who: one query; nothing where nobody is marked yet."""
    opens, closes = minutes_of(openhouse.starts), minutes_of(openhouse.ends)
    shifts = HostShift.objects.filter(host__openhouse=openhouse).order_by("host")
    rows = [
        (minutes_of(begins), [code for code in codes.split(",") if code])
        for begins, codes in shifts.values_list("starts", "host__languages")
    ]
    order = list(dict.fromkeys(code for _begins, codes in rows for code in codes))
    by_start: dict[int, set[str]] = {}
    for begins, codes in rows:
        by_start.setdefault(begins, set()).update(codes)
    found: list[Spoken] = []
    for half_hour in half_hours(opens, closes):
        languages = tuple(code for code in order if code in by_start.get(half_hour, ()))
        begins, ends = max(half_hour, opens), min(half_hour + HALF_HOUR, closes)
        if found and (found[-1].ends, found[-1].languages) == (begins, languages):
            found[-1] = Spoken(found[-1].starts, ends, languages)
        else:
            found.append(Spoken(begins, ends, languages))
    return [one for one in found if one.languages]


def names_of(rows: Iterable[LanguageHost], *, reader: Account, openhouse: OpenHouse) -> dict[int, str]:
    """What the reader may call each host; empty for somebody of the staff whom only coordinators know."""
    knows_all = reader.roles.filter(house=openhouse.house_id, kind=Role.Kind.COORDINATOR, until=None).exists()
    found = {}
    for one in rows:
        if one.participant is not None:
            found[one.pk] = str(one.participant.alias)
        elif one.account is not None:
            found[one.pk] = str(one.account) if knows_all or one.account_id == reader.pk else ""
        else:
            found[one.pk] = one.alias
    return found


def host_value(host: LanguageHost) -> str:
    """Who it is, as the form's value; empty for a short name of the day."""
    if host.participant_id:
        return f"p:{host.participant_id}"
    return f"a:{host.account_id}" if host.account_id else ""
