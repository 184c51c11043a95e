"""Ideas are given, opened and hidden. No row tells by whom."""

from __future__ import annotations

import secrets
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from brobygget.circles.commands.state import going_on, held_meeting
from brobygget.circles.models import Circle, Meeting
from brobygget.house.commands.refused import Refused
from brobygget.ideas import rules
from brobygget.ideas.commands.holding import held_circle, note_change_in
from brobygget.ideas.drawing import NotADrawing, cleaned
from brobygget.ideas.models import Idea


@transaction.atomic
def give_idea(
    *,
    circle: Circle,
    meeting: Meeting,
    text: str,
    language: str,
    on: date,
    channel: Idea.Channel = Idea.Channel.TYPED,
    by_organiser: bool = False,
    drawing: str = "",
) -> Idea:
    """Keep an idea in somebody's own words or lines; an organiser's waits without a number."""
    held_circle(circle.pk)
    if going_on(held_meeting(meeting.pk)).circle_id != circle.pk:
        raise Refused(_("That meeting belongs to another circle."))
    if len(text) > rules.IDEA_LENGTH:
        raise Refused(_("An idea has room for %(longest)d characters.") % {"longest": rules.IDEA_LENGTH})
    lines = _lines(drawing)
    if not (text or lines):
        raise Refused(_("Write something or draw something first."))
    idea = Idea.objects.create(
        circle=circle,
        meeting=meeting,
        number=None if by_organiser else _next_number(circle),
        text=text,
        language=language,
        drawing=lines,
        channel=channel,
        is_from_organiser=by_organiser,
        given_on=on,
    )
    note_change_in(circle)
    return idea


def _lines(drawing: str) -> str:
    try:
        return cleaned(drawing) if drawing else ""
    except NotADrawing:
        raise Refused(_("The drawing did not come through. Draw it once more.")) from None


def _next_number(circle: Circle) -> int:
    last = circle.ideas.aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


@transaction.atomic
def open_organisers_ideas(*, circle: Circle) -> int:
    """Put the organisers' ideas up on the wall, in an order of chance; how many went up."""
    held_circle(circle.pk)
    waiting = list(rules.ideas_that_may_open(circle))
    if not waiting and circle.ideas.filter(number=None, hidden_on=None).exists():
        raise Refused(
            _("The participants come first. Open the organisers' ideas when at least one of theirs is here.")
        )
    secrets.SystemRandom().shuffle(waiting)
    for number, idea in enumerate(waiting, start=_next_number(circle)):
        idea.number = number
        idea.save(update_fields=["number"])
    note_change_in(circle)
    return len(waiting)


def hide_idea(*, idea: Idea, on: date) -> None:
    """Take an idea away from every screen and paper at once."""
    with transaction.atomic():
        Idea.objects.filter(pk=idea.pk, hidden_on=None).update(hidden_on=on)
        note_change_in(idea.circle)


def show_idea_again(*, idea: Idea) -> None:
    """It was hidden by mistake."""
    with transaction.atomic():
        Idea.objects.filter(pk=idea.pk).update(hidden_on=None)
        note_change_in(idea.circle)
