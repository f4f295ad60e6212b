"""Another usual worker, and again another."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from domain.case import Case
from domain.days import Precision
from domain.kinds import PersonKind
from projections.signals.state import State
from tests import given
from tests.given import clock_of, deciding, telling
from tests.projections.signals.observing import look, state_of

NAME = "worker_keeps_changing"
FIRST, SECOND = date(2026, 3, 2), date(2026, 6, 1)


def with_workers() -> tuple[Case, list[UUID]]:
    """Four workers of De Brug: entries 2 to 5."""
    case = given.an_opened_case()
    how = {"kind": PersonKind.WORKER, "organisation": "De Brug", **telling(clock_of(case).to(given.OPENING))}
    return case, [case.join_person(name=name, **how) for name in ("Thomas", "Nadia", "Femke", "Youssef")]


def change(case: Case, before: UUID, after: UUID, day: date, **more: Any) -> None:
    case.change_worker(before, after, **deciding(clock_of(case).to(day)), **more)


def changed_twice(**more: Any) -> Case:
    """From the first to the second on 2 March (entry 6), to the third on 1 June (entry 7)."""
    case, (thomas, nadia, femke, _) = with_workers()
    change(case, thomas, nadia, FIRST, told_on=FIRST - timedelta(days=7), **more)
    change(case, nadia, femke, SECOND, told_on=SECOND)
    clock_of(case).to(given.TODAY)
    return case


def test_two_changes_in_a_year_are_shown_with_how_often_the_client_was_told_before() -> None:
    found = look(NAME, changed_twice())
    assert found
    assert (found.since, found.evidence) == (SECOND, (6, 7))
    assert found.facts == {"days": 365, "many": 2, "told": 1}  # told on the day itself is not beforehand


def test_one_change_is_silent() -> None:
    assert look(NAME, changed_twice(), SECOND - timedelta(days=1)) is None
    assert look(NAME, changed_twice(), SECOND)


def test_an_organisation_may_choose_another_number_and_another_time() -> None:
    case = changed_twice()
    assert look(NAME, case, chosen={"changes": 3}) is None
    assert look(NAME, case, FIRST, {"changes": 1})
    assert look(NAME, case, SECOND, {"days": 91}) is None
    assert look(NAME, case, SECOND, {"days": 92})


def test_what_was_more_than_a_year_ago_is_not_counted() -> None:
    case = changed_twice()
    assert look(NAME, case, FIRST + timedelta(days=364))
    assert look(NAME, case, FIRST + timedelta(days=365)) is None


def test_a_change_of_which_the_day_is_not_known_is_not_counted() -> None:
    assert look(NAME, changed_twice(precision=Precision.MONTH)) is None


def test_handled_it_comes_back_on_the_next_change_only() -> None:
    case = changed_twice()
    case.handle_signal(NAME, (6, 7), "Femke blijft.", **telling())
    handled = state_of(NAME, case)
    assert handled
    assert handled.state is State.HANDLED
    people = list(case.plan.people)
    change(case, people[2], people[3], given.TODAY)
    again = state_of(NAME, case)
    assert again
    assert (again.state, again.noticed.evidence) == (State.NEW, (6, 7, 9))
