"""What may be sent about halls, tables and circuits, and about who stands where. Metres here, decimetres inside."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from brobygget.openhouse import rules
from brobygget.openhouse.commands.floor_halls import HallFacts, Rows, metres
from brobygget.openhouse.models import Circuit, Hall, Position
from brobygget.people.forms import SafeForm, Text

RANGES = re.compile(r"[0-9]{1,4}(?:-[0-9]{1,4})?")


class Metres(forms.Field):
    """A length, written as people write it: 1,8 or 1.8. Kept in whole decimetres."""

    widget = forms.TextInput

    def __init__(self, *, longest: int, may_be_nothing: bool = False, **kwargs: Any) -> None:
        self.longest, self.may_be_nothing = longest, may_be_nothing
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"inputmode": "decimal", "maxlength": 12}

    def to_python(self, value: Any) -> int | None:
        text = str(value or "").strip().replace(",", ".")
        if not text:
            return None
        try:
            length = Decimal(text)
        except InvalidOperation:
            length = Decimal("NaN")
        if not length.is_finite():
            raise ValidationError(gettext("Write a number of metres, for example 1,8."))
        if length * 10 != (length * 10).to_integral_value():
            raise ValidationError(gettext("One decimal is enough: write it to the nearest ten centimetres."))
        if length < 0:
            raise ValidationError(gettext("A length cannot be less than nothing."))
        if length == 0 and not self.may_be_nothing:
            raise ValidationError(gettext("0 metres is no size. Measure it, and write for example 1,8."))
        if length * 10 > self.longest:
            raise ValidationError(
                gettext("At most %(longest)s metres fit here. Look at the number again.")
                % {"longest": metres(self.longest)}
            )
        return int(length * 10)

    def prepare_value(self, value: Any) -> Any:
        return metres(value) if isinstance(value, int) else value


class HallForm(SafeForm):
    """A room: name, size, where its door is."""

    name = Text(max_length=40, label=_("What is the hall called?"))
    wide = Metres(
        longest=rules.LONGEST_HALL,
        label=_("How wide is it, in metres?"),
        help_text=_("From left to right on the plan."),
    )
    deep = Metres(
        longest=rules.LONGEST_HALL,
        label=_("How deep is it, in metres?"),
        help_text=_("From the top to the bottom of the plan."),
    )
    door = forms.ChoiceField(label=_("Where is its door?"), choices=Hall.Door.choices)
    walk = Metres(
        longest=rules.LONGEST_HALL,
        may_be_nothing=True,
        required=False,
        label=_("How far is it from the way in of the house, in metres?"),
    )
    step_free = forms.BooleanField(label=_("One gets there without steps"), required=False)

    def facts(self) -> HallFacts:
        """What the command wants to know."""
        return HallFacts(**{**self.cleaned_data, "walk": self.cleaned_data["walk"] or 0})

    @staticmethod
    def initial_of(hall: Hall) -> dict[str, Any]:
        """What the form shows of a hall."""
        return {name: getattr(hall, name) for name in HallForm.base_fields}


class RowsForm(SafeForm):
    """Tables by the row."""

    tables = forms.IntegerField(label=_("How many tables?"), min_value=1, max_value=rules.MOST_TABLES)
    rows = forms.IntegerField(label=_("In how many rows?"), min_value=1, max_value=rules.MOST_TABLES)
    wide = Metres(longest=100, label=_("How long is each table, in metres?"))
    deep = Metres(longest=100, label=_("How deep is each table, in metres?"))
    gap = Metres(
        longest=100, may_be_nothing=True, required=False, label=_("Metres between two tables of a row")
    )

    USUAL = {"wide": 18, "deep": 8, "gap": 2}

    def rows_wanted(self) -> Rows:
        """What the command wants to know."""
        return Rows(**{**self.cleaned_data, "gap": self.cleaned_data["gap"] or 0})


class TableForm(SafeForm):
    """One table: its number, where it is, and what is beside it."""

    number = forms.IntegerField(label=_("Number"), min_value=1, max_value=999)
    x = Metres(longest=rules.LONGEST_HALL, label=_("From the wall on the left to its middle, in metres"))
    y = Metres(longest=rules.LONGEST_HALL, label=_("From the wall at the top to its middle, in metres"))
    wide = Metres(longest=100, label=_("How wide, from left to right?"))
    deep = Metres(longest=100, label=_("How deep, from top to bottom?"))
    circuit = forms.ChoiceField(label=_("Which circuit is the nearest socket on?"), required=False)
    step_free = forms.BooleanField(label=_("One gets there without steps"), required=False)
    has_floor = forms.BooleanField(label=_("There is free floor beside it"), required=False)
    kept_free = forms.BooleanField(
        label=_("Keep this spot free"),
        required=False,
        help_text=_("A way out in case of fire, or a passage."),
    )

    def __init__(self, *args: Any, circuits: Iterable[Circuit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(str(one.pk), one.name) for one in circuits]
        self.let_choose("circuit", [("", gettext("No socket near")), *names])

    def facts(self) -> dict[str, Any]:
        """What the command wants to know."""
        chosen = self.cleaned_data["circuit"]
        rest = {name: value for name, value in self.cleaned_data.items() if name != "circuit"}
        return {**rest, "circuit_id": int(chosen) if chosen else None}

    @staticmethod
    def initial_of(position: Position) -> dict[str, Any]:
        """What the form shows of a table."""
        shown = {name: getattr(position, name) for name in TableForm.base_fields if name != "circuit"}
        return {**shown, "circuit": str(position.circuit_id or "")}


class CircuitForm(SafeForm):
    """A fuse: its name, what it carries, and the tables that its sockets reach."""

    name = Text(
        max_length=20, label=_("What is the circuit called?"), help_text=_("As it says in the fuse box.")
    )
    watts = forms.IntegerField(
        label=_("How many watts does it carry?"),
        max_value=rules.MOST_CIRCUIT_WATTS,
        help_text=_("10 ampere carry 2300 watts, 16 ampere 3680."),
    )
    tables = Text(
        max_length=400,
        required=False,
        label=_("Which tables do its sockets reach?"),
        help_text=_("Numbers, for example 1-4, 7."),
    )

    def clean_watts(self) -> int:
        watts = int(self.cleaned_data["watts"])
        if watts < 1:
            raise ValidationError(
                gettext(
                    "A circuit of %(watts)d W carries nothing. Look in the fuse box: 10 ampere are 2300 W."
                )
                % {"watts": watts}
            )
        return watts

    def clean_tables(self) -> list[int]:
        found: list[int] = []
        text = re.sub(r"\s*[-–]\s*", "-", str(self.cleaned_data["tables"]))
        for part in re.split(r"[,;\s]+", text.strip(" ,;")):
            if part and not RANGES.fullmatch(part):
                raise ValidationError(
                    gettext("“%(part)s” is no number of a table. Write for example 1-4, 7.") % {"part": part}
                )
            ends = sorted(int(end) for end in part.split("-") if end)
            found += range(ends[0], ends[-1] + 1) if ends else []
        return found

    @staticmethod
    def initial_of(circuit: Circuit) -> dict[str, Any]:
        """What the form shows of a circuit."""
        numbers = list(circuit.positions.order_by("number").values_list("number", flat=True))
        return {"name": circuit.name, "watts": circuit.watts, "tables": in_ranges(numbers)}


def in_ranges(numbers: Sequence[int]) -> str:
    """1, 2, 3 and 7 as “1-3, 7”."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)


class ApartForm(SafeForm):
    """Appliances of which no circuit takes two."""

    words = Text(
        max_length=200,
        required=False,
        label=_("Never two of these on one circuit"),
        help_text=_("As the associations write it, with commas between: waffle iron, kettle."),
    )


class MoveForm(forms.Form):
    """A stand and a table, and what the page showed when it was pressed. 0 is none."""

    stand = forms.IntegerField(min_value=1)
    to = forms.IntegerField(min_value=0, required=False)
    was = forms.IntegerField(min_value=0, required=False)
    meets = forms.IntegerField(min_value=0, required=False)

    def moved(self) -> dict[str, int | None]:
        """What the command wants to know."""
        data = self.cleaned_data
        return {"stand": data["stand"], **{name: data[name] or None for name in ("to", "was", "meets")}}
