"""A file in JSON: base64, with room for ten megabytes, and only there."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from typing import Any

import pytest
from flask import Flask

from tests import given
from tests.given import the
from tests.web.api.conftest import Program
from tests.web.conftest import desk_of
from tests.web.filling import kept
from web.documents import ROOM
from web.forms.files import MOST

PDF = b"%PDF-1.7 een brief"


def a_letter(content: bytes, **more: Any) -> dict[str, Any]:
    sent = {"content": b64encode(content).decode(), "name": "brief.pdf", "kind": "letter"}
    return sent | {"happened_on": "2026-11-22"} | more


def test_a_large_file_is_kept_as_it_was_sent(app: Flask, ilse: Program) -> None:
    case_id, large = kept(app, given.sanne()), PDF.ljust(MOST)
    hash_of = sha256(large).hexdigest()
    answer = ilse.record(case_id, "add_document", a_letter(large, sha256=hash_of))
    assert answer.status_code == 201, answer.text
    document = desk_of(app).casework.history(case_id).plan.documents
    assert document[the(document)].sha256 == hash_of


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (a_letter(PDF.ljust(MOST + 1)), "content"),
        (a_letter(b"MZ\x90\x00"), "content"),
        (a_letter(PDF) | {"content": "geen base64!"}, "content"),
        (a_letter(PDF) | {"content": 3}, "content"),
        (a_letter(PDF, name="brief.png"), "name"),
    ],
    ids=["too large", "a program", "no base64", "no text", "another name"],
)
def test_what_is_wrong_with_a_file_is_told_by_field(
    app: Flask, ilse: Program, wrong: dict[str, Any], field: str
) -> None:
    answer = ilse.record(kept(app, given.sanne()), "add_document", wrong)
    assert answer.status_code == 400
    assert set(answer.get_json()["errors"]) == {field}


def test_a_file_that_did_not_come_through_whole_is_refused(app: Flask, ilse: Program) -> None:
    answer = ilse.record(kept(app, given.sanne()), "add_document", a_letter(PDF, sha256="0" * 64))
    assert answer.status_code == 422
    assert answer.get_json()["field"] == "content"


def test_there_is_an_end_to_what_may_be_sent(app: Flask, ilse: Program) -> None:
    case_id = kept(app, given.sanne())
    assert ilse.record(case_id, "add_document", b"[" + b" " * ROOM).status_code == 413
    assert ilse.record(case_id, "take_action", b"[" + b" " * 3_000_000).status_code == 413
