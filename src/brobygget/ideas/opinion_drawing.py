"""The opinion map: a cloud of dots for each group, like people seen from far above. No dot is anybody."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.safestring import SafeString, mark_safe

WIDTH, HEIGHT, EDGE = 640.0, 400.0, 44.0
SHAPES = 5  # round, square, pointed, ring, cross: groups differ by shape as well as by colour


def map_svg(groups: Sequence[Sequence[tuple[float, float]]], *, is_mirrored: bool = False) -> SafeString:
    """All clouds on one sheet, with a letter where each group has its middle. The words beside it say the same."""
    dots = [dot for group in groups for dot in group]
    if not dots:
        return mark_safe("")
    left, right = min(x for x, _y in dots), max(x for x, _y in dots)
    low, high = min(y for _x, y in dots), max(y for _x, y in dots)
    scale = min((WIDTH - 2 * EDGE) / max(right - left, 1e-6), (HEIGHT - 2 * EDGE) / max(high - low, 1e-6))

    def place(x: float, y: float) -> tuple[float, float]:
        across = WIDTH / 2 + (x - (left + right) / 2) * scale
        return (WIDTH - across if is_mirrored else across), HEIGHT / 2 - (y - (low + high) / 2) * scale

    clouds, letters = [], []
    for at, group in enumerate(groups):
        places = [place(x, y) for x, y in group]
        shapes = "".join(_dot(at, x, y) for x, y in places)
        clouds.append(f'<path class="map-dots map-dots-{at % SHAPES}" d="{shapes}"/>')
        if len(groups) > 1 and places:
            x = sum(one[0] for one in places) / len(places)
            y = sum(one[1] for one in places) / len(places)
            letters.append(
                f'<circle class="map-flag map-flag-{at % SHAPES}" cx="{x:.1f}" cy="{y:.1f}" r="20"/>'
                f'<text class="map-letter" x="{x:.1f}" y="{y:.1f}" text-anchor="middle" dominant-baseline="central">{chr(65 + at)}</text>'
            )
    return mark_safe(
        f'<svg class="opinion-map" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" aria-hidden="true" focusable="false" direction="ltr">'
        f"{''.join(clouds)}{''.join(letters)}</svg>"
    )


def _dot(group: int, x: float, y: float) -> str:
    kind = group % SHAPES
    if kind == 0:
        return f"M{x - 4.5:.1f} {y:.1f}a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0 -9 0"
    if kind == 1:
        return f"M{x - 4:.1f} {y - 4:.1f}h8v8h-8z"
    if kind == 2:
        return f"M{x:.1f} {y - 5:.1f}l5 9h-10z"
    if kind == 3:
        return f"M{x:.1f} {y - 5.5:.1f}l5.5 5.5l-5.5 5.5l-5.5 -5.5z"
    return f"M{x - 5:.1f} {y - 1.5:.1f}h3.5v-3.5h3v3.5h3.5v3h-3.5v3.5h-3v-3.5h-3.5z"
