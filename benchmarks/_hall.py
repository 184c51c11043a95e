"""The hall on the day: a house of its own with an open house and its door, served as `./bro serve` serves it.

    python -m benchmarks._hall set-up SIGNS     an open house with so many associations; addresses as JSON
    python -m benchmarks._hall sums             what is counted, and the keys that have arrived, as JSON
    python -m benchmarks._hall queries PAGE     how many questions a page puts to the database when it is drawn

All work in the house that the environment names, in a process of their own: whoever asks need not know Django.
"""

from __future__ import annotations

import json
import os
import socket
import ssl
import subprocess
import sys
import time
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from datetime import time as clock
from pathlib import Path
from typing import Any

from benchmarks._processes import end, kill

ROOT = Path(__file__).resolve().parents[1]
NO_LIMIT = 30_000  # what may be inside: the limit is another matter
HOURS = range(11, 16)
SLOTS = 10  # what the programme lists


@dataclass
class Hall:
    """A house of its own in a folder, and the server that can be killed and started again."""

    folder: Path
    port: int = field(default_factory=lambda: free_port())
    more: Mapping[str, str] = field(default_factory=dict)
    arguments: tuple[str, ...] = ("--no-work",)
    process: subprocess.Popen[bytes] | None = None
    trusts: ssl.SSLContext | None = None  # where the house is served with a certificate

    @property
    def environment(self) -> dict[str, str]:
        """Nothing of another house that the surroundings may know."""
        return {
            **{name: value for name, value in os.environ.items() if not name.startswith("BROBYGGET_")},
            "BROBYGGET_DATA": str(self.folder / "house"),
            "BROBYGGET_KEYS": str(self.folder / "keys"),
            "BROBYGGET_ADDRESS": f"http://localhost:{self.port}",
            "DJANGO_SETTINGS_MODULE": "brobygget.settings",
            "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT), *sys.path]),
            **self.more,
        }

    def set_up(self, signs: int = 3) -> dict[str, str]:
        """An open house whose door is watched; where to press."""
        (self.folder / "house").mkdir(parents=True)
        found: dict[str, str] = self._ask("set-up", str(signs))
        return found

    def sums(self) -> dict[str, Any]:
        """What the database holds now."""
        found: dict[str, Any] = self._ask("sums")
        return found

    def queries(self, page: str) -> int:
        """How many questions the page puts to the database when it is drawn."""
        return int(self._ask("queries", page))

    def start(self) -> None:
        """Serve, and wait until it answers."""
        command = [sys.executable, "-m", "brobygget", "serve", "--port", str(self.port), *self.arguments]
        log = (self.folder / "server.log").open("ab")
        with log:
            self.process = subprocess.Popen(
                command, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        for _try in range(1200):
            try:
                scheme = "https" if self.trusts else "http"
                address = f"{scheme}://localhost:{self.port}/health/"
                with urllib.request.urlopen(address, timeout=5, context=self.trusts):
                    return
            except OSError:
                if self.process.poll() is not None:
                    raise SystemExit((self.folder / "server.log").read_text(encoding="utf-8")) from None
                time.sleep(0.05)
        raise SystemExit("The server did not start in a minute.")

    def kill(self) -> None:
        """SIGKILL to the whole process tree."""
        assert self.process is not None
        kill(self.process)

    def stop(self) -> None:
        """End as an administrator ends it."""
        if self.process is not None:
            end(self.process)

    def _ask(self, *words: str) -> Any:
        told = subprocess.run(
            [sys.executable, "-m", "benchmarks._hall", *words],
            env=self.environment,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            check=True,
        )
        return json.loads(told.stdout)


def free_port() -> int:
    """One that nobody listens to."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


# -- inside the house ----------------------------------------------------------------------------------------------
def _set_up(signs: int) -> dict[str, str]:
    """An open house a month from now, published, with a floor plan, a programme and language hosts."""
    from benchmarks._open_house import open_house_with

    at = datetime.now(UTC)  # noqa: TID251 -- the server that is measured has no other clock
    openhouse = open_house_with(signs, languages=",sv,ar,ti,en,", on=at.date(), at=at)
    from django.urls import reverse

    from brobygget.openhouse.commands import door as doors
    from brobygget.openhouse.models import HostShift, LanguageHost, OpenHouse, Slot
    from brobygget.openhouse.queries import door as queries

    day = at.date() + timedelta(days=30)
    OpenHouse.objects.filter(pk=openhouse.pk).update(day=day, closes_on=at.date(), published_on=at.date())
    openhouse = OpenHouse.objects.select_related("house").get(pk=openhouse.pk)
    hall, invited = openhouse.halls.get(), list(openhouse.invitations.order_by("pk"))
    Slot.objects.bulk_create(
        Slot(
            openhouse=openhouse,
            kind="try",
            title=f"Prova {number + 1}",
            invitation=invited[number % len(invited)],
            hall=hall,
            starts=clock(HOURS[number % 5], 30 * (number // 5)),
            ends=clock(HOURS[number % 5], 30 * (number // 5) + 25),
            capacity=12,
            languages=",sv,ar,",
            bring="Inget",
        )
        for number in range(SLOTS)
    )
    for alias, languages in (("Sol", ",ar,sv,"), ("Björk", ",ti,sv,"), ("Ek", ",so,sv,"), ("Ask", ",uk,sv,")):
        host = LanguageHost.objects.create(openhouse=openhouse, alias=alias, languages=languages)
        HostShift.objects.bulk_create(
            HostShift(host=host, starts=clock(hour, minute)) for hour in HOURS for minute in (0, 30)
        )
    door = doors.watch_door(openhouse, room="Hela huset")
    room = door.rooms.get()
    doors.change_room(room, name=room.name, most=NO_LIMIT)
    counts = [openhouse.pk, queries.token_of(door, queries.COUNTING), room.pk]
    asks = [openhouse.pk, queries.token_of(door, queries.FACES)]
    return {
        "door": reverse("openhouse:counting_room", args=counts),
        "door_press": reverse("openhouse:counting_press", args=counts),
        "faces": reverse("openhouse:faces", args=asks),
        "faces_press": reverse("openhouse:faces_press", args=asks),
        "page": reverse("openhouse:open_house", args=[openhouse.pk]),
    }


def _sums() -> dict[str, Any]:
    import django

    django.setup()
    from django.db.models import Sum

    from brobygget.openhouse.models import DoorCount, FaceCount
    from brobygget.web.models import Receipt

    steps = ("adults_in", "children_in", "adults_out", "children_out")
    return {
        "door": DoorCount.objects.aggregate(**{name: Sum(name, default=0) for name in steps}),
        "faces": dict(FaceCount.objects.values_list("face", "presses")),
        "keys": sorted(str(key) for key in Receipt.objects.values_list("key", flat=True)),
    }


def _queries(page: str) -> int:
    import django

    django.setup()
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        answer = Client(SERVER_NAME="localhost").get(page)
    assert answer.status_code == 200, answer
    return len(asked)


ASKED = {"set-up": lambda signs: _set_up(int(signs)), "sums": _sums, "queries": _queries}

if __name__ == "__main__":
    print(json.dumps(ASKED[sys.argv[1]](*sys.argv[2:])))
