"""Files of a case on its page: what comes in, what goes out, and for whom."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4
from zipfile import ZipFile

import pytest
from flask import Flask
from werkzeug.datastructures import FileStorage
from werkzeug.http import parse_options_header
from werkzeug.test import encode_multipart

from domain.entry import Role
from domain.kinds import DocumentKind, WhyWithdrawn
from domain.nouns import Document
from tests import given
from tests.given import the
from tests.web.conftest import Visitor, desk_of
from tests.web.filling import entries, hidden, kept, opened
from web.documents import ROOM, safe_name
from web.forms.files import MOST, TYPES, type_of

PDF = b"%PDF-1.7 een brief"
PNG = b"\x89PNG\r\n\x1a\n een tekening"
ODT = b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/vnd.oasis.opendocument.text"


def packed(*names: str) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w") as zipped:
        for name in names:
            zipped.writestr(name, "x")
    return made.getvalue()


DOCX = packed("[Content_Types].xml", "word/document.xml")


@pytest.fixture
def ilse(as_: Callable[..., Visitor]) -> Visitor:
    return as_("ilse", Role.COORDINATOR)


def a_form(browser: Visitor, case_id: UUID) -> dict[str, str]:
    """The form on the page of documents, as it was opened."""
    page = browser.get(f"/cases/{case_id}/documents").text
    return hidden(page.partition('aria-labelledby="add-h"')[2]) | {"kind": "letter"}


def add(browser: Visitor, case_id: UUID, content: bytes = PDF, name: str = "brief.pdf", **facts: Any) -> Any:
    file = FileStorage(BytesIO(content), name, "content")
    sent = a_form(browser, case_id) | facts | {"content": file}
    return post(browser, f"/cases/{case_id}/record/add-document", sent)


def post(browser: Visitor, where: str, sent: dict[str, Any]) -> Any:
    """As a browser sends it; the test client's own way leaves a temporary file open behind it."""
    boundary, body = encode_multipart(sent)
    return browser.post(where, data=body, content_type=f"multipart/form-data; boundary={boundary}")


def documents(app: Flask, case_id: UUID) -> dict[UUID, Document]:
    return desk_of(app).casework.history(case_id).plan.documents


def test_a_file_that_is_added_is_listed_and_comes_back_as_it_was(app: Flask, ilse: Visitor) -> None:
    case = given.sanne()
    case_id, wish = kept(app, case), the(case.plan.wishes)
    answer = add(ilse, case_id, PNG, "C:\\foto's\\droom kaart.png", kind="drawing", subject=str(wish))
    assert answer.status_code == 303, answer.text
    page = ilse.get(f"/cases/{case_id}/documents").text
    for text in (
        "droom kaart.png",
        "tekening",
        "Ik wil weer voor mijn zus kunnen koken.",
        "22-11-2026",
        "1\N{NO-BREAK SPACE}kB",
    ):
        assert text in page
    back = ilse.get(f"/cases/{case_id}/documents/{the(documents(app, case_id))}")
    assert back.data == PNG
    assert "documents/" in ilse.get(f"/cases/{case_id}/timeline").text


@pytest.mark.parametrize("name", ["x.html", "x.HTM", "brief.pdf", "x.svg", "x.js", "x.mp3"])
def test_a_name_that_ends_as_no_file_of_its_kind_is_not_taken(app: Flask, ilse: Visitor, name: str) -> None:
    case_id = kept(app, given.sanne())
    answer = add(ilse, case_id, b"<script>alert(1)</script>", name)
    assert answer.status_code == 422
    assert "Geef het een andere naam" in answer.text
    assert not documents(app, case_id)


@pytest.mark.parametrize("name", ["Brief 1.2", "Brief van dr. Bos", "Brief", "brief.TXT", "Z. 12.2026"])
def test_a_name_that_says_nothing_of_its_kind_is_taken(app: Flask, ilse: Visitor, name: str) -> None:
    case_id = kept(app, given.sanne())
    assert add(ilse, case_id, b"Beste Sanne", name).status_code == 303


def test_a_file_is_kept_by_the_browser_and_never_shown(app: Flask, ilse: Visitor) -> None:
    case_id = kept(app, given.sanne())
    add(ilse, case_id)
    headers = ilse.get(f"/cases/{case_id}/documents/{the(documents(app, case_id))}").headers
    assert headers["Content-Disposition"] == "attachment; filename=brief.pdf"
    assert headers["Content-Type"] == "application/pdf"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"MZ\x90\x00 a program", "brief.pdf"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'>\x01</svg>", "beeld.svg"),
        (b"GIF89a\x01\x00", "beeld.png"),
        (packed("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "brief.docx"),
        (packed("anything.txt"), "alles.zip"),
        (DOCX[:-8], "half.docx"),
        ("Zo gezegd é".encode("latin-1"), "gezegd.txt"),
        (PNG, "brief.pdf"),
    ],
)
def test_what_a_file_is_is_read_from_what_is_in_it(
    app: Flask, ilse: Visitor, content: bytes, name: str
) -> None:
    case_id = kept(app, given.sanne())
    answer = add(ilse, case_id, content, name)
    assert answer.status_code == 422
    assert 'class="errsum"' in answer.text
    assert "Kies het bestand opnieuw" in answer.text
    assert not documents(app, case_id)


@pytest.mark.parametrize(
    ("content", "ending"),
    [
        (PDF, ".pdf"),
        (PNG, ".png"),
        (b"\xff\xd8\xff\xe0 een foto", ".jpg"),
        (ODT, ".odt"),
        (DOCX, ".docx"),
        ("\ufeffZo is het gezegd: één keer.\r\n".encode(), ".txt"),
    ],
)
def test_these_are_taken(content: bytes, ending: str) -> None:
    found = type_of(content)
    assert found
    assert found.endings[0] == ending


def test_a_file_with_nothing_in_it_is_not_taken(app: Flask, ilse: Visitor) -> None:
    answer = add(ilse, kept(app, given.sanne()), b"", "leeg.txt")
    assert answer.status_code == 422
    assert "Er zit niets in dit bestand." in answer.text


def test_without_a_file_the_form_asks_for_one(app: Flask, ilse: Visitor) -> None:
    case_id = kept(app, given.sanne())
    answer = add(ilse, case_id, b"", "")
    assert answer.status_code == 422
    assert 'href="#content"' in answer.text


def test_a_file_over_ten_megabytes_gets_a_sentence(app: Flask, ilse: Visitor) -> None:
    case_id = kept(app, given.sanne())
    answer = add(ilse, case_id, PDF + b" " * (MOST - len(PDF)))
    assert answer.status_code == 303
    answer = add(ilse, case_id, PDF + b" " * MOST)
    assert answer.status_code == 422
    assert "hoogstens 10 MB" in answer.text
    answer = add(ilse, case_id, PDF + b" " * ROOM)
    assert answer.status_code == 413
    assert len(documents(app, case_id)) == 1


def test_other_forms_have_no_more_room_than_before(app: Flask, ilse: Visitor) -> None:
    case_id = kept(app, given.sanne())
    where = f"/cases/{case_id}/record/take-action"
    large = FileStorage(BytesIO(b" " * 3_000_000), "x.txt", "file")
    sent = opened(ilse, where) | {"words": "Gebeld.", "file": large}
    assert post(ilse, where, sent).status_code == 413


def test_a_file_sent_twice_is_kept_once_and_another_in_its_place_is_not_lost(
    app: Flask, ilse: Visitor
) -> None:
    case_id = kept(app, given.sanne())
    form = a_form(ilse, case_id)
    answers = [
        ilse.post(
            f"/cases/{case_id}/record/add-document", data=form | {"content": (BytesIO(content), "a.pdf")}
        )
        for content in (PDF, PDF, PDF + b" maar anders")
    ]
    assert [answer.status_code for answer in answers] == [303, 303, 409]
    assert len(documents(app, case_id)) == 1


def test_without_its_token_a_file_is_not_taken(app: Flask, ilse: Visitor) -> None:
    case_id = kept(app, given.sanne())
    assert add(ilse, case_id, csrf_token="").status_code == 400
    assert not documents(app, case_id)


def test_in_json_a_file_is_base64_with_its_hash_if_they_like(app: Flask, ilse: Visitor) -> None:
    """The same form reads both: what a page uploads, and what a program sends."""
    case_id = kept(app, given.sanne())
    where = f"/cases/{case_id}/record/add-document"
    sent = a_form(ilse, case_id) | {"content": b64encode(PDF).decode(), "name": "brief"}
    assert ilse.post(where, data=sent | {"content": "geen base64!"}).status_code == 422
    assert ilse.post(where, data=sent | {"sha256": "0" * 64}).status_code == 422
    assert ilse.post(where, data=sent).status_code == 303
    assert entries(app, case_id)[-1].TOPIC == "document_added"


def test_a_file_of_a_case_that_is_not_theirs_does_not_exist(
    app: Flask, ilse: Visitor, as_: Callable[..., Visitor]
) -> None:
    case_id, other = kept(app, given.sanne()), kept(app, given.karim())
    add(ilse, case_id)
    file = the(documents(app, case_id))
    stranger = as_("kees", Role.COORDINATOR, "Zuid")
    for where in (f"/cases/{case_id}/documents", f"/cases/{case_id}/documents/{file}"):
        assert stranger.get(where).status_code == 404
        assert app.test_client().get(where).status_code == 303
    assert ilse.get(f"/cases/{other}/documents/{file}").status_code == 404
    assert ilse.get(f"/cases/{case_id}/documents/{uuid4()}").status_code == 404


@pytest.mark.parametrize("reason", WhyWithdrawn)
def test_a_file_that_is_withdrawn_does_not_go_out(app: Flask, ilse: Visitor, reason: WhyWithdrawn) -> None:
    case_id = kept(app, given.sanne())
    add(ilse, case_id)
    file = the(documents(app, case_id))
    with desk_of(app).casework.changing(case_id) as change:
        change.case.withdraw_entry(change.case.version, reason, **given.telling())
    assert ilse.get(f"/cases/{case_id}/documents/{file}").status_code == 404
    for page in ("/documents", "/timeline", f"/entries/{len(entries(app, case_id)) - 1}"):
        assert f"/documents/{file}" not in ilse.get(f"/cases/{case_id}{page}").text


def test_a_file_that_is_forgotten_is_not_there(app: Flask, ilse: Visitor) -> None:
    case_id = kept(app, given.sanne())
    add(ilse, case_id)
    file = the(documents(app, case_id))
    with desk_of(app).pool.connection() as db:
        db.execute("DELETE FROM draad.document")
    assert ilse.get(f"/cases/{case_id}/documents/{file}").status_code == 404


def test_a_signed_sheet_goes_with_reading_back(app: Flask, ilse: Visitor) -> None:
    case = given.karim()
    sheet = case.add_document("Nee, getekend", DocumentKind.SIGNED_SHEET, PDF, **given.telling())
    case.add_document("Een brief", DocumentKind.LETTER, PDF, **given.telling())
    page = ilse.get(f"/cases/{kept(app, case)}/record/read-back?entry=4").text
    assert f'<option value="{sheet}">Nee, getekend</option>' in page
    assert "Een brief" not in page


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "_.._etc_passwd.pdf"),
        ("..\\..\\boot.ini", "_.._boot.ini.pdf"),
        ('a"; filename="b.exe', "a_; filename=_b.exe.pdf"),
        ("brief\r\nX-Evil: 1.pdf", "brief__X-Evil_ 1.pdf"),
        ("brief.PDF", "brief.PDF"),
        ("...", "document.pdf"),
        (".pdf", "pdf.pdf"),
        ("één brief voor Zoë", "één brief voor Zoë.pdf"),
        ("x" * 300, "x" * 120 + ".pdf"),
    ],
)
def test_a_name_leads_nowhere_and_ends_as_its_content_asks(name: str, safe: str) -> None:
    assert safe_name(name, TYPES[0]) == safe


def test_a_name_with_accents_goes_out_as_it_was(app: Flask, ilse: Visitor) -> None:
    """RFC 6266: plain letters for old browsers, and the name itself."""
    case_id = kept(app, given.sanne())
    add(ilse, case_id, name="één brief.pdf")
    said = ilse.get(f"/cases/{case_id}/documents/{the(documents(app, case_id))}").headers[
        "Content-Disposition"
    ]
    kind, options = parse_options_header(said)
    assert (kind, options["filename"]) == ("attachment", "één brief.pdf")
