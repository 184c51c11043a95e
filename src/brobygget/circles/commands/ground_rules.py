"""Ground rules: agreed by the circle, reworded by the circle, read again at each meeting."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from brobygget.circles.commands.circle_state import going_circle, tell_the_screens
from brobygget.circles.commands.state import going_on, held_meeting, note_change
from brobygget.circles.models import Circle, GroundRule, Meeting
from brobygget.house.commands.refused import Refused

MOST_RULES = 12  # more cannot be read aloud in a minute


def _same(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(".!")


def _refuse_twice(circle: Circle, text: str, apart_from: int = 0) -> None:
    others = circle.ground_rules.exclude(pk=apart_from).values_list("text", flat=True)
    if _same(text) in {_same(other) for other in others}:
        raise Refused(_("That rule is already there."))


@transaction.atomic
def agree_rule(*, circle: Circle, text: str, language: str, on: date) -> GroundRule:
    """One more rule that everybody has said yes to."""
    held = going_circle(circle)
    _refuse_twice(held, text)
    if held.ground_rules.count() >= MOST_RULES:
        raise Refused(
            _("You have %(most)d rules, and that is as many as one remembers. Reword one of them instead.")
            % {"most": MOST_RULES}
        )
    rule = GroundRule.objects.create(circle=held, text=text, language=language, agreed_on=on)
    tell_the_screens(held)
    return rule


@transaction.atomic
def reword_rule(*, rule: GroundRule, text: str, language: str, on: date) -> GroundRule:
    """The circle has found better words."""
    held = going_circle(rule.circle)
    _refuse_twice(held, text, apart_from=rule.pk)
    rule.text, rule.language, rule.agreed_on = text, language, on
    rule.save(update_fields=["text", "language", "agreed_on"])
    tell_the_screens(held)
    return rule


@transaction.atomic
def drop_rule(*, rule: GroundRule) -> None:
    """The circle no longer needs a rule; for the leader."""
    held = going_circle(rule.circle)
    GroundRule.objects.filter(pk=rule.pk).delete()
    tell_the_screens(held)


@transaction.atomic
def read_rules(*, meeting: Meeting, at: datetime) -> Meeting:
    """The rules have been read aloud at this meeting; for the leader."""
    held = going_on(held_meeting(meeting.pk))
    if not held.circle.ground_rules.exists():
        raise Refused(_("There are no rules to read yet. Agree on the first one together."))
    if held.rules_read_at is None:
        held.rules_read_at = at
        held.save(update_fields=["rules_read_at"])
        note_change(held)
    return held
