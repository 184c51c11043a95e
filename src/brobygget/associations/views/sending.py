"""Mails and letters with the link and the code: everybody is asked, also those without e-mail."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from brobygget.associations import rules
from brobygget.associations.commands import links
from brobygget.associations.models import Association
from brobygget.associations.queries import register as queries
from brobygget.house.commands.refused import Refused
from brobygget.people.request import AccountRequest, role_required
from brobygget.web import moments, printing
from brobygget.web.once import once

Reach = Association.Reach


@role_required(*rules.KEEPS)
def sending(request: AccountRequest) -> HttpResponse:
    """How many are asked by mail and how many by letter, and those who can be asked by neither."""
    today = timezone.localdate(request.now)
    context = {
        "mails": len(queries.to_reach(request.house, Reach.EMAIL, on=today)),
        "letters": len(queries.to_reach(request.house, Reach.LETTER, on=today)),
        "phones": len(queries.to_reach(request.house, Reach.PHONE, on=today)),
        "none": queries.sums_of(request.house, on=today).no_contact,
        "printed": len(queries.printed_letters(request.house, on=today)),
        "at_once": links.MAILS_AT_ONCE,
    }
    return render(request, "associations/sending.html", context)


@require_POST
@role_required(*rules.KEEPS)
def mails(request: AccountRequest) -> HttpResponse:
    """The next fifty mails. Each is noted before it goes, so that a press that is repeated sends none twice."""
    today = timezone.localdate(request.now)
    waiting = queries.to_reach(request.house, Reach.EMAIL, on=today)[: links.MAILS_AT_ONCE]
    try:
        sent = links.send_mails(waiting, address=settings.ADDRESS, by=request.user, at=request.now, on=today)
    except Refused as no:
        messages.error(request, no.sentence)
        return redirect("associations:sending")
    messages.success(
        request,
        ngettext("%(number)d mail is sent.", "%(number)d mails are sent.", sent) % {"number": sent},
    )
    return redirect("associations:sending")


@require_POST
@role_required(*rules.KEEPS)
@once
def letters(request: AccountRequest) -> HttpResponse:
    """Make the letters: a code for each, to print and put in window envelopes."""
    today = timezone.localdate(request.now)
    waiting = queries.to_reach(request.house, Reach.LETTER, on=today)
    links.note_letters(waiting, by=request.user, at=request.now, on=today)
    messages.success(
        request,
        ngettext(
            "%(number)d letter is ready to print.", "%(number)d letters are ready to print.", len(waiting)
        )
        % {"number": len(waiting)},
    )
    return redirect("associations:sending")


@role_required(*rules.KEEPS)
def letters_file(request: AccountRequest) -> HttpResponse:
    """Today's letters, one sheet each."""
    today = timezone.localdate(request.now)
    found = queries.printed_letters(request.house, on=today)
    if not found:
        raise Http404
    made = letters_of(
        links.open_doors(found, on=today), address=settings.ADDRESS, today=moments.day(today, with_year=True)
    )
    return HttpResponse(made, content_type="application/pdf")


def letters_of(doors: list[links.Door], *, address: str, today: str) -> bytes:
    """A letter for each association, in the house's first language."""
    house = doors[0].association.house
    code = house.language_codes[0]
    with translation.override(code):
        data = {
            "language": code,
            "title": _("Letters to the associations"),
            "house": house.name,
            "house_address": house.address,
            "town": house.town,
            "day": today,
            "how": _("This is how:"),
            "steps": [
                _("Write this address in the web browser, or point a phone's camera at the square:"),
                _("Type in your code:"),
                _("Answer what you want to. You can print a receipt."),
            ],
            "address": f"{address}/own/".removeprefix("https://").removeprefix("http://"),
            "private": _("The code is your association's own. It works for three months."),
            "help": _("No computer? Come by, and we will fill it in together."),
            "code_label": _("Your code"),
            "letters": [_letter(door, address) for door in doors],
        }
    return printing.pdf("associations/print/letters.typ", data)


def _heading(association: Association) -> str:
    return _("Is it still true?") if rules.has_answered(association) else _("May newcomers come to you?")


def _words(association: Association) -> list[str]:
    """Why we write: the first time, and once a year to those that have answered."""
    house = association.house
    if rules.has_answered(association):
        return [
            _("%(house)s tells newcomers about your association. Once a year we ask: is it still true?")
            % {"house": house.name},
            _(
                "It takes a minute. One button says that everything is still true; you can change what has changed."
                " You need no account and no e-mail."
            ),
        ]
    return [
        _(
            "There are people in %(town)s who would like to join an association, and do not know which there"
            " are or whether they may come. We are putting together what one can try here."
        )
        % {"town": house.town},
        _(
            "Will you tell about yours? It takes two minutes: what one can try, what it costs, when you meet,"
            " and who stands at the door. You need no account and no e-mail."
        ),
    ]


def _letter(door: links.Door, address: str) -> dict[str, Any]:
    association = door.association
    home = getattr(association, "letter_address", None)
    contact = next((one.name for one in association.contacts.all() if one.name), "")
    lines = [association.name, contact]
    if home and home.street:
        lines += [home.care_of, home.street, f"{home.postcode} {home.town}".strip()]
    else:
        lines += [association.street, f"{association.postcode} {association.town}".strip()]
    return {
        "lines": [line for line in lines if line],
        "name": association.name,
        "heading": _heading(association),
        "words": _words(association),
        "code": door.code,
        "qr": printing.qr_svg(f"{address}/own/{door.token}/"),
    }
