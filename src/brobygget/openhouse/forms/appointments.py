"""What may be sent about meetings by appointment: by those who plan, by an association, by a visitor."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from brobygget.associations.queries.interests import InterestHere
from brobygget.openhouse.commands.appointments import AppointmentFacts
from brobygget.openhouse.commands.wishes import Wishes
from brobygget.openhouse.models import AppointmentHost, AppointmentPlan, OpenHouse, VisitWish
from brobygget.openhouse.plans.slots import Slot, slots_in
from brobygget.people.forms import ClockInput, DayInput, SafeForm
from brobygget.web import moments
from brobygget.web.moments import SWEDEN

LONGEST_MEETING, LONGEST_PAUSE, MOST_AT_ONCE, MOST_MEETINGS = 60, 30, 12, 4
USUAL_MINUTES, USUAL_PAUSE, USUAL_MOST = 15, 5, 2


def _clock(clock: Any) -> str:
    return moments.clock(clock)


class Count(forms.IntegerField):
    """A whole number between two others: what is wrong with it is said with both."""

    def __init__(self, least: int, most: int, **kwargs: Any) -> None:
        self.least, self.most = least, most
        super().__init__(**kwargs)
        self.widget.attrs.update({"min": least, "max": most, "inputmode": "numeric"})

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is not None and not self.least <= value <= self.most:
            raise ValidationError(
                gettext("Choose a number from %(least)d to %(most)d.")
                % {"least": self.least, "most": self.most}
            )


class AppointmentForm(SafeForm):
    """Hours, lengths, and until when visitors choose."""

    starts = forms.TimeField(label=_("The first meeting begins"), widget=ClockInput)
    ends = forms.TimeField(label=_("The last one is over"), widget=ClockInput)
    minutes = Count(5, LONGEST_MEETING, label=_("Minutes for each meeting"))
    pause = Count(0, LONGEST_PAUSE, label=_("Minutes between two meetings"))
    at_once = Count(
        1,
        MOST_AT_ONCE,
        label=_("Visitors whom an association meets at once"),
        help_text=_("Each association may change it for itself."),
    )
    choose_day = forms.DateField(label=_("Visitors choose until"), widget=DayInput)
    choose_clock = forms.TimeField(label=pgettext_lazy("a clock", "at"), widget=ClockInput)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        self.end_after_beginning("starts", "ends")
        return data

    def facts(self) -> AppointmentFacts:
        """What the command wants to know."""
        data = self.cleaned_data
        return AppointmentFacts(
            **{name: data[name] for name in ("starts", "ends", "minutes", "pause", "at_once")},
            choose_by=datetime.combine(data["choose_day"], data["choose_clock"], tzinfo=SWEDEN),
        )

    @staticmethod
    def initial_of(openhouse: OpenHouse, plan: AppointmentPlan | None) -> dict[str, Any]:
        """What the form shows: what is decided, or what is usual."""
        if plan is None:
            return {
                "starts": openhouse.starts,
                "ends": openhouse.ends,
                "minutes": USUAL_MINUTES,
                "pause": USUAL_PAUSE,
                "at_once": 1,
                "choose_day": openhouse.day - timedelta(days=2),
                "choose_clock": time(18),
            }
        names = ("starts", "ends", "minutes", "pause", "at_once")
        until = timezone.localtime(plan.choose_by)
        return {name: getattr(plan, name) for name in names} | {
            "choose_day": until.date(),
            "choose_clock": until.time(),
        }


class HostingForm(SafeForm):
    """What an association says of its own meetings."""

    takes_part = forms.ChoiceField(
        label=_("Do you meet visitors by appointment?"),
        choices=[("yes", _("Yes")), ("no", _("No, visitors come as they like"))],
        widget=forms.RadioSelect,
    )
    at_once = forms.TypedChoiceField(label=_("How many visitors can you meet at once?"), coerce=int)
    away = forms.MultipleChoiceField(
        label=_("When can you not?"),
        help_text=_("Mark the times when nobody of you can sit down."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, slots: Sequence[Slot], usual: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.slots = {slot.value: slot for slot in slots}
        self.usual = usual
        self.let_choose("at_once", [(str(number), str(number)) for number in range(1, MOST_AT_ONCE + 1)])
        self.let_choose("away", [(slot.value, _clock(slot.starts)) for slot in slots])

    def said(self) -> dict[str, Any]:
        """What the command wants to know; as many as usual is no wish of its own."""
        data = self.cleaned_data
        return {
            "takes_part": data["takes_part"] == "yes",
            "at_once": None if data["at_once"] == self.usual else data["at_once"],
            "away": [self.slots[value] for value in data["away"]],
        }

    @staticmethod
    def initial_of(host: AppointmentHost | None, slots: Iterable[Slot], *, usual: int) -> dict[str, Any]:
        """What the association has said so far."""
        away = slots_in(host.away) if host else []
        return {
            "takes_part": "no" if host and host.declined_on else "yes",
            "at_once": str((host.at_once if host else None) or usual),
            "away": [slot.value for slot in slots if any(slot.meets(one) for one in away)],
        }


class WishForm(SafeForm):
    """The last page of a visitor's choice. Pictures come in their order, the dearest first."""

    comes = forms.TypedChoiceField(label=_("I come"), coerce=time.fromisoformat)
    leaves = forms.TypedChoiceField(label=_("I leave"), coerce=time.fromisoformat)
    most = forms.TypedChoiceField(
        label=_("How many meetings at most?"),
        coerce=int,
        choices=[(str(number), str(number)) for number in range(1, MOST_MEETINGS + 1)],
        widget=forms.RadioSelect,
    )
    languages = forms.MultipleChoiceField(
        label=_("Which languages do you speak?"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self,
        *args: Any,
        slots: Sequence[Slot],
        languages: Sequence[tuple[str, str]],
        likes: Sequence[InterestHere],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.likes = likes
        starts = list(dict.fromkeys(slot.starts for slot in slots))
        ends = list(dict.fromkeys(slot.ends for slot in slots))
        self.let_choose("comes", [(f"{each:%H:%M}", _clock(each)) for each in starts])
        self.let_choose("leaves", [(f"{each:%H:%M}", _clock(each)) for each in ends])
        self.let_choose("languages", languages)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        self.end_after_beginning("comes", "leaves")
        return data

    def wishes(self) -> Wishes:
        """What the command wants to know."""
        data = self.cleaned_data
        return Wishes(
            likes=[one.id for one in self.likes],
            comes=data["comes"],
            leaves=data["leaves"],
            most=data["most"],
            languages=data["languages"],
        )

    @staticmethod
    def initial_of(wish: VisitWish | None, slots: Sequence[Slot], *, language: str) -> dict[str, Any]:
        """What was chosen before; at first the whole time, and no language but that of the page."""
        if wish is None:
            return {
                "comes": f"{slots[0].starts:%H:%M}" if slots else "",
                "leaves": f"{slots[-1].ends:%H:%M}" if slots else "",
                "most": str(USUAL_MOST),
                "languages": [language],
            }
        return {
            "comes": f"{wish.comes:%H:%M}",
            "leaves": f"{wish.leaves:%H:%M}",
            "most": str(wish.most),
            "languages": wish.language_codes,
        }
