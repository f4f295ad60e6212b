"""The right to a plan of one's own, and to somebody independent, is told in time."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from domain.case import Case
from domain.days import Precision
from domain.kinds import LegalBasis, OwnPlanAnswer, OwnPlanKind, PointedOutTo
from projections.signals.own_plan_not_offered import BOTH, ONLY_SUPPORTER
from tests import given
from tests.given import clock_of, deciding, telling
from tests.projections.signals.observing import look

NAME = "own_plan_not_offered"
LAST, PASSED = date(2026, 1, 19), date(2026, 1, 20)
PLAN, FAMILY = OwnPlanKind.PERSONAL_PLAN, OwnPlanKind.FAMILY_GROUP_PLAN


def opened(basis: LegalBasis = LegalBasis.WMO, precision: Precision = Precision.DAY) -> Case:
    """Opened on 12 January."""
    clock = given.a_clock(given.OPENING)
    how = deciding(given.OPENING)
    case = Case.open(
        UUID(int=1),
        legal_basis=basis,
        question="Kan ik hier blijven?",
        precision=precision,
        clock=clock,
        **how,
    )
    clock.to(given.TODAY)
    return case


def told_of(case: Case, kind: OwnPlanKind) -> Case:
    clock_of(case).to(LAST)
    case.offer_own_plan(kind, "Sanne", OwnPlanAnswer.WANTS_TO_THINK, **telling(LAST))
    return case


def test_a_right_that_was_not_told_is_noticed_when_the_term_has_passed() -> None:
    assert look(NAME, opened(), date(2026, 1, 18)) is None
    assert look(NAME, opened(), LAST) is None
    noticed = look(NAME, opened(), PASSED)
    assert noticed
    assert (noticed.since, noticed.evidence, noticed.facts) == (given.OPENING, (1,), {"days": 8})
    assert noticed.says == BOTH


def test_an_organisation_may_choose_another_term() -> None:
    assert look(NAME, opened(), LAST, {"days": 6})
    assert look(NAME, opened(), PASSED, {"days": 8}) is None


def test_under_the_wmo_both_rights_are_told() -> None:
    case = told_of(opened(), PLAN)
    noticed = look(NAME, case, PASSED)
    assert noticed
    assert noticed.says == ONLY_SUPPORTER
    case.point_out_supporter(PointedOutTo.CLIENT, **telling(LAST))
    assert look(NAME, case, PASSED) is None


def test_a_supporter_alone_is_not_enough() -> None:
    case = opened()
    case.point_out_supporter(PointedOutTo.RELATIVE, **telling(LAST))
    noticed = look(NAME, case, PASSED)
    assert noticed
    assert noticed.says == ""


@pytest.mark.parametrize(
    ("basis", "kind", "other"), [(LegalBasis.JEUGDWET, FAMILY, PLAN), (LegalBasis.WLZ, PLAN, FAMILY)]
)
def test_each_law_has_its_own_kind_of_plan(basis: LegalBasis, kind: OwnPlanKind, other: OwnPlanKind) -> None:
    assert look(NAME, opened(basis))
    assert look(NAME, told_of(opened(basis), kind)) is None
    assert look(NAME, told_of(opened(basis), other))


@pytest.mark.parametrize("basis", [LegalBasis.ZVW, LegalBasis.WGBO, LegalBasis.OTHER])
def test_under_other_laws_it_is_silent(basis: LegalBasis) -> None:
    assert look(NAME, opened(basis)) is None


def test_a_plan_that_was_handed_in_was_known_of() -> None:
    case = opened(LegalBasis.WLZ)
    case.hand_in_personal_plan("Sanne", **telling())
    assert look(NAME, case) is None


def test_told_late_it_is_silent_from_that_day() -> None:
    case = opened(LegalBasis.WLZ)
    how = telling(clock_of(case).to(date(2026, 2, 2)))
    case.offer_own_plan(PLAN, "Sanne", OwnPlanAnswer.WANTS, **how)
    assert look(NAME, case, date(2026, 2, 1))
    assert look(NAME, case, date(2026, 2, 2)) is None


def test_no_term_runs_from_a_day_that_is_not_known() -> None:
    assert look(NAME, opened(precision=Precision.MONTH)) is None
