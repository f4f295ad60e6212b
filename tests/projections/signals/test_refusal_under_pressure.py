"""The same help, offered again in the quiet time after a no."""

from __future__ import annotations

from datetime import date

import pytest

from domain.case import Case
from domain.days import Precision
from domain.kinds import SupportKind, WhyRefused
from projections.signals.signal import Noticed, Weight
from tests import given
from tests.given import clock_of, deciding, no, telling, the
from tests.projections.signals.observing import look, state_of

NAME = "refusal_under_pressure"
SAID_NO = date(2026, 2, 4)


def noticed(case: Case, today: date = given.TODAY) -> Noticed | None:
    return look(NAME, case, today)


def refused(precision: Precision = Precision.DAY) -> Case:
    """An offer (4) and a no on 4 February (5): quiet until 4 March."""
    case = given.with_offer()
    how = deciding(clock_of(case).to(SAID_NO), no())
    how["precision"] = precision
    case.refuse_support(the(case.plan.supports), WhyRefused.OTHER, "Nu niet.", **how)
    clock_of(case).to(given.TODAY)
    return case


def again(
    case: Case,
    day: date,
    *,
    provider: str = "De Brug",
    kind: SupportKind = SupportKind.GUIDANCE,
    because: str = "De wachtlijst is vol.",
    linked: bool = False,
    asked_for: bool = False,
    precision: Precision = Precision.DAY,
) -> Case:
    how = telling(clock_of(case).to(day))
    how["precision"] = precision
    case.offer_support(
        what="Toch samen koken",
        kind=kind,
        provider=provider,
        goal_id=None if linked else the(case.plan.goals),
        again_of=next(iter(case.plan.supports)) if linked else None,
        again_because=because,
        asked_for=asked_for,
        **how,
    )
    clock_of(case).to(given.TODAY)
    return case


def test_offered_again_in_the_quiet_time_is_shown_with_the_no_also_when_a_reason_was_given() -> None:
    found = noticed(again(refused(), date(2026, 2, 20)))
    assert found
    assert (found.evidence, found.since, found.facts) == ((5, 6), date(2026, 2, 20), {"many": 1})
    assert found.weight is None  # now


@pytest.mark.parametrize(
    ("day", "quiet"), [(date(2026, 3, 3), True), (date(2026, 3, 4), False), (date(2026, 3, 5), False)]
)
def test_the_quiet_time_lasts_four_weeks(day: date, quiet: bool) -> None:  # noqa: FBT001  # what is expected
    assert (noticed(again(refused(), day)) is not None) is quiet


def test_the_same_is_also_what_is_called_a_new_offer_of_it() -> None:
    found = noticed(again(refused(), SAID_NO, kind=SupportKind.HOUSEHOLD, linked=True))
    assert found
    assert found.evidence == (5, 6)


def test_other_help_is_another_offer() -> None:
    assert noticed(again(refused(), SAID_NO, kind=SupportKind.INFORMAL)) is None
    assert noticed(again(refused(), SAID_NO, provider="Buurtteam Oost")) is None


def test_after_a_yes_of_the_client_it_is_not_quiet_any_more() -> None:
    case = refused()
    case.accept_support(the(case.plan.supports), **deciding(clock_of(case).to(date(2026, 2, 9))))
    assert noticed(again(case, date(2026, 2, 10))) is None


def test_a_yes_to_the_new_offer_does_not_take_the_pressure_away() -> None:
    case = again(refused(), date(2026, 2, 20))
    for key in list(case.plan.supports):
        case.accept_support(key, **deciding(date(2026, 2, 20)))
    found = noticed(case)
    assert found
    assert found.evidence == (5, 6)


def test_not_asked_again_means_never() -> None:
    case = refused()
    case.respect_refusal(
        5,
        stopped=True,
        door="Bel gerust.",
        quiet_until=date.max,
        **telling(clock_of(case).to(date(2026, 2, 5))),
    )
    assert noticed(again(case, date(2026, 11, 2)))


def test_what_the_client_asked_for_weighs_less() -> None:
    found = noticed(again(refused(), SAID_NO, asked_for=True))
    assert found
    assert found.weight is Weight.KEEP_AN_EYE


def test_of_a_day_that_is_not_known_nobody_can_say_that_it_was_quiet() -> None:
    assert noticed(again(refused(Precision.MONTH), date(2026, 3, 3))) is None
    assert noticed(again(refused(), date(2026, 2, 20), precision=Precision.MONTH)) is None


def test_a_no_that_takes_effect_later_is_a_no_from_the_day_it_was_said() -> None:
    case = given.with_support()
    how = deciding(clock_of(case).to(date(2026, 3, 2)), no())
    how["from_on"] = date(2026, 4, 1)
    case.refuse_support(the(case.plan.supports), WhyRefused.OTHER, **how)
    found = noticed(again(case, date(2026, 3, 9)))
    assert found
    assert found.evidence == (7, 8)


def test_it_is_seen_from_the_day_of_the_offer_on() -> None:
    case = again(refused(), date(2026, 2, 20))
    assert noticed(case, date(2026, 2, 19)) is None
    assert noticed(case, date(2026, 2, 20))


def test_handled_it_comes_back_when_it_happens_again() -> None:
    case = again(refused(), date(2026, 2, 20))
    case.handle_signal(NAME, (5, 6), "Excuses gemaakt.", **telling(clock_of(case).to(date(2026, 2, 21))))
    handled = state_of(NAME, case)
    assert handled
    assert handled.state == "handled"
    again(case, date(2026, 2, 25))
    back = state_of(NAME, case)
    assert back
    assert (back.state, back.noticed.evidence) == ("new", (5, 6, 8))
