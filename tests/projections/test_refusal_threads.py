"""A no as a thread: from the offer to what followed."""

from __future__ import annotations

from datetime import date

from domain.case import Case
from domain.kinds import SupportKind, WhyRefused
from projections.plan_page import PlanPage
from projections.refusal_threads import Thread
from tests import given
from tests.given import clock_of, deciding, no, telling, the


def thread(case: Case, on: date = given.TODAY) -> Thread:
    (found,) = PlanPage(case.id, case.entries, on).threads
    return found


def refused() -> Case:
    """An offer (2 February) with a no (4 February)."""
    case = given.with_offer()
    clock = clock_of(case)
    how = deciding(clock.to(date(2026, 2, 4)), no("Liever niet."))
    case.refuse_support(the(case.plan.supports), WhyRefused.OTHER, "Liever niet.", **how)
    clock.to(given.TODAY)
    return case


def test_nothing_followed_yet() -> None:
    assert (thread(refused()).alternatives, thread(refused()).followed) == ((), ())


def test_what_was_offered_instead_belongs_to_it() -> None:
    case = refused()
    other = case.offer_support(
        what="Een maaltijd aan huis",
        kind=SupportKind.HOUSEHOLD,
        provider="Tafeltje",
        alternative_to=the(case.plan.supports),
        **telling(),
    )
    assert [key for key, _ in thread(case).alternatives] == [other]


def test_a_yes_afterwards_is_what_followed_and_only_from_its_own_day() -> None:
    case = refused()
    case.accept_support(the(case.plan.supports), **deciding(date(2026, 3, 2)))
    assert [entry.TOPIC for entry in thread(case).followed] == ["support_accepted"]
    assert thread(case).came_back
    before = thread(case, date(2026, 3, 1))
    assert (before.followed, before.came_back) == ((), False)
