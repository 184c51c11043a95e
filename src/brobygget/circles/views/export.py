"""The list for the study association."""

from __future__ import annotations

import csv
import io

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from brobygget.circles.queries import export as queries
from brobygget.circles.queries.sitting import Sitter
from brobygget.circles.views.doors import leads_circle
from brobygget.people.request import HouseRequest


@require_safe
@leads_circle
def study_export(request: HouseRequest, sitter: Sitter) -> HttpResponse:
    """Meetings, hours and numbers of people as CSV; aliases only with `?aliases=yes`."""
    rows = queries.meeting_rows(sitter.circle)
    if request.GET.get("aliases") == "yes":
        rows += queries.person_rows(sitter.circle)
    # With the mark at the beginning and semicolons, a Swedish Excel opens it as it is meant.
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    writer.writerows([queries.neutral(cell) for cell in row] for row in rows)
    response = HttpResponse("\ufeff" + written.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="study-circle.csv"'
    return response
