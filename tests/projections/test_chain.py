"""From wish to support: what comes of what, and where a link is missing."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from domain.case import Case
from domain.entry import Initiative
from domain.kinds import SupportKind, Voice, WishForm
from domain.plan import read
from projections.chain import Chain, Missing, Path
from tests import given
from tests.given import deciding, telling, the


def chain(case: Case) -> Chain:
    return Chain(read(case.entries, on=given.TODAY))


def a_wish(case: Case, words: str = "Weer zelf koken.") -> UUID:
    return case.voice_wish(words, WishForm.SAID, Voice.CLIENT, **telling())


def a_goal(case: Case, **links: Any) -> UUID:
    whose: dict[str, Any] = {"words_of": Voice.CLIENT, "proposed_by": Voice.CLIENT}
    return case.propose_goal(words="Ik kook zelf.", **whose, **links, **telling())


def an_offer(case: Case, **links: Any) -> UUID:
    return case.offer_support(
        what="Koken", kind=SupportKind.GUIDANCE, provider="De Brug", **links, **telling()
    )


def test_support_goes_back_to_the_wish_by_goal_and_talking_point() -> None:
    case = given.an_opened_case()
    wish = a_wish(case)
    point = case.set_talking_point("Eten", wish_id=wish, **telling())
    goal = a_goal(case, talking_point_id=point)
    support = an_offer(case, goal_id=goal)
    assert chain(case).paths == [Path(wish, point, goal, support)]
    assert (chain(case).whole, chain(case).supports, chain(case).breaks) == (1, 1, [])


def test_what_was_tried_or_weighed_for_a_wish_followed_from_it() -> None:
    case = given.an_opened_case()
    tried, weighed, neither = (a_wish(case) for _ in range(3))
    december = date(2026, 12, 1)
    case.agree_tryout("Koken zonder lijstje", december, wish_id=tried, **deciding())
    case.weigh_risk("Het gas blijft aan.", "Koken.", december, wish_id=weighed, **deciding())
    of = chain(case)
    assert [one.words for one in of.tryouts(tried)] == ["Koken zonder lijstje"]
    assert [one.risk for one in of.risks(weighed)] == ["Het gas blijft aan."]
    assert (of.tryouts(neither), of.risks(neither), of.tryouts(None)) == ([], [], [])
    assert {path.wish: path.missing for path in of.paths} == {
        tried: None,
        weighed: None,
        neither: Missing.NEXT_STEP,
    }


def test_a_part_of_a_goal_comes_from_the_wish_of_the_whole() -> None:
    case = given.an_opened_case()
    wish = a_wish(case)
    whole = a_goal(case, wish_id=wish)
    part = a_goal(case, part_of=whole)
    assert chain(case).paths == [Path(wish, None, part, None, Missing.SUPPORT)]


def test_support_without_a_goal_is_a_break_also_when_it_comes_from_a_wish() -> None:
    case = given.an_opened_case()
    wish = a_wish(case)
    support = an_offer(case, wish_id=wish)
    assert chain(case).breaks == [Path(wish, None, None, support, Missing.GOAL)]
    assert chain(case).whole == 0


def test_a_goal_from_no_wish_is_a_break_and_stands_under_no_wish() -> None:
    case = given.with_goal()
    goal = the(case.plan.goals)
    assert chain(case).breaks == [Path(goal=goal, missing=Missing.WISH)]
    assert chain(case).wishes == [None]


def test_a_wish_or_talking_point_that_led_to_nothing_is_an_open_end_and_no_break() -> None:
    case = given.an_opened_case()
    wish = a_wish(case)
    other = a_wish(case, "Naar zee.")
    point = case.set_talking_point("De zee", wish_id=other, **telling())
    ends = [Path(other, point, missing=Missing.NEXT_STEP), Path(wish, missing=Missing.NEXT_STEP)]
    assert (chain(case).paths, chain(case).breaks) == (ends, [])


def test_help_that_could_not_wait_needs_no_chain() -> None:
    case = given.an_opened_case()
    case.start_emergency_support(
        what="Opvang",
        kind=SupportKind.OTHER,
        provider="De Brug",
        reason="Er was brand.",
        **deciding(initiative=Initiative.PROFESSIONAL),
    )
    assert (chain(case).paths, chain(case).supports) == ([], 0)


def test_goals_that_are_parts_of_each_other_come_to_an_end() -> None:
    case = given.an_opened_case()
    goal = a_goal(case)
    plan = read(case.entries, on=given.TODAY)
    plan.goals[goal].part_of = goal  # past every rule
    assert Chain(plan).breaks == []
