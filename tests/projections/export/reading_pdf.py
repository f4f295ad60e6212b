"""What a test reads of a PDF: its text, what it says of itself, and the files in it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader


def opened(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content))


def text_of(content: bytes) -> str:
    """All pages as one running text, without their heads and feet."""
    pages = "\n".join(page.extract_text() for page in opened(content).pages)
    return re.sub(r"\s+", " ", pages)


def root_of(content: bytes) -> Any:
    """What the file says of itself as a whole."""
    return opened(content).trailer["/Root"]


def says_of_itself(content: bytes) -> str:
    """The metadata, as XML."""
    return str(root_of(content)["/Metadata"].get_data().decode())


def items_of(content: bytes) -> list[tuple[str, ...]]:
    """What each item of a list is made of, as it is read aloud."""
    return [
        tuple(kid["/S"] for kid in _kids(one)) for one in _told(root_of(content)["/StructTreeRoot"], "/LI")
    ]


def _told(element: Any, kind: str) -> Iterator[Any]:
    if element.get("/S") == kind:
        yield element
    for kid in _kids(element):
        yield from _told(kid, kind)


def _kids(element: Any) -> Iterator[Any]:
    kids = element.get("/K", [])
    found = (kid.get_object() for kid in (kids if isinstance(kids, list) else [kids]))
    return (kid for kid in found if isinstance(kid, dict))


def fonts_of(content: bytes) -> set[str]:
    """The names of the letters that are in it, without the mark of which of them."""
    held = (page["/Resources"]["/Font"].values() for page in opened(content).pages)  # type: ignore[index]  # of each page
    return {font.get_object()["/BaseFont"].partition("+")[2] for fonts in held for font in fonts}
