"""What a visitor has chosen, as it stands in the address on the visitor's own phone."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import QueryDict
from django.utils.translation import gettext as _

from brobygget.associations.forms.find import wishes_in
from brobygget.associations.views import wording
from brobygget.associations.views.find import parts, whos
from brobygget.openhouse.queries.appointments import Offer
from brobygget.openhouse.queries.route import NEEDS, Chosen
from brobygget.openhouse.views.meeting_pictures import likes_in
from brobygget.web.languages import current

MOST_TABLES = 15
NAMES = ("group", "like", "surprise", "who", "when", "day", "speak", "need", "to", "more")
MOST_OF_ONE = 40


def chosen_in(query: QueryDict, offer: Offer) -> Chosen:
    """What is not understood, or not offered any more, is left out: an old address still leads somewhere."""
    tables = (one for one in query.getlist("to") if one.isascii() and one.isdigit() and len(one) <= 9)
    return Chosen(
        wishes=wishes_in(query),
        likes=likes_in(query, offer),
        needs=tuple(need for need in NEEDS if need in query.getlist("need")),
        is_surprised="surprise" in query,
        to=tuple(dict.fromkeys(int(one) for one in tables))[:MOST_TABLES],
        is_more="more" in query,
    )


def pairs_of(chosen: Chosen, *, only: Sequence[str] = NAMES) -> list[tuple[str, str]]:
    """The choices as parts of an address; without the tables, which are drawn."""
    wishes = chosen.wishes
    pairs = [("group" if one.is_group else "like", one.id) for one in chosen.likes]
    pairs += [("group", one.group) for one in chosen.likes if not one.is_group]
    pairs += [("surprise", "1")] if chosen.is_surprised else []
    pairs += [("who", wishes.who)] if wishes.who else []
    pairs += [("when", part) for part in wishes.parts]
    pairs += [("day", str(day)) for day in wishes.days]
    pairs += [("speak", code) for code in wishes.languages]
    pairs += [("need", need) for need in chosen.needs]
    return [pair for pair in dict.fromkeys(pairs) if pair[0] in only]


def kept_but(query: QueryDict, *left_out: str) -> list[tuple[str, str]]:
    """What the address says already, for the next page to go on with; only names that these pages know."""
    return [
        (name, value[:MOST_OF_ONE])
        for name in NAMES
        if name not in left_out
        for value in query.getlist(name)[:MOST_OF_ONE]
    ]


def needs() -> list[tuple[str, str, str]]:
    """What somebody may need: a code, its words, its picture."""
    words = {
        "step-free": (_("No steps"), "accessibility"),
        "quiet": (_("Quiet"), "ear"),
        "free": (_("Costs nothing"), "coins"),
    }
    return [(code, *words[code]) for code in NEEDS]


def chosen_words(chosen: Chosen) -> list[str]:
    """What was chosen, in words: above the way, on the screen and on paper."""
    code, wishes = current().code, chosen.wishes
    words = [one.label(code).text for one in chosen.likes]
    words += [_("A surprise")] if chosen.is_surprised else []
    words += [text for name, text, _picture in whos() if name == wishes.who]
    words += [text for name, text, _picture in parts() if name in wishes.parts]
    words += [wording.weekday(day) for day in wishes.days]
    words += [wording.language_name(one) for one in wishes.languages]
    words += [text for name, text, _picture in needs() if name in chosen.needs]
    return words
