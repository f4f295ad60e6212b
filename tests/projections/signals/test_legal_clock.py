"""A term of a law is noticed a week before its end, and when it is over; also in a closed case."""

from __future__ import annotations

from datetime import date

from domain.case import Case
from domain.days import Precision
from domain.kinds import ComplaintLaw, LegalBasis, RequestKind, Voice
from projections.signals.legal_clock import BOTH, ONLY_NEAR
from projections.signals.signal import Weight
from projections.signals.state import State
from tests.given import clock_of, deciding, telling
from tests.projections.signals.observing import look, state_of
from tests.projections.signals.test_clocks import CARE, SIX_WEEKS, in_care, opened

NAME = "legal_clock"
NEAR, PASSED = date(2026, 3, 9), date(2026, 3, 17)


def test_a_term_is_noticed_a_week_before_its_end() -> None:
    assert look(NAME, in_care(), date(2026, 3, 8)) is None
    for day in (NEAR, SIX_WEEKS):
        noticed = look(NAME, in_care(), day)
        assert noticed
        assert (noticed.since, noticed.evidence, noticed.says) == (NEAR, (2,), ONLY_NEAR)
        assert noticed.facts == {"passed": 0, "near": 1, "days": 7, "last_day": SIX_WEEKS}
        assert noticed.weight is None


def test_a_term_that_is_over_is_for_today() -> None:
    noticed = look(NAME, in_care(), PASSED)
    assert noticed
    assert (noticed.evidence, noticed.says, noticed.weight) == ((2,), "", Weight.NOW)
    assert noticed.facts == {"passed": 1, "near": 0, "days": 7, "last_day": SIX_WEEKS}


def test_what_is_over_and_what_is_near_are_counted_apart() -> None:
    case = in_care()
    how = telling(clock_of(case).to(date(2026, 2, 20)))
    request = case.receive_request(RequestKind.COPY, Voice.CLIENT, "Een kopie.", **how)
    noticed = look(NAME, case, PASSED)
    assert noticed
    assert (noticed.evidence, noticed.says) == ((2, request), BOTH)
    assert noticed.facts == {"passed": 1, "near": 1, "days": 7, "last_day": SIX_WEEKS}


def test_an_organisation_may_look_further_ahead() -> None:
    assert look(NAME, in_care(), CARE, {"days_ahead": 42})
    assert look(NAME, in_care(), date(2026, 3, 15), {"days_ahead": 0}) is None
    assert look(NAME, in_care(), SIX_WEEKS, {"days_ahead": 0})
    far = look(NAME, in_care(), CARE, {"days_ahead": 10_000})
    assert far
    assert far.since == CARE


def test_done_in_time_or_late_it_is_silent() -> None:
    for day in (SIX_WEEKS, PASSED):
        case = in_care()
        case.lay_down_plan(**deciding(clock_of(case).to(day)))
        assert look(NAME, case, day) is None


def test_a_case_under_another_law_is_silent() -> None:
    assert look(NAME, in_care(LegalBasis.WMO), PASSED) is None


def test_no_term_runs_from_a_day_that_is_not_known() -> None:
    assert look(NAME, in_care(precision=Precision.MONTH), PASSED) is None


def test_the_half_year_of_the_wlz_is_left_to_the_signal_about_looking_back() -> None:
    case = in_care()
    case.lay_down_plan(**deciding(clock_of(case).to(CARE)))
    assert look(NAME, case, date(2026, 8, 3)) is None
    assert look("evaluation_overdue", case, date(2026, 8, 3))


def closed(case: Case) -> Case:
    case.close_case("De vraag is beantwoord.", **deciding(clock_of(case).to(date(2026, 3, 16))))
    return case


def test_after_the_closing_a_complaint_still_waits_and_a_plan_does_not() -> None:
    assert look(NAME, closed(in_care()), PASSED) is None
    case = opened()
    how = telling(clock_of(case).to(CARE))
    complaint = case.voice_complaint("Steeds iemand anders.", ComplaintLaw.WKKGZ, in_writing_on=CARE, **how)
    noticed = look(NAME, closed(case), PASSED)
    assert noticed
    assert noticed.evidence == (complaint,)


def test_handled_while_near_it_comes_back_after_a_week_when_it_is_over() -> None:
    case = in_care()
    case.handle_signal(NAME, (2,), "Plan komt maandag.", **telling(clock_of(case).to(date(2026, 3, 10))))
    for day, state in ((SIX_WEEKS, State.HANDLED), (PASSED, State.NEW)):
        found = state_of(NAME, case, day)
        assert found
        assert found.state is state
