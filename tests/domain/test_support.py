"""Support: offered, accepted or refused, started, and a no that is left in peace."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest

from domain import errors
from domain.case import Case
from domain.days import Precision
from domain.entry import Initiative
from domain.kinds import Per, SupportKind, SupportStatus, Unit, WhyRefused
from domain.nouns import Amount, Support
from domain.plan import read
from domain.say import Means, Say, Stance, WhyNotAsked
from domain.support import SupportAccepted
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
    for name in ("goal_id", "need_id", "wish_id", "alternative_to", "again_of"):
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
    with pytest.raises(errors.LeftInPeace):
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


def test_the_same_kind_by_somebody_else_is_no_other_alternative() -> None:
    case = given.karim()
    refused = the(case.plan.supports)
    offer(case, alternative_to=refused, provider="Buurtteam Oost")
    offer(case, alternative_to=refused, kind=SupportKind.HOUSEHOLD)
    offer(case, alternative_to=refused, provider="De Linde")


def test_an_alternative_that_was_answered_leaves_room_for_another() -> None:
    case = given.karim()
    refused = the(case.plan.supports)
    other = offer(case, alternative_to=refused, kind=SupportKind.HOUSEHOLD)
    case.refuse_support(other, WhyRefused.OTHER, **deciding(say=NO))
    offer(case, alternative_to=refused, kind=SupportKind.TRANSPORT)


def in_an_emergency(case: Case, **more: Any) -> UUID:
    facts = {"what": "Een bed", "provider": "De Brug", "reason": "Er was brand."} | more
    how = deciding(date(2026, 3, 1), given.not_asked(WhyNotAsked.COULD_NOT_WAIT))
    return case.start_emergency_support(kind=SupportKind.RESPITE, **facts, **how)


def test_help_that_cannot_wait_runs_at_once_without_a_chain() -> None:
    case = given.an_opened_case()
    key = in_an_emergency(case, amount=hours_a_week("12"))
    begun = support(case)
    assert (begun.status, begun.emergency, begun.goal_id) == (SupportStatus.RUNNING, True, None)
    assert (begun.started_on, begun.amount) == (date(2026, 3, 1), hours_a_week("12"))
    assert begun.measures[0].reason == "Er was brand."
    assert case.plan_on(date(2026, 2, 28)).supports == {}
    (position,) = case.plan.stances_on(key).of()
    assert position.say.reason is WhyNotAsked.COULD_NOT_WAIT


@pytest.mark.parametrize("name", ["what", "provider", "reason"])
def test_help_that_cannot_wait_says_what_by_whom_and_why(name: str) -> None:
    with pytest.raises(errors.Empty) as refused:
        in_an_emergency(given.an_opened_case(), **{name: " "})
    assert refused.value.field == name


def test_only_what_runs_is_ended() -> None:
    case = given.with_offer()
    with pytest.raises(errors.NotRunning):
        case.end_support(the(case.plan.supports), "r", **deciding())


def test_ending_has_a_reason() -> None:
    case = given.with_support()
    with pytest.raises(errors.Empty):
        case.end_support(the(case.plan.supports), "", **deciding())


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


def test_a_no_on_a_day_that_is_not_known_exactly_has_no_term_until_somebody_writes_one_down() -> None:
    case = given.with_offer()
    october = {**deciding(date(2026, 2, 10), NO), "precision": Precision.MONTH}
    refusal = case.refuse_support(the(case.plan.supports), WhyRefused.OTHER, **october)
    assert case.plan.refusals[refusal].quiet_until is None
    with pytest.raises(errors.LeftInPeace) as refused:
        offer(case, given.TODAY)
    assert refused.value.field == "again_because"
    facts: dict[str, Any] = {"stopped": True, "door": "x", **telling(date(2026, 3, 2))}
    case.respect_refusal(refusal, quiet_until=date(2026, 4, 1), **facts)
    offer(case, date(2026, 4, 1))


def test_the_quiet_time_does_not_end_before_the_no() -> None:
    case = given.with_offer()
    refusal = case.refuse_support(the(case.plan.supports), WhyRefused.OTHER, **deciding(REFUSED, NO))
    facts: dict[str, Any] = {"stopped": True, "door": "x", **telling(REFUSED)}
    with pytest.raises(errors.QuietEndsTooSoon) as refused:
        case.respect_refusal(refusal, quiet_until=REFUSED - timedelta(days=1), **facts)
    assert refused.value.field == "quiet_until"
    case.respect_refusal(refusal, quiet_until=REFUSED, **facts)
    offer(case, REFUSED)


def test_a_space_does_not_make_another_provider() -> None:
    with pytest.raises(errors.StillQuiet):
        offer(given.karim(), date(2026, 2, 10), provider=" De Brug ")


def test_the_same_that_was_offered_before_the_no_is_left_in_peace_too() -> None:
    case = given.with_offer()
    this, twin = the(case.plan.supports), offer(case, date(2026, 2, 2))
    case.refuse_support(this, WhyRefused.OTHER, **deciding(REFUSED, NO))
    ours = {"initiative": Initiative.PROFESSIONAL}
    for facts in (ours, ours | {"say": given.not_asked()}, {"say": given.not_asked()}):
        with pytest.raises(errors.StillQuiet):
            case.start_support(twin, **{**deciding(date(2026, 2, 10)), **facts})
    with pytest.raises(errors.StillQuiet):
        case.accept_support(twin, **{**deciding(date(2026, 2, 10)), **ours})
    case.accept_support(twin, **deciding(date(2026, 2, 10)))
    case.start_support(twin, **{**deciding(date(2026, 2, 11)), **ours, "say": given.not_asked()})


def test_what_was_offered_again_with_a_reason_can_be_answered() -> None:
    case = given.karim()
    again = offer(case, date(2026, 2, 10), again_because="Er is nu een vaste begeleider.")
    case.accept_support(again, **deciding(date(2026, 2, 11), initiative=Initiative.PROFESSIONAL))


def test_a_gesture_that_one_person_saw_accepts_nothing_and_ends_no_peace() -> None:
    case = given.with_offer()
    key = the(case.plan.supports)
    refusal = case.refuse_support(key, WhyRefused.OTHER, **deciding(REFUSED, NO))
    case.respect_refusal(refusal, stopped=True, door="x", quiet_until=date.max, **telling(REFUSED))
    seen = Say(Stance.AGREES, Means.SHOWN)
    with pytest.raises(errors.OnlySeen) as refused:
        case.accept_support(key, **deciding(say=seen))
    assert refused.value.field == "read_alike_by"
    plan = read([*case.entries, given.as_before(case, SupportAccepted, support_id=key, **deciding(say=seen))])
    assert plan.supports[key].status is SupportStatus.REFUSED
    assert plan.refusals[refusal].stands
    assert plan.stances_on(key).of()[0].say.means is Means.SHOWN
    case.take_stance(key, seen, **telling())


def test_a_yes_to_another_amount_is_heard_when_it_starts() -> None:
    case = given.with_offer()
    key = the(case.plan.supports)
    case.take_stance(key, given.no("Geen vier uur."), **telling(date(2026, 2, 4)))
    case.start_support(key, hours_a_week("2"), **deciding(), from_on=date(2027, 1, 1))
    assert case.plan_on(given.TODAY).stances_on(key).of()[0].say.words == "Geen vier uur."
    assert case.plan.stances_on(key).of()[0].agrees
