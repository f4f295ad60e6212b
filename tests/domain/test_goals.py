"""Goals, stances and proposals: what the client says stands, whatever is decided."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from domain import errors
from domain.case import Case
from domain.kinds import Asks, ByWhom, GoalStatus, TakenUp, Voice
from domain.say import Means, Say, Stance, WhyNotAsked
from tests import given
from tests.given import deciding, telling, the


def status(case: Case) -> GoalStatus:
    (goal,) = case.plan.goals.values()
    return goal.status


def propose(case: Case, **more: UUID) -> UUID:
    facts = {"words": "Weer werken.", "words_of": Voice.CLIENT, "proposed_by": Voice.CLIENT}
    return case.propose_goal(**facts, **more, **telling())  # type: ignore[arg-type]  # mixed facts


def asked(case: Case, subject: UUID | None = None) -> int:
    """A question to the client, about the goal if not said otherwise."""
    return case.make_proposal(
        subject=subject or the(case.plan.goals),
        then="Eén keer per week.",
        proposed_by=Voice.WORKER,
        asks=Asks.CLIENT,
        **telling(date(2026, 1, 20)),
    )


def test_a_goal_is_on_the_table_until_it_is_decided() -> None:
    case = given.with_goal()
    assert status(case) is GoalStatus.PROPOSED
    case.agree_goal(the(case.plan.goals), **deciding())
    assert status(case) is GoalStatus.IN_PLAN


def test_a_goal_has_words() -> None:
    with pytest.raises(errors.Empty):
        given.an_opened_case().propose_goal(
            words="", words_of=Voice.CLIENT, proposed_by=Voice.CLIENT, **telling()
        )


def test_a_goal_comes_from_a_wish_and_is_part_of_a_goal_that_are_there() -> None:
    case = given.sanne()
    propose(case, wish_id=the(case.plan.wishes), part_of=the(case.plan.goals))
    for unknown in ({"wish_id": uuid4()}, {"part_of": uuid4()}):
        with pytest.raises(errors.NotInThePlan):
            propose(case, **unknown)


def test_a_goal_in_the_plan_is_not_put_there_again() -> None:
    case = given.with_offer()
    with pytest.raises(errors.AlreadyInThePlan):
        case.agree_goal(the(case.plan.goals), **deciding())


def test_a_goal_in_the_plan_without_agreement_keeps_the_no() -> None:
    case = given.lena()
    assert status(case) is GoalStatus.IN_PLAN
    assert not case.plan.stances_on(the(case.plan.goals)).of()[0].agrees


def test_turned_down_by_the_client_is_their_no() -> None:
    case = given.with_goal()
    goal = the(case.plan.goals)
    for other in (given.yes(), given.wants_to_talk(), given.not_asked()):
        with pytest.raises(errors.OtherAnswer):
            case.turn_down_goal(goal, ByWhom.CLIENT, "Hoeft niet.", **deciding(say=other))
    case.turn_down_goal(goal, ByWhom.CLIENT, "Hoeft niet.", **deciding(say=given.no()))
    assert case.plan.stances_on(goal).of()[0].say.stance is Stance.DISAGREES


@pytest.mark.parametrize("say", [given.yes(), given.no(), given.not_asked()])
def test_turned_down_by_the_organisation_the_client_may_say_anything(say: Say) -> None:
    case = given.with_goal()
    case.turn_down_goal(the(case.plan.goals), ByWhom.ORGANISATION, "Te duur.", **deciding(say=say))
    assert status(case) is GoalStatus.TURNED_DOWN


def test_a_goal_that_is_not_open_is_left_alone() -> None:
    case = given.with_goal()
    goal = the(case.plan.goals)
    case.drop_goal(goal, "Niet meer nodig.", **deciding())
    tries: list[Callable[[], object]] = [
        lambda: case.agree_goal(goal, **deciding()),
        lambda: case.turn_down_goal(goal, ByWhom.ORGANISATION, "x", **deciding()),
        lambda: case.adjust_goal(goal, "x", **deciding()),
        lambda: case.reach_goal(goal, Voice.CLIENT, **deciding()),
        lambda: case.drop_goal(goal, "x", **deciding()),
    ]
    for decide in tries:
        with pytest.raises(errors.NotOpen):
            decide()


def test_letting_go_and_turning_down_have_a_reason() -> None:
    case = given.with_goal()
    with pytest.raises(errors.Empty):
        case.drop_goal(the(case.plan.goals), "", **deciding())
    with pytest.raises(errors.Empty):
        case.turn_down_goal(the(case.plan.goals), ByWhom.ORGANISATION, "", **deciding())


def test_a_goal_that_was_reached_keeps_the_wish_behind_it() -> None:
    case = given.sanne()
    case.reach_goal(the(case.plan.goals), Voice.CLIENT, **deciding())
    assert status(case) is GoalStatus.REACHED
    assert case.plan.wishes


def test_other_words_keep_the_words_before() -> None:
    case = given.with_goal()
    goal = the(case.plan.goals)
    case.adjust_goal(goal, "Ik kook elke dag.", "Het gaat goed.", **deciding())
    assert case.plan.goals[goal].words == "Ik kook elke dag."
    assert [f.words for f in case.plan.goals[goal].former] == ["Ik kook drie keer per week zelf."]


def test_the_same_words_change_nothing() -> None:
    case = given.with_goal()
    with pytest.raises(errors.NothingChanged):
        case.adjust_goal(the(case.plan.goals), "Ik kook drie keer per week zelf.", **deciding())
    with pytest.raises(errors.Empty):
        case.adjust_goal(the(case.plan.goals), "", **deciding())


def test_when_the_words_change_without_asking_agreement_lapses_and_a_no_stays() -> None:
    agreed, refused = given.with_offer(), given.lena()
    for case in (agreed, refused):
        say = given.not_asked(WhyNotAsked.COURT, "Rechter")
        case.adjust_goal(the(case.plan.goals), "Anders.", **deciding(say=say))
    (yes,) = agreed.plan.stances_on(the(agreed.plan.goals)).of()
    (no,) = refused.plan.stances_on(the(refused.plan.goals)).of()
    assert (yes.say.stance, yes.agrees, yes.about_previous_text) == (Stance.AGREES, False, True)
    assert (no.say.stance, no.about_previous_text) == (Stance.DISAGREES, True)


def test_until_new_words_count_agreement_holds_for_the_words_of_now() -> None:
    case = given.with_offer()
    goal = the(case.plan.goals)
    case.adjust_goal(goal, "Anders.", from_on=date(2026, 12, 1), **deciding(say=given.not_asked()))
    assert case.plan_on(given.TODAY).stances_on(goal).of()[0].agrees
    assert not case.plan_on(date(2026, 12, 1)).stances_on(goal).of()[0].agrees


def test_a_worker_does_not_wash_out_a_no_in_own_hand() -> None:
    case = given.lena()
    goal = the(case.plan.goals)
    case.take_stance(goal, given.yes("Vooruit dan."), **telling())
    assert [p.say.stance for p in case.plan.stances_on(goal).of()] == [Stance.DISAGREES, Stance.AGREES]


def test_a_stance_is_on_something_that_was_there() -> None:
    case = given.with_goal()
    with pytest.raises(errors.NotInThePlan):
        case.take_stance(uuid4(), given.no(), **telling())
    with pytest.raises(errors.NotThereYet):
        case.take_stance(the(case.plan.goals), given.no(), **telling(given.OPENING))
    with pytest.raises(errors.NoSuchEntry):
        case.take_stance(9, given.no(), **telling())
    with pytest.raises(errors.NotThereYet):
        case.take_stance(2, given.no(), **telling(given.OPENING))
    case.take_stance(case.id, given.no(), **telling())  # the plan as a whole
    assert case.plan.stances_on(case.id).of()[0].say.stance is Stance.DISAGREES


def test_a_stance_that_was_not_asked_has_a_reason_too() -> None:
    case = given.with_goal()
    with pytest.raises(errors.NoReason):
        case.take_stance(the(case.plan.goals), given.not_asked(None), **telling())


def test_a_proposal_changes_nothing_until_it_is_answered() -> None:
    case = given.with_goal()
    proposal = asked(case)
    assert case.plan.proposals[proposal].open
    assert case.plan.goals[the(case.plan.goals)].words == "Ik kook drie keer per week zelf."


def test_a_proposal_says_what_it_should_become_and_of_what() -> None:
    case = given.with_goal()
    facts = {"proposed_by": Voice.CLIENT, "asks": Asks.ORGANISATION, **telling()}
    with pytest.raises(errors.Empty):
        case.make_proposal(then="", **facts)
    with pytest.raises(errors.NotInThePlan):
        case.make_proposal(then="x", subject=uuid4(), **facts)


def test_while_a_question_lies_with_the_client_not_asking_needs_a_danger_or_a_law() -> None:
    case = given.with_goal()
    goal, question = the(case.plan.goals), asked(case)
    with pytest.raises(errors.QuestionIsOpen) as refused:
        case.adjust_goal(goal, "Anders.", **deciding(say=given.not_asked()))
    assert refused.value.facts == {"question": question}
    for say in (
        given.not_asked(why="Het kwam er niet van."),  # an excuse
        given.not_asked(WhyNotAsked.DANGER),  # which danger?
    ):
        with pytest.raises(errors.QuestionIsOpen):
            case.adjust_goal(goal, "Anders.", **deciding(say=say))
    for reason in (WhyNotAsked.DANGER, WhyNotAsked.COURT, WhyNotAsked.LAW):
        case.adjust_goal(goal, f"Anders: {reason}.", **deciding(say=given.not_asked(reason, "Brandgevaar")))


def test_the_question_itself_is_not_answered_without_asking() -> None:
    case = given.with_goal()
    question = asked(case)
    for reason in (WhyNotAsked.WAS_NOT_THERE, WhyNotAsked.LAW):
        with pytest.raises(errors.NoAnswer):
            case.answer_proposal(
                question, TakenUp.TAKEN_UP, **deciding(say=given.not_asked(reason, "Wmo 2015"))
            )


def test_a_question_to_the_organisation_holds_nothing_up() -> None:
    case = given.with_goal()
    goal = the(case.plan.goals)
    case.make_proposal(subject=goal, then="x", proposed_by=Voice.CLIENT, asks=Asks.ORGANISATION, **telling())
    case.adjust_goal(goal, "Anders.", **deciding(say=given.not_asked()))


def test_once_answered_a_proposal_is_closed() -> None:
    case = given.with_goal()
    proposal = asked(case)
    case.answer_proposal(proposal, TakenUp.PARTLY, led_to=2, **deciding())
    assert case.plan.proposals[proposal].answer is TakenUp.PARTLY
    with pytest.raises(errors.AlreadyAnswered):
        case.answer_proposal(proposal, TakenUp.NOT, **deciding())
    with pytest.raises(errors.AlreadyAnswered):
        case.take_back_proposal(proposal, **telling())


def test_an_answer_leads_to_an_entry_that_is_there() -> None:
    case = given.with_goal()
    with pytest.raises(errors.NoSuchEntry):
        case.answer_proposal(asked(case), TakenUp.TAKEN_UP, led_to=99, **deciding())


def test_a_proposal_that_was_taken_back_stays_readable() -> None:
    case = given.with_goal()
    proposal = asked(case)
    case.take_back_proposal(proposal, "Bedacht.", **telling())
    assert (case.plan.proposals[proposal].taken_back, case.plan.proposals[proposal].open) == (True, False)
    with pytest.raises(errors.AlreadyAnswered):
        case.answer_proposal(proposal, TakenUp.NOT, **deciding())


def test_a_question_to_the_client_is_taken_up_by_a_yes_and_stays_open_without_an_answer() -> None:
    case = given.with_goal()
    question = asked(case)
    no_yes = (given.no(), given.wants_to_talk(), Say(Stance.AGREES, Means.SHOWN))
    for answer, says in ((TakenUp.TAKEN_UP, no_yes), (TakenUp.PARTLY, no_yes), (TakenUp.NOT, ())):
        for say in (*says, Say(Stance.COULD_NOT_ANSWER, Means.REPORTED)):
            with pytest.raises(errors.NoAnswer) as refused:
                case.answer_proposal(question, answer, **deciding(say=say))
            assert refused.value.field == "stance"
    case.answer_proposal(question, TakenUp.NOT, **deciding(say=given.no()))


def test_while_a_question_about_the_plan_lies_open_it_is_not_laid_down_without_asking() -> None:
    case = given.with_goal()
    facts: dict[str, Any] = {"proposed_by": Voice.WORKER, "asks": Asks.CLIENT, "then": "Geen plan."}
    question = case.make_proposal(subject=case.id, **facts, **telling())
    with pytest.raises(errors.QuestionIsOpen) as refused:
        case.lay_down_plan(**deciding(say=given.not_asked()))
    assert refused.value.facts == {"question": question}
    case.lay_down_plan(**deciding(say=given.no()))
    assert case.plan.stances_on(case.id).of()[0].say.stance is Stance.DISAGREES


def test_a_proposal_written_down_for_another_and_a_question_are_taken_back_with_the_reason() -> None:
    case = given.with_goal()
    facts: dict[str, Any] = {"then": "Eén keer per week.", "subject": the(case.plan.goals)}
    theirs = case.make_proposal(
        proposed_by=Voice.CLIENT, asks=Asks.ORGANISATION, **facts, **telling(by=given.WORKER)
    )
    ours = case.make_proposal(proposed_by=Voice.WORKER, asks=Asks.ORGANISATION, **facts, **telling())
    for number in (theirs, asked(case)):
        with pytest.raises(errors.Empty) as refused:
            case.take_back_proposal(number, " ", **telling(by=given.WORKER))
        assert refused.value.field == "reason"
    with pytest.raises(errors.NotTheirProposal):
        case.take_back_proposal(ours, "Weg ermee.", **telling(by=given.CLIENT))
    case.take_back_proposal(theirs, **telling(by=given.CLIENT))
    case.take_back_proposal(ours, **telling(by=given.WORKER))
    assert case.plan.proposals[theirs].taken_back
    assert case.plan.proposals[ours].taken_back


def test_a_no_stands_until_the_new_text_counts() -> None:
    case = given.with_goal()
    goal = the(case.plan.goals)
    case.agree_goal(goal, **deciding(date(2026, 1, 26), given.no("Niet drie keer.")))
    later = {"from_on": date(2027, 1, 1), **deciding(say=given.yes("Eén keer is goed."))}
    case.adjust_goal(goal, "Ik kook één keer.", **later)
    (today,) = case.plan_on(given.TODAY).stances_on(goal).of()
    assert (today.say.words, today.agrees, today.about_previous_text) == ("Niet drie keer.", False, False)
    assert len(case.plan_on(given.TODAY).coming) == 1
    (then,) = case.plan.stances_on(goal).of()
    assert (then.say.words, then.agrees) == ("Eén keer is goed.", True)


def test_a_yes_to_the_text_that_stood_is_none_to_the_text_decided_before() -> None:
    case = given.with_goal()
    goal, between = the(case.plan.goals), date(2026, 4, 1)
    later = {"from_on": date(2026, 6, 1), **deciding(date(2026, 3, 1), given.not_asked())}
    case.adjust_goal(goal, "Ik kook elke dag.", **later)
    case.take_stance(goal, given.yes("Drie keer, ja."), **telling(between))
    assert case.plan_on(between).stances_on(goal).of()[0].agrees
    (then,) = case.plan.stances_on(goal).of()
    assert (then.say.words, then.agrees, then.about_previous_text) == ("Drie keer, ja.", False, True)


def test_a_no_said_since_is_not_washed_out_by_the_yes_of_before() -> None:
    case = given.with_goal()
    goal = the(case.plan.goals)
    later = {"from_on": date(2026, 6, 1), **deciding(date(2026, 3, 1), given.yes("Elke dag."))}
    case.adjust_goal(goal, "Ik kook elke dag.", **later)
    case.take_stance(goal, given.no("Toch niet."), **telling(date(2026, 4, 1)))
    case.take_stance(goal, given.wants_to_talk("Laat maar."), **telling(date(2026, 7, 1)))
    held = case.plan_on(date(2026, 6, 1)).stances_on(goal).of()
    assert [(p.say.words, p.about_previous_text) for p in held] == [
        ("Toch niet.", True),
        ("Elke dag.", False),
    ]
    assert [p.say.words for p in case.plan.stances_on(goal).of()] == ["Laat maar."]


def test_what_was_read_back_before_its_text_counted_is_as_it_was_read_back() -> None:
    case = given.with_goal()
    goal = the(case.plan.goals)
    later = {"from_on": date(2026, 6, 1), **deciding(date(2026, 3, 1), given.yes("Elke dag."))}
    case.adjust_goal(goal, "Ik kook elke dag.", **later)
    case.read_back(case.version, right=False, words="Niet elke dag.", **telling(date(2026, 3, 2)))
    (then,) = case.plan.stances_on(goal).of()
    assert (then.say.stance, then.say.words) == (Stance.WANTS_TO_TALK, "Niet elke dag.")
