"""A yes counts for the text it was said to."""

from __future__ import annotations

from datetime import date

from domain.case import Case
from domain.entry import Facts
from domain.say import Means, Say, Stance
from projections.signals.state import State
from tests import given
from tests.given import clock_of, deciding, hours_a_week, telling, the
from tests.projections.signals.observing import look, state_of

NAME = "agreed_to_something_else"
DAY = date(2026, 3, 2)


def adjusted(say: Say, before: Say | None = None) -> Case:
    """A goal the client said yes to on 26 January, in other words since 2 March."""
    case = given.with_goal()
    goal, clock = the(case.plan.goals), clock_of(case)
    case.agree_goal(goal, **deciding(clock.to(date(2026, 1, 26)), before))
    case.adjust_goal(goal, "Ik kook elke dag.", **deciding(clock.to(DAY), say))
    clock.to(given.TODAY)
    return case


def test_a_text_that_changed_without_asking_is_noticed_on_that_day() -> None:
    case = adjusted(given.not_asked())
    noticed = look(NAME, case, DAY)
    assert noticed
    assert (noticed.since, noticed.evidence, noticed.facts) == (DAY, (3, 4), {"many": 1})
    assert look(NAME, case, date(2026, 3, 1)) is None


def test_asked_about_the_new_text_it_is_silent_whatever_they_said() -> None:
    assert look(NAME, adjusted(given.yes())) is None
    assert look(NAME, adjusted(given.no())) is None


def test_a_no_about_the_text_before_is_no_agreement() -> None:
    assert look(NAME, adjusted(given.not_asked(), before=given.no())) is None


def test_asked_later_it_is_silent_again() -> None:
    case = adjusted(given.not_asked())
    case.take_stance(the(case.plan.goals), given.yes(), **telling())
    assert look(NAME, case) is None


def test_a_goal_that_was_let_go_asks_nothing_any_more() -> None:
    case = adjusted(given.not_asked())
    goal = the(case.plan.goals)
    case.drop_goal(goal, "Niet meer nodig.", **deciding(say=given.not_asked()))
    assert look(NAME, case) is None


def test_another_amount_at_the_start_is_another_text() -> None:
    case = given.with_offer()
    support, clock = the(case.plan.supports), clock_of(case)
    case.accept_support(support, **deciding(clock.to(date(2026, 2, 4))))
    unasked = deciding(clock.to(date(2026, 2, 9)), given.not_asked())
    case.start_support(support, hours_a_week("8"), **unasked)
    noticed = look(NAME, case)
    assert noticed
    assert noticed.evidence == (5, 6)


def test_the_same_amount_at_the_start_is_not() -> None:
    case = given.with_offer()
    support, clock = the(case.plan.supports), clock_of(case)
    case.accept_support(support, **deciding(clock.to(date(2026, 2, 4))))
    unasked = deciding(clock.to(date(2026, 2, 9)), given.not_asked())
    case.start_support(support, hours_a_week("4"), **unasked)
    assert look(NAME, case) is None


def test_handled_it_comes_back_when_the_text_changes_again() -> None:
    case = adjusted(given.not_asked())
    case.handle_signal(NAME, (3, 4), "Samen gelezen.", **telling())
    handled = state_of(NAME, case)
    assert handled
    assert handled.state is State.HANDLED
    case.adjust_goal(the(case.plan.goals), "Ik kook soms.", **deciding(say=given.not_asked()))
    again = state_of(NAME, case)
    assert again
    assert (again.state, again.noticed.evidence) == (State.NEW, (3, 4, 6))


def test_only_what_changed_this_text_after_the_yes_is_shown() -> None:
    case = given.with_support()  # goal 3, yes to the help 5, and to its start 6
    support, clock = the(case.plan.supports), clock_of(case)

    def unasked(day: date) -> Facts:
        return deciding(clock.to(day), given.not_asked())

    case.adjust_support(support, "Samen koken.", "Zo gaat het.", **deciding(clock.to(DAY)))  # with a yes
    case.pause_support(support, "Vakantie.", **unasked(date(2026, 3, 3)))
    case.adjust_goal(the(case.plan.goals), "Ik kook soms.", **unasked(date(2026, 3, 4)))
    case.scale_down_support(support, hours_a_week("2"), "Druk.", "Bellen.", **unasked(date(2026, 3, 5)))
    noticed = look(NAME, case)
    assert noticed
    assert (noticed.since, noticed.evidence) == (date(2026, 3, 4), (3, 7, 9, 10))
    assert noticed.facts == {"many": 2}


def test_a_start_as_was_agreed_is_no_change() -> None:
    case = given.with_offer()
    support, clock = the(case.plan.supports), clock_of(case)
    case.accept_support(support, **deciding(clock.to(date(2026, 2, 4))))
    case.start_support(support, **deciding(clock.to(date(2026, 2, 9)), given.not_asked()))
    less = hours_a_week("2")
    unasked = deciding(clock.to(DAY), given.not_asked())
    case.scale_down_support(support, less, "Druk.", "Bellen.", **unasked)
    noticed = look(NAME, case)
    assert noticed
    assert noticed.evidence == (5, 7)


def test_an_import_does_not_tell_whether_the_client_was_asked() -> None:
    case = given.with_offer()
    unknown = Say(Stance.UNKNOWN, Means.NONE)
    case.adjust_goal(the(case.plan.goals), "Ik kook soms.", **deciding(say=unknown, by=given.IMPORT))
    assert look(NAME, case) is None
