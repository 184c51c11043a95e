"""What an association's answer said before, and that it was written to, is forgotten after 400 days."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import connection

from brobygget.openhouse.commands import inviting
from brobygget.openhouse.models import Answer, AnswerChange, Invitation, Sending
from brobygget.operations.commands import tidy
from tests.conftest import NOW


def test_earlier_answers_and_sendings_go_after_400_days_and_the_answer_stays(
    bengts: Invitation, says: Any
) -> None:
    says(bengts, hands="a")
    says(bengts, hands="b")
    inviting.send_invitations(bengts.openhouse, by=None, at=NOW)
    kept = []
    for days in (400, 401):
        tidy(at=NOW + timedelta(days=days))
        kept.append((AnswerChange.objects.count(), Sending.objects.count()))
    assert kept == [(1, 1), (0, 0)]
    assert Answer.objects.get().hands == "b"


def test_what_was_written_before_lies_sealed(bengts: Invitation, says: Any) -> None:
    says(bengts, hands="KANARIE")
    says(bengts, hands="b")
    with connection.cursor() as cursor:
        cursor.execute("SELECT before, after FROM openhouse_answerchange")
        (row,) = cursor.fetchall()
    assert "KANARIE" not in "".join(row)
    assert AnswerChange.objects.get().before == '"KANARIE"'
