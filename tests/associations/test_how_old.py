"""How old what stands in the directory is: an association's own word is not renewed by a file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from itertools import product

from django.test import Client

from brobygget.associations import rules
from brobygget.associations.commands import editing
from brobygget.associations.models import Association, ImportRun
from brobygget.associations.queries import register as queries
from brobygget.associations.queries.find import Wishes, find
from brobygget.associations.views.wording import said_by_whom
from brobygget.house.models import House
from tests.associations.conftest import AT, SMALL

Import = Callable[..., ImportRun]
DAY = AT.date()
AGES = (0, 365, 366, 455, 456)


def test_a_file_each_year_does_not_confirm_what_an_association_said_three_years_ago(
    house: House, imported: Import, register: ImportRun, bengts: Association
) -> None:
    editing.confirm(bengts, on=DAY, at=AT)
    for year in (1, 2):
        imported(house, SMALL, at=AT + timedelta(days=365 * year))
    bengts.refresh_from_db()
    other = Association.objects.get(name="Byns schackklubb")
    later = DAY + timedelta(days=366)
    assert (rules.said_on(bengts), rules.is_stale(bengts, on=later)) == (DAY, True)
    assert (rules.said_on(other), rules.is_stale(other, on=later)) == (DAY + timedelta(days=730), False)
    assert queries.to_reach(house, "email", on=later) == [bengts, other]  # the other has never been asked
    assert said_by_whom(bengts) == "Föreningen har bekräftat det här"


def test_the_page_and_the_list_date_a_confirmation_by_the_day_it_was_given(
    house: House, imported: Import, register: ImportRun, bengts: Association
) -> None:
    editing.confirm(bengts, on=DAY, at=AT)
    imported(house, SMALL, at=AT + timedelta(days=30))
    page = Client().get(f"/find/{bengts.pk}/").content.decode()
    assert "Föreningen har bekräftat det här (fredag 22 januari 2027)" in page
    found = find(house, Wishes(text="hembygd"), on=DAY + timedelta(days=366)).found
    assert [(one.card.name, one.card.said_on) for one in found] == [("Byns hembygdsförening", DAY)]


def test_the_rule_and_the_question_to_the_database_agree(house: House) -> None:
    on = date(2030, 6, 1)

    def ago(days: int | None) -> date | None:
        return None if days is None else on - timedelta(days=days)

    for confirmed, seen, created in product((None, *AGES), (None, *AGES), AGES):
        Association.objects.create(
            house=house,
            name=f"{confirmed} {seen} {created}",
            last_confirmed_on=ago(confirmed),
            source_seen_on=ago(seen),
            created_on=ago(created),
            changed_at=AT,
        )
    here = list(Association.objects.order_by("pk"))
    for condition, rule in ((rules.stale, rules.is_stale), (rules.shown, rules.may_be_shown)):
        found = list(Association.objects.filter(condition(on=on)).order_by("pk"))
        assert found == [one for one in here if rule(one, on=on)]
        assert 0 < len(found) < len(here)
