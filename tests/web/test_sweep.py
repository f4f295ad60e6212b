"""Every route, every role: what is not theirs is not there, what they may not is refused, a look is a line.

The addresses come from the application's own routes (tests/web/sweeping.py), never from a list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlencode
from uuid import UUID, uuid4

import pytest
from flask import Flask
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from domain import permissions
from domain.store.database import Database
from tests.code.reading import listed, product
from tests.conftest import emptied
from tests.web.conftest import begun_anew, desk_of
from tests.web.organisation import FOREIGN, OWN, ROLES, SEES_ALL, Organisation, Someone, told
from tests.web.sweeping import (
    Step,
    ids,
    in_another,
    parts,
    right_of,
    routes,
    rubbish,
    step,
    text_of,
    unknown,
    without_ids,
)
from web.headers import HEADERS

BROKEN = {500, 503}
READERS = set(ROLES) - {"manager-unsaid", "reviewer-unmandated", "log-manager", "administrator", "nobody"}
OF_A_CASE = {"case_id", "mandate_id", "made", "run_id"}  # the parts of an address that mean a client
# What for is asked before anything is shown; the log of who looked names who looked, also a client.
SHOWS_NOTHING = re.compile(r"purpose\.ask|access_log\.|welcome\.")
ENDS = {"signin.sign_out", "own_account.sign_out_everywhere", "answer.alone"}  # these come last
NAMES = re.compile(r'request\.(?:args|values)(?:\.get\(|\[)"(\w+)"')
OF_THE_API = {"known", "compare", "compare_known", "limit", "since", "until", "user", "sort", "look", "about"}


@pytest.fixture(scope="module")
def org(pages: Flask, database: Database) -> Organisation:
    emptied(database)
    return told(begun_anew(pages))


@pytest.fixture(params=ROLES)
def who(request: pytest.FixtureRequest, org: Organisation) -> Someone:
    return org.present(request.param)


def ask(who: Someone, one: Step) -> TestResponse:
    """The answer; when something goes wrong in it, where that was."""
    try:
        answer = who.get(one.address) if one.method == "GET" else who.post(one.address)
    except Exception as error:
        raise AssertionError(f"{who.role}: {one.method} {one.address[:200]}") from error
    answer.get_data()
    answer.close()  # a file of ours stays open till then
    return answer


def wrong_with(who: Someone, one: Step, answer: TestResponse) -> Iterator[str]:
    """What no answer may be or do, whoever asks whatever."""
    place = f"{who.role}: {one.method} {one.address[:200]}: {answer.status_code}"
    if answer.status_code in BROKEN:
        yield place
    if who.role not in SEES_ALL and FOREIGN in text_of(answer):
        yield f"{place} names another's client"
    if missing := [name for name in HEADERS if name not in answer.headers]:
        yield f"{place} without {missing}"
    if one.rule.endpoint != "static" and answer.headers.get("Cache-Control") != "no-store":
        yield f"{place} may be kept"


def theirs(org: Organisation, who: Someone) -> list[tuple[Rule, str]]:
    """The routes whose right they have; those that sign them out come last."""
    found = [one for one in routes(org.app) if who.may(right_of(org.app, one[0]))]
    return sorted(found, key=lambda one: one[0].endpoint in ENDS)


def not_as_unknown(who: Someone, another: Step, nobodys: Step) -> Iterator[str]:
    """What tells another's from nobody's."""
    answers = [ask(who, another), ask(who, nobodys)]
    yield from wrong_with(who, another, answers[0])
    first, second = ((answer.status_code, without_ids(text_of(answer))) for answer in answers)
    if first != second:
        yield f"{who.role}: {another.what}: {first[0]} for another's, {second[0]} for nobody's"


def test_what_is_anothers_answers_as_what_is_nobodys(org: Organisation, who: Someone) -> None:
    complaints: list[str] = []
    for rule, method in theirs(org, who):
        if not ids(rule) or (who.role in SEES_ALL and set(ids(rule)) & {"case_id", "mandate_id"}):
            continue
        whole = (parts(rule, org.foreign), unknown(rule, org.foreign))
        for another, nobodys in (whole, *in_another(rule, org.own, org.foreign)):
            complaints += not_as_unknown(who, step(rule, method, another), step(rule, method, nobodys))
    assert not complaints, listed(complaints)


def test_who_does_not_have_the_right_is_refused(org: Organisation, who: Someone) -> None:
    complaints: list[str] = []
    for rule, method in routes(org.app):
        if who.may(right := right_of(org.app, rule)):
            continue
        one = step(rule, method, parts(rule, org.own))
        answer = ask(who, one)
        complaints += wrong_with(who, one, answer)
        if answer.status_code != (expected := refusal(who, one, right)):
            complaints.append(f"{who.role}: {one.what}: {answer.status_code}, not {expected}")
        if OWN in text_of(answer):
            complaints.append(f"{who.role}: {one.what} names the client")
    assert not complaints, listed(complaints)


def refusal(who: Someone, one: Step, right: str) -> int:
    """What they get: the door, no page to see, or nothing to do here."""
    if who.account is None:
        return 401 if one.address.startswith("/api/") else 303
    return 404 if right.startswith("read_") and right not in permissions.COMMANDS else 403


@pytest.mark.parametrize("role", ["coordinator", "client", "log-manager", "administrator", "nobody"])
def test_an_address_that_means_nothing_breaks_nothing(org: Organisation, role: str) -> None:
    who = org.present(role)
    complaints: list[str] = []
    for rule, method in theirs(org, who):
        for given in rubbish(rule, org.own):
            one = step(rule, method, given)
            complaints += wrong_with(who, one, ask(who, one))
    assert not complaints, listed(complaints)


def asked_of_pages() -> list[str]:
    """By which names our pages read the end of an address."""
    return sorted(OF_THE_API.union(*(NAMES.findall(module.text) for module in product())))


@pytest.mark.parametrize("role", ["coordinator", "client", "log-manager", "nobody"])
def test_the_end_of_an_address_breaks_nothing_and_shows_no_other_client(org: Organisation, role: str) -> None:
    who = org.present(role)
    complaints: list[str] = []
    values = ("9" * 30, "%00", str(org.foreign.case.id), "%2F%2Felsewhere.example")
    for rule, method in theirs(org, who):
        for value in values if method == "GET" else ():
            end = "&".join(f"{name}={value}" for name in asked_of_pages() if name != "lang")
            one = Step(rule, method, f"{step(rule, method, parts(rule, org.own)).address}?{end}")
            answer = ask(who, one)
            complaints += wrong_with(who, one, answer)
            if "//elsewhere" in answer.headers.get("Location", "").partition("?")[0]:
                complaints.append(f"{who.role}: {one.what} leads away")
    assert not complaints, listed(complaints)


@pytest.mark.parametrize("role", ["coordinator", "log-manager"])
def test_each_name_at_the_end_of_an_address_breaks_nothing_by_itself(org: Organisation, role: str) -> None:
    who = org.present(role)
    complaints: list[str] = []
    for rule, method in theirs(org, who):
        of_a_list = not rule.arguments or rule.endpoint.startswith("api.")
        for name in asked_of_pages() if method == "GET" and of_a_list else ():
            end = urlencode({name: "9" * 30})
            one = Step(rule, method, f"{step(rule, method, parts(rule, org.own)).address}?{end}")
            complaints += wrong_with(who, one, ask(who, one))
    assert not complaints, listed(complaints)


def test_anothers_draft_is_on_no_page(org: Organisation) -> None:
    who = org.people["worker"]
    complaints: list[str] = []
    for rule, method in theirs(org, who):
        if method != "GET" or "case_id" not in ids(rule):
            continue
        here = step(rule, method, parts(rule, org.own)).address
        another, nobodys = (
            Step(rule, method, f"{here}?draft={draft}") for draft in (org.own.ids["draft_id"], uuid4())
        )
        complaints += not_as_unknown(who, another, nobodys)
    assert not complaints, listed(complaints)


def test_a_tag_of_anothers_answer_opens_nothing(org: Organisation) -> None:
    """304 would tell that it is there, and that it did not change."""
    stranger, ours, seen = org.people["stranger"], org.people["coordinator"], 0
    for rule, method in routes(org.app):
        if method != "GET" or "case_id" not in ids(rule) or not rule.endpoint.startswith("api."):
            continue
        address = step(rule, method, parts(rule, org.foreign)).address
        if tag := stranger.get(address).headers.get("ETag"):
            headers = {"Authorization": f"Bearer {ours.program}", "If-None-Match": tag}
            assert ours.browser.get(address, headers=headers).status_code == 404
            seen += 1
    assert seen > 5


def last_line(org: Organisation) -> int:
    with desk_of(org.app).pool.connection() as db:
        row = db.execute("SELECT coalesce(max(id), 0) FROM draad.access_log").fetchone()
    assert row
    return int(row[0])


def looks_since(org: Organisation, line: int) -> list[UUID]:
    """Of which cases a look was written down since, one for each line."""
    with desk_of(org.app).pool.connection() as db:
        rows = db.execute(
            "SELECT object_id FROM draad.access_log WHERE id > %(line)s AND outcome = 'ok'", {"line": line}
        ).fetchall()
    return [row[0] for row in rows]


def unlooked(org: Organisation, rule: Rule, answer: TestResponse, looks: list[UUID]) -> Iterator[str]:
    """Of whom this answer shows something without a line, or with more than one."""
    own = org.own.case.id
    for name, one in ((OWN, own), (FOREIGN, org.foreign.case.id)):
        expected = int(name in text_of(answer) or (one == own and bool(OF_A_CASE & rule.arguments)))
        if looks.count(one) != expected:
            yield f"{looks.count(one)} lines of {name}, not {expected}"


def test_every_answer_that_shows_a_case_is_one_line_for_it(org: Organisation, who: Someone) -> None:
    complaints: list[str] = []
    begin = last_line(org)
    for rule, method in theirs(org, who):
        one, before = step(rule, method, parts(rule, org.own)), last_line(org)
        if method != "GET" or SHOWS_NOTHING.match(rule.endpoint):
            continue
        if (answer := ask(who, one)).status_code == 200:
            found = unlooked(org, rule, answer, looks_since(org, before))
            complaints += [f"{who.role}: {one.what}: {what}" for what in found]
    assert not complaints, listed(complaints)
    if who.role in READERS:
        assert len(looks_since(org, begin)) > 5


def test_an_empty_form_breaks_nothing(org: Organisation, who: Someone) -> None:
    """The last here: what needs nothing filled in is done."""
    complaints: list[str] = []
    for rule, method in theirs(org, who):
        if method == "POST":
            one, before = step(rule, method, parts(rule, org.own)), last_line(org)
            answer = ask(who, one)
            complaints += wrong_with(who, one, answer)
            named = OWN in text_of(answer) and answer.status_code < 500
            if named and org.own.case.id not in looks_since(org, before):
                complaints.append(f"{who.role}: {one.what}: {answer.status_code} names a client: no line")
    assert not complaints, listed(complaints)
