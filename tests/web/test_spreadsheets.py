"""Every list can be kept as a file for a spreadsheet, from the routes: complete, safe, and linked to."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from domain.entry import Role
from domain.kinds import PersonKind
from domain.store.database import Database
from jobs.following import catch_up
from projections.export.sheet import FORMULA
from tests import given
from tests.conftest import emptied
from tests.web.conftest import Visitor, begun_anew, desk_of
from tests.web.following import follow
from tests.web.organisation import ROLES, Organisation, told
from tests.web.sweeping import parts, right_of, routes, step
from tests.web.test_report import tell

HOSTILE = "=HYPERLINK(1)"
A_LIST = re.compile(r'class="(?:caselist|drafts|looklist|pager|ev )|<table')
TO_A_FILE = re.compile(r'href="[^"]+\.csv[?"]')
NEEDS_TWELVE = "/report/<name>/cases.csv"  # a figure of fewer clients is not shown: a test of its own
# Pages with a list that goes out in another way, or is no list of its own.
ELSEWHERE = {
    "/cases/<uuid:case_id>": "the latest lines: the page of the timeline has them all",
    "/cases/<uuid:case_id>/documents": "files: each of them is one",
    "/cases/<uuid:case_id>/entries/<int:number>": "one entry, with what came after it",
    "/cases/<uuid:case_id>/chain": "the plan drawn: the dossier has it",
    "/cases/<uuid:case_id>/answer-links": "links that open something: they are taken back, not kept",
    "/cases/<uuid:case_id>/look-back": "two days side by side: the dossier has a day",
    "/cases/<uuid:case_id>/questions": "answers of a review, with their evidence",
    "/cases/<uuid:case_id>/record": "the forms, with the latest lines beside them",
    "/settings": "what the organisation chose, no list of what happened",
    "/my-plan/<uuid:case_id>": "the client's own plan: the file with everything has it",
}


@pytest.fixture(scope="module")
def org(pages: Flask, database: Database) -> Iterator[Organisation]:
    """Of one told client, with what a spreadsheet would calculate wherever somebody types."""
    emptied(database)
    found = told(begun_anew(pages))
    with desk_of(pages).casework.changing(found.own.case.id) as change:
        case, how = change.case, given.telling(given.OPENING, given.WORKER)
        case.describe_client(name=HOSTILE, case_number=HOSTILE, **how)
        worker = case.join_person(name=HOSTILE, kind=PersonKind.WORKER, organisation=HOSTILE, **how)
        case.take_action(HOSTILE, **how)
        case.hold_contact(workers=(worker,), started_at=given.a_clock(given.OPENING)(), **how)
    desk = desk_of(pages)
    with desk.pool.connection() as db:
        names = db.execute("SELECT id, name FROM draad.account WHERE NOT role = 'client'").fetchall()
        db.execute("UPDATE draad.account SET name = %(name)s WHERE NOT role = 'client'", {"name": HOSTILE})
    catch_up(desk.database, desk.casework)
    follow(pages)
    yield found
    with desk.pool.connection() as db:  # accounts stay: other tests know them by name
        db.cursor().executemany("UPDATE draad.account SET name = %s WHERE id = %s", [n[::-1] for n in names])


def gets(org: Organisation, wanted: Callable[[str], bool]) -> list[Rule]:
    return [rule for rule, method in routes(org.app) if method == "GET" and wanted(rule.rule)]


def answers(org: Organisation, rule: Rule) -> Iterator[TestResponse]:
    """To everybody who may have it."""
    for role in ROLES:
        who = org.present(role)
        if who.may(right_of(org.app, rule)):
            answer = who.get(step(rule, "GET", parts(rule, org.own)).address)
            if answer.status_code == 200:
                yield answer
            answer.close()


def cells(answer: TestResponse) -> list[list[str]]:
    assert answer.data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(answer.get_data(as_text=True).removeprefix("\ufeff")), delimiter=";"))


def test_every_file_is_one_that_a_spreadsheet_reads_and_calculates_nothing(org: Organisation) -> None:
    silent, hostile = [], 0
    for rule in gets(org, lambda address: address.endswith(".csv") and address != NEEDS_TWELVE):
        found = list(answers(org, rule))
        if not found:
            silent.append(rule.rule)
        for answer in found:
            head, *rows = cells(answer)
            assert answer.mimetype == "text/csv"
            assert re.search(r'^attachment; filename="[\w-]+\.csv"$', answer.headers["Content-Disposition"])
            assert {len(row) for row in rows} <= {len(head)}, rule.rule
            texts = [text for row in rows for text in row]
            assert not [text for text in texts if text.lstrip(" ").startswith(FORMULA)], rule.rule
            hostile += sum("HYPERLINK" in text for text in texts)
    assert not silent, f"nobody could have {silent}"
    assert hostile > 10  # it was there, everywhere


@pytest.mark.slow
def test_every_page_with_a_list_leads_to_its_file(org: Organisation) -> None:
    """A new list needs a file beside it, or a reason in ELSEWHERE."""
    without, lists = set(), set()
    for rule in gets(org, lambda address: not address.startswith(("/api/", "/static/"))):
        answer = next(answers(org, rule), None)
        if answer and answer.mimetype == "text/html" and A_LIST.search(answer.text):
            lists.add(rule.rule)
            if not TO_A_FILE.search(answer.text):
                without.add(rule.rule)
    assert without <= ELSEWHERE.keys(), f"no file beside {sorted(without - ELSEWHERE.keys())}"
    assert ELSEWHERE.keys() <= lists, f"no list any more: {sorted(ELSEWHERE.keys() - lists)}"


def test_the_timeline_has_what_each_line_says_and_not_what_is_masked(org: Organisation) -> None:
    (answer, *_) = answers(org, gets(org, lambda a: a.endswith("/timeline.csv"))[0])
    head, *rows = cells(answer)
    assert head[:2] == ["Gebeurtenisnummer", "Datum"]
    assert len(rows) == len(desk_of(org.app).casework.history(org.own.case.id).entries)
    assert any("Zwemmen 2026-1." in row[6] for row in rows)


def test_what_is_fetched_is_written_down_as_fetched(org: Organisation) -> None:
    org.present("coordinator").get(f"/cases/{org.own.case.id}/timeline.csv")
    with desk_of(org.app).pool.connection() as db:
        last = db.execute(
            "SELECT event_code, detail FROM draad.access_log ORDER BY id DESC LIMIT 1"
        ).fetchone()
    assert last == ("download", "lists_of_case.timeline")


def test_the_cases_behind_a_figure_have_a_file_too(app: Flask, as_: Callable[..., Visitor]) -> None:
    tell(app, 12, "=1+1")
    address = "/report/own_words/cases.csv?from=03-2025&until=03-2025&kind=above"
    rows = cells(as_("ingrid", Role.MANAGER, "").get(address))
    assert len(rows) == 1 + 12
    assert all(row[0].startswith("'=1+1 ") for row in rows[1:])
