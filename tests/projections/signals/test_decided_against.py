"""What goes on over the client's no is noticed at once; ending what they said no to is not."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.case import Case
from domain.imported import StateImported
from domain.kinds import Asks, ByWhom, Noun, TakenUp, Voice, WhyRefused
from domain.say import Say, Stance
from projections.signals.signal import Weight, signals
from tests import given
from tests.given import clock_of, deciding, hours_a_week, telling, the
from tests.projections.signals.observing import look

NAME = "decided_against"
DAY = date(2026, 3, 2)


def test_a_goal_in_the_plan_over_the_clients_no_is_noticed_with_the_no() -> None:
    noticed = look(NAME, case := given.lena())  # her no at the decision, and by her own hand two days later
    assert noticed
    assert (noticed.since, noticed.evidence) == (date(2026, 1, 28), (3, 4))
    assert (noticed.facts, noticed.about) == ({"many": 1, "day": date(2026, 1, 28)}, the(case.plan.goals))
    assert signals()[NAME].weight is Weight.NOW


def test_a_goal_in_the_plan_with_the_clients_yes_is_not() -> None:
    assert look(NAME, given.with_offer()) is None


def start_after(before: Say, at_the_start: Say) -> tuple[int, ...]:
    """Support starts on 2 March, the day after somebody heard what the client thinks of it."""
    case = given.with_offer()
    support, clock = the(case.plan.supports), clock_of(case)
    case.take_stance(support, before, **telling(clock.to(date(2026, 3, 1))))
    case.start_support(support, **deciding(clock.to(DAY), at_the_start))
    assert look(NAME, case, date(2026, 3, 1)) is None
    noticed = look(NAME, case, DAY)
    return noticed.evidence if noticed else ()


def test_a_start_without_asking_after_a_no_is_noticed() -> None:
    assert start_after(given.no(), given.not_asked()) == (5, 6)


def test_not_now_is_a_no_too() -> None:
    assert start_after(given.a_say(Stance.NOT_NOW, "Na de zomer."), given.not_asked()) == (5, 6)


def test_after_a_yes_it_is_not_whether_they_were_asked_again_or_not() -> None:
    assert start_after(given.yes(), given.not_asked()) == ()
    assert start_after(given.no(), given.yes()) == ()


def test_a_wish_to_talk_takes_the_place_of_the_no() -> None:
    assert start_after(given.no(), given.wants_to_talk()) == ()


def test_a_reported_yes_does_not_take_away_a_no_by_the_clients_own_hand() -> None:
    case = given.with_offer()
    support, clock = the(case.plan.supports), clock_of(case)
    own = given.no(own_hand=True)
    case.take_stance(support, own, **telling(clock.to(date(2026, 3, 1)), given.CLIENT))
    case.start_support(support, **deciding(clock.to(DAY), given.yes("")))
    noticed = look(NAME, case)
    assert noticed
    assert noticed.evidence == (5, 6)


def test_a_yes_since_makes_it_silent() -> None:
    case = given.with_goal()
    goal, clock = the(case.plan.goals), clock_of(case)
    case.agree_goal(goal, **deciding(clock.to(DAY), given.no()))
    case.take_stance(goal, given.yes(), **telling(clock.to(date(2026, 3, 9))))
    assert look(NAME, case, date(2026, 3, 8))
    assert look(NAME, case, date(2026, 3, 9)) is None


def refused() -> Case:
    """The client says no on 2 March to help that runs: entry 7."""
    case = given.with_support()
    support, clock = the(case.plan.supports), clock_of(case)
    case.refuse_support(support, WhyRefused.OTHER, "Stop.", **deciding(clock.to(DAY), given.no()))
    clock.to(given.TODAY)
    return case


def test_help_that_goes_on_over_a_refusal_is_noticed_also_when_it_changes() -> None:
    case = refused()
    noticed = look(NAME, case, DAY)
    assert noticed
    assert (noticed.since, noticed.evidence) == (DAY, (6, 7))
    support = the(case.plan.supports)
    case.scale_up_support(support, hours_a_week("6"), "Drukker.", **deciding(say=given.not_asked()))
    more = look(NAME, case)
    assert more
    assert (more.evidence, more.facts["many"], more.about) == ((6, 7, 8), 1, support)


def test_help_that_stopped_ended_or_waits_after_the_no_is_not() -> None:
    case = refused()
    case.respect_refusal(7, stopped=True, door="Bel Fatima.", **telling())
    assert look(NAME, case) is None
    case = refused()
    case.end_support(the(case.plan.supports), "Op verzoek.", **deciding(say=given.not_asked()))
    assert look(NAME, case) is None
    case = refused()
    case.pause_support(the(case.plan.supports), "Op verzoek.", **deciding(say=given.not_asked()))
    assert look(NAME, case) is None


def test_support_that_ends_over_the_clients_no_is_noticed() -> None:
    case = given.with_support()
    case.end_support(the(case.plan.supports), "Geen plek.", **deciding(say=given.no()))
    noticed = look(NAME, case)
    assert noticed
    assert noticed.evidence == (7,)


def test_the_clients_own_no_to_a_goal_or_a_question_is_an_answer() -> None:
    case = given.with_goal()
    goal = the(case.plan.goals)
    case.turn_down_goal(goal, ByWhom.CLIENT, "Niet mijn doel.", **deciding(say=given.no()))
    question = case.make_proposal(
        then="Dagbesteding.", proposed_by=Voice.WORKER, asks=Asks.CLIENT, **telling()
    )
    case.answer_proposal(question, TakenUp.NOT, **deciding(say=given.no()))
    assert look(NAME, case) is None


def test_a_goal_kept_out_of_the_plan_by_the_organisation_is_not_the_clients_answer() -> None:
    case = given.with_goal()
    goal = the(case.plan.goals)
    case.turn_down_goal(goal, ByWhom.ORGANISATION, "Geen geld.", **deciding(say=given.no("Ik wil het wel.")))
    noticed = look(NAME, case)
    assert noticed
    assert noticed.evidence == (3,)


def test_a_no_that_was_written_down_late_counts_on_its_own_day() -> None:
    case = given.with_offer()
    support, clock = the(case.plan.supports), clock_of(case)
    case.start_support(support, **deciding(clock.to(DAY), given.not_asked()))
    case.take_stance(support, given.no(), **telling(date(2026, 3, 1)))
    noticed = look(NAME, case)
    assert noticed
    assert (noticed.since, noticed.evidence) == (DAY, (5, 6))


def test_a_no_to_what_came_with_a_yes_is_noticed_on_the_day_of_the_no() -> None:
    case = given.with_support()
    support, clock = the(case.plan.supports), clock_of(case)
    case.take_stance(support, given.no(), **telling(clock.to(DAY)))
    assert look(NAME, case, date(2026, 3, 1)) is None
    noticed = look(NAME, case, DAY)
    assert noticed
    assert (noticed.since, noticed.evidence) == (DAY, (6, 7))


def test_a_goal_on_the_table_is_not_carried_out() -> None:
    case = given.with_goal()
    goal = the(case.plan.goals)
    case.take_stance(goal, given.no(), **telling())
    case.adjust_goal(goal, "Ik kook soms.", **deciding(say=given.not_asked()))
    assert look(NAME, case) is None
    case.agree_goal(goal, **deciding(say=given.not_asked()))
    noticed = look(NAME, case)
    assert noticed
    assert noticed.evidence == (3, 4, 5)


def test_what_runs_according_to_another_system_goes_on_too() -> None:
    case = given.an_opened_case()
    how = telling(clock_of(case).to(DAY), given.IMPORT)
    support = UUID(int=7)
    case.record(
        StateImported,
        noun=Noun.SUPPORT,
        id=support,
        words="Begeleiding",
        said="actief",
        state="running",
        **how,
    )
    assert look(NAME, case) is None
    case.take_stance(support, given.no(), **telling(DAY))
    noticed = look(NAME, case)
    assert noticed
    assert noticed.evidence == (2, 3)


def test_a_no_to_a_restriction_is_noticed_while_it_holds() -> None:
    case = given.an_opened_case()
    how = deciding(clock_of(case).to(DAY), given.not_asked())
    restriction = case.impose_restriction(
        what="De keuken op slot.",
        in_plan=True,
        legal_ground="Wzd",
        lighter_ways_considered="Samen koken.",
        ends_on=date(2026, 3, 20),
        **how,
    )
    case.take_stance(restriction, given.no(), **telling(clock_of(case).to(date(2026, 3, 4))))
    noticed = look(NAME, case, date(2026, 3, 20))
    assert noticed
    assert (noticed.since, noticed.evidence) == (date(2026, 3, 4), (2, 3))
    assert look(NAME, case, date(2026, 3, 21)) is None


def test_a_no_that_was_not_what_they_meant_is_a_wish_to_talk() -> None:
    case = given.lena()
    case.read_back(4, right=False, words="Ik wil er eerst over praten.", **telling(by=given.CLIENT))
    assert look(NAME, case, given.TODAY) is None
