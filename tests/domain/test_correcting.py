"""A correction puts a fact right. It never moves what somebody said, nor opens what was hidden."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Any, get_args
from uuid import UUID, uuid4

import pytest

from domain import errors
from domain.case import Case
from domain.correcting import LINKS, facts_of
from domain.entry import Decision, Entry
from domain.kinds import Asks, DocumentKind, LegalBasis, LegalKind, Scope, SupportKind, Voice, WhyWithdrawn
from domain.say import Say, Words
from tests import given
from tests.domain.anything import KINDS
from tests.given import deciding, telling, the

CLIENTS_NO, WRONG = date(2026, 1, 28), WhyWithdrawn.WRONG_CLIENT

ANOTHER = str(UUID(int=0xA0))


def correct(case: Case, topic: str, field: str, now: str, **how: Any) -> None:
    """The last entry of this topic."""
    number = next(e.number for e in reversed(case.entries) if topic == e.TOPIC)
    case.correct_entry(number, field, now, "Tikfout", **how or telling())


# What is a fact.
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.TOPIC)
def test_what_an_entry_is_about_and_what_somebody_said_is_no_fact_of_any_kind(kind: type[Entry]) -> None:
    names = {field.name for field in fields(kind)}
    assert set(kind.FACTS) <= names - {kind.SUBJECT, kind.NAMES[0], "say", "initiative", "user"}
    for name, hint in facts_of(kind).items():
        assert hint != Words
        assert {Voice, Say, Asks}.isdisjoint((hint, *get_args(hint)))
        of_a_noun = UUID in (hint, *get_args(hint), *(part for of in get_args(hint) for part in get_args(of)))
        assert not of_a_noun or not issubclass(kind, Decision)
        assert not of_a_noun or name in {*LINKS, "subject"}


def test_a_new_kind_names_its_facts_or_has_none_but_its_days() -> None:
    class Anything(Decision):
        how_sure: str

    assert set(facts_of(Anything)) == {"happened_on", "from_on"}


@pytest.mark.parametrize(
    ("topic", "field", "now"),
    [
        ("stance_taken", "subject", ANOTHER),
        ("support_accepted", "support_id", ANOTHER),
        ("proposal_made", "subject", "null"),
        ("capacity_judged", "subject", ANOTHER),
        ("agreement_made", "support_id", ANOTHER),
        ("person_joined", "user", ANOTHER),
        ("entry_withdrawn", "reason", "in_error"),
    ],
)
def test_what_would_move_a_yes_a_question_or_a_key_is_written_down_again(
    topic: str, field: str, now: str
) -> None:
    case = given.sanne()
    goal = the(case.plan.goals)
    case.take_stance(goal, given.no(), **telling())
    case.make_proposal(subject=goal, then="Eén keer", proposed_by=Voice.WORKER, asks=Asks.CLIENT, **telling())
    case.judge_capacity("Geld", able=False, judged_by="Arts", ground="Gesprek", **telling())
    case.withdraw_entry(2, WRONG, **telling())
    with pytest.raises(errors.NotAFact):
        correct(case, topic, field, now)


# Whose it is.
@pytest.mark.parametrize("field", ["happened_on", "subject"])
def test_what_the_client_entered_only_the_client_puts_right(field: str) -> None:
    case = given.lena()
    with pytest.raises(errors.NotYours):
        correct(case, "stance_taken", field, "2026-01-27")
    correct(case, "stance_taken", "happened_on", "2026-01-27", **telling(by=given.CLIENT))
    with pytest.raises(errors.NotYours):  # nor is that taken back for them
        case.withdraw_entry(case.version, WhyWithdrawn.IN_ERROR, **telling())


# Where somebody stands.
def test_no_other_day_puts_a_no_before_the_yes_that_it_followed() -> None:
    case = given.with_goal()
    goal = the(case.plan.goals)
    case.take_stance(goal, given.yes(), **telling(CLIENTS_NO))
    case.take_stance(goal, given.no(), **telling(date(2026, 2, 4)))
    with pytest.raises(errors.StandsElsewhere):
        correct(case, "stance_taken", "happened_on", "2026-01-27")
    correct(case, "stance_taken", "happened_on", "2026-01-29")
    assert not case.plan.stances_on(goal).of()[0].agrees


def test_no_day_corrected_twice_puts_a_no_before_the_yes_either() -> None:
    case = given.with_goal()
    goal = the(case.plan.goals)
    case.take_stance(goal, given.yes(), **telling(CLIENTS_NO))
    case.take_stance(goal, given.no(), **telling(date(2026, 2, 4)))
    correct(case, "stance_taken", "happened_on", "2026-01-29")
    with pytest.raises(errors.StandsElsewhere):
        correct(case, "stance_taken", "happened_on", "2026-01-27")


def test_no_other_amount_makes_a_yes_one_about_the_text_before() -> None:
    case = given.with_offer()
    support = the(case.plan.supports)
    case.accept_support(support, **deciding(date(2026, 2, 4)))
    case.start_support(support, **deciding(date(2026, 2, 9), given.not_asked()))
    with pytest.raises(errors.StandsElsewhere):
        correct(case, "support_started", "amount", '{"number":"9","unit":"hours","per":"week"}')


def test_no_other_day_of_a_judgement_makes_somebody_elses_yes_count() -> None:
    case = given.with_goal()
    rita, goal, spring = given.a_representative(case), the(case.plan.goals), date(2026, 3, 2)
    case.name_representative(rita, LegalKind.CURATOR, Scope.ALL, **telling(date(2026, 1, 20)))
    how = deciding(spring, given.no()) | {"representative_say": given.yes(person=rita)}
    case.agree_goal(goal, **how)
    case.judge_capacity("Eten", able=False, judged_by="Arts", ground="x", subject=goal, **telling())
    with pytest.raises(errors.StandsElsewhere):
        correct(case, "capacity_judged", "happened_on", "2026-02-02")
    correct(case, "capacity_judged", "happened_on", "2026-11-02")


# The rules of the command.
@pytest.mark.parametrize("field", ["goal_id", "wish_id", "need_id"])
def test_what_an_offer_serves_is_in_the_plan_on_its_day(field: str) -> None:
    case = given.sanne()
    with pytest.raises(errors.NotInThePlan):
        correct(case, "support_offered", field, str(uuid4()))
    later = case.propose_goal(words="Zwemmen", words_of=Voice.CLIENT, proposed_by=Voice.CLIENT, **telling())
    with pytest.raises(errors.NotThereYet):
        correct(case, "support_offered", "goal_id", str(later))


def test_what_a_document_is_about_is_there() -> None:
    case = given.sanne()
    case.add_document("Brief", DocumentKind.LETTER, b"...", **telling())
    with pytest.raises(errors.NotInThePlan):
        correct(case, "document_added", "subject", str(uuid4()))
    correct(case, "document_added", "subject", str(the(case.plan.goals)))


def test_what_is_always_filled_in_is_not_corrected_to_nothing() -> None:
    case = given.sanne()
    for topic, field in (("client_described", "name"), ("support_offered", "provider")):
        with pytest.raises(errors.Empty) as refused:
            correct(case, topic, field, " ")
        assert refused.value.field == "now"
    correct(case, "client_described", "case_number", "")


def test_nobody_is_corrected_to_be_born_after_today() -> None:
    with pytest.raises(errors.NotBornYet):
        correct(given.sanne(), "client_described", "birth_date", "2090-01-01")


def test_a_case_opens_with_a_question_and_nobody_speaks_for_the_client_yet() -> None:
    facts: dict[str, Any] = {"legal_basis": LegalBasis.WMO, "clock": given.a_clock(), **deciding()}
    with pytest.raises(errors.Empty):
        Case.open(uuid4(), question=" ", **facts)
    with pytest.raises(errors.NotTheRepresentative):
        Case.open(uuid4(), question="x", representative_say=given.yes(person=uuid4()), **facts)


# What was written in the wrong case.
def test_what_was_written_in_the_wrong_case_stays_hidden() -> None:
    case = given.with_goal()
    case.make_observation("Van een ander.", **telling())
    case.withdraw_entry(case.version, WRONG, **telling())
    with pytest.raises(errors.StaysHidden):
        case.withdraw_entry(case.version, WhyWithdrawn.IN_ERROR, **telling(by=given.MANAGER))


def test_a_fact_that_stands_by_itself_is_put_right() -> None:
    case = given.with_offer()
    correct(case, "support_offered", "kind", "household")
    assert case.plan.supports[the(case.plan.supports)].kind is SupportKind.HOUSEHOLD
