"""The doors of the shell: open to everybody, because they tell nothing about anybody."""

from brobygget.web import sheet
from tests.agreements.doors import EVERYBODY, Door

DOORS = [
    Door("web:style", EVERYBODY),
    Door("web:sample", EVERYBODY, args=lambda cast: ["phone"]),
    Door("web:sheet", EVERYBODY, args=lambda cast: [sheet.current()[0]]),
    Door("web:calendar", EVERYBODY),
    Door("web:offline", EVERYBODY),
    Door("web:worker", EVERYBODY),
    Door("web:language", EVERYBODY, method="POST", fields=lambda cast: {"language": "ar", "next": "/style/"}),
]
