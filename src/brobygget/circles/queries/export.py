"""The list for the study association: numbers by meeting; aliases only when the leader asks for them."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from brobygget.circles import study_rule
from brobygget.circles.models import Circle, Membership
from brobygget.circles.queries import attendance
from brobygget.people.identity_numbers import without_identity_numbers

Row = Sequence[str | int]
BEGINS_A_FORMULA = "=+-@\t\r\n＝＋－＠"


def neutral(cell: str | int) -> str | int:
    """A text that a spreadsheet shows and never runs."""
    if isinstance(cell, str) and cell.lstrip(" \u00a0")[:1] in tuple(BEGINS_A_FORMULA):
        return "'" + cell
    return cell


def meeting_rows(circle: Circle) -> list[Row]:
    """One row a meeting with date, length, study hours and how many were there, and the sums."""
    evenings = {evening.number: evening for evening in attendance.evenings_of(circle)}
    rows: list[Row] = [
        (_("Circle"), circle.name),
        (_("Study association"), circle.study_association),
        (),
        (_("Meeting"), _("Date"), _("Minutes"), _("Study hours"), _("People"), _("Person-hours")),
    ]
    for meeting in circle.meetings.order_by("number"):
        evening = evenings.get(meeting.number)
        if evening is not None:
            rows.append(
                (
                    evening.number,
                    timezone.localtime(meeting.starts_at).date().isoformat(),
                    evening.minutes,
                    evening.study_hours,
                    len(evening.present),
                    evening.person_hours,
                )
            )
    held = list(evenings.values())
    totals = attendance.study_totals(held)
    rows.append(
        (
            _("Total"),
            "",
            sum(evening.minutes for evening in held),
            totals.progress.hours,
            totals.visits,
            totals.person_hours,
        )
    )
    return rows


def person_rows(circle: Circle) -> list[Row]:
    """One row a person under their alias, with the hours that count."""
    evenings = attendance.evenings_of(circle)
    rows: list[Row] = [
        (),
        (
            _("Called"),
            *(evening.number for evening in evenings),
            _("Meetings"),
            _("Study hours"),
            _("Counts"),
        ),
    ]
    members = Membership.objects.filter(circle=circle).select_related("participant").order_by("seat")
    for membership in members:
        progress = study_rule.progress_of_person(membership.pk, evenings)
        rows.append(
            (
                without_identity_numbers(membership.participant.alias),
                *(int(membership.pk in evening.present) for evening in evenings),
                progress.meetings,
                progress.hours,
                _("Yes") if progress.has_passed else _("Not yet"),
            )
        )
    return rows
