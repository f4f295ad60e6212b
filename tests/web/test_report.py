"""The report on screen: who reads it, periods as they are typed, small groups, and the list as a file."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from uuid import UUID

import psycopg
import pytest
from flask import Flask

from domain.case import Case
from domain.entry import Role
from domain.kinds import LegalBasis, Voice
from domain.store.database import APP
from jobs.following import FOLLOWED
from projections.follower import Follower
from projections.report.figures import FIGURES
from projections.report.report import Number
from projections.signals import looking
from tests import given
from tests.given import deciding, telling
from tests.projections.export.reading_pdf import text_of
from tests.web.conftest import Visitor, desk_of
from web.report import page
from web.report.words import percent

As = Callable[..., Visitor]
DAY = date(2025, 3, 10)
MARCH = "/report?from=03-2025&until=03-2025"


@pytest.fixture
def manager(as_: As) -> Visitor:
    return as_("mo", Role.MANAGER, "")


def tell(app: Flask, many: int, name: str = "Cliënt") -> list[Case]:
    """So many clients of one team, each with a goal of March 2025."""
    desk, cases = desk_of(app), []
    for nr in range(many):
        clock = given.a_clock(DAY)
        case = Case.open(
            UUID(int=0xB000 + nr), legal_basis=LegalBasis.WMO, question="?", clock=clock, **deciding(DAY)
        )
        case.describe_client(name=f"{name} {nr:02}", **telling(DAY))
        case.propose_goal(words="Ik kook.", words_of=Voice.CLIENT, proposed_by=Voice.CLIENT, **telling(DAY))
        desk.casework.open(case)
        cases.append(case)
    shown(app)
    return cases


def shown(app: Flask) -> None:
    """All that was recorded is in the lists, and looked at."""
    desk = desk_of(app)
    dsn, decode = desk.database.dsn(APP), desk.casework.mapper.to_domain_event
    with psycopg.connect(dsn, autocommit=True) as db:
        follower = Follower(dsn, decode, FOLLOWED)
        while follower.step(db):
            pass
        looking.drain(db, decode, given.NOON)


def test_the_report_says_how_many_of_how_many(app: Flask, manager: Visitor) -> None:
    tell(app, 12)
    page = manager.get(MARCH).text
    assert "12 van 12 (100%)" in page
    assert "Geteld is wat is opgeschreven" in page
    assert "Cliënt 00" not in page


def test_fewer_than_ten_clients_are_nowhere_in_it(app: Flask, manager: Visitor) -> None:
    tell(app, 9)
    for address in (MARCH, "/report?from=01-2025&until=12-2025", "/report.csv?from=03-2025&until=03-2025"):
        assert "9 van 9" not in (text := manager.get(address).text)
        assert ";9;9;" not in text
    assert "te weinig cliënten" in manager.get(MARCH).text
    assert manager.get("/report/own_words/cases?from=03-2025&until=03-2025").status_code == 404


def test_an_empty_organisation_has_an_empty_report(app: Flask, manager: Visitor) -> None:
    assert "Er is niets besloten" in manager.get("/report").text
    assert "hiervan niets opgeschreven" in manager.get("/report/checklists").text


@pytest.mark.parametrize("typed", ["13-2025", "maart", "03-1066", "'; DROP", "03-2025\0"])
def test_a_month_that_cannot_be_read_is_said_and_kept(app: Flask, manager: Visitor, typed: str) -> None:
    answer = manager.get("/report", query_string={"from": typed, "until": "04-2025"})
    assert answer.status_code == 200
    assert 'aria-invalid="true"' in answer.text


def test_a_period_that_ends_before_it_begins_is_said(app: Flask, manager: Visitor) -> None:
    assert 'aria-invalid="true"' in manager.get("/report?from=04-2025&until=03-2025").text
    assert 'aria-invalid="true"' in manager.get("/report?from=01-2020&until=03-2025").text


def test_two_periods_stand_beside_each_other(app: Flask, manager: Visitor) -> None:
    tell(app, 12)
    page = manager.get(f"{MARCH}&compare_from=04-2025&compare_until=04-2025").text
    assert page.count("04-2025") > 2
    assert "12 van 12 (100%)" in page


def test_a_coordinator_reads_the_report_of_their_own_team_only(app: Flask, as_: As) -> None:
    tell(app, 12)
    north, south = as_("ilse", team="Noord"), as_("piet", team="Zuid")
    assert "12 van 12 (100%)" in north.get(MARCH).text
    assert "12 van 12" not in south.get(f"{MARCH}&team=Noord").text
    assert "12 van 12" not in south.get(f"{MARCH}&team=*").text


@pytest.mark.parametrize("role", [Role.WORKER, Role.CLIENT, Role.REVIEWER, Role.PARTNER, Role.LOG_MANAGER])
def test_others_do_not_find_it(as_: As, role: Role) -> None:
    browser = as_("iemand", role)
    for address in ("/report", "/report.csv", "/report.pdf", "/report/checklists", "/report/own_words/cases"):
        assert browser.get(address).status_code == 404


def test_a_figure_leads_to_those_of_whom_it_is_so_and_to_those_of_whom_it_is_not(
    app: Flask, manager: Visitor
) -> None:
    cases = tell(app, 12)
    with desk_of(app).casework.changing(cases[0].id) as change:
        change.case.propose_goal(
            words="Rust.", words_of=Voice.WORKER, proposed_by=Voice.WORKER, **telling(DAY)
        )
    shown(app)
    page = manager.get(MARCH).text
    assert "12 wel" in page
    assert "1 niet" in page
    rest = manager.get("/report/own_words/cases?from=03-2025&until=03-2025&kind=rest").text
    assert "doelen, maar niet: in de woorden van de cliënt" in rest
    assert ("Cliënt 00" in rest, "Cliënt 01" in rest) == (True, False)


def test_a_team_that_is_too_small_reads_that_and_no_list_of_figures_without_a_number(
    app: Flask, as_: As
) -> None:
    tell(app, 9)
    page = as_("ilse", team="Noord").get(MARCH).text
    assert "Uw team heeft te weinig cliënten om apart te laten zien" in page
    assert "Alle cijfers" not in page


def test_the_cases_behind_a_figure_are_a_look_at_each(app: Flask, manager: Visitor) -> None:
    cases = tell(app, 12)
    page = manager.get("/report/own_words/cases?from=03-2025&until=03-2025&kind=above").text
    assert "Cliënt 00" in page
    with desk_of(app).pool.connection() as db:
        seen = db.execute("SELECT DISTINCT object_id FROM draad.access_log").fetchall()
    assert {str(case.id) for case in cases} <= {str(of) for (of,) in seen}


@pytest.mark.parametrize(
    "address", ["nothing/cases", "own_screen/cases", "load/cases", "steady/cases", "own_words/cases?kind=x"]
)
def test_there_is_no_list_of_what_is_no_list(app: Flask, manager: Visitor, address: str) -> None:
    assert manager.get(f"/report/{address}").status_code == 404


def test_the_figures_as_a_file(app: Flask, manager: Visitor) -> None:
    tell(app, 12)
    file = manager.get("/report.csv?from=03-2025&until=03-2025").text.lstrip("\ufeff")
    rows = list(csv.DictReader(io.StringIO(file), delimiter=";"))
    (goals,) = (row for row in rows if row["Cijfer"] == "Doelen in eigen woorden")
    assert (goals["Boven de streep"], goals["Onder de streep"], goals["Periode"]) == ("12", "12", "03-2025")
    assert not any("Cliënt 0" in row for row in rows)


def with_contacts(app: Flask, cases: list[Case]) -> None:
    """Each had four contacts in March 2025, three of them with two people; looked at."""
    desk = desk_of(app)
    for case in cases:
        log = desk.casework.contacts(case.id)
        for nr, worker in enumerate((1, 1, 2, 3)):
            at = datetime(2025, 3, 10 + nr, 9, tzinfo=UTC)
            log.hold_contact(
                by=given.WORKER, workers=(UUID(int=worker),), organisation="De Brug", started_at=at
            )
        desk.casework.keep(log)
    shown(app)


def test_steady_faces_are_drawn_over_time_and_stand_in_the_file(app: Flask, manager: Visitor) -> None:
    with_contacts(app, tell(app, 12))
    page = manager.get(MARCH).text
    assert "36 van 48 (75%)" in page
    assert "Vaste gezichten, in de tijd" in page
    assert "Een cliënt met één of twee contacten in een maand telt die maand niet mee." in page
    trend = re.search(r'<th scope="row">03-2025</th>\s*<td>36</td>\s*<td>48</td>\s*<td>75%</td>', page)
    assert trend
    file = manager.get("/report.csv?from=01-2025&until=03-2025").text.lstrip("\ufeff")
    rows = [r for r in csv.DictReader(io.StringIO(file), delimiter=";") if r["Cijfer"] == "Vaste gezichten"]
    periods = {(row["Periode"], row["Boven de streep"], row["Onder de streep"]) for row in rows}
    assert {("kwartaal 1 van 2025", "36", "48"), ("03-2025", "36", "48")} <= periods
    on_paper = text_of(manager.get(f"/report.pdf{MARCH.removeprefix('/report')}").data)
    assert "Vaste gezichten, in de tijd" in on_paper
    assert "36 van 48 (75%)" in on_paper


def test_steady_faces_of_fewer_than_ten_clients_are_nowhere(app: Flask, manager: Visitor) -> None:
    with_contacts(app, tell(app, 9))
    asked = MARCH.removeprefix("/report")
    paper = text_of(manager.get(f"/report.pdf{asked}").data)
    for text in (manager.get(MARCH).text, manager.get(f"/report.csv{asked}").text, paper):
        assert "27 van 36" not in text
        assert ";27;36;" not in text
    assert "Nog niets te tekenen" in manager.get(MARCH).text


def test_the_report_on_paper_has_the_same_numbers(app: Flask, manager: Visitor) -> None:
    tell(app, 12)
    answer = manager.get(f"/report.pdf{MARCH.removeprefix('/report')}&compare_from=02-2025")
    assert answer.mimetype == "application/pdf"
    text = text_of(answer.data)
    for said in ("Doelen in eigen woorden", "12 van 12 (100%)", "Geteld is wat is opgeschreven", "03-2025"):
        assert said in text
    assert "Cliënt 0" not in text
    assert "/report.pdf?from=03-2025&amp;until=03-2025" in manager.get(MARCH).text


def test_fewer_than_ten_clients_are_not_on_paper_either(app: Flask, manager: Visitor) -> None:
    tell(app, 9)
    text = text_of(manager.get(f"/report.pdf{MARCH.removeprefix('/report')}").data)
    assert "9 van 9" not in text
    assert "te weinig cliënten" in text


def test_a_coordinator_has_their_own_team_on_paper_only(app: Flask, as_: As) -> None:
    tell(app, 12)
    asked = MARCH.removeprefix("/report")
    assert "12 van 12" in text_of(as_("ilse", team="Noord").get(f"/report.pdf{asked}").data)
    south = text_of(as_("piet", team="Zuid").get(f"/report.pdf{asked}&team=Noord").data)
    assert "12 van 12" not in south
    assert "Noord" not in south


def test_where_no_pdf_can_be_made_a_sentence_says_what_is_missing(
    manager: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "missing", lambda: ["libpango-1.0-0"])
    answer = manager.get("/report.pdf?from=03-2025&until=03-2025")
    assert (answer.status_code, answer.location) == (303, MARCH)
    assert "ontbreekt libpango-1.0-0" in manager.get(MARCH).text


def test_of_a_team_entries_per_contact_are_not_known(app: Flask, manager: Visitor) -> None:
    tell(app, 12)
    sentence = "Dit is alleen bekend van de hele organisatie"
    for address in (MARCH, MARCH.replace("report", "report/checklists")):
        assert sentence in manager.get(f"{address}&team=Noord").text
        assert sentence not in manager.get(address).text


def test_a_team_whose_name_is_a_formula_is_no_formula(app: Flask, manager: Visitor) -> None:
    file = manager.get("/report.csv", query_string={"team": "=1+1"}).text
    assert "'=1+1" in file
    assert ";=1+1" not in file


def test_checklists_point_at_what_normal_work_wrote_down(app: Flask, manager: Visitor) -> None:
    tell(app, 12)
    page = manager.get("/report/checklists?from=03-2025&until=03-2025").text
    assert "Doelen in eigen woorden" in page
    assert "12 van 12" in page
    assert "hiervan niets opgeschreven" in page


@pytest.mark.parametrize(
    ("above", "below", "text"),
    [(0, 5, "0%"), (5, 5, "100%"), (590, 591, "99%"), (1, 591, "1%"), (1, 2, "50%"), (0, 0, "")],
)
def test_nearly_all_is_not_all_and_nearly_none_is_not_none(above: int, below: int, text: str) -> None:
    assert percent(Number(FIGURES[0], shown=True, above=above, below=below)) == text
