"""The doors of what a circle does between its evenings, and of the answer to "what time?"."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from brobygget.circles.commands.customs import answer_custom, tell_custom
from brobygget.circles.commands.ground_rules import agree_rule
from brobygget.circles.commands.homework import answer_homework, set_homework
from brobygget.circles.commands.next_meeting import decide_next_meeting, propose_time
from brobygget.circles.models import Custom, CustomReply, DateOption, GroundRule
from brobygget.circles.queries.circles import wall_token
from brobygget.circles.queries.next_meeting import time_token
from tests.agreements.doors import EVERYBODY, LEADERS, MEMBERS, Door
from tests.conftest import NOW, TODAY

THE_CIRCLE = MEMBERS | LEADERS
WORDS = {"text": "Vi tar av oss skorna", "language": "sv"}


def _circle(cast: Any) -> list[Any]:
    return [cast.circle.pk]


def _meeting(cast: Any) -> list[Any]:
    return [cast.meeting.pk]


def _custom(cast: Any) -> None:
    told = tell_custom(circle=cast.circle, on=TODAY, **WORDS)
    answer_custom(custom=told, on=TODAY, **WORDS)


def _rule(cast: Any) -> None:
    agree_rule(circle=cast.circle, on=TODAY, **WORDS)


def _homework(cast: Any) -> None:
    homework = set_homework(meeting=cast.meeting, question="Vad gav en förening dig?", language="sv")
    answer_homework(homework=homework, membership=None, text="Vänner", language="sv", channel="aloud")


def _option(cast: Any) -> None:
    propose_time(meeting=cast.meeting, starts_at=NOW + timedelta(days=7), place="Rum 2", at=NOW)


def _following(cast: Any) -> None:
    decide_next_meeting(meeting=cast.meeting, starts_at=NOW + timedelta(days=7), place="Rum 2", at=NOW)


def _last(model: Any) -> Any:
    return lambda cast: [cast.circle.pk, model.objects.latest("pk").pk]


def _token(cast: Any) -> list[Any]:
    return [time_token(cast.circle)]


def _for_leaders(name: str, method: str = "GET", **more: Any) -> Door:
    return Door(f"circles:{name}", LEADERS, method, is_for_hosts=True, **more)


DOORS = [
    Door("circles:customs", THE_CIRCLE, args=_circle, prepare=_custom),
    Door("circles:custom_tell", THE_CIRCLE, "POST", args=_circle, fields=lambda cast: WORDS),
    Door(
        "circles:custom_answer",
        THE_CIRCLE,
        "POST",
        args=_last(Custom),
        fields=lambda cast: WORDS,
        prepare=_custom,
    ),
    _for_leaders("custom_hide", "POST", args=_last(Custom), prepare=_custom),
    _for_leaders("reply_hide", "POST", args=_last(CustomReply), prepare=_custom),
    Door("circles:ground_rules", THE_CIRCLE, args=_circle, prepare=_rule),
    Door("circles:rule_agree", THE_CIRCLE, "POST", args=_circle, fields=lambda cast: WORDS),
    Door(
        "circles:rule_reword",
        THE_CIRCLE,
        "POST",
        args=_last(GroundRule),
        fields=lambda cast: WORDS,
        prepare=_rule,
    ),
    _for_leaders("rule_drop", "POST", args=_last(GroundRule), prepare=_rule),
    _for_leaders("rules_read", "POST", args=_meeting, prepare=_rule),
    Door("circles:pulse", THE_CIRCLE, args=_meeting),
    Door(
        "circles:pulse_tap",
        THE_CIRCLE,
        "POST",
        args=_meeting,
        fields=lambda cast: {"moment": 0, "secret_step": 4},
    ),
    _for_leaders("pulse_show", "POST", args=_meeting),
    Door("circles:homework", THE_CIRCLE, args=_meeting, prepare=_homework),
    _for_leaders("homework_set", "POST", args=_meeting, fields=lambda cast: WORDS),
    Door("circles:homework_answer", THE_CIRCLE, "POST", args=_meeting, fields=lambda cast: WORDS),
    _for_leaders("homework_write", "POST", args=_meeting, fields=lambda cast: WORDS, prepare=_homework),
    Door("circles:homework_answers", THE_CIRCLE, args=_meeting, prepare=_homework),
    _for_leaders("homework_take_away", "POST", args=_meeting, prepare=_homework),
    _for_leaders("attendance", args=_meeting),
    _for_leaders(
        "attendance_note",
        "POST",
        args=_meeting,
        fields=lambda cast: {"seat": cast.amina.pk, "here": "yes"},
    ),
    _for_leaders("attendance_everybody", "POST", args=_meeting),
    Door("circles:next_meeting", THE_CIRCLE, args=_meeting, prepare=_option),
    _for_leaders("next_propose", "POST", args=_meeting),
    _for_leaders(
        "next_withdraw",
        "POST",
        args=lambda cast: [cast.meeting.pk, DateOption.objects.latest("pk").pk],
        prepare=_option,
    ),
    Door("circles:next_choose", THE_CIRCLE, "POST", args=_meeting, prepare=_option),
    _for_leaders("next_decide", "POST", args=_meeting),
    _for_leaders("meeting_close", "POST", args=_meeting, prepare=_following),
    _for_leaders("time_link_renew", "POST", args=_circle),
    Door("circles:wall_sheet", THE_CIRCLE, args=_circle, prepare=_following),
    _for_leaders("study_export", args=_circle),
    Door(
        "circles:wall_between",
        EVERYBODY,
        args=lambda cast: [cast.circle.pk, wall_token(cast.circle)],
    ),
    Door("circles:what_time", EVERYBODY, args=_token),
    Door("circles:calendar", EVERYBODY, args=_token),
]
