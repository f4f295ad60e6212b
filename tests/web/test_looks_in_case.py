"""Who answers for a case, or checks it, reads who looked in it; and that is a look that the client reads."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask

from domain.access import Ground
from domain.case import Case
from domain.entry import Role
from domain.kinds import PersonKind
from domain.review import Review
from domain.store.access_log import Code
from tests import given
from tests.web.conftest import Visitor, desk_of, says_what_for
from tests.web.following import a_case_of, follow, kept
from tests.web.test_who_looked import RUUD, enters, looked, main_of, page_of

As = Callable[..., Visitor]


@pytest.fixture
def case(app: Flask) -> Case:
    case = a_case_of("Sanne Mulder", "2026-1")
    kept(app, case)
    looked(app, case)
    looked(app, case, RUUD, Ground.PURPOSE, why="complaint: Een klacht over de planning")
    return case


def looks_in(case: Case, asked: str = "") -> str:
    return f"/cases/{case.id}/looks{asked}"


def test_a_coordinator_reads_who_looked_in_which_role_and_on_what_ground(case: Case, as_: As) -> None:
    text = main_of(as_("ilse", Role.COORDINATOR), looks_in(case))
    assert "Noor Bakker , medewerker, De Linde 1 keer, om 09:05. Het plan. Grond: neemt deel." in text
    assert "Ruud Maas" in text
    assert "Reden: “een klacht: Een klacht over de planning”" in text


def test_what_stood_on_a_list_is_apart(app: Flask, case: Case, as_: As) -> None:
    looked(app, case, ground="role", code=Code.LIST, detail="caseload.cases")
    ilse = as_("ilse", Role.COORDINATOR)
    assert "lijst die bij de rol hoort" not in main_of(ilse, looks_in(case))
    assert "Grond: lijst die bij de rol hoort." in main_of(ilse, looks_in(case, "?lists=1"))


def test_a_manager_says_what_for_first(case: Case, as_: As) -> None:
    ruud = as_("ruud", Role.MANAGER)
    assert "Noor Bakker" not in ruud.get(looks_in(case)).text
    says_what_for(ruud, case.id)
    assert "Noor Bakker" in main_of(ruud, looks_in(case))


@pytest.mark.parametrize("role", [Role.WORKER, Role.PARTNER, Role.REVIEWER, Role.CLIENT, Role.LOG_MANAGER])
def test_to_others_it_is_not_there(case: Case, as_: As, role: Role) -> None:
    assert as_("iemand", role).get(looks_in(case)).status_code == 404


def test_nor_is_it_to_a_worker_who_takes_part(app: Flask, case: Case, as_: As) -> None:
    noor = as_("noor", Role.WORKER)
    joins = {"name": "Noor", "kind": PersonKind.WORKER, "user": noor.account.id}  # type: ignore[attr-defined]
    with desk_of(app).casework.changing(case.id) as changing:
        changing.case.join_person(**joins, **given.telling())
    assert noor.get(f"/cases/{case.id}").status_code == 200
    assert noor.get(looks_in(case)).status_code == 404


def test_a_reviewer_reads_it_inside_a_mandate(app: Flask, case: Case, as_: As) -> None:
    reviewer, casework, mandate = as_("rens", Role.REVIEWER), desk_of(app).casework, uuid4()
    facts: dict[str, Any] = {"purpose": "Toezicht", "ground": "Wmo 2015, artikel 6.1", "posted": mandate}
    until, by = casework.clock().date() + timedelta(days=30), reviewer.account.actor  # type: ignore[attr-defined]
    given_by: dict[str, Any] = {"by": given.MANAGER, "now": casework.clock()}
    casework.keep(*Review.give_mandate([case], by, until=until, **facts, **given_by))
    follow(app)
    assert "Noor Bakker" in main_of(reviewer, looks_in(case))


def test_nor_is_it_to_a_coordinator_of_another_team(case: Case, as_: As) -> None:
    assert as_("vera", Role.COORDINATOR, "Zuid").get(looks_in(case)).status_code == 404


def test_reading_it_is_a_look_that_the_client_reads(app: Flask, case: Case, as_: As) -> None:
    main_of(as_("ilse", Role.COORDINATOR), looks_in(case))
    assert "Wie er keek." in main_of(enters(app, case), page_of(case))


def test_the_case_leads_to_it_for_who_may_read_it(case: Case, as_: As) -> None:
    page = as_("ilse", Role.COORDINATOR).get(f"/cases/{case.id}").text
    assert f'href="{looks_in(case)}"' in page
    assert f'href="/cases/{case.id}/access"' in page.partition("<aside")[2]
