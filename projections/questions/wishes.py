"""What the client wishes, what came of it, and what could not be had: questions 1, 2 and 17."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from domain import nouns
from domain.choices import IdealNotAvailable
from domain.goals import GoalTurnedDown
from domain.kinds import ByWhom
from domain.plan import Plan
from domain.progress import LimitExplained
from domain.story import IntroductionHeld, WhatMattersSaid, WishVoiced
from projections.chain import Chain, Missing
from projections.questions.answer import Asked, Phrase, Sentence, question, tell


@question(1)
def what_matters(asked: Asked) -> Iterator[Sentence]:
    """Where did this client say what matters?"""
    for told in asked.seen.of(WishVoiced, WhatMattersSaid, IntroductionHeld):
        match told:
            case WishVoiced():
                yield _wish(told)
            case WhatMattersSaid():
                yield tell(
                    "On %(day)s the client said what matters. Written down by: %(by)s.",
                    told,
                    words=told.words,
                    by=told.by,
                )
            case IntroductionHeld(what_matters=words) if words:
                yield tell(
                    "On %(day)s people got to know each other. About what matters was written down:",
                    told,
                    words=words,
                )


def _wish(told: WishVoiced) -> Sentence:
    facts = {"words": told.words, "whose": told.voiced_by}
    if told.heard_by:
        return tell(
            "On %(day)s a wish was told. Words of: %(whose)s. Heard by: %(heard_by)s.",
            told,
            heard_by=told.heard_by,
            **facts,
        )
    return tell(
        "On %(day)s a wish was told. Words of: %(whose)s. Written down by: %(by)s.", told, by=told.by, **facts
    )


@question(2)
def from_a_wish(asked: Asked) -> Iterator[Sentence]:
    """Which goals come from a wish, and which do not?"""
    plan = asked.seen.plan
    chain = Chain(plan)
    for key, goal in plan.goals.items():
        yield _goal(plan, goal, *chain.behind(key))
    for support in plan.supports.values():
        yield _support(plan, support)
    for path in chain.paths:
        if path.missing is Missing.NEXT_STEP:
            yield from _next_step(plan, path.wish, path.point)


def _goal(plan: Plan, goal: nouns.Goal, wish: UUID | None, point: UUID | None) -> Sentence:
    if wish:
        from_wish = plan.wishes[wish]
        between = (plan.points[point].entry,) if point else ()
        says = "The goal “%(goal)s” comes from the wish “%(wish)s”."
        return tell(says, goal.entry, *between, from_wish.entry, goal=goal.words, wish=from_wish.words)
    if point:
        talked = plan.points[point]
        says = "The goal “%(goal)s” comes from the talking point “%(point)s”, and that from no wish."
        return tell(says, goal.entry, talked.entry, goal=goal.words, point=talked.words)
    says = "The goal “%(goal)s” comes from no wish that was written down. Proposed by: %(whose)s."
    return tell(says, goal.entry, goal=goal.words, whose=goal.proposed_by)


def _support(plan: Plan, support: nouns.Support) -> Sentence:
    goal = plan.goals.get(support.goal_id) if support.goal_id else None
    if goal:
        says = "The support “%(what)s” serves the goal “%(goal)s”."
        return tell(says, support.entry, goal.entry, what=support.what, goal=goal.words)
    if support.emergency:
        return tell(
            "The support “%(what)s” could not wait, and serves no goal.", support.entry, what=support.what
        )
    return tell("The support “%(what)s” serves no goal.", support.entry, what=support.what)


def _next_step(plan: Plan, wish: UUID | None, point: UUID | None) -> Iterator[Sentence]:
    if point:
        talked = plan.points[point]
        yield tell("The talking point “%(point)s” led to no goal.", talked.entry, point=talked.words)
    elif wish:
        told = plan.wishes[wish]
        yield tell(
            "The wish “%(wish)s” led to no talking point, goal or support.", told.entry, wish=told.words
        )


@question(17)
def could_not_be_met(asked: Asked) -> Iterator[Sentence]:
    """What wish could not be met, and what came instead?"""
    for told in asked.seen.of(IdealNotAvailable, LimitExplained, GoalTurnedDown):
        match told:
            case IdealNotAvailable(wish_id=wish_id):
                wish = asked.seen.plan.wishes.get(wish_id) if wish_id else None
                says = "On %(day)s “%(wanted)s” could not be had. What came instead: “%(came)s”."
                facts = {"wanted": told.wanted, "came": told.came_instead}
                yield tell(says, told, *((wish.entry,) if wish else ()), **facts)
            case LimitExplained():
                yield tell(
                    "On %(day)s was explained what stands in the way (%(limit)s).",
                    told,
                    limit=told.limit,
                    words=told.words,
                )
            case GoalTurnedDown(by_whom=ByWhom.ORGANISATION):
                yield from _turned_down(asked, told)


def _turned_down(asked: Asked, told: GoalTurnedDown) -> Iterator[Sentence]:
    """A goal that the organisation did not take in: why, and what could be done instead."""
    goal, why = asked.about(told) or Phrase("something that is not in this plan"), told.reason.strip()
    says = "On %(day)s the organisation turned down the goal “%(goal)s”. Why:"
    silent = "On %(day)s the organisation turned down the goal “%(goal)s”. Why is not written down."
    yield tell(says if why else silent, told, words=why, goal=goal)
    instead, none = "What could be done instead:", "What could be done instead is not written down."
    yield tell(instead if told.alternatives else none, told, words=told.alternatives)
