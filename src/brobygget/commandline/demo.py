"""Open Älvnäs, an invented town, on this computer: `./bro demo`."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import threading
import time
import urllib.request
import webbrowser
from pathlib import Path

from brobygget.commandline.serve import OneLineParser, port_number, prepare, refuse_taken_door, serve

HELP = "Open Älvnäs, an invented town, at a chapter of its story."
EPILOG = """Chapters: A before anything, B an ordinary week at the reception, C the first circle (default),
D the second, E the third, F after four circles, G twelve days before
the open house, H at one o'clock on the day. Later chapters come with the work that fills them in."""
REPOSITORY = Path(__file__).resolve().parents[3]


def main(argv: list[str]) -> int:
    """Load the town when it is not there, set its clock, print the doors and serve."""
    parser = OneLineParser(
        prog="./bro demo",
        description=HELP,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--chapter", default="C", type=str.upper, metavar="A..J")
    parser.add_argument("--port", type=port_number, default=8000)
    parser.add_argument("--host", default="127.0.0.1", help="0.0.0.0 lets phones on the same network in")
    parser.add_argument("--address", default="", help="what phones on the network call this computer")
    parser.add_argument("--no-browser", action="store_true")
    parser.add_argument("--fresh", action="store_true", help="begin the chapter again")
    parser.add_argument("--folder", type=Path, default=None, help="where the town is kept")
    arguments = parser.parse_args(argv)
    known = "ABCDEFGH"
    if arguments.chapter not in "ABCDEFGHIJ" or len(arguments.chapter) != 1:
        print("bro demo: a chapter is a letter from A to J, such as --chapter C.", file=sys.stderr)
        return 2
    if refuse_taken_door("demo", arguments.host, arguments.port):
        return 2
    chapter = min(arguments.chapter, known[-1])
    data = folder_for(arguments.folder) / f"chapter-{chapter}"
    if arguments.fresh:
        shutil.rmtree(data, ignore_errors=True)
    os.environ["BROBYGGET_DATA"] = str(data)
    os.environ["BROBYGGET_KEYS"] = str(data.parent / "keys")
    os.environ.setdefault("BROBYGGET_STATIC", str(data.parent / "static"))
    os.environ["BROBYGGET_DEMO"] = "1"
    address = arguments.address or f"http://localhost:{arguments.port}"
    os.environ["BROBYGGET_ADDRESS"] = address

    status = prepare("demo")
    if status:
        return status
    from brobygget.operations.demo import doors, opening

    town_is_new = opening.open_town(chapter)
    opened = doors.doors(address)
    (data / "doors.json").write_text(json.dumps(opened, ensure_ascii=False, indent=1), encoding="utf-8")
    print(
        doors.as_text(opened, chapter=chapter, wished=arguments.chapter, is_new=town_is_new, data=data),
        flush=True,
    )
    browser = threading.Thread(target=open_browser, args=(f"{address}/",), daemon=True)
    serve(
        host=arguments.host,
        port=arguments.port,
        is_begun=(lambda: None) if arguments.no_browser else browser.start,
    )
    return 0


def folder_for(chosen: Path | None) -> Path:
    """Beside the program in a clone; in the home folder for an installed wheel."""
    if chosen is not None:
        return chosen.resolve()
    is_clone = (REPOSITORY / "pyproject.toml").exists()
    return REPOSITORY / "var" / "demo" if is_clone else Path.home() / ".brobygget" / "demo"


def open_browser(address: str) -> None:
    """Show the town as soon as it answers."""
    for _ in range(50):
        try:
            with urllib.request.urlopen(f"{address}health/", timeout=1):
                webbrowser.open(address)
                return
        except OSError:
            time.sleep(0.1)
