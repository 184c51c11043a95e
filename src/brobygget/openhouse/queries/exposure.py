"""How often each table has been among the first of a route. Counted for the table alone, in memory, and gone with it.

Nothing is kept of who was shown what. Each process of the server counts its own: every one of them is fair, and so is
their sum.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable, Mapping

DAYS_KEPT = 8
_alone = threading.Lock()
_seen: dict[int, Counter[int]] = {}


def seen_at(openhouse_pk: int) -> Mapping[int, int]:
    """How often each invitation's table was among the first three, as this process has counted."""
    with _alone:
        return dict(_seen.get(openhouse_pk, {}))


def note_first(openhouse_pk: int, invitations: Iterable[int]) -> None:
    """These are shown now."""
    with _alone:
        if openhouse_pk not in _seen and len(_seen) >= DAYS_KEPT:
            _seen.pop(next(iter(_seen)))
        _seen.setdefault(openhouse_pk, Counter()).update(invitations)


def forget_seen() -> None:
    """Begin to count anew."""
    with _alone:
        _seen.clear()
