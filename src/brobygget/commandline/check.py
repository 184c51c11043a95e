"""Format, lint, imports, types, templates, translations: `./bro check`."""

from __future__ import annotations

import argparse
import concurrent.futures
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
HELP = (
    "Format, lint, imports, types, templates, documentation of the engine, migrations, safety, translations."
)
PYTHON = sys.executable
FOLDERS = ["src", "tests", "benchmarks", "bro"]


@dataclass(frozen=True)
class Check:
    """One thing that is looked at by machine."""

    name: str
    command: list[str]
    environment: dict[str, str]


def checks(folder: Path) -> list[Check]:
    """All of them; `folder` is a throw-away place for a house."""
    safe = {
        "BROBYGGET_DATA": str(folder / "house"),
        "BROBYGGET_KEYS": str(folder / "keys"),
        "DJANGO_SETTINGS_MODULE": "brobygget.settings",
    }
    deployed = {**safe, "BROBYGGET_ADDRESS": "https://brohuset.alvnas.example"}
    engine = sorted(str(file.relative_to(ROOT)) for file in (ROOT / "src/brobygget/engine").rglob("*.py"))
    here = Path(PYTHON).parent

    def tool(name: str, *arguments: str) -> list[str]:
        return [str(here / name), *arguments]

    return [
        Check("format", tool("ruff", "format", "--check", *FOLDERS), {}),
        Check("lint", tool("ruff", "check", *FOLDERS), {}),
        Check("imports", tool("lint-imports", "--no-cache"), {}),
        Check("types", tool("mypy"), safe),
        Check("templates", tool("djlint", "--lint", "--quiet", "src/brobygget"), {}),
        Check("engine documentation", tool("numpydoc", "lint", *engine), {}),
        Check(
            "migrations",
            [PYTHON, "-m", "django", "makemigrations", "--check", "--dry-run", "-v", "1"],
            safe,
        ),
        Check("empty house", [PYTHON, "-m", "django", "empty_house", "--check"], safe),
        Check("safety", [PYTHON, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"], deployed),
        Check("translations", [PYTHON, "-m", "brobygget", "messages", "--check"], {}),
    ]


def main(argv: list[str]) -> int:
    """Run the checks side by side and print what each has to say."""
    parser = argparse.ArgumentParser(prog="./bro check", description=HELP)
    parser.add_argument("only", nargs="*", help="names of checks; all of them when none is named")
    arguments = parser.parse_args(argv)
    if not (ROOT / "pyproject.toml").exists():
        print("bro check: the settings of the tools are in the repository; clone it first.", file=sys.stderr)
        return 2
    failed = []
    with tempfile.TemporaryDirectory() as folder:
        chosen = [c for c in checks(Path(folder)) if not arguments.only or c.name in arguments.only]
        with concurrent.futures.ThreadPoolExecutor(max_workers=2) as workers:
            for check, result, seconds in workers.map(run, chosen):
                print(
                    f"{'ok   ' if result.returncode == 0 else 'FAILS'} {check.name} ({seconds:.1f} s)",
                    flush=True,
                )
                if result.returncode:
                    failed.append(check.name)
                    print(result.stdout.strip()[-6000:], flush=True)
    print("All is well." if not failed else f"{len(failed)} of {len(chosen)} fail: {', '.join(failed)}.")
    return 1 if failed else 0


def run(check: Check) -> tuple[Check, subprocess.CompletedProcess[str], float]:
    """One check, with what it printed and how long it took."""
    began = time.monotonic()
    result = subprocess.run(
        check.command,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), **check.environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return check, result, time.monotonic() - began
