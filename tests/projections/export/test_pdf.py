"""A PDF can be read aloud and kept, holds its files, and fetches nothing of others."""

from __future__ import annotations

import logging
from xml.etree import ElementTree as ET

import pytest

from projections.export import pdf as made_here
from projections.export.pdf import LibrariesMissing, missing, pdf
from tests.projections.export.reading_pdf import fonts_of, opened, root_of, says_of_itself, text_of

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
PAGE = '<!doctype html><html lang="nl"><title>Een plan</title><h1>Kop</h1><p>Wat er staat.</p></html>'
pytestmark = pytest.mark.skipif(bool(missing()), reason="this machine cannot make a PDF")


def test_it_is_tagged_with_its_language_and_title() -> None:
    root = root_of(pdf(PAGE))
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "nl"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "/StructTreeRoot" in root
    assert opened(pdf(PAGE)).metadata.title == "Een plan"  # type: ignore[union-attr]  # it has metadata


def test_it_says_that_it_is_to_keep_and_for_everybody() -> None:
    said = says_of_itself(pdf(PAGE))
    assert 'pdfaid:part="3"' in said
    assert 'pdfaid:conformance="A"' in said
    assert 'pdfuaid:part="1"' in said


def test_it_says_so_once_in_a_description_that_is_there_for_any_reader() -> None:
    """XMP has room for one: a second is read by nobody."""
    said = ET.fromstring(says_of_itself(pdf(PAGE)))  # noqa: S314 - our own
    assert [one.tag for one in said] == [f"{{{RDF}}}RDF"]
    assert "/Filter" not in root_of(pdf(PAGE))["/Metadata"]


def test_files_go_in_as_they_are() -> None:
    content = pdf(PAGE, {"entries.json": b'{"one": 1}'})
    assert opened(content).attachments == {"entries.json": [b'{"one": 1}']}


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1:9/a.svg", "file:///etc/hostname", "../../pyproject.toml", "data:image/svg+xml,<svg/>"],
)
def test_what_a_page_points_at_elsewhere_is_not_read(address: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR, "weasyprint"):
        content = pdf(
            PAGE.replace(
                "</h1>", f'</h1><img alt="" src="{address}"><link rel="stylesheet" href="{address}">'
            )
        )
    assert "Wat er staat." in text_of(content)
    assert "NotOurs" in caplog.text or address in caplog.text


def test_our_own_letters_are_in_it() -> None:
    face = "@font-face{font-family:X;src:url(../../web/static/vendor/atkinson-hyperlegible-next/"
    face += "atkinson-hyperlegible-next-latin-400-normal.woff2)}p{font-family:X}"
    page = PAGE.replace("<h1>", f"<style>{face}</style><h1>")
    assert fonts_of(pdf(page)) - fonts_of(pdf(PAGE))


def test_what_is_missing_is_named_as_one_installs_it() -> None:
    assert missing({"libnowhere-9.so.0": "libnowhere9", "libc.so.6": "libc6"}) == ["libnowhere9"]


def test_without_the_libraries_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(made_here, "missing", lambda: ["libpango-1.0-0"])
    with pytest.raises(LibrariesMissing, match=r"libpango-1\.0-0"):
        pdf(PAGE)
