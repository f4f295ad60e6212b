"""How much support: more, less, otherwise, for a while not; and whether it fits."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from domain import errors
from domain.case import Case
from domain.imported import StateImported
from domain.kinds import Fit, Noun, Per, SupportStatus, Unit, Voice, WhyWithdrawn
from domain.nouns import Amount, Support
from domain.say import Stance
from tests import given
from tests.given import deciding, hours_a_week, telling, the

AWAY, BACK = date(2026, 5, 4), date(2026, 5, 18)


def support(case: Case, day: date = given.TODAY) -> Support:
    (only,) = case.plan_on(day).supports.values()
    return only


def paused() -> Case:
    """Away from 4 May, until the 18th as it was thought."""
    case = given.with_support()
    case.pause_support(the(case.plan.supports), "Bij haar zus.", BACK, **deciding(AWAY))
    return case


def test_scaling_down_is_less_with_a_reason_and_a_way_back() -> None:
    case = given.sanne()
    assert support(case).amount == hours_a_week("2")
    assert [m.amount for m in support(case).measures] == [hours_a_week("4"), hours_a_week("2")]
    key = the(case.plan.supports)
    for same_or_more in (hours_a_week("2"), hours_a_week("3"), Amount(Decimal(120), Unit.MINUTES, Per.WEEK)):
        with pytest.raises(errors.NotLess):
            case.scale_down_support(key, same_or_more, "r", "w", **deciding())
    for reason, way_back in (("", "w"), ("r", " ")):
        with pytest.raises(errors.Empty):
            case.scale_down_support(key, hours_a_week("1"), reason, way_back, **deciding())


def test_scaling_up_is_more_with_a_reason() -> None:
    case = given.with_support()
    key = the(case.plan.supports)
    for same_or_less in (hours_a_week("4"), hours_a_week("1")):
        with pytest.raises(errors.NotMore):
            case.scale_up_support(key, same_or_less, "r", **deciding())
    with pytest.raises(errors.Empty):
        case.scale_up_support(key, hours_a_week("5"), "", **deciding())
    case.scale_up_support(key, hours_a_week("5"), "Zij vroeg het.", **deciding())
    assert support(case).amount == hours_a_week("5")


def test_what_cannot_be_compared_is_for_people_to_judge() -> None:
    case = given.with_support()
    once = Amount(Decimal(1), Unit.TIMES, Per.ONCE)
    case.scale_down_support(the(case.plan.supports), once, "r", "w", **deciding())
    assert support(case).amount == once
    assert Amount(Decimal("NaN"), Unit.HOURS, Per.WEEK).compared_to(hours_a_week("1")) is None


def test_a_late_change_is_compared_with_how_much_it_was_then() -> None:
    case = given.sanne()
    case.scale_down_support(
        the(case.plan.supports), hours_a_week("3"), "r", "w", **deciding(date(2026, 5, 1))
    )
    assert support(case).amount == hours_a_week("2")


def test_only_what_runs_becomes_more_or_less_or_pauses() -> None:
    case = given.with_offer()
    key = the(case.plan.supports)
    tries: list[Callable[[], object]] = [
        lambda: case.scale_down_support(key, hours_a_week("1"), "r", "w", **deciding()),
        lambda: case.scale_up_support(key, hours_a_week("9"), "r", **deciding()),
        lambda: case.pause_support(key, "r", **deciding()),
        lambda: case.resume_support(key, **deciding()),
    ]
    for change in tries:
        with pytest.raises(errors.NotRunning):
            change()


def test_agreement_was_with_the_amount_before() -> None:
    down, up = given.with_support(), given.with_support()
    unasked = deciding(say=given.not_asked())
    down.scale_down_support(the(down.plan.supports), hours_a_week("1"), "r", "w", **unasked)
    up.scale_up_support(the(up.plan.supports), hours_a_week("9"), "r", **unasked)
    for case in (down, up):
        (position,) = case.plan.stances_on(the(case.plan.supports)).of()
        assert (position.say.stance, position.agrees) == (Stance.AGREES, False)


def test_other_help_keeps_what_it_was_and_how_much() -> None:
    case = given.with_support()
    case.adjust_support(the(case.plan.supports), "Samen koken", "Zij vroeg het.", **deciding(AWAY))
    assert support(case, date(2026, 5, 3)).what == "Samen boodschappen doen en koken"
    assert (support(case).what, support(case).amount) == ("Samen koken", hours_a_week("4"))
    (former,) = support(case).former
    assert (former.words, former.until) == ("Samen boodschappen doen en koken", AWAY)


def test_agreement_was_with_the_help_before() -> None:
    case = given.with_support()
    key = the(case.plan.supports)
    case.adjust_support(key, "Samen koken", "r", **deciding(say=given.not_asked()))
    (position,) = case.plan.stances_on(key).of()
    assert (position.say.stance, position.agrees) == (Stance.AGREES, False)


def test_other_help_is_other_and_has_a_reason() -> None:
    case = given.with_support()
    key = the(case.plan.supports)
    with pytest.raises(errors.NothingChanged) as same:
        case.adjust_support(key, "Samen boodschappen doen en koken", "r", **deciding())
    assert same.value.field == "what"
    for what, reason in ((" ", "r"), ("Samen koken", "")):
        with pytest.raises(errors.Empty):
            case.adjust_support(key, what, reason, **deciding())


def test_what_is_agreed_may_become_other_help_and_what_was_refused_or_ended_not() -> None:
    agreed = given.with_offer()
    agreed.accept_support(the(agreed.plan.supports), **deciding())
    agreed.adjust_support(the(agreed.plan.supports), "Samen koken", "r", **deciding())
    ended = given.with_support()
    ended.end_support(the(ended.plan.supports), "klaar", **deciding())
    for case in (given.karim(), ended):
        with pytest.raises(errors.AlreadyRefused):
            case.adjust_support(the(case.plan.supports), "Samen koken", "r", **deciding())


def test_a_pause_is_not_the_end() -> None:
    case = paused()
    assert support(case, date(2026, 5, 3)).status is SupportStatus.RUNNING
    resting = support(case)
    assert (resting.status, resting.running, resting.ended_on) == (SupportStatus.PAUSED, True, None)
    (pause,) = resting.pauses
    assert (pause.on, pause.until, pause.reason) == (AWAY, BACK, "Bij haar zus.")


def test_a_pause_is_over_when_somebody_says_so_not_when_its_day_has_come() -> None:
    case = paused()
    assert support(case, date(2026, 6, 1)).status is SupportStatus.PAUSED
    case.resume_support(the(case.plan.supports), **deciding(date(2026, 6, 2)))
    assert support(case, date(2026, 6, 1)).status is SupportStatus.PAUSED
    assert support(case).status is SupportStatus.RUNNING
    assert support(case).pauses[0].resumed_on == date(2026, 6, 2)


def test_what_pauses_does_not_pause_again_and_what_runs_does_not_come_again() -> None:
    case, running = paused(), given.with_support()
    with pytest.raises(errors.AlreadyPaused):
        case.pause_support(the(case.plan.supports), "r", **deciding())
    with pytest.raises(errors.NotPaused):
        running.resume_support(the(running.plan.supports), **deciding())


def test_a_pause_has_a_reason_and_lasts_at_least_a_day() -> None:
    case = given.with_support()
    key = the(case.plan.supports)
    with pytest.raises(errors.Empty):
        case.pause_support(key, " ", **deciding())
    with pytest.raises(errors.EndsTooSoon):
        case.pause_support(key, "r", date(2026, 5, 3), **deciding(AWAY))
    with pytest.raises(errors.EndsTooSoon):  # it counts from later than it was decided
        case.pause_support(key, "r", AWAY, from_on=date(2026, 5, 5), **deciding(AWAY))
    case.pause_support(key, "r", AWAY, **deciding(AWAY))


def test_what_ended_before_a_pause_counted_stays_ended() -> None:
    case = given.with_support()
    key = the(case.plan.supports)
    case.pause_support(key, "r", from_on=BACK, **deciding(AWAY))
    case.resume_support(key, from_on=date(2026, 6, 8), **deciding(BACK))
    case.end_support(key, "klaar", **deciding(date(2026, 5, 11)))
    assert support(case).status is SupportStatus.ENDED
    assert support(case).pauses == []
    case = paused()
    case.end_support(the(case.plan.supports), "klaar", **deciding(BACK))
    case.resume_support(the(case.plan.supports), from_on=BACK, **deciding(date(2026, 5, 5)))
    assert support(case).status is SupportStatus.ENDED


def test_whether_it_fits_stands_with_who_says_so() -> None:
    case = given.with_support()
    key = the(case.plan.supports)
    case.judge_fit(Fit.FITS, Voice.WORKER, key, **telling(AWAY))
    case.judge_fit(Fit.TOO_HEAVY, Voice.CLIENT, key, "Het is druk.", **telling(BACK))
    assert [(j.fit, j.judged_by) for j in support(case).fits] == [
        (Fit.FITS, Voice.WORKER),
        (Fit.TOO_HEAVY, Voice.CLIENT),
    ]
    assert len(support(case, AWAY).fits) == 1
    assert case.plan.fits == []


def test_whether_all_of_it_fits_is_said_of_all_together() -> None:
    case = given.with_support()
    case.judge_fit(Fit.TOO_LIGHT, Voice.CLIENT, **telling())
    (judged,) = case.plan.fits
    assert (judged.fit, judged.on) == (Fit.TOO_LIGHT, given.TODAY)
    assert support(case).fits == []


def test_only_what_is_there_on_that_day_is_judged_or_becomes_other_help() -> None:
    case = given.with_support()
    with pytest.raises(errors.NotInThePlan):
        case.judge_fit(Fit.FITS, Voice.CLIENT, uuid4(), **telling())
    too_early = date(2026, 1, 20)
    with pytest.raises(errors.NotThereYet):
        case.judge_fit(Fit.FITS, Voice.CLIENT, the(case.plan.supports), **telling(too_early))
    with pytest.raises(errors.NotThereYet):
        case.adjust_support(the(case.plan.supports), "x", "r", **deciding(too_early))


def test_what_is_told_of_support_that_is_gone_hides_nothing() -> None:
    case = paused()
    case.judge_fit(Fit.FITS, Voice.CLIENT, the(case.plan.supports), **telling())
    offered = next(e.number for e in case.entries if e.TOPIC == "support_offered")
    case.withdraw_entry(offered, WhyWithdrawn.IN_ERROR, **telling())
    assert {end.noun for end in case.plan.loose} == {"support"}
    assert case.plan.supports == {}


def test_a_pause_that_was_taken_over_from_elsewhere_ends_too() -> None:
    case, key = given.an_opened_case(), uuid4()
    how = telling(by=given.IMPORT)
    case.record(
        StateImported, noun=Noun.SUPPORT, id=key, words="Dagbesteding", said="on-hold", state="paused", **how
    )
    case.resume_support(key, **deciding())
    assert (support(case).status, support(case).pauses) == (SupportStatus.RUNNING, [])
