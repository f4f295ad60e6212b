"""The terms of law in a case: what starts them, when they end, and what is done in time."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from domain.case import Case
from domain.days import Precision
from domain.entry import Entry
from domain.kinds import ComplaintLaw, Fit, LegalBasis, RequestAnswerKind, RequestKind, SupportKind, Voice
from projections.signals.clocks import Clock, ClockState, clocks
from projections.signals.deadlines import DEADLINES
from tests import given
from tests.given import clock_of, deciding, telling
from tests.projections.signals.observing import observed

CARE = date(2026, 2, 2)
SIX_WEEKS = date(2026, 3, 16)


def opened(basis: LegalBasis = LegalBasis.WLZ, day: date = given.OPENING) -> Case:
    clock = given.a_clock(day)
    asked = "Kan ik hier blijven?"
    case = Case.open(UUID(int=1), legal_basis=basis, question=asked, clock=clock, **deciding(day))
    clock.to(given.TODAY)
    return case


def in_care(basis: LegalBasis = LegalBasis.WLZ, precision: Precision = Precision.DAY) -> Case:
    """Care since 2 February: entry 2."""
    case = opened(basis)
    case.start_care(precision=precision, **telling(clock_of(case).to(CARE)))
    clock_of(case).to(given.TODAY)
    return case


def impose(case: Case, day: date, **more: Any) -> int:
    facts = {
        "what": "Gas dicht in de nacht",
        "in_plan": True,
        "legal_ground": "Wzd art. 10",
        "lighter_ways_considered": "Kookplaat met timer.",
        "ends_on": date(2027, 12, 31),
    }
    return case.impose_restriction(**{**facts, **deciding(clock_of(case).to(day)), **more})


def look_back(case: Case, day: date, **more: Any) -> int:
    facts = {"conclusions": "Het past.", "client_judgement": Fit.FITS}
    return case.hold_evaluation(**{**facts, **deciding(clock_of(case).to(day)), **more})


def told(case: Case, law: str, today: date = given.TODAY) -> list[Clock]:
    return [clock for clock in clocks(observed(case, today)) if clock.deadline.id == law]


def states(case: Case, law: str, today: date) -> list[str]:
    return [clock.state_on(today) for clock in told(case, law, today)]


@pytest.mark.parametrize(("basis", "law"), [(LegalBasis.WLZ, "L2"), (LegalBasis.JEUGDWET, "J3")])
def test_six_weeks_after_the_start_of_care_there_is_a_plan(basis: LegalBasis, law: str) -> None:
    case = in_care(basis)
    (clock,) = told(case, law)
    assert (clock.entry, clock.since, clock.due, clock.done_on) == (2, CARE, SIX_WEEKS, None)
    for day, state in (
        (date(2026, 3, 8), ClockState.RUNNING),
        (date(2026, 3, 9), ClockState.NEAR),
        (SIX_WEEKS, ClockState.NEAR),
        (date(2026, 3, 17), ClockState.PASSED),
    ):
        assert states(case, law, day) == [state]


@pytest.mark.parametrize("basis", [LegalBasis.WMO, LegalBasis.ZVW, LegalBasis.WGBO, LegalBasis.OTHER])
def test_other_laws_set_no_term_for_a_plan(basis: LegalBasis) -> None:
    assert clocks(observed(in_care(basis))) == []


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2026, 1, 26), ClockState.DONE),
        (SIX_WEEKS, ClockState.DONE),
        (date(2026, 3, 17), ClockState.LATE),
    ],
)
def test_a_plan_is_in_time_also_before_the_start_or_on_the_last_day(day: date, state: ClockState) -> None:
    case = in_care()
    case.lay_down_plan(**deciding(clock_of(case).to(day)))
    assert states(case, "L2", given.TODAY) == [state]


def test_without_a_first_day_of_care_the_first_help_starts_the_term() -> None:
    case = opened()
    support = case.offer_support(
        what="Wassen", kind=SupportKind.PERSONAL_CARE, provider="De Brug", **telling(given.OPENING)
    )
    case.accept_support(support, **deciding(given.OPENING))
    assert told(case, "L2") == []
    case.start_support(support, **deciding(CARE))
    assert [clock.due for clock in told(case, "L2")] == [SIX_WEEKS]


def test_an_imprecise_day_makes_the_term_unknown_whichever_end_it_is() -> None:
    assert states(in_care(precision=Precision.MONTH), "L2", given.TODAY) == [ClockState.UNKNOWN]
    case = in_care()
    case.lay_down_plan(precision=Precision.MONTH, **deciding(SIX_WEEKS))
    assert states(case, "L2", given.TODAY) == [ClockState.UNKNOWN]


def test_a_law_sets_no_term_for_what_began_before_it() -> None:
    early = date(2014, 12, 29)
    case = opened(day=early)
    case.start_care(**telling(early))
    assert told(case, "L2") == []


def test_a_plan_that_was_decided_upon_but_does_not_count_yet_is_not_there_yet() -> None:
    case = in_care()
    case.lay_down_plan(from_on=date(2026, 4, 6), **deciding(clock_of(case).to(date(2026, 3, 9))))
    assert states(case, "L2", date(2026, 3, 17)) == [ClockState.PASSED]
    assert states(case, "L2", date(2026, 4, 6)) == [ClockState.DONE]


def test_under_the_wlz_the_half_year_starts_again_each_time_they_look_back() -> None:
    case = in_care()
    assert [(clock.entry, clock.due) for clock in told(case, "L3")] == [(2, date(2026, 8, 2))]
    held = look_back(case, date(2026, 6, 30))
    assert [(clock.entry, clock.due) for clock in told(case, "L3")] == [(held, date(2026, 12, 30))]


def test_involuntary_care_is_looked_back_on_after_four_weeks_and_then_each_half_year() -> None:
    case = in_care()
    case.lay_down_plan(**deciding(clock_of(case).to(date(2026, 2, 16))))
    assert told(case, "Z1") == told(case, "Z2") == []
    imposed = impose(case, date(2026, 3, 2))
    assert [clock.state_on(given.TODAY) for clock in told(case, "Z1")] == [ClockState.DONE]
    assert [(clock.entry, clock.due) for clock in told(case, "Z2")] == [(imposed, date(2026, 3, 30))]
    assert look_back(case, date(2026, 2, 23))  # before the restriction: not about it
    assert states(case, "Z2", date(2026, 3, 31)) == [ClockState.PASSED]
    held = look_back(case, date(2026, 3, 30))
    assert states(case, "Z2", given.TODAY) == [ClockState.DONE]
    assert [(clock.entry, clock.due) for clock in told(case, "Z2b")] == [(held, date(2026, 9, 30))]


def test_a_plan_after_the_restriction_starts_the_four_weeks() -> None:
    case = in_care()
    impose(case, date(2026, 3, 2))
    case.lay_down_plan(**deciding(clock_of(case).to(date(2026, 3, 9))))
    assert [clock.due for clock in told(case, "Z2")] == [date(2026, 4, 6)]


def test_when_the_client_is_free_again_the_terms_of_the_wzd_are_over() -> None:
    case = in_care()
    imposed = impose(case, date(2026, 3, 2))
    case.lift_restriction(imposed, "Niet meer nodig.", **deciding(clock_of(case).to(date(2026, 3, 9))))
    assert told(case, "Z1") == told(case, "Z2") == []
    assert states(case, "Z4", given.TODAY) == [ClockState.DONE]


@pytest.mark.parametrize(
    ("written", "state"),
    [
        (date(2026, 3, 2), ClockState.DONE),
        (date(2026, 3, 4), ClockState.DONE),
        (date(2026, 3, 5), ClockState.LATE),
        (None, ClockState.PASSED),
    ],
)
def test_outside_the_plan_a_restriction_is_written_down_within_two_days(
    written: date | None, state: ClockState
) -> None:
    case = opened()
    impose(case, date(2026, 3, 2), in_plan=False, written_on=written)
    assert states(case, "Z3", date(2026, 3, 5)) == [state]
    assert told(case, "Z4") == told(case, "Z2") == []


def test_what_is_going_to_be_done_is_not_done_yet() -> None:
    case = opened()
    impose(case, date(2026, 3, 2), in_plan=False, written_on=date(2026, 3, 4))
    assert states(case, "Z3", date(2026, 3, 3)) == [ClockState.NEAR]
    clock_of(case).to(given.TODAY)
    case.voice_complaint("Te laat.", ComplaintLaw.WKKGZ, in_writing_on=date(2026, 3, 9), **telling(CARE))
    assert told(case, "K1", date(2026, 3, 8)) == []
    assert [clock.since for clock in told(case, "K1", date(2026, 3, 9))] == [date(2026, 3, 9)]


def test_outside_the_plan_a_restriction_lasts_two_weeks_at_most() -> None:
    case = opened()
    imposed = impose(case, date(2026, 3, 2), in_plan=False)
    assert states(case, "Z3b", date(2026, 3, 16)) == [ClockState.NEAR]
    assert states(case, "Z3b", date(2026, 3, 17)) == [ClockState.PASSED]
    case.lift_restriction(imposed, "Niet meer nodig.", **deciding(clock_of(case).to(date(2026, 3, 18))))
    assert states(case, "Z3b", date(2026, 3, 18)) == [ClockState.LATE]
    ended = opened()
    impose(ended, date(2026, 3, 2), in_plan=False, ends_on=date(2026, 3, 16))
    assert states(ended, "Z3b", date(2026, 3, 17)) == [ClockState.DONE]


def test_in_the_plan_it_is_looked_at_again_after_three_months_three_months_and_each_half_year() -> None:
    case = opened()
    imposed = impose(case, date(2026, 1, 31))
    assert [clock.due for clock in told(case, "Z4")] == [date(2026, 4, 30)]
    days = (date(2026, 4, 30), date(2026, 6, 30), date(2026, 10, 1))
    for day in days:
        case.review_restriction(imposed, "Nog nodig.", **deciding(clock_of(case).to(day)))
    assert states(case, "Z4", given.TODAY) == [ClockState.DONE]
    assert [(clock.due, clock.done_on) for clock in told(case, "Z5")] == [(date(2026, 7, 30), days[1])]
    assert [(clock.due, clock.done_on) for clock in told(case, "Z5b")] == [
        (date(2026, 12, 30), days[2]),
        (date(2027, 4, 1), None),
    ]


def test_what_is_done_about_one_is_not_done_about_another() -> None:
    case = opened(LegalBasis.WMO)
    first, restricted = complain(case), impose(case, CARE)
    request = case.receive_request(RequestKind.COPY, Voice.CLIENT, "Een kopie.", **telling(CARE))
    complain(case)
    impose(case, CARE)
    case.receive_request(RequestKind.INSPECTION, Voice.CLIENT, "Even zien.", **telling(CARE))
    case.answer_complaint(first, "Excuses.", **telling(CARE))
    case.review_restriction(restricted, "Nog nodig.", **deciding(CARE))
    case.answer_request(request, RequestAnswerKind.GRANTED, **deciding(CARE))
    for law in ("K1", "Z4", "A1"):
        assert [clock.done_on for clock in told(case, law)] == [CARE, None]


def complain(case: Case, law: ComplaintLaw = ComplaintLaw.WKKGZ, written: date | None = CARE) -> int:
    how = telling(clock_of(case).to(CARE))
    return case.voice_complaint("Steeds iemand anders.", law, in_writing_on=written, **how)


def test_a_written_complaint_is_answered_within_six_weeks() -> None:
    case = opened(LegalBasis.WMO)
    complaint = complain(case)
    assert [(clock.entry, clock.due) for clock in told(case, "K1")] == [(complaint, SIX_WEEKS)]
    case.answer_complaint(complaint, "Excuses.", **telling(clock_of(case).to(SIX_WEEKS)))
    assert states(case, "K1", date(2026, 3, 15)) == [ClockState.NEAR]
    assert states(case, "K1", SIX_WEEKS) == [ClockState.DONE]


def test_a_spoken_complaint_and_one_under_another_law_have_no_term_here() -> None:
    assert told_by(complain, law=ComplaintLaw.WMO) == []
    assert told_by(complain, written=None) == []


def told_by(tell: Any, **facts: Any) -> list[Clock]:
    case = opened(LegalBasis.WMO)
    tell(case, **facts)
    return clocks(observed(case))


@pytest.mark.parametrize(("day", "due"), [(16, date(2026, 4, 13)), (17, SIX_WEEKS)])
def test_more_time_counts_once_and_only_when_it_was_told_within_the_term(day: int, due: date) -> None:
    case = opened(LegalBasis.WMO)
    complaint = complain(case)
    clock_of(case).to(date(2026, 3, day))
    for _ in range(2):
        how = telling(date(2026, 3, day))
        case.answer_complaint(complaint, "Wij zoeken nog uit.", date(2026, 9, 1), **how)
    assert [(clock.due, clock.done_on) for clock in told(case, "K1")] == [(due, None)]


def test_an_answer_of_which_the_day_is_not_known_makes_the_term_unknown() -> None:
    case = opened(LegalBasis.WMO)
    case.answer_complaint(complain(case), "Excuses.", precision=Precision.MONTH, **telling(CARE))
    assert states(case, "K1", given.TODAY) == [ClockState.UNKNOWN]


def test_a_request_about_the_record_is_answered_within_a_month() -> None:
    case = opened(LegalBasis.WMO)
    how = telling(clock_of(case).to(date(2026, 3, 31)))
    request = case.receive_request(RequestKind.COPY, Voice.CLIENT, "Mag ik alles hebben?", **how)
    assert [(clock.entry, clock.due) for clock in told(case, "A1")] == [(request, date(2026, 4, 30))]
    case.answer_request(request, RequestAnswerKind.GRANTED, **deciding(clock_of(case).to(date(2026, 5, 1))))
    assert states(case, "A1", date(2026, 5, 1)) == [ClockState.LATE]


def test_under_the_wgbo_a_request_to_destroy_has_three_months() -> None:
    for basis, due in ((LegalBasis.WGBO, [date(2026, 5, 2)]), (LegalBasis.WMO, [])):
        case = opened(basis)
        case.receive_request(RequestKind.ERASURE, Voice.CLIENT, "Gooi alles weg.", **telling(CARE))
        assert [clock.due for clock in told(case, "A3")] == due
        assert [clock.due for clock in told(case, "A1")] == [date(2026, 3, 2)]
    case = opened(LegalBasis.WGBO)
    case.receive_request(RequestKind.COPY, Voice.CLIENT, "Een kopie.", **telling(CARE))
    assert told(case, "A3") == []


def test_what_ends_first_stands_first_and_what_is_unknown_last() -> None:
    case = in_care(precision=Precision.MONTH)
    complain(case)
    case.receive_request(RequestKind.COPY, Voice.CLIENT, "Een kopie.", **telling(CARE))
    assert [clock.deadline.id for clock in clocks(observed(case))] == ["A1", "K1", "L2", "L3"]


def test_an_end_comes_near_no_sooner_than_it_began_also_at_the_first_day_of_the_calendar() -> None:
    clock = Clock(DEADLINES["Z3"], 1, date.min, date.min + timedelta(days=2))
    assert clock.near_from() == date.min
    assert Clock(DEADLINES["L2"], 1, CARE, SIX_WEEKS).near_from() == date(2026, 3, 9)


def test_a_clock_starts_with_an_entry_that_the_table_names() -> None:
    for case in (in_care(), in_care(LegalBasis.JEUGDWET)):
        complain(case)
        impose(case, date(2026, 3, 2))
        impose(case, date(2026, 3, 2), in_plan=False)
        look_back(case, date(2026, 4, 6))
        by_number: dict[int, Entry] = {entry.number: entry for entry in case.entries}
        found = clocks(observed(case))
        assert found
        for clock in found:
            assert isinstance(by_number[clock.entry], clock.deadline.starts), clock.deadline.id
