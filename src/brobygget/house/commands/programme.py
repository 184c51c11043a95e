"""The programme of the week, entered once by each partner."""

from __future__ import annotations

from datetime import date, time

from django.db import transaction

from brobygget.house.models import Partner, ProgrammeItem, ProgrammeTranslation


@transaction.atomic
def add_item(
    *,
    partner: Partner,
    title: str,
    text: str,
    language: str,
    starts: time,
    ends: time,
    place: str,
    weekday: int | None = None,
    day: date | None = None,
    who_for: str = "",
    cost: str = "",
) -> ProgrammeItem:
    """Something that happens every week on a weekday, or once on a day."""
    return ProgrammeItem.objects.create(
        house_id=partner.house_id,
        partner=partner,
        title=title,
        text=text,
        language=language,
        starts=starts,
        ends=ends,
        place=place,
        weekday=weekday,
        day=day,
        who_for=who_for,
        cost=cost,
    )


@transaction.atomic
def translate_item(
    *,
    item: ProgrammeItem,
    language: str,
    title: str,
    text: str,
    who_for: str = "",
    cost: str = "",
    status: str = ProgrammeTranslation.Status.DRAFT,
) -> ProgrammeTranslation:
    """The item in another language; a new translation replaces the earlier one."""
    translation, _ = ProgrammeTranslation.objects.update_or_create(
        item=item,
        language=language,
        defaults={"title": title, "text": text, "who_for": who_for, "cost": cost, "status": status},
    )
    return translation


@transaction.atomic
def change_item(
    item: ProgrammeItem,
    *,
    partner: Partner,
    title: str,
    text: str,
    language: str,
    starts: time,
    ends: time,
    place: str,
    weekday: int | None,
    day: date | None,
    who_for: str,
    cost: str,
) -> ProgrammeItem:
    """Other words, another time; its translations wait to be read again."""
    item.partner, item.title, item.text, item.language = partner, title, text, language
    item.starts, item.ends, item.place = starts, ends, place
    item.weekday, item.day, item.who_for, item.cost = weekday, day, who_for, cost
    item.save()
    item.translations.update(status=ProgrammeTranslation.Status.DRAFT)
    return item


def end_item(item: ProgrammeItem, *, on: date) -> None:
    """It does not happen any more, from today."""
    item.ended_on = on
    item.save(update_fields=["ended_on"])
