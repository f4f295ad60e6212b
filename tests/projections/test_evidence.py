"""The evidence of the say: each decision on the rung where its say came in, and what is missing on top."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta

from domain.case import Case
from domain.days import end_of
from domain.entry import Decider, Initiative
from domain.say import Means, Stance
from projections.evidence import OfTheSay
from projections.then import ALL, Moment, Readings
from tests import given
from tests.given import deciding, no, not_asked, telling, yes


def of(case: Case, on: date = given.TODAY, known: datetime = ALL, unread: Collection[int] = ()) -> OfTheSay:
    return OfTheSay(Readings(case.entries, unread).at(Moment(on, known)))


def test_every_decision_stands_on_one_rung_and_the_strongest_comes_first() -> None:
    case = given.with_offer()
    support = given.the(case.plan.supports)
    case.accept_support(support, **deciding(say=yes(own_hand=True), by=given.CLIENT))
    found = of(case)
    assert list(found.by_means) == list(Means)
    assert (found.by_means[Means.OWN_HAND], found.by_means[Means.SPOKEN]) == (1, 2)
    assert sum(found.by_means.values()) == len(found.decisions) == 3
    assert found.by_stance == {Stance.AGREES: 3}


def test_what_was_read_back_by_own_hand_stands_higher() -> None:
    case = given.with_goal()
    case.agree_goal(given.the(case.plan.goals), **deciding())
    case.read_back(3, right=True, **telling(by=given.CLIENT))
    (made, *_) = of(case).decisions
    assert (made.made.number, made.say.means, made.entries) == (3, Means.READ_BACK, (3, 4))


def test_one_rung_or_one_stance_can_be_asked() -> None:
    case = given.lena()
    found = of(case)
    assert [one.made.number for one in found.of(stance=Stance.DISAGREES)] == [3]
    assert [one.made.number for one in found.of(Means.SPOKEN, Stance.AGREES)] == [1]
    assert found.of(Means.NONE) == []


def test_a_weighty_decision_without_a_say_stands_on_top() -> None:
    case = given.with_offer()
    support = given.the(case.plan.supports)
    case.start_support(support, **deciding(date(2026, 2, 9), not_asked(), initiative=Initiative.ORGANISATION))
    case.adjust_goal(given.the(case.plan.goals), "Vier keer.", **deciding(date(2026, 3, 9)))
    top, *others = of(case).decisions
    assert (top.made.number, top.weighty, top.missing, top.decided_by) == (
        5,
        True,
        True,
        Decider.ORGANISATION,
    )
    assert [one.made.number for one in others] == [6, 3, 1]  # the latest first
    assert of(case).weighty_and_missing == 1


def test_what_the_client_said_of_it_later_is_found() -> None:
    case = given.with_offer()
    support = given.the(case.plan.supports)
    case.start_support(support, **deciding(date(2026, 2, 9), not_asked()))
    case.take_stance(support, no("Dat hoeft niet."), **telling(date(2026, 2, 10)))
    made = next(one for one in of(case).decisions if one.made.number == 5)
    assert (made.missing, made.since, made.entries) == (False, (6,), (5, 6))
    assert of(case, date(2026, 2, 9)).weighty_and_missing == 1  # on the day itself nothing had been said


def test_what_the_client_said_before_the_decision_is_no_say_on_it() -> None:
    case = given.with_offer()
    support = given.the(case.plan.supports)
    case.accept_support(support, **deciding(date(2026, 2, 4)))
    case.start_support(support, **deciding(date(2026, 2, 9), not_asked()))
    assert [one.made.number for one in of(case).decisions if one.missing] == [6]


def test_it_says_in_how_many_entries_it_was_looked_for() -> None:
    case = given.with_support()
    assert (of(case).searched.entries, of(case).searched.unread) == (6, 0)
    assert of(case, date(2026, 1, 20)).searched.entries == 2
    hidden = of(case, unread={3}).searched
    assert (hidden.entries, hidden.unread) == (5, 1)


def test_a_decision_recorded_later_is_not_known_then() -> None:
    case = given.with_support()
    tomorrow = given.TODAY + timedelta(days=1)
    case.end_support(given.the(case.plan.supports), "Klaar.", **deciding(given.clock_of(case).to(tomorrow)))
    assert len(of(case, tomorrow, end_of(given.TODAY)).decisions) == 4
    assert len(of(case, tomorrow, end_of(tomorrow)).decisions) == 5


def test_before_the_first_entry_there_is_nothing() -> None:
    found = of(given.sanne(), date(2025, 12, 31))
    assert (found.decisions, found.searched.entries, sum(found.by_means.values())) == ([], 0, 0)
