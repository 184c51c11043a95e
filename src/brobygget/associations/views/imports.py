"""A municipality's file, step by step: columns, what is odd, the same or not, imported, undone."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from brobygget.associations import jobs, rules
from brobygget.associations.commands import applying, deciding, late, staging, undoing
from brobygget.associations.forms.register import ColumnsForm, PairsForm, UploadForm
from brobygget.associations.models import Association, ImportEffect, ImportRow, ImportRun
from brobygget.associations.queries import register as queries
from brobygget.associations.queries.problems import in_words, of_file
from brobygget.associations.register import USUAL_LIMITS
from brobygget.house.commands.refused import Refused
from brobygget.people.request import AccountRequest, role_required
from brobygget.web.once import once

State = ImportRun.State
SEEMS_DEAD_AFTER = timedelta(minutes=10)
ROWS_A_PAGE = 40


@role_required(*rules.KEEPS)
def imports(request: AccountRequest) -> HttpResponse:
    """Files that came, and a place for the next one."""
    return _imports_page(request, UploadForm())


def _imports_page(request: AccountRequest, form: UploadForm, status: int = 200) -> HttpResponse:
    context = {"runs": queries.runs_of(request.house), "form": form}
    return render(request, "associations/imports.html", context, status=status)


@require_POST
@role_required(*rules.KEEPS)
@once
def upload(request: AccountRequest) -> HttpResponse:
    """Take care of a file and guess its columns."""
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _imports_page(request, form, status=422)
    file = form.cleaned_data["file"]
    try:
        run = staging.take_file(
            house=request.house,
            data=file.read(USUAL_LIMITS.file_bytes + 1),
            name=file.name or "",
            by=request.user,
            at=request.now,
        )
    except Refused as no:
        form.add_error("file", no.sentence)
        return _imports_page(request, form, status=422)
    return redirect("associations:import_run", pk=run.pk)


def _run(request: AccountRequest, pk: int) -> ImportRun:
    return get_object_or_404(ImportRun.objects.filter(house=request.house), pk=pk)


@role_required(*rules.KEEPS)
def import_run(request: AccountRequest, pk: int) -> HttpResponse:
    """Where one file stands now: one page for each state."""
    run = _run(request, pk)
    if run.state == State.UPLOADED or (run.state == State.READ and "columns" in request.GET):
        return _columns_page(request, run)
    if run.state in (State.READING, State.APPLYING, State.UNDOING):
        seems_dead = run.started_at is None or request.now - run.started_at > SEEMS_DEAD_AFTER
        context = {"run": run, "seems_dead": seems_dead}
        return render(request, "associations/import_progress.html", context)
    if run.state == State.READ:
        return _rows_page(request, run)
    return _report_page(request, run)


def _columns_page(request: AccountRequest, run: ImportRun, form: ColumnsForm | None = None) -> HttpResponse:
    columns = [
        {**column, "field": run.mapping.get(column["header"], column["field"])}
        for column in run.facts["columns"]
    ]
    form = form or ColumnsForm(columns=columns)
    samples: dict[str, list[str]] = json.loads(run.file.samples or "{}")
    rows = [
        {"bound": form[f"column_{number}"], "samples": samples.get(column["header"], []), **column}
        for number, column in enumerate(columns)
    ]
    problems = of_file(run.facts["file_problems"])
    context = {"run": run, "form": form, "rows": rows, "file_problems": problems}
    return render(request, "associations/import_columns.html", context, status=422 if form.errors else 200)


@require_POST
@role_required(*rules.KEEPS)
@once
def columns(request: AccountRequest, pk: int) -> HttpResponse:
    """A person has looked at the columns; read the rows."""
    run = _run(request, pk)
    form = ColumnsForm(request.POST, columns=run.facts["columns"])
    if not form.is_valid():
        return _columns_page(request, run, form)
    try:
        run = staging.confirm_columns(run, mapping=form.mapping(), on=timezone.localdate(request.now))
        jobs.read_later(run, at=request.now)
    except Refused as no:
        messages.error(request, no.sentence)
    return redirect("associations:import_run", pk=pk)


def _rows_page(request: AccountRequest, run: ImportRun) -> HttpResponse:
    which = request.GET.get("which", "review")
    rows = run.rows.order_by("line", "pk")
    if which == "review":
        rows = rows.filter(needs_review=True)
    elif which == "left-out":
        rows = rows.filter(outcome__in=(ImportRow.Outcome.SKIPPED, ImportRow.Outcome.REFUSED))
    elif which == "changed":
        rows = rows.filter(outcome=ImportRow.Outcome.CHANGED)
    page = Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "run": run,
        "page": page,
        "which": which,
        "rows": [_row(row) for row in page.object_list],
        "unsure": _unsure(run),
        "certain": [(_shown(pair.lesser), _shown(pair.kept)) for pair in queries.certain_pairs_of(run)],
        "certain_duplicates": run.rows.filter(outcome=ImportRow.Outcome.DUPLICATE, is_certain=True).count(),
        "undecided": queries.waiting_in(run),
        "file_problems": of_file(run.facts["file_problems"]),
        "choices": [
            ("review", _("To look at")),
            ("all", _("All rows")),
            ("changed", _("Changed")),
            ("left-out", _("Left out")),
        ],
    }
    return render(request, "associations/import_rows.html", context)


def _unsure(run: ImportRun) -> list[dict[str, Any]]:
    """Pairs for a person's eyes, each with its question."""
    pairs = queries.unsure_pairs_of(run)
    form = PairsForm(rows=[pair.lesser for pair in pairs])
    return [
        {
            "bound": form[f"pair_{pair.lesser.pk}"],
            "lesser": _row(pair.lesser),
            "kept": _shown(pair.kept),
            "is_here": not isinstance(pair.kept, ImportRow),
        }
        for pair in pairs
    ]


def _shown(one: ImportRow | Association) -> dict[str, Any]:
    return _row(one) if isinstance(one, ImportRow) else _standing(one)


def _standing(one: Association) -> dict[str, Any]:
    """An association of the register, in the same parts as a row."""
    return {
        "name": one.name,
        "town": one.town,
        "org_nr": one.org_nr,
        "email": one.email,
        "phone": one.phone,
        "category": one.category_source,
    }


def _row(row: ImportRow) -> dict[str, Any]:
    """A row with what is sealed in it opened, for the staff's eyes."""
    plain = json.loads(row.understood) if row.understood else {}
    columns_ = plain.get("said", {}).get("columns", {})
    contacts = plain.get("said", {}).get("contacts", [])
    return {
        "row": row,
        "name": columns_.get("name", ""),
        "suggestion": plain.get("name_suggestion", ""),
        "town": columns_.get("town", ""),
        "org_nr": columns_.get("org_nr", ""),
        "email": columns_.get("email") or next((one["email"] for one in contacts if one["email"]), ""),
        "phone": columns_.get("phone") or next((one["phone"] for one in contacts if one["phone"]), ""),
        "category": columns_.get("category_source", ""),
        "problems": [
            {**one, "words": in_words(one["code"], one["did"])} for one in json.loads(row.problems or "[]")
        ],
        "source": json.loads(row.source) if row.source else {},
    }


@require_POST
@role_required(*rules.KEEPS)
@once
def pairs(request: AccountRequest, pk: int) -> HttpResponse:
    """The same, or not the same?"""
    run = _run(request, pk)
    form = PairsForm(request.POST, rows=[pair.lesser for pair in queries.unsure_pairs_of(run)])
    form.is_valid()
    try:
        deciding.decide_pairs(run, decisions=form.decisions(), on=timezone.localdate(request.now))
        late.take_up_decided(run, at=request.now)
        messages.success(request, _("Your word is remembered, also for the next file."))
    except Refused as no:
        messages.error(request, no.sentence)
    return redirect("associations:import_run", pk=pk)


@require_POST
@role_required(*rules.KEEPS)
@once
def application(request: AccountRequest, pk: int) -> HttpResponse:
    """Make the file part of the register."""
    run = _run(request, pk)
    try:
        applying.begin_applying(run)
        jobs.apply_later(run, at=request.now)
    except Refused as no:
        messages.error(request, no.sentence)
    return redirect("associations:import_run", pk=pk)


def _report_page(request: AccountRequest, run: ImportRun) -> HttpResponse:
    kept = run.effects.filter(undone=ImportEffect.Undoing.KEPT).select_related("association")
    stayed = run.effects.exclude(kept_fields=[]).select_related("association")
    context = {
        "run": run,
        "kept": list(kept[:100]),
        "stayed": list(stayed[:100]),
        "unsure": _unsure(run) if run.state == State.APPLIED else [],
        "not_in_search_yet": queries.not_in_search_yet(run) if run.state == State.APPLIED else 0,
        "not_told_of": queries.not_told_of(run) if run.state == State.APPLIED else 0,
        "sums": queries.sums_of(request.house, on=timezone.localdate(request.now)),
    }
    return render(request, "associations/import_report.html", context)


@require_POST
@role_required(*rules.KEEPS)
@once
def undoing_view(request: AccountRequest, pk: int) -> HttpResponse:
    """Take the whole import back."""
    run = _run(request, pk)
    try:
        undoing.begin_undoing(run)
        jobs.undo_later(run, at=request.now)
    except Refused as no:
        messages.error(request, no.sentence)
    return redirect("associations:import_run", pk=pk)


@require_POST
@role_required(*rules.KEEPS)
@once
def leaving(request: AccountRequest, pk: int) -> HttpResponse:
    """The file is not wanted."""
    try:
        staging.leave_aside(_run(request, pk))
        messages.success(request, _("The file and everything read from it is deleted."))
    except Refused as no:
        messages.error(request, no.sentence)
    return redirect("associations:imports")
