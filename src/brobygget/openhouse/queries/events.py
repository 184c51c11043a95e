"""Open houses, and the plan of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from brobygget.house.models import House
from brobygget.openhouse import rules
from brobygget.openhouse.models import OpenHouse, Task, TaskOwner
from brobygget.people.models import Account, Participant, Role


def of_house(house: House) -> QuerySet[OpenHouse]:
    """Every open house of a house, the next first."""
    return OpenHouse.objects.filter(house=house).select_related("house", "circle").order_by("-day", "-pk")


def planned_by(account: Account, house: House) -> QuerySet[OpenHouse]:
    """Those whose plan somebody works on: a coordinator all, a leader what the own circle shapes."""
    found = of_house(house)
    if Role.Kind.COORDINATOR in house.roles_of_reader:
        return found
    return found.filter(circle__leader=account)


def listed_for(account: Account, house: House) -> QuerySet[OpenHouse]:
    """Those that somebody works with in any way, with how many tasks are left."""
    found = of_house(house)
    if not {Role.Kind.COORDINATOR, Role.Kind.ASSOCIATIONS} & set(house.roles_of_reader):
        found = found.filter(circle__leader=account)
    return found.annotate(left=Count("tasks", filter=Q(tasks__done_on=None)))


def published_of(house: House) -> QuerySet[OpenHouse]:
    """Those that everybody may read about."""
    return OpenHouse.objects.filter(rules.published(), house=house).select_related("house")


def coming_of(house: House, *, on: date) -> OpenHouse | None:
    """The next one that everybody may read about."""
    return published_of(house).filter(day__gte=on).order_by("day", "pk").first()


@dataclass(frozen=True)
class NextStep:
    """The open house that comes, and what has to be done next for it."""

    openhouse: OpenHouse
    task: Task | None


def next_of(account: Account, house: House, *, on: date) -> NextStep | None:
    """For the overview of somebody who plans: two queries."""
    if not {Role.Kind.COORDINATOR, Role.Kind.LEADER} & set(house.roles_of_reader):
        return None
    found = planned_by(account, house).filter(called_off_on=None).order_by("day", "pk")
    waiting = found.filter(tasks__done_on=None, tasks__kind=Task.Kind.WORKSHOP)
    openhouse = waiting.first()
    if openhouse is None:
        return None
    return NextStep(openhouse, openhouse.tasks.filter(done_on=None).first())


def shaped_by(participant: Participant) -> QuerySet[OpenHouse]:
    """Those that a participant's circle shapes."""
    found = OpenHouse.objects.filter(circle__memberships__participant=participant)
    return found.select_related("house", "circle").order_by("-day", "-pk")


@dataclass(frozen=True)
class OwnerShown:
    """Half of a pair. The name of somebody of the staff is empty for those who do not know who hosts."""

    side: str
    name: str
    is_participant: bool


@dataclass(frozen=True)
class TaskShown:
    """A task with its pair; a side that nobody has taken is missing."""

    task: Task
    owners: list[OwnerShown]
    is_mine: bool
    is_overdue: bool

    @property
    def missing(self) -> list[str]:
        """The sides that nobody has taken."""
        taken = {one.side for one in self.owners}
        return [str(side.label) for side in TaskOwner.Side if side not in taken]


def plan_of(
    openhouse: OpenHouse, *, on: date, reader: Account | None = None, mine: Participant | None = None
) -> list[TaskShown]:
    """All tasks in the order of their days, with their pairs: three queries."""
    tasks = openhouse.tasks.prefetch_related("owners__participant", "owners__account")
    knows_all = _knows_who_hosts(reader, openhouse)
    return [_shown(task, on=on, reader=reader, knows_all=knows_all, mine=mine) for task in tasks]


def _knows_who_hosts(reader: Account | None, openhouse: OpenHouse) -> bool:
    """Who does what in the house is told to coordinators only."""
    if reader is None:
        return False
    return reader.roles.filter(house=openhouse.house_id, kind=Role.Kind.COORDINATOR, until=None).exists()


def _shown(
    task: Task, *, on: date, reader: Account | None, knows_all: bool, mine: Participant | None
) -> TaskShown:
    owners = list(task.owners.all())
    return TaskShown(
        task=task,
        owners=[
            OwnerShown(one.side, _name_of(one, reader, knows_all=knows_all), one.participant is not None)
            for one in owners
        ],
        is_mine=mine is not None and any(one.participant_id == mine.pk for one in owners),
        is_overdue=task.done_on is None and task.due_on < on,
    )


def _name_of(owner: TaskOwner, reader: Account | None, *, knows_all: bool) -> str:
    if owner.participant is not None:
        return str(owner.participant.alias)
    is_reader = reader is not None and owner.account_id == reader.pk
    return str(owner.account) if knows_all or is_reader else ""


def who_may_own(openhouse: OpenHouse, *, reader: Account) -> list[tuple[str, str]]:
    """Who can be half of a pair: the circle's participants by alias, and those who host as far as the reader knows them."""
    found = []
    if openhouse.circle is not None:
        seats = openhouse.circle.memberships.select_related("participant").order_by("seat")
        found = [(f"p:{seat.participant_id}", seat.participant.alias) for seat in seats]
    accounts = Account.objects.filter(roles__house=openhouse.house_id, roles__until=None)
    if not _knows_who_hosts(reader, openhouse):
        accounts = accounts.filter(pk=reader.pk)
    names = [(f"a:{one.pk}", str(one)) for one in accounts.distinct().order_by("called", "pk")]
    return [*found, *names]


def owner_values(task: Task) -> dict[str, str]:
    """The pair as the form's values."""
    return {
        one.side: f"p:{one.participant_id}" if one.participant_id else f"a:{one.account_id}"
        for one in task.owners.all()
    }
