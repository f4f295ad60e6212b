"""A program of a partner reads the parts that are shared; one of a manager says what for."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from flask import Flask

from domain.case import Case
from domain.entry import Role
from domain.kinds import ConsentPurpose, Part, PersonKind
from tests import given
from tests.web.api.conftest import Program, Programs, is_a_problem
from tests.web.following import kept


def shared_with(app: Flask, program: Program, *parts: Part) -> Case:
    case = given.sanne()
    person = case.join_person(
        name="Joris", kind=PersonKind.WORKER, user=program.account.id, **given.telling()
    )
    case.give_consent(ConsentPurpose.SHARING, person, parts, **given.deciding())
    kept(app, case)
    return case


def test_the_api_gives_a_partner_the_same_parts(app: Flask, program: Programs) -> None:
    api = program("joris", Role.PARTNER, "Oost")
    case = shared_with(app, api, Part.GOALS)
    told = "".join(api.get(f"/cases/{case.id}{path}").text for path in ("", "/plan", "/timeline"))
    assert "Ik kook drie keer per week zelf." in told
    for hidden in ("voor mijn zus", "boodschappen", "Henk Mulder", "soep gemaakt", "eten zorgen"):
        assert hidden not in told
    for path in ("/people", "/contacts", "/chain", "/signals", "/timeline/4"):
        is_a_problem(api.get(f"/cases/{case.id}{path}"), 404)
    shown: Any = api.get(f"/cases/{case.id}").json
    assert set(shown["links"]) == {"plan", "difference", "timeline", "fhir"}
    is_a_problem(api.get("/cases"), 404)


def test_every_part_can_be_read_alone(app: Flask, program: Programs) -> None:
    api = program("joris", Role.PARTNER, "Oost")
    for part in Part:
        case = shared_with(app, api, part)
        for path in ("", "/plan", "/timeline"):
            assert api.get(f"/cases/{case.id}{path}").status_code == 200


def test_a_partner_records_by_a_program_what_they_did(app: Flask, program: Programs) -> None:
    api = program("joris", Role.PARTNER, "Oost")
    case = shared_with(app, api, Part.SUPPORT)
    did = {"happened_on": "2026-11-22", "words": "Samen naar de markt.", "with_client": "yes"}
    assert api.record(case.id, "take_action", did).status_code == 201
    assert api.record(case.id, "close_case", {}).status_code == 403


def test_a_program_of_a_manager_sends_along_what_for(app: Flask, program: Programs) -> None:
    case, mina = given.sanne(), program("mina", Role.MANAGER, "")
    kept(app, case)
    assert "Draad-Purpose" in is_a_problem(mina.get(f"/cases/{case.id}"), 403)["detail"]
    is_a_problem(mina.get(f"/cases/{case.id}", Draad_Purpose="other"), 403)
    assert mina.get(f"/cases/{case.id}", Draad_Purpose="quality").status_code == 200
    assert mina.get(f"/cases/{case.id}", Draad_Purpose="other: wissel").status_code == 200
    is_a_problem(mina.get(f"/cases/{uuid4()}", Draad_Purpose="quality"), 404)
