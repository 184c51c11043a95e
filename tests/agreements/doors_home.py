"""The doors of the start page, the overview, the wizard and of who does what."""

from __future__ import annotations

from brobygget.home.views import set_up_token
from tests.agreements.doors import BIRGIT, ELSA, EVERYBODY, FRANS, MARIT, PETRA, Door

HOSTS = frozenset({BIRGIT, MARIT, ELSA, PETRA})
COORDINATES = frozenset({MARIT})

DOORS = [
    Door("home:start", EVERYBODY),
    Door("home:overview", HOSTS | {FRANS}, is_for_hosts=True),  # Frans sees the overview of his own house
    Door("home:choose_house", HOSTS, "POST", args=lambda cast: [cast.house.pk], is_for_hosts=True),
    # The wizard is gone as soon as there is a house, whatever is known.
    Door("home:set_up", frozenset(), args=lambda cast: [set_up_token()]),
    Door("home:set_up", frozenset(), "POST", args=lambda cast: [set_up_token()]),
    Door("home:set_up_done", frozenset()),
    Door("home:people", COORDINATES | {FRANS}, is_for_hosts=True),
    Door(
        "home:invitation",
        COORDINATES | {FRANS},
        "POST",
        fields=lambda cast: {"called": "Ali", "email": "ali@alvnas.example", "kind": "interpreter"},
        is_for_hosts=True,
    ),
    Door(
        "home:role_ending",
        COORDINATES,
        "POST",
        args=lambda cast: [cast.elsa.roles.get().pk],
        is_for_hosts=True,
    ),
]
