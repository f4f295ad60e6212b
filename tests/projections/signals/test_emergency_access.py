"""Somebody who does not take part opened the case, in an emergency."""

from __future__ import annotations

from datetime import date

from domain.case import Case
from projections.signals.signal import Weight, signals
from projections.signals.state import State
from tests import given
from tests.given import clock_of, telling
from tests.projections.signals.observing import look, state_of

NAME = "emergency_access"
DAY, LATER = date(2026, 3, 2), date(2026, 3, 9)


def use(case: Case, day: date = DAY) -> Case:
    case.use_emergency_access(
        "Zij belde: er is brand.", **telling(clock_of(case).to(day), given.OTHER_WORKER)
    )
    return case


def test_it_is_for_now_and_shows_each_time() -> None:
    found = look(NAME, use(use(given.an_opened_case()), LATER))
    assert found
    assert (found.since, found.evidence, found.facts) == (DAY, (2, 3), {"many": 2})
    assert found.weight is None
    assert signals()[NAME].weight is Weight.NOW


def test_a_note_by_the_same_person_is_no_emergency() -> None:
    case = given.an_opened_case()
    case.take_action("Er was brand.", **telling(clock_of(case).to(DAY), given.OTHER_WORKER))
    assert look(NAME, case) is None


def test_it_is_seen_from_that_day_on() -> None:
    case = use(given.an_opened_case())
    assert look(NAME, case, date(2026, 3, 1)) is None
    assert look(NAME, case, DAY)


def test_of_a_closed_case_too() -> None:
    case = given.bram()
    case.use_emergency_access("Zij belde.", **telling(by=given.OTHER_WORKER))
    assert look(NAME, case)


def test_handled_it_stays_so_until_it_happens_again() -> None:
    case = use(given.an_opened_case())
    case.handle_signal(NAME, (2,), "Met Sanne besproken.", **telling(clock_of(case).to(DAY)))
    handled = state_of(NAME, case)
    assert handled
    assert handled.state is State.HANDLED
    again = state_of(NAME, use(case, LATER))
    assert again
    assert (again.state, again.noticed.evidence) == (State.NEW, (2, 4))
