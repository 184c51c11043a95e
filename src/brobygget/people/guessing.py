"""Four words can be guessed, so guessing is slow: a lock for one network, and one for everybody together.

Who guesses is never kept: a network's count lies in memory under a hash whose key is thrown away every ten minutes.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from brobygget.people.models import WrongTry

NETWORK_TRIES = 10  # a minute, in each of the server's processes
ALL_TRIES = 200  # a minute, everywhere
KEY_MINUTES = 10


@dataclass
class _Counts:
    """Wrong tries of this minute by network; nothing of it outlives the process."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    key: bytes = b""
    key_span: int = -1
    minute: int = -1
    tries: Counter[bytes] = field(default_factory=Counter)

    def mark(self, network: str, at: datetime) -> bytes:
        minute = int(at.timestamp()) // 60
        if minute // KEY_MINUTES != self.key_span:
            self.key, self.key_span = secrets.token_bytes(32), minute // KEY_MINUTES
            self.tries.clear()
        if minute != self.minute:
            self.minute = minute
            self.tries.clear()
        return hmac.digest(self.key, network.encode(), hashlib.sha256)


_counts = _Counts()


def is_locked(network: str, *, at: datetime) -> bool:
    """Whether no words are looked at just now, right or wrong ones."""
    with _counts.lock:
        if _counts.tries[_counts.mark(network, at)] >= NETWORK_TRIES:
            return True
    minute = at.replace(second=0, microsecond=0)
    return WrongTry.objects.filter(minute=minute, tries__gte=ALL_TRIES).exists()


def note_wrong_words(network: str, *, at: datetime) -> None:
    """Count wrong words for a network, in memory only."""
    with _counts.lock:
        _counts.tries[_counts.mark(network, at)] += 1


def forget_networks() -> None:
    """Begin anew, as after a start."""
    with _counts.lock:
        _counts.tries.clear()
