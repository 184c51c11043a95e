"""Confirmations on paper: for each association that comes its table, its hour, its socket, and what it has said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from brobygget.openhouse import rules
from brobygget.openhouse.models import Answer, Briefing, Invitation, OpenHouse
from brobygget.openhouse.queries import doors
from brobygget.openhouse.queries import floor as floors
from brobygget.openhouse.queries import reminders as queries
from brobygget.openhouse.queries.floor import OwnTable
from brobygget.openhouse.queries.reminders import Reminded
from brobygget.openhouse.request import InvitedRequest, invitation_required
from brobygget.openhouse.views.events import invites_to
from brobygget.openhouse.views.letters import lines_of
from brobygget.openhouse.views.paper_words import hours, left_to_right
from brobygget.people.request import AccountRequest, role_required
from brobygget.web import moments, printing


@role_required(*rules.INVITES)
def confirmations_file(request: AccountRequest, pk: int) -> HttpResponse:
    """All of them, or with `?by=letter` those that no mail reaches."""
    openhouse = invites_to(request, pk)
    coming = queries.reminded_of(openhouse)
    if request.GET.get("by") == "letter":
        coming = [one for one in coming if not one.by_mail]
    if not coming:
        raise Http404
    made = sheets_of(openhouse, coming, to_post=True)
    return HttpResponse(made, content_type="application/pdf")


@invitation_required
def own_confirmation(request: InvitedRequest) -> HttpResponse:
    """The association's own sheet."""
    openhouse = request.invitation.openhouse
    mine = [one for one in queries.reminded_of(openhouse) if one.invitation.pk == request.invitation.pk]
    if not mine or openhouse.called_off_on:
        raise Http404
    return HttpResponse(sheets_of(openhouse, mine), content_type="application/pdf")


def sheets_of(openhouse: OpenHouse, coming: Sequence[Reminded], *, to_post: bool = False) -> bytes:
    """One sheet each, in the house's first language.

    Where a letter goes is often somebody's home, so it stands on what the staff posts, and never on what the
    association prints itself.
    """
    house = openhouse.house
    code = house.language_codes[0]
    briefing = queries.briefing_of(openhouse)
    arrives = queries.arrives_at(openhouse)
    is_told = floors.told_plan(openhouse) is not None
    with translation.override(code):
        data = {
            "language": code,
            "words_language": openhouse.language,
            "title": _("Confirmations: %(name)s") % {"name": openhouse.name},
            "house": house.name,
            "house_address": house.address,
            "name": openhouse.name,
            "day": moments.day(openhouse.day, with_year=True),
            "doors": _("Doors open %(hours)s") % {"hours": _in_one(left_to_right(hours(openhouse)))},
            "note": briefing.note,
            "address": f"{settings.ADDRESS}{reverse('openhouse:code')}".split("://", 1)[-1],
            "labels": {
                "table": pgettext("on a card", "Table"),
                "come": _("Come at"),
                "power": _("Electricity"),
                "cannot": _("Can you not come?"),
                "tell": _(
                    "Tell us at once, then the next in line gets your place. Write the address and your code:"
                ),
                "keep": _(
                    "The code is your association's own. Cut here and leave this part at home: nobody else needs it."
                ),
            },
            "sheets": [
                {
                    **_sheet(one, openhouse, briefing, arrives, is_told=is_told),
                    "lines": lines_of(one.invitation) if to_post and not one.by_mail else [],
                }
                for one in coming
            ],
        }
    return printing.pdf("openhouse/print/confirmations.typ", data)


def _sheet(
    one: Reminded, openhouse: OpenHouse, briefing: Briefing, arrives: time, *, is_told: bool
) -> dict[str, Any]:
    invitation, table = one.invitation, one.table if is_told else None
    answer = invitation.answer
    return {
        "name": invitation.association.name,
        "language": invitation.association.language,
        "number": str(table.number) if table else "–",
        "hall": table.hall if table else "",
        "number_note": "" if table else _("The number of your table comes when the floor plan is ready."),
        "arrives": moments.clock(arrives),
        **_power(answer.watts, table),
        "facts": facts_of(invitation, openhouse, briefing),
        "code": doors.code_of(invitation),
        "qr": printing.qr_svg(
            f"{settings.ADDRESS}{reverse('openhouse:link', args=[doors.link_of(invitation)])}"
        ),
    }


def _power(watts: int, table: OwnTable | None) -> dict[str, str]:
    """How much and from where. Who asked for it and stands where there is none is told so, not left to find out."""
    asked = f"{moments.number(watts)} W"
    if not watts:
        return {"power": _("None"), "circuit": ""}
    if table is not None and not table.circuit:
        return {"power": _("None"), "circuit": _("You asked for %(watts)s. Call us.") % {"watts": asked}}
    return {
        "power": asked,
        "circuit": _("Circuit %(name)s") % {"name": table.circuit} if table is not None else "",
    }


def facts_of(invitation: Invitation, openhouse: OpenHouse, briefing: Briefing) -> list[dict[str, str]]:
    """What they have said, and whom to ask; a question that they left open has no line."""
    answer = invitation.answer
    theirs, ours, house = invitation.association.language, "", openhouse.language
    code = translation.get_language() or ours
    rows = [
        (_("Where"), openhouse.place, house),
        (_("To try"), answer.hands, theirs),
        (_("You stand at"), str(answer.get_table_display()), code),
        (_("You bring"), _brings(answer), theirs),
        (_("Way in"), _("Without steps") if answer.step_free else "", code),
        (_("Your wish"), answer.wish, theirs),
        (_("Whom to ask"), briefing.ask or _("The house, at the entrance"), house if briefing.ask else code),
    ]
    return [{"label": label, "value": value, "language": code} for label, value, code in rows if value]


def _in_one(text: str) -> str:
    """Never broken across two lines."""
    return text.replace("–", "\u2060–\u2060")


def _brings(answer: Answer) -> str:
    """What is plugged in, in their own words."""
    return answer.power_for if answer.watts else ""
