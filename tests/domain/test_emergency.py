"""In an emergency somebody gets in for a day or two, and that stays known."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from domain import errors
from domain.access import may_see
from domain.case import Case
from domain.correcting import facts_of
from domain.emergency import EmergencyAccessUsed
from domain.entry import Actor
from domain.kinds import WhyWithdrawn
from domain.plan import read
from tests import given
from tests.given import clock_of, telling

DAY = date(2026, 3, 2)
WHY = "Zij belde: er is brand."
OTHER_TEAM = Actor(given.COORDINATOR.user, given.COORDINATOR.role, "Fatima de Wit", "De Brug", "Zuid")


def opened_in_an_emergency(by: Actor = given.OTHER_WORKER, happened_on: date = DAY) -> Case:
    """A case of team Noord, opened on 2 March by somebody who does not take part."""
    case = given.an_opened_case()
    clock_of(case).to(DAY)
    case.use_emergency_access(WHY, **telling(happened_on, by))
    return case


def test_it_is_written_down_who_opened_the_case_and_why() -> None:
    case = opened_in_an_emergency()
    entry = case.entries[-1]
    assert isinstance(entry, EmergencyAccessUsed)
    assert (entry.by, entry.day, entry.reason) == (given.OTHER_WORKER, DAY, WHY)


def test_a_reason_is_needed() -> None:
    with pytest.raises(errors.Empty) as refused:
        given.an_opened_case().use_emergency_access(" ", **telling(by=given.OTHER_WORKER))
    assert refused.value.field == "reason"


def test_the_plan_stays_as_it_is() -> None:
    case = opened_in_an_emergency()
    assert read(case.entries) == read(case.entries[:-1])


def test_a_closed_case_can_be_opened_in_an_emergency_too() -> None:
    case = given.bram()
    case.use_emergency_access(WHY, **telling(by=given.OTHER_WORKER))
    assert may_see(given.OTHER_WORKER, case, given.TODAY)


@pytest.mark.parametrize("by", [given.OTHER_WORKER, OTHER_TEAM])
@pytest.mark.parametrize(("days", "sees"), [(-1, False), (0, True), (1, True), (2, False)])
def test_they_see_it_that_day_and_the_day_after(by: Actor, days: int, *, sees: bool) -> None:
    assert may_see(by, opened_in_an_emergency(by), DAY + timedelta(days=days)) is sees


def test_without_it_they_do_not_and_with_it_nobody_else_does() -> None:
    assert not may_see(given.OTHER_WORKER, given.an_opened_case(), given.TODAY)
    assert not may_see(OTHER_TEAM, given.an_opened_case(), given.TODAY)
    assert not may_see(given.WORKER, opened_in_an_emergency(), DAY)


@pytest.mark.parametrize("who", [given.PARTNER, given.CLIENT, given.REVIEWER, given.IMPORT])
def test_it_opens_nothing_for_those_who_do_not_work_here(who: Actor) -> None:
    assert not may_see(who, opened_in_an_emergency(who), DAY)


def test_the_day_it_was_recorded_counts_and_that_day_is_local() -> None:
    case = opened_in_an_emergency(happened_on=date(2026, 2, 20))
    assert may_see(given.OTHER_WORKER, case, DAY)
    assert not may_see(given.OTHER_WORKER, case, date(2026, 2, 20))
    late = given.an_opened_case()
    clock_of(late).moment = datetime.combine(DAY, time(23, 30), UTC)  # half past midnight here
    late.use_emergency_access(WHY, **telling(DAY, given.OTHER_WORKER))
    assert may_see(given.OTHER_WORKER, late, DAY + timedelta(days=2))


def test_a_later_day_put_in_by_a_correction_opens_nothing() -> None:
    case = opened_in_an_emergency()
    clock_of(case).to(date(2026, 3, 9))
    case.correct_entry(case.version, "happened_on", '"2026-03-08"', "Later.", **telling(date(2026, 3, 9)))
    assert not may_see(given.OTHER_WORKER, case, date(2026, 3, 9))


def test_it_cannot_be_withdrawn() -> None:
    case = opened_in_an_emergency()
    with pytest.raises(errors.StaysKnown) as refused:
        case.withdraw_entry(case.version, WhyWithdrawn.IN_ERROR, **telling(DAY, given.OTHER_WORKER))
    assert refused.value.field == "entry"


def test_the_reason_is_never_put_right() -> None:
    assert "reason" not in facts_of(EmergencyAccessUsed)
