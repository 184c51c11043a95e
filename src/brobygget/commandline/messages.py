"""Collect every translatable string, take in translations, compile: `./bro messages`.

The source of words is English; Swedish is complete at all times. A translator may send a JSON file
``{"sv": {"English source": "svensk text", "one": ["en", "flera"], "context\\u0004short": "..."}}``, which
``./bro messages --take FILE`` merges. ``./bro messages --give LANGUAGE`` prints what a language still lacks in
the same shape, so that nobody needs to know what a catalogue is.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).resolve().parents[1]
LOCALE = PACKAGE / "locale"
CONTEXT = "\u0004"
# Catalogues carry no real dates: the same words always make the same file.
SOME_DAY = datetime(2027, 1, 22, tzinfo=UTC)
FOLDERS = {
    "sv": "sv",
    "sv-easy": "sv_Easy",
    "en": "en",
    "ar": "ar",
    "fa": "fa",
    "ti": "ti",
    "so": "so",
    "uk": "uk",
}
KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
HELP = "Collect and compile translations."


def main(argv: list[str]) -> int:
    """Extract, merge and compile; `--check` only says whether that would change anything."""
    parser = argparse.ArgumentParser(prog="./bro messages", description=HELP)
    parser.add_argument("--take", type=Path, metavar="FILE", help="merge translations from a JSON file")
    parser.add_argument(
        "--give", choices=sorted(FOLDERS), metavar="LANGUAGE", help="print what a language lacks"
    )
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 if something is missing")
    arguments = parser.parse_args(argv)
    with alone():
        source = collected()
        if arguments.check:
            return check(source)
        taken = json.loads(arguments.take.read_text(encoding="utf-8")) if arguments.take else {}
        known = {identity(message) for message in source if message.id}
        for code, texts in taken.items():
            for unknown in sorted(set(texts) - known):
                print(f"{code}: no such string: {unknown!r}", file=sys.stderr)
        for code in FOLDERS:
            catalog = merged(code, source, taken.get(code, {}))
            save(code, catalog)
        if arguments.give:
            lacking = {identity(m): blank(m) for m in catalog_of(arguments.give) if m.id and not is_done(m)}
            print(json.dumps({arguments.give: lacking}, ensure_ascii=False, indent=1))
        else:
            report(source)
    return 0


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Two at once would overwrite each other's words."""
    with (Path(tempfile.gettempdir()) / "brobygget-messages.lock").open("w") as file:
        try:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
        except ImportError:
            pass
        yield


def collected() -> Catalog:
    """Every translatable string of the program, with the file where it stands."""
    from django.conf import settings
    from django.utils.translation import template

    if not settings.configured:
        settings.configure(USE_I18N=True)
    catalog = Catalog(domain="django", charset="utf-8", fuzzy=False)
    for file in sorted([*PACKAGE.rglob("*.py"), *PACKAGE.rglob("templates/**/*.*")]):
        text = file.read_text(encoding="utf-8")
        if file.suffix != ".py":
            # The rest of a page is not Python; without its indentation it can be read as if it were.
            text = "\n".join(
                line.lstrip() for line in template.templatize(text, origin=str(file)).split("\n")
            )
        place = file.relative_to(PACKAGE).as_posix()
        found = extract("python", io.BytesIO(text.encode()), KEYWORDS, comment_tags=("Translators:",))
        for _line, message, comments, context in found:
            if message and message != ("", ""):
                catalog.add(
                    message,
                    locations=[(place, 0)],
                    auto_comments=[c.removeprefix("Translators:").strip() for c in comments],
                    context=context,
                )
    return catalog


def identity(message: Message) -> str:
    """How a translator's file names a string: its singular, after its context where it has one."""
    singular = message.id[0] if isinstance(message.id, tuple | list) else message.id
    return f"{message.context}{CONTEXT}{singular}" if message.context else str(singular)


def blank(message: Message) -> str | list[str]:
    return ["", ""] if message.pluralizable else ""


def is_done(message: Message) -> bool:
    texts = message.string if isinstance(message.string, tuple | list) else [message.string]
    return bool(texts) and all(texts)


def path_of(code: str) -> Path:
    return LOCALE / FOLDERS[code] / "LC_MESSAGES" / "django.po"


def catalog_of(code: str) -> Catalog:
    """A language's catalogue as it lies on disk."""
    language = FOLDERS[code].partition("_")[0]
    if not path_of(code).exists():
        return Catalog(locale=language, domain="django", charset="utf-8", fuzzy=False)
    with path_of(code).open("rb") as file:
        return read_po(file, locale=language, domain="django")


def merged(code: str, source: Catalog, taken: dict[str, Any]) -> Catalog:
    """The collected strings with the words that we have and the words that came in."""
    old = {identity(m): m.string for m in catalog_of(code) if m.id and is_done(m)}
    new = Catalog(
        locale=FOLDERS[code].partition("_")[0],
        domain="django",
        charset="utf-8",
        fuzzy=False,
        project="Brobygget",
        version="1",
        header_comment=f"# Brobygget: {code}",
        creation_date=SOME_DAY,
        revision_date=SOME_DAY,
    )
    for message in source:
        if not message.id:
            continue
        name = identity(message)
        words = taken.get(name) or old.get(name) or ("", "")
        if message.pluralizable:
            many = [words] if isinstance(words, str) else list(words)
            many = [w for w in many if w]
            string: Any = (
                tuple((many + [many[-1]] * new.num_plurals)[: new.num_plurals])
                if many
                else ("",) * new.num_plurals
            )
        else:
            string = words if isinstance(words, str) else words[0]
        new.add(
            message.id,
            string,
            locations=message.locations,
            auto_comments=message.auto_comments,
            context=message.context,
            flags=message.flags,
        )
    return new


def as_po(catalog: Catalog) -> bytes:
    buffer = io.BytesIO()
    write_po(buffer, catalog, width=110, sort_output=True, include_lineno=False)
    return buffer.getvalue()


def as_mo(catalog: Catalog) -> bytes:
    """What the program reads: only what is translated, for Babel would fill an empty plural with the source's."""
    spoken = Catalog(locale=catalog.locale, domain=catalog.domain)
    spoken.mime_headers = catalog.mime_headers
    for message in catalog:
        if message.id and is_done(message):
            spoken[message.id] = message
    buffer = io.BytesIO()
    write_mo(buffer, spoken)
    return buffer.getvalue()


def save(code: str, catalog: Catalog) -> None:
    path = path_of(code)
    path.parent.mkdir(parents=True, exist_ok=True)
    po = as_po(catalog)
    if not path.exists() or path.read_bytes() != po:
        path.write_bytes(po)
    compiled = as_mo(read_po(io.BytesIO(po), locale=FOLDERS[code].partition("_")[0], domain="django"))
    target = path.with_suffix(".mo")
    if not target.exists() or target.read_bytes() != compiled:
        target.write_bytes(compiled)


def check(source: Catalog) -> int:
    """Whether every string is in the catalogues, and every catalogue compiled."""
    stale = []
    for code in FOLDERS:
        po = as_po(merged(code, source, {}))
        path = path_of(code)
        compiled = as_mo(read_po(io.BytesIO(po), locale=FOLDERS[code].partition("_")[0], domain="django"))
        if not path.exists() or path.read_bytes() != po or path.with_suffix(".mo").read_bytes() != compiled:
            stale.append(code)
    if stale:
        print(f"Catalogues behind the program: {', '.join(stale)}. Run ./bro messages.", file=sys.stderr)
    lacking = [
        identity(m) for code in ("sv", "ar") for m in merged(code, source, {}) if m.id and not is_done(m)
    ]
    for name in lacking[:20]:
        print(f"not translated: {name!r}", file=sys.stderr)
    if lacking:
        print(
            f"{len(lacking)} strings lack Swedish or Arabic. ./bro messages --give sv prints them.",
            file=sys.stderr,
        )
    return 1 if stale or lacking else 0


def report(source: Catalog) -> None:
    total = sum(1 for m in source if m.id)
    for code in FOLDERS:
        done = sum(1 for m in catalog_of(code) if m.id and is_done(m))
        print(f"{code:8} {done:5} of {total}" + ("  (the source)" if code == "en" else ""))
