"""The room: every idea of the circle, for those who sit in it and for the one who leads it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from brobygget.ideas import commands
from brobygget.ideas.commands import Refused
from brobygget.ideas.forms.ideas import IdeaForm, SpokenIdeaForm, TranslationForm
from brobygget.ideas.models import Idea, IdeaTranslation
from brobygget.ideas.queries import rooms, wall
from brobygget.ideas.queries.proposals import shown_ideas, with_translations
from brobygget.ideas.queries.readers import Reader, meeting_going_on
from brobygget.ideas.views.readers import for_checkers, for_leaders, for_members, for_readers, refused
from brobygget.people.request import HouseRequest
from brobygget.web import languages
from brobygget.web.live import live_response
from brobygget.web.once import once


def _room_address(reader: Reader) -> str:
    return reverse("ideas:room", args=[reader.circle.pk])


@for_readers
def room(request: HouseRequest, reader: Reader) -> HttpResponse:
    """The wall of ideas and what can be done now."""
    state = rooms.room_of(reader, languages.current().code)
    tag = f"{rooms.tag_of(reader)}.{languages.current().code}"
    return render(request, "ideas/room.html", {"reader": reader, "room": state, "live_tag": tag})


@for_readers
def room_fragment(request: HouseRequest, reader: Reader) -> HttpResponse:
    """What has changed since the phone looked last."""

    def context() -> dict[str, Any]:
        return {"reader": reader, "room": rooms.room_of(reader, languages.current().code)}

    return live_response(request, "ideas/_room.html", context, rooms.tag_of(reader))


def _giving(
    request: HouseRequest, reader: Reader, form: IdeaForm | SpokenIdeaForm, status: int
) -> HttpResponse:
    context = {
        "reader": reader,
        "form": form,
        "meeting": meeting_going_on(reader.circle),
        "drawing_seen": form["drawing"].value() if "drawing" in form.fields else "",
    }
    return render(request, "ideas/give.html", context, status=status)


@for_members
def give(request: HouseRequest, reader: Reader) -> HttpResponse:
    """One's own idea, written or drawn."""
    if request.method == "POST":
        return _give(request, reader)
    return _giving(request, reader, IdeaForm(language=reader.language), 200)


@once
def _give(request: HouseRequest, reader: Reader) -> HttpResponse:
    form = IdeaForm(request.POST, language=reader.language)
    meeting = meeting_going_on(reader.circle)
    if not form.is_valid():
        return _giving(request, reader, form, 422)
    membership = reader.membership
    assert membership is not None
    try:
        if meeting is None:
            raise Refused(
                _("No meeting is open now. Nothing was sent; your words are still here."), status=409
            )
        commands.give_idea(
            circle=reader.circle,
            meeting=meeting,
            text=form.cleaned_data["text"],
            language=form.cleaned_data["language"],
            drawing=form.cleaned_data["drawing"],
            channel=form.channel,
            by_organiser=membership.is_organiser,
            on=timezone.localdate(request.now),
        )
    except Refused as no:
        form.add_error(None, no.sentence)
        return _giving(request, reader, form, no.status)
    _thank(request, is_waiting=membership.is_organiser)
    return redirect(_room_address(reader))


def _thank(request: HouseRequest, *, is_waiting: bool) -> None:
    messages.success(
        request,
        _("Saved. It waits until the participants have given theirs.")
        if is_waiting
        else _("Thank you. The idea is on the wall."),
    )


@for_leaders
def write_down(request: HouseRequest, reader: Reader) -> HttpResponse:
    """An idea that somebody says aloud."""
    if request.method == "POST":
        return _write_down(request, reader)
    return _giving(request, reader, SpokenIdeaForm(language=reader.circle.language), 200)


@once
def _write_down(request: HouseRequest, reader: Reader) -> HttpResponse:
    form = SpokenIdeaForm(request.POST, language=reader.circle.language)
    meeting = meeting_going_on(reader.circle)
    if not form.is_valid():
        return _giving(request, reader, form, 422)
    try:
        if meeting is None:
            raise Refused(
                _("No meeting is open now. Nothing was sent; your words are still here."), status=409
            )
        commands.give_idea(
            circle=reader.circle,
            meeting=meeting,
            text=form.cleaned_data["text"],
            language=form.cleaned_data["language"],
            channel=Idea.Channel.SPOKEN,
            by_organiser=form.by_organiser,
            on=timezone.localdate(request.now),
        )
    except Refused as no:
        form.add_error(None, no.sentence)
        return _giving(request, reader, form, no.status)
    _thank(request, is_waiting=form.by_organiser)
    return redirect(_room_address(reader))


@require_POST
@for_leaders
@once
def open_organisers(request: HouseRequest, reader: Reader) -> HttpResponse:
    """The participants have given theirs: now the others."""
    try:
        number = commands.open_organisers_ideas(circle=reader.circle)
    except Refused as no:
        return refused(request, no, way_on_url=_room_address(reader))
    messages.success(
        request,
        ngettext("%(count)d idea is opened.", "%(count)d ideas are opened.", number) % {"count": number},
    )
    return redirect(_room_address(reader))


@require_POST
@for_leaders
@once
def hide(request: HouseRequest, reader: Reader, number: int) -> HttpResponse:
    """Gone from every screen and paper at once."""
    idea = get_object_or_404(reader.circle.ideas, number=number)
    commands.hide_idea(idea=idea, on=timezone.localdate(request.now))
    messages.success(request, _("Idea %(number)d is hidden everywhere.") % {"number": number})
    return redirect(_room_address(reader))


@require_POST
@for_leaders
@once
def show_again(request: HouseRequest, reader: Reader, number: int) -> HttpResponse:
    """It was a mistake."""
    idea = get_object_or_404(reader.circle.ideas, number=number)
    commands.show_idea_again(idea=idea)
    return redirect(_room_address(reader))


def _seen_idea(reader: Reader, number: int) -> Idea:
    return get_object_or_404(with_translations(shown_ideas().filter(circle=reader.circle)), number=number)


def _translating(
    request: HouseRequest, reader: Reader, idea: Idea, form: TranslationForm, status: int = 200
) -> HttpResponse:
    context = {
        "reader": reader,
        "idea": idea,
        "card": wall.card(idea),
        "translations": [(x, wall.language_name(x.language)) for x in idea.translations.all()],
        "form": form,
    }
    return render(request, "ideas/translation.html", context, status=status)


@for_readers
def translation(request: HouseRequest, reader: Reader, number: int) -> HttpResponse:
    """Put an idea into another language."""
    if request.method == "POST":
        return _translate(request, reader, number)
    idea = _seen_idea(reader, number)
    wished = languages.current().code if languages.current().tag != idea.language else reader.circle.language
    form = TranslationForm(language=wished, may_check=reader.may_check, original=idea.language)
    return _translating(request, reader, idea, form)


@once
def _translate(request: HouseRequest, reader: Reader, number: int) -> HttpResponse:
    idea = _seen_idea(reader, number)
    form = TranslationForm(
        request.POST, language=reader.language, may_check=reader.may_check, original=idea.language
    )
    if not form.is_valid():
        return _translating(request, reader, idea, form, 422)
    status = IdeaTranslation.Status
    try:
        commands.translate_idea(
            idea=idea,
            language=form.cleaned_data["language"],
            text=form.cleaned_data["text"],
            status=status.CHECKED if form.cleaned_data.get("is_checked") else status.DRAFT,
        )
    except Refused as no:
        form.add_error(None, no.sentence)
        return _translating(request, reader, idea, form, no.status)
    messages.success(request, _("The translation is saved beside the original."))
    return redirect(_room_address(reader))


@require_POST
@for_checkers
@once
def check(request: HouseRequest, reader: Reader, number: int) -> HttpResponse:
    """Somebody who knows both languages has read it."""
    translations = _seen_idea(reader, number).translations.filter(language=request.POST.get("language", ""))
    commands.check_translation(translation=get_object_or_404(translations))
    return redirect("ideas:translation", reader.circle.pk, number)
