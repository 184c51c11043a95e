"""The ideas of a town's vote as a reader sees them: the original, and beside it what a person has translated."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from brobygget.house.models import House
from brobygget.ideas import drawing
from brobygget.ideas.models import TownIdea, TownIdeaTranslation, TownVote
from brobygget.ideas.queries.proposals import shown_ideas
from brobygget.ideas.queries.wall import language_name
from brobygget.people.models import YearsHere
from brobygget.web import languages

YEARS_AT_MOST = {YearsHere.UNDER_ONE: 1, YearsHere.ONE_TO_THREE: 3, YearsHere.THREE_TO_TEN: 10}
# What a moderator should look at twice: digits in a row as telephones have them, addresses of mail and of the web.
TELEPHONE = re.compile(r"(?<!\d)(?:\+|00)?\d(?:[ ()./-]?\d){6,14}(?!\d)")
MAIL = re.compile(r"\S+\s?@\s?\S+", re.UNICODE)
LINK = re.compile(
    r"(?:https?://|www\.|\b[\w-]+\.(?:se|com|org|net|nu|eu|info|io|me|ru|cn|biz|xyz)\b)", re.IGNORECASE
)
NAME = re.compile(r"(?<![.!?:] )(?<!^)\b[A-ZÅÄÖÉ][a-zåäöé]+ [A-ZÅÄÖÉ][a-zåäöé]+\b")
STREET = re.compile(r"\b\w+(?:gatan|vägen|gränd|stigen|torget)\s+\d+", re.IGNORECASE)


@dataclass(frozen=True)
class TownCard:
    """An idea as one reader sees it: the original, and beside it a translation where there is one."""

    idea: TownIdea
    translation: TownIdeaTranslation | None

    @property
    def text(self) -> str:
        """What is read first: the translation, else the original."""
        return self.translation.text if self.translation else self.idea.text

    @property
    def language(self) -> str:
        """The language of what is read first."""
        return self.translation.language if self.translation else self.idea.language

    @property
    def picture(self) -> SafeString | str:
        """The drawing, for those who gave lines in place of words."""
        return drawing.svg(self.idea.drawing, _("A drawn idea")) if self.idea.drawing else ""

    @property
    def is_foreign(self) -> bool:
        """Whether the original is in another language than the reader's page."""
        return not is_read_in(self.idea.language, languages.current().code)

    @property
    def original_language(self) -> str:
        """The name of the language in which it was given, in the reader's language."""
        return language_name(self.idea.language)


def is_read_in(code: str, page: str) -> bool:
    """Whether words in one language need no translation on a page in another: easy Swedish is Swedish."""
    one, two = languages.BY_CODE.get(code), languages.BY_CODE.get(page)
    return code == page or (one is not None and two is not None and one.tag == two.tag)


def new_here(house: House) -> list[str]:
    """The answers to "how long here?" that count as new in this house."""
    return [str(key) for key, years in YEARS_AT_MOST.items() if years <= house.new_up_to_years]


def shown_town_ideas(vote: TownVote) -> QuerySet[TownIdea]:
    """Ideas that the town may see: read by somebody, and not hidden here or in the circle that they come from."""
    seen = shown_ideas().filter(proposal=OuterRef("proposal"))
    return vote.ideas.filter(
        Q(proposal=None) | Exists(seen),
        Q(source=None) | Q(source__hidden_on=None),
        state=TownIdea.State.SHOWN,
    ).order_by("pk")


def with_town_translations(ideas: QuerySet[TownIdea]) -> QuerySet[TownIdea]:
    """The same ideas with what people have translated, the surest first."""
    return ideas.prefetch_related(
        Prefetch("translations", queryset=TownIdeaTranslation.objects.order_by("status", "language"))
    )


def town_card(idea: TownIdea, *wished: str) -> TownCard:
    """The idea beside its translation into the first of the wished languages (else the page's) that there is."""
    for code in wished or (languages.current().code,):
        if is_read_in(idea.language, code) and idea.text:
            return TownCard(idea, None)
        for row in idea.translations.all():
            if is_read_in(row.language, code):
                return TownCard(idea, row)
    return TownCard(idea, None)


def town_cards(ideas: Iterable[TownIdea], *wished: str) -> list[TownCard]:
    """A card for each idea."""
    return [town_card(idea, *wished) for idea in ideas]


def marks_of(text: str) -> list[str]:
    """What in a text could lead to a person, in words for the one who reads it before the town does."""
    found = [
        (TELEPHONE, _("a telephone number")),
        (MAIL, _("an e-mail address")),
        (LINK, _("a link")),
        (STREET, _("a street address")),
        (NAME, _("perhaps a person's name")),
    ]
    return [words for pattern, words in found if pattern.search(text)]


def has_link(text: str) -> bool:
    """Whether the text leads away from here."""
    return bool(LINK.search(text))


def due_votes() -> QuerySet[TownVote]:
    """Votes with answers that came after their map."""
    return TownVote.objects.filter(version__gt=F("mapped_version")).select_related("house").order_by("pk")
