"""How many phones the hall's server carries: `./bro bench site`.

Phones that press once every three seconds, each on a connection of its own, in an open loop: a press is due by the
clock, whether or not the one before was answered, and its time is counted from when it was due. More and more phones
come, until one press in a hundred takes longer than 200 ms. The house is served as `./bro serve` serves it, on SQLite
with `synchronous=FULL`; afterwards the sums must be what was pressed, and every key must be there once.

The phones run on the same machine and cost it something: their share is told. CPU time, not wall time, is told of the
programme's page: warm (nothing in the house has changed) and cold (something has), of all processes of the server.

The public page of pretix is measured beside it, before the phones come, where `--peer` names the Python of an environment
that holds pretix and gunicorn (docs/self-hosting.md); a ratio is told and never asked for.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks._hall import SLOTS, Hall
from benchmarks._page import SETTLING, beside, programme_cost, told_beside
from benchmarks._phones import Phone, Press, Torn
from benchmarks._pretix import NoPeer, Pretix
from benchmarks._processes import cpu_seconds, megabytes

EVERY = 3.0  # seconds between the presses of one phone
PROMISED = {"phones": 1_500, "p99": 200.0, "warm": 1.0, "cold": 12.0, "queries": 4, "idle": 180.0}
HEALTH = "00000000-0000-0000-0000-000000000000"  # the row that /health/ writes
LADDER = (150, 300, 600, 900, 1_200, 1_500, 1_800, 2_100, 2_400)
STEPS = ("adult-in", "child-in", "adult-out", "child-out")
COLUMNS = ("adults_in", "children_in", "adults_out", "children_out")
FACES = ("great", "good", "so-so", "bad")


@dataclass
class Pressed:
    """Everything that was pressed, and how long it took from when it was due."""

    presses: list[Press] = field(default_factory=list)
    torn: int = 0
    waits: list[float] = field(default_factory=list)  # milliseconds, of this step of the ladder


def main(argv: list[str]) -> int:
    """Serve a house, and let phones come."""
    parser = argparse.ArgumentParser(prog="./bro bench site", description=__doc__)
    parser.add_argument("--phones", type=int, nargs="+", default=list(LADDER), help="the steps of the ladder")
    parser.add_argument("--seconds", type=float, default=9.0, help="of each step")
    parser.add_argument("--associations", type=int, default=40)
    parser.add_argument(
        "--peer", metavar="PYTHON", help="with pretix and gunicorn, to measure its page beside ours"
    )
    parser.add_argument(
        "--peer-folder", type=Path, metavar="DIR", help="where pretix' tables are kept between two runs"
    )
    parser.add_argument(
        "--peer-items", type=int, default=SLOTS, help="on pretix' page; as many as the programme lists"
    )
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as folder:
        try:
            peer = _peer(arguments, Path(folder) / "pretix") if arguments.peer else None
        except NoPeer as why:
            print(f"bro bench: {why}. How to install it: docs/self-hosting.md.", file=sys.stderr)
            return 2
        hall = Hall(Path(folder), arguments=())
        addresses = hall.set_up(arguments.associations)
        hall.start()
        try:
            found = measure(hall, addresses, steps=arguments.phones, seconds=arguments.seconds)
        finally:
            hall.stop()
    found["peer"] = peer
    print(json.dumps(found) if arguments.json else _told(found))
    is_kept = found["carried"] >= PROMISED["phones"] and found["is_equal"]
    is_kept &= found["warm"] <= PROMISED["warm"] and found["cold"] <= PROMISED["cold"]
    is_kept &= found["queries"] <= PROMISED["queries"] and found["idle"] <= PROMISED["idle"]
    return 0 if is_kept else 1


def _peer(arguments: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """What pretix' page costs."""
    pretix = Pretix(arguments.peer, (arguments.peer_folder or folder).absolute())
    pretix.look_for()
    return beside(pretix, arguments.peer_items)


def measure(hall: Hall, addresses: dict[str, str], *, steps: list[int], seconds: float) -> dict[str, Any]:
    """All figures of one run."""
    assert hall.process is not None
    tree = hall.process.pid
    time.sleep(SETTLING)
    idle = megabytes(tree)
    page = addresses["page"] + "programme/"
    cost = asyncio.run(programme_cost(hall.port, tree, page, addresses))
    pressed = Pressed()
    pressed.presses += cost.pop("presses")
    rows = []
    for phones in steps:
        row = asyncio.run(_step(hall.port, tree, addresses, pressed, phones=phones, seconds=seconds))
        rows.append(row)
        if row["p99"] > 3 * PROMISED["p99"]:
            break
    carried = [row["phones"] for row in rows if row["p99"] < PROMISED["p99"] and not row["torn"]]
    found = hall.sums()
    return {
        **cost,
        "queries": hall.queries(page),
        "idle": idle,
        "busy": megabytes(tree),
        "steps": rows,
        "carried": max(carried, default=0),
        "pressed": len(pressed.presses),
        "is_equal": _is_equal(found, pressed),
        "load": os.getloadavg()[0],
    }


# -- phones --------------------------------------------------------------------------------------------------------
async def _step(
    port: int, tree: int, addresses: dict[str, str], pressed: Pressed, *, phones: int, seconds: float
) -> dict[str, Any]:
    """So many phones for so long. Each opens its page first, which is not counted."""
    chance = random.Random(phones)
    pressed.waits, torn = [], pressed.torn
    crowd = [Phone("127.0.0.1", port) for _phone in range(phones)]
    await _open_all(crowd, addresses)
    own, others, began = time.process_time(), cpu_seconds(tree), time.perf_counter()
    await asyncio.gather(
        *(
            _press_on(
                phone, addresses, pressed, first=chance.uniform(0, EVERY), chance=chance, seconds=seconds
            )
            for phone in crowd
        )
    )
    lasted = time.perf_counter() - began
    own, others = time.process_time() - own, cpu_seconds(tree) - others
    for phone in crowd:
        await phone.close()
    waits = sorted(pressed.waits)
    return {
        "phones": phones,
        "presses": len(waits),
        "p50": waits[len(waits) // 2],
        "p99": waits[min(len(waits) - 1, round(0.99 * len(waits)))],
        "slowest": waits[-1],
        "torn": pressed.torn - torn,
        "server_ms": 1_000 * others / len(waits),
        "server_share": others / lasted,
        "generator_share": own / lasted,
    }


async def _open_all(crowd: list[Phone], addresses: dict[str, str]) -> None:
    """A few at a time, as people come in."""
    gate = asyncio.Semaphore(8)

    async def enter(phone: Phone) -> None:
        async with gate:
            await phone.look(addresses["faces"])

    await asyncio.gather(*(enter(phone) for phone in crowd))


async def _press_on(
    phone: Phone,
    addresses: dict[str, str],
    pressed: Pressed,
    *,
    first: float,
    chance: random.Random,
    seconds: float,
) -> None:
    """By the clock: a late answer makes the next press late, and that counts too."""
    began = asyncio.get_running_loop().time()
    due = began + first
    while due < began + seconds:
        await asyncio.sleep(max(0.0, due - asyncio.get_running_loop().time()))
        if chance.random() < 0.5:
            press = Press(addresses["faces_press"], {"face": chance.choice(FACES)})
        else:
            press = Press(addresses["door_press"], {"step": chance.choice(STEPS)})
        pressed.presses.append(press)
        await _until_saved(phone, press, pressed)
        pressed.waits.append(1_000 * (asyncio.get_running_loop().time() - due))
        due += EVERY


async def _until_saved(phone: Phone, press: Press, pressed: Pressed) -> None:
    """Sent again with its key where no answer came; that is counted as torn."""
    is_again = False
    while True:
        try:
            answer = await press.send(phone, is_again=is_again)
        except Torn:
            pressed.torn += 1
            is_again = True
            continue
        if answer.status in {204, 302}:
            return
        raise SystemExit(f"bro bench: a press was answered with {answer.status}.")


def _is_equal(found: dict[str, Any], pressed: Pressed) -> bool:
    """Sums and keys are what was pressed, each once."""
    fields = [press.fields for press in pressed.presses]
    door = {
        column: sum(each.get("step") == step for each in fields)
        for step, column in zip(STEPS, COLUMNS, strict=True)
    }
    faces = {face: sum(each.get("face") == face for each in fields) for face in FACES}
    return bool(
        found["door"] == door
        and {face: found["faces"].get(face, 0) for face in FACES} == faces
        and sorted(set(found["keys"]) - {HEALTH}) == sorted(press.key for press in pressed.presses)
    )


# -- telling -------------------------------------------------------------------------------------------------------
def _told(found: dict[str, Any]) -> str:
    lines = [
        "phones   p50 ms   p99 ms  slowest   torn   server CPU/press   server   generator (of one processor)"
    ]
    lines += [
        f"{row['phones']:6d} {row['p50']:8.1f} {row['p99']:8.1f} {row['slowest']:8.1f} {row['torn']:6d}"
        f" {row['server_ms']:15.2f} ms {row['server_share']:7.0%} {row['generator_share']:10.0%}"
        for row in found["steps"]
    ]
    rows = [
        ("phones with p99 < 200 ms", found["carried"], PROMISED["phones"], "at least"),
        ("programme page, warm, CPU ms", found["warm"], PROMISED["warm"], "at most"),
        ("programme page, cold, CPU ms", found["cold"], PROMISED["cold"], "at most"),
        ("programme page, queries", found["queries"], PROMISED["queries"], "at most"),
        ("whole process tree, idle, MB", found["idle"], PROMISED["idle"], "at most"),
    ]
    lines += ["", f"{'':32}{'found':>9}{'promised':>12}{'ratio':>8}"]
    lines += [
        f"{name:32}{value:9.4g}{bound:12.4g}{value / bound:8.2f}  ({way})" for name, value, bound, way in rows
    ]
    lines += [
        f"{'sums and keys':32}{'equal' if found['is_equal'] else 'NOT EQUAL':>9} to {found['pressed']} presses",
        f"{'page':32}{found['kilobytes']:9.1f} kB; memory after the phones {found['busy']:.0f} MB",
        f"{'load of the machine':32}{found['load']:9.1f} on {os.cpu_count()} processors",
    ]
    if found["peer"]:
        lines += told_beside(found, found["peer"])
    else:
        lines.append("pretix' public page is measured beside it with --peer PYTHON (docs/self-hosting.md)")
    return "\n".join(lines)
