"""Somebody comes by, and asks how they are."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from domain.case import Case
from domain.days import Precision
from domain.kinds import ContactKind, ConversationKind
from projections.signals.no_attention import BOTH, ONLY_UNASKED
from projections.signals.state import State
from tests import given
from tests.given import clock_of, deciding, telling
from tests.projections.signals.observing import came, look, state_of

NAME = "no_attention"
DAY = date(2026, 3, 2)
LATE = DAY + timedelta(days=29)
WHO = [UUID(int=7)]


def talk(case: Case, day: date, *, with_client: bool = True, precision: Precision = Precision.DAY) -> None:
    case.hold_conversation(
        kind=ConversationKind.FOLLOW_UP,
        client_present=with_client,
        why_absent="" if with_client else "Was ziek.",
        precision=precision,
        **telling(clock_of(case).to(day)),
    )


def ask(case: Case, day: date) -> None:
    case.ask_wellbeing("Het gaat.", **telling(clock_of(case).to(day)))


def asked() -> Case:
    """On 2 March somebody was there and asked how it goes: entry 2."""
    case = given.an_opened_case()
    ask(case, DAY)
    return case


def test_four_weeks_without_a_contact_are_noticed() -> None:
    case = asked()
    for days in (27, 28):
        assert look(NAME, case, DAY + timedelta(days=days)) is None
    found = look(NAME, case, LATE)
    assert found
    assert (found.since, found.evidence, found.contacts) == (DAY, (2,), ())
    assert (found.says, found.facts) == ("", {"days": 29})


def test_a_conversation_with_the_client_gives_it_time_again() -> None:
    case = asked()
    talk(case, DAY + timedelta(days=14))
    assert look(NAME, case, LATE) is None


def test_a_conversation_without_the_client_does_not() -> None:
    case = asked()
    talk(case, DAY + timedelta(days=14), with_client=False)
    assert look(NAME, case, LATE)


def test_a_note_of_what_was_done_together_with_the_client_does_and_another_note_does_not() -> None:
    for together in (True, False, None):
        case = asked()
        how = telling(clock_of(case).to(DAY + timedelta(days=14)))
        case.take_action("Soep gemaakt.", with_client=together, **how)
        assert (look(NAME, case, LATE) is None) is (together is True)


def test_a_personal_contact_gives_it_time_again_and_shows_itself_when_it_was_the_last() -> None:
    contacts = came((DAY + timedelta(days=14), WHO))
    assert look(NAME, asked(), LATE, contacts=contacts) is None
    found = look(NAME, asked(), LATE + timedelta(days=14), contacts=contacts)
    assert found
    assert (found.since, found.evidence, found.contacts) == (DAY + timedelta(days=14), (), (2,))


def test_a_contact_for_a_task_or_in_a_group_or_still_to_come_does_not() -> None:
    for kind in (ContactKind.TASK, ContactKind.GROUP):
        assert look(NAME, asked(), LATE, contacts=came((DAY + timedelta(days=14), WHO), kind=kind))
    assert look(NAME, asked(), LATE, contacts=came((LATE + timedelta(days=1), WHO)))


def test_not_having_asked_how_they_are_is_noticed_after_a_quarter_of_a_year() -> None:
    case, on = asked(), DAY + timedelta(days=91)
    contacts = came((on, WHO))
    assert look(NAME, case, on, contacts=contacts) is None
    found = look(NAME, case, on + timedelta(days=1), contacts=contacts)
    assert found
    assert (found.says, found.evidence, found.contacts) == (ONLY_UNASKED, (2,), ())
    assert found.facts == {"unasked": 92}


def test_not_wanting_to_say_was_being_asked() -> None:
    case = given.an_opened_case()
    case.ask_wellbeing(did_not_want_to_say=True, **telling(clock_of(case).to(DAY)))
    assert look(NAME, case, DAY + timedelta(days=28)) is None


def test_when_there_was_nothing_at_all_both_count_from_the_opening() -> None:
    found = look(NAME, given.an_opened_case())
    assert found
    assert (found.since, found.evidence, found.says) == (given.OPENING, (1,), BOTH)
    assert found.facts == {"days": 314, "unasked": 314}


def test_an_organisation_may_choose_other_terms() -> None:
    case = asked()
    assert look(NAME, case, DAY + timedelta(days=28), {"days": 27})
    assert look(NAME, case, LATE, {"days": 29}) is None
    assert look(NAME, case, LATE, {"days": 99, "unasked_days": 28})


def test_after_the_case_was_opened_again_the_terms_begin_anew() -> None:
    case = given.bram()
    case.reopen_case("Het lukt toch niet.", **deciding(clock_of(case).to(DAY.replace(month=9))))
    assert look(NAME, case, date(2026, 9, 30)) is None
    assert look(NAME, case, date(2026, 10, 1))


def test_no_term_runs_from_a_day_that_is_not_known() -> None:
    april, today, only = date(2026, 4, 30), date(2026, 7, 1), {"unasked_days": 999}
    case = given.an_opened_case()
    talk(case, april, precision=Precision.MONTH)
    assert look(NAME, case, today, only) is None
    assert look(NAME, case, today, only, came((date(2026, 3, 2), WHO))) is None
    assert look(NAME, case, today, only, came((date(2026, 5, 4), WHO)))


def test_handled_it_comes_back_after_its_own_time() -> None:
    case = asked()
    case.handle_signal(NAME, (2,), "Thomas belt.", **telling(clock_of(case).to(LATE)))
    for days, state in ((27, State.HANDLED), (28, State.NEW)):
        found = state_of(NAME, case, LATE + timedelta(days=days))
        assert found
        assert found.state is state
