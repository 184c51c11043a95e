"""Papers in tests: as text from a PDF, and as pictures."""

from __future__ import annotations

import io
import re
import subprocess
from pathlib import Path

from PIL import Image
from pypdf import PdfReader

MILLIMETRE = 72 / 25.4


def pages_of(made: bytes) -> int:
    """How many pages a document has."""
    return len(PdfReader(io.BytesIO(made)).pages)


def size_of(made: bytes) -> tuple[int, int]:
    """Width and height of the first page in millimetres."""
    box = PdfReader(io.BytesIO(made)).pages[0].mediabox
    return round(float(box.width) / MILLIMETRE), round(float(box.height) / MILLIMETRE)


def is_ua(made: bytes) -> bool:
    """Whether the document says of itself that it is PDF/UA-1, has a title and is tagged."""
    reader = PdfReader(io.BytesIO(made))
    root = reader.trailer["/Root"]
    told = root["/Metadata"].get_data().decode()
    return (
        bool(re.search(r"<pdfuaid:part>1</pdfuaid:part>", told))
        and bool(root["/MarkInfo"]["/Marked"])
        and "/StructTreeRoot" in root
        and bool(reader.metadata and reader.metadata.title)
        and "/Lang" in root
    )


def text_of(made: bytes, folder: Path, *, page: int = 0) -> str:
    """What pdftotext reads, of one page or of all; marks of direction are taken away, space is one space."""
    file = folder / "paper.pdf"
    file.write_bytes(made)
    only = ["-f", str(page), "-l", str(page)] if page else []
    read = subprocess.run(["pdftotext", *only, str(file), "-"], check=True, capture_output=True)
    plain = re.sub("[\u2066-\u2069\u200e\u200f\u202a-\u202e\u2060]", "", read.stdout.decode())
    return " ".join(plain.split())


def pictures_of(made: bytes, folder: Path, *, dots: int = 50) -> list[Image.Image]:
    """Each page as pdftoppm draws it, in grey."""
    file = folder / "paper.pdf"
    file.write_bytes(made)
    subprocess.run(["pdftoppm", "-gray", "-r", str(dots), str(file), str(folder / "page")], check=True)
    drawn = sorted(folder.glob("page-*.pgm"))
    pictures = [Image.open(io.BytesIO(each.read_bytes())) for each in drawn]
    for each in drawn:
        each.unlink()
    return pictures


def ink_in(picture: Image.Image, part: tuple[float, float, float, float]) -> float:
    """The share of dots that are darker than half, in a part of a page given as shares of its sides."""
    wide, deep = picture.size
    left, top, right, bottom = part
    cut = picture.crop((int(left * wide), int(top * deep), int(right * wide), int(bottom * deep)))
    dark = cut.point(lambda level: 255 if level < 128 else 0)
    return dark.histogram()[255] / (cut.size[0] * cut.size[1])
