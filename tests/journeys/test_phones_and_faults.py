"""Phones that press while the server is killed and the network fails: each press that was acknowledged counts once.

The phones do what `outbox.js` does: the key is made at the moment of pressing, a press without an answer is kept and
sent again with its key, three seconds later and then more and more seldom, until the house says that it is saved.

An outage of a minute lasts six seconds here, and the phones' waits are shorter by the same factor, `PACE`: they send as
often in an outage as they would, and as many presses have gathered when it ends. That is the same to the house, in
which nothing counts these seconds: a key is known for a week, however early it comes again, and how long ago a press
was made is said by the phone, in its own slow seconds. It is harder on the house, which gets ten times as many tries
a second. How long a phone waits for an answer is not shortened as much, for the machine is not faster than it is.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
from collections import Counter
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import pytest

from benchmarks._hall import Hall
from benchmarks._phones import Phone, Press, Torn
from tests.journeys.conftest import _own_database
from tests.journeys.fault_proxy import FAULTS, FaultProxy

PACE = 10  # a minute in six seconds
OUTAGE = 60 / PACE
AGAIN = [seconds / PACE for seconds in (3, 6, 12, 30, 60)]  # as outbox.js
PATIENCE = 5.0  # seconds
SPREAD = 2.0  # seconds over which a round of presses is spread
HEALTH = "00000000-0000-0000-0000-000000000000"  # the row that /health/ writes
DOOR = {
    "adult-in": "adults_in",
    "child-in": "children_in",
    "adult-out": "adults_out",
    "child-out": "children_out",
}
FACES = ("great", "good", "so-so", "bad")
T = TypeVar("T")


def _run(work: Coroutine[Any, Any, T]) -> T:
    """In a thread of its own: a browser of an earlier test may have its loop running in this one."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(asyncio.run, work).result()


@dataclass
class Crowd:
    """All phones, what they have pressed, and what they were told is saved."""

    addresses: dict[str, str]
    chance: random.Random
    pressed: list[Press] = field(default_factory=list)
    saved: set[str] = field(default_factory=set)
    tries: int = 0

    async def press(self, phone: Phone) -> None:
        """One press, kept and sent until it is saved."""
        if self.chance.random() < 0.3:
            press = Press(self.addresses["faces_press"], {"face": self.chance.choice(FACES)})
        else:
            press = Press(self.addresses["door_press"], {"step": self.chance.choice(list(DOOR))})
        self.pressed.append(press)
        tries = 0
        while press.key not in self.saved:
            self.tries += 1
            try:
                answer = await press.send(phone, is_again=tries > 0, pace=PACE)
            except Torn:
                answer = None
            if answer is not None and answer.status < 500:
                assert answer.status == (204 if tries else 302), answer
                self.saved.add(press.key)
                return
            await asyncio.sleep(AGAIN[min(tries, len(AGAIN) - 1)] * self.chance.uniform(0.9, 1.1))
            tries += 1

    def expected(self) -> dict[str, Any]:
        """What the house must hold when every press counts once."""
        door = Counter(press.fields["step"] for press in self.pressed if "step" in press.fields)
        faces = Counter(press.fields["face"] for press in self.pressed if "face" in press.fields)
        return {
            "door": {column: door[step] for step, column in DOOR.items()},
            "faces": dict(faces),
            "keys": sorted(press.key for press in self.pressed),
        }


@pytest.fixture
def hall(tmp_path: Path, shared_static: Path) -> Iterator[Hall]:
    hall = Hall(tmp_path)
    hall.more = {
        **_own_database(f"hall_{os.getpid()}_{hall.port}"),
        # PostgreSQL in the tests runs without fsync, on a cluster that is thrown away.
        **({"BROBYGGET_TESTING": "1"} if os.environ.get("DATABASE_URL") else {}),
        "BROBYGGET_STATIC": str(shared_static),
    }
    yield hall
    hall.stop()


async def _live(phone: Phone, crowd: Crowd, presses: int, beat: asyncio.Semaphore) -> None:
    for _press in range(presses):
        await beat.acquire()
        await asyncio.sleep(crowd.chance.uniform(0, SPREAD))
        await crowd.press(phone)


async def _outage(hall: Hall, crowd: Crowd, after: int) -> None:
    """Killed while answers are on their way, gone for a minute, started again."""
    before = len(crowd.saved)
    while len(crowd.saved) - before < after:
        await asyncio.sleep(0.005)
    hall.kill()
    await asyncio.sleep(OUTAGE)
    await asyncio.to_thread(hall.start)


async def _day(
    hall: Hall, crowd: Crowd, *, phones: int, outages: int, presses: int, share: float
) -> Counter[str]:
    """Every phone presses once in every round, and each round has its outage; what the network did to them."""
    async with contextlib.AsyncExitStack() as stack:
        port, met = hall.port, Counter[str]()
        if share:
            proxy = await stack.enter_async_context(FaultProxy(hall.port, share=share, seed=1))
            port, met = proxy.port, proxy.met
        first = Phone("localhost", hall.port)
        await first.look(crowd.addresses["door"])
        await first.close()
        # A token is good for the cookie that it came with, so all may have opened the same page.
        people = [
            Phone("127.0.0.1", port, patience=PATIENCE, cookies=dict(first.cookies), token=first.token)
            for _phone in range(phones)
        ]
        beat = asyncio.Semaphore(0)
        living = [asyncio.create_task(_live(phone, crowd, presses, beat)) for phone in people]
        for number in range(presses):
            for _phone in people:
                beat.release()
            if number < outages:
                await _outage(hall, crowd, after=crowd.chance.randrange(phones // 8, phones // 2))
        await asyncio.gather(*living)
        for phone in people:
            await phone.close()
    return met


def _counted_once(hall: Hall, *, phones: int, outages: int, presses: int = 0, share: float = 0) -> Crowd:
    presses = presses or outages
    crowd = Crowd(hall.set_up(), random.Random(1))
    hall.start()
    met = _run(_day(hall, crowd, phones=phones, outages=outages, presses=presses, share=share))
    found = hall.sums()
    found["keys"] = [key for key in found["keys"] if key != HEALTH]
    assert found == crowd.expected()
    assert len(crowd.saved) == len(crowd.pressed) == phones * presses
    assert crowd.tries > len(crowd.pressed)  # something had to be sent again
    if share:
        assert all(met[fault] > 0 for fault in FAULTS), met
    return crowd


@pytest.mark.slow  # three starts of a server, and forty seconds of waiting for one that is away
def test_a_server_killed_twice_behind_a_network_that_fails_counts_each_press_once(hall: Hall) -> None:
    _counted_once(hall, phones=60, outages=2, share=0.3)


@pytest.mark.long  # 6,000 presses and eleven starts
def test_600_phones_and_ten_outages_in_each_of_which_the_server_is_killed(hall: Hall) -> None:
    crowd = _counted_once(hall, phones=600, outages=10)
    assert crowd.tries - len(crowd.pressed) > 1_000


@pytest.mark.long  # a network in which every second request meets a fault
def test_a_hundred_phones_on_a_network_that_drops_delays_and_doubles(hall: Hall) -> None:
    crowd = _counted_once(hall, phones=100, outages=0, presses=3, share=0.5)
    assert crowd.tries - len(crowd.pressed) > 50
