"""What comes in is JSON, read in one way only, and not too much of it."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from flask import Flask

from tests.web.api.conftest import ROOT, Program, is_a_problem
from tests.web.filling import a_full_case, entries, kept
from web.api.body import DEEPEST, MOST, Unclear, decoded

A_NOTE = {"words": "Gebeld.", "happened_on": "2026-11-22"}


@pytest.fixture
def note(app: Flask, ilse: Program) -> Any:
    """Sends this as a daily note; checks that nothing is recorded when it is refused."""
    case_id = kept(app, a_full_case())
    before = len(entries(app, case_id))

    def send(body: Any, **headers: str) -> Any:
        answer = ilse.record(case_id, "take_action", body, **headers)
        assert answer.status_code != 500
        assert len(entries(app, case_id)) == before + (answer.status_code == 201)
        return answer

    return send


def nested(levels: int) -> bytes:
    """So deep, the object that holds it counted."""
    return b'{"words": ' + b"[" * (levels - 1) + b"]" * (levels - 1) + b"}"


def wide(values: int) -> bytes:
    """So many values: the object, the list in it, and what is in the list."""
    return json.dumps({"words": [0] * (values - 2)}).encode()


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "text/json", ""])
def test_only_json_is_taken(note: Any, content_type: str) -> None:
    is_a_problem(note(A_NOTE, Content_Type=content_type), 415)


def test_json_may_say_that_it_is_utf_8(note: Any) -> None:
    assert note(A_NOTE, Content_Type="application/json; charset=utf-8").status_code == 201


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"[]",
        b'"text"',
        b"null",
        b"\xef\xbb\xbf{}",
        b'{"words": "\xff"}',
        b'{"words": "\xed\xa0\x80"}',
        rb'{"words": "\ud800"}',
        rb'{"\udfff": "x"}',
        b'{"words": NaN}',
        b'{"words": Infinity}',
        b'{"words": -Infinity}',
        b'{"words": 1e999}',
        b'{"words": ' + b"9" * 5000 + b"}",
        b'{"words": "a", "words": "b"}',
        b'{"to": {"unit": "hours", "unit": "hours"}}',
        b'{"words": "a"} {"words": "b"}',
        b"{'words': 'a'}",
        b'{"words": "' + b'\\"' * 200_000,
    ],
)
def test_what_two_readers_could_read_differently_is_refused(note: Any, raw: bytes) -> None:
    assert "errors" not in is_a_problem(note(raw), 400)


def test_a_body_may_be_40_deep_and_no_deeper(note: Any) -> None:
    assert "errors" in is_a_problem(note(nested(DEEPEST)), 400)  # read, and then it is no text
    assert "errors" not in is_a_problem(note(nested(DEEPEST + 1)), 400)
    assert "errors" not in is_a_problem(note(nested(100_000)), 400)


def test_a_body_may_hold_20_000_values_and_no_more(note: Any) -> None:
    assert "errors" in is_a_problem(note(wide(MOST)), 400)
    assert "errors" not in is_a_problem(note(wide(MOST + 1)), 400)
    assert "errors" not in is_a_problem(note(wide(200_000)), 400)


def test_brackets_in_words_count_for_nothing(note: Any) -> None:
    words = '[{"' * 50 + "," * MOST
    assert note(A_NOTE | {"words": words[:20_000]}).status_code == 201


def test_a_pair_of_halves_is_a_character(note: Any) -> None:
    assert decoded(r'"\ud83d\ude00"') == "😀"
    with pytest.raises(Unclear):
        decoded(r'["\ude00\ud83d"]')


def test_a_large_body_is_refused_by_its_length(app: Flask, note: Any) -> None:
    most = app.config["MAX_CONTENT_LENGTH"]
    is_a_problem(note(b'{"words": "' + b"x" * most + b'"}'), 413)


def test_a_large_body_without_a_length_is_refused_when_it_becomes_too_large(
    app: Flask, ilse: Program
) -> None:
    """As a server gives it that reads a body in chunks."""
    case_id = kept(app, a_full_case())
    answer = ilse.client.post(
        f"{ROOT}/cases/{case_id}/commands/take-action",
        input_stream=io.BytesIO(b" " * (app.config["MAX_CONTENT_LENGTH"] + 1)),
        headers=ilse.headers | {"Content-Type": "application/json", "Transfer-Encoding": "chunked"},
        environ_overrides={"wsgi.input_terminated": True},
    )
    is_a_problem(answer, 413)
