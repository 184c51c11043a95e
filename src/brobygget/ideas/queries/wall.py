"""The wall of ideas: each in its own words, beside a translation for the reader."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from babel import Locale
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from brobygget.circles.models import Circle
from brobygget.ideas import drawing
from brobygget.ideas.models import Idea, IdeaTranslation
from brobygget.ideas.queries.proposals import shown_ideas, with_translations
from brobygget.web import languages


@dataclass(frozen=True)
class IdeaCard:
    """An idea as one reader sees it: the original, and beside it a translation where there is one."""

    idea: Idea
    translation: IdeaTranslation | None

    @property
    def picture(self) -> SafeString | str:
        """The drawing, with its number in words."""
        label = _("Drawing, idea %(number)d") % {"number": self.idea.number or 0}
        return drawing.svg(self.idea.drawing, label) if self.idea.drawing else ""

    @property
    def is_foreign(self) -> bool:
        """Whether the original is in another language than the reader's page."""
        return not _is_same(self.idea.language, languages.current().code)

    @property
    def is_long(self) -> bool:
        """Whether it is too long to be set like a heading."""
        return len(self.idea.text) > 140

    @property
    def original_language(self) -> str:
        """The name of the language in which it was given, in the reader's language."""
        return language_name(self.idea.language)


def language_name(code: str) -> str:
    """What a language is called in the language of this page, else by its own name."""
    known = languages.BY_CODE.get(code)
    if known is None:
        return pgettext("language", "another language")
    called = Locale.parse(languages.current().cldr).languages.get(known.tag)
    return str(called or known.own_name)


def _is_same(code: str, other: str) -> bool:
    one, two = languages.BY_CODE.get(code), languages.BY_CODE.get(other)
    return code == other or (one is not None and two is not None and one.tag == two.tag)


def card(idea: Idea, *wished: str) -> IdeaCard:
    """The idea beside its translation into the first of the wished languages that there is."""
    for code in wished:
        if _is_same(idea.language, code):
            break
        for translation in idea.translations.all():
            if _is_same(translation.language, code):
                return IdeaCard(idea, translation)
    return IdeaCard(idea, None)


def cards(ideas: Iterable[Idea], *wished: str) -> list[IdeaCard]:
    """A card for each idea."""
    return [card(idea, *wished) for idea in ideas]


def ideas_on_the_wall(circle: Circle) -> list[Idea]:
    """Every idea that the circle can see, in the order in which they came up."""
    return list(with_translations(shown_ideas().filter(circle=circle).select_related("proposal")))


def number_waiting(circle: Circle) -> int:
    """How many organisers' ideas wait; nothing else is told about them."""
    return circle.ideas.filter(number=None, hidden_on=None).count()


def hidden_numbers(circle: Circle) -> list[Idea]:
    """Ideas that were hidden, for the leader to bring back: shown by their number only."""
    return list(circle.ideas.exclude(hidden_on=None).exclude(number=None).only("pk", "number", "circle_id"))
