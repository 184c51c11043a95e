"""An association's own raised hands: numbers on the tablet at the table, the whole list at home, an answer to leave."""

from __future__ import annotations

import functools
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from brobygget.associations.views.typed_codes import behind_typed, status_of
from brobygget.circles import spoken
from brobygget.house.commands.refused import Refused
from brobygget.openhouse import rules
from brobygget.openhouse.commands import hands as commands
from brobygget.openhouse.forms.hands import ReplyForm, StandForm
from brobygget.openhouse.models import Handover, Invitation, OpenHouse
from brobygget.openhouse.queries import hands as queries
from brobygget.openhouse.queries.places import have_places
from brobygget.openhouse.queries.stamps import table_secret
from brobygget.openhouse.request import InvitedRequest, invitation_required
from brobygget.openhouse.views import hand_words as words
from brobygget.openhouse.views import phrases
from brobygget.people.request import HouseRequest
from brobygget.web.languages import current
from brobygget.web.live import live_response
from brobygget.web.messages import message_page
from brobygget.web.once import key_of, once

F = TypeVar("F", bound=StandForm)
Channel = Handover.Channel


@dataclass(frozen=True)
class Who:
    """Whose hand it is: somebody new, somebody with a printed slip, or somebody who has raised one before."""

    seed: str = ""
    slip: str = ""
    is_known: bool = False


class NeedsCode(Refused):
    """Without a code nobody could hand the answer over."""


def _stands_here(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Only while the association has a place: one that has left has met nobody."""

    @functools.wraps(view)
    def wrapped(request: InvitedRequest, **kwargs: Any) -> HttpResponse:
        if have_places(request.invitation.openhouse).filter(pk=request.invitation.pk).exists():
            return view(request, **kwargs)
        return message_page(
            request,
            heading=_("Your association has no place at this open house."),
            text=_("Raised hands are shown to those who stand there. Ask the house if that is a mistake."),
            status=409,
            way_on_url=reverse("openhouse:receipt", args=[request.invitation.openhouse_id]),
        )

    return invitation_required(wrapped)


def _hand(request: InvitedRequest, hand: uuid.UUID) -> Handover:
    """One of this association's; another's is as if it were not there."""
    found = queries.hands_to(request.invitation).filter(pk=hand).first()
    if found is None:
        raise Http404
    return found


# -- the stand -----------------------------------------------------------------------------------------------------
@require_safe
@_stands_here
def stand(request: InvitedRequest) -> HttpResponse:
    """Numbers only: a tablet stands in a crowd. A big code to scan, and phrases to try."""
    one = request.invitation
    address = reverse("openhouse:at_table", args=[one.openhouse_id, table_secret(one)])
    hands = _numbers(one)
    facts = phrases.written()
    context = {
        "openhouse": one.openhouse,
        "invitation": one,
        "hands": hands,
        "live_tag": f"{_tag(one, hands)}.{current().code}",
        "address": request.build_absolute_uri(address),
        "is_open": rules.may_raise_hand(one.openhouse, at=request.now),
        "said": [
            (each["sv"], [(code, spoken.own_name(code), *each[code]) for code in facts["languages"]])
            for each in facts["phrases"]
        ],
    }
    return render(request, "openhouse/stand.html", context)


@require_safe
@_stands_here
def stand_live(request: InvitedRequest) -> HttpResponse:
    """The numbers, when there is another."""
    hands = _numbers(request.invitation)
    context = {"openhouse": request.invitation.openhouse, "hands": hands}
    return live_response(request, "openhouse/_stand_numbers.html", context, _tag(request.invitation, hands))


def _numbers(invitation: Invitation) -> list[Handover]:
    return list(queries.hands_to(invitation))


def _tag(invitation: Invitation, hands: list[Handover]) -> str:
    """The lowest digits of random keys: another list has another mark."""
    return f"hands-{invitation.pk}-{len(hands)}-{sum(one.pk.int for one in hands) % 10**12}"


@require_safe
@_stands_here
def our_hands(request: InvitedRequest) -> HttpResponse:
    """Everybody with everything that they have told: to read at home, or to print for the one who calls."""
    one = request.invitation
    context = {
        "openhouse": one.openhouse,
        "invitation": one,
        "hands": [words.hand_shown(hand) for hand in queries.hands_to(one)],
        "gone_on": words.gone_on(one.openhouse),
    }
    return render(request, "openhouse/our_hands.html", context)


@_stands_here
def our_hand(request: InvitedRequest, hand: uuid.UUID) -> HttpResponse:
    """One of them; for who picks answers up at the reception, an answer to leave there."""
    found = _hand(request, hand)
    if request.method == "POST":
        return _reply(request, found)
    return _hand_page(request, found, ReplyForm(initial={"reply": found.reply}))


def _hand_page(request: InvitedRequest, found: Handover, form: ReplyForm, status: int = 200) -> HttpResponse:
    openhouse = request.invitation.openhouse
    context = {
        "openhouse": openhouse,
        "invitation": request.invitation,
        "one": words.hand_shown(found),
        "form": form,
        "is_today": timezone.localdate(request.now) == openhouse.day,
    }
    return render(request, "openhouse/our_hand.html", context, status=status)


@once
def _reply(request: InvitedRequest, found: Handover) -> HttpResponse:
    form = ReplyForm(request.POST)
    if form.is_valid():
        try:
            commands.leave_reply(found, words=form.cleaned_data["reply"])
        except Refused as no:
            form.add_error(None, no.sentence)
        else:
            messages.success(request, _("The answer waits at the reception."))
            return redirect("openhouse:our_hands", pk=request.invitation.openhouse_id)
    return _hand_page(request, found, form, status=422)


# -- with a visitor at the table -----------------------------------------------------------------------------------
@_stands_here
def stand_raising(request: InvitedRequest) -> HttpResponse:
    """A visitor is here, or has left a slip of paper."""
    if request.method == "POST":
        return _press(request)
    is_day = rules.may_raise_hand(request.invitation.openhouse, at=request.now)
    initial = {"way": "reception", "years": "", "how": "stand" if is_day else "paper"}
    return _raising_page(request, StandForm(initial=initial))


def _raising_page(request: InvitedRequest, form: StandForm, status: int = 200) -> HttpResponse:
    one = request.invitation
    context = {"openhouse": one.openhouse, "invitation": one, "form": form}
    return render(request, "openhouse/stand_raising.html", context, status=status)


def _press(request: InvitedRequest) -> HttpResponse:
    form, who = read_code(request, request.invitation.openhouse, StandForm)
    if who is None or not form.is_valid():
        return _raising_page(request, form, status=status_of(form))
    return _raise(request, form, who)


def read_code(
    request: HouseRequest, openhouse: OpenHouse, make: Callable[..., F], **facts: Any
) -> tuple[F, Who | None]:
    """The form, and whose code was typed into it. A wrong code counts as wrong words do, and opens nothing."""
    without = make(request.POST, **facts)
    if not str(without["code"].value() or "").strip():
        return without, Who()

    def behind(typed: str) -> Who | None:
        known = queries.behind_code(openhouse, typed)
        if known is not None:
            return Who(known.seed, is_known=True)
        slip = queries.slip_behind(openhouse, typed)
        return Who(queries.slip_seed(openhouse, slip), slip) if slip else None

    form = make(request.POST, knows_visitor=True, **facts)
    who = behind_typed(
        request, form, behind, wrong=_("That code is not known here. Look at each sign once more.")
    )
    return (form if who is None or who.is_known else without), who


def raise_written(request: HouseRequest, invitation: Invitation, form: StandForm, who: Who) -> Handover:
    """What somebody else writes for a visitor; from paper it is marked so."""
    told, is_paper = form.told(), form.cleaned_data["how"] == "paper"
    if is_paper and not who.seed and told.way == "reception":
        raise NeedsCode(
            _("To pick an answer up at the reception one needs a code. Write the one on the slip.")
        )
    return commands.raise_hand(
        invitation,
        seed=who.seed or queries.new_seed(str(key_of(request.POST))),
        slip=who.slip,
        told=told,
        wish=form.cleaned_data["wish"],
        channel=Channel.PAPER if is_paper else Channel.STAND,
        at=request.now,
    )


@once
def _raise(request: InvitedRequest, form: StandForm, who: Who) -> HttpResponse:
    openhouse = request.invitation.openhouse
    try:
        made = raise_written(request, request.invitation, form, who)
    except NeedsCode as no:
        form.add_error("code", no.sentence)
        return _raising_page(request, form, status=no.status)
    except Refused as no:
        form.add_error(None, no.sentence)
        return _raising_page(request, form, status=no.status)
    if made.channel == Channel.STAND and not who.is_known and not who.slip:
        return redirect("openhouse:stand_code", pk=openhouse.pk, hand=made.pk)
    messages.success(request, _("The hand is raised: number %(number)d.") % {"number": made.visitor.number})
    return redirect("openhouse:stand", pk=openhouse.pk)


@require_safe
@_stands_here
def stand_code(request: InvitedRequest, hand: uuid.UUID) -> HttpResponse:
    """Number and code for a visitor without a phone, to photograph or to write down; shown on the day only."""
    found = _hand(request, hand)
    openhouse = request.invitation.openhouse
    if found.channel != Channel.STAND or not rules.may_raise_hand(openhouse, at=request.now):
        raise Http404
    context = {
        "openhouse": openhouse,
        "invitation": request.invitation,
        "one": words.hand_shown(found),
        "code": queries.code_of(found.visitor.seed),
    }
    return render(request, "openhouse/stand_code.html", context)
