"""Files are asked for on a page, and fetched by who asked, for as long as the case is theirs to see."""

from __future__ import annotations

import io
import json
import re
import threading
import zipfile
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from domain.case import Case
from domain.entry import Role
from domain.kinds import WhyWithdrawn
from domain.store import exports
from domain.store.exports import Export
from jobs.exports import dossier as making
from jobs.exports.queue import make_next
from projections.export.pdf import missing
from tests import given
from tests.given import telling
from tests.projections.export.reading_pdf import text_of
from tests.web.conftest import Visitor, desk_of, token
from tests.web.following import a_case_of, kept
from tests.web.own_plan import open_own
from web import exports as pages

As = Callable[..., Visitor]


@pytest.fixture(autouse=True)
def no_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is in the files: tests/jobs. A page in place of the PDF is made at once."""
    monkeypatch.setattr(making, "missing", lambda: ["libpango-1.0-0"])


@pytest.fixture
def case(app: Flask) -> Case:
    case = a_case_of("Jan Jansen", "2026-1")
    kept(app, case)
    with desk_of(app).pool.connection() as db:
        db.execute("DELETE FROM draad.export")
    return case


@pytest.fixture
def ilse(as_: As) -> Visitor:
    return as_()


def send(browser: Visitor, address: str, **typed: Any) -> TestResponse:
    form = {"csrf_token": token(browser, address), "version": 0, "posted": uuid4(), **typed}
    return browser.post(address, data=form)


def ask(browser: Visitor, case: Case, **typed: Any) -> Export:
    assert send(browser, f"/cases/{case.id}/export", **typed).status_code == 303
    return the_export(browser)


def the_export(browser: Visitor) -> Export:
    desk = desk_of(browser.application)
    with desk.pool.connection() as db:
        account = browser.account.id  # type: ignore[attr-defined]  # as_ says who
        return exports.of_account(db, account, desk.casework.clock())[0]


def make_all(app: Flask) -> None:
    """What the worker does."""
    desk = desk_of(app)
    with desk.pool.connection() as db:
        while make_next(db, desk.casework, threading.Event()):
            pass
        db.execute("SELECT pg_advisory_unlock_all()")


def files(answer: TestResponse) -> dict[str, bytes]:
    assert (answer.status_code, answer.mimetype) == (200, "application/zip")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def logged(app: Flask, case: Case) -> list[tuple[object, ...]]:
    with desk_of(app).pool.connection() as db:
        return db.execute(
            """
            SELECT event_code, detail FROM draad.access_log
             WHERE object_id = %(case)s AND event_code IN ('export', 'download') ORDER BY id""",
            {"case": case.id},
        ).fetchall()


def test_it_is_asked_for_made_and_fetched_and_both_are_written_down(
    app: Flask, ilse: Visitor, case: Case
) -> None:
    export = ask(ilse, case, why="overdracht", without_names="1")
    assert "Wacht op zijn beurt" in ilse.get("/exports").text
    make_all(app)
    page = ilse.get("/exports").text
    assert f'href="/exports/{export.id}"' in page
    found = files(ilse.get(f"/exports/{export.id}"))
    asked = json.loads(found["manifest.json"])["asked"]
    assert (asked["why"], asked["without_names"], asked["length"]) == ("overdracht", True, "full")
    assert logged(app, case) == [("export", "exports.ask"), ("download", "exports.download")]


def test_the_days_of_the_form_are_those_of_the_file(app: Flask, ilse: Visitor, case: Case) -> None:
    export = ask(ilse, case, on="13-01-2026", known="14-01-2026", length="short")
    make_all(app)
    asked = json.loads(files(ilse.get(f"/exports/{export.id}"))["manifest.json"])["asked"]
    assert (asked["on"], asked["length"], asked["known"][:10]) == ("2026-01-13", "short", "2026-01-14")


def test_the_same_form_twice_is_one_file(ilse: Visitor, case: Case) -> None:
    posted = uuid4()
    for _ in range(2):
        ask(ilse, case, posted=posted)
    assert ilse.get("/exports").text.count("Jan Jansen") == 1


def test_a_day_that_cannot_be_read_gets_a_sentence_and_nothing_is_lost(ilse: Visitor, case: Case) -> None:
    answer = send(ilse, f"/cases/{case.id}/export", on="morgen", known="32-01-2026", why="overdracht")
    assert answer.status_code == 422
    for text in ('value="morgen"', 'value="32-01-2026"', 'value="overdracht"', "22-11-2026 14:30"):
        assert text in answer.text
    assert "Er zijn geen bestanden" in ilse.get("/exports").text


@pytest.mark.parametrize(
    ("role", "team"), [(Role.WORKER, "Noord"), (Role.PARTNER, ""), (Role.LOG_MANAGER, "")]
)
def test_who_may_not_has_no_button_and_no_page(as_: As, case: Case, role: Role, team: str) -> None:
    other = as_(f"no-{role}", role, team)
    assert other.get("/exports").status_code in {403, 404}
    assert other.get(f"/cases/{case.id}/export").status_code in {403, 404}


def test_a_case_of_another_team_is_not_there(as_: As, case: Case) -> None:
    zuid = as_("karel", team="Zuid")
    assert zuid.get(f"/cases/{case.id}/export").status_code == 404
    form = {"csrf_token": token(zuid, "/cases"), "version": 0, "posted": uuid4()}
    assert zuid.post(f"/cases/{case.id}/export", data=form).status_code == 404


def test_nobody_else_fetches_it(app: Flask, as_: As, ilse: Visitor, case: Case) -> None:
    export = ask(ilse, case)
    make_all(app)
    colleague = as_("joke")
    assert colleague.get(f"/exports/{export.id}").status_code == 404
    assert colleague.get(f"/my-plan/everything/{export.id}").status_code == 404


def test_who_may_not_see_the_case_any_more_does_not_fetch_it(
    app: Flask, as_: As, account: Any, ilse: Visitor, case: Case
) -> None:
    export = ask(ilse, case)
    make_all(app)
    account("ilse", Role.COORDINATOR, "Zuid")
    assert ilse.get(f"/exports/{export.id}").status_code == 404
    assert logged(app, case) == [("export", "exports.ask")]


def test_a_file_that_holds_what_nobody_may_read_any_more_is_asked_for_anew(
    app: Flask, ilse: Visitor, case: Case
) -> None:
    casework = desk_of(app).casework
    with casework.changing(case.id) as changing:
        changing.case.take_action("Iets van een ander.", **telling())
    export = ask(ilse, case)
    make_all(app)
    with casework.changing(case.id) as changing:
        told = changing.case.version
        changing.case.withdraw_entry(told, WhyWithdrawn.WRONG_CLIENT, **telling())
    answer = ilse.get(f"/exports/{export.id}", follow_redirects=True)
    assert "Vraag het opnieuw aan." in answer.text
    ask(ilse, case)
    make_all(app)
    found = files(ilse.get(f"/exports/{the_export(ilse).id}"))
    assert not any(b"Iets van een ander." in content for content in found.values())


def test_who_may_not_see_the_case_any_more_reads_no_name_on_the_list(
    account: Any, ilse: Visitor, case: Case
) -> None:
    ask(ilse, case)
    assert "Jan Jansen" in ilse.get("/exports").text
    account("ilse", Role.COORDINATOR, "Zuid")
    page = ilse.get("/exports").text
    assert re.search(r"<h2>\s*Dossier\s*</h2>", page)
    assert "Jan Jansen" not in page


def test_a_manager_says_first_what_for_and_may_have_the_looks(app: Flask, as_: As, case: Case) -> None:
    manager = as_("hanneke", Role.MANAGER, "")
    assert manager.get(f"/cases/{case.id}/export").location.partition("?")[0].endswith("/purpose")
    send(manager, f"/cases/{case.id}/purpose", purpose="complaint", words="van mei")
    export = ask(manager, case, looks="1")
    make_all(app)
    (page,) = (
        text.decode()
        for name, text in files(manager.get(f"/exports/{export.id}")).items()
        if name.endswith(".html")
    )
    assert "Hanneke" in page.partition("Wie heeft gekeken")[2]


def test_a_coordinator_does_not_get_who_looked(app: Flask, ilse: Visitor, case: Case) -> None:
    assert 'name="looks"' not in ilse.get(f"/cases/{case.id}/export").text
    export = ask(ilse, case, looks="1")
    make_all(app)
    assert not json.loads(files(ilse.get(f"/exports/{export.id}"))["manifest.json"])["asked"]["looks"]


def test_of_a_client_who_was_forgotten_it_says_so(app: Flask, ilse: Visitor, case: Case) -> None:
    export = ask(ilse, case)
    make_all(app)
    vault = desk_of(app).casework.vault
    vault.destroy(case.client_id)
    page = ilse.get("/exports").text
    assert "is vernietigd" in page
    assert "Jan Jansen" not in page
    assert ilse.get(f"/exports/{export.id}").status_code == 404


@pytest.mark.parametrize(
    ("why", "sentence"),
    [("NoPages", "Er ging iets mis. Vraag er nog eens om."), ("TooLarge", "Vraag een kortere periode aan.")],
)
def test_what_failed_says_so_in_a_sentence(
    app: Flask, ilse: Visitor, case: Case, why: str, sentence: str
) -> None:
    export = ask(ilse, case)
    with desk_of(app).pool.connection() as db:
        exports.fail(db, export, why)
    assert sentence in ilse.get("/exports").text


def test_where_no_pdf_can_be_made_the_page_names_what_is_missing(
    ilse: Visitor, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "missing", lambda: ["libpango-1.0-0"])
    for address in ("/exports", f"/cases/{case.id}/export"):
        assert "libpango-1.0-0" in ilse.get(address).text


def test_after_a_week_it_is_not_there(app: Flask, ilse: Visitor, case: Case) -> None:
    export = ask(ilse, case)
    make_all(app)
    with desk_of(app).pool.connection() as db:
        db.execute("UPDATE draad.export SET made_at = made_at - interval '7 days'")
    assert ilse.get(f"/exports/{export.id}").status_code == 404
    assert "Er zijn geen bestanden" in ilse.get("/exports").text


def test_the_client_downloads_everything_in_plain_words(app: Flask) -> None:
    case = given.sanne()
    me = open_own(app, case)
    address = f"/my-plan/{case.id}/everything"
    assert address in me.get(f"/my-plan/{case.id}").text
    assert send(me, address).status_code == 303
    make_all(app)
    page = me.get(address).text
    link = page.partition('href="/my-plan/everything/')[2].partition('"')[0]
    fetched = me.get(f"/my-plan/everything/{UUID(link)}")
    assert "mijn-plan-2026-11-22.zip" in fetched.headers["Content-Disposition"]
    found = files(fetched)
    assert {"contacts.json", "looks.json", "entries.json"} < found.keys()
    (readable,) = (text.decode() for name, text in found.items() if name.endswith(".html"))
    assert "Alles wat is opgeschreven over Sanne Mulder" in readable
    assert "Samen soep gemaakt." in readable
    assert [code for code, _ in logged(app, case)] == ["export", "download"]


def test_my_plan_as_pdf_is_a_pdf_of_one_page(app: Flask) -> None:
    case = given.sanne()
    me = open_own(app, case)
    address = f"/my-plan/{case.id}/plan.pdf"
    assert f'href="{address}"' in me.get(f"/my-plan/{case.id}").text
    assert f'href="{address}"' in me.get(f"/my-plan/{case.id}/everything").text
    answer = me.get(address)
    if missing():
        assert answer.status_code == 303
        return
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert "mijn-plan-2026-11-22.pdf" in answer.headers["Content-Disposition"]
    assert "Ik kook drie keer per week zelf." in text_of(answer.data)


def test_somebody_elses_plan_cannot_be_downloaded(app: Flask, case: Case) -> None:
    me = open_own(app, given.sanne())
    assert me.get(f"/my-plan/{case.id}/everything").status_code == 404
    assert me.get(f"/my-plan/{case.id}/plan.pdf").status_code == 404
