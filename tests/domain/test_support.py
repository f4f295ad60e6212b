"""Support: offered, accepted or refused, more and less of it, and a no that is left in peace."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest

from domain import errors
from domain.case import Case
from domain.entry import Initiative
from domain.kinds import Per, SupportKind, SupportStatus, Unit, WhyRefused
from domain.nouns import Amount, Support
from domain.say import Stance
from tests import given
from tests.given import deciding, hours_a_week, telling, the

REFUSED = date(2026, 2, 4)
NO = given.no("Nee.")


def support(case: Case) -> Support:
    (only,) = case.plan.supports.values()
    return only


def offer(case: Case, day: date = given.TODAY, **more: Any) -> UUID:
    """The same that Karim refused, if not said otherwise."""
    facts: dict[str, Any] = {"kind": SupportKind.GUIDANCE, "provider": "De Brug", "what": "Hulp bij koken"}
    return case.offer_support(**facts | {"goal_id": the(case.plan.goals)} | more, **telling(day))


def test_support_goes_from_offer_to_running_to_ended() -> None:
    assert support(given.with_offer()).status is SupportStatus.OFFERED
    running = support(given.with_support())
    assert (running.status, running.started_on) == (SupportStatus.RUNNING, date(2026, 2, 9))
    ended = support(given.bram())
    assert (ended.status, ended.ended_on) == (SupportStatus.ENDED, date(2026, 6, 1))


def test_an_offer_says_what_it_is_and_for_what() -> None:
    case = given.with_goal()
    with pytest.raises(errors.Empty):
        offer(case, what="")
    for name in ("goal_id", "wish_id", "alternative_to", "again_of"):
        unknown: dict[str, Any] = {name: uuid4()}
        with pytest.raises(errors.NotInThePlan):
            offer(case, **unknown)


def test_accepting_and_refusing_are_the_answer_themselves() -> None:
    case = given.with_offer()
    with pytest.raises(errors.OtherAnswer):
        case.accept_support(the(case.plan.supports), **deciding(say=given.no()))
    with pytest.raises(errors.OtherAnswer):
        case.refuse_support(the(case.plan.supports), WhyRefused.OTHER, **deciding(say=given.yes()))


def test_what_runs_or_ended_is_not_accepted_or_started_again() -> None:
    for case in (given.with_support(), given.sanne()):
        with pytest.raises(errors.NotOnOffer):
            case.accept_support(the(case.plan.supports), **deciding())
        with pytest.raises(errors.NotOnOffer):
            case.start_support(the(case.plan.supports), **deciding())


def test_what_was_refused_is_not_started() -> None:
    case = given.karim()
    with pytest.raises(errors.NotOnOffer):
        case.start_support(the(case.plan.supports), **deciding())


def test_a_refusal_stays_with_its_words_and_how_it_was_respected() -> None:
    (refusal,) = support(given.karim()).refusals
    assert refusal.words == "Vorige keer stond er elke week iemand anders."
    assert refusal.respected is not None
    assert refusal.respected.door == "Bel Fatima, ook over een jaar."


def test_stopped_support_cannot_be_refused_again() -> None:
    refused, ended = given.karim(), given.with_support()
    ended.end_support(the(ended.plan.supports), "klaar", **deciding())
    for case in (refused, ended):
        with pytest.raises(errors.AlreadyRefused):
            case.refuse_support(the(case.plan.supports), WhyRefused.OTHER, **deciding(say=NO))


def test_a_no_to_what_runs_stops_it_only_when_somebody_stops_it() -> None:
    case = given.with_support()
    key = the(case.plan.supports)
    refusal = case.refuse_support(key, WhyRefused.OTHER, **deciding(say=NO))
    assert support(case).running
    with pytest.raises(errors.AlreadyRefused):
        case.refuse_support(key, WhyRefused.OTHER, **deciding(say=NO))
    case.respect_refusal(refusal, stopped=True, door="Bel ons.", **telling())
    assert (support(case).status, support(case).ended_on) == (SupportStatus.REFUSED, given.TODAY)


def test_who_comes_back_to_what_runs_goes_on_with_it() -> None:
    case = given.with_support()
    key = the(case.plan.supports)
    refusal = case.refuse_support(key, WhyRefused.OTHER, **deciding(say=NO))
    case.accept_support(key, **deciding())
    case.respect_refusal(refusal, stopped=True, door="Bel ons.", **telling())
    assert support(case).running
    case.refuse_support(key, WhyRefused.OTHER, **deciding(say=NO))


def test_a_refusal_is_respected_once_and_says_how_to_come_back() -> None:
    case = given.karim()
    refusal = the(case.plan.refusals)
    with pytest.raises(errors.AlreadyRespected):
        case.respect_refusal(refusal, stopped=True, door="x", **telling())
    again = given.with_offer()
    number = again.refuse_support(the(again.plan.supports), WhyRefused.OTHER, **deciding(say=NO))
    with pytest.raises(errors.Empty):
        again.respect_refusal(number, stopped=True, door=" ", **telling())


@pytest.mark.parametrize("more", [{}, {"provider": "de brug"}])
def test_the_same_is_not_offered_in_the_quiet_time(more: dict[str, Any]) -> None:
    case = given.karim()
    with pytest.raises(errors.StillQuiet) as refused:
        offer(case, REFUSED + timedelta(days=27), **more)
    assert refused.value.facts == {"said": REFUSED, "until": REFUSED + timedelta(days=28)}
    offer(case, REFUSED + timedelta(days=28), **more)


def test_what_is_offered_again_under_another_name_is_the_same() -> None:
    case = given.karim()
    other = {"again_of": the(case.plan.supports), "provider": "Elders", "kind": SupportKind.HOUSEHOLD}
    with pytest.raises(errors.StillQuiet):
        offer(case, date(2026, 2, 10), **other)


def test_another_kind_is_not_the_same() -> None:
    offer(given.karim(), date(2026, 2, 10), kind=SupportKind.HOUSEHOLD)


def test_with_a_reason_it_is_offered_all_the_same() -> None:
    offer(given.karim(), date(2026, 2, 10), again_because="Er is nu een vaste begeleider.")


def test_do_not_ask_me_again_has_no_end() -> None:
    case = given.with_offer()
    refusal = case.refuse_support(the(case.plan.supports), WhyRefused.OTHER, **deciding(REFUSED, NO))
    how = telling(REFUSED)
    case.respect_refusal(refusal, stopped=True, door="x", quiet_until=date.max, **how)
    with pytest.raises(errors.StillQuiet):
        offer(case, given.TODAY)


def test_the_client_may_always_come_back_and_that_ends_the_quiet_time() -> None:
    case = given.karim()
    case.accept_support(the(case.plan.supports), **deciding(date(2026, 2, 10)))
    assert (support(case).status, support(case).ended_on) == (SupportStatus.ACCEPTED, None)
    assert support(case).refusals
    offer(case, date(2026, 2, 11))


def test_nobody_else_comes_back_to_it_in_the_quiet_time() -> None:
    case = given.karim()
    facts = deciding(date(2026, 2, 10), initiative=Initiative.PROFESSIONAL)
    with pytest.raises(errors.StillQuiet):
        case.accept_support(the(case.plan.supports), **facts)


def test_one_alternative_at_a_time() -> None:
    case = given.karim()
    refused = the(case.plan.supports)
    offer(case, alternative_to=refused, kind=SupportKind.HOUSEHOLD)
    with pytest.raises(errors.OneAlternativeAtATime):
        offer(case, alternative_to=refused, kind=SupportKind.TRANSPORT)


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


def test_only_what_runs_is_changed_or_ended() -> None:
    case = given.with_offer()
    key = the(case.plan.supports)
    tries: list[Callable[[], object]] = [
        lambda: case.scale_down_support(key, hours_a_week("1"), "r", "w", **deciding()),
        lambda: case.scale_up_support(key, hours_a_week("9"), "r", **deciding()),
        lambda: case.end_support(key, "r", **deciding()),
    ]
    for change in tries:
        with pytest.raises(errors.NotRunning):
            change()


def test_ending_has_a_reason() -> None:
    case = given.with_support()
    with pytest.raises(errors.Empty):
        case.end_support(the(case.plan.supports), "", **deciding())


def test_agreement_was_with_the_amount_before() -> None:
    down, up = given.with_support(), given.with_support()
    unasked = deciding(say=given.not_asked())
    down.scale_down_support(the(down.plan.supports), hours_a_week("1"), "r", "w", **unasked)
    up.scale_up_support(the(up.plan.supports), hours_a_week("9"), "r", **unasked)
    for case in (down, up):
        (position,) = case.plan.stances_on(the(case.plan.supports)).of()
        assert (position.say.stance, position.agrees) == (Stance.AGREES, False)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "0", "-1"])
def test_an_amount_is_a_number_above_zero(number: str) -> None:
    case = given.with_offer()
    odd = Amount(Decimal(number), Unit.HOURS, Per.WEEK)
    with pytest.raises(errors.NotAnAmount) as refused:
        case.start_support(the(case.plan.supports), odd, **deciding())
    assert refused.value.field == "amount"


def test_support_that_starts_with_another_amount_is_asked_about_again() -> None:
    for amount, agrees in [(None, True), (given.hours_a_week("4"), True), (given.hours_a_week("6"), False)]:
        case = given.with_offer()
        support = the(case.plan.supports)
        case.accept_support(support, **deciding(date(2026, 2, 4)))
        case.start_support(support, amount, **deciding(date(2026, 2, 9), given.not_asked()))
        assert case.plan.stances_on(support).of()[0].agrees is agrees
