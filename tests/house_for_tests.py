"""Loaded before Django is: a house of its own for every test process, in a folder that is thrown away."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

import hypothesis

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright keeps an event loop running
hypothesis.settings.register_profile(
    "house",
    deadline=None,  # a busy machine is not a fault of the program
    derandomize=os.environ.get("CI") == "true",  # what is green here is green for everybody
)
hypothesis.settings.load_profile("house")
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
_folder = Path(tempfile.mkdtemp(prefix="brobygget-tests-"))
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ["BROBYGGET_DATA"] = str(_folder / "house")
os.environ["BROBYGGET_KEYS"] = str(_folder / "keys")
os.environ["BROBYGGET_TESTING"] = "1"
(_folder / "house" / "static").mkdir(parents=True)
