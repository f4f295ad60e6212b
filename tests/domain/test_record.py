"""Nothing is erased: an entry is withdrawn, corrected, read back, or answered with a statement."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from domain import errors
from domain.case import Case
from domain.correcting import facts_of
from domain.days import Precision
from domain.entry import Entry
from domain.imported import StateImported
from domain.kinds import DocumentKind, GoalStatus, Matter, Noun, SupportStatus, Voice, WhyWithdrawn, WishForm
from domain.plan import read, standing
from domain.say import Means, Stance
from tests import given
from tests.domain.anything import KINDS
from tests.given import clock_of, deciding, telling, the

ERROR = WhyWithdrawn.IN_ERROR


def of(case: Case, topic: str) -> int:
    """The number of the first entry of this topic."""
    return next(entry.number for entry in case.entries if topic == entry.TOPIC)


def correct(case: Case, topic: str, field: str, now: str) -> None:
    case.correct_entry(of(case, topic), field, now, "Tikfout", **telling())


def matters(case: Case) -> list[str]:
    return [matter.words for matter in case.plan.matters]


# Withdrawing.
def test_a_withdrawn_entry_is_out_of_the_plan_and_stays_in_the_history() -> None:
    case = given.sanne()
    number, before = of(case, "what_matters_said"), case.version
    case.withdraw_entry(number, ERROR, **telling())
    assert matters(case) == []
    assert case.entries[number - 1].TOPIC == "what_matters_said"
    assert matters_on(case, clock_of(case).moment - timedelta(days=1), before) == ["Niet gehaast worden."]


def matters_on(case: Case, known: datetime, entries: int) -> list[str]:
    assert case.version > entries
    return [matter.words for matter in read(case.entries, known=known).matters]


def test_a_withdrawn_withdrawal_gives_the_entry_back() -> None:
    case = given.sanne()
    case.withdraw_entry(of(case, "what_matters_said"), ERROR, **telling())
    case.withdraw_entry(case.version, ERROR, **telling())
    assert matters(case) == ["Niet gehaast worden."]


def test_what_is_gone_is_not_withdrawn_corrected_or_read_back_again() -> None:
    case = given.sanne()
    number = of(case, "what_matters_said")
    case.withdraw_entry(number, ERROR, **telling())
    tries: list[Callable[[], object]] = [
        lambda: case.withdraw_entry(number, ERROR, **telling()),
        lambda: case.correct_entry(number, "subject", "life", "x", **telling()),
        lambda: case.read_back(number, right=True, **telling()),
        lambda: case.withdraw_entry(99, ERROR, **telling()),
        lambda: case.withdraw_entry(1, ERROR, **telling()),  # without its opening there is no case
    ]
    for again in tries:
        with pytest.raises(errors.NoSuchEntry):
            again()


def test_what_the_client_entered_only_the_client_withdraws() -> None:
    case = given.sanne()
    case.voice_wish("Een hond.", WishForm.SAID, Voice.CLIENT, **telling(by=given.CLIENT))
    number = case.version
    with pytest.raises(errors.NotYours):
        case.withdraw_entry(number, ERROR, **telling(by=given.MANAGER))
    case.withdraw_entry(number, ERROR, **telling(by=given.CLIENT))
    with pytest.raises(errors.NotYours):  # giving it back is theirs as well
        case.withdraw_entry(case.version, ERROR, **telling())


def test_a_goal_withdrawn_after_it_was_agreed_leaves_loose_ends_and_every_stance() -> None:
    case = given.with_offer()
    goal = the(case.plan.goals)
    case.withdraw_entry(of(case, "goal_proposed"), ERROR, **telling())
    assert [(end.entry, end.noun, end.id) for end in case.plan.loose] == [(3, "goal", goal)]
    assert case.plan.stances_on(goal).of()[0].agrees


def test_only_the_withdrawn_entry_stands_no_longer_and_only_from_when_that_was_known() -> None:
    case = given.sanne()
    number, before = of(case, "strength_named"), list(case.entries)
    case.withdraw_entry(number, WhyWithdrawn.WRONG_CLIENT, **telling())
    assert [e for e in case.entries if e not in standing(case.entries)] == [case.entries[number - 1]]
    assert standing(case.entries, known=given.TODAY - timedelta(days=1)) == before


# Correcting.
def test_a_correction_puts_a_fact_right_and_keeps_what_stood_there() -> None:
    case = given.sanne()
    correct(case, "client_described", "birth_date", "1987-04-13")
    assert case.plan.client.birth_date == date(1987, 4, 13)
    assert (getattr(case.entries[-1], "was"), getattr(case.entries[-1], "now")) == (  # noqa: B009
        '"1987-04-03"',
        '"1987-04-13"',
    )
    assert read(case.entries, known=date(2026, 11, 21)).client.birth_date == date(1987, 4, 3)


def test_a_correction_counts_from_when_it_was_known_on_every_day() -> None:
    case = given.sanne()
    correct(case, "client_described", "called", "San")
    assert read(case.entries, on=given.OPENING).client.called == "San"


def test_the_last_correction_of_a_fact_holds_and_a_withdrawn_one_does_not() -> None:
    case = given.sanne()
    correct(case, "client_described", "called", "San")
    correct(case, "client_described", "called", "Sannie")
    assert case.plan.client.called == "Sannie"
    case.withdraw_entry(case.version, ERROR, **telling())
    assert case.plan.client.called == "San"
    correct(case, "client_described", "called", "Sannie")
    assert getattr(case.entries[-1], "was") == '"San"'  # noqa: B009


def test_a_correction_is_not_corrected_but_made_again_or_withdrawn() -> None:
    case = given.sanne()
    correct(case, "client_described", "called", "San")
    for field in ("entry", "field", "was", "now"):
        with pytest.raises(errors.NotAFact):
            correct(case, "entry_corrected", field, "x")


def test_the_same_fact_is_no_correction() -> None:
    with pytest.raises(errors.NothingChanged):
        correct(given.sanne(), "client_described", "called", "Sanne")


def test_a_correction_has_a_reason() -> None:
    case = given.sanne()
    with pytest.raises(errors.Empty):
        case.correct_entry(of(case, "client_described"), "called", "San", "", **telling())


@pytest.mark.parametrize(("field", "now"), [("birth_date", "vroeger"), ("address", "gij")])
def test_what_cannot_be_read_as_that_fact_is_refused(field: str, now: str) -> None:
    with pytest.raises(errors.CannotBeRead):
        correct(given.sanne(), "client_described", field, now)


@pytest.mark.parametrize(
    ("topic", "field"),
    [
        ("wish_voiced", "words"),
        ("wish_voiced", "wish_id"),
        ("goal_agreed", "say"),
        ("goal_agreed", "initiative"),
        ("goal_proposed", "proposed_by"),
        ("case_opened", "client_id"),
        ("case_opened", "originator_topic"),
        ("case_opened", "by"),
        ("case_opened", "nothing"),
    ],
)
def test_nobodys_words_stance_or_initiative_is_corrected(topic: str, field: str) -> None:
    with pytest.raises(errors.NotAFact):
        correct(given.sanne(), topic, field, "x")


def test_of_every_kind_only_facts_can_be_corrected() -> None:
    never = {"say", "words", "initiative", "by_whom", "voice", "voiced_by", "answer", "right", "judgement"}
    for kind in KINDS:
        assert not never & facts_of(kind).keys(), kind.__name__
        assert "happened_on" in facts_of(kind), kind.__name__


def test_the_day_of_an_entry_is_corrected_within_the_rules_of_a_day() -> None:
    case = given.sanne()
    correct(case, "strength_named", "happened_on", "2026-01-13")
    assert case.plan.strengths[0].since == date(2026, 1, 13)
    with pytest.raises(errors.NotYet):
        correct(case, "strength_named", "happened_on", "2026-11-23")
    with pytest.raises(errors.BeforeTheOpening):
        correct(case, "strength_named", "happened_on", "2026-01-11")


def test_an_entry_does_not_move_past_the_closing() -> None:
    with pytest.raises(errors.CaseIsClosed):
        correct(given.bram(), "goal_proposed", "happened_on", "2026-06-09")


def test_a_corrected_day_is_known_exactly() -> None:
    case = given.an_opened_case()
    case.say_what_matters("x", Matter.LIFE, precision=Precision.UNKNOWN, **telling())
    correct(case, "what_matters_said", "happened_on", "2026-03-03")
    assert case.plan.matters[0].since == date(2026, 3, 3)


@pytest.mark.parametrize(
    ("topic", "day"),
    [
        ("goal_agreed", "2026-01-18"),
        ("goal_proposed", "2026-01-27"),
    ],  # before it was there; after it was used
)
def test_a_correction_cuts_no_entry_loose(topic: str, day: str) -> None:
    with pytest.raises(errors.WouldComeLoose):
        correct(given.with_offer(), topic, "happened_on", day)


def test_the_opening_is_corrected_but_not_past_what_followed() -> None:
    case = given.with_goal()
    correct(case, "case_opened", "legal_basis", "wlz")
    correct(case, "case_opened", "happened_on", "2026-01-05")
    assert (case.plan.legal_basis, case.plan.opened_on) == ("wlz", date(2026, 1, 5))
    with pytest.raises(errors.BeforeTheOpening):
        correct(case, "case_opened", "happened_on", "2026-01-20")
    with pytest.raises(errors.NotYet):
        correct(case, "case_opened", "happened_on", "2026-11-23")


def test_a_decision_is_not_corrected_to_count_before_it_was_taken() -> None:
    with pytest.raises(errors.CountsTooEarly):
        correct(given.with_offer(), "goal_agreed", "from_on", "2026-01-25")


# Reading back, and statements.
def test_the_client_confirms_their_own_words_in_their_own_session() -> None:
    case = given.karim()
    refused = of(case, "support_refused")
    case.read_back(refused, right=True, **telling(by=given.WORKER))
    assert say_on_support(case).means is Means.SPOKEN
    sheet = case.add_document("Nee", DocumentKind.SIGNED_SHEET, b"...", **telling())
    case.read_back(refused, right=True, signed_sheet=sheet, **telling(by=given.WORKER))
    assert say_on_support(case).means is Means.READ_BACK
    assert [reading.firm for reading in case.plan.readings[refused]] == [False, True]


def test_a_signed_sheet_is_a_document_of_the_case_and_is_signed() -> None:
    case = given.karim()
    refused = of(case, "support_refused")
    with pytest.raises(errors.NotInThePlan):
        case.read_back(refused, right=True, signed_sheet=UUID(int=1), **telling())
    letter = case.add_document("Brief", DocumentKind.LETTER, b"...", **telling())
    with pytest.raises(errors.NotASignedSheet):
        case.read_back(refused, right=True, signed_sheet=letter, **telling())


def say_on_support(case: Case) -> Any:
    return case.plan.stances_on(the(case.plan.supports)).of()[0].say


def test_a_no_that_was_read_back_is_not_washed_out_by_a_weaker_yes_that_followed() -> None:
    case = given.with_goal()
    goal = the(case.plan.goals)
    case.take_stance(goal, given.no(), **telling(date(2026, 2, 1)))
    case.read_back(case.version, right=True, **telling(date(2026, 2, 2), given.CLIENT))
    case.take_stance(goal, given.yes(), **telling(date(2026, 2, 3)))
    assert [p.say.stance for p in case.plan.stances_on(goal).of()] == [Stance.DISAGREES, Stance.AGREES]


def test_not_right_needs_the_new_words_and_is_a_wish_to_talk() -> None:
    case = given.karim()
    refused = of(case, "support_refused")
    with pytest.raises(errors.Empty):
        case.read_back(refused, right=False, **telling())
    case.read_back(refused, right=False, words="Niet de hulp, de tijd.", **telling())
    assert (say_on_support(case).stance, say_on_support(case).words) == (
        Stance.WANTS_TO_TALK,
        "Niet de hulp, de tijd.",
    )


def test_an_entry_is_read_back_on_its_day_or_later_to_somebody_who_is_there() -> None:
    case = given.sanne()
    with pytest.raises(errors.NotThereYet):
        case.read_back(of(case, "goal_agreed"), right=True, **telling(date(2026, 1, 25)))
    with pytest.raises(errors.NotInThePlan):
        case.read_back(of(case, "goal_agreed"), right=True, person=UUID(int=9), **telling())


def test_the_clients_session_confirms_nothing_for_their_representative() -> None:
    case = given.sanne()
    rita = given.a_representative(case)
    case.lay_down_plan(representative_say=given.yes(person=rita), **deciding())
    case.read_back(case.version, right=True, person=rita, **telling(by=given.CLIENT))
    assert case.plan.stances_on(case.id).of(rita)[0].say.means is Means.SPOKEN
    case.read_back(case.version - 1, right=True, person=rita, **telling(by=given.REPRESENTATIVE))
    assert case.plan.stances_on(case.id).of(rita)[0].say.means is Means.READ_BACK


def test_a_statement_stands_beside_an_entry_and_changes_nothing() -> None:
    case = given.sanne()
    before = case.plan
    case.add_statement(2, "Mijn naam spel je anders.", **telling())
    after = case.plan
    assert (after.client, after.goals, after.stances) == (before.client, before.goals, before.stances)
    with pytest.raises(errors.Empty):
        case.add_statement(2, "", **telling())
    with pytest.raises(errors.NoSuchEntry):
        case.add_statement(99, "x", **telling())


# What another system says.
def an_import(case: Case, noun: Noun, state: str) -> UUID:
    key = UUID(int=4)
    facts = {"noun": noun, "id": key, "words": "Zelf wassen", "said": "active", "state": state}
    case.record(StateImported, **facts, **telling(by=given.IMPORT))
    return key


def test_an_imported_state_says_how_it_stands_and_that_nobody_knows_the_say() -> None:
    case = given.an_opened_case()
    key = an_import(case, Noun.GOAL, "in_plan")
    assert (case.plan.goals[key].status, case.plan.goals[key].said_elsewhere) == (
        GoalStatus.IN_PLAN,
        "active",
    )
    assert case.plan.stances_on(key).of()[0].say.stance is Stance.UNKNOWN


def test_a_state_we_do_not_know_is_unknown() -> None:
    case = given.an_opened_case()
    key = an_import(case, Noun.SUPPORT, "somewhere")
    assert case.plan.supports[key].status is SupportStatus.UNKNOWN


def test_an_import_does_not_overwrite_what_the_client_said() -> None:
    case = given.lena()
    goal = the(case.plan.goals)
    facts = {"noun": Noun.GOAL, "id": goal, "words": "x", "said": "active", "state": "in_plan"}
    case.record(StateImported, **facts, **telling(by=given.IMPORT))
    assert case.plan.stances_on(goal).of()[0].say.stance is Stance.DISAGREES


def test_what_amends_points_back_only() -> None:
    case = given.sanne()
    withdraws_itself: dict[str, Any] = {"entry": case.version + 1, "reason": ERROR}
    kind: type[Entry] = next(kind for kind in KINDS if kind.TOPIC == "entry_withdrawn")
    case.record(kind, **withdraws_itself, **telling())
    assert standing(case.entries) == case.entries


def test_a_closed_case_is_still_kept_right() -> None:
    case = given.bram()
    before = case.version
    correct(case, "case_closed", "happened_on", "2026-06-07")
    case.read_back(before, right=True, **telling(by=given.CLIENT))
    case.add_statement(before, "Ik had liever langer hulp.", **telling())
    an_import(case, Noun.GOAL, "reached")
    case.withdraw_entry(case.version, ERROR, **telling())
    assert case.version == before + 5
