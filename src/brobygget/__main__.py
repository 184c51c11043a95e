"""The `brobygget` command; `./bro` is the same after set-up."""

from __future__ import annotations

import importlib
import sys

from brobygget.commandline import ENGINE_COMMANDS, run_command

PROGRAM_COMMANDS = {
    "demo": "brobygget.commandline.demo",
    "serve": "brobygget.commandline.serve",
    "work": "brobygget.commandline.work",
    "certificate": "brobygget.commandline.certificate",
    "test": "brobygget.commandline.test",
    "check": "brobygget.commandline.check",
    "bench": "brobygget.commandline.bench",
    "messages": "brobygget.commandline.messages",
}

USAGE = """Usage: ./bro COMMAND

  demo      open Älvnäs, an invented town, on this computer
  serve     serve this house
  work      what no page waits for (serve starts it by itself)
  certificate  https for a laptop that serves a hall without internet
  test      run all the tests (a path or -k as with pytest)
  check     format, lint, imports, types, templates, translations
  bench     the benchmarks, each beside its peer
  messages  collect and compile translations

  opinions  which ideas bridge the groups            (--help tells more)
  mix       who sits with whom, round after round
  match     who meets whom at the open house
  place     who stands where at the open house
  import-associations  what a municipality exported
"""


def main(argv: list[str] | None = None) -> int:
    """Run one command and return its exit status."""
    argv = sys.argv[1:] if argv is None else argv
    name, rest = (argv[0], argv[1:]) if argv else ("--help", [])
    if name in {"-h", "--help", "help"}:
        print(USAGE, end="")
        return 0
    if name in ENGINE_COMMANDS:
        return run_command(name, rest)
    if name in PROGRAM_COMMANDS:
        return int(importlib.import_module(PROGRAM_COMMANDS[name]).main(rest))
    print(f"bro: there is no command {name!r}. `./bro --help` lists them.", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
