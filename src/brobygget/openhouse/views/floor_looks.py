"""How each table looks on the map: who stands there, what pressing it does, and what is read aloud."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from django.utils.translation import gettext as _

from brobygget.openhouse.models import Position
from brobygget.openhouse.queries.floor import Floor, Needs
from brobygget.openhouse.views import floor_words as words
from brobygget.openhouse.views.floor_drawing import Look

PANEL = "#floor-panel"  # without scripts the page comes back there


def looks_of(
    floor: Floor, broken: Iterable[words.Broken], moving: Needs | None, to: Position | None, *, address: str
) -> Mapping[int, Look]:
    """For the staff: every table can be pressed, to choose who stands there or where somebody goes."""
    wrong = {stand: one.text for one in broken for stand in one.stands}
    return {one.pk: _look(floor, one, wrong, moving, to, address) for one in floor.positions}


def _look(
    floor: Floor,
    one: Position,
    wrong: Mapping[int, str],
    moving: Needs | None,
    to: Position | None,
    address: str,
) -> Look:
    stand = floor.by_stand.get(floor.at.get(one.pk, 0))
    circuit = floor.by_circuit.get(one.circuit_id or 0)
    marks = [_state(one, stand)]
    is_now = stand is not None and moving is not None and stand.pk == moving.pk
    if is_now:
        marks.append("spot-now")
    if to is not None and one.pk == to.pk:
        marks.append("spot-goal")
    if stand is not None and stand.pk in wrong:
        marks.append("spot-wrong")
    if one.has_floor:
        marks.append("spot-floor")
    if stand is not None and floor.spots[stand.pk].circuit is not None:
        marks.append("spot-plugged")
    return Look(
        label=_label(one, stand, wrong, moving, circuit.name if circuit else ""),
        href=_href(one, stand, moving, address),
        name=stand.name if stand else "",
        language=stand.language if stand else "",
        marks=" ".join(marks),
        is_now=is_now,
        circuit=circuit.name if circuit else "",
        sign="!" if stand is not None and stand.pk in wrong else "",
    )


def _state(one: Position, stand: Needs | None) -> str:
    if one.kept_free:
        return "spot-kept"
    return "spot-taken" if stand else "spot-free"


def _href(one: Position, stand: Needs | None, moving: Needs | None, address: str) -> str:
    if moving is not None:
        if stand is not None and stand.pk == moving.pk:
            return address
        return address if one.kept_free else f"{address}?stand={moving.pk}&to={one.pk}{PANEL}"
    return f"{address}?stand={stand.pk}{PANEL}" if stand else f"{address}?table={one.pk}{PANEL}"


def _label(
    one: Position, stand: Needs | None, wrong: Mapping[int, str], moving: Needs | None, circuit: str
) -> str:
    facts = {
        "number": one.number,
        "name": words.isolated(stand.name) if stand else "",
        "moving": words.isolated(moving.name) if moving else "",
    }
    if one.kept_free:
        first = _("Spot %(number)d is kept free.")
    elif moving is not None and stand is not None and stand.pk == moving.pk:
        first = _("Table %(number)d: %(name)s, chosen. Press to leave it there.")
    elif moving is not None and stand is not None:
        first = _("Table %(number)d: change places with %(name)s.")
    elif moving is not None:
        first = _("Table %(number)d is free: move %(moving)s here.")
    elif stand is not None:
        first = _("Table %(number)d: %(name)s.")
    else:
        first = _("Table %(number)d is free.")
    parts = [first % facts]
    if stand is not None:
        parts += [text for _icon, text in words.needs(stand)]
        if stand.pk in wrong:
            parts.append(wrong[stand.pk])
    if circuit:
        parts.append(_("Circuit %(circuit)s.") % {"circuit": words.isolated(circuit)})
    return " ".join(part if part.endswith(".") else f"{part}." for part in parts)


def public_looks(floor: Floor, *, named: Collection[int], own: int | None = None) -> Mapping[int, Look]:
    """For everybody: numbers and the associations that are shown; nothing can be pressed."""
    found = {}
    for one in floor.positions:
        stand = floor.by_stand.get(floor.at.get(one.pk, 0))
        shown = stand if stand is not None and stand.pk in named else None
        facts = {"number": one.number, "name": words.isolated(shown.name) if shown else ""}
        is_own = own is not None and one.pk == own
        text = _("Table %(number)d: %(name)s.") if shown else _("Table %(number)d.")
        found[one.pk] = Look(
            label=text % facts,
            name=shown.name if shown else "",
            language=shown.language if shown else "",
            marks=" ".join([_state(one, stand), *(["spot-now"] if is_own else [])]),
            is_now=is_own,
        )
    return found
