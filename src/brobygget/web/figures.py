"""Drawings that carry figures: the round, the deck of progress, the time, the curve of trust.

Each is inline SVG from the server with its meaning in words beside it; classes give the colours, so that the
same drawing serves the light page, the dark hall and black-and-white paper. `is_mirrored` turns it for
languages that are read from the right.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import segno
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

State = Literal["waiting", "speaking", "spoken", "passed"]
BEHIND_US: frozenset[str] = frozenset({"spoken", "passed"})
LETTER = 0.56  # the width of an ordinary letter in parts of its height


@dataclass(frozen=True)
class Lines:
    """A name that fits into a ring: one or two lines, and the size of the letters."""

    lines: tuple[str, ...]
    size: float


def fitted(name: str, radius: float) -> Lines:
    """Break a name into at most two lines and shorten what is still too long; the list beside tells it all."""
    largest, smallest = 0.46 * radius, 0.27 * radius
    one = min(largest, 1.75 * radius / (LETTER * max(len(name), 1)))
    if one >= 0.34 * radius:
        return Lines((name,), one)
    middle = len(name) / 2
    breaks = [place + (name[place] == "-") for place, sign in enumerate(name) if sign in " -"]
    at = min(breaks, key=lambda place: abs(place - middle), default=0)
    lines = (name[:at].strip(), name[at:].strip()) if at else (name,)
    widest = max(len(line) for line in lines)
    size = max(smallest, min(largest, 1.6 * radius / (LETTER * widest)))
    room = max(3, int(1.75 * radius / (LETTER * size)))
    return Lines(tuple(line if len(line) <= room else line[: room - 1] + "…" for line in lines), size)


def circle_svg(
    people: Sequence[tuple[str, str]], *, label: str, is_mirrored: bool = False, is_closed: bool | None = None
) -> SafeString:
    """The round: everybody in a circle, and a deck that grows from one who has spoken to the next.

    `people` are (name, state) in speaking order, the first one at the top; state is waiting, speaking, spoken or
    passed. Somebody who passes carries the deck on like everybody else.
    """
    middle, count = 320.0, len(people)
    step = 2 * math.pi / max(count, 1)
    radius = max(min(61.0, 184 * math.sin(step / 2) if count > 2 else 61.0), 13.0)
    ring = middle - 14 - 1.26 * radius

    def place(position: float) -> tuple[float, float]:
        turn = position * step * (-1 if is_mirrored else 1) - math.pi / 2
        return middle + ring * math.cos(turn), middle + ring * math.sin(turn)

    def span(start: int) -> str:
        (x1, y1), (x2, y2) = place(start), place(start + 1)
        sweep = 0 if is_mirrored else 1
        return f"M{x1:.1f} {y1:.1f}A{ring:g} {ring:g} 0 0 {sweep} {x2:.1f} {y2:.1f}"

    states = [state for _, state in people]
    closed = count > 2 and all(state in BEHIND_US for state in states) if is_closed is None else is_closed
    built = [
        index
        for index in range(count - 1)
        if states[index] in BEHIND_US and states[index + 1] in BEHIND_US | {"speaking"}
    ]
    if closed:
        built.append(count - 1)
    parts = [
        f'<circle class="round-rug" cx="{middle:g}" cy="{middle:g}" r="{ring - radius - 34:.0f}"/>',
        f'<circle class="round-rug round-rug-inner" cx="{middle:g}" cy="{middle:g}" r="{(ring - radius - 34) * 0.62:.0f}"/>',
        f'<circle class="round-way" cx="{middle:g}" cy="{middle:g}" r="{ring:g}"/>',
    ]
    deck = "".join(span(index) for index in built)
    if deck:
        parts.append(f'<path class="round-deck" d="{deck}"/><path class="round-planks" d="{deck}"/>')
    for index, (name, state) in enumerate(people):
        x, y = place(index)
        size = radius * 1.26 if state == "speaking" else radius
        if state == "speaking":
            parts.append(f'<circle class="round-light" cx="{x:.1f}" cy="{y:.1f}" r="{size + 12:.1f}"/>')
        text = fitted(name, size)
        top = y - (len(text.lines) - 1) * text.size * 0.56
        words = "".join(
            f'<text x="{x:.1f}" y="{top + row * text.size * 1.12:.1f}" font-size="{text.size:.1f}" '
            f'text-anchor="middle" dominant-baseline="central">{escape(line)}</text>'
            for row, line in enumerate(text.lines)
        )
        parts.append(
            f'<g class="round-seat round-{escape(state)}"><circle cx="{x:.1f}" cy="{y:.1f}" r="{size:.1f}"/>{words}</g>'
        )
    return format_html(
        '<svg class="round" viewBox="0 0 640 640" role="img" aria-label="{}" direction="ltr">{}</svg>',
        label,
        mark_safe("".join(parts)),
    )


def deck_svg(done: int, total: int, *, label: str, is_mirrored: bool = False) -> SafeString:
    """How far we are: planks on a low arch between two pillars."""
    total = max(total, 1)
    done = min(max(done, 0), total)
    width, rise, gap = 360.0, 9.0, 5.0 if total <= 24 else 2.0
    inner = width - 20
    plank = (inner - gap * (total - 1)) / total

    def height(x: float) -> float:
        return 18 - rise * (1 - ((x - width / 2) / (width / 2)) ** 2)

    planks = []
    for index in range(total):
        x1 = 10 + index * (plank + gap)
        x2 = x1 + plank
        kind = "done" if index < done else "ahead"
        xa, xb = (width - x1, width - x2) if is_mirrored else (x1, x2)
        planks.append(
            f'<path class="deck-plank deck-{kind}" d="M{xa:.1f} {height(xa):.1f}L{xb:.1f} {height(xb):.1f}"/>'
        )
    first, last = ("river", "cloudberry") if is_mirrored else ("cloudberry", "river")
    return format_html(
        '<svg class="deck" viewBox="0 0 360 32" role="img" aria-label="{}">'
        '<path class="deck-arch" d="M4 31Q180 5 356 31"/>{}'
        '<path class="deck-pillar deck-{}" d="M4 14V31"/><path class="deck-pillar deck-{}" d="M356 14V31"/></svg>',
        label,
        mark_safe("".join(planks)),
        first,
        last,
    )


def time_svg(used: float, planned: float, *, label: str, is_mirrored: bool = False) -> SafeString:
    """The time that was used on the way to the time that was meant; more is given, never taken."""
    whole = max(planned, used, 0.001)

    def at(share: float) -> float:
        x = 6 + 588 * share
        return 600 - x if is_mirrored else x

    used_to, planned_to = at(min(used / whole, 1)), at(min(planned / whole, 1))
    beyond = f'<path class="time-given" d="M{planned_to:.1f} 14H{used_to:.1f}"/>' if used > planned else ""
    used_within = planned_to if used > planned else used_to
    return format_html(
        '<svg class="time" viewBox="0 0 600 28" role="img" aria-label="{}"><path class="time-way" d="M{} 14H{}"/>'
        '<path class="time-used" d="M{} 14H{}"/>{}<path class="time-meant" d="M{} 3V25"/></svg>',
        label,
        at(0),
        at(1),
        at(0),
        f"{used_within:.1f}",
        mark_safe(beyond),
        f"{planned_to:.1f}",
    )


def curve_svg(
    values: Sequence[float | None],
    *,
    lowest: float = 1,
    highest: float = 5,
    label: str,
    is_mirrored: bool = False,
) -> SafeString:
    """A small curve over the meetings; None where too few answered to show anything."""
    width, height, edge = 320.0, 96.0, 14.0
    step = (width - 2 * edge) / max(len(values) - 1, 1)
    points: list[tuple[float, float]] = []
    for index, value in enumerate(values):
        if value is None:
            continue
        x = edge + index * step
        share = (value - lowest) / (highest - lowest)
        points.append((width - x if is_mirrored else x, height - edge - share * (height - 2 * edge)))
    line = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) if len(points) > 1 else ""
    dots = "".join(f'<circle class="curve-dot" cx="{x:.1f}" cy="{y:.1f}" r="4"/>' for x, y in points[:-1])
    last = "".join(f'<circle class="curve-now" cx="{x:.1f}" cy="{y:.1f}" r="8"/>' for x, y in points[-1:])
    return format_html(
        '<svg class="curve" viewBox="0 0 320 96" role="img" aria-label="{}"><path class="curve-ground" d="M4 82H316"/>'
        '<path class="curve-line" d="{}"/>{}{}</svg>',
        label,
        line,
        mark_safe(dots),
        mark_safe(last),
    )


def qr_svg(address: str, *, label: str) -> SafeString:
    """A code for a phone's camera: dark on light in both themes, with the quiet zone that cameras need."""
    rows = segno.make(address, error="m", micro=False).matrix
    quiet, path = 4, []
    for y, row in enumerate(rows):
        x = 0
        while x < len(row):
            if row[x]:
                start = x
                while x < len(row) and row[x]:
                    x += 1
                path.append(f"M{start + quiet} {y + quiet}h{x - start}v1h-{x - start}z")
            x += 1
    size = len(rows) + 2 * quiet
    return format_html(
        '<svg class="qr" viewBox="0 0 {} {}" role="img" aria-label="{}" shape-rendering="crispEdges">'
        '<rect width="{}" height="{}" fill="#ffffff"/><path fill="#000000" d="{}"/></svg>',
        size,
        size,
        label,
        size,
        size,
        mark_safe("".join(path)),
    )
