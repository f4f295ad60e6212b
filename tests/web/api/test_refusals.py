"""What the API does not take: why, where in the body, and under which code."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from flask import Flask

from domain import errors
from domain.entry import Role
from tests import given
from tests.web.api.conftest import Program, Programs, is_a_problem
from tests.web.api.test_commands import A_CASE, A_WISH
from tests.web.conftest import desk_of
from tests.web.filling import a_full_case, kept


def test_what_is_not_right_is_told_by_field_in_the_language_asked(app: Flask, ilse: Program) -> None:
    case_id = kept(app, a_full_case())
    body = A_WISH | {"form": "sung", "colour": "red", "happened_on": "gisteren"}
    dutch = is_a_problem(ilse.record(case_id, "voice_wish", body), 400)["errors"]
    assert dutch["form"] == ["Kies een van deze."]
    assert set(dutch) == {"form", "colour", "happened_on"}
    english = is_a_problem(ilse.record(case_id, "voice_wish", body, Accept_Language="en-GB,en;q=0.9"), 400)
    assert english["errors"]["form"] == ["Choose one of these."]
    other = is_a_problem(ilse.record(case_id, "voice_wish", body, Accept_Language="fr"), 400)
    assert other["errors"] == dutch


def test_what_the_record_does_not_take_says_why_and_where(app: Flask, ilse: Program) -> None:
    case_id = kept(app, a_full_case())
    later = ilse.record(case_id, "voice_wish", A_WISH | {"happened_on": "2099-01-01"}, Accept_Language="en")
    told = is_a_problem(later, 422)
    assert (told["field"], told["code"]) == ("happened_on", "not_yet")
    assert told["detail"] == "This day has not come yet."
    assert "sentence" not in told
    gone = {"happened_on": "2026-11-22", "initiative": "client", "stance": "agrees", "goal_id": str(uuid4())}
    told = is_a_problem(ilse.record(case_id, "agree_goal", gone), 422)
    assert (told["field"], told["code"]) == ("goal_id", "not_in_the_plan")


@pytest.mark.parametrize("day", ["22-11-2026", "22/11/2026", "20261122", 20261122, "gisteren", ""])
def test_a_program_writes_a_day_in_one_way(app: Flask, ilse: Program, day: Any) -> None:
    case_id = kept(app, a_full_case())
    answer = ilse.record(case_id, "voice_wish", A_WISH | {"happened_on": day}, Accept_Language="en")
    assert is_a_problem(answer, 400)["errors"] == {"happened_on": ["Give a day as yyyy-mm-dd."]}
    opening = ilse.post("/cases", A_CASE | {"happened_on": day}, Accept_Language="en")
    assert is_a_problem(opening, 400)["errors"] == {"happened_on": ["Give a day as yyyy-mm-dd."]}


def test_each_refusal_has_a_code_of_its_own() -> None:
    codes = [getattr(errors, name).code() for name in errors.refusals()]
    assert len(codes) == len(set(codes))
    assert {"not_yet", "not_a_mark", "one_alternative_at_a_time"} <= set(codes)


def test_a_signal_is_one_that_there_is(app: Flask, ilse: Program) -> None:
    body = {"happened_on": "2026-11-22", "signal": "bad_weather", "done": "Gebeld."}
    case_id = kept(app, a_full_case())
    told = is_a_problem(ilse.record(case_id, "handle_signal", body, Accept_Language="en"), 400)
    assert told["errors"] == {"signal": ["Choose one of these."]}
    assert ilse.record(case_id, "handle_signal", body | {"signal": "many_faces"}).status_code == 201


def test_a_program_of_who_came_in_by_an_emergency_lets_nobody_in(app: Flask, program: Programs) -> None:
    noor, case = program("noor", Role.WORKER), a_full_case()
    case_id = kept(app, case)
    joins = {"name": "Noor", "kind": "worker", "user": str(noor.account.id), "happened_on": "2026-11-22"}
    is_a_problem(noor.record(case_id, "join_person", joins), 404)
    with desk_of(app).casework.changing(case_id) as change:
        change.case.use_emergency_access("Geen gehoor.", **given.telling(by=noor.account.actor))
    is_a_problem(noor.record(case_id, "join_person", joins), 403)
    assert noor.record(case_id, "voice_wish", A_WISH).status_code == 201


def test_an_account_that_is_on_no_list_joins_nothing(app: Flask, ilse: Program) -> None:
    case_id = kept(app, a_full_case())
    joins = {"name": "Noor", "kind": "worker", "user": str(uuid4()), "happened_on": "2026-11-22"}
    assert is_a_problem(ilse.record(case_id, "join_person", joins), 400)["errors"] == {
        "user": ["Kies een van deze."]
    }
