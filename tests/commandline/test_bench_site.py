import sys
from pathlib import Path

import pytest

from benchmarks import site


def refused(capsys: pytest.CaptureFixture[str], python: str) -> str:
    """What is said before any phone has come."""
    assert site.main(["--peer", python]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    return told.err


def test_a_peer_without_pretix_is_refused_in_one_sentence(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    bare = tmp_path / "python"
    bare.write_text(f'#!/bin/sh\nexec "{sys.executable}" -S "$@"\n', encoding="utf-8")
    bare.chmod(0o755)
    assert refused(capsys, str(bare)) == (
        f"bro bench: {bare} holds no pretix and no gunicorn. How to install it: docs/self-hosting.md.\n"
    )


@pytest.mark.parametrize("program", ["#!/bin/sh\n", "#!/bin/sh\necho Hello\n"])
def test_a_peer_that_is_no_python_is_refused(
    program: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.write_text(program, encoding="utf-8")
    other.chmod(0o755)
    assert refused(capsys, str(other)) == (
        f"bro bench: {other} does not answer as Python does. How to install it: docs/self-hosting.md.\n"
    )


def test_a_peer_that_is_not_there_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    missing = tmp_path / "python"
    assert refused(capsys, str(missing)) == (
        f"bro bench: {missing} cannot be started: No such file or directory. How to install it: docs/self-hosting.md.\n"
    )
