"""Homework: the question, an answer from each, and the answers read one at a time."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from brobygget.circles.commands import Refused
from brobygget.circles.commands import homework as commands
from brobygget.circles.forms.homework import AnswerForm, QuestionForm, WrittenAnswerForm
from brobygget.circles.models import Homework, HomeworkAnswer, Meeting
from brobygget.circles.queries import homework as queries
from brobygget.circles.queries.sitting import Sitter
from brobygget.circles.views.doors import in_meeting, leads_meeting
from brobygget.circles.views.refusals import no_page
from brobygget.people.request import HouseRequest
from brobygget.web.messages import message_page
from brobygget.web.numbers import number_in
from brobygget.web.once import once


def _page(
    request: HouseRequest,
    sitter: Sitter,
    meeting: Meeting,
    *,
    question: QuestionForm | None = None,
    answer: AnswerForm | None = None,
    written: WrittenAnswerForm | None = None,
    status: int = 200,
) -> HttpResponse:
    house = sitter.circle.house
    homework = queries.homework_of(meeting)
    earlier = queries.homework_for(meeting)
    context: dict[str, Any] = {
        "circle": sitter.circle,
        "meeting": meeting,
        "sitter": sitter,
        "homework": homework,
        "earlier": earlier,
        "may_read_earlier": earlier is not None and (sitter.leads or queries.may_be_read(earlier)),
    }
    if homework is not None:
        context |= {
            "has_answered": sitter.membership is not None
            and queries.has_answered(homework, sitter.membership),
            "is_gathered": queries.is_gathered(homework),
            "may_read": sitter.leads or queries.may_be_read(homework),
            "answer": answer or AnswerForm(house=house, language=sitter.language, auto_id="answer_%s"),
        }
    if sitter.leads:
        context["question"] = question or QuestionForm(
            house=house,
            language=homework.language if homework else sitter.circle.language,
            initial={"text": homework.question if homework else ""},
            auto_id="question_%s",
        )
        if homework is not None:
            context["progress"] = queries.progress_of(homework)
            context["written"] = written or WrittenAnswerForm(
                house=house,
                language=sitter.circle.language,
                still=list(queries.still_to_answer(homework)),
                auto_id="written_%s",
            )
    return render(request, "circles/homework.html", context, status=status)


def _no_homework(request: HouseRequest, meeting: Meeting) -> HttpResponse:
    return message_page(
        request,
        heading=_("There is no question yet."),
        text=_("The leader gives it at the end of the meeting."),
        status=409,
        way_on_url=reverse("circles:homework", args=[meeting.pk]),
        way_on_text=_("Go back"),
    )


@require_safe
@in_meeting
def homework(request: HouseRequest, sitter: Sitter, meeting: Meeting) -> HttpResponse:
    """The question that was given at this meeting, and room for the reader's answer."""
    return _page(request, sitter, meeting)


@require_POST
@leads_meeting
@once
def homework_set(request: HouseRequest, sitter: Sitter, meeting: Meeting) -> HttpResponse:
    """The leader gives everybody one question."""
    form = QuestionForm(request.POST, house=sitter.circle.house, auto_id="question_%s")
    if not form.is_valid():
        return _page(request, sitter, meeting, question=form, status=422)
    try:
        commands.set_homework(
            meeting=meeting, question=form.cleaned_data["text"], language=form.cleaned_data["language"]
        )
    except Refused as no:
        form.add_error(None, no.sentence)
        return _page(request, sitter, meeting, question=form, status=no.status)
    return redirect("circles:homework", pk=meeting.pk)


@require_POST
@in_meeting
@once
def homework_answer(request: HouseRequest, sitter: Sitter, meeting: Meeting) -> HttpResponse:
    """Somebody answers on their own phone."""
    found = queries.homework_of(meeting)
    if found is None or sitter.membership is None:
        return _no_homework(request, meeting)
    form = AnswerForm(request.POST, house=sitter.circle.house, auto_id="answer_%s")
    if not form.is_valid():
        return _page(request, sitter, meeting, answer=form, status=422)
    try:
        commands.answer_homework(
            homework=found,
            membership=sitter.membership,
            channel=HomeworkAnswer.Channel.LINK,
            **form.cleaned_data,
        )
    except Refused as no:
        form.add_error(None, no.sentence)
        return _page(request, sitter, meeting, answer=form, status=no.status)
    return redirect("circles:homework", pk=meeting.pk)


@require_POST
@leads_meeting
@once
def homework_write(request: HouseRequest, sitter: Sitter, meeting: Meeting) -> HttpResponse:
    """The leader types in what came on paper or was said aloud."""
    found = queries.homework_of(meeting)
    if found is None:
        return _no_homework(request, meeting)
    still = list(queries.still_to_answer(found))
    form = WrittenAnswerForm(request.POST, house=sitter.circle.house, still=still, auto_id="written_%s")
    if not form.is_valid():
        return _page(request, sitter, meeting, written=form, status=422)
    try:
        commands.answer_homework(
            homework=found,
            membership=form.membership,
            text=form.cleaned_data["text"],
            language=form.cleaned_data["language"],
            channel=form.cleaned_data["channel"],
        )
    except Refused as no:
        form.add_error(None, no.sentence)
        return _page(request, sitter, meeting, written=form, status=no.status)
    return redirect("circles:homework", pk=meeting.pk)


@require_safe
@in_meeting
def homework_answers(request: HouseRequest, sitter: Sitter, meeting: Meeting) -> HttpResponse:
    """The answers, one at a time, without names: they open the next meeting."""
    found = queries.homework_of(meeting)
    if found is None or not (sitter.leads or queries.may_be_read(found)):
        return message_page(
            request,
            heading=_("The answers are read when you meet."),
            text=_("They open the next meeting, one at a time and without names."),
            way_on_url=reverse("circles:homework", args=[meeting.pk]),
            way_on_text=_("Go back"),
        )
    context = {
        "circle": sitter.circle,
        "meeting": meeting,
        "sitter": sitter,
        "homework": found,
        "shown": queries.answer_at(found, number_in(request.GET.get("answer", ""), digits=4) or 1),
    }
    return render(request, "circles/homework_answers.html", context)


@require_POST
@leads_meeting
@once
def homework_take_away(request: HouseRequest, sitter: Sitter, meeting: Meeting) -> HttpResponse:
    """The leader removes an answer that should not be read aloud."""
    found: Homework | None = queries.homework_of(meeting)
    if found is None:
        return _no_homework(request, meeting)
    try:
        commands.take_away_answer(homework=found, text=request.POST.get("text", "").replace("\r\n", "\n"))
    except Refused as no:
        return no_page(request, no, back=reverse("circles:homework_answers", args=[meeting.pk]))
    return redirect("circles:homework_answers", pk=meeting.pk)
