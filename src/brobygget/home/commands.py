"""Setting up a house, and giving people something to do in it."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import connection, transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from brobygget.house.commands.opening import NewPartner, open_house
from brobygget.house.commands.refused import Refused
from brobygget.house.models import House
from brobygget.people import commands as people
from brobygget.people.models import Account, Role

SAVES = 50


@transaction.atomic
def set_up(
    *, called: str, email: str, partners: list[NewPartner], on: date, **house: Any
) -> tuple[House, Account]:
    """The first house with its first coordinator, who also leads; there can be only one first house."""
    if House.objects.select_for_update().exists():
        raise Refused(_("This house is set up already."), status=409)
    made = open_house(partners=partners, on=on, **house)
    account = people.open_account(email=email, called=called, on=on)
    for kind in (Role.Kind.COORDINATOR, Role.Kind.LEADER):
        people.give_role(account=account, house_id=made.pk, kind=kind, on=on)
    return made, account


def invite(*, house: House, called: str, email: str, kind: str, address: str, on: date) -> Role:
    """Give somebody something to do, and tell them by a mail with fixed words, at most once a day."""
    account = people.open_account(email=email, called=called, on=on)
    told_today = account.roles.filter(house=house, since=on).exists()
    role = people.give_role(account=account, house_id=house.pk, kind=kind, on=on)
    if not told_today:
        words = {"house": house, "address": address}
        send_mail(
            _("You are invited to %(house)s") % {"house": house.name},
            render_to_string("home/invitation.txt", words),
            settings.DEFAULT_FROM_EMAIL,
            [account.email],
        )
    return role


@transaction.atomic
def end_role(role: Role, *, on: date) -> None:
    """Somebody does this no more; the house always keeps one coordinator."""
    House.objects.select_for_update().get(pk=role.house_id)
    if role.kind == Role.Kind.COORDINATOR:
        others = role.house.roles.filter(kind=role.kind, until=None).exclude(account_id=role.account_id)
        if not others.exists():
            raise Refused(_("A house needs a coordinator. Give somebody else that role first."), status=409)
    people.end_role(role, on=on)


def saves_a_second() -> int:
    """How many presses this disk can keep safe in a second, measured on a file beside the database."""
    if connection.vendor != "sqlite":
        return 0
    import sqlite3

    file = Path(settings.DATA) / "speed.sqlite3"
    trial = sqlite3.connect(file, isolation_level=None)
    try:
        trial.execute("PRAGMA journal_mode=WAL")
        trial.execute("PRAGMA synchronous=FULL")
        trial.execute("CREATE TABLE IF NOT EXISTS press (key TEXT)")
        began = time.perf_counter()
        for number in range(SAVES):
            trial.execute("INSERT INTO press VALUES (?)", [str(number)])
        return round(SAVES / max(time.perf_counter() - began, 1e-6))
    finally:
        trial.close()
        for left in file.parent.glob("speed.sqlite3*"):
            left.unlink(missing_ok=True)
