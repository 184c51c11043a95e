"""What is said about the plan and about an invitation, in whole sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from brobygget.openhouse.forms.answers import kind_label
from brobygget.openhouse.models import OpenHouse, Place, Task
from brobygget.openhouse.plans.fair_order import BEGINNERS, KIND, TRY
from brobygget.openhouse.queries.states import State
from brobygget.web import moments

HINTS: Mapping[str, Any] = {
    Task.Kind.IDEA: gettext_lazy("The circle says what the day is for, and what every table must have."),
    Task.Kind.INVITE: gettext_lazy(
        "The register is imported, and every association gets a link or a letter."
    ),
    Task.Kind.NUDGE: gettext_lazy("A short mail, and the telephone list for those without e-mail."),
    Task.Kind.CLOSING: gettext_lazy("The rule for places is frozen before this day."),
    Task.Kind.PLACES: gettext_lazy("The program applies the rule; print it with its reasons."),
    Task.Kind.PROGRAMME: gettext_lazy("What one can try and when, and who interprets."),
    Task.Kind.MAP: gettext_lazy("Who stands where, sockets and watts, fire exits, weather, children."),
    Task.Kind.REMINDER: gettext_lazy("Arrival time, table number, socket, whom to ask."),
    Task.Kind.THANKS: gettext_lazy("Two days later, while everybody remembers."),
    Task.Kind.CONTACTED: gettext_lazy("Within a week. A named person knows who still waits."),
    Task.Kind.SURVEY: gettext_lazy(
        "Three questions: was it good, would you come again, did it lead to anything?"
    ),
    Task.Kind.TRIED: gettext_lazy("After thirty days."),
    Task.Kind.STILL: gettext_lazy("After ninety days."),
    Task.Kind.WORKSHOP: gettext_lazy("What we said that we would measure, what we did, who was missing."),
}


def title_of(task: Task) -> str:
    """What has to be done."""
    return task.title if task.kind == Task.Kind.OWN else str(task.get_kind_display())


def hint_of(task: Task) -> str:
    """One line more about a date of the plan."""
    return str(HINTS.get(task.kind, ""))


@dataclass(frozen=True)
class StateShown:
    """How it stands: one word for a list, a sentence for the association, and how it is marked."""

    code: str
    short: str
    heading: str
    text: str
    tone: str  # done, wait, stop or nothing
    icon: str


def state_shown(state: State, openhouse: OpenHouse) -> StateShown:
    """The words for a state."""
    day, closes = moments.day(openhouse.day), moments.day(openhouse.closes_on)
    by = moments.day_and_clock(state.by) if state.by else ""
    words = {
        "silent": (
            pgettext("invitation", "Silent"),
            _("You have not answered yet."),
            _("Answer by %(day)s.") % {"day": closes},
            "",
            "circle-dashed",
        ),
        "maybe": (
            pgettext("invitation", "Maybe"),
            _("You have said maybe."),
            _("Make up your minds by %(day)s. Afterwards you stand last in line.") % {"day": closes},
            "wait",
            "circle-help",
        ),
        "no": (
            pgettext("invitation", "No"),
            _("You have said no, not this time."),
            _("Thank you for answering. You can change your mind as long as the day has not been."),
            "",
            "circle-x",
        ),
        "wants": (
            pgettext("invitation", "Wants a place"),
            _("You have said yes."),
            _(
                "Registration is open until %(day)s. Then places are given by a rule that is the same for all,"
                " and you hear from us."
            )
            % {"day": closes},
            "wait",
            "hourglass",
        ),
        "late": (
            pgettext("invitation", "Wants a place, late"),
            _("You have said yes, after registration closed."),
            _(
                "Registration closed on %(day)s. What you have written is kept. You stand after those who answered in"
                " time, and we call you when a place is free."
            )
            % {"day": closes},
            "wait",
            "hourglass",
        ),
        "place": (
            pgettext("invitation", "Has a place"),
            _("You have a place on %(day)s.") % {"day": day},
            _(
                "Doors open at %(clock)s. Come an hour before. Table number and socket come in a reminder a week before."
            )
            % {"clock": moments.clock(openhouse.starts_at)},
            "done",
            "circle-check",
        ),
        "waiting": (
            pgettext("invitation", "Waits, number %(number)d") % {"number": state.number},
            _("You are number %(number)d on the waiting list.") % {"number": state.number},
            _("When somebody cannot come, the next in line is called at once. It happens every year."),
            "wait",
            "list-ordered",
        ),
        "called": (
            pgettext("invitation", "Called: a place is free"),
            _("A place is free for you."),
            _("Answer by %(when)s. Then it goes to the next.") % {"when": by}
            if by
            else _("Answer as soon as you can."),
            "wait",
            "bell",
        ),
        "passed": (
            pgettext("invitation", "Did not answer the call"),
            _("A place was free, and the time to answer has passed."),
            _(
                "It went to the next in line. If you still want to come, tell the house and you are called again."
            ),
            "stop",
            "history",
        ),
        "given-up": (
            pgettext("invitation", "Gave up the place"),
            _("You have told us that you cannot come."),
            _(
                "Thank you for telling us: somebody else has been called. Say yes again and you stand last in line."
            ),
            "",
            "circle-x",
        ),
        "called-off": (
            pgettext("invitation", "Called off"),
            _("%(day)s is called off.") % {"day": day[:1].upper() + day[1:]},
            _("You need do nothing. The house tells you if there is a new day."),
            "stop",
            "calendar-x",
        ),
        "over": (
            pgettext("invitation", "Over"),
            _("The day has been."),
            _("Thank you for answering."),
            "",
            "calendar-check",
        ),
    }
    return StateShown(state.code, *words[state.code])


def reasons_of(place: Place, criteria: list[str]) -> list[str]:
    """Why an association stands where it stands now."""
    if place.came_back:
        return [_("Gave up the place and said yes again")]
    return first_reasons_of(place, criteria)


def first_reasons_of(place: Place, criteria: list[str]) -> list[str]:
    """Why the rule put it where it did, in the order in which the rule looks."""
    if place.was_late:
        return [_("Answered after registration closed")]
    kind = kind_label(place.kind)
    said = {
        KIND: pgettext("rule", "%(kind)s: number %(number)d of its kind")
        % {"kind": kind, "number": place.nth_of_kind},
        TRY: pgettext("rule", "Something to try") if place.has_try else pgettext("rule", "Nothing to try"),
        BEGINNERS: pgettext("rule", "Open to beginners")
        if place.is_open
        else pgettext("rule", "Not open to beginners"),
    }
    return [said[name] for name in criteria if name in said]


def rule_in_words(criteria: list[str]) -> list[str]:
    """The rule, one sentence for each thing it looks at; time is always the last."""
    said = {
        KIND: _("Many kinds: the first of each kind before the second of any, the second before the third."),
        TRY: _("Those with something to try at the table before those without."),
        BEGINNERS: _("Those where somebody can start who has never done it before, before the others."),
    }
    return [
        *(said[name] for name in criteria if name in said),
        _("What is then equal is decided by when the association said yes."),
        _("Those who said yes after registration closed come last, in the order of their answers."),
    ]
