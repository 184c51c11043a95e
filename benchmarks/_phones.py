"""Phones without a browser: each with a connection of its own, sending what `outbox.js` would send.

Used by `./bro bench site` and by the tests of loads and faults; the standard library only.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

LONGEST_HEAD = 64 * 1024


class Torn(Exception):
    """No answer: no connection, a connection that broke, or nothing for too long."""


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass
class Phone:
    """One browser's one connection to the house, opened anew when it breaks."""

    host: str
    port: int
    language: str = "sv"
    patience: float = 15.0  # seconds, as outbox.js
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""
    connection: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def look(self, path: str, **headers: str) -> Answer:
        """Open a page; its form gives the token that every press carries."""
        answer = await self._ask("GET", path, b"", headers)
        found = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', answer.body)
        if found:
            self.token = found[1].decode()
        return answer

    async def send(self, path: str, fields: Mapping[str, str], **headers: str) -> Answer:
        """Send one press."""
        body = urlencode({**fields, "csrfmiddlewaretoken": self.token}).encode()
        return await self._ask("POST", path, body, headers)

    async def close(self) -> None:
        """Hang up."""
        if self.connection is not None:
            writer, self.connection = self.connection[1], None
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()

    async def _ask(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        lines = [
            f"{method} {path} HTTP/1.1",
            f"Host: {self.host}:{self.port}",
            f"Accept-Language: {self.language}",
            *([f"Cookie: {cookies}"] if cookies else []),
            *(f"{name.replace('_', '-')}: {value}" for name, value in headers.items()),
        ]
        if method == "POST":
            lines += [
                "Content-Type: application/x-www-form-urlencoded",
                f"Content-Length: {len(body)}",
                f"Origin: http://{self.host}:{self.port}",
            ]
        asked = "\r\n".join([*lines, "", ""]).encode() + body
        try:
            return await asyncio.wait_for(self._exchange(asked), self.patience)
        except (TimeoutError, OSError, EOFError, ValueError) as wrong:
            await self.close()
            raise Torn(type(wrong).__name__) from wrong

    async def _exchange(self, asked: bytes) -> Answer:
        if self.connection is None:
            self.connection = await asyncio.open_connection(self.host, self.port, limit=LONGEST_HEAD)
        reader, writer = self.connection
        writer.write(asked)
        head, body = await read_message(reader)
        status = int(head.split(b" ", 2)[1])
        headers = dict(fields_of(head))
        for line in head.split(b"\r\n"):
            if line.lower().startswith(b"set-cookie:"):
                name, _, value = line.split(b":", 1)[1].split(b";")[0].decode().strip().partition("=")
                self.cookies[name] = value
        if headers.get("connection", "").lower() == "close":
            await self.close()
        return Answer(status, headers, body)


def fields_of(head: bytes) -> list[tuple[str, str]]:
    """The header's lines, names in small letters."""
    rows = (line.decode("latin-1").partition(":") for line in head.split(b"\r\n")[1:] if line)
    return [(name.lower(), value.strip()) for name, _, value in rows]


async def read_message(reader: asyncio.StreamReader) -> tuple[bytes, bytes]:
    """One request or answer, whole: head and body. Raises where the other end hangs up before it is whole."""
    head = await reader.readuntil(b"\r\n\r\n")
    known = dict(fields_of(head))
    if known.get("transfer-encoding", "").lower() == "chunked":
        return head, await _chunks(reader)
    return head, await reader.readexactly(int(known.get("content-length") or 0))


async def _chunks(reader: asyncio.StreamReader) -> bytes:
    parts = []
    while size := int(await reader.readline(), 16):
        parts.append(await reader.readexactly(size))
        await reader.readline()
    await reader.readline()
    return b"".join(parts)


@dataclass
class Press:
    """One press, with its key from the moment of pressing."""

    path: str
    fields: dict[str, str]
    key: str = field(default_factory=lambda: str(uuid.uuid4()))
    at: float = field(default_factory=time.monotonic)

    async def send(self, phone: Phone, *, is_again: bool = False, pace: float = 1) -> Answer:
        """Once to the house; `pace`: how many seconds the phone believes to pass in one."""
        ago = str(round((time.monotonic() - self.at) * pace))
        more = {"X_Outbox": "1"} if is_again else {}
        return await phone.send(self.path, {**self.fields, "key": self.key}, X_Pressed_Ago=ago, **more)
