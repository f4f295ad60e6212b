"""What is needed: a need stays, whatever is said about it, and the wish before it."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

import pytest

from domain import errors
from domain.case import Case
from domain.kinds import LifeArea, SupportKind, Voice, WhyWithdrawn
from domain.nouns import Need
from tests import given
from tests.given import telling, the

JUNE, JULY = date(2026, 6, 1), date(2026, 7, 1)


def with_need(by: Voice = Voice.WORKER) -> Case:
    """Sanne's, and since 1 June something that is needed."""
    case = given.sanne()
    case.state_need("Iemand die meekookt.", by, LifeArea.SELF_CARE, **telling(JUNE))
    return case


def the_need(case: Case) -> Need:
    (need,) = case.plan.needs.values()
    return need


def propose(case: Case, **more: UUID) -> UUID:
    facts = {"words": "Els komt eten.", "words_of": Voice.CLIENT, "proposed_by": Voice.CLIENT}
    return case.propose_goal(**facts, **more, **telling(JULY))  # type: ignore[arg-type]  # mixed facts


def test_a_talking_point_comes_from_a_wish_and_leads_to_a_goal() -> None:
    case = given.sanne()
    wish = the(case.plan.wishes)
    point = case.set_talking_point("Hoe vaak komt Els eten?", wish, **telling(JUNE))
    assert case.plan.points[point].wish_id == wish
    goal = propose(case, talking_point_id=point)
    assert case.plan.goals[goal].talking_point_id == point
    assert not case.plan_on(date(2026, 5, 31)).points


def test_a_talking_point_has_words_and_a_wish_that_was_there() -> None:
    case = given.sanne()
    with pytest.raises(errors.Empty):
        case.set_talking_point(" ", **telling())
    with pytest.raises(errors.NotInThePlan):
        case.set_talking_point("Els", uuid4(), **telling())


def test_a_goal_comes_from_a_talking_point_that_was_there() -> None:
    case = given.sanne()
    with pytest.raises(errors.NotInThePlan):
        propose(case, talking_point_id=uuid4())
    later = case.set_talking_point("Els", **telling(given.TODAY))
    with pytest.raises(errors.NotThereYet):
        propose(case, talking_point_id=later)


def test_a_need_says_who_sees_it_so() -> None:
    case = with_need()
    need = the_need(case)
    assert (need.words, need.stated_by, need.life_area) == (
        "Iemand die meekookt.",
        Voice.WORKER,
        LifeArea.SELF_CARE,
    )
    assert not need.confirmed
    assert not case.plan_on(date(2026, 5, 31)).needs


def test_a_need_has_words() -> None:
    with pytest.raises(errors.Empty):
        given.sanne().state_need("", Voice.CLIENT, **telling())


def test_a_need_that_the_client_stated_is_confirmed() -> None:
    need = the_need(with_need(Voice.CLIENT))
    assert (need.confirmed, need.confirmed_on) == (True, JUNE)


def test_a_need_put_into_words_together_is_still_to_be_confirmed() -> None:
    assert not the_need(with_need(Voice.TOGETHER)).confirmed


def test_a_need_is_confirmed_by_the_client_and_by_nobody_else() -> None:
    case = with_need()
    case.confirm_need(the(case.plan.needs), Voice.NETWORK, **telling(JULY))
    assert not the_need(case).confirmed
    case.confirm_need(the(case.plan.needs), Voice.CLIENT, **telling(JULY))
    assert (the_need(case).confirmed, the_need(case).confirmed_on) == (True, JULY)
    assert not case.plan_on(date(2026, 6, 30)).needs[the(case.plan.needs)].confirmed


def test_a_need_that_is_not_so_stays_with_what_the_client_said() -> None:
    case = with_need(Voice.CLIENT)
    case.confirm_need(the(case.plan.needs), Voice.CLIENT, right=False, words="Niet meer.", **telling(JULY))
    need = the_need(case)
    assert (need.confirmed, need.confirmed_on) == (False, None)
    assert [(c.on, c.right, c.words) for c in need.confirmations] == [(JULY, False, "Niet meer.")]
    assert need.words == "Iemand die meekookt."


def test_that_a_need_is_not_so_takes_words() -> None:
    case = with_need()
    with pytest.raises(errors.Empty):
        case.confirm_need(the(case.plan.needs), Voice.CLIENT, right=False, **telling())


def test_a_need_is_confirmed_from_its_first_day_on() -> None:
    case = with_need()
    with pytest.raises(errors.NotThereYet) as refused:
        case.confirm_need(the(case.plan.needs), Voice.CLIENT, **telling(date(2026, 5, 31)))
    assert refused.value.facts == {"first": JUNE}
    with pytest.raises(errors.NotInThePlan):
        case.confirm_need(uuid4(), Voice.CLIENT, **telling())


def test_support_is_offered_for_a_need_that_was_there() -> None:
    case = with_need()
    offer = {"what": "Samen koken", "kind": SupportKind.INFORMAL, "provider": "Els"}
    with pytest.raises(errors.NotInThePlan):
        case.offer_support(need_id=uuid4(), **offer, **telling())  # type: ignore[arg-type]  # mixed facts
    need = the(case.plan.needs)
    support = case.offer_support(need_id=need, **offer, **telling())  # type: ignore[arg-type]  # the same
    assert case.plan.supports[support].need_id == need


def test_what_is_possible_is_weighed_apart_from_the_wish() -> None:
    case = given.sanne()
    wishes = dict(case.plan.wishes)
    case.weigh_circumstances(
        culture="Op vrijdag vis, zegt zij.", feasibility="Els woont ver.", **telling(JUNE)
    )
    (weighed,) = case.plan.circumstances
    assert (weighed.culture, weighed.feasibility, weighed.person) == (
        "Op vrijdag vis, zegt zij.",
        "Els woont ver.",
        "",
    )
    assert case.plan.wishes == wishes
    assert not case.plan_on(date(2026, 5, 31)).circumstances


def test_something_was_weighed() -> None:
    with pytest.raises(errors.NothingFilledIn):
        given.sanne().weigh_circumstances(person=" ", means="", **telling())


def test_what_becomes_of_a_need_that_is_withdrawn_is_loose_and_hides_nothing() -> None:
    case = with_need()
    stated = case.version
    case.confirm_need(the(case.plan.needs), Voice.CLIENT, **telling(JULY))
    case.withdraw_entry(stated, WhyWithdrawn.IN_ERROR, **telling())
    assert [(loose.entry, loose.noun) for loose in case.plan.loose] == [(stated + 1, "need")]
