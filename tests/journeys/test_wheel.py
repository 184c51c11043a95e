"""`pip install` gives the same command: a wheel is built, installed in a clean environment and started."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import sysconfig
import time
import urllib.request
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("wheel")]


def _run(*command: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    clean = {
        name: value for name, value in os.environ.items() if not name.startswith(("BROBYGGET_", "PYTHON"))
    }
    return subprocess.run(
        command, cwd=cwd, env=clean, capture_output=True, text=True, timeout=300, check=False
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    made = _run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), cwd=ROOT)
    assert made.returncode == 0, made.stdout + made.stderr
    return next(folder.glob("*.whl"))


def test_the_wheel_holds_templates_fonts_catalogues_and_the_town(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for wanted in (
        "brobygget/web/templates/web/page.html",
        "brobygget/web/print/fonts/NotoSans-Regular.ttf",
        "brobygget/locale/sv/LC_MESSAGES/django.mo",
        "brobygget/operations/demo/alvnas.toml",
        "brobygget/people/ticket_words.txt",
    ):
        assert wanted in names
    assert not [name for name in names if name.startswith(("tests/", "var/"))]


def test_the_installed_command_answers_and_opens_the_town(wheel: Path, tmp_path: Path) -> None:
    home = tmp_path / "venv"
    venv.create(home, with_pip=False)
    python = home / "bin" / "python"
    installed = _run(sys.executable, "-m", "zipfile", "-e", str(wheel), str(home / "unpacked"), cwd=tmp_path)
    assert installed.returncode == 0
    # The run-time packages are the locked ones that are here already; only our own wheel is new.
    packages = next((home / "lib").glob("python*")) / "site-packages"
    (packages / "brobygget.pth").write_text(f"{home / 'unpacked'}\n{sysconfig.get_path('purelib')}\n")
    help_text = _run(str(python), "-m", "brobygget", "--help", cwd=tmp_path)
    assert (help_text.returncode, "demo" in help_text.stdout) == (0, True)
    where = _run(str(python), "-c", "import brobygget; print(brobygget.__file__)", cwd=tmp_path)
    assert where.stdout.strip().startswith(str(home))

    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    command = [str(python), "-m", "brobygget", "demo", "--no-browser", "--port", str(port)]
    command += ["--folder", str(tmp_path / "town")]
    clean = {
        n: v
        for n, v in os.environ.items()
        if not n.startswith(("BROBYGGET_", "PYTHON")) and n != "DATABASE_URL"
    }
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(
            command, cwd=tmp_path, env=clean, stdout=log, stderr=log, start_new_session=True
        )
    try:
        deadline = time.monotonic() + 300  # a busy machine is not a fault of the program
        while True:
            try:
                with urllib.request.urlopen(f"http://localhost:{port}/health/", timeout=2) as answer:
                    assert answer.status == 200
                    break
            except OSError:
                assert process.poll() is None, (tmp_path / "log").read_text()
                assert time.monotonic() < deadline
                time.sleep(0.2)
    finally:
        process.terminate()
        process.wait(timeout=60)
