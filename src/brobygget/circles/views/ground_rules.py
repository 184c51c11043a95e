"""How we want to be together."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from brobygget.circles.commands import Refused
from brobygget.circles.commands import ground_rules as commands
from brobygget.circles.forms.ground_rules import RuleForm
from brobygget.circles.models import Meeting
from brobygget.circles.queries import ground_rules as queries
from brobygget.circles.queries.sitting import Sitter
from brobygget.circles.views.doors import in_circle, leads_circle, leads_meeting
from brobygget.circles.views.refusals import no_page
from brobygget.people.request import HouseRequest
from brobygget.web.once import once


def _page(
    request: HouseRequest,
    sitter: Sitter,
    *,
    form: RuleForm | None = None,
    rule_form: RuleForm | None = None,
    reworded: int = 0,
    status: int = 200,
) -> HttpResponse:
    house = sitter.circle.house
    rules = list(queries.rules_of(sitter.circle))
    context = {
        "circle": sitter.circle,
        "sitter": sitter,
        "meeting": queries.meeting_going_on(sitter.circle),
        "rows": [
            (
                rule,
                rule_form
                if rule.pk == reworded
                else RuleForm(
                    house=house,
                    language=rule.language,
                    initial={"text": rule.text},
                    auto_id=f"rule{rule.pk}_%s",
                ),
            )
            for rule in rules
        ],
        "reworded": reworded,
        "form": form or RuleForm(house=house, language=sitter.language, auto_id="agree_%s"),
    }
    return render(request, "circles/ground_rules.html", context, status=status)


@require_safe
@in_circle
def ground_rules(request: HouseRequest, sitter: Sitter) -> HttpResponse:
    """What has been agreed."""
    return _page(request, sitter)


@require_POST
@in_circle
@once
def rule_agree(request: HouseRequest, sitter: Sitter) -> HttpResponse:
    """One more rule."""
    form = RuleForm(request.POST, house=sitter.circle.house, auto_id="agree_%s")
    if not form.is_valid():
        return _page(request, sitter, form=form, status=422)
    try:
        commands.agree_rule(circle=sitter.circle, on=timezone.localdate(request.now), **form.cleaned_data)
    except Refused as no:
        form.add_error(None, no.sentence)
        return _page(request, sitter, form=form, status=no.status)
    return redirect("circles:ground_rules", pk=sitter.circle.pk)


@require_POST
@in_circle
@once
def rule_reword(request: HouseRequest, sitter: Sitter, rule: int) -> HttpResponse:
    """Better words for a rule."""
    found = get_object_or_404(queries.rules_of(sitter.circle).select_related("circle"), pk=rule)
    form = RuleForm(request.POST, house=sitter.circle.house, auto_id=f"rule{rule}_%s")
    if not form.is_valid():
        return _page(request, sitter, rule_form=form, reworded=rule, status=422)
    try:
        commands.reword_rule(rule=found, on=timezone.localdate(request.now), **form.cleaned_data)
    except Refused as no:
        form.add_error(None, no.sentence)
        return _page(request, sitter, rule_form=form, reworded=rule, status=no.status)
    return redirect("circles:ground_rules", pk=sitter.circle.pk)


@require_POST
@leads_circle
@once
def rule_drop(request: HouseRequest, sitter: Sitter, rule: int) -> HttpResponse:
    """A rule is no longer needed."""
    found = queries.rules_of(sitter.circle).select_related("circle").filter(pk=rule).first()
    back = reverse("circles:ground_rules", args=[sitter.circle.pk])
    try:
        if found is not None:
            commands.drop_rule(rule=found)
    except Refused as no:
        return no_page(request, no, back=back)
    return redirect(back)


@require_POST
@leads_meeting
@once
def rules_read(request: HouseRequest, sitter: Sitter, meeting: Meeting) -> HttpResponse:
    """The rules have been read aloud."""
    back = reverse("circles:ground_rules", args=[sitter.circle.pk])
    try:
        commands.read_rules(meeting=meeting, at=request.now)
    except Refused as no:
        return no_page(request, no, back=back)
    return redirect(back)
