"""Interface icons and pictograms, read from files and shown as inline SVG."""

from __future__ import annotations

import functools
import json
import re
from pathlib import Path

from django.utils.safestring import SafeString, mark_safe

HERE = Path(__file__).resolve().parent
ICONS = HERE / "icons"
PICTURES = HERE / "pictures"
OPENMOJI = PICTURES / "openmoji"
DRAWING = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
ID = re.compile(r'\sid="[^"]*"')  # the same picture twice on a page would give two elements one id
POINTS_ALONG = {
    "arrow-left",
    "arrow-right",
    "chevron-left",
    "chevron-right",
    "log-out",
    "undo-2",
    "redo-2",
    "send",
}


class UnknownPictureError(LookupError):
    """An icon or pictogram was asked for that has no file."""


@functools.cache
def drawing(file: Path) -> str:
    """What is inside an SVG file."""
    try:
        found = DRAWING.search(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        found = None
    if found is None:
        raise UnknownPictureError(f"There is no drawing {file.stem!r} in {file.parent.name}/.")
    return " ".join(found[1].split())


@functools.cache
def icon_svg(name: str) -> SafeString:
    """One interface icon; always beside a word, so it is hidden from screen readers."""
    turns = " icon-along" if name in POINTS_ALONG else ""
    return mark_safe(
        f'<svg class="icon{turns}" viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor" '
        'stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">'
        f"{drawing(ICONS / f'{name}.svg')}</svg>"
    )


@functools.cache
def pictures() -> dict[str, str]:
    """The pictograms that are an icon on a disc: the name of the thing and of the icon."""
    names: dict[str, str] = json.loads((PICTURES / "pictures.json").read_text(encoding="utf-8"))
    return names


@functools.cache
def openmoji() -> dict[str, str]:
    """The interests that OpenMoji has drawn: the id of the interest and the name of the file."""
    names: dict[str, str] = json.loads((PICTURES / "openmoji.json").read_text(encoding="utf-8"))
    return names


def openmoji_drawing(name: str) -> str:
    """What is inside OpenMoji's picture of an interest, without ids; it lies on a field of 72 by 72."""
    return ID.sub("", drawing(OPENMOJI / f"{openmoji()[name]}.svg"))


@functools.cache
def paper_picture(name: str) -> str:
    """A pictogram as an SVG file of its own, for paper: OpenMoji's, else the icon in ink."""
    if name in openmoji():
        return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 72 72">{openmoji_drawing(name)}</svg>'
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="#16302F" stroke-width="1.6" '
        f'stroke-linecap="round" stroke-linejoin="round">{drawing(ICONS / f"{pictures().get(name, name)}.svg")}</svg>'
    )


@functools.cache
def picture_svg(name: str) -> SafeString:
    """One pictogram: OpenMoji's, a drawing of its own, else an icon in front of a low winter sun."""
    if name in openmoji():
        # The disc shows in the dark only: the lines are black.
        return mark_safe(
            '<svg class="picture" viewBox="0 0 72 72" width="64" height="64" aria-hidden="true" focusable="false">'
            f'<circle class="picture-disc" cx="36" cy="36" r="36"/>{openmoji_drawing(name)}</svg>'
        )
    own = PICTURES / f"{name}.svg"
    if own.exists():
        inside = drawing(own)
    else:
        icon = drawing(ICONS / f"{pictures().get(name, name)}.svg")
        inside = (
            '<circle class="picture-sun" cx="38" cy="38" r="20"/>'
            '<g transform="translate(8 8) scale(2)" fill="none" stroke="currentColor" stroke-width="1.6" '
            f'stroke-linecap="round" stroke-linejoin="round">{icon}</g>'
        )
    return mark_safe(
        f'<svg class="picture" viewBox="0 0 64 64" width="64" height="64" aria-hidden="true" focusable="false">{inside}</svg>'
    )
