"""A real mail server on this computer, which may be full and may know some addresses no more."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from aiosmtpd.controller import Controller


class Postbox:
    """What came in; after `most` mails it asks to come again, and for the addresses of `gone` it says no for good."""

    def __init__(self, *, most: int = 1_000, gone: tuple[str, ...] = ()) -> None:
        self.most = most
        self.gone = gone
        self.received: list[str] = []

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if address in self.gone:
            return "550 no such mailbox"
        if len(self.received) >= self.most:
            return "451 later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.received.append(envelope.rcpt_tos[0])
        return "250 OK"


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def open_postbox(postbox: Postbox, settings: Any) -> Iterator[Postbox]:
    """Mails go there while it is open."""
    server = Controller(postbox, hostname="127.0.0.1", port=free_port())
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = server.hostname, server.port
    try:
        yield postbox
    finally:
        server.stop()
