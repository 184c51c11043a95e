"""The doors of those who watch over the house's computer."""

from brobygget.operations.demo.doors import account_token
from tests.agreements.doors import EVERYBODY, Door

DOORS = [
    Door("operations:health", EVERYBODY),
    # Outside the demo there is no such page, whatever is known.
    Door("operations:demo_door", frozenset(), args=lambda cast: [account_token(cast.birgit)]),
    Door("operations:demo_door", frozenset(), "POST", args=lambda cast: [account_token(cast.birgit)]),
]
