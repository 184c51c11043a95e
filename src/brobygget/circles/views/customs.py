""" "So we do"."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from brobygget.circles.commands import Refused
from brobygget.circles.commands import customs as commands
from brobygget.circles.forms.customs import CustomForm, ReplyForm
from brobygget.circles.models import Custom, CustomReply
from brobygget.circles.queries import customs as queries
from brobygget.circles.queries.sitting import Sitter
from brobygget.circles.views.doors import in_circle, leads_circle
from brobygget.people.request import HouseRequest
from brobygget.web.once import once


def _page(
    request: HouseRequest,
    sitter: Sitter,
    *,
    form: CustomForm | None = None,
    reply_form: ReplyForm | None = None,
    answered: int = 0,
    status: int = 200,
) -> HttpResponse:
    house = sitter.circle.house
    context = {
        "circle": sitter.circle,
        "sitter": sitter,
        "customs": queries.customs_of(sitter.circle),
        "form": form or CustomForm(house=house, language=sitter.language, auto_id="tell_%s"),
        "blank_reply": ReplyForm(house=house, language=sitter.language, auto_id=False),
        "reply_form": reply_form,
        "answered": answered,
    }
    return render(request, "circles/customs.html", context, status=status)


@require_safe
@in_circle
def customs(request: HouseRequest, sitter: Sitter) -> HttpResponse:
    """What has been told, and room for more."""
    return _page(request, sitter)


@require_POST
@in_circle
@once
def custom_tell(request: HouseRequest, sitter: Sitter) -> HttpResponse:
    """Somebody tells how they do something."""
    form = CustomForm(request.POST, house=sitter.circle.house, auto_id="tell_%s")
    if not form.is_valid():
        return _page(request, sitter, form=form, status=422)
    try:
        commands.tell_custom(circle=sitter.circle, on=timezone.localdate(request.now), **form.cleaned_data)
    except Refused as no:
        form.add_error(None, no.sentence)
        return _page(request, sitter, form=form, status=no.status)
    return redirect("circles:customs", pk=sitter.circle.pk)


@require_POST
@in_circle
@once
def custom_answer(request: HouseRequest, sitter: Sitter, custom: int) -> HttpResponse:
    """And somebody else tells how they do it."""
    found = get_object_or_404(Custom, pk=custom, circle=sitter.circle)
    form = ReplyForm(request.POST, house=sitter.circle.house, auto_id=f"reply{custom}_%s")
    if not form.is_valid():
        return _page(request, sitter, reply_form=form, answered=custom, status=422)
    try:
        commands.answer_custom(custom=found, on=timezone.localdate(request.now), **form.cleaned_data)
    except Refused as no:
        # What was answered may be gone from the page: the words wait in the form for something of one's own.
        again = CustomForm(request.POST, house=sitter.circle.house, auto_id="tell_%s")
        again.add_error(None, no.sentence)
        return _page(request, sitter, form=again, status=no.status)
    return redirect(f"{reverse('circles:customs', args=[sitter.circle.pk])}#custom-{custom}")


@require_POST
@leads_circle
@once
def custom_hide(request: HouseRequest, sitter: Sitter, custom: int) -> HttpResponse:
    """The leader puts away what should not be read."""
    found = get_object_or_404(Custom, pk=custom, circle=sitter.circle)
    commands.hide_custom(custom=found, on=timezone.localdate(request.now))
    return redirect("circles:customs", pk=sitter.circle.pk)


@require_POST
@leads_circle
@once
def reply_hide(request: HouseRequest, sitter: Sitter, reply: int) -> HttpResponse:
    """The leader puts away one answer."""
    found = CustomReply.objects.filter(pk=reply, custom__circle=sitter.circle).first()
    if found is not None:
        commands.hide_reply(reply=found, on=timezone.localdate(request.now))
    return redirect("circles:customs", pk=sitter.circle.pk)
