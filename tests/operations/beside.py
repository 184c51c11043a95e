"""What stands in for the worker: begun as a copy or anew, it notes its number and waits to be ended."""

import os
import time
from pathlib import Path

from brobygget.commandline import work

NOTES = "NOTES_OF_STAND_INS"


def note_and_wait() -> None:
    work.end_with_parent()
    with Path(os.environ[NOTES]).open("a") as notes:
        notes.write(f"{os.getpid()}\n")
    time.sleep(600)
