"""What ends or changes soon: consent, speaking for the client, a role, an age."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

import pytest

from domain.case import Case
from domain.kinds import ConsentPurpose, LegalKind, Part, PersonKind, Scope
from projections.signals.state import State
from tests import given
from tests.given import clock_of, deciding, telling, the
from tests.projections.signals.observing import look, state_of

NAME = "right_ends"
UNTIL = date(2026, 6, 30)
NEAR = UNTIL - timedelta(days=28)
A_DAY = timedelta(days=1)


def with_brother() -> tuple[Case, UUID]:
    """Henk takes part: entry 2."""
    case = given.an_opened_case()
    how = telling(clock_of(case).to(given.OPENING))
    return case, case.join_person(name="Henk Mulder", kind=PersonKind.RELATIVE, relation="broer", **how)


def consented(until: date | None = UNTIL, parts: tuple[Part, ...] = (Part.GOALS,)) -> Case:
    """What was allowed to share with Henk: entry 3."""
    case, henk = with_brother()
    allow(case, henk, until, parts)
    return case


def allow(case: Case, to: UUID, until: date | None, parts: tuple[Part, ...] = (Part.GOALS,)) -> None:
    case.give_consent(ConsentPurpose.SHARING, to, parts, until, **deciding(given.OPENING))


def represented() -> Case:
    case, henk = with_brother()
    case.name_representative(henk, LegalKind.MENTOR, Scope.CARE, UNTIL, **telling(given.OPENING))
    return case


def agreed() -> Case:
    case, henk = with_brother()
    case.agree_role(henk, "Doet de was.", UNTIL, **telling(given.OPENING))
    return case


@pytest.mark.parametrize("story", [consented, represented, agreed])
def test_what_ends_is_noticed_four_weeks_ahead_until_its_last_day(story: Callable[[], Case]) -> None:
    case = story()
    assert look(NAME, case, NEAR - A_DAY) is None
    for day in (NEAR, UNTIL):
        found = look(NAME, case, day)
        assert found
        assert (found.since, found.evidence) == (NEAR, (3,))
        assert found.facts == {"days": 28, "many": 1, "first": UNTIL}
    assert look(NAME, case, UNTIL + A_DAY) is None


def test_an_organisation_may_choose_another_time() -> None:
    assert look(NAME, consented(), NEAR, {"days_ahead": 27}) is None
    found = look(NAME, consented(), NEAR - A_DAY, {"days_ahead": 29})
    assert found
    assert found.since == NEAR - A_DAY


def test_what_has_no_last_day_is_silent() -> None:
    assert look(NAME, consented(until=None), NEAR) is None


def test_what_is_shorter_than_the_time_ahead_is_near_from_its_first_day() -> None:
    found = look(NAME, consented(until=given.OPENING + timedelta(days=7)), given.OPENING)
    assert found
    assert found.since == given.OPENING


def test_what_was_taken_back_or_ended_before_is_silent() -> None:
    withdrawn, ended = consented(), represented()
    withdrawn.withdraw_consent(3, **deciding(given.OPENING, given.no()))
    ended.end_representation(the(ended.plan.people), "Op verzoek.", **telling(given.OPENING))
    for case in (withdrawn, ended):
        assert look(NAME, case, NEAR) is None


def test_a_role_of_who_left_is_silent() -> None:
    case = agreed()
    case.leave_person(the(case.plan.people), "Verhuisd.", **telling(given.OPENING))
    assert look(NAME, case, NEAR) is None


@pytest.mark.parametrize("longer", [None, UNTIL + timedelta(days=365)])
def test_what_was_allowed_for_longer_before_or_since_does_not_end(longer: date | None) -> None:
    for first, second in ((UNTIL, longer), (longer, UNTIL)):
        case = consented(first)
        allow(case, the(case.plan.people), second)
        assert look(NAME, case, NEAR) is None


def test_what_was_allowed_anew_with_more_does_not_end() -> None:
    case = consented()
    allow(case, the(case.plan.people), None, (Part.GOALS, Part.STORY))
    assert look(NAME, case, NEAR) is None


def test_what_was_allowed_for_another_part_does_not_make_it_last() -> None:
    case = consented()
    allow(case, the(case.plan.people), None, (Part.SUPPORT,))
    assert look(NAME, case, NEAR)


@pytest.mark.parametrize("age", [12, 16, 18])
def test_a_birthday_from_which_somebody_decides_more_is_noticed(age: int) -> None:
    case = given.an_opened_case()
    born, how = UNTIL.replace(year=2026 - age), telling(clock_of(case).to(given.OPENING))
    case.describe_client(name="Noor Bakker", birth_date=born, **how)
    assert look(NAME, case, NEAR - A_DAY) is None
    found = look(NAME, case, NEAR)
    assert found
    assert (found.since, found.evidence, found.facts["first"]) == (NEAR, (2,), UNTIL)
    assert look(NAME, case, UNTIL + A_DAY) is None


@pytest.mark.parametrize("born", [UNTIL.replace(year=2026 - 17), NEAR - timedelta(days=42)])
def test_another_birthday_or_a_term_that_is_no_age_is_silent(born: date) -> None:
    case = given.an_opened_case()
    case.describe_client(name="Noor Bakker", birth_date=born, **telling(clock_of(case).to(NEAR)))
    assert look(NAME, case, NEAR) is None


def test_handled_it_comes_back_when_something_else_ends() -> None:
    case = consented()
    case.handle_signal(NAME, (3,), "Sanne denkt erover na.", **telling(clock_of(case).to(NEAR)))
    handled = state_of(NAME, case, UNTIL)
    assert handled
    assert handled.state is State.HANDLED
    case.agree_role(the(case.plan.people), "Doet de was.", UNTIL, **telling(NEAR))
    again = state_of(NAME, case, UNTIL)
    assert again
    assert (again.state, again.noticed.evidence) == (State.NEW, (3, 5))
