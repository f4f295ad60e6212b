"""Signals on screen: in one case at once, over many cases after a look, and only to who may see them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest
from flask import Flask

from domain.case import Case
from domain.entry import Role
from domain.kinds import PersonKind
from projections.signals.signal import Noticed, Observed, signals
from tests import given
from tests.web.conftest import Visitor, desk_of, token
from tests.web.following import a_case_of, follow, joins, kept

As = Callable[..., Visitor]


@pytest.fixture
def ilse(as_: As) -> Visitor:
    return as_("ilse", team="Noord")


@pytest.fixture
def manager(as_: As) -> Visitor:
    return as_("mo", Role.MANAGER, "")


@pytest.fixture(autouse=True)
def _one_signal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only one signal: nobody holds the lead in these cases."""
    for name in list(signals()):
        if name != "nobody_leads":
            monkeypatch.delitem(signals(), name)


def form_of(browser: Visitor, page: str, command: str) -> str:
    """The address behind a button on a page."""
    found = re.search(rf'href="([^"]*/record/{command}[^"]*)"', browser.get(page).text)
    assert found, f"{page} has no way to {command}"
    return unescape(found[1])


def handle(browser: Visitor, case: Case, **more: str) -> None:
    """Look into the signal of this case."""
    address = form_of(browser, f"/cases/{case.id}/signals", "handle-signal")
    page = browser.get(address).text
    form = {
        "csrf_token": token(browser, address),
        "version": str(case.version),
        "posted": str(uuid4()),
        "signal": "nobody_leads",
        "evidence": ", ".join(re.findall(r'name="evidence"[^>]*value="([^"]*)"', page)),
        "done": "Gebeld met het team.",
        "happened_on": f"{desk_of(browser.application).casework.clock():%d-%m-%Y}",
        **more,
    }
    answer = browser.post(address.partition("?")[0], data=form)
    assert answer.status_code == 303, answer.text


def clients(page: str) -> list[str]:
    return re.findall(r'class="who">\s*<a href="[^"]+">([^<]+)</a>', page)


def test_a_case_shows_what_is_noticed_why_and_what_one_can_do(app: Flask, ilse: Visitor) -> None:
    case = a_case_of("Jan Jansen")
    kept(app, case)
    for page in (ilse.get(f"/cases/{case.id}").text, ilse.get(f"/cases/{case.id}/signals").text):
        assert "Waarom zie ik dit?" in page
        assert str((desk_of(app).casework.clock().date() - given.OPENING).days) in page
        assert "7 dagen." in page
    address = form_of(ilse, f"/cases/{case.id}", "handle-signal")
    assert 'value="nobody_leads"' in ilse.get(address).text
    assert "nobody_leads" in form_of(ilse, f"/cases/{case.id}/signals", "postpone-signal")


def stands_in(manager: Visitor, case: Case) -> None:
    """Say what this case is read for."""
    address = f"/cases/{case.id}/purpose"
    form = {"csrf_token": token(manager, address), "purpose": "standing_in"}
    assert manager.post(address, data=form).status_code == 303


def ways(browser: Visitor, case: Case) -> list[str]:
    """What the signal that nobody leads, or two do, offers to do about it."""
    page = browser.get(f"/cases/{case.id}/signals").text
    return re.findall(rf'class="btn small" href="/cases/{case.id}/record/([a-z-]+-lead)"', page)


def test_a_manager_names_a_lead_where_nobody_leads(app: Flask, ilse: Visitor, manager: Visitor) -> None:
    case = a_case_of("Jan Jansen")
    joins(case, ilse.account)  # type: ignore[attr-defined]
    kept(app, case)
    stands_in(manager, case)
    assert ways(manager, case) == ways(ilse, case) == ["name-lead"]
    address = form_of(manager, f"/cases/{case.id}/signals", "name-lead")
    form = {
        "csrf_token": token(manager, address),
        "version": str(case.version),
        "posted": str(uuid4()),
        "person": str(next(iter(case.plan.people))),
        "happened_on": f"{desk_of(app).casework.clock():%d-%m-%Y}",
        "stance": "agrees",
        "client_words": "Ilse is goed.",
        "initiative": "organisation",
    }
    answer = manager.post(address, data=form)
    assert answer.status_code == 303, answer.text
    named = desk_of(app).casework.history(case.id)
    assert named.plan.lead_of() == ilse.account.name  # type: ignore[attr-defined]
    assert named.entries[-1].by.role is Role.MANAGER
    assert "Geen nieuwe signalen" in manager.get(f"/cases/{case.id}/signals").text


def test_where_two_lead_one_can_be_named_and_who_is_of_the_case_can_end_one(
    app: Flask, ilse: Visitor, manager: Visitor
) -> None:
    case = a_case_of("Jan Jansen")
    for name, organisation in (("Ilse", "De Linde"), ("Joris", "Buurtteam")):
        lead = case.join_person(
            name=name, kind=PersonKind.WORKER, organisation=organisation, **given.telling(given.OPENING)
        )
        case.name_lead(lead, **given.deciding(given.OPENING))
    kept(app, case)
    stands_in(manager, case)
    assert ways(manager, case) == ["name-lead"]
    assert ways(ilse, case) == ["name-lead", "end-lead"]


def test_where_nobody_takes_part_there_is_nobody_to_name(app: Flask, manager: Visitor) -> None:
    case = a_case_of("Jan Jansen")
    kept(app, case)
    stands_in(manager, case)
    assert "heeft niemand de regie" in manager.get(f"/cases/{case.id}/signals").text
    assert ways(manager, case) == []


def test_who_looked_into_it_sees_that_at_once_and_the_list_follows(app: Flask, ilse: Visitor) -> None:
    case = a_case_of("Jan Jansen")
    kept(app, case)
    assert clients(ilse.get("/signals/nobody-leads").text) == ["Jan Jansen"]
    handle(ilse, case)
    assert "Geen nieuwe signalen" in ilse.get(f"/cases/{case.id}").text
    assert "Naar 1 signaal is gekeken" in ilse.get(f"/cases/{case.id}/signals").text
    assert "staat nog niet in deze lijst" in unescape(ilse.get("/signals/nobody-leads").text)
    desk_of(app).shown._reached("shown", 1_000_000)  # the caseload has it; the signals do not yet
    assert "staat nog niet in deze lijst" in unescape(ilse.get("/cases").text)
    follow(app)
    page = ilse.get("/signals/nobody-leads").text
    assert "staat nog niet in deze lijst" not in page
    assert clients(page) == []
    assert clients(ilse.get("/signals/nobody-leads?state=handled").text) == ["Jan Jansen"]


def the_last_entry(seen: Observed, _: object) -> Noticed:
    """Something is noticed.

    For a test.
    """
    return Noticed(seen.today, (seen.entries[-1].number,))


def test_what_shows_it_is_named_only_to_who_may_read_it(
    app: Flask, as_: As, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(signals(), "nobody_leads", replace(signals()["nobody_leads"], ask=the_last_entry))
    case = a_case_of("Jan Jansen")
    reader = as_("noor", Role.WORKER, "Oost")
    mother = joins(case, reader.account)  # type: ignore[attr-defined]
    case.hear_network_view(mother, "Ze eet niet.", unasked=True, **given.telling(given.OPENING))
    kept(app, case)
    told, address = "Hoe naasten het zien", f"/cases/{case.id}/signals"
    assert told in as_("ilse", team="Noord").get(address).text
    assert told not in reader.get(address).text
    assert f"Gebeurtenis {case.version}</a>" in reader.get(address).text


def test_a_limit_that_was_chosen_is_named_and_used_at_once(
    app: Flask, ilse: Visitor, manager: Visitor
) -> None:
    case = a_case_of("Jan Jansen")
    kept(app, case)
    choose(manager, value="9000")
    assert "Geen nieuwe signalen" in ilse.get(f"/cases/{case.id}/signals").text
    follow(app)
    assert "Er valt niets op" in ilse.get("/signals").text


def choose(browser: Visitor, **typed: str) -> int:
    """Choose a limit of the signal that nobody leads; gives the status of the answer."""
    address = "/settings/nobody-leads"
    form = {"threshold": "days", "version": "0", "why": "Past bij ons.", **typed}
    return browser.post(address, data={"csrf_token": token(browser, address), **form}).status_code


def test_each_sees_the_signals_of_the_cases_they_see(app: Flask, as_: As, manager: Visitor) -> None:
    hers, other = (
        a_case_of("Jan Jansen"),
        a_case_of("Piet Pietersen", by=replace(given.COORDINATOR, team="Oost")),
    )
    noor = as_("noor", Role.WORKER, "")
    joins(hers, noor.account)  # type: ignore[attr-defined]
    kept(app, hers, other)
    address = "/signals/nobody-leads"
    assert clients(noor.get(address).text) == ["Jan Jansen"]
    assert clients(as_("vera", Role.COORDINATOR, "Oost").get(address).text) == ["Piet Pietersen"]
    assert sorted(clients(manager.get(address).text)) == ["Jan Jansen", "Piet Pietersen"]
    assert clients(manager.get(address + "?team=Oost").text) == ["Piet Pietersen"]
    assert as_("vera", Role.COORDINATOR, "Oost").get(f"/cases/{hers.id}/signals").status_code == 404


@pytest.mark.parametrize("role", [Role.CLIENT, Role.REPRESENTATIVE, Role.ADMINISTRATOR, Role.REVIEWER])
def test_signals_are_for_who_works_with_the_client(app: Flask, as_: As, role: Role) -> None:
    case = a_case_of("Jan Jansen")
    kept(app, case)
    browser = as_("vera", role, "Noord")
    addresses = ("/signals", "/signals/nobody-leads", "/signals/organisation", f"/cases/{case.id}/signals")
    assert [browser.get(address).status_code for address in addresses] == [404] * 4


def test_what_is_for_managers_is_seen_by_managers_only(
    app: Flask, ilse: Visitor, manager: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(signals(), "nobody_leads", replace(signals()["nobody_leads"], for_managers=True))
    case = a_case_of("Jan Jansen")
    kept(app, case)
    stands_in(manager, case)
    assert "Geen nieuwe signalen" in ilse.get(f"/cases/{case.id}/signals").text
    assert ilse.get("/signals/nobody-leads").status_code == 404
    assert ilse.get("/signals/nobody-leads.csv").status_code == 404
    assert "Er valt niets op" in ilse.get("/signals").text
    assert "nobody_leads" not in ilse.get("/cases").text
    assert clients(ilse.get("/cases?signals=1").text) == []
    assert "Waarom zie ik dit?" in manager.get(f"/cases/{case.id}/signals").text
    assert clients(manager.get("/signals/nobody-leads").text) == ["Jan Jansen"]
    assert "nobody_leads" in manager.get("/cases").text


def test_a_signal_that_does_not_exist_is_not_found(ilse: Visitor, manager: Visitor) -> None:
    for address in ("/signals/nobody", "/signals/nobody_leads", "/signals/signal", "/signals/x.csv"):
        assert ilse.get(address).status_code == 404
    assert manager.get("/settings/nobody").status_code == 404


def test_lists_can_be_saved_and_calculate_nothing(app: Flask, ilse: Visitor, manager: Visitor) -> None:
    kept(app, a_case_of("=1+1", "D-17"))
    head, row = csv.reader(
        io.StringIO(ilse.get("/signals/nobody-leads.csv").text.removeprefix("\ufeff")), delimiter=";"
    )
    assert dict(zip(head, row, strict=True))["Cliënt"] == "'=1+1"
    for browser, address in ((ilse, "/signals.csv"), (manager, "/signals/organisation.csv")):
        rows = list(csv.reader(io.StringIO(browser.get(address).text.removeprefix("\ufeff")), delimiter=";"))
        assert rows[1][-3:] == ["1", "0", "0"]


def test_a_manager_sees_where_nobody_looked_and_where_nobody_leads(app: Flask, manager: Visitor) -> None:
    kept(app, a_case_of("Jan Jansen"), a_case_of("Piet Pietersen"))
    page = manager.get("/signals/organisation").text
    assert "Niemand keek (0)" in page
    assert "Zonder regie (2)" in page
    with desk_of(app).pool.connection() as db:
        db.execute(
            """
            UPDATE shown.signals SET first_seen = first_seen - %(d)s
             WHERE case_id = (SELECT case_id FROM shown.caseload WHERE name = 'Jan Jansen')""",
            {"d": timedelta(days=14)},
        )
    page = manager.get("/signals/organisation").text
    assert "Niemand keek (1)" in page
    assert clients(page.partition("Zonder regie")[0]) == ["Jan Jansen"]


def test_the_organisation_is_for_managers(ilse: Visitor) -> None:
    for address in ("/signals/organisation", "/signals/organisation.csv"):
        assert ilse.get(address).status_code == 404
    assert "/signals/organisation" not in ilse.get("/signals").text


def test_there_are_pages_of_cases(app: Flask, ilse: Visitor) -> None:
    kept(app, *(a_case_of(f"Client {nr:02}") for nr in range(27)))
    assert len(clients(ilse.get("/signals/nobody-leads").text)) == 25
    assert len(clients(ilse.get("/signals/nobody-leads?page=2").text)) == 2
    assert len(clients(ilse.get("/signals/nobody-leads?page=9").text)) == 2
    assert ilse.get("/signals/nobody-leads?page=0&state=x").status_code == 200


def test_the_caseload_shows_and_finds_cases_with_signals(app: Flask, ilse: Visitor) -> None:
    led = a_case_of("Geleid")
    led.name_lead(joins(led, ilse.account), **given.deciding(given.OPENING, given.not_asked()))  # type: ignore[attr-defined]
    kept(app, a_case_of("Jan Jansen"), led)
    page = ilse.get("/cases").text
    assert page.count("#nobody_leads") == 1
    assert clients(ilse.get("/cases?signals=1").text) == ["Jan Jansen"]
