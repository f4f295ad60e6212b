"""A manager asks for what happened in all cases; the worker makes it; nobody else fetches it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from defusedxml.ElementTree import fromstring
from flask import Flask

from domain.case import Case
from domain.entry import Role
from domain.store import exports
from domain.store.exports import Export
from jobs.following import catch_up
from tests.disabling import disable_account
from tests.web.conftest import Visitor, desk_of, token
from tests.web.following import a_case_of, kept
from tests.web.test_exports import files, make_all, the_export

As = Callable[..., Visitor]


@pytest.fixture
def cases(app: Flask) -> list[Case]:
    made = [a_case_of("Jan Jansen", "2026-1"), a_case_of("Piet Pietersen", "2026-2")]
    kept(app, *made)
    desk = desk_of(app)
    catch_up(desk.database, desk.casework)
    with desk.pool.connection() as db:
        db.execute("DELETE FROM draad.export")
    return made


@pytest.fixture
def ingrid(as_: As) -> Visitor:
    return as_("ingrid", Role.MANAGER, "")


def ask(browser: Visitor, **typed: Any) -> Export:
    form = {"csrf_token": token(browser, "/exports"), "version": 0, "posted": uuid4(), **typed}
    answer = browser.post("/exports/log", data=form)
    assert answer.status_code == 303, answer.text
    return the_export(browser)


def test_it_is_asked_for_made_and_fetched(app: Flask, ingrid: Visitor, cases: list[Case]) -> None:
    export = ask(ingrid, format="xes")
    assert "Wat er gebeurde in alle dossiers" in ingrid.get("/exports").text
    make_all(app)
    assert f'href="/exports/log/{export.id}"' in ingrid.get("/exports").text
    found = files(ingrid.get(f"/exports/log/{export.id}"))
    assert len(list(fromstring(found["draad-log.xes"]).iter("trace"))) == len(cases)
    assert b"Jansen" not in found["draad-log.xes"]


def test_a_line_for_each_case_says_for_whom_it_was_made(
    app: Flask, ingrid: Visitor, cases: list[Case]
) -> None:
    ask(ingrid, format="ocel", nobody="1")
    make_all(app)
    with desk_of(app).pool.connection() as db:
        lines = db.execute(
            """
            SELECT object_id, user_id, access_point_type, detail FROM draad.access_log
             WHERE event_code = 'export'"""
        ).fetchall()
    account = ingrid.account.id  # type: ignore[attr-defined]  # as_ says who
    assert {line[0] for line in lines} == {case.id for case in cases}
    assert {line[1:] for line in lines} == {(account, "job", "ocel")}


def test_a_period_in_which_nothing_happened_has_an_empty_log(
    app: Flask, ingrid: Visitor, cases: list[Case]
) -> None:
    export = ask(ingrid, format="xes", first="01-01-2020", last="31-01-2020")
    make_all(app)
    found = files(ingrid.get(f"/exports/log/{export.id}"))
    assert not list(fromstring(found["draad-log.xes"]).iter("trace"))


@pytest.mark.parametrize("typed", [{"first": "morgen"}, {"first": "02-01-2026", "last": "01-01-2026"}])
def test_days_that_cannot_be_used_get_a_sentence_and_nothing_is_lost(
    ingrid: Visitor, cases: list[Case], typed: dict[str, str]
) -> None:
    form = {"csrf_token": token(ingrid, "/exports"), "version": 0, "posted": uuid4(), **typed}
    answer = ingrid.post("/exports/log", data=form)
    assert answer.status_code == 422
    for text in typed.values():
        assert f'value="{text}"' in answer.text
    assert "Er zijn geen bestanden" in ingrid.get("/exports").text


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.WORKER, Role.REVIEWER, Role.ADMINISTRATOR])
def test_only_a_manager_may(as_: As, cases: list[Case], role: Role) -> None:
    other = as_(f"no-{role}", role)
    form = {"csrf_token": token(other, "/own-account"), "version": 0, "posted": uuid4()}
    assert other.post("/exports/log", data=form).status_code in {403, 404}
    assert "/exports/log" not in other.get("/exports").text


def test_nobody_else_fetches_it_also_not_as_a_dossier(
    app: Flask, as_: As, ingrid: Visitor, cases: list[Case]
) -> None:
    export = ask(ingrid)
    make_all(app)
    other = as_("another", Role.MANAGER, "")
    assert other.get(f"/exports/log/{export.id}").status_code == 404
    assert ingrid.get(f"/exports/{export.id}").status_code == 404


def test_a_dossier_does_not_go_out_as_a_log(app: Flask, ingrid: Visitor, cases: list[Case]) -> None:
    with desk_of(app).pool.connection() as db:
        account = ingrid.account.id  # type: ignore[attr-defined]
        export = Export(uuid4(), account, cases[0].id, desk_of(app).casework.clock())
        exports.ask(db, desk_of(app).casework.vault, export, b"{}")
    assert ingrid.get(f"/exports/log/{export.id}").status_code == 404


def test_who_is_no_manager_any_more_gets_nothing(app: Flask, ingrid: Visitor, cases: list[Case]) -> None:
    export = ask(ingrid)
    with desk_of(app).pool.connection() as db:
        db.execute("UPDATE draad.account SET role = 'worker' WHERE id = %(id)s", {"id": export.account})
    make_all(app)
    assert the_export(ingrid).failed == "NotTheirs"


def test_whose_account_was_disabled_gets_nothing(app: Flask, ingrid: Visitor, cases: list[Case]) -> None:
    ask(ingrid)
    with desk_of(app).pool.connection() as db:
        disable_account(db, "ingrid")
    make_all(app)
    assert the_export(ingrid).failed == "NotTheirs"


def test_with_a_client_who_is_forgotten_go_the_files_about_all(
    app: Flask, ingrid: Visitor, cases: list[Case]
) -> None:
    export = ask(ingrid)
    make_all(app)
    with desk_of(app).pool.connection() as db:
        assert exports.forget(db, cases[0].id) == 1
    assert ingrid.get(f"/exports/log/{export.id}").status_code == 404


def test_it_goes_after_a_week(app: Flask, ingrid: Visitor, cases: list[Case]) -> None:
    ask(ingrid)
    make_all(app)
    with desk_of(app).pool.connection() as db:
        assert exports.expire(db, the_export(ingrid).asked_at + timedelta(days=8)) == 1
