"""The rule, the order that follows from it with its reasons, and the waiting list."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from brobygget.house.views.acting import act_and_return
from brobygget.openhouse import rules
from brobygget.openhouse.commands import places as commands
from brobygget.openhouse.commands import waiting
from brobygget.openhouse.forms.places import RuleForm
from brobygget.openhouse.models import OpenHouse, Place, PlaceCall, PlaceRule
from brobygget.openhouse.queries import places as queries
from brobygget.openhouse.queries.invitations import sums_of as invitation_sums
from brobygget.openhouse.views import wording
from brobygget.openhouse.views.events import invites_to, ways
from brobygget.people.request import AccountRequest, role_required
from brobygget.web import moments, printing
from brobygget.web.languages import current
from brobygget.web.once import once

LATER = 10**6  # after everybody whom the rule put in order


def _rule(openhouse: OpenHouse) -> PlaceRule | None:
    return PlaceRule.objects.select_related("frozen_by").filter(openhouse=openhouse).first()


def _back(pk: int) -> str:
    return reverse("openhouse:places", args=[pk])


@role_required(*rules.INVITES)
def places(request: AccountRequest, pk: int) -> HttpResponse:
    """First the rule; when it has been applied, everybody in order."""
    openhouse = invites_to(request, pk)
    rule = _rule(openhouse)
    return _page(request, openhouse, rule, RuleForm(initial=RuleForm.initial_of(rule)))


def _page(
    request: AccountRequest,
    openhouse: OpenHouse,
    rule: PlaceRule | None,
    form: RuleForm,
    status: int = 200,
) -> HttpResponse:
    in_order = queries.in_order(openhouse)
    criteria = rule.criteria if rule else []
    context = {
        "openhouse": openhouse,
        "ways": ways(request, openhouse),
        "rule": rule,
        "form": form,
        "sentences": wording.rule_in_words(criteria),
        "rows": [(one, wording.reasons_of(one, criteria)) for one in in_order],
        "sums": queries.sums_of(openhouse, in_order),
        "invited": invitation_sums(openhouse),
        "is_closed": rules.is_late_at(openhouse, at=request.now),
        "to_tell": len(queries.calls_to_make(openhouse, at=request.now)),
    }
    return render(request, "openhouse/places.html", context, status=status)


@require_POST
@role_required(*rules.INVITES)
@once
def rule(request: AccountRequest, pk: int) -> HttpResponse:
    """Write the rule, as long as it is not frozen."""
    openhouse = invites_to(request, pk)
    form = RuleForm(request.POST)
    if not form.is_valid():
        return _page(request, openhouse, _rule(openhouse), form, status=422)
    return act_and_return(
        request,
        lambda: commands.write_rule(
            openhouse,
            criteria=form.criteria(),
            words=form.cleaned_data["words"],
            language=current().code,
            at=request.now,
        ),
        _back(pk),
        said=_("Saved. Read it once more, and freeze it before registration closes."),
    )


@require_POST
@role_required(*rules.INVITES)
@once
def freezing(request: AccountRequest, pk: int) -> HttpResponse:
    """From now on nobody changes the rule."""
    openhouse = invites_to(request, pk)
    return act_and_return(
        request,
        lambda: commands.freeze_rule(openhouse, by=request.user, at=request.now),
        _back(pk),
        said=_("The rule is frozen. It is printed with the result."),
    )


@require_POST
@role_required(*rules.INVITES)
@once
def giving(request: AccountRequest, pk: int) -> HttpResponse:
    """Apply the rule."""
    openhouse = invites_to(request, pk)
    return act_and_return(
        request,
        lambda: commands.give_places(openhouse, at=request.now),
        _back(pk),
        said=_("The places are given, and everybody with an e-mail address is told."),
    )


@role_required(*rules.INVITES)
def places_file(request: AccountRequest, pk: int) -> HttpResponse:
    """The rule and the order with its reasons, on paper for whoever asks."""
    openhouse = invites_to(request, pk)
    found = _rule(openhouse)
    if found is None or found.given_at is None:
        raise Http404
    made = order_of(openhouse, found)
    return HttpResponse(made, content_type="application/pdf")


def order_of(openhouse: OpenHouse, rule: PlaceRule) -> bytes:
    """The printed result, in the reader's language."""
    assert rule.given_at is not None
    assert rule.frozen_at is not None
    assert rule.closed_on is not None
    assert rule.places is not None
    # As the rule put them, whoever gave up and came back since; then those who came later.
    in_order = sorted(
        queries.in_order(openhouse), key=lambda one: (one.first_position or LATER, one.position)
    )
    rows = [_printed(one, wording.first_reasons_of(one, rule.criteria)) for one in in_order]
    data: dict[str, Any] = {
        "language": current().code,
        "words_language": openhouse.language,
        "title": _("How the places were given"),
        "name": openhouse.name,
        "house": openhouse.house.name,
        "when": moments.day(openhouse.day, with_year=True),
        "frozen": _frozen(openhouse, rule),
        "given": _("Applied by the program on %(day)s.") % {"day": moments.day_and_clock(rule.given_at)},
        "sentences": wording.rule_in_words(rule.criteria),
        "words": rule.words,
        "rule_language": rule.language,
        "rows": rows,
        "places": rule.places,
        "line": _("Here the %(number)d places ended. Those below wait, in this order.")
        % {"number": rule.places},
    }
    return printing.pdf("openhouse/print/places.typ", data)


def _frozen(openhouse: OpenHouse, rule: PlaceRule) -> str:
    """When the rule was frozen; a closing day that was moved is told, for then "before" says less."""
    assert rule.frozen_at is not None
    assert rule.closed_on is not None
    told = _("The rule was frozen on %(day)s, before registration closed on %(closes)s.")
    told %= {"day": moments.day_and_clock(rule.frozen_at), "closes": moments.day(rule.closed_on)}
    moved_on = queries.closing_moved_on(openhouse)
    if moved_on is None:
        return told
    moved = _("The day on which registration closed had been moved by hand on %(day)s.")
    return f"{told} {moved % {'day': moments.day(moved_on)}}"


def _printed(one: Place, reasons: list[str]) -> dict[str, Any]:
    return {
        "position": moments.number(one.first_position or one.position),
        "name": one.invitation.association.name,
        "language": one.invitation.association.language,
        "reasons": " · ".join(reasons),
        "since": moments.day_and_clock(one.wants_since),
    }


# -- the waiting list ----------------------------------------------------------------------------------------------
def _call(request: AccountRequest, pk: int, call: int) -> PlaceCall:
    found = queries.call_of(invites_to(request, pk), call)
    if found is None:
        raise Http404
    return found


@require_POST
@role_required(*rules.INVITES)
@once
def call_told(request: AccountRequest, pk: int, call: int) -> HttpResponse:
    """We have talked with them; their time to answer runs from now."""
    found = _call(request, pk, call)
    return act_and_return(
        request,
        lambda: waiting.note_talked(found, by=request.user, at=request.now),
        reverse("openhouse:invitation", args=[pk, found.place.invitation_id]),
        said=_("Noted. If they do not answer in time, the next in line is called."),
    )


@require_POST
@role_required(*rules.INVITES)
@once
def call_answer(request: AccountRequest, pk: int, call: int) -> HttpResponse:
    """Their answer, by telephone."""
    found = _call(request, pk, call)
    is_yes = request.POST.get("answer") == "yes"
    return act_and_return(
        request,
        lambda: waiting.answer_call(found, is_yes=is_yes, at=request.now),
        _back(pk),
        said=_("The answer is written down."),
    )


@require_POST
@role_required(*rules.INVITES)
@once
def call_passing(request: AccountRequest, pk: int, call: int) -> HttpResponse:
    """They cannot be reached: on to the next."""
    found = _call(request, pk, call)
    return act_and_return(
        request,
        lambda: waiting.pass_over(found, at=request.now),
        _back(pk),
        said=_("The place is offered to the next in line."),
    )


@require_POST
@role_required(*rules.INVITES)
@once
def calling_again(request: AccountRequest, pk: int, place: int) -> HttpResponse:
    """They let a call pass and want to come all the same."""
    found = get_object_or_404(invites_to(request, pk).in_order, pk=place)
    return act_and_return(
        request,
        lambda: waiting.call_again(found, at=request.now),
        _back(pk),
        said=_("They wait again, where they stood."),
    )
