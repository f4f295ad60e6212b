"""From the question to the first help that fits."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest

from domain.case import Case
from domain.days import Precision
from domain.entry import Initiative
from domain.imported import StateImported
from domain.kinds import Fit, LegalBasis, Noun, SupportKind, Voice, WhyRefused
from projections.signals.plan_takes_long import IT_TOOK
from projections.signals.signal import Noticed, Weight
from tests import given
from tests.given import clock_of, deciding, no, telling
from tests.projections.signals.observing import look, state_of

NAME = "plan_takes_long"


def after(days: int) -> date:
    """So many days after the opening: there the client asked."""
    return given.OPENING + timedelta(days=days)


def noticed(case: Case, days: int, chosen: dict[str, int] | None = None) -> Noticed | None:
    return look(NAME, case, after(days), chosen)


def began(case: Case, days: int, precision: Precision = Precision.DAY) -> UUID:
    """Help that was offered and began so many days after the question (two entries)."""
    day = clock_of(case).to(after(days))
    support = case.offer_support(what="Koken", kind=SupportKind.GUIDANCE, provider="A", **telling(day))
    how = deciding(day)
    how["precision"] = precision
    case.start_support(support, **how)
    clock_of(case).to(given.TODAY)
    return support


@pytest.mark.parametrize(
    ("days", "weight"), [(27, 0), (28, 0), (29, Weight.KEEP_AN_EYE), (56, Weight.KEEP_AN_EYE), (57, None)]
)
def test_who_waits_is_marked_after_four_weeks_and_told_of_after_eight(days: int, weight: int | None) -> None:
    found = noticed(given.an_opened_case(), days)
    if weight == 0:
        assert found is None
    else:
        assert found
        assert (found.evidence, found.since, found.facts) == ((1,), given.OPENING, {"days": days})
        assert (found.weight, found.says) == (weight, "")


def test_the_mark_and_the_term_can_be_chosen() -> None:
    case = given.an_opened_case()
    assert noticed(case, 29, {"mark": 29}) is None
    found = noticed(case, 29, {"days": 28})
    assert found
    assert found.weight is None


def test_help_that_began_in_time_ends_the_wait() -> None:
    case = given.an_opened_case()
    began(case, 28)
    assert noticed(case, 57) is None


@pytest.mark.parametrize(("days", "late"), [(55, False), (56, False), (57, True)])
def test_what_took_longer_than_eight_weeks_is_told_afterwards(days: int, late: bool) -> None:  # noqa: FBT001
    case = given.an_opened_case()
    began(case, days)
    found = noticed(case, days + 1)
    assert (found is not None) is late
    if found:
        assert (found.evidence, found.facts, found.says) == ((1, 3), {"days": days}, IT_TOOK)
        assert found.weight is Weight.KEEP_AN_EYE


def test_what_is_long_over_is_not_told_any_more() -> None:
    case = given.an_opened_case()
    began(case, 60)
    assert noticed(case, 88)
    assert noticed(case, 89) is None


def test_what_the_client_calls_fitting_counts_above_what_came_first() -> None:
    case = given.an_opened_case()
    began(case, 20)
    second = began(case, 70)
    assert noticed(case, 75) is None
    case.judge_fit(Fit.FITS, Voice.WORKER, second, **telling(after(72)))
    assert noticed(case, 75) is None
    case.judge_fit(Fit.FITS, Voice.CLIENT, second, **telling(after(73)))
    found = noticed(case, 75)
    assert found
    assert (found.evidence, found.facts) == ((1, 5), {"days": 70})


def test_help_that_could_not_wait_does_not_answer_the_question() -> None:
    case = given.an_opened_case()
    how = deciding(clock_of(case).to(after(2)), initiative=Initiative.PROFESSIONAL)
    case.start_emergency_support("Opvang", SupportKind.OTHER, "De Brug", "Er was brand.", **how)
    assert noticed(case, 57)


def test_of_a_start_on_a_day_that_is_not_known_nothing_is_counted() -> None:
    case = given.an_opened_case()
    began(case, 60, Precision.MONTH)
    assert noticed(case, 85) is None


def test_of_a_start_that_another_system_does_not_tell_nothing_is_counted() -> None:
    case = given.an_opened_case()
    case.record(
        StateImported,
        noun=Noun.SUPPORT,
        id=UUID(int=5),
        words="Koken",
        said="active",
        state="running",
        **telling(after(2)),
    )
    assert noticed(case, 57) is None


def test_of_a_question_on_a_day_that_is_not_known_nothing_is_counted() -> None:
    how = deciding(given.OPENING)
    how["precision"] = Precision.MONTH
    client, clock = UUID(int=0x5A), given.a_clock(given.OPENING)
    case = Case.open(client, legal_basis=LegalBasis.WMO, question="Hulp?", clock=clock, **how)
    assert noticed(case, 120) is None


def test_after_a_no_the_client_does_not_wait_but_for_what_they_said_yes_to() -> None:
    case = given.karim()
    assert noticed(case, 200) is None
    day = clock_of(case).to(date(2026, 3, 9))
    other = case.offer_support(what="Post", kind=SupportKind.MONEY, provider="De Brug", **telling(day))
    assert noticed(case, 200) is None
    case.accept_support(other, **deciding(day))
    assert noticed(case, 200)


def test_help_that_the_client_stopped_had_begun() -> None:
    case = given.an_opened_case()
    support = began(case, 20)
    case.refuse_support(support, WhyRefused.OTHER, **deciding(after(30), no()))
    case.respect_refusal(4, stopped=True, door="Bel gerust.", **telling(after(30)))
    assert noticed(case, 57) is None
    other = case.offer_support(what="Post", kind=SupportKind.MONEY, provider="A", **telling(after(30)))
    case.accept_support(other, **deciding(after(30)))
    assert noticed(case, 57) is None


def test_handled_while_somebody_waits_it_comes_back_after_four_weeks() -> None:
    case = given.an_opened_case()
    case.handle_signal(NAME, (1,), "Gebeld.", **telling(clock_of(case).to(after(30))))
    before, later = state_of(NAME, case, after(57)), state_of(NAME, case, after(58))
    assert before
    assert before.state == "handled"
    assert later
    assert later.state == "new"
