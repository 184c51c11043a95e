"""Who hosts in which language and when: for those who plan by name, for everybody else only the languages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from brobygget.openhouse.models import LanguageHost, OpenHouse
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
    spoken_in,
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
    """The languages of those who welcome, hour by hour and never who; nothing where nobody is marked yet."""
    shown = grid_of(openhouse)
    order = list(dict.fromkeys(code for one in shown.rows for code in one.language_codes))
    opens, closes = minutes_of(openhouse.starts), minutes_of(openhouse.ends)
    found: list[Spoken] = []
    for each, half_hour in enumerate(shown.starts):
        spoken = spoken_in(shown.hosts, shown.grid, each)
        languages = tuple(code for code in order if code in spoken)
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
