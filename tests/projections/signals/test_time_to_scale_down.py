"""Signs that less help may do."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest

from domain.case import Case
from domain.days import Precision
from domain.kinds import Change, Fit, SupportKind, Voice
from projections.signals.signal import Noticed
from tests import given
from tests.given import clock_of, deciding, hours_a_week, telling, the
from tests.projections.signals.observing import look, state_of

NAME = "time_to_scale_down"
SEEN = date(2026, 5, 4)
LATER = date(2026, 6, 2)


def noticed(case: Case, today: date = given.TODAY) -> Noticed | None:
    return look(NAME, case, today)


def reached() -> Case:
    """Help that runs (4 to 6) and whose goal was reached on 4 May (7)."""
    case = given.with_support()
    case.reach_goal(the(case.plan.goals), Voice.CLIENT, **deciding(clock_of(case).to(SEEN)))
    clock_of(case).to(given.TODAY)
    return case


def judged(case: Case, fit: Fit, by: Voice = Voice.CLIENT, *, whole: bool = False, day: date = SEEN) -> Case:
    case.judge_fit(fit, by, None if whole else the(case.plan.supports), **telling(day))
    return case


def changed(case: Case, kind: Change, day: date = SEEN, precision: Precision = Precision.DAY) -> Case:
    how = telling(day)
    how["precision"] = precision
    case.notice_change(kind, "Zij belde zelf de huisarts.", Voice.NETWORK, **how)
    return case


def test_a_goal_was_reached_and_the_help_stayed_as_it_was() -> None:
    found = noticed(reached(), SEEN + timedelta(days=29))
    assert found
    assert (found.evidence, found.since, found.facts) == ((7,), SEEN, {"many": 1, "days": 29})


@pytest.mark.parametrize(("days", "late"), [(27, False), (28, False), (29, True)])
def test_there_are_four_weeks_for_it(days: int, late: bool) -> None:  # noqa: FBT001  # what is expected
    assert (noticed(reached(), SEEN + timedelta(days=days)) is not None) is late


def test_the_term_can_be_chosen() -> None:
    assert look(NAME, reached(), SEEN + timedelta(days=29), {"days": 29}) is None


def test_it_goes_better_or_the_client_finds_it_too_heavy() -> None:
    assert noticed(changed(given.with_support(), Change.BETTER))
    assert noticed(judged(given.with_support(), Fit.TOO_HEAVY))
    assert noticed(judged(given.with_support(), Fit.TOO_HEAVY, whole=True))
    assert noticed(judged(given.with_support(), Fit.TOO_HEAVY, Voice.WORKER)) is None


def test_an_evaluation_tells_it_too() -> None:
    case = given.with_support()
    case.hold_evaluation(conclusions="Het mag lichter.", client_judgement=Fit.TOO_HEAVY, **deciding(SEEN))
    found = noticed(case)
    assert found
    assert found.evidence == (case.version,)


def test_less_help_or_no_help_is_the_answer() -> None:
    lowered = reached()
    how = deciding(LATER)
    lowered.scale_down_support(
        the(lowered.plan.supports), hours_a_week("2"), "Het lukt.", "Eén telefoontje.", **how
    )
    assert noticed(lowered) is None
    ended = reached()
    ended.end_support(the(ended.plan.supports), "Het lukt.", **how)
    assert noticed(ended) is None


def test_less_help_before_the_goal_was_reached_is_none() -> None:
    case = given.with_support()
    how = deciding(clock_of(case).to(date(2026, 4, 6)))
    case.scale_down_support(the(case.plan.supports), hours_a_week("2"), "Het lukt.", "Bel.", **how)
    clock_of(case).to(given.TODAY)
    assert noticed(changed(case, Change.BETTER))


def test_help_that_fits_after_all_or_a_turn_for_the_worse_takes_the_sign_away() -> None:
    assert noticed(judged(reached(), Fit.FITS, day=LATER)) is None
    assert noticed(judged(reached(), Fit.TOO_LIGHT, whole=True, day=LATER)) is None
    assert noticed(changed(changed(given.with_support(), Change.BETTER), Change.WORSE, LATER)) is None


def test_a_sign_that_somebody_came_back_to_has_its_answer() -> None:
    case = reached()
    how = telling()
    how["about"] = 7
    case.make_observation("Zij wil het zo houden.", **how)
    assert noticed(case) is None


def test_a_sign_from_before_the_help_says_nothing_of_it() -> None:
    assert noticed(changed(given.with_support(), Change.BETTER, date(2026, 2, 8))) is None


def with_other_help() -> tuple[Case, UUID]:
    """Beside the help for the goal another kind, for no goal (7, 8)."""
    case = given.with_support()
    how = clock_of(case).to(date(2026, 3, 2))
    other = case.offer_support(what="Post", kind=SupportKind.MONEY, provider="De Brug", **telling(how))
    case.start_support(other, hours_a_week("4"), **deciding(how))
    clock_of(case).to(given.TODAY)
    return case, other


def test_each_help_has_its_own_signs() -> None:
    case, other = with_other_help()
    case.judge_fit(Fit.TOO_HEAVY, Voice.CLIENT, other, **telling(SEEN))
    case.end_support(other, "Het lukt.", **deciding(LATER))
    assert noticed(case) is None
    case.reach_goal(the(case.plan.goals), Voice.CLIENT, **deciding(LATER))
    found = noticed(case)
    assert found
    assert found.evidence == (11,)


def test_a_goal_says_nothing_of_help_for_another() -> None:
    case, _ = with_other_help()
    case.end_support(next(iter(case.plan.supports)), "Het lukt.", **deciding(LATER))
    case.reach_goal(the(case.plan.goals), Voice.CLIENT, **deciding(LATER))
    assert noticed(case) is None


def test_less_of_other_help_is_no_answer() -> None:
    case, other = with_other_help()
    case.judge_fit(Fit.TOO_HEAVY, Voice.CLIENT, next(iter(case.plan.supports)), **telling(SEEN))
    case.scale_down_support(other, hours_a_week("2"), "Het lukt.", "Bel.", **deciding(LATER))
    found = noticed(case)
    assert found
    assert found.evidence == (9,)


def test_from_a_day_that_is_not_known_no_term_runs() -> None:
    assert noticed(changed(given.with_support(), Change.BETTER, precision=Precision.MONTH)) is None


def test_handled_it_comes_back_on_a_new_sign() -> None:
    case = reached()
    case.handle_signal(NAME, (7,), "Zij denkt na.", **telling(clock_of(case).to(date(2026, 7, 6))))
    changed(case, Change.BETTER, date(2026, 6, 30))
    handled, back = state_of(NAME, case, date(2026, 7, 20)), state_of(NAME, case, date(2026, 7, 29))
    assert handled
    assert (handled.state, handled.noticed.evidence) == ("handled", (7,))
    assert back
    assert (back.state, back.noticed.evidence) == ("new", (7, 9))
