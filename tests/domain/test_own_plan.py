"""The client may make a plan of their own, and hears that independent support is free."""

from __future__ import annotations

from datetime import date

import pytest

from domain import errors
from domain.correcting import facts_of
from domain.kinds import OwnPlanAnswer, OwnPlanKind, PointedOutTo
from domain.own_plan import OwnPlanOffered, SupporterPointedOut
from domain.plan import read
from tests import given
from tests.given import telling

OFFERED, IN = date(2026, 1, 13), date(2026, 1, 19)
PERSONAL, FAMILY = OwnPlanKind.PERSONAL_PLAN, OwnPlanKind.FAMILY_GROUP_PLAN


def test_the_chance_of_an_own_plan_stands_with_who_was_told_and_the_answer() -> None:
    case = given.an_opened_case()
    case.offer_own_plan(PERSONAL, "Sanne", OwnPlanAnswer.WANTS, **telling(OFFERED))
    (own,) = case.plan.own_plans
    assert (own.since, own.kind, own.to, own.answer) == (OFFERED, PERSONAL, "Sanne", OwnPlanAnswer.WANTS)
    assert read(case.entries, on=given.OPENING).own_plans == []


def test_somebody_was_told_of_an_own_plan() -> None:
    with pytest.raises(errors.Empty) as refused:
        given.sanne().offer_own_plan(FAMILY, " ", OwnPlanAnswer.WANTS, **telling())
    assert refused.value.field == "to"


def test_a_plan_that_comes_in_is_noted_on_the_offer_of_its_kind() -> None:
    case = given.an_opened_case()
    case.offer_own_plan(PERSONAL, "Sanne", OwnPlanAnswer.WANTS, **telling(OFFERED))
    case.offer_own_plan(FAMILY, "Henk", OwnPlanAnswer.DOES_NOT_WANT, **telling(OFFERED))
    case.hand_in_personal_plan("Sanne en Henk", **telling(IN))
    personal, family = case.plan.own_plans
    assert (personal.handed_in_on, personal.made_by, personal.to) == (IN, "Sanne en Henk", "Sanne")
    assert family.handed_in_on is None
    assert read(case.entries, on=OFFERED).own_plans[0].handed_in_on is None


def test_a_plan_that_nobody_offered_can_come_in_too() -> None:
    case = given.an_opened_case()
    for made_by in ("Sanne", "Henk"):
        case.hand_in_personal_plan(made_by, FAMILY, **telling(IN))
    assert [(own.kind, own.made_by) for own in case.plan.own_plans] == [(FAMILY, "Sanne"), (FAMILY, "Henk")]


def test_a_plan_that_comes_in_was_made_by_somebody() -> None:
    with pytest.raises(errors.Empty) as refused:
        given.sanne().hand_in_personal_plan("", **telling())
    assert refused.value.field == "made_by"


def test_independent_support_is_pointed_out_also_when_nobody_knows_yet_whether_it_is_wanted() -> None:
    case = given.an_opened_case()
    case.point_out_supporter(PointedOutTo.CLIENT, **telling(OFFERED))
    case.point_out_supporter(PointedOutTo.RELATIVE, wanted=False, **telling(IN))
    assert [(told.to, told.wanted) for told in case.plan.pointed_out] == [
        (PointedOutTo.CLIENT, None),
        (PointedOutTo.RELATIVE, False),
    ]
    assert len(read(case.entries, on=OFFERED).pointed_out) == 1


def test_what_the_client_answered_is_not_corrected_by_others() -> None:
    assert "answer" not in facts_of(OwnPlanOffered)
    assert "wanted" not in facts_of(SupporterPointedOut)
