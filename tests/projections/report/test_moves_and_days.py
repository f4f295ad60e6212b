"""What counts when a case moved, when a client has two, and when nobody knows the day."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from domain.case import Case
from domain.casework import Casework
from domain.days import Precision
from domain.kinds import (
    Asks,
    Fit,
    TakenUp,
    Voice,
)
from projections.read_model import Db
from projections.report import reading
from projections.report.figures import of_event
from projections.report.report import report
from tests import given
from tests.given import deciding, telling
from tests.projections.conftest import Follow, kept
from tests.projections.report.conftest import (
    DAY,
    MARCH,
    OOST,
    TODAY,
    Told,
    a_goal,
    counted,
    number,
    opened,
    visited,
)


def test_entries_per_contact_are_of_the_organisation_only(
    told: Told, casework: Casework, follow: Follow, db: Db
) -> None:
    """After a move North would have all the contacts, and East entries without any."""
    cases = told(lambda case, _: a_goal(case, by=OOST))
    visited(casework, cases, datetime(2026, 3, 9, 9, tzinfo=UTC))
    follow()
    assert counted(number(db, "load")) == (36, 12)
    for team in ("Noord", "Oost"):
        assert not (found := number(db, "load", team=team)).shown
        assert not found.known


def test_what_was_told_again_after_an_import_is_no_work_of_ours(
    told: Told, casework: Casework, follow: Follow, db: Db
) -> None:
    """The opening and who the client is are; that somebody walked with them is told, and counts as such."""

    def walked(case: Case, _nr: int) -> None:
        case.take_action("Samen gewandeld.", **telling(DAY), source=given.ELSEWHERE)

    visited(casework, told(walked), datetime(2026, 3, 9, 9, tzinfo=UTC))
    follow()
    assert counted(number(db, "load")) == (24, 12)
    event = "action_taken"
    assert report(db, [MARCH], TODAY, [event]).number(of_event(event), MARCH).below == 12
    cell = (f"event {event}", MARCH.first, "Noord")
    assert len(reading.clients(db, [cell], TODAY)[cell]) == 12


def test_a_client_with_cases_in_two_teams_counts_once_with_the_newest(
    told: Told, db: Db, casework: Casework, follow: Follow
) -> None:
    """Of twelve clients of North ten have a newer case by East: of North two are left, so nobody is apart."""
    told(lambda _case, _nr: None)
    assert counted(number(db, "own_screen", team="Noord")) == (0, 12)
    kept(casework, *(opened(nr, OOST, date(2026, 3, 3)) for nr in range(10)))
    follow()
    assert counted(number(db, "own_screen")) == (0, 12)
    assert not number(db, "own_screen", team="Noord").shown
    assert not number(db, "own_screen", team="Oost").shown
    kept(casework, *(opened(nr, OOST, date(2026, 3, 3)) for nr in (10, 11)))
    follow()
    assert counted(number(db, "own_screen", team="Oost")) == (0, 12)


def test_few_clients_of_a_newest_case_are_asked_for_in_its_team(
    told: Told, db: Db, casework: Casework, follow: Follow
) -> None:
    told(lambda _case, _nr: None)
    kept(casework, *(opened(nr, OOST, date(2026, 3, 3)) for nr in range(3)))
    follow()
    month = date(2026, 11, 1)
    cells = [("screen", month, "Noord"), ("screen", month, "Oost")]
    found = reading.clients(db, cells, TODAY)
    assert [len(found[cell]) for cell in cells] == [9, 3]


def loosely(case: Case, nr: int) -> None:
    """Three were proposed some day in March, and two answered some day in April."""
    how = telling(DAY) | ({"precision": Precision.MONTH} if nr < 3 else {})
    own = case.make_proposal(then="Anders.", proposed_by=Voice.CLIENT, asks=Asks.ORGANISATION, **how)
    day = given.clock_of(case).to(date(2026, 4, 30))
    loose: Any = {"precision": Precision.MONTH} if nr in (3, 4) else {}
    case.answer_proposal(own, TakenUp.TAKEN_UP, **deciding(date(2026, 4, nr + 1) if nr > 4 else day), **loose)


def test_a_day_that_nobody_knows_is_no_number_of_days(told: Told, db: Db) -> None:
    """Of the others the answers came on 6 to 12 April."""
    told(loosely)
    found = number(db, "answered")
    assert counted(found) == (12, 12)
    assert found.median == (date(2026, 4, 9) - DAY).days


def test_an_evaluation_on_a_day_that_nobody_knows_is_not_in_time_nor_late(told: Told, db: Db) -> None:
    """Two of fourteen were held some day in March: before the planned day or after it."""

    def evaluate(case: Case, nr: int) -> None:
        planned = case.plan_evaluation(date(2026, 3, 20), **telling(DAY))
        day = given.clock_of(case).to(date(2026, 3, 20))
        how: Any = deciding(day) | ({"precision": Precision.MONTH} if nr < 2 else {})
        case.hold_evaluation(planned=planned, conclusions="Goed zo.", worker_judgement=Fit.FITS, **how)

    told(evaluate, many=14)
    assert counted(number(db, "in_time")) == (12, 12)
    assert number(db, "fit_worker").below == 14
