"""The benchmarks, each beside its peer or its bound: `./bro bench opinions | mixing | matching | ...`."""

from __future__ import annotations

import importlib.util
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def main(argv: list[str]) -> int:
    """Run one benchmark on one thread."""
    folder = ROOT / "benchmarks"
    names = sorted(file.stem for file in folder.glob("*.py") if not file.stem.startswith("_"))
    if not argv or argv[0] not in names:
        print(
            f"bro bench: name one of {', '.join(names) or 'none here; clone the repository'}.",
            file=sys.stderr,
        )
        return 2
    if os.environ.get("OMP_NUM_THREADS") != "1":
        one = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
        command = [sys.executable, "-m", "brobygget", "bench", *argv]
        os.execve(sys.executable, command, {**os.environ, **one})
    sys.path.insert(0, str(ROOT))
    spec = importlib.util.spec_from_file_location(f"benchmarks.{argv[0]}", folder / f"{argv[0]}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return int(module.main(argv[1:]))
