"""The bridge between two banks (or more): pillars of agreement, and a deck that is whole, dashed or broken.

Inline SVG without words: the figures stand beside it as text, so the drawing is hidden from screen readers. Classes
give the colours on a screen; `for_paper` writes them into the drawing. The state is in the shape and never in the
colour alone, and each bank has a texture of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from django.utils.safestring import SafeString, mark_safe

Deck = Literal["whole", "dashed", "broken", "none"]
DECKS: dict[str, Deck] = {"carries": "whole", "promising": "dashed", "unsure": "dashed", "divides": "broken"}
WIDTH, HEIGHT, WATER, TALLEST = 640.0, 156.0, 132.0, 104.0
EDGE, PILLAR = 34.0, 20.0
PAPER = {
    "chart-water": 'fill="none" stroke="#7FB1B4" stroke-width="2"',
    "chart-half": 'fill="none" stroke="#788885" stroke-width="1" stroke-dasharray="2 6"',
    "chart-shore": 'fill="#E8E2D6" stroke="none"',
    "chart-arch": 'fill="none" stroke="#1E3A3A" stroke-width="3.5" stroke-linecap="round"',
    "chart-arch chart-thin": 'fill="none" stroke="#1E3A3A" stroke-width="2.5" stroke-dasharray="1 8" stroke-linecap="round"',
    "chart-hanger": 'fill="none" stroke="#1E3A3A" stroke-width="1.5"',
    "chart-deck": 'fill="none" stroke="#F4A62A" stroke-width="10"',
    "chart-deck-line": 'fill="none" stroke="#16302F" stroke-width="1.5"',
    "chart-plank": 'fill="none" stroke="#16302F" stroke-width="1" stroke-opacity="0.45"',
    "chart-pillar-0": 'fill="#C2410C"',
    "chart-pillar-1": 'fill="#0E5A63"',
    "chart-pillar-2": 'fill="#2E6B46"',
    "chart-pillar-3": 'fill="#9B1C1C"',
    "chart-pillar-4": 'fill="#4A615F"',
    "chart-joint": 'fill="none" stroke="#FFFFFF" stroke-width="1.5" stroke-opacity="0.75"',
    "chart-unknown": 'fill="none" stroke="#788885" stroke-width="2" stroke-dasharray="4 5"',
}


@dataclass(frozen=True)
class _Pen:
    """Draws for the screen, where classes give the colours, or for paper, where they stand in the drawing."""

    for_paper: bool

    def path(self, kind: str, d: str) -> str:
        look = PAPER[kind] if self.for_paper else f'class="{kind}"'
        return f'<path {look} d="{d}"/>'


@dataclass(frozen=True)
class _Pillar:
    x: float
    top: float


def chart_svg(
    shares: Sequence[int], deck: Deck, *, is_mirrored: bool = False, for_paper: bool = False
) -> SafeString:
    """One idea's bridge. `shares` are percentages, a pillar each from the reader's first side on; none while unknown."""
    pen = _Pen(for_paper)
    count = max(len(shares), 2)
    gap = (WIDTH - 2 * EDGE) / (count - 1)
    places = [EDGE + gap * at for at in range(count)]
    if is_mirrored:
        places = [WIDTH - x for x in places]
    parts = [_shores(pen), _water(pen)]
    if not shares:
        parts.append(_unknown(pen, places))
    else:
        pillars = [_Pillar(x, WATER - TALLEST * share / 100) for x, share in zip(places, shares, strict=True)]
        parts.append(pen.path("chart-half", f"M{EDGE:g} {WATER - TALLEST / 2:g}H{WIDTH - EDGE:g}"))
        for one, two in pairwise(pillars):
            first, second = (one, two) if one.x < two.x else (two, one)
            parts.append(_span(pen, first, second, deck))
        parts += [_pillar(pen, at, pillar) for at, pillar in enumerate(pillars)]
    namespace = ' xmlns="http://www.w3.org/2000/svg"' if for_paper else ""
    return mark_safe(
        f'<svg{namespace} class="chart" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" aria-hidden="true" focusable="false">'
        f"{''.join(parts)}</svg>"
    )


def _shores(pen: _Pen) -> str:
    low, high = HEIGHT - 2, WATER + 3
    return pen.path(
        "chart-shore", f"M0 {low:g}V{high - 8:g}Q26 {high - 12:g} 52 {high:g}T84 {low:g}Z"
    ) + pen.path(
        "chart-shore",
        f"M{WIDTH:g} {low:g}V{high - 8:g}Q{WIDTH - 26:g} {high - 12:g} {WIDTH - 52:g} {high:g}T{WIDTH - 84:g} {low:g}Z",
    )


def _water(pen: _Pen) -> str:
    waves = "".join(
        f"M{x} {y}q9 -5 18 0t18 0" for x, y in ((104, 144), (206, 148), (316, 143), (418, 149), (506, 145))
    )
    return pen.path("chart-water", f"M60 {WATER + 2:g}H{WIDTH - 60:g}{waves}")


def _pillar(pen: _Pen, at: int, pillar: _Pillar) -> str:
    """A bank's own texture beside its colour: courses of stone, upright beams, and so on."""
    left, foot = pillar.x - PILLAR / 2, WATER + 6
    body = pen.path(
        f"chart-pillar-{at % 5}",
        f"M{left:g} {foot:g}V{pillar.top + 3:.1f}q0 -3 3 -3h{PILLAR - 6:g}q3 0 3 3V{foot:g}Z",
    )
    if at % 2 == 0:
        rows = int((foot - pillar.top - 8) // 11)
        joints = "".join(f"M{left:g} {foot - 11 * row:g}h{PILLAR:g}" for row in range(1, rows + 1))
    else:
        joints = f"M{pillar.x:g} {pillar.top + 6:.1f}V{foot:g}" if foot - pillar.top > 12 else ""
    return body + (pen.path("chart-joint", joints) if joints else "")


def _span(pen: _Pen, one: _Pillar, two: _Pillar, deck: Deck) -> str:
    y1, y2 = one.top - 3, two.top - 3
    middle, crown = (one.x + two.x) / 2, (y1 + y2) / 2 - 10
    inner = two.x - one.x

    def at(share: float) -> tuple[float, float]:
        """A place on the deck: a quadratic curve from one pillar's top to the other's."""
        rest = 1 - share
        return (
            rest * rest * one.x + 2 * rest * share * middle + share * share * two.x,
            rest * rest * y1 + 2 * rest * share * crown + share * share * y2,
        )

    if deck == "broken":
        return _broken(pen, one, two)
    way = f"M{one.x:g} {y1:.1f}Q{middle:g} {crown:.1f} {two.x:g} {y2:.1f}"
    foot, rise = WATER + 2, (WATER - (y1 + y2) / 2 - 12) * 2
    arch = f"M{one.x + 8:g} {foot:g}Q{middle:g} {foot - max(rise, 10):.1f} {two.x - 8:g} {foot:g}"
    if deck == "dashed":
        planks = ""
        pieces = max(4, round(inner / 52))
        for piece in range(pieces):
            (xa, ya), (xb, yb) = at((piece + 0.14) / pieces), at((piece + 0.72) / pieces)
            planks += f"M{xa:.1f} {ya:.1f}L{xb:.1f} {yb:.1f}"
        return pen.path("chart-arch chart-thin", arch) + pen.path("chart-deck", planks)
    hangers = ""
    for share in (0.2, 0.35, 0.5, 0.65, 0.8):
        x, y = at(share)
        along = (x - one.x - 8) / max(inner - 16, 1)
        low = foot - 2 * along * (1 - along) * max(rise, 10)
        if low - y > 9:
            hangers += f"M{x:.1f} {y + 5:.1f}V{low:.1f}"
    planks = ""
    count = max(6, round(inner / 15))
    for plank in range(1, count):
        x, y = at(plank / count)
        planks += f"M{x:.1f} {y - 4:.1f}v8"
    return (
        (pen.path("chart-hanger", hangers) if hangers else "")
        + pen.path("chart-arch", arch)
        + pen.path("chart-deck", way)
        + pen.path("chart-plank", planks)
        + pen.path(
            "chart-deck-line", f"M{one.x:g} {y1 + 5:.1f}Q{middle:g} {crown + 5:.1f} {two.x:g} {y2 + 5:.1f}"
        )
    )


def _broken(pen: _Pen, one: _Pillar, two: _Pillar) -> str:
    """Two ends that lean out over the water and do not meet."""
    reach = (two.x - one.x) * 0.3
    y1, y2 = one.top - 3, two.top - 3
    drop1, drop2 = min(16.0, WATER - 8 - y1), min(16.0, WATER - 8 - y2)
    ends = (
        f"M{one.x:g} {y1:.1f}Q{one.x + reach * 0.6:.1f} {y1:.1f} {one.x + reach:.1f} {y1 + drop1:.1f}"
        f"M{two.x:g} {y2:.1f}Q{two.x - reach * 0.6:.1f} {y2:.1f} {two.x - reach:.1f} {y2 + drop2:.1f}"
    )
    foot = WATER + 2
    stubs = (
        f"M{one.x + 8:g} {foot:g}Q{one.x + reach * 0.35:.1f} {(foot + y1) / 2 + 14:.1f} {one.x + reach * 0.8:.1f} {y1 + drop1 + 9:.1f}"
        f"M{two.x - 8:g} {foot:g}Q{two.x - reach * 0.35:.1f} {(foot + y2) / 2 + 14:.1f} {two.x - reach * 0.8:.1f} {y2 + drop2 + 9:.1f}"
    )
    afloat = (one.x + two.x) / 2
    drift = f"M{afloat - 24:.1f} {WATER + 10:g}l18 3M{afloat + 10:.1f} {WATER + 14:g}l15 -3"
    return pen.path("chart-arch", stubs) + pen.path("chart-deck", ends) + pen.path("chart-deck-line", drift)


def _unknown(pen: _Pen, places: Sequence[float]) -> str:
    """Only where the pillars will stand."""
    return "".join(
        pen.path(
            "chart-unknown", f"M{x - PILLAR / 2:g} {WATER + 6:g}V{WATER - 26:g}h{PILLAR:g}V{WATER + 6:g}"
        )
        for x in places
    )
