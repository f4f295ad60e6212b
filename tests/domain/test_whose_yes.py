"""Help is accepted by whose yes it takes: a child's or that of who could not decide is not enough alone."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from domain import errors
from domain.case import Case
from domain.entry import Facts
from domain.kinds import LegalKind, Scope, SupportStatus
from tests import given
from tests.given import deciding, telling, the

NOW = given.TODAY


def born_in(case: Case, year: int) -> Case:
    case.describe_client(name="Sanne Mulder", birth_date=date(year, 4, 3), **telling())
    return case


def named(case: Case, kind: LegalKind = LegalKind.PARENT, scope: Scope = Scope.ALL) -> UUID:
    rita = given.a_representative(case)
    case.name_representative(rita, kind, scope, **telling(date(2026, 1, 15)))
    return rita


def accepts(case: Case, **more: object) -> SupportStatus:
    support = the(case.plan.supports)
    case.accept_support(support, **deciding() | more)
    return case.plan.supports[support].status


def test_a_child_does_not_accept_help_alone_and_it_is_said_who_else_has_to_say_yes() -> None:
    case = born_in(given.with_offer(), 2013)
    named(case)
    with pytest.raises(errors.NotAlone, match="Rita Mulder"):
        accepts(case)


def test_with_the_yes_of_a_parent_the_child_does() -> None:
    case = born_in(given.with_offer(), 2013)
    rita = named(case)
    with pytest.raises(errors.NotAlone):
        accepts(case, representative_say=given.no(person=rita))
    assert accepts(case, representative_say=given.yes(person=rita)) is SupportStatus.ACCEPTED


def test_the_yes_of_a_parent_can_have_come_before_and_a_later_no_takes_it_away() -> None:
    case = born_in(given.with_offer(), 2013)
    rita, support = named(case), the(case.plan.supports)
    case.take_stance(support, given.yes(person=rita), **telling())
    with pytest.raises(errors.NotAlone):
        accepts(case, representative_say=given.no(person=rita))
    assert accepts(case) is SupportStatus.ACCEPTED


def test_from_sixteen_on_the_own_yes_is_enough() -> None:
    assert accepts(born_in(given.with_offer(), 2010)) is SupportStatus.ACCEPTED


def test_where_the_client_could_not_decide_and_nobody_speaks_for_them_somebody_is_named_first() -> None:
    case = given.with_offer()
    judged: Facts = {"able": False, "judged_by": "de huisarts", "ground": "Delier."}
    case.judge_capacity("Deze hulp", subject=the(case.plan.supports), **judged, **telling())
    with pytest.raises(errors.NobodyDecides):
        accepts(case)
    rita = named(case, LegalKind.MENTOR, Scope.CARE)
    with pytest.raises(errors.NotAlone):
        accepts(case)
    assert accepts(case, representative_say=given.yes(person=rita)) is SupportStatus.ACCEPTED
