"""What is done apart answers as if it were done here, and leaves nothing behind."""

from __future__ import annotations

import os
import threading

import pytest

from brobygget.commandline.apart import apart

LEFT: list[int] = []


def _leave_something() -> int:
    LEFT.append(os.getpid())
    return os.getpid()


def _refuse() -> None:
    raise ValueError("There is no such folder.")


def test_the_answer_comes_back_and_what_was_left_in_memory_does_not() -> None:
    threads = threading.active_count()
    assert apart(_leave_something) != os.getpid()
    assert LEFT == []
    assert threading.active_count() == threads


def test_what_goes_wrong_apart_goes_wrong_here() -> None:
    with pytest.raises(ValueError, match="There is no such folder"):
        apart(_refuse)
