"""Letters with a code, for those who have no e-mail: one sheet each, for an ordinary window envelope."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from brobygget.house.views.acting import act_and_return
from brobygget.openhouse import rules
from brobygget.openhouse.commands import inviting
from brobygget.openhouse.models import Invitation, OpenHouse
from brobygget.openhouse.queries import doors
from brobygget.openhouse.queries import invitations as queries
from brobygget.openhouse.views.events import invites_to
from brobygget.people.request import AccountRequest, role_required
from brobygget.web import moments, printing
from brobygget.web.once import once


@require_POST
@role_required(*rules.INVITES)
@once
def letters(request: AccountRequest, pk: int) -> HttpResponse:
    """Make the letters: a code for each."""
    openhouse = invites_to(request, pk)
    return act_and_return(
        request,
        lambda: inviting.make_letters(openhouse, by=request.user, at=request.now),
        reverse("openhouse:sending", args=[pk]),
        said=_("The letters are ready to print."),
    )


@role_required(*rules.INVITES)
def letters_file(request: AccountRequest, pk: int) -> HttpResponse:
    """The letters of those that have not answered yet, one sheet each."""
    openhouse = invites_to(request, pk)
    found = list(queries.printed_letters(openhouse))
    if not found:
        raise Http404
    made = letters_of(openhouse, found, address=settings.ADDRESS, today=timezone.localdate(request.now))
    return HttpResponse(made, content_type="application/pdf")


def letters_of(openhouse: OpenHouse, found: list[Invitation], *, address: str, today: date) -> bytes:
    """A letter for each association, in the house's first language."""
    house = openhouse.house
    code = house.language_codes[0]
    with translation.override(code):
        data = {
            "language": code,
            "words_language": openhouse.language,
            "title": _("Invitations to the open house"),
            "house": house.name,
            "house_address": house.address,
            "town": house.town,
            "day": moments.day(today, with_year=True),
            "heading": openhouse.name,
            "when": f"{moments.day(openhouse.day, with_year=True)}, "
            f"{moments.clock(openhouse.starts_at)}–{moments.clock(openhouse.ends_at)}",
            "place": openhouse.place,
            "words": [
                _(
                    "Will your association come and show what you do? New and old inhabitants of %(town)s meet, and every"
                    " table has something to do with the hands. It costs nothing."
                )
                % {"town": house.town},
                _(
                    "Answer yes, no or maybe by %(day)s. If more want to come than there is room for, places are given"
                    " by a rule that is decided beforehand and is the same for all."
                )
                % {"day": moments.day(openhouse.closes_on)},
            ],
            "how": _("This is how:"),
            "steps": [
                _("Write this address in the web browser, or point a phone's camera at the square:"),
                _("Type in your code:"),
                _("Answer what you want to. You can print a receipt."),
            ],
            "address": f"{address}/open-house/code/".removeprefix("https://").removeprefix("http://"),
            "private": _("The code is your association's own, and for this day only."),
            "help": _("No computer? Come by or call, and we will fill it in together."),
            "letters": [_letter(one, address) for one in found],
        }
    return printing.pdf("openhouse/print/letters.typ", data)


def _letter(one: Invitation, address: str) -> dict[str, Any]:
    return {
        "lines": lines_of(one),
        "name": one.association.name,
        "code": doors.code_of(one),
        "qr": printing.qr_svg(f"{address}/open-house/link/{doors.link_of(one)}/"),
    }


def lines_of(one: Invitation) -> list[str]:
    """What stands in the window of the envelope; the invitation comes from `queries.invitations.with_ways`."""
    association = one.association
    home = getattr(association, "letter_address", None)
    contact = next((each.name for each in association.contacts.all() if each.name), "")
    lines = [association.name, contact]
    if home and home.street:
        lines += [home.care_of, home.street, f"{home.postcode} {home.town}".strip()]
    else:
        lines += [association.street, f"{association.postcode} {association.town}".strip()]
    return [line for line in lines if line]
