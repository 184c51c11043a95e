"""The staff's side of the invitations: who has answered what, mails, the telephone list."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from brobygget.house.commands.refused import Refused
from brobygget.house.views.acting import act_and_return
from brobygget.openhouse import rules
from brobygget.openhouse.commands import answering, inviting, waiting
from brobygget.openhouse.forms.answers import AnswerForm, kind_of, seen_in, sitting_in
from brobygget.openhouse.models import Answer, Invitation, OpenHouse
from brobygget.openhouse.queries import invitations as queries
from brobygget.openhouse.queries import places
from brobygget.openhouse.queries.states import state_of, waiting_numbers
from brobygget.openhouse.views import wording
from brobygget.openhouse.views.events import invites_to, ways
from brobygget.people.request import AccountRequest, role_required
from brobygget.web.once import once


@role_required(*rules.INVITES)
def invitations(request: AccountRequest, pk: int) -> HttpResponse:
    """Who is invited, and how it stands in words."""
    openhouse = invites_to(request, pk)
    text, which = request.GET.get("q", "")[:80], request.GET.get("which", "")
    found = queries.listed(openhouse, text=text, which=which)
    page = Paginator(found, queries.A_PAGE).get_page(request.GET.get("page"))
    numbers = waiting_numbers(openhouse)
    choices = {
        "": _("All"),
        "silent": _("Silent"),
        "yes": _("Yes"),
        "maybe": _("Maybe"),
        "no": _("No"),
        "letter": _("Invited by letter"),
        "phone": _("Only a telephone"),
    }
    context = {
        "openhouse": openhouse,
        "ways": ways(request, openhouse),
        "rows": [(one, _state(one, openhouse, numbers, request)) for one in page],
        "page": page,
        "text": text,
        "which": which,
        "choices": list(choices.items()),
        "sums": queries.sums_of(openhouse),
    }
    return render(request, "openhouse/invitations.html", context)


def _state(
    one: Invitation, openhouse: OpenHouse, numbers: dict[int, int], request: AccountRequest
) -> wording.StateShown:
    return wording.state_shown(state_of(one, numbers=numbers, at=request.now), openhouse)


# -- asking --------------------------------------------------------------------------------------------------------
@role_required(*rules.INVITES)
def sending(request: AccountRequest, pk: int) -> HttpResponse:
    """Whom to invite, and the three ways: mail, letter, telephone."""
    openhouse = invites_to(request, pk)
    mails_waiting, again_at = queries.mails_waiting(openhouse)
    context = {
        "openhouse": openhouse,
        "ways": ways(request, openhouse),
        "sums": queries.sums_of(openhouse),
        "to_invite": queries.to_invite(request.house, openhouse).count(),
        "unreachable": queries.unreachable(request.house),
        "without_mail": queries.without_mail(openhouse).count(),
        "without_letter": queries.without_letter(openhouse).count(),
        "printed": queries.printed_letters(openhouse).count(),
        "to_call": queries.to_call(openhouse).count(),
        "to_nudge": queries.to_nudge(openhouse, at=request.now).count(),
        "mails_waiting": mails_waiting,
        "again_at": again_at,
    }
    return render(request, "openhouse/sending.html", context)


def _back(pk: int) -> str:
    return reverse("openhouse:sending", args=[pk])


@require_POST
@role_required(*rules.INVITES)
@once
def inviting_all(request: AccountRequest, pk: int) -> HttpResponse:
    """An invitation for every association that can be reached and has none."""
    openhouse = invites_to(request, pk)
    found = list(queries.to_invite(request.house, openhouse))
    return act_and_return(
        request,
        lambda: inviting.invite_associations(openhouse, found, on=timezone.localdate(request.now)),
        _back(pk),
        said=ngettext(
            "%(number)d association is on the list. Now ask it.",
            "%(number)d associations are on the list. Now ask them.",
            len(found),
        )
        % {"number": len(found)},
    )


@require_POST
@role_required(*rules.INVITES)
@once
def mails(request: AccountRequest, pk: int) -> HttpResponse:
    """Mails to those that have got none; they go in the background."""
    openhouse = invites_to(request, pk)
    return act_and_return(
        request,
        lambda: inviting.send_invitations(openhouse, by=request.user, at=request.now),
        _back(pk),
        said=_("The mails are on their way. You can close the page."),
    )


@require_POST
@role_required(*rules.INVITES)
@once
def nudges(request: AccountRequest, pk: int) -> HttpResponse:
    """A reminder to those that have been silent for a week."""
    openhouse = invites_to(request, pk)
    return act_and_return(
        request,
        lambda: inviting.nudge_the_silent(openhouse, by=request.user, at=request.now),
        _back(pk),
        said=_("The reminders are on their way. You can close the page."),
    )


# -- the telephone -------------------------------------------------------------------------------------------------
@role_required(*rules.INVITES)
def calls(request: AccountRequest, pk: int) -> HttpResponse:
    """The telephone list with what to say, and first of all those for whom a place is free."""
    openhouse = invites_to(request, pk)
    context = {
        "openhouse": openhouse,
        "ways": ways(request, openhouse),
        "free": [
            (call, numbers_of(call.place.invitation))
            for call in places.calls_to_make(openhouse, at=request.now)
        ],
        "rows": [(one, numbers_of(one), _tries(one)) for one in queries.to_call(openhouse)],
        "caller": request.user.called,
        "is_closed": rules.is_late_at(openhouse, at=request.now),
    }
    return render(request, "openhouse/calls.html", context)


def numbers_of(one: Invitation) -> list[tuple[str, str]]:
    """Whom to ask for, and the number; prefetch the association's contacts."""
    found = [("", one.association.phone)] if one.association.phone else []
    found += [(each.name, each.phone) for each in one.association.contacts.all() if each.phone]
    seen: set[str] = set()
    return [row for row in found if not (row[1] in seen or seen.add(row[1]))]  # type: ignore[func-returns-value]


def _tries(one: Invitation) -> int:
    return sum(each.way == "call" and each.outcome == "nobody" for each in one.sendings.all())


def _invitation(request: AccountRequest, pk: int, invitation: int) -> Invitation:
    found = queries.invitation_of(invites_to(request, pk), invitation)
    if found is None:
        raise Http404
    return found


@require_POST
@role_required(*rules.INVITES)
@once
def call_note(request: AccountRequest, pk: int, invitation: int) -> HttpResponse:
    """Nobody answered the telephone."""
    found = _invitation(request, pk, invitation)
    return act_and_return(
        request,
        lambda: inviting.note_call(found, was_reached=False, by=request.user, at=request.now),
        f"{reverse('openhouse:calls', args=[pk])}#call-{found.pk}",
    )


# -- one association -----------------------------------------------------------------------------------------------
@role_required(*rules.INVITES)
def invitation(request: AccountRequest, pk: int, invitation: int) -> HttpResponse:
    """One association: what it has said, what it was told, and its answer taken down by the staff."""
    found = _invitation(request, pk, invitation)
    if request.method == "POST":
        return _answer(request, found)
    return _invitation_page(request, found, _form(found))


def _form(found: Invitation, data: Any = None) -> AnswerForm:
    answers = answering.answers_of(getattr(found, "answer", None))
    return AnswerForm(data, answers=answers, kind=kind_of(found.association))


def _invitation_page(
    request: AccountRequest, found: Invitation, form: AnswerForm, status: int = 200
) -> HttpResponse:
    openhouse = found.openhouse
    numbers = waiting_numbers(openhouse)
    state = state_of(found, numbers=numbers, at=request.now)
    context = {
        "openhouse": openhouse,
        "ways": ways(request, openhouse),
        "invitation": found,
        "state": wording.state_shown(state, openhouse),
        "call": state.call,
        "numbers": numbers_of(found),
        "form": form,
        "told": found.sendings.all(),
        "sitting": sitting_in(request.POST),
        "may_answer": rules.is_open_for_answers(openhouse, at=request.now),
    }
    return render(request, "openhouse/invitation.html", context, status=status)


@once
def _answer(request: AccountRequest, found: Invitation) -> HttpResponse:
    form = _form(found, request.POST)
    if not form.is_valid():
        return _invitation_page(request, found, form, status=422)
    try:
        answering.answer_invitation(
            found,
            answers=form.given(),
            seen=seen_in(request.POST),
            sitting=sitting_in(request.POST),
            channel=Answer.Channel.STAFF,
            at=request.now,
        )
    except Refused as no:
        form.add_error(None, no.sentence)
        return _invitation_page(request, found, form, status=no.status)
    return act_and_return(
        request,
        lambda: inviting.note_call(found, was_reached=True, by=request.user, at=request.now),
        reverse("openhouse:invitation", args=[found.openhouse_id, found.pk]),
        said=_("The answer is written down."),
    )


@require_POST
@role_required(*rules.INVITES)
@once
def new_link(request: AccountRequest, pk: int, invitation: int) -> HttpResponse:
    """A new link and code; the ones before stop working at once."""
    found = _invitation(request, pk, invitation)
    return act_and_return(
        request,
        lambda: inviting.renew_link(found),
        reverse("openhouse:invitation", args=[pk, found.pk]),
        said=_("The old link and the old code do not work any more."),
    )


@require_POST
@role_required(*rules.INVITES)
@once
def giving_up(request: AccountRequest, pk: int, invitation: int) -> HttpResponse:
    """They have called: they cannot come. The next in line is called at once."""
    found = _invitation(request, pk, invitation)
    return act_and_return(
        request,
        lambda: waiting.give_up_place(found, at=request.now),
        reverse("openhouse:places", args=[pk]),
        said=_("The place is free, and the next in line is called."),
    )
