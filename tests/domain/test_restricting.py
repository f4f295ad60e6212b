"""An entry whose processing is restricted is kept and not used; lifted, it comes back whole (AVG art. 18)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from domain import errors
from domain.case import Case
from domain.entry import Role
from domain.kinds import Matter, WhyRestricted, WhyWithdrawn
from domain.permissions import may
from tests import given
from tests.given import telling

WRONG = WhyRestricted.ACCURACY_CONTESTED
RESTRICTED = date(2026, 11, 10)


def with_a_restricted_entry() -> tuple[Case, int]:
    """What matters to Sanne, told on the day of the opening, is restricted since 10 November."""
    case = given.sanne()
    number = next(e.number for e in case.entries if e.TOPIC == "what_matters_said")
    case.restrict_entry(number, WRONG, "Sanne", **telling(RESTRICTED))
    return case, number


def matters(case: Case) -> list[str]:
    return [matter.words for matter in case.plan.matters]


def test_a_restricted_entry_is_not_used_on_any_day_and_stays_in_the_history() -> None:
    case, number = with_a_restricted_entry()
    assert matters(case) == []
    assert case.plan_on(given.OPENING).matters == []
    assert case.entries[number - 1].TOPIC == "what_matters_said"
    assert case.restrictions == {number: case.version}


def test_lifted_it_counts_again_as_it_did() -> None:
    case, number = with_a_restricted_entry()
    case.lift_restriction_of_entry(number, RESTRICTED, **telling())
    assert matters(case) == ["Niet gehaast worden."]
    assert case.restrictions == {}
    case.restrict_entry(number, WRONG, **telling())
    assert matters(case) == []


def test_a_restriction_is_lifted_after_the_client_was_told_and_not_before_it_was_there() -> None:
    case, number = with_a_restricted_entry()
    with pytest.raises(errors.NotToldYet):
        case.lift_restriction_of_entry(number, date(2026, 11, 23), **telling())
    with pytest.raises(errors.NotThereYet) as refused:
        case.lift_restriction_of_entry(number, given.OPENING, **telling(date(2026, 11, 9)))
    assert refused.value.facts == {"first": RESTRICTED}


def test_an_entry_is_restricted_once_and_only_what_is_restricted_is_lifted() -> None:
    case, number = with_a_restricted_entry()
    with pytest.raises(errors.AlreadyRestricted):
        case.restrict_entry(number, WRONG, **telling())
    with pytest.raises(errors.NotRestricted):
        case.lift_restriction_of_entry(number + 1, RESTRICTED, **telling())


def test_what_is_restricted_is_not_withdrawn_corrected_or_read_back() -> None:
    case, number = with_a_restricted_entry()
    tries: list[Callable[[], object]] = [
        lambda: case.withdraw_entry(number, WhyWithdrawn.IN_ERROR, **telling()),
        lambda: case.correct_entry(number, "subject", "life", "x", **telling()),
        lambda: case.read_back(number, right=True, **telling()),
    ]
    for use in tries:
        with pytest.raises(errors.NoSuchEntry):
            use()


def test_the_opening_and_what_takes_another_entry_out_are_not_restricted() -> None:
    case, number = with_a_restricted_entry()
    restricting = case.version
    case.lift_restriction_of_entry(number, RESTRICTED, **telling())
    case.withdraw_entry(3, WhyWithdrawn.IN_ERROR, **telling())
    for entry in (0, 1, restricting, restricting + 1, restricting + 2, 99):
        with pytest.raises(errors.NoSuchEntry):
            case.restrict_entry(entry, WRONG, **telling())


def test_a_restriction_is_lifted_by_its_own_entry_not_withdrawn() -> None:
    case, number = with_a_restricted_entry()
    restricting = case.version
    with pytest.raises(errors.NotWithdrawn):
        case.withdraw_entry(restricting, WhyWithdrawn.IN_ERROR, **telling())
    case.lift_restriction_of_entry(number, RESTRICTED, **telling())
    with pytest.raises(errors.NotWithdrawn):
        case.withdraw_entry(case.version, WhyWithdrawn.IN_ERROR, **telling())


def test_what_was_withdrawn_stays_withdrawn_when_its_restriction_is_lifted() -> None:
    case = given.sanne()
    number = next(e.number for e in case.entries if e.TOPIC == "what_matters_said")
    case.withdraw_entry(number, WhyWithdrawn.IN_ERROR, **telling())
    case.restrict_entry(number, WRONG, **telling())
    case.lift_restriction_of_entry(number, given.TODAY, **telling())
    assert matters(case) == []


def test_nobody_but_the_client_restricts_what_the_client_entered() -> None:
    case = given.sanne()
    case.say_what_matters("Mijn hond.", Matter.LIFE, **telling(by=given.CLIENT))
    number = case.version
    with pytest.raises(errors.NotYours):
        case.restrict_entry(number, WRONG, **telling())
    case.restrict_entry(number, WRONG, **telling(by=given.CLIENT))
    assert "Mijn hond." not in matters(case)


def test_an_entry_of_a_closed_case_can_be_restricted_and_used_again() -> None:
    case = given.bram()
    case.restrict_entry(2, WRONG, **telling())
    assert not case.plan.goals
    case.lift_restriction_of_entry(2, given.TODAY, **telling())
    assert case.plan.goals


@pytest.mark.parametrize("command", ["restrict_entry", "lift_restriction_of_entry"])
def test_only_those_who_answer_for_the_record_restrict(command: str) -> None:
    assert [role for role in Role if may(role, command)] == [Role.COORDINATOR, Role.MANAGER]
