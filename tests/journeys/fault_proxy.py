"""A network that fails: between phones and house, it drops requests, drops answers, delays and doubles them."""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections import Counter
from types import TracebackType

from benchmarks._phones import read_message

FAULTS = ("drop the request", "drop the answer", "delay", "double")
LONGEST_DELAY = 6.5  # seconds: longer than the phones of the test have patience


class FaultProxy:
    """Use as an asynchronous context manager; phones speak to `port` instead of the house's.

    Each request meets a fault with the chance `share`, drawn from `seed`. `met` counts the faults.
    """

    def __init__(self, house: int, *, share: float, seed: int) -> None:
        self.house, self.share, self.chance = house, share, random.Random(seed)
        self.met: Counter[str] = Counter()
        self.port = 0
        self._late: set[asyncio.Task[None]] = set()
        self._lines: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> FaultProxy:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, backlog=2048)
        self.port = int(self._server.sockets[0].getsockname()[1])
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, wrong: BaseException | None, trace: TracebackType | None
    ) -> None:
        await asyncio.gather(*self._late, return_exceptions=True)  # what is late arrives all the same
        self._server.close()
        for line in list(self._lines):
            line.cancel()
        await asyncio.gather(*self._lines, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        line = asyncio.current_task()
        assert line is not None
        self._lines.add(line)
        try:
            while True:
                head, body = await read_message(reader)
                if not await self._pass_on(head + body, writer):
                    break
        except (OSError, EOFError, ValueError):
            pass  # the phone hung up, or the house was killed
        finally:
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()
            self._lines.discard(line)

    async def _pass_on(self, request: bytes, writer: asyncio.StreamWriter) -> bool:
        """Whether the phone's connection lives on."""
        fault = self.chance.choice(FAULTS) if self.chance.random() < self.share else ""
        self.met[fault] += 1
        if fault == "drop the request":
            return False
        if fault == "drop the answer":
            await self._ask(request)
            return False
        if fault == "delay":
            # The phone may give up meanwhile and send again; what it gave up arrives later than what it sent again.
            late = asyncio.create_task(self._answer_late(request, writer))
            self._late.add(late)
            await late
            return True
        if fault == "double":
            answer, _other = await asyncio.gather(self._ask(request), self._ask(request))
        else:
            answer = await self._ask(request)
        writer.write(answer)
        return True

    async def _answer_late(self, request: bytes, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(self.chance.uniform(0.05, LONGEST_DELAY))
        writer.write(await self._ask(request))

    async def _ask(self, request: bytes) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.house)
        try:
            writer.write(request)
            head, body = await read_message(reader)
            return head + body
        finally:
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()
