"""A tree of processes: what it costs, read from /proc (CPU time, and memory that is its own or its share), and how it ends."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path

TICK = 1 / os.sysconf("SC_CLK_TCK")


def members(root: int) -> list[int]:
    """A process and all that it started, directly or not."""
    parents: dict[int, int] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                parents[int(folder.name)] = int(_fields(folder)[1])
            except (OSError, IndexError):
                continue  # it has ended meanwhile
    found, grown = {root}, True
    while grown:
        more = {pid for pid, parent in parents.items() if parent in found} - found
        found |= more
        grown = bool(more)
    return sorted(found)


def end(process: subprocess.Popen[bytes]) -> None:
    """As an administrator ends a server; with all that it started when it does not."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            kill(process)


def kill(process: subprocess.Popen[bytes]) -> None:
    """SIGKILL to its whole group: nobody is asked and nothing is finished."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _fields(folder: Path) -> list[str]:
    """The fields of `stat` after the name, which may hold blanks."""
    return (folder / "stat").read_text().rpartition(")")[2].split()


def cpu_seconds(root: int) -> float:
    """User and system time of the whole tree: to the nanosecond where the kernel tells it so, else by its ticks."""
    total = 0.0
    for pid in members(root):
        tasks = Path(f"/proc/{pid}/task")
        try:
            for task in tasks.iterdir():
                total += int((task / "schedstat").read_text().split()[0]) / 1e9
        except (OSError, IndexError):
            try:
                fields = _fields(Path(f"/proc/{pid}"))
                total += (int(fields[11]) + int(fields[12])) * TICK
            except OSError:
                continue
    return total


def megabytes(root: int) -> float:
    """Proportional set size: pages that several share count once."""
    total = 0
    for pid in members(root):
        try:
            text = Path(f"/proc/{pid}/smaps_rollup").read_text()
        except OSError:
            continue
        total += next(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:"))
    return total / 1_000
