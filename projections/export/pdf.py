"""A page as a PDF: tagged, so that it can be read aloud, and with files in it, so that it can be kept.

The file says of itself that it is PDF/A-3a (to keep, ISO 19005-3) and PDF/UA-1 (for everybody, ISO 14289-1).
WeasyPrint makes it so; nothing here checks it. What a checker of others says: docs/exchange.md.
WeasyPrint draws with libraries of the system. Where these are missing everything else works: `missing` says
which they are.
"""

from __future__ import annotations

import ctypes
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from weasyprint.urls import URLFetcher

OURS = Path(__file__).parent.resolve()
FONTS = OURS.parents[1] / "web" / "static" / "vendor"
LIBRARIES = {  # what WeasyPrint loads, and the package of Debian that brings it
    "libgobject-2.0.so.0": "libglib2.0-0",
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz.so.0": "libharfbuzz0b",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
    "libfontconfig.so.1": "libfontconfig1",
}


class LibrariesMissing(Exception):
    """This machine cannot make a PDF: libraries of the system are missing."""


class NotOurs(ValueError):
    """A page asks for something that is no file of Draad: it is left out."""


def missing(libraries: Mapping[str, str] = LIBRARIES) -> list[str]:
    """What has to be installed before a PDF can be made, as Debian calls it; empty when nothing has."""
    return [package for name, package in libraries.items() if not _is_there(name)]


def pdf(html: str, files: Mapping[str, bytes] | None = None) -> bytes:
    """The page, with these files in it by name. LibrariesMissing.

    `html` says its language and its title. Of what it points at only our own style sheets and fonts are read.
    """
    if wanting := missing():
        raise LibrariesMissing(", ".join(wanting))
    from weasyprint import HTML, Attachment  # noqa: PLC0415 - loads the libraries

    fetcher = _only_ours()
    held = [Attachment(string=text, name=name, relationship="Data") for name, text in (files or {}).items()]
    page = HTML(string=html, base_url=OURS.as_uri() + "/", url_fetcher=fetcher)
    made: bytes = page.write_pdf(pdf_variant="pdf/a-3a", attachments=held, finisher=_for_everybody)
    return made


def _for_everybody(_: object, made: Any) -> None:
    """Say that it is PDF/UA, in the one description that XMP has room for, where any reader sees it."""
    place, also = made.catalog["Metadata"], (OURS / "pdf-ua.xml").read_bytes().strip()
    told = next(one for one in made.objects if one.reference == place)
    told.stream, told.compress = [told.stream[0].replace(b"</rdf:RDF>", also + b"</rdf:RDF>")], False


def _is_there(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _only_ours() -> URLFetcher:
    """Words in a page can name any address: nothing is fetched from it."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415

    class OnlyOurs(URLFetcher):  # type: ignore[misc]  # WeasyPrint carries no types
        def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
            asked = urlsplit(url)
            path = Path(unquote(asked.path)).resolve()
            if asked.scheme != "file" or not any(path.is_relative_to(place) for place in (OURS, FONTS)):
                raise NotOurs(url)
            return super().fetch(url, headers)

    return OnlyOurs(allowed_protocols=["file"])
