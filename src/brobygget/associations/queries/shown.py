"""Associations as everybody may read them, from the register itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from brobygget.associations import rules
from brobygget.associations.models import Association, AssociationInterest, AssociationText
from brobygget.associations.queries.interests import SAME_WORDS, Interests
from brobygget.house.models import House

SAFE_SITE = ("https://", "http://")


@dataclass(frozen=True)
class TextShown:
    """One of an association's texts in the reader's language where somebody has translated it."""

    field: str
    text: str
    language: str
    is_checked: bool = True
    is_original: bool = True


def shown_associations(house: House, *, on: date) -> QuerySet[Association]:
    """Those that visitors see, with their interests and times: three queries."""
    found = Association.objects.filter(rules.shown(on=on), house=house)
    return found.prefetch_related("interests", "times").order_by("name", "pk")


def text_in(association: Association, field: str, language: str) -> TextShown | None:
    """A text in a language, else in its own; prefetch `texts`."""
    wanted = {language, SAME_WORDS.get(language, language)}
    if association.language not in wanted:
        for one in association.texts.all():
            if one.field == field and one.language in wanted:
                is_checked = one.status == AssociationText.Status.CHECKED
                return TextShown(field, one.text, one.language, is_checked, is_original=False)
    text = str(getattr(association, field)).strip()
    return TextShown(field, text, association.language) if text else None


def places_of(association: Association) -> list[str]:
    """Where it is, in lines: the place, the street, the town. A home has no street here."""
    post = f"{association.postcode} {association.town}".strip()
    lines = (association.venue, association.street, post, association.district)
    return [line for line in dict.fromkeys(lines) if line]


def point_of(association: Association) -> tuple[float, float] | None:
    """Where on the map, only where a place that is no home is named."""
    if not (association.venue or association.street):
        return None
    if association.latitude is None or association.longitude is None:
        return None
    return association.latitude, association.longitude


def websites_of(association: Association) -> list[str]:
    """Its addresses on the web; nothing but http and https."""
    return [site for site in association.websites if str(site).lower().startswith(SAFE_SITE)]


def with_interest(
    associations: QuerySet[Association], interest: str, known: Interests
) -> QuerySet[Association]:
    """Those that are about an interest, by each id that means the same today; one that is retired leads to its heir."""
    said = AssociationInterest.objects.filter(interest__in=known.meaning_the_same_as(interest))
    return associations.filter(pk__in=said.values("association"))


def changed_last(house: House, *, on: date, most: int) -> Iterator[Association]:
    """What is new or has changed, the latest first."""
    yield from (
        shown_associations(house, on=on).prefetch_related("texts").order_by("-changed_at", "-pk")[:most]
    )
