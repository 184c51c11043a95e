"""What a page costs: CPU time of all processes of the server that draws it; the programme's page, and pretix' beside it."""

from __future__ import annotations

import asyncio
import statistics
import time
from typing import Any

from benchmarks._hall import SLOTS
from benchmarks._phones import Phone, Press, Torn
from benchmarks._pretix import NoPeer, Pretix
from benchmarks._processes import cpu_seconds, megabytes

ROUNDS = 5  # of which the one in the middle is told
SETTLING = 2.0  # seconds between a server's first answer and the look at its memory


async def programme_cost(port: int, tree: int, page: str, addresses: dict[str, str]) -> dict[str, Any]:
    """CPU milliseconds of one page, warm (nothing in the house has changed) and cold (something has)."""
    phone, presser = Phone("127.0.0.1", port), Phone("127.0.0.1", port)
    await presser.look(addresses["faces"])
    presses: list[Press] = []
    await _warm_up(phone, page)
    colds, warms = [], []
    for _round in range(ROUNDS):
        warms.append(await _one_round(phone, tree, page, pages=200))
        # A press changes the house, so that the page is drawn anew; what a press alone costs is taken off.
        both = 0.0
        for _each in range(30):
            presses.append(await _press(presser, addresses))
            middle = cpu_seconds(tree)
            await phone.look(page)
            both += cpu_seconds(tree) - middle
        colds.append(1_000 * both / 30)
    answer = await phone.look(page)
    await phone.close()
    await presser.close()
    return {
        "warm": statistics.median(warms),
        "cold": statistics.median(colds),
        "kilobytes": len(answer.body) / 1_000,
        "presses": presses,
    }


def beside(pretix: Pretix, items: int) -> dict[str, Any]:
    """The same of pretix' page, with so many items on it, and its memory. Raises NoPeer where it does not answer."""
    pretix.set_up(items)
    queries = pretix.queries()
    try:
        pretix.start()
        assert pretix.process is not None
        tree = pretix.process.pid
        time.sleep(SETTLING)
        idle = megabytes(tree)
        cost = asyncio.run(_peer_cost(pretix, tree))
        return {
            "version": pretix.version,
            "items": items,
            **cost,
            "queries": queries,
            "idle": idle,
            "busy": megabytes(tree),
        }
    except Torn as wrong:
        raise NoPeer("pretix did not answer in time") from wrong
    finally:
        pretix.stop()


async def _peer_cost(pretix: Pretix, tree: int) -> dict[str, float]:
    """One figure: without redis nothing is kept from one visit to the next, so that warm is as cold."""
    phone = Phone("127.0.0.1", pretix.port)
    await _warm_up(phone, pretix.page)
    costs = [await _one_round(phone, tree, pretix.page, pages=40) for _round in range(ROUNDS)]
    answer = await phone.look(pretix.page)
    await phone.close()
    if answer.status != 200:
        raise NoPeer(f"pretix answers with {answer.status}")
    return {"page": statistics.median(costs), "kilobytes": len(answer.body) / 1_000}


async def _warm_up(phone: Phone, page: str) -> None:
    """Connections enough that each process of the server has read in what it needs."""
    for _each in range(30):
        await phone.look(page)
        await phone.close()


async def _one_round(phone: Phone, tree: int, page: str, *, pages: int) -> float:
    """CPU milliseconds of one of so many pages, one after another on one connection."""
    before = cpu_seconds(tree)
    for _each in range(pages):
        await phone.look(page)
    return 1_000 * (cpu_seconds(tree) - before) / pages


async def _press(phone: Phone, addresses: dict[str, str]) -> Press:
    press = Press(addresses["faces_press"], {"face": "good"})
    await press.send(phone)
    return press


def told_beside(found: dict[str, Any], peer: dict[str, Any]) -> list[str]:
    """Ours, pretix', and how many times ours that is."""
    rows = [
        ("one page, CPU ms, warm", found["warm"], peer["page"]),
        ("one page, CPU ms, cold", found["cold"], peer["page"]),
        ("queries when it is drawn", found["queries"], peer["queries"]),
        ("HTML, kB", found["kilobytes"], peer["kilobytes"]),
        ("whole process tree, idle, MB", found["idle"], peer["idle"]),
    ]
    return [
        "",
        f"{'beside pretix ' + peer['version']:32}{'ours':>9}{'pretix':>12}{'ratio':>8}",
        *(f"{name:32}{ours:9.4g}{theirs:12.4g}{theirs / ours:8.1f}" for name, ours, theirs in rows),
        f"The programme's page with {SLOTS} rows, and a public event's page with {peer['items']} items, free of charge, each",
        "with the places left; two server processes each, on SQLite. pretix' page is drawn anew for each visit: without redis",
        f"or memcached it keeps nothing in between. Its memory after its pages: {peer['busy']:.0f} MB. pretix does far more (cart,",
        "taxes, quotas, plugins) and is meant for PostgreSQL and redis: this tells what such a page costs on one small machine,",
        "and is no verdict.",
    ]
