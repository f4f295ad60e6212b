"""Help without a goal, and goals without a wish."""

from __future__ import annotations

from uuid import UUID

from domain.case import Case
from domain.entry import Initiative
from domain.kinds import SupportKind, Voice, WishForm
from projections.signals.signal import Noticed
from tests import given
from tests.given import deciding, telling, the
from tests.projections.signals.observing import look, state_of

NAME = "chain_broken"


def offer(case: Case, goal_id: UUID | None = None) -> None:
    case.offer_support(
        what="Koken", kind=SupportKind.HOUSEHOLD, provider="De Brug", goal_id=goal_id, **telling()
    )


def noticed(case: Case, percent: int = 0) -> Noticed | None:
    return look(NAME, case, chosen={"percent": percent})


def test_a_goal_that_comes_from_no_wish_is_shown() -> None:
    case = given.with_support()  # a goal (2), in the plan (3), help for it (4 to 6)
    found = noticed(case)
    assert found
    assert (found.evidence, found.facts) == ((2,), {"broken": 1, "ways": 1})
    assert found.since == case.entries[1].day


def test_help_that_goes_back_to_a_wish_lacks_nothing() -> None:
    assert noticed(given.sanne()) is None


def test_help_without_a_goal_is_shown_beside_help_that_has_one() -> None:
    case = given.sanne()
    offer(case)
    found = noticed(case)
    assert found
    assert (found.evidence, found.facts) == ((case.version,), {"broken": 1, "ways": 2})
    assert found.since == given.TODAY


def test_it_speaks_up_above_the_share_that_was_chosen() -> None:
    case = given.sanne()
    offer(case)
    assert noticed(case, 49)
    assert noticed(case, 50) is None


def test_a_goal_with_two_kinds_of_help_is_shown_once() -> None:
    case = given.with_offer()
    offer(case, goal_id=the(case.plan.goals))
    found = noticed(case)
    assert found
    assert (found.evidence, found.facts) == ((2,), {"broken": 2, "ways": 2})


def test_help_that_is_over_or_was_refused_asks_for_nothing_any_more() -> None:
    case = given.with_support()
    support = the(case.plan.supports)
    case.end_support(support, "Het lukt alleen.", **deciding())
    assert noticed(case) is None


def test_help_that_could_not_wait_needs_no_goal() -> None:
    case = given.an_opened_case()
    how = deciding(initiative=Initiative.PROFESSIONAL)
    case.start_emergency_support("Opvang", SupportKind.OTHER, "De Brug", "Er was brand.", **how)
    assert noticed(case) is None


def test_a_wish_that_led_to_nothing_yet_lacks_nothing() -> None:
    case = given.with_goal()
    case.voice_wish("Naar zee.", WishForm.SAID, Voice.CLIENT, **telling())
    found = noticed(case)
    assert found
    assert found.facts == {"broken": 1, "ways": 1}  # the goal only


def test_handled_it_comes_back_on_new_evidence_only() -> None:
    case = given.with_offer()
    case.handle_signal(NAME, (2,), "Besproken: het is zo goed.", **telling())
    handled = state_of(NAME, case)
    assert handled
    assert handled.state == "handled"
    offer(case)
    again = state_of(NAME, case)
    assert again
    assert (again.state, again.noticed.evidence) == ("new", (2, case.version))
