"""What a test reads of a PDF: its text, what it says of itself, and the files in it."""

from __future__ import annotations

import io
import re
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


def fonts_of(content: bytes) -> set[str]:
    """The names of the letters that are in it, without the mark of which of them."""
    held = (page["/Resources"]["/Font"].values() for page in opened(content).pages)  # type: ignore[index]  # of each page
    return {font.get_object()["/BaseFont"].partition("+")[2] for fonts in held for font in fonts}
