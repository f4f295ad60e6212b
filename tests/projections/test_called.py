"""What goals, supports and people were called on the day of an entry."""

from __future__ import annotations

from domain.goals import GoalAdjusted, GoalProposed
from projections.called import Called
from tests import given
from tests.given import clock_of, deciding


def test_what_an_entry_brings_is_called_as_it_says_and_what_it_renames_as_it_was_called() -> None:
    case = given.with_goal()
    goal = given.the(case.plan.goals)
    words = case.plan.goals[goal].words
    how = deciding(clock_of(case).to(given.TODAY))
    case.agree_goal(goal, **how)
    case.adjust_goal(goal, "Ik kook elke dag zelf.", "Past beter", **how)
    told = [entry for entry in case.entries if isinstance(entry, GoalProposed | GoalAdjusted)]
    called = Called(case.entries)
    assert [called.at(entry)[goal] for entry in told] == [words, words]
