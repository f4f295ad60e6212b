"""One leads: not nobody, and not two."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from domain.case import Case
from domain.days import Precision
from domain.kinds import PartyKind, PersonKind
from projections.signals.nobody_leads import TWO_LEAD
from projections.signals.signal import Weight
from projections.signals.state import State
from tests import given
from tests.given import clock_of, deciding, telling
from tests.projections.signals.observing import look, state_of

NAME = "nobody_leads"
DAY = date(2026, 3, 2)
WEEK = timedelta(days=7)
A_DAY = timedelta(days=1)


def join(case: Case, name: str, organisation: str) -> UUID:
    how = telling(clock_of(case).to(given.OPENING))
    return case.join_person(name=name, kind=PersonKind.WORKER, organisation=organisation, **how)


def led() -> tuple[Case, UUID, UUID]:
    """Fatima of De Brug leads from the first day (entry 4); Joris of Buurtteam Oost takes part."""
    case = given.an_opened_case()
    fatima, joris = join(case, "Fatima", "De Brug"), join(case, "Joris", "Buurtteam Oost")
    case.name_lead(fatima, **deciding(given.OPENING))
    return case, fatima, joris


def test_when_nobody_leads_it_is_noticed_after_a_week() -> None:
    case = given.an_opened_case()
    assert look(NAME, case, given.OPENING + WEEK) is None
    found = look(NAME, case, given.OPENING + WEEK + A_DAY)
    assert found
    assert (found.since, found.evidence) == (given.OPENING, (1,))
    assert (found.says, found.weight, found.facts) == ("", None, {"leads": 0, "days": 8})


def test_an_organisation_may_choose_another_term() -> None:
    case = given.an_opened_case()
    assert look(NAME, case, given.OPENING + WEEK, {"days": 6})
    assert look(NAME, case, given.OPENING + WEEK + A_DAY, {"days": 8}) is None


def test_one_who_leads_is_enough() -> None:
    case, _, _ = led()
    assert look(NAME, case) is None


def test_two_of_different_organisations_are_noticed_after_a_week() -> None:
    case, _, joris = led()
    case.name_lead(joris, **deciding(clock_of(case).to(DAY)))
    assert look(NAME, case, DAY + WEEK) is None
    found = look(NAME, case, DAY + WEEK + A_DAY)
    assert found
    assert (found.since, found.evidence, found.says) == (DAY, (4, 5), TWO_LEAD)
    assert found.facts == {"leads": 2, "days": 8}


def test_two_who_lead_stay_two_when_one_of_them_is_replaced() -> None:
    case, _, joris = led()
    nadia = join(case, "Nadia", "De Brug")
    case.name_lead(joris, **deciding(clock_of(case).to(DAY)))
    case.name_lead(nadia, **deciding(clock_of(case).to(DAY + WEEK)))
    found = look(NAME, case, DAY + WEEK + A_DAY)
    assert found
    assert (found.since, found.evidence) == (DAY, (6, 7))


def test_another_lead_of_the_same_organisation_takes_over() -> None:
    case, _, _ = led()
    case.name_lead(join(case, "Nadia", "De Brug"), **deciding(clock_of(case).to(DAY)))
    assert look(NAME, case) is None


def test_since_the_lead_was_laid_down_nobody_leads() -> None:
    left, fatima, _ = led()
    left.leave_person(fatima, "Andere baan.", **telling(clock_of(left).to(DAY)))
    ended, fatima, _ = led()
    ended.end_lead(fatima, "Te druk.", **telling(clock_of(ended).to(DAY)))
    for case in (left, ended):
        assert look(NAME, case, DAY + WEEK) is None
        found = look(NAME, case, DAY + WEEK + A_DAY)
        assert found
        assert (found.since, found.evidence) == (DAY, (5,))


def test_who_leaves_without_having_led_changes_nothing() -> None:
    case, fatima, joris = led()
    case.end_lead(fatima, "Te druk.", **telling(clock_of(case).to(DAY)))
    case.leave_person(joris, "Klaar.", **telling(clock_of(case).to(DAY + WEEK)))
    found = look(NAME, case, DAY + WEEK + A_DAY)
    assert found
    assert (found.since, found.evidence) == (DAY, (5,))


def test_with_three_parties_our_own_included_it_is_for_now() -> None:
    case = given.an_opened_case()
    for name, weight in (("Buurtteam Oost", None), ("Schuldhulp", Weight.NOW)):
        day = clock_of(case).to(given.OPENING)
        case.join_party(name, PartyKind.FORMAL, "Meehelpen.", **deciding(day))
        found = look(NAME, case)
        assert found
        assert found.weight is weight


def test_after_the_case_was_opened_again_a_new_week_begins() -> None:
    case = given.bram()
    case.reopen_case("Het lukt toch niet.", **deciding(clock_of(case).to(date(2026, 9, 7))))
    assert look(NAME, case, date(2026, 9, 14)) is None
    found = look(NAME, case, date(2026, 9, 15))
    assert found
    assert (found.since, found.evidence) == (date(2026, 9, 7), (case.version,))


def test_no_term_runs_from_a_day_that_is_not_known() -> None:
    case, fatima, _ = led()
    clock_of(case).to(given.TODAY)
    case.end_lead(fatima, "Te druk.", precision=Precision.MONTH, **telling(DAY))
    assert look(NAME, case) is None


def test_handled_it_comes_back_after_its_own_time() -> None:
    case = given.an_opened_case()
    case.handle_signal(NAME, (1,), "Fatima gevraagd.", **telling(clock_of(case).to(DAY)))
    for days, state in ((27, State.HANDLED), (28, State.NEW)):
        found = state_of(NAME, case, DAY + timedelta(days=days))
        assert found
        assert found.state is state
