"""A case as FHIR by the API: for whoever may read it, and what they may read of it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from flask import Flask

from domain.case import Case
from domain.entry import Role
from domain.kinds import ConsentPurpose, Part, PersonKind
from jobs.following import catch_up
from tests import given
from tests.projections.export.fhir_bundles import all_of
from tests.web.api.conftest import Program, Programs, is_a_problem
from tests.web.conftest import desk_of
from tests.web.following import kept


def visited() -> Case:
    """Sanne's case, with a visit by Thomas."""
    case, day = given.sanne(), date(2026, 3, 2)
    thomas, nine = given.person_called(case, "Thomas Visser"), datetime(2026, 3, 2, 9, tzinfo=UTC)
    case.hold_contact(workers=(thomas,), started_at=nine, minutes=45, **given.telling(day, given.WORKER))
    return case


def in_every_list(app: Flask, case: Case) -> None:
    """Recorded, and followed: also who came."""
    desk = desk_of(app)
    desk.casework.open(case)
    catch_up(desk.database, desk.casework)


def kinds(told: Any) -> set[str]:
    return {entry["resource"]["resourceType"] for entry in told["entry"]}


def test_a_coordinator_gets_the_case_with_who_looked(app: Flask, ilse: Program) -> None:
    case = visited()
    in_every_list(app, case)
    assert ilse.get(f"/cases/{case.id}").json["links"]["fhir"] == f"/api/v1/cases/{case.id}/fhir"  # type: ignore[index]
    answer = ilse.get(f"/cases/{case.id}/fhir")
    assert (answer.status_code, answer.content_type) == (200, "application/fhir+json")
    assert answer.json
    assert len(all_of(answer.json, "Provenance")) == len(case.entries)
    assert kinds(answer.json) >= {"AuditEvent", "Encounter"}


def test_it_is_a_look_that_is_logged(app: Flask, ilse: Program) -> None:
    case = given.sanne()
    kept(app, case)
    ilse.get(f"/cases/{case.id}/fhir")
    with desk_of(app).pool.connection() as db:
        logged = db.execute("SELECT event_code, detail, object_id FROM draad.access_log").fetchall()
    assert logged == [("read", "api.fhir", case.id)]


def test_on_a_day_and_by_a_moment(app: Flask, ilse: Program) -> None:
    case = given.sanne()
    kept(app, case)
    told = ilse.get(f"/cases/{case.id}/fhir?on=2026-01-20&known=2026-01-20T12:00:00Z").json
    assert kinds(told) >= {"Goal", "CarePlan"}
    assert "activity" not in all_of(told, "CarePlan")[0]  # type: ignore[arg-type]
    is_a_problem(ilse.get(f"/cases/{case.id}/fhir?on=someday"), 400)


def test_a_worker_gets_it_without_who_looked(app: Flask, program: Programs) -> None:
    api, case = program("thomas", Role.WORKER), given.sanne()
    case.join_person(name="Thomas", kind=PersonKind.WORKER, user=api.account.id, **given.telling())
    kept(app, case)
    api.get(f"/cases/{case.id}")
    told = api.get(f"/cases/{case.id}/fhir").json
    assert "Goal" in kinds(told)
    assert "AuditEvent" not in kinds(told)


def test_a_partner_gets_what_is_shared_with_them(app: Flask, program: Programs) -> None:
    api, case = program("joris", Role.PARTNER, "Oost"), visited()
    person = case.join_person(name="Joris", kind=PersonKind.WORKER, user=api.account.id, **given.telling())
    case.give_consent(ConsentPurpose.SHARING, person, (Part.GOALS,), **given.deciding())
    in_every_list(app, case)
    told = api.get(f"/cases/{case.id}/fhir")
    assert "Ik kook drie keer per week zelf." in told.text
    for hidden in ("voor mijn zus", "boodschappen", "Henk Mulder", "soep gemaakt", "eten zorgen"):
        assert hidden not in told.text
    assert not kinds(told.json) & {"AuditEvent", "Encounter"}


def test_nobody_elses(app: Flask, program: Programs) -> None:
    case = given.sanne()
    kept(app, case)
    is_a_problem(program("noor", Role.WORKER).get(f"/cases/{case.id}/fhir"), 404)
    is_a_problem(program("fay", Role.ADMINISTRATOR, "").get(f"/cases/{case.id}/fhir"), 404)
