"""What the plan says of stances, refusals, and what counts later: only what is so."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from domain.case import Case
from domain.entry import Initiative
from domain.imported import StateImported
from domain.kinds import (
    Asks,
    ConsentPurpose,
    Noun,
    Part,
    PartyKind,
    SupportKind,
    TakenUp,
    Voice,
    WhyWithdrawn,
)
from domain.say import SAID, Stance
from projections.plan_cards import Stand
from projections.plan_page import PlanPage
from tests import given
from tests.given import clock_of, deciding, telling


def page(case: Case, on: date = given.TODAY) -> PlanPage:
    return PlanPage(case.id, case.entries, on)


def client_on_the_goal(case: Case) -> Stand:
    (card,) = page(case).goals
    return card.about.stands[0]


def test_a_goal_nobody_was_asked_about_says_so() -> None:
    stand = client_on_the_goal(given.with_goal())
    assert (stand.person, stand.positions) == (None, ())


def test_everybody_stands_beside_the_client_who_comes_first() -> None:
    case = given.sanne()
    henk, goal = given.person_called(case, "Henk Mulder"), given.the(case.plan.goals)
    case.take_stance(goal, given.no("Te veel.", person=henk), **telling())
    (card,) = page(case).goals
    assert [(s.person, s.positions[0].say.stance) for s in card.about.stands] == [
        (None, Stance.AGREES),
        (henk, Stance.DISAGREES),
    ]


@pytest.mark.parametrize("stance", sorted(SAID))
def test_what_was_said_about_the_previous_text_stays_and_is_marked(stance: Stance) -> None:
    case = given.with_goal()
    goal = given.the(case.plan.goals)
    case.agree_goal(goal, **deciding(say=given.a_say(stance, "Zo.")))
    case.adjust_goal(goal, "Ik kook elke dag.", "", **deciding(say=given.not_asked()))
    (position,) = client_on_the_goal(case).positions
    assert (position.say.stance, position.about_previous_text) == (stance, True)


def test_a_weak_yes_after_a_firm_no_is_contradictory() -> None:
    case = given.lena()
    case.take_stance(given.the(case.plan.goals), given.yes(""), **telling())
    assert client_on_the_goal(case).contradictory


def test_agreement_from_before_the_closing_is_asked_again() -> None:
    case = given.bram()
    assert not client_on_the_goal(case).before_closing
    case.reopen_case("Het gaat minder.", **deciding())
    assert client_on_the_goal(case).before_closing
    case.take_stance(given.the(case.plan.goals), given.yes(), **telling())
    assert not client_on_the_goal(case).before_closing


def test_agreements_from_before_the_closing_are_marked() -> None:
    case = given.with_goal()
    case.make_agreement("Bellen.", "Thomas", **deciding(date(2026, 3, 2)))
    case.close_case("Klaar.", **deciding(date(2026, 4, 1)))
    case.reopen_case("Toch niet.", **deciding())
    assert [made.before_closing for made in page(case).agreements] == [True]


def test_what_counts_later_is_coming_and_its_say_is_of_the_new_text_alone() -> None:
    case = given.with_support()
    support = given.the(case.plan.supports)
    case.scale_down_support(
        support, given.hours_a_week("2"), "Het lukt.", "Bel.", from_on=date(2026, 12, 1), **deciding()
    )
    today = page(case)
    assert [line.topic for line in today.coming] == ["support_scaled_down"]
    (card,) = today.goals[0].supports
    assert card.support.amount == given.hours_a_week("4")
    (position,) = card.about.stands[0].positions
    assert position.entry != case.version  # of what stands today
    assert not card.about.stands[0].for_later
    assert not page(case, date(2026, 12, 1)).coming
    case.end_support(support, "Klaar.", from_on=date(2026, 12, 24), **deciding(say=given.no()))
    (card,) = page(case).goals[0].supports
    assert card.about.stands[0].for_later  # a no is shown at once


def test_a_refusal_is_a_thread_to_the_open_door() -> None:
    (thread,) = page(given.karim()).threads
    assert thread.refusal.respected
    assert (thread.refusal.respected.door, thread.came_back) == ("Bel Fatima, ook over een jaar.", False)


def test_a_client_who_came_back_to_it_keeps_the_thread() -> None:
    case = given.karim()
    case.accept_support(given.the(case.plan.supports), **deciding())
    (thread,) = page(case).threads
    assert thread.came_back


def test_support_without_a_goal_is_shown() -> None:
    case = given.an_opened_case()
    case.offer_support(what="Vervoer", kind=SupportKind.TRANSPORT, provider="Taxi", **telling())
    assert [card.support.what for card in page(case).without_goal] == ["Vervoer"]


def test_what_lost_its_ground_is_loose_with_its_line() -> None:
    case = given.with_goal()
    proposed = case.version
    case.agree_goal(given.the(case.plan.goals), **deciding())
    case.withdraw_entry(proposed, WhyWithdrawn.IN_ERROR, **telling())
    ((loose, line),) = page(case).loose
    assert line
    assert (loose.noun, line.topic) == ("goal", "goal_agreed")


def test_an_agreement_about_support_that_is_gone_is_not_lost() -> None:
    case = given.with_support()
    goal, support = given.the(case.plan.goals), given.the(case.plan.supports)
    case.make_agreement("Bellen.", "Thomas", goal_id=goal, support_id=support, **deciding())
    offered = next(e.number for e in case.entries if e.TOPIC == "support_offered")
    case.withdraw_entry(offered, WhyWithdrawn.IN_ERROR, **telling())
    assert [made.agreement.words for made in page(case).agreements] == ["Bellen."]


def test_changes_are_counted_since_the_version_and_on_the_day() -> None:
    case = given.sanne()
    assert page(case, date(2026, 2, 2)).changes_since_version == 0
    assert page(case, date(2026, 2, 2)).changes_that_day == 1  # accepted; an offer decides nothing
    assert page(case).changes_since_version == 3  # started, an agreement, less of it
    case.take_action("Gekookt.", **telling())
    assert page(case).changes_since_version == 3
    how = {"proposed_by": Voice.CLIENT, "asks": Asks.ORGANISATION, **telling()}
    asked = case.make_proposal(then="Een vaste dag.", **how)
    case.answer_proposal(asked, TakenUp.NOT, **deciding())
    assert page(case).changes_since_version == 3  # a question and our no to it change nothing
    case.make_agreement("Bellen.", "Thomas", **deciding(date(2026, 2, 2)))  # that day, after the version
    case.make_agreement("Appen.", "Thomas", **deciding(date(2026, 2, 1)))  # it counted before the version
    assert page(case, date(2026, 2, 2)).changes_since_version == 1


def test_a_new_proposal_is_shown_on_its_own_and_one_about_a_goal_with_the_goal() -> None:
    case = given.lena()
    case.make_proposal(then="Een hond", proposed_by=Voice.CLIENT, asks=Asks.ORGANISATION, **telling())
    shown = page(case)
    assert [proposal.then for _, proposal in shown.proposals] == ["Een hond"]
    assert [p.then for _, p in shown.goals[0].about.proposals] == ["Ik kook één keer per week zelf."]
    (side,) = shown.goals[0].about.sides
    assert [d.words for _, d in side.said] == ["Ik wil eerst rust in huis."]
    assert not shown.apart


def test_nobody_knows_what_the_client_thinks_of_an_imported_state_until_somebody_decides() -> None:
    case = given.an_opened_case()
    goal = UUID(int=7)
    case.record(
        StateImported,
        noun=Noun.GOAL,
        id=goal,
        words="Sporten",
        said="active",
        state="in_plan",
        **telling(by=given.IMPORT),
    )
    (card,) = page(case).goals
    assert card.imported
    assert card.about.stands[0].positions[0].say.stance is Stance.UNKNOWN
    case.reach_goal(goal, judged_by=Voice.CLIENT, **deciding(initiative=Initiative.CLIENT))
    assert page(case).goals[0].imported is None


def test_before_the_opening_the_page_is_empty() -> None:
    shown = page(given.sanne(), date(2020, 1, 1))
    assert shown.plan.opened_on is None
    assert [*shown.goals, *shown.threads, *shown.coming, *shown.loose] == []


def test_moving_the_clock_changes_nothing_in_what_was() -> None:
    case = given.sanne()
    before = page(case, date(2026, 3, 1)).goals
    clock_of(case).to(given.TODAY)
    assert page(case, date(2026, 3, 1)).goals == before


def test_help_of_whom_the_client_does_not_let_share_any_more_says_so() -> None:
    case = given.with_support()
    assert not page(case).goals[0].supports[0].without_consent
    party = case.join_party("De Brug", PartyKind.FORMAL, "Koken", **deciding(date(2026, 2, 9)))
    until = date(2026, 6, 1)
    case.give_consent(ConsentPurpose.SHARING, party, (Part.GOALS,), until, **deciding(date(2026, 2, 9)))
    shown = [page(case, day).goals[0].supports[0].without_consent for day in (until, date(2026, 6, 2))]
    assert shown == [False, True]
    case.give_consent(ConsentPurpose.SHARING, party, (Part.GOALS,), **deciding())
    assert not page(case).goals[0].supports[0].without_consent
    case.withdraw_consent(case.version, **deciding(say=given.no()))
    assert page(case).goals[0].supports[0].without_consent
    case.end_support(given.the(case.plan.supports), "Klaar.", **deciding())
    assert not page(case).goals[0].supports[0].without_consent
