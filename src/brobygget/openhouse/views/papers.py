"""Everything that is printed for the day: what each paper is for, how many sheets, in which languages, and a button."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from brobygget.circles import spoken
from brobygget.openhouse import rules
from brobygget.openhouse.models import OpenHouse
from brobygget.openhouse.queries import events as queries
from brobygget.openhouse.queries import papers as counts
from brobygget.openhouse.queries.papers import Printable
from brobygget.openhouse.views import phrases
from brobygget.openhouse.views.events import ways
from brobygget.openhouse.views.paper_words import languages_on_paper
from brobygget.openhouse.views.posters import SIZES
from brobygget.people.request import AccountRequest, role_required
from brobygget.web.languages import BY_CODE


@dataclass(frozen=True)
class Paper:
    """One paper of the list. Where it cannot be printed yet, `not_yet` says why, in a sentence."""

    when: str
    key: str
    picture: str
    title: str
    use: str
    sheets: str
    languages: str
    buttons: tuple[tuple[str, str], ...]
    not_yet: str = ""


def prints_for(request: AccountRequest, pk: int) -> OpenHouse:
    """One whose papers the reader prints: who plans it, and who cares for its invitations."""
    roles = set(request.house.roles_of_reader)
    invites = roles & set(rules.INVITES)
    found = queries.of_house(request.house) if invites else queries.planned_by(request.user, request.house)
    return get_object_or_404(found, pk=pk)


@require_safe
@role_required(*rules.WORKS_WITH)
def papers(request: AccountRequest, pk: int) -> HttpResponse:
    """The list of papers."""
    openhouse = prints_for(request, pk)
    found = counts.printable_of(openhouse, on=timezone.localdate(request.now))
    made = _papers(request, openhouse, found)
    context = {
        "openhouse": openhouse,
        "ways": ways(request, openhouse),
        "groups": [(when, list(those)) for when, those in groupby(made, key=lambda one: one.when)],
    }
    return render(request, "openhouse/papers.html", context)


def _papers(request: AccountRequest, openhouse: OpenHouse, found: Printable) -> list[Paper]:
    """In the order in which they are needed: weeks before, days before, on the day."""
    roles = set(request.house.roles_of_reader)
    keeps = bool(roles & set(rules.INVITES))
    made = [_poster(openhouse)]
    if keeps:
        made.append(_confirmations(openhouse, found))
    made += [
        _phrases(openhouse),
        _signs(openhouse, found, keeps=keeps),
        _map(openhouse, found),
        _stamp_cards(openhouse),
        _want_slips(openhouse),
        _badges(openhouse),
    ]
    if queries.planned_by(request.user, request.house).filter(pk=openhouse.pk).exists():
        made.append(_run_sheet(openhouse))
    return made


def _url(name: str, openhouse: OpenHouse, *rest: str) -> str:
    return reverse(f"openhouse:{name}", args=[openhouse.pk, *rest])


def _sheets(number: int) -> str:
    return ngettext("%(number)d sheet", "%(number)d sheets", number) % {"number": number}


def _in_languages(openhouse: OpenHouse) -> str:
    return spoken.names_of(languages_on_paper(openhouse.house))


def _first(openhouse: OpenHouse) -> str:
    return spoken.names_of(languages_on_paper(openhouse.house)[:1])


def _poster(openhouse: OpenHouse) -> Paper:
    return Paper(
        when=_("Three weeks before"),
        key="poster",
        picture="megaphone",
        title=_("Poster"),
        use=_(
            "For shops, the library, stairwells and schools, three weeks before. The square leads to the public page."
        ),
        sheets=_sheets(1),
        languages=_in_languages(openhouse),
        buttons=tuple((_url("poster", openhouse, size), size.upper()) for size in reversed(SIZES)),
        not_yet=_poster_not_yet(openhouse),
    )


def _poster_not_yet(openhouse: OpenHouse) -> str:
    if openhouse.called_off_on:
        return _("The day is called off.")
    if not openhouse.published_on:
        return _("Let everybody read about the day first: the square on the poster leads there.")
    return ""


def _confirmations(openhouse: OpenHouse, found: Printable) -> Paper:
    return Paper(
        when=_("A week before"),
        key="confirmations",
        picture="mail",
        title=_("Confirmations"),
        use=_(
            "A sheet for each association: table, arrival time, socket, whom to ask. A mail goes to those who have an address."
        ),
        sheets=_sheets(found.coming),
        languages=_first(openhouse),
        buttons=((_url("reminders", openhouse), _("Remind and print")),),
        not_yet="" if found.coming else _nobody_yet(),
    )


def _nobody_yet() -> str:
    return _("Nobody has a place yet.")


def _signs(openhouse: OpenHouse, found: Printable, *, keeps: bool) -> Paper:
    not_yet = "" if found.shown else _nobody_yet()
    if not keeps and not openhouse.published_on:
        not_yet = _("The signs can be printed when everybody can read about the day.")
    without = (
        "" if found.is_told else _("The floor plan is not told yet: the place for the number stays empty.")
    )
    return Paper(
        when=_("For the day"),
        key="signs",
        picture="signpost",
        title=_("Table signs"),
        use=" ".join(
            part
            for part in (
                _("One on each table: who they are, what one can try, which languages they speak."),
                without,
            )
            if part
        ),
        sheets=_sheets(found.shown),
        languages=_in_languages(openhouse),
        buttons=((_url("signs", openhouse), "A4"),),
        not_yet=not_yet,
    )


def _map(openhouse: OpenHouse, found: Printable) -> Paper:
    return Paper(
        when=_("For the day"),
        key="map",
        picture="map",
        title=_("Floor map"),
        use=_(
            "A3 by the door and at each corner, A4 in the hand: the halls from above, and who stands where by number."
        ),
        sheets=_sheets(1),
        languages=_("the language of this page"),
        buttons=tuple((_url("map", openhouse, size), size.upper()) for size in reversed(SIZES)),
        not_yet=""
        if found.is_told
        else _("Tell the floor plan first, so that nothing is printed that still moves."),
    )


def _stamp_cards(openhouse: OpenHouse) -> Paper:
    front = languages_on_paper(openhouse.house)
    return Paper(
        when=_("For the day"),
        key="stamp-cards",
        picture="stamp",
        title=_("Stamp cards"),
        use=_(
            "Four on a sheet, on both sides: hand one to every visitor. The back explains it in all languages."
        ),
        sheets=_("1 sheet gives 4 cards"),
        languages=_in_languages(openhouse),
        buttons=tuple(
            (f"{_url('stamp_cards', openhouse)}?language={code}", BY_CODE[code].own_name) for code in front
        ),
    )


def _want_slips(openhouse: OpenHouse) -> Paper:
    return Paper(
        when=_("For the day"),
        key="want-slips",
        picture="hand",
        title=_("Slips: I want to try"),
        use=_(
            "For tables without a battery, and for who has no phone. The lower half has a code, each its own: print more, never copy."
        ),
        sheets=_("5 sheets give 20 slips"),
        languages=_in_languages(openhouse),
        buttons=tuple(
            (f"{_url('want_slips', openhouse)}?language={code}", BY_CODE[code].own_name)
            for code in languages_on_paper(openhouse.house)
        ),
    )


def _badges(openhouse: OpenHouse) -> Paper:
    return Paper(
        when=_("For the day"),
        key="badges",
        picture="ticket",
        title=_("Name badges"),
        use=_(
            "For hosts, helpers and visitors: empty, or with what people want to be called. No names are kept."
        ),
        sheets=_("1 sheet gives 10 badges"),
        languages=_first(openhouse),
        buttons=((_url("badges", openhouse), _("Choose")),),
    )


def _phrases(openhouse: OpenHouse) -> Paper:
    return Paper(
        when=_("A week before"),
        key="phrases",
        picture="message-circle",
        title=_("Phrase sheet"),
        use=_(
            "How to welcome somebody with little Swedish: ten phrases and how they are said. One for each table, with the confirmation."
        ),
        sheets=_("1 sheet, both sides"),
        languages=spoken.names_of(["sv", *phrases.written()["languages"]]),
        buttons=((_url("phrases", openhouse), "A4"),),
    )


def _run_sheet(openhouse: OpenHouse) -> Paper:
    return Paper(
        when=_("For the day"),
        key="run-sheet",
        picture="list-checks",
        title=_("Run sheet"),
        use=_("The day hour by hour on one page, for everybody who helps. It names nobody of the circle."),
        sheets=_sheets(1),
        languages=_("the language of this page"),
        buttons=((_url("run_sheet_file", openhouse), "A4"),),
    )
