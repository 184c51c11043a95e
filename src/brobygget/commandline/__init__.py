"""The commands that other programs call: files in, JSON out.

One file per command, each with

- ``HELP`` (a sentence) and ``EXAMPLE`` (a call that works),
- ``add_arguments(parser)``,
- ``answer(arguments) -> dict`` which raises `BadInput` when something sent to us is wrong.

`run_command` does the rest for all of them: the common options, the one line on standard error, the exit
status. See ``docs/api.md`` and the decision ``docs/decisions/0004-command-line-room.md``.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ENGINE_COMMANDS: Mapping[str, str] = {
    "opinions": "brobygget.commandline.opinions",
    "mix": "brobygget.commandline.mix",
    "match": "brobygget.commandline.match",
    "place": "brobygget.commandline.place",
    "import-associations": "brobygget.commandline.import_associations",
}


class BadInput(Exception):
    """Something sent to us is wrong: one sentence with what, where and the way on."""


def run_command(name: str, argv: list[str]) -> int:
    """Run one command; 0, or 2 with one line that says what is wrong and where."""
    module = importlib.import_module(ENGINE_COMMANDS[name])
    parser = argparse.ArgumentParser(
        prog=f"./bro {name}", description=module.HELP, epilog=f"Example:  {module.EXAMPLE}"
    )
    module.add_arguments(parser)
    parser.add_argument(
        "--out", type=Path, metavar="FILE", help="write the JSON here instead of standard output"
    )
    parser.add_argument(
        "--seed", type=int, default=1, metavar="N", help="makes chance repeatable (default 1)"
    )
    parser.add_argument("--time", type=float, metavar="SECONDS", help="bounds a search")
    arguments = parser.parse_args(argv)
    try:
        text = json.dumps(module.answer(arguments), ensure_ascii=False, allow_nan=False)
        text = text.encode("utf-8", "replace").decode()  # half a surrogate pair in a name cannot be written
        if arguments.out:
            arguments.out.write_text(text + "\n", encoding="utf-8")
        else:
            sys.stdout.write(text + "\n")
    except BadInput as wrong:
        print(f"bro {name}: {one_line(str(wrong))}", file=sys.stderr)
        return 2
    except OSError as wrong:
        print(f"bro {name}: {one_line(f'{wrong.filename}: {wrong.strerror}')}", file=sys.stderr)
        return 2
    return 0


def one_line(text: str) -> str:
    """The sentence without line breaks or control characters, of a length that a terminal shows."""
    return "".join(c if c.isprintable() else " " for c in text)[:500]


def read_json(path: str) -> Any:
    """The JSON in a file (``.gz`` too) or on standard input when the path is ``-``."""
    import gzip
    import zlib

    try:
        if path == "-":
            data = sys.stdin.buffer.read()
        elif path.endswith(".gz"):
            data = gzip.decompress(Path(path).read_bytes())
        else:
            data = Path(path).read_bytes()
        return json.loads(data.decode("utf-8-sig"))
    except OSError as wrong:
        raise BadInput(f"{path}: {wrong.strerror or 'this is not a gzip file'}. Check the path.") from wrong
    except (EOFError, UnicodeDecodeError, zlib.error) as wrong:
        raise BadInput(f"{path}: this is not a text file in UTF-8. Save it as JSON and try again.") from wrong
    except json.JSONDecodeError as wrong:
        raise BadInput(
            f"{path}, line {wrong.lineno}, column {wrong.colno}: this is not JSON ({wrong.msg})."
        ) from wrong
    except RecursionError as wrong:
        raise BadInput(f"{path}: the JSON is nested too deeply.") from wrong
    except ValueError as wrong:  # Python reads no whole number of more than 4,300 digits
        raise BadInput(f"{path}: the JSON holds a number with too many digits.") from wrong
