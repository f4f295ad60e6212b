"""A decision the client was not asked about is noticed until they are heard."""

from __future__ import annotations

from datetime import date

import pytest

from domain.kinds import Asks, Matter, PartyKind, PersonKind, TakenUp, Voice
from domain.say import Means, Say, Stance, WhyNotAsked
from projections.signals.signal import Weight
from projections.signals.state import State
from tests import given
from tests.given import clock_of, deciding, telling, the
from tests.projections.signals.observing import look, observed, state_of

NAME = "decided_without_say"
DAY = date(2026, 3, 2)


def test_a_decision_without_the_client_is_noticed_at_once() -> None:
    case = given.with_goal()
    case.agree_goal(the(case.plan.goals), **deciding(clock_of(case).to(DAY), given.not_asked()))
    noticed = look(NAME, case, DAY)
    assert noticed
    assert (noticed.since, noticed.evidence, noticed.facts) == (DAY, (3,), {"many": 1})
    assert noticed.weight is None  # as heavy as the signal is


def test_a_decision_the_client_was_asked_about_is_not() -> None:
    case = given.with_goal()
    case.agree_goal(the(case.plan.goals), **deciding(clock_of(case).to(DAY), given.no()))
    assert look(NAME, case) is None


def test_that_the_client_could_not_answer_is_an_asking_too() -> None:
    case = given.with_goal()
    could_not = given.a_say(Stance.COULD_NOT_ANSWER)
    case.agree_goal(the(case.plan.goals), **deciding(clock_of(case).to(DAY), could_not))
    assert look(NAME, case) is None


def test_what_another_system_does_not_tell_is_not_not_asked() -> None:
    case = given.with_goal()
    unknown = Say(Stance.UNKNOWN, Means.NONE)
    case.agree_goal(the(case.plan.goals), **deciding(clock_of(case).to(DAY), unknown, given.IMPORT))
    assert look(NAME, case) is None


def test_heard_afterwards_it_is_silent_again() -> None:
    case = given.with_goal()
    goal = the(case.plan.goals)
    case.agree_goal(goal, **deciding(clock_of(case).to(DAY), given.not_asked()))
    case.take_stance(goal, given.no(), **telling(clock_of(case).to(date(2026, 3, 4))))
    assert look(NAME, case, date(2026, 3, 3))
    assert look(NAME, case, date(2026, 3, 4)) is None


def test_what_the_client_said_before_does_not_answer_for_it() -> None:
    case = given.with_goal()
    goal = the(case.plan.goals)
    case.take_stance(goal, given.yes(), **telling(clock_of(case).to(date(2026, 3, 1))))
    case.agree_goal(goal, **deciding(clock_of(case).to(DAY), given.not_asked()))
    noticed = look(NAME, case)
    assert noticed
    assert noticed.evidence == (4,)


def test_a_talk_about_it_since_answers_it_and_a_date_put_right_does_not() -> None:
    case = given.with_goal()
    case.agree_goal(the(case.plan.goals), **deciding(clock_of(case).to(DAY), given.not_asked()))
    clock_of(case).to(given.TODAY)
    case.correct_entry(3, "happened_on", "2026-03-01", "Een dag eerder.", **telling())
    assert look(NAME, case)
    case.say_what_matters("Dat jullie mij bellen.", Matter.OTHER, about=3, **telling())
    assert look(NAME, case) is None


def test_what_they_said_about_the_decision_itself_is_heard() -> None:
    case = given.with_goal()
    case.agree_goal(the(case.plan.goals), **deciding(clock_of(case).to(DAY), given.not_asked()))
    case.take_stance(3, given.wants_to_talk(), **telling(clock_of(case).to(date(2026, 3, 4))))
    assert look(NAME, case) is None


@pytest.mark.parametrize(
    "say",
    [
        Say(Stance.NOT_ASKED, Means.SPOKEN, reason=WhyNotAsked.OTHER),
        Say(Stance.AGREES, Means.NONE),
    ],
)
def test_no_asking_and_no_means_are_each_enough(say: Say) -> None:
    case = given.with_goal()
    case.agree_goal(the(case.plan.goals), **deciding(clock_of(case).to(DAY), say))
    assert look(NAME, case)


def test_a_lead_or_a_party_alone_never_makes_it_urgent() -> None:
    case = given.an_opened_case()
    clock = clock_of(case)
    how = deciding(clock.to(DAY), given.not_asked())
    rita = case.join_person(name="Rita Mulder", kind=PersonKind.WORKER, relation="", **telling(DAY))
    case.name_lead(rita, **how)
    case.join_party("Buurtteam Oost", PartyKind.FORMAL, "geldzaken", **how)
    alone = look(NAME, case)
    assert alone
    assert alone.weight is Weight.THIS_WEEK
    goal = case.propose_goal(
        words="Schulden weg.",
        words_of=Voice.WORKER,
        proposed_by=Voice.WORKER,
        **telling(clock.to(DAY)),
    )
    case.agree_goal(goal, **how)
    beside = look(NAME, case)
    assert beside
    assert (beside.weight, beside.evidence) == (None, (3, 4, 6))


def test_what_counts_later_is_not_noticed_before() -> None:
    case = given.with_goal()
    how = deciding(clock_of(case).to(DAY), given.not_asked(WhyNotAsked.COURT, "beschikking"))
    case.agree_goal(the(case.plan.goals), from_on=date(2026, 3, 9), **how)
    assert observed(case, date(2026, 3, 8)).plan.coming
    assert look(NAME, case, date(2026, 3, 8)) is None
    assert look(NAME, case, date(2026, 3, 9))


def test_handled_it_comes_back_on_another_decision_only() -> None:
    case = given.with_goal()
    goal = the(case.plan.goals)
    case.agree_goal(goal, **deciding(clock_of(case).to(DAY), given.not_asked()))
    case.handle_signal(NAME, (3,), "Gebeld.", **telling(clock_of(case).to(date(2026, 3, 4))))
    handled = state_of(NAME, case)
    assert handled
    assert handled.state is State.HANDLED
    case.adjust_goal(goal, "Ik kook elke dag.", **deciding(clock_of(case).to(DAY), given.not_asked()))
    again = state_of(NAME, case)
    assert again
    assert (again.state, again.noticed.evidence) == (State.NEW, (3, 5))


def test_our_answer_to_what_the_client_asked_is_not_one_but_to_what_a_worker_asked_is() -> None:
    for asker, unheard in ((Voice.CLIENT, False), (Voice.WORKER, True)):
        case = given.with_goal()
        asked = case.make_proposal(
            then="Een vaste dag.", proposed_by=asker, asks=Asks.ORGANISATION, **telling()
        )
        case.answer_proposal(asked, TakenUp.NOT, words="Er is niemand.", **deciding(say=given.not_asked()))
        assert bool(look(NAME, case)) is unheard
