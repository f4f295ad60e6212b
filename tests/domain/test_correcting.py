"""A correction puts a fact right. It never moves what somebody said, nor opens what was hidden."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Any, get_args
from uuid import UUID, uuid4

import pytest

from domain import errors
from domain.case import Case
from domain.correcting import facts_of
from domain.entry import Decision, Entry
from domain.facts import LINKS
from domain.imported import StateImported
from domain.kinds import (
    Asks,
    ComplaintLaw,
    DocumentKind,
    LegalBasis,
    LegalKind,
    Noun,
    Scope,
    SupportKind,
    Voice,
    WhyRefused,
    WhyWithdrawn,
)
from domain.representation import RepresentativeNamed
from domain.say import Say, Words
from tests import given
from tests.domain.anything import KINDS
from tests.given import deciding, telling, the

CLIENTS_NO, SPRING, WRONG = date(2026, 1, 28), date(2026, 3, 2), WhyWithdrawn.WRONG_CLIENT

ANOTHER = str(UUID(int=0xA0))


def correct(case: Case, topic: str, field: str, now: str, **how: Any) -> None:
    """The last entry of this topic."""
    number = next(e.number for e in reversed(case.entries) if topic == e.TOPIC)
    case.correct_entry(number, field, now, "Tikfout", **how or telling())


def an_amount(number: str) -> str:
    """So many hours a week, as it is typed."""
    return f'{{"number":"{number}","unit":"hours","per":"week"}}'


def with_a_mentor() -> tuple[Case, int]:
    """Somebody speaks for Sanne about care, from 2 March on; with the number of that entry."""
    case = given.sanne()
    rita = given.a_representative(case)
    case.name_representative(rita, LegalKind.MENTOR, Scope.CARE, **telling(SPRING))
    return case, case.version


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


# The rule of its kind.
def test_less_help_is_not_corrected_to_more() -> None:
    case = given.sanne()
    with pytest.raises(errors.NotLess) as refused:
        correct(case, "support_scaled_down", "to", an_amount("9"))
    assert refused.value.field == "now"
    correct(case, "support_scaled_down", "to", an_amount("1"))


def test_more_help_is_not_corrected_to_less() -> None:
    case = given.with_support()
    case.scale_up_support(the(case.plan.supports), given.hours_a_week("6"), "Ze vroeg erom.", **deciding())
    with pytest.raises(errors.NotMore):
        correct(case, "support_scaled_up", "to", an_amount("3"))
    correct(case, "support_scaled_up", "to", an_amount("7"))


def test_a_rule_is_asked_of_the_plan_before_the_entry_also_on_a_day_with_more_of_them() -> None:
    case = given.with_support()
    support = the(case.plan.supports)
    for hours in ("3", "2"):
        case.scale_down_support(support, given.hours_a_week(hours), "Gaat goed.", "Bellen.", **deciding())
    with pytest.raises(errors.NotLess):
        case.correct_entry(case.version - 1, "to", an_amount("9"), "Tikfout", **telling())
    case.correct_entry(case.version - 1, "to", an_amount("3.5"), "Tikfout", **telling())
    assert [measure.amount for measure in case.plan.supports[support].measures][1:] == [
        given.hours_a_week("3.5"),
        given.hours_a_week("2"),
    ]


def test_a_correction_leaves_what_came_after_it_as_it_could_be() -> None:
    case = given.with_support()
    support = the(case.plan.supports)
    for hours in ("3", "2"):
        case.scale_down_support(support, given.hours_a_week(hours), "Gaat goed.", "Bellen.", **deciding())
    last = case.version
    with pytest.raises(errors.WouldNotHold) as refused:
        case.correct_entry(last - 1, "to", an_amount("1.5"), "Tikfout", **telling())
    assert refused.value.facts == {"entry": last}


def test_nobody_is_corrected_to_speak_about_what_is_not_theirs() -> None:
    case, _ = with_a_mentor()
    with pytest.raises(errors.OtherScope):
        correct(case, "representative_named", "scope", "money")
    with pytest.raises(errors.OtherScope):
        correct(case, "representative_named", "legal_kind", "curator")
    correct(case, "representative_named", "scope", "residence")


def test_who_speaks_for_the_client_is_not_corrected_to_somebody_who_works_here() -> None:
    case, named = with_a_mentor()
    with pytest.raises(errors.WouldNotHold) as refused:
        correct(case, "person_joined", "kind", "worker")
    assert refused.value.facts == {"entry": named}
    case.withdraw_entry(named, WhyWithdrawn.IN_ERROR, **telling())
    correct(case, "person_joined", "kind", "worker")


def test_nothing_is_corrected_to_end_before_it_began() -> None:
    case, _ = with_a_mentor()
    henk, support = given.person_called(case, "Henk Mulder"), the(case.plan.supports)
    case.agree_role(henk, "Bellen", **telling(SPRING))
    case.agree_tryout("Naar de markt.", given.TODAY, **deciding(SPRING))
    case.make_agreement("Bellen", "Henk", **deciding(SPRING))
    case.pause_support(support, "Vakantie", **deciding(SPRING))
    for topic in ("representative_named", "role_agreed", "tryout_agreed", "agreement_made", "support_paused"):
        with pytest.raises(errors.EndsTooSoon) as refused:
            correct(case, topic, "until", "2026-03-01")
        assert refused.value.field == "now"
        correct(case, topic, "until", "2026-03-02")


def test_a_day_of_a_term_is_not_corrected_to_one_that_is_over() -> None:
    case = given.sanne()
    case.plan_evaluation(given.TODAY, **telling(SPRING))
    case.postpone_evaluation(case.version, date(2026, 12, 1), "Ziek.", **telling(date(2026, 3, 4)))
    case.weigh_risk("Vallen", "Alleen douchen", given.TODAY, **deciding(SPRING))
    case.voice_complaint("Te laat.", ComplaintLaw.WKKGZ, **telling(SPRING))
    case.answer_complaint(case.version, "Nog niet.", given.TODAY, **telling(SPRING))
    case.postpone_signal("many_faces", (1,), given.TODAY, "Vakantie.", **telling(SPRING))
    for topic, field, refusal in (
        ("evaluation_planned", "on", errors.PlannedInThePast),
        ("evaluation_postponed", "to", errors.PlannedInThePast),
        ("risk_weighed", "review_on", errors.NotLater),
        ("complaint_answered", "extended_until", errors.NotAhead),
        ("signal_postponed", "until", errors.NotAhead),
    ):
        with pytest.raises(refusal):
            correct(case, topic, field, "2026-03-01")
        correct(case, topic, field, "2026-11-24")
    with pytest.raises(errors.NotWrittenYet):
        correct(case, "complaint_voiced", "in_writing_on", "2026-11-23")


def test_an_offer_is_not_corrected_into_what_the_client_said_no_to() -> None:
    case = given.with_offer()
    (key, offer), day = next(iter(case.plan.supports.items())), date(2026, 2, 4)
    case.refuse_support(key, WhyRefused.OTHER, **deciding(day, given.no()))
    facts: dict[str, Any] = {"what": "Poetsen", "kind": SupportKind.HOUSEHOLD, "provider": offer.provider}
    case.offer_support(**facts, goal_id=offer.goal_id, **telling(day))
    with pytest.raises(errors.StillQuiet):
        correct(case, "support_offered", "kind", offer.kind.value)


def test_what_was_stated_elsewhere_is_put_right_though_it_never_kept_our_rules() -> None:
    case, elsewhere = given.an_opened_case(), telling() | {"source": given.ELSEWHERE}
    facts = {"person": given.a_representative(case), "legal_kind": LegalKind.MENTOR, "scope": Scope.MONEY}
    case.record(RepresentativeNamed, **facts, **elsewhere)
    correct(case, "representative_named", "until", "2027-01-01")
    imported = {"noun": Noun.SUPPORT, "id": uuid4(), "words": "Hulp", "said": "ended", "state": "ended"}
    case.record(StateImported, since=date(2024, 1, 1), **imported, **elsewhere)
    correct(case, "state_imported", "until", "2025-01-01")
    with pytest.raises(errors.EndsTooSoon):
        correct(case, "state_imported", "until", "2023-01-01")


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
