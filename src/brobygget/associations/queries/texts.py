"""An association's own texts and what people have written of them in other languages."""

from __future__ import annotations

from dataclasses import dataclass

from brobygget.associations.models import Association, AssociationText
from brobygget.associations.queries.interests import SAME_WORDS
from brobygget.web.languages import LANGUAGES, Language

# What a visitor's page shows of it, in the order of the page.
TEXTS = ("can_try", "little_swedish_how", "description", "gear_text")


@dataclass(frozen=True)
class Translated:
    """How far one language has come."""

    language: Language
    written: int
    checked: int


def originals_of(association: Association) -> dict[str, str]:
    """The texts that there are to translate."""
    said = {field: str(getattr(association, field)).strip() for field in TEXTS}
    return {field: text for field, text in said.items() if text}


def languages_for(association: Association) -> dict[str, Language]:
    """The languages that its texts can be translated into: all but its own."""
    return {
        one.code: one
        for one in LANGUAGES
        if one.code not in SAME_WORDS
        and one.code != SAME_WORDS.get(association.language, association.language)
    }


def texts_in(association: Association, language: str) -> dict[str, AssociationText]:
    """What is written in one language, by field."""
    return {one.field: one for one in association.texts.filter(language=language)}


def how_far(association: Association) -> list[Translated]:
    """Every language, with how many texts are written and how many of them are checked: one query."""
    wanted = originals_of(association).keys()
    texts = [one for one in association.texts.all() if one.field in wanted]
    return [
        Translated(
            language,
            written=sum(one.language == code for one in texts),
            checked=sum(
                one.language == code and one.status == AssociationText.Status.CHECKED for one in texts
            ),
        )
        for code, language in languages_for(association).items()
    ]
