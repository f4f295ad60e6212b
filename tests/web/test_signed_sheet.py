"""The say sheet on paper: printed with a code, signed, and entered with a picture of it attached."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from domain.case import Case
from domain.documents import DocumentAdded
from domain.entry import Role
from domain.kinds import DocumentKind
from domain.proposals import ProposalAnswered
from domain.record import ReadBack
from domain.say import Means
from projections.my_plan import questions
from tests import given
from tests.web.conftest import Visitor, desk_of
from tests.web.filling import a_full_case, entries, kept, opened
from tests.web.test_assisted import the_client
from web.forms.files import MOST

PNG = b"\x89PNG\r\n\x1a\n een foto van het blad"


@pytest.fixture
def ilse(as_: Callable[..., Visitor]) -> Visitor:
    return as_("ilse")


def sheet(case_id: UUID) -> str:
    return f"/cases/{case_id}/say-sheet"


def code(case: Case, version: int = 0) -> str:
    return f"{version or case.version}-{case.id.hex[:4]}"


def answered(case: Case, words: str = "Ja, om de week.") -> dict[str, str]:
    question = given.the(case.plan.proposals)
    return {f"{question}:stance": "agrees", f"{question}:client_words": words}


def with_picture(content: bytes = PNG) -> dict[str, Any]:
    return {"picture": FileStorage(BytesIO(content), "blad.png", "picture")}


def post(browser: Visitor, case_id: UUID, sent: dict[str, Any]) -> Any:
    """As a browser sends it; the test client's own way leaves a temporary file open behind it."""
    boundary, body = encode_multipart(sent)
    return browser.post(sheet(case_id), data=body, content_type=f"multipart/form-data; boundary={boundary}")


def test_the_sheet_has_every_question_with_its_number_boxes_and_a_code(app: Flask, ilse: Visitor) -> None:
    case = a_full_case()
    page = ilse.get(f"{sheet(kept(app, case))}/print").text
    asked = questions(case.entries, given.TODAY)
    assert len(asked) > 1
    for question in asked:
        assert f"Vraag {question.number}<" in page
        assert question.then in page
    assert page.count('class="box"') == 3 * len(asked)
    assert f"<b>{code(case)}</b>" in page
    for other in ("Er kwam drie keer niemand", "Er loopt een klacht", "Z-1042"):
        assert other not in page.partition("<main")[2], other


def test_the_numbers_on_paper_stand_on_the_page_where_they_are_entered(app: Flask, ilse: Visitor) -> None:
    case = a_full_case()
    page = ilse.get(sheet(kept(app, case))).text
    for question in questions(case.entries, given.TODAY):
        assert f"Op papier: vraag {question.number}." in page


@pytest.mark.parametrize("role", [Role.CLIENT, Role.PARTNER, Role.MANAGER])
def test_only_who_records_prints_it(app: Flask, as_: Callable[..., Visitor], role: Role) -> None:
    case_id = kept(app, a_full_case())
    assert as_(f"iemand-{role}", role).get(f"{sheet(case_id)}/print").status_code in {403, 404}


def test_the_client_reads_their_questions_on_their_own_page(app: Flask) -> None:
    case = a_full_case()
    case_id = kept(app, case)
    assert the_client(app, case).get(f"{sheet(case_id)}/print").status_code in {403, 404}


def test_answers_and_picture_are_recorded_in_one_save_and_stand_as_read_back(
    app: Flask, ilse: Visitor
) -> None:
    case = a_full_case()
    case_id, before, question = kept(app, case), case.version, given.the(case.plan.proposals)
    sent = opened(ilse, sheet(case_id)) | answered(case) | {"sheet": code(case)}
    for _ in range(2):  # the second time is the same sheet: nothing more is recorded
        assert post(ilse, case_id, sent | with_picture()).status_code == 303
    made = entries(app, case_id)[before:]
    assert [type(entry) for entry in made] == [DocumentAdded, ProposalAnswered, ReadBack]
    assert len({entry.posted for entry in made}) == len({entry.conversation_id for entry in made}) == 1
    document, answer, back = made
    assert isinstance(document, DocumentAdded)
    assert document.kind is DocumentKind.SIGNED_SHEET
    assert isinstance(answer, ProposalAnswered)
    assert (answer.say.means, answer.say.shown_version) == (Means.SPOKEN, before)
    assert isinstance(back, ReadBack)
    assert (back.entry, back.right, back.signed_sheet) == (answer.number, True, document.document_id)
    (held,) = desk_of(app).casework.history(case_id).plan.stances_on(question).of()
    assert held.say.means is Means.READ_BACK
    assert ilse.get(f"/cases/{case_id}/documents/{document.document_id}").data == PNG


def test_another_picture_of_the_same_form_is_not_taken_for_the_same_sheet(app: Flask, ilse: Visitor) -> None:
    case = a_full_case()
    case_id = kept(app, case)
    sent = opened(ilse, sheet(case_id)) | answered(case) | {"sheet": code(case)}
    post(ilse, case_id, sent | with_picture())
    assert post(ilse, case_id, sent | with_picture(PNG + b"!")).status_code == 409


def test_a_cross_without_words_stays_reported_with_the_sheet_beside_it(app: Flask, ilse: Visitor) -> None:
    case = a_full_case()
    case_id, question = kept(app, case), given.the(case.plan.proposals)
    sent = opened(ilse, sheet(case_id)) | answered(case, "") | {"sheet": code(case)}
    assert post(ilse, case_id, sent | with_picture()).status_code == 303
    plan = desk_of(app).casework.history(case_id).plan
    (held,) = plan.stances_on(question).of()
    assert held.say.means is Means.REPORTED
    assert plan.readings[held.entry]


def test_without_a_picture_nothing_is_read_back(app: Flask, ilse: Visitor) -> None:
    case = a_full_case()
    case_id = kept(app, case)
    sent = opened(ilse, sheet(case_id)) | answered(case) | {"sheet": code(case)}
    assert post(ilse, case_id, sent).status_code == 303
    assert not [entry for entry in entries(app, case_id) if isinstance(entry, ReadBack)]


@pytest.mark.parametrize("wrong", ["", "1-zzzz", "1-{other}", "999-{mark}", "57", "0-{mark}"])
def test_a_picture_needs_the_code_of_a_sheet_of_this_client(app: Flask, ilse: Visitor, wrong: str) -> None:
    case = a_full_case()
    case_id = kept(app, case)
    mark = case.id.hex[:4]
    typed = wrong.format(mark=mark, other=mark[::-1] if mark != mark[::-1] else "0123")
    sent = opened(ilse, sheet(case_id)) | answered(case) | {"sheet": typed}
    page = post(ilse, case_id, sent | with_picture())
    assert page.status_code == 422
    assert 'id="sheet-error"' in page.text
    assert "Ja, om de week." in page.text
    assert len(entries(app, case_id)) == case.version


def test_a_question_that_was_not_on_that_sheet_is_not_answered_by_it(app: Flask, ilse: Visitor) -> None:
    case = a_full_case()
    case_id, question = kept(app, case), given.the(case.plan.proposals)
    sent = opened(ilse, sheet(case_id)) | answered(case) | {"sheet": code(case, question - 1)}
    page = post(ilse, case_id, sent | with_picture())
    assert page.status_code == 422
    assert f'id="{question}:stance-error"' in page.text
    assert len(entries(app, case_id)) == case.version


def test_words_that_were_put_right_since_were_not_on_that_sheet(app: Flask, ilse: Visitor) -> None:
    case = a_full_case()
    case_id = kept(app, case)
    offer = next(q for q in questions(case.entries, given.TODAY) if q.kind == "support")
    with desk_of(app).casework.changing(case_id) as change:
        change.case.correct_entry(offer.entry, "provider", "De Overkant", "Vergist.", **given.telling())
    said = {f"{offer.subject}:stance": "agrees", f"{offer.subject}:initiative": "professional"}
    sent = opened(ilse, sheet(case_id)) | said | {"sheet": code(case)}
    page = post(ilse, case_id, sent | with_picture())
    assert page.status_code == 422
    assert f'id="{offer.subject}:stance-error"' in page.text
    now = code(case, case.version + 1)
    assert post(ilse, case_id, sent | {"sheet": now} | with_picture()).status_code == 303


def test_a_photo_as_large_as_any_file_comes_through(app: Flask, ilse: Visitor) -> None:
    case = a_full_case()
    case_id = kept(app, case)
    sent = opened(ilse, sheet(case_id)) | answered(case) | {"sheet": code(case)}
    large = with_picture(PNG + bytes(MOST - len(PNG)))
    assert post(ilse, case_id, sent | large).status_code == 303
    too_large = with_picture(PNG + bytes(MOST))
    again = opened(ilse, sheet(case_id)) | {"sheet": code(case)}
    assert post(ilse, case_id, again | too_large).status_code == 422
