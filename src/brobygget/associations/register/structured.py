"""JSON of the booking systems, of anybody else, and GeoJSON: objects made into rows and named columns."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from brobygget.associations.register.limits import Limits
from brobygget.associations.register.presets import PRESETS, Preset, plain_header, preset_for
from brobygget.associations.register.tables import Table, TableRow
from brobygget.associations.register.unreadable import UnreadableRegister
from brobygget.associations.register.unreadable import to_be_translated as _

_SURROGATES = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def looks_like_json(text: str) -> bool:
    return text.lstrip("\ufeff \t\r\n")[:1] in ("{", "[")


def read_structured(text: str, encoding: str, limits: Limits, preset: str = "") -> Table:
    """One row per association, one column per place in its object."""
    parsed = _parsed(text)
    items = _items(parsed)
    if len(items) > limits.rows:
        raise UnreadableRegister(
            _("the file has more than %(most)s associations. Send it in parts."), most=limits.rows
        )
    chosen = PRESETS[preset] if preset else _preset_of(items)
    flat = [dict(_flattened(item, "", 0, limits)) for item in items]
    columns: dict[str, None] = {}
    for row in flat:
        for name in row:
            if len(columns) < limits.columns:
                columns.setdefault(name)
    names = tuple(columns)
    rows = tuple(
        TableRow(number, tuple(row.get(name, "")[: limits.cell_characters] for name in names))
        for number, row in enumerate(flat, start=1)
    )
    return Table(rows, encoding=encoding, named_columns=names, preset=chosen.name if chosen else "")


def _parsed(text: str) -> Any:
    try:
        return json.loads(text.lstrip("\ufeff"), parse_constant=lambda _: None, parse_int=_whole_number)
    except json.JSONDecodeError as wrong:
        lines = _json_lines(text)
        if lines is not None:
            return lines
        raise UnreadableRegister(
            _("line %(line)s, column %(column)s: this is not JSON. Export it again."),
            line=wrong.lineno,
            column=wrong.colno,
        ) from wrong
    except RecursionError as wrong:
        raise UnreadableRegister(
            _("the JSON is nested too deeply to be a register. Export it as CSV and send that.")
        ) from wrong


def _whole_number(digits: str) -> int | str:
    return int(digits) if len(digits) < 20 else digits


def _json_lines(text: str) -> list[Any] | None:
    """One object per line, as some systems write."""
    objects: list[Any] = []
    for line in text.splitlines():
        if line.strip():
            try:
                objects.append(json.loads(line, parse_constant=lambda _: None, parse_int=_whole_number))
            except (ValueError, RecursionError):
                return None
    return objects if len(objects) > 1 and all(isinstance(each, dict) for each in objects) else None


def _items(parsed: Any) -> list[Mapping[str, Any]]:
    """The associations in a document: a list of objects, wherever it lies."""
    if isinstance(parsed, dict):
        if parsed.get("type") == "FeatureCollection":
            return [_feature(each) for each in _list(parsed.get("features"))]
        if isinstance(parsed.get("list"), dict) and isinstance(parsed.get("details"), list):
            return _list_and_details(parsed["list"], parsed["details"])
    found = _largest_list(parsed, 0)
    if not found:
        raise UnreadableRegister(
            _("the JSON holds no list of associations. Export the register, not a single page of it.")
        )
    return [each["association"] | _outside(each) if _is_wrapped(each) else each for each in found]


def _is_wrapped(item: Mapping[str, Any]) -> bool:
    return isinstance(item.get("association"), dict)


def _outside(item: Mapping[str, Any]) -> dict[str, Any]:
    return {f"outside.{key}": value for key, value in item.items() if key != "association"}


def _list(value: Any) -> list[Mapping[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _largest_list(value: Any, depth: int) -> list[Mapping[str, Any]]:
    if depth > 3:
        return []
    if isinstance(value, list):
        return _list(value)
    if isinstance(value, dict):
        return max((_largest_list(each, depth + 1) for each in value.values()), key=len, default=[])
    return []


def _feature(feature: Mapping[str, Any]) -> dict[str, Any]:
    """A GeoJSON feature: its properties, and where it lies when that is one point."""
    properties = feature.get("properties")
    row = dict(properties) if isinstance(properties, dict) else {}
    if "id" in feature:
        row.setdefault("id", feature["id"])
    geometry = feature.get("geometry")
    if isinstance(geometry, dict) and geometry.get("type") == "Point":
        place = geometry.get("coordinates")
        if isinstance(place, list) and len(place) >= 2:
            row["geometry.longitude"], row["geometry.latitude"] = place[0], place[1]
    return row


def _list_and_details(listed: Mapping[str, Any], details: Sequence[Any]) -> list[Mapping[str, Any]]:
    """Smartbook answers in two parts; an association that is only in the list is kept too."""
    by_id: dict[str, dict[str, Any]] = {}
    for item in [*_list(listed.get("items")), *_list(list(details))]:
        key = str(item.get("id", f"without id {len(by_id)}"))
        merged = by_id.setdefault(key, {})
        merged.update({name: value for name, value in item.items() if value not in (None, "", [])})
    return list(by_id.values())


def _preset_of(items: Sequence[Mapping[str, Any]]) -> Preset | None:
    return preset_for(frozenset(plain_header(str(key)) for item in items[:200] for key in item))


def _flattened(value: Any, path: str, depth: int, limits: Limits) -> Iterator[tuple[str, str]]:
    """Every leaf under the path to it; a list of words becomes one cell, the first people get columns."""
    if depth > limits.json_depth:
        return
    if isinstance(value, dict):
        for key, each in value.items():
            name = _clean(str(key))[:80]
            yield from _flattened(each, f"{path}.{name}" if path else name, depth + 1, limits)
    elif isinstance(value, list):
        objects = [each for each in value if isinstance(each, dict)]
        plain = [_leaf(each) for each in value if not isinstance(each, (dict, list))]
        if plain:
            yield path, "; ".join(each for each in plain if each)
        if objects and all(
            "Name" in each and not ({"Surname", "Email", "email"} & each.keys()) for each in objects
        ):
            yield f"{path}[].Name", "; ".join(_leaf(each["Name"]) for each in objects)
        else:
            for number, each in enumerate(objects[:5]):
                yield from _flattened(each, f"{path}[{number}]", depth + 1, limits)
    elif path:
        yield path, _leaf(value)


def _leaf(value: Any) -> str:
    if value is None or isinstance(value, (dict, list)):
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return _clean(str(value))


def _clean(text: str) -> str:
    return _CONTROL.sub("", _SURROGATES.sub("\ufffd", text))
