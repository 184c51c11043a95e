"""What the code on a table opens: who is there, what one can try, and a stamp.

Looking gives nothing and writes nothing. The stamp is put on the card that the phone itself keeps, so a press that
comes twice, late, or again after its answer was lost makes the same card.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from brobygget.associations.queries.directory import directory_of
from brobygget.associations.rules import may_be_shown
from brobygget.associations.views import wording as associations
from brobygget.house.commands.refused import Refused
from brobygget.openhouse import rules
from brobygget.openhouse.commands import stamps as commands
from brobygget.openhouse.models import Invitation, OpenHouse
from brobygget.openhouse.queries import stamps as queries
from brobygget.openhouse.queries.floor import told_plan
from brobygget.openhouse.queries.stamps import Card
from brobygget.openhouse.views.meeting_pictures import shown
from brobygget.openhouse.views.public import one_published
from brobygget.openhouse.views.stamp_cookies import card_of, keep_card
from brobygget.people.request import HouseRequest
from brobygget.web.messages import message_page
from brobygget.web.once import key_of, once, was_kept

PICTURES = 3


@require_safe
def at_table(request: HouseRequest, pk: int, token: str) -> HttpResponse:
    """The table."""
    openhouse = one_published(request, pk)
    invitation = queries.table_behind(openhouse, token)
    if invitation is None:
        return _no_such_code(request, openhouse)
    card = card_of(request, openhouse)
    response = _page(request, invitation, card, token)
    # Before the first press, so that presses of one phone that wait for a network are for one card.
    return response if card else keep_card(request, response, openhouse, queries.new_card())


@require_POST
def stamp(request: HouseRequest, pk: int, token: str) -> HttpResponse:
    """One stamp, now or when there is a network."""
    openhouse = one_published(request, pk)
    invitation = queries.table_behind(openhouse, token)
    if invitation is None:
        return _no_such_code(request, openhouse)
    card = card_of(request, openhouse) or queries.card_of_press(str(key_of(request.POST)))
    response = _press(request, invitation, card, token)
    if response.status_code >= 400:
        return response
    return keep_card(
        request, response, openhouse, card.with_stamp(invitation.pk, queries.zone_of(invitation))
    )


@once
def _press(request: HouseRequest, invitation: Invitation, card: Card, token: str) -> HttpResponse:
    try:
        commands.give_stamp(invitation, card, at=request.now, was_kept=was_kept(request))
    except Refused as no:
        return _page(request, invitation, card, token, refused=no.sentence, status=no.status)
    # Not back to the table: receipts of presses should not tell which tables they were about.
    return redirect("openhouse:stamp_card", pk=invitation.openhouse_id)


def _page(
    request: HouseRequest,
    invitation: Invitation,
    card: Card | None,
    token: str,
    *,
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    openhouse, association = invitation.openhouse, invitation.association
    about = directory_of(openhouse.house).interests.standing_of(association)
    stand = getattr(invitation, "stand", None) if told_plan(openhouse) else None
    slots = invitation.slots.filter(called_off_at=None).select_related("hall", "openhouse")
    context: dict[str, Any] = {
        "openhouse": openhouse,
        "invitation": invitation,
        "association": association,
        "is_public": may_be_shown(association, on=timezone.localdate(request.now)),
        "position": stand.position if stand else None,
        "pictures": shown(about[:PICTURES]),
        "speaks": [associations.language_name(code) for code in association.language_codes],
        "slots": list(slots),
        "token": token,
        "has_left": not queries.stands_there(invitation),
        "has_stamp": card is not None and invitation.pk in card.tables,
        "is_open": rules.stamps_now(openhouse, at=request.now),
        "is_before": request.now < openhouse.starts_at,
        "refused": refused,
    }
    return render(request, "openhouse/at_table.html", context, status=status)


def _no_such_code(request: HouseRequest, openhouse: OpenHouse) -> HttpResponse:
    """For a code of another day or house, one that was renewed, and one that never was: the same words."""
    return message_page(
        request,
        heading=_("This code does not work here"),
        text=_(
            "It has been replaced, or belongs to another day. Scan the code that stands on the table now. Your stamps stay."
        ),
        status=404,
        way_on_url=reverse("openhouse:stamp_card", args=[openhouse.pk]),
        way_on_text=_("My stamp card"),
    )
