"""Safety in the way of a life, without a try-out or a day to look again."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest

from domain.case import Case
from domain.days import Precision
from domain.entry import Facts
from domain.kinds import LifeArea, LimitKind, TryoutResult, Voice, WishForm
from projections.signals.signal import Noticed
from tests import given
from tests.given import clock_of, deciding, telling, the
from tests.projections.signals.observing import look

DECIDED, REVIEW = date(2026, 2, 2), date(2026, 4, 2)


def noticed(case: Case, today: date = given.TODAY, days: int = 91) -> Noticed | None:
    return look("smothering_safety", case, today, {"days": days})


def with_wish() -> Case:
    """A wish (2): alone to the market."""
    case = given.an_opened_case()
    case.voice_wish("Alleen naar de markt.", WishForm.SAID, Voice.CLIENT, **telling(given.OPENING))
    return case


def weighed(case: Case, day: date = DECIDED, review_on: date = REVIEW) -> int:
    wish = the(case.plan.wishes)
    return case.weigh_risk("Verdwalen.", "Zij gaat niet alleen.", review_on, wish, **deciding(day))


def tried(case: Case, day: date, until: date, wish: UUID | None = None) -> int:
    return case.agree_tryout("Samen tot de hoek.", until, wish, **deciding(day))


def restricted(precision: Precision = Precision.DAY) -> Case:
    """A door that is locked (2) since 2 February, until the end of the year."""
    case = given.an_opened_case()
    how: Facts = {**deciding(clock_of(case).to(DECIDED)), "precision": precision}
    case.impose_restriction(
        what="De voordeur is op slot.",
        in_plan=True,
        legal_ground="Wzd",
        lighter_ways_considered="Een bel aan de deur.",
        ends_on=date(2026, 12, 31),
        **how,
    )
    clock_of(case).to(given.TODAY)
    return case


@pytest.mark.parametrize(("days", "late"), [(-1, False), (0, False), (1, True)])
def test_a_risk_whose_day_to_look_again_went_by_is_shown(days: int, late: bool) -> None:  # noqa: FBT001
    case = with_wish()
    risk = weighed(case)
    found = noticed(case, REVIEW + timedelta(days=days))
    assert (found is not None) is late
    if found:
        assert (found.evidence, found.since, found.facts) == ((risk,), REVIEW, {"many": 1})


def test_a_risk_that_was_weighed_anew_or_tried_has_been_looked_at() -> None:
    anew = with_wish()
    weighed(anew)
    weighed(anew, REVIEW, date(2026, 12, 1))
    assert noticed(anew) is None
    case = with_wish()
    weighed(case)
    tried(case, REVIEW, date(2026, 5, 1), the(case.plan.wishes))
    assert noticed(case) is None


def test_a_risk_for_something_else_is_not_this_one_weighed_anew() -> None:
    case = with_wish()
    weighed(case)
    other = case.voice_wish("Naar zee.", WishForm.SAID, Voice.CLIENT, **telling(DECIDED))
    how = deciding(REVIEW)
    case.weigh_risk("Verdrinken.", "Zij zwemt niet.", date(2026, 12, 1), other, **how)
    assert noticed(case)
    loose = given.an_opened_case()
    loose.weigh_risk("Vallen.", "Zij loopt minder.", REVIEW, **deciding(DECIDED))
    loose.weigh_risk("Brand.", "Zij kookt niet.", date(2026, 12, 1), **how)
    found = noticed(loose)
    assert found
    assert found.evidence == (2,)


def test_a_tryout_of_before_counts_while_it_runs() -> None:
    case = with_wish()
    tryout = tried(case, DECIDED, date(2026, 12, 1), the(case.plan.wishes))
    weighed(case)
    assert noticed(case) is None
    assert noticed(case, date(2026, 12, 2))
    case.look_back_on_tryout(tryout, TryoutResult.WORKS_NOT, Voice.CLIENT, "Te druk.", **telling())
    assert noticed(case)


def test_a_tryout_for_something_else_does_not_count() -> None:
    case = with_wish()
    weighed(case)
    tried(case, REVIEW, date(2026, 12, 1))
    assert noticed(case)


def test_a_risk_that_somebody_came_back_to_has_been_looked_at() -> None:
    case = with_wish()
    how = telling()
    how["about"] = weighed(case)
    case.make_observation("Opnieuw besproken.", **how)
    assert noticed(case) is None


def test_a_wish_that_was_called_unsafe_is_shown_at_once() -> None:
    case = with_wish()
    case.explain_limit(LimitKind.SAFETY, "Te gevaarlijk.", the(case.plan.wishes), **telling(DECIDED))
    found = noticed(case, DECIDED)
    assert found
    assert (found.evidence, found.since) == ((3,), DECIDED)


def test_a_wish_that_is_not_possible_for_another_reason_is_not() -> None:
    case = with_wish()
    case.explain_limit(LimitKind.MEANS, "Geen vervoer.", the(case.plan.wishes), **telling(DECIDED))
    assert noticed(case) is None


def test_a_wish_that_is_tried_in_a_small_way_is_not_blocked_also_by_its_goal() -> None:
    case = with_wish()
    wish = the(case.plan.wishes)
    goal = case.propose_goal(
        words="Zelf naar de markt.",
        words_of=Voice.CLIENT,
        proposed_by=Voice.CLIENT,
        life_area=LifeArea.CONTACTS,
        wish_id=wish,
        **telling(DECIDED),
    )
    case.explain_limit(LimitKind.SAFETY, "Te gevaarlijk.", goal, **telling(DECIDED))
    assert noticed(case)
    tried(case, DECIDED, REVIEW, wish)
    assert noticed(case) is None


@pytest.mark.parametrize(("days", "late"), [(90, False), (91, False), (92, True)])
def test_a_restriction_that_lasts_is_looked_at_every_three_months(days: int, late: bool) -> None:  # noqa: FBT001
    found = noticed(restricted(), DECIDED + timedelta(days=days))
    assert (found is not None) is late
    if found:
        assert (found.evidence, found.since) == ((2,), DECIDED)


def test_the_term_of_a_restriction_can_be_chosen() -> None:
    assert noticed(restricted(), DECIDED + timedelta(days=92), days=92) is None


def test_a_restriction_that_was_looked_at_tried_lighter_or_lifted_is_not_shown() -> None:
    reviewed = restricted()
    reviewed.review_restriction(2, "Nog nodig.", **deciding(date(2026, 11, 2)))
    assert noticed(reviewed) is None
    lighter = restricted()
    tried(lighter, date(2026, 3, 2), date(2026, 4, 2))
    assert noticed(lighter) is None
    lifted = restricted()
    lifted.lift_restriction(2, "Niet meer nodig.", **deciding(date(2026, 3, 2)))
    assert noticed(lifted) is None


def test_of_a_restriction_since_a_day_that_is_not_known_no_term_runs() -> None:
    case = restricted(Precision.MONTH)
    assert noticed(case) is None
    case.review_restriction(2, "Nog nodig.", **deciding(date(2026, 3, 2)))
    assert noticed(case)
    how = deciding(date(2026, 4, 6))
    how["precision"] = Precision.MONTH
    case.review_restriction(2, "Nog nodig.", **how)
    assert noticed(case) is None
