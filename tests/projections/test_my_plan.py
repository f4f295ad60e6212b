"""What is asked of the client, each thing once; and what their own plan says."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from domain.case import Case
from domain.entry import Facts
from domain.kinds import Asks, LegalKind, PersonKind, Scope, TakenUp, Voice, WhyRestricted
from domain.say import Say
from projections.case_row import rows
from projections.my_page import LATELY, TOLD, MyPage
from projections.my_plan import Question, own_cases, question_of, question_on, questions, readable
from projections.read_model import Db, Told
from tests import given
from tests.given import TODAY, deciding, telling
from tests.projections.conftest import Follow, kept


def asked(case: Case, person: UUID | None = None) -> list[Question]:
    return questions(case.entries, TODAY, person)


def page(case: Case, person: UUID | None = None) -> MyPage:
    return MyPage(case.entries, TODAY, (), person)


def propose(case: Case, asks: Asks = Asks.CLIENT, **more: object) -> int:
    facts: Facts = {"then": "Om de week.", "proposed_by": Voice.WORKER, "asks": asks, **more}
    return case.make_proposal(**facts, **telling())


def a_child(case: Case) -> UUID:
    """The client is 13; Rita is a parent with authority."""
    case.describe_client(name="Sanne Mulder", birth_date=date(2013, 4, 3), **telling())
    rita = given.a_representative(case)
    case.name_representative(rita, LegalKind.PARENT, Scope.ALL, **telling(date(2026, 1, 15)))
    return rita


def test_a_proposal_that_asks_the_client_is_a_question() -> None:
    case = given.sanne()
    number = propose(case, now="Elke week.", words="Het gaat goed.", answer_by=date(2026, 12, 1))
    (question,) = asked(case)
    assert (question.subject, question.entry, question.kind) == (number, number, "proposal")
    assert (question.now, question.then, question.words) == ("Elke week.", "Om de week.", "Het gaat goed.")
    assert question.asked_by == given.COORDINATOR
    assert question.answer_by == date(2026, 12, 1)


def test_a_proposal_to_the_organisation_is_no_question() -> None:
    case = given.sanne()
    propose(case, Asks.ORGANISATION)
    assert not asked(case)


def answered(case: Case, number: int, answer: TakenUp, say: Say) -> list[int]:
    """The same proposal with its answer: what stands as a no of the client then."""
    case.answer_proposal(number, answer, **deciding(TODAY, say))
    return [one.entry for one in page(case).turned_down]


def test_a_no_to_a_question_stands_until_the_same_is_taken_up() -> None:
    case = given.sanne()
    goal, other = given.the(case.plan.goals), propose(case)
    assert answered(case, first := propose(case, subject=goal), TakenUp.NOT, given.no()) == [first]
    assert answered(case, other, TakenUp.NOT, given.no()) == [other, first]
    assert answered(case, propose(case), TakenUp.TAKEN_UP, given.yes()) == [other, first]
    assert answered(case, propose(case, subject=goal), TakenUp.PARTLY, given.yes()) == [other]


def test_our_no_to_their_proposal_is_not_a_no_of_theirs() -> None:
    case = given.sanne()
    assert answered(case, propose(case, Asks.ORGANISATION), TakenUp.NOT, given.no()) == []


def test_an_answer_may_change_though_nobody_asks_it_now() -> None:
    case = given.with_support()
    question = question_on(case.entries, TODAY, given.the(case.plan.supports))
    assert question is not None
    assert (question.anew, question.asked_by) == (True, None)
    waiting = question_on(case.entries, TODAY, propose(case))
    assert waiting is not None
    assert (waiting.anew, waiting.asked_by) == (False, given.COORDINATOR)


def test_help_that_is_offered_is_a_question_until_it_is_answered() -> None:
    case = given.with_offer()
    (question,) = asked(case)
    assert (question.kind, question.then) == ("support", "Samen boodschappen doen en koken")
    assert question.about == "Ik kook drie keer per week zelf."
    case.accept_support(given.the(case.plan.supports), **deciding())
    assert not asked(case)


def test_a_goal_of_somebody_else_is_a_question() -> None:
    case = given.an_opened_case()
    goal = case.propose_goal(
        words="Meer bewegen.", words_of=Voice.WORKER, proposed_by=Voice.WORKER, **telling()
    )
    (question,) = asked(case)
    assert (question.subject, question.kind, question.in_plan) == (goal, "goal", False)


def test_an_own_goal_in_own_words_is_not_asked_back() -> None:
    assert not asked(given.with_goal())


def test_a_goal_whose_text_changed_is_asked_with_both_texts() -> None:
    case = given.sanne()
    goal = given.the(case.plan.goals)
    case.adjust_goal(goal, "Ik kook elke dag.", "Het lukt.", **deciding(say=given.not_asked()))
    (question,) = asked(case)
    assert (question.now, question.then) == ("Ik kook drie keer per week zelf.", "Ik kook elke dag.")
    assert (question.entry, question.in_plan) == (case.version, True)
    assert question.said[0].about_previous_text


def test_an_offer_in_other_words_is_asked_by_the_entry_that_changed_it() -> None:
    case = given.with_offer()
    support = given.the(case.plan.supports)
    (before,) = asked(case)
    how = {**deciding(say=given.not_asked()), "by": given.OTHER_WORKER}
    case.adjust_support(support, "Samen koken", "Zo kan het.", **how)
    (question,) = asked(case)
    assert (question.subject, question.then) == (support, "Samen koken")
    assert (before.entry, question.entry) == (case.version - 1, case.version)
    assert question.asked_by == given.OTHER_WORKER


def test_each_step_of_a_goal_that_was_split_is_a_question_of_its_own() -> None:
    case = given.sanne()
    steps = case.split_goal(given.the(case.plan.goals), ("Ik maak soep.", "Ik bak brood."), **deciding())
    number = case.version
    found = {question.subject: question for question in asked(case)}
    assert [found[step].number for step in steps] == [f"{number}.1", f"{number}.2"]
    assert [question_of(case.entries, TODAY, step, number) for step in steps] == [found[s] for s in steps]
    assert question_of(case.entries, TODAY, steps[0], number - 1) is None
    case.adjust_goal(steps[0], "Ik maak erwtensoep.", "Dat wil ik.", **deciding(say=given.not_asked()))
    found = {question.subject: question for question in asked(case)}
    assert [found[step].number for step in steps] == [f"{number + 1}", f"{number}.2"]


def test_a_goal_about_which_a_change_is_proposed_is_asked_about_once() -> None:
    case = given.an_opened_case()
    goal = case.propose_goal(
        words="Meer bewegen.", words_of=Voice.WORKER, proposed_by=Voice.WORKER, **telling()
    )
    propose(case, subject=goal)
    (question,) = asked(case)
    assert (question.kind, question.about) == ("proposal", "Meer bewegen.")


def test_two_answers_that_do_not_go_together_are_asked_again() -> None:
    case = given.sanne()
    goal = given.the(case.plan.goals)
    case.take_stance(goal, given.no(own_hand=True), **telling(by=given.CLIENT))
    case.take_stance(goal, given.yes(), **telling(by=given.WORKER))
    (question,) = asked(case)
    assert len(question.said) == 2


def test_to_talk_first_keeps_a_question_open_with_what_was_said() -> None:
    case = given.sanne()
    number = propose(case)
    case.take_stance(number, given.wants_to_talk(), **telling())
    (question,) = asked(case)
    assert question.said[0].say.words == "Daar wil ik het eerst over hebben."


def test_what_may_not_be_used_asks_nothing() -> None:
    case = given.sanne()
    number = propose(case)
    case.restrict_entry(number, WhyRestricted.ACCURACY_CONTESTED, **telling())
    assert not asked(case)


def test_the_client_reads_nothing_that_was_told_about_them_unasked_or_may_not_be_used() -> None:
    case = given.sanne()
    henk = given.person_called(case, "Henk Mulder")
    case.hear_network_view(henk, "Zij redt het niet.", unasked=True, **telling(by=given.OTHER_WORKER))
    view = case.version
    case.make_agreement("Wordt betwist.", "Thomas", **deciding())
    case.restrict_entry(view + 1, WhyRestricted.ACCURACY_CONTESTED, **telling())
    assert not {view, view + 1} & {entry.number for entry in readable(case.entries, TODAY)}


def test_an_answered_question_can_be_opened_again_and_an_ended_one_not() -> None:
    case = given.with_support()
    support = given.the(case.plan.supports)
    assert question_on(case.entries, TODAY, support)
    case.end_support(support, "Het lukt alleen.", **deciding())
    assert question_on(case.entries, TODAY, support) is None
    assert question_on(case.entries, TODAY, 1) is None


def test_who_speaks_for_somebody_who_decides_alone_is_asked_what_the_client_is_asked() -> None:
    case = given.sanne()
    rita = given.a_representative(case)
    assert not asked(case, rita)
    propose(case)
    assert [question.said for question in asked(case, rita)] == [()]


def test_a_parent_is_asked_too_where_the_yes_of_the_child_is_not_enough() -> None:
    case = given.with_offer()
    rita = a_child(case)
    support = given.the(case.plan.supports)
    case.take_stance(support, given.yes(), **telling())
    assert not asked(case)
    assert [question.subject for question in asked(case, rita)][-1] == support


def test_a_refusal_stays_with_its_words() -> None:
    ((_, support, no),) = page(given.karim()).refused
    assert (no.words, support.refused) == ("Vorige keer stond er elke week iemand anders.", no)


def test_goals_carry_what_each_said_never_merged() -> None:
    case = given.sanne()
    rita = given.a_representative(case)
    goal = given.the(case.plan.goals)
    case.take_stance(goal, given.no(person=rita), **telling())
    (card,) = page(case).goals
    assert [(said.person, said.position.say.agrees) for said in card.said] == [(None, True), (rita, False)]
    assert card.own_idea


def test_who_is_new_and_who_left_is_told_for_four_weeks() -> None:
    case = given.sanne()
    since = given.clock_of(case).to(TODAY - LATELY)
    rosa = case.join_person(name="Rosa", kind=PersonKind.WORKER, **telling(since))
    given.clock_of(case).to(TODAY)
    assert [one.person.name for one in page(case).people if one.new] == ["Rosa"]
    assert not [one for one in MyPage(case.entries, TODAY + timedelta(1)).people if one.new]
    case.leave_person(rosa, "Andere baan.", **telling())
    assert [person.name for person in page(case).left] == ["Rosa"]
    assert not MyPage(case.entries, TODAY + LATELY + timedelta(1)).left


def test_whoever_leads_is_the_one_to_turn_to() -> None:
    lead = page(given.sanne()).lead
    assert lead
    assert lead.name == "Fatima de Wit"
    assert page(given.an_opened_case()).lead is None


def test_a_look_in_an_emergency_is_told_for_three_months() -> None:
    case = given.sanne()
    case.use_emergency_access("Dringend.", **telling(by=given.OTHER_WORKER))
    assert [entry.reason for entry in page(case).emergencies] == ["Dringend."]
    assert not MyPage(case.entries, TODAY + TOLD + timedelta(1)).emergencies


def test_the_case_is_that_of_the_client_and_of_who_was_named_to_speak_for_them() -> None:
    case = given.sanne()
    rita = given.a_representative(case)
    told = Told(case.id, case.entries, case.entries, len(case.entries))
    (row,) = rows(told)
    assert row.own_users == [case.client_id]
    case.name_representative(rita, LegalKind.MENTOR, Scope.CARE, **telling())
    (row,) = rows(Told(case.id, case.entries, case.entries, len(case.entries)))
    assert set(row.own_users) == {case.client_id, rita}
    case.end_representation(rita, "Zij stopt.", **telling())
    (row,) = rows(Told(case.id, case.entries, case.entries, len(case.entries)))
    assert row.own_users == [case.client_id]


def test_all_cases_of_one_client_are_found_and_no_other(casework: object, follow: Follow, db: Db) -> None:
    first, second = given.sanne(), given.with_goal()
    other = given.an_opened_case(client_id=UUID(int=0x07E5))
    kept(casework, first, second, other)  # type: ignore[arg-type]
    follow()
    assert set(own_cases(db, first.client_id)) == {first.id, second.id}
    assert own_cases(db, UUID(int=0x07E5)) == [other.id]
    assert own_cases(db, UUID(int=0xBEEF)) == []
