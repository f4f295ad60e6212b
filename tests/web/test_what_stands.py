"""What stands already is shown where something is put right, or put beside it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask

from tests import given
from tests.web.conftest import Visitor
from tests.web.filling import address, kept


@pytest.fixture
def ilse(as_: Callable[..., Visitor]) -> Visitor:
    return as_("ilse")


def test_what_is_put_right_shows_what_stands_there(app: Flask, ilse: Visitor) -> None:
    """The entry that was chosen stays; each fact is offered with what it says; and that stands ready."""
    case = given.sanne()
    case.plan_evaluation(date(2026, 12, 1), invited="Sanne en Thomas", **given.telling())
    where = address(kept(app, case), "correct_entry")
    first = ilse.get(where, query_string={"entry": case.version}).text
    assert ": Sanne en Thomas</option>" in first
    assert "Niet vastleggen" in first
    second = ilse.get(where, query_string={"entry": case.version, "field": "invited"}).text
    assert f'<input type="hidden" name="entry" value="{case.version}">' in second
    assert '<select id="entry"' not in second
    assert 'name="now" value="Sanne en Thomas"' in second
    third = ilse.get(where, query_string={"entry": case.version, "field": "on"}).text
    assert 'name="now" value="01-12-2026"' in third


def test_a_second_plan_to_look_back_is_not_made_without_a_word(app: Flask, ilse: Visitor) -> None:
    case = given.sanne()
    said = "Er staat er al een op 01-12-2026."
    case.plan_evaluation(date(2026, 12, 1), **given.telling())
    where = address(kept(app, case), "plan_evaluation")
    assert said in ilse.get(where).text
    overview = ilse.get(f"/cases/{case.id}").text
    assert "Samen terugkijken: " in overview
    assert "over 9 dagen" in overview
    assert said not in ilse.get(address(kept(app, given.karim()), "plan_evaluation")).text


def test_who_does_not_know_says_so(app: Flask, ilse: Visitor) -> None:
    page = ilse.get(address(kept(app, given.sanne()), "take_action")).text
    assert '<option value="">Weet ik niet</option>' in page
