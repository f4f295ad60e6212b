"""The questions of an inspector by the API: the same answers as on the page, in the same words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from domain.case import Case
from domain.entry import Role
from domain.kinds import ConsentPurpose, Part, PersonKind
from tests.given import deciding, telling
from tests.web.api.conftest import Program, Programs, is_a_problem
from tests.web.conftest import Visitor, desk_of
from tests.web.inspecting import looked, part, recorded

As = Callable[..., Visitor]


@pytest.fixture
def case(app: Flask) -> Iterator[Case]:
    with recorded(app) as one:
        yield one


def test_the_api_says_the_same_in_the_same_words(case: Case, as_: As, program: Programs) -> None:
    page = looked(as_(), case)
    api = program().get(
        f"/cases/{case.id}/questions?on=2026-06-08&known=2026-11-22T12:00:00Z", Accept_Language="nl"
    )
    assert api.json
    assert [one["id"] for one in api.json["answers"]] == [f"question-{n}" for n in range(1, 19)]
    for one in api.json["answers"]:
        if one["number"] == 13:  # who looked is another with each look; the moment is before all of them
            assert not one["found"]
        shown = part(page, one["number"])
        assert one["question"] in shown
        for told in (*one["answer"], *one["looked_in"]):
            assert " ".join(told["text"].split()) in shown
            assert " ".join(told["words"].split()) in shown
        for number in {number for told in one["answer"] for number in told["entries"]}:
            assert re.search(rf"\b{number}\b", shown)


def test_a_partner_gets_no_answers_by_the_api(app: Flask, case: Case, program: Programs) -> None:
    api: Program = program("joris", Role.PARTNER, "Oost")
    with desk_of(app).casework.changing(case.id) as changing:
        person = changing.case.join_person(
            name="Joris", kind=PersonKind.WORKER, user=api.account.id, **telling()
        )
        changing.case.give_consent(ConsentPurpose.SHARING, person, tuple(Part), **deciding())
    assert api.get(f"/cases/{case.id}/plan").status_code == 200
    is_a_problem(api.get(f"/cases/{case.id}/questions"), 404)
    assert "questions" not in api.get(f"/cases/{case.id}").json["links"]  # type: ignore[index]
