"""Who may open which address. Each stage keeps its rows in `doors_<stage>.py`; a new address without a row fails.

A row says to whom a door is open. For everybody else there is no such page: 404, the same as for what does not
exist; only somebody who has not signed in is shown the way to sign in, where a page is for those who host.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

# Everybody in the cast; see tests/conftest.py.
STRANGER = "stranger"  # no cookie, no session
AMINA = "amina"  # a participant of this circle
CHIDI = "chidi"  # a participant of another circle in the same house
REVOKED = "revoked"  # Amina's old phone, whose links are closed
BIRGIT = "birgit"  # leads this circle
MARIT = "marit"  # coordinates the house
ELSA = "elsa"  # receives at the desk
DORIS = "doris"  # has an account and no role
FRANS = "frans"  # leads and coordinates in another house
PETRA = "petra"  # keeps the register of associations
BENGT = "bengt"  # has come in with his association's link
OTHER_ASSOCIATION = "other association"  # has come in with another association's link
CLOSED_LINK = "closed link"  # came in with a link that has been closed since

NOT_SIGNED_IN = frozenset({STRANGER, AMINA, CHIDI, REVOKED, BENGT, OTHER_ASSOCIATION, CLOSED_LINK})
EVERYBODY = NOT_SIGNED_IN | {BIRGIT, MARIT, ELSA, DORIS, FRANS, PETRA}
LEADERS = frozenset({BIRGIT, MARIT})
MEMBERS = frozenset({AMINA})
ACCOUNTS = frozenset({BIRGIT, MARIT, ELSA, DORIS, FRANS, PETRA})

# What an address is about, by the names that the test resolves: "circle", "meeting", ... and where they come from.
Stage = dict[str, Any]


@dataclass(frozen=True)
class Door:
    """One way of asking for one address."""

    name: str
    open_to: frozenset[str]
    method: str = "GET"
    # The arguments of the address, made from the stage that the test has set (the cast by name, `circle`,
    # `meeting`, `tokens`); a callable because objects exist only when the test runs.
    args: Callable[[Any], list[Any]] = lambda cast: []
    fields: Callable[[Any], dict[str, Any]] = lambda cast: {}
    # Pages for those who host send somebody who has not signed in to the sign-in page.
    is_for_hosts: bool = False
    # Ran before the request, to set the stage (a step, a vote, an idea).
    prepare: Callable[[Any], None] = lambda cast: None
