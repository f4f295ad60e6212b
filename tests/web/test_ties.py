"""The people in somebody's life, a row each; and questions that come with suggestions."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from marshmallow import ValidationError
from werkzeug.datastructures import MultiDict

from domain.entry import Role
from domain.kinds import Bond
from domain.nouns import Tie
from domain.story import CircleDrawn
from tests import given
from tests.web.conftest import Visitor
from tests.web.filling import address, entries, kept, send, speaking
from web.forms.conversation import OPENING_QUESTIONS
from web.forms.facts import told
from web.forms.story import DrawCircle
from web.forms.ties import Ties
from web.saving import values_of

ELS, BUURMAN = Tie("Els", Bond.STRONG, "Zij belt elke dag."), Tie("De buurman", Bond.LOOSE)
ROWS = {"ties.0.person": "Els", "ties.0.bond": "strong", "ties.0.words": "Zij belt elke dag."}
ROWS |= {"ties.5.person": " De buurman ", "ties.5.bond": "loose", "ties.1.person": "", "ties.1.bond": ""}


@pytest.fixture
def ilse(as_: Callable[..., Visitor]) -> Visitor:
    return as_("ilse", Role.COORDINATOR)


def read(value: Any) -> Any:
    return Ties("Who?", required=True).deserialize(value, "ties", {"ties": value})


def test_rows_of_a_page_and_objects_of_json_are_the_same_ties() -> None:
    page = values_of(DrawCircle(), MultiDict(ROWS))
    json = [
        {"person": "Els", "bond": "strong", "words": "Zij belt elke dag."},
        {"person": "De buurman", "bond": "loose"},
        {"person": "", "bond": None},
    ]
    assert read(page["ties"]) == read(json) == (ELS, BUURMAN)


def test_rows_beside_an_answer_that_has_no_rows_are_not_understood() -> None:
    mixed = values_of(DrawCircle(), MultiDict([("ties", "Els"), ("ties.0.person", "Els")]))
    assert {"ties", "ties.0.person"} <= DrawCircle().validate(mixed).keys()


@pytest.mark.parametrize(
    "value",
    [
        "Els",
        ["Els"],
        [],
        [{"person": ""}],
        [{"person": "Els"}],
        [{"person": " ", "bond": "strong"}],
        [{"bond": "strong"}],
        [{"person": "Els", "bond": "best_friends"}],
        [{"person": 3, "bond": "strong"}],
        [{"person": "Els", "bond": "strong", "age": "3"}],
        {"0.words": "Zij belt elke dag."},
        None,
    ],
)
def test_a_row_without_a_name_or_a_bond_is_refused(value: Any) -> None:
    with pytest.raises(ValidationError):
        read(value)


def test_a_circle_is_drawn_on_a_page(app: Flask, ilse: Visitor) -> None:
    case_id = kept(app, given.sanne())
    answer = send(ilse, address(case_id, "draw_circle"), with_client="yes", **ROWS)
    assert answer.status_code == 303
    drawn = entries(app, case_id)[-1]
    assert isinstance(drawn, CircleDrawn)
    assert drawn.ties == (ELS, BUURMAN)
    line = ilse.get(f"/cases/{case_id}/entries/{drawn.number}").text
    assert "Zij belt elke dag." in line
    assert "De buurman" in line


def test_what_was_typed_stays_and_the_rows_that_hold_it_are_open(app: Flask, ilse: Visitor) -> None:
    case_id = kept(app, given.sanne())
    page = send(ilse, address(case_id, "draw_circle"), **(ROWS | {"ties.5.bond": ""})).text
    assert re.search(r'name="ties\.5\.person" value=" De buurman "', page)
    assert '<option value="strong" selected' in page
    assert open_rows(page) == 10
    assert open_rows(ilse.get(address(case_id, "draw_circle")).text) == 4


def open_rows(page: str) -> int:
    """The rows one sees before more are asked for."""
    return re.split(r"<summary>\s*Meer mensen", page)[0].count('class="tie"')


def test_the_last_circle_is_there_to_go_on_from_and_has_room(app: Flask, ilse: Visitor) -> None:
    case = given.sanne()
    many = [Tie(f"Nicht {number}", Bond.LOOSE) for number in range(14)]
    case.draw_circle((ELS, *many), with_client=True, **given.telling())
    case_id = kept(app, case)
    page = ilse.get(address(case_id, "draw_circle")).text
    assert 'name="ties.0.words" value="Zij belt elke dag."' in page
    assert 'name="ties.14.person" value="Nicht 13"' in page
    assert open_rows(page) == 19
    assert 'name="with_client" value="yes" checked' not in page
    again = {f"ties.{row}.person": f"Nicht {row}" for row in range(16)}
    again |= {f"ties.{row}.bond": "loose" for row in range(16)}
    assert send(ilse, address(case_id, "draw_circle"), with_client="yes", **again).status_code == 303
    drawn = entries(app, case_id)[-1]
    assert isinstance(drawn, CircleDrawn)
    assert len(drawn.ties) == 16


def test_a_link_fills_in_a_row(app: Flask, ilse: Visitor) -> None:
    case_id = kept(app, given.sanne())
    page = ilse.get(address(case_id, "draw_circle"), query_string={"ties.1.person": "Els"}).text
    assert 'name="ties.1.person" value="Els"' in page


def test_a_tie_reads_as_who_and_how_close(app: Flask) -> None:
    with speaking(app):
        assert told((ELS, BUURMAN)) == "Els – een hechte band, De buurman – een losse band"


def test_a_conversation_suggests_what_to_begin_with(app: Flask, ilse: Visitor) -> None:
    case_id = kept(app, given.sanne())
    page = ilse.get(address(case_id, "hold_conversation")).text
    assert 'list="opening_question-list"' in page
    offered = page.partition('<datalist id="opening_question-list">')[2].partition("</datalist>")[0]
    assert offered.count("<option") == len(OPENING_QUESTIONS)
    assert offered.index("Wat is belangrijk voor u?") < offered.index("Wat heb jij nodig")
