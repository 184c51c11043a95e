"""Paper: PDF by Typst, with our own fonts only, and QR codes."""

from __future__ import annotations

import functools
import io
import json
from pathlib import Path
from typing import Any

import segno

from brobygget.web.glyphs import FONTS, printable


def pdf(template: str, data: dict[str, Any]) -> bytes:
    """A Typst template filled with data, as tagged PDF/UA-1.

    `template` is a path inside the package, such as ``house/print/card.typ``. The template reads
    ``json(bytes(sys.inputs.data))``; what people wrote is data and is printed literally, but for signs that no font
    of ours has (`glyphs`). Every template starts with ``#import "/web/print/paper.typ": *``.
    """
    import typst

    package = Path(__file__).resolve().parents[1]
    made = typst.compile(
        str(package / template),
        root=str(package),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(printable(data), ensure_ascii=False)},
        pdf_standards=["ua-1"],
    )
    assert isinstance(made, bytes)
    return made


@functools.lru_cache(maxsize=256)
def qr_svg(address: str) -> str:
    """A QR code as SVG without a fixed size, black on white with a quiet zone."""
    code = segno.make(address, error="m", micro=False)
    buffer = io.BytesIO()
    code.save(
        buffer, kind="svg", xmldecl=False, nl=False, border=4, omitsize=True, dark="#16302f", light="#ffffff"
    )
    return buffer.getvalue().decode()
