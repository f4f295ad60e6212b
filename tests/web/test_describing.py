"""Describing the client: what is known already stays, and nobody writes over another unseen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from tests import given
from tests.web.conftest import Visitor, desk_of
from tests.web.filling import address, entries, hidden, kept, opened, theirs

ALL = {
    "name": "Sanne Mulder",
    "called": "Sanne",
    "birth_date": "03-04-1987",
    "case_number": "Z-1042",
    "language": "nl",
    "address": "jij",
}


@pytest.fixture
def ilse(as_: Callable[..., Visitor]) -> Visitor:
    return as_("ilse")


def test_the_form_opens_with_what_is_known(app: Flask, ilse: Visitor) -> None:
    page = ilse.get(address(kept(app, given.sanne()), "describe_client")).text
    for name in ("name", "called", "birth_date", "case_number", "language"):
        assert f'name="{name}" value="{ALL[name]}"' in page, name
    assert 'name="address" value="jij" checked' in page


def test_of_a_client_not_described_yet_nothing_is_filled_in(app: Flask, ilse: Visitor) -> None:
    assert " checked" not in ilse.get(address(kept(app, given.an_opened_case()), "describe_client")).text


def test_two_descriptions_at_once_show_both_texts(app: Flask, ilse: Visitor) -> None:
    case_id = kept(app, given.sanne())
    where = address(case_id, "describe_client")
    mine = opened(ilse, where) | ALL | {"language": "Pools"}
    with desk_of(app).casework.changing(case_id) as change:
        change.case.describe_client(name="Sanne de Boer", **given.telling())
    before = len(entries(app, case_id))
    answer = ilse.post(where, data=mine)
    assert answer.status_code == 409
    assert "Sanne de Boer" in theirs(answer.text)
    assert 'value="Pools"' in answer.text
    assert len(entries(app, case_id)) == before
    assert ilse.post(where, data=mine | hidden(answer.text)).status_code == 303


def test_a_correction_of_the_description_is_not_written_over_unseen(app: Flask, ilse: Visitor) -> None:
    case_id = kept(app, given.sanne())
    where = address(case_id, "describe_client")
    mine = opened(ilse, where) | ALL
    with desk_of(app).casework.changing(case_id) as change:
        change.case.correct_entry(2, "case_number", "Z-7", "Verkeerd overgenomen.", **given.telling())
    answer = ilse.post(where, data=mine)
    assert answer.status_code == 409
    assert "Z-7" in theirs(answer.text)


def test_something_else_recorded_meanwhile_stands_beside_it(app: Flask, ilse: Visitor) -> None:
    case_id = kept(app, given.sanne())
    where = address(case_id, "describe_client")
    mine = opened(ilse, where) | ALL
    with desk_of(app).casework.changing(case_id) as change:
        change.case.take_action("Samen gewandeld.", **given.telling())
    assert ilse.post(where, data=mine).status_code == 303
