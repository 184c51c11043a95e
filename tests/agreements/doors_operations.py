"""The doors of those who watch over the house's computer."""

from tests.agreements.doors import EVERYBODY, Door

DOORS = [Door("operations:health", EVERYBODY)]
