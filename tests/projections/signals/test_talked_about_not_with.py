"""A conversation without the client, and what was decided in it."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from domain.case import Case
from domain.days import Precision
from domain.kinds import ConversationKind, PartyKind
from projections.signals.signal import Weight
from projections.signals.state import State
from projections.signals.talked_about_not_with import BOTH, ONLY_DECIDED
from tests import given
from tests.given import clock_of, deciding, telling
from tests.projections.signals.observing import look, state_of

NAME = "talked_about_not_with"
DAY = date(2026, 3, 2)
TALK = UUID(int=0x7A)


def talk(
    case: Case,
    *,
    with_client: bool,
    day: date = DAY,
    talk_id: UUID | None = None,
    precision: Precision = Precision.DAY,
) -> None:
    case.hold_conversation(
        kind=ConversationKind.TEAM,
        client_present=with_client,
        why_absent="" if with_client else "Overleg van het team.",
        conversation_id=talk_id,
        precision=precision,
        **telling(clock_of(case).to(day)),
    )


def talks(apart: int, together: int) -> Case:
    """Conversations on 2 March, those without the client first: entry 2 and on."""
    case = given.an_opened_case()
    for number in range(apart + together):
        talk(case, with_client=number >= apart)
    return case


def decide(case: Case, talk_id: UUID | None = TALK, day: date = DAY) -> None:
    case.join_party(
        f"Partij {case.version}", PartyKind.FORMAL, "Helpen.", conversation_id=talk_id, **deciding(day)
    )


def test_more_than_a_quarter_of_the_conversations_without_the_client_is_noticed() -> None:
    found = look(NAME, talks(apart=2, together=5), DAY)
    assert found
    assert (found.since, found.evidence) == (DAY, (2, 3))
    assert found.facts == {"decisions": 0, "talks": 7, "apart": 2, "days": 91}
    assert (found.says, found.weight) == ("", None)


def test_a_quarter_is_not_more_than_a_quarter() -> None:
    assert look(NAME, talks(apart=1, together=3), DAY) is None
    assert look(NAME, talks(apart=1, together=3), DAY, {"percent": 24})
    assert look(NAME, talks(apart=2, together=5), DAY, {"percent": 29}) is None


def test_only_the_last_quarter_of_a_year_counts() -> None:
    case = talks(apart=1, together=0)
    assert look(NAME, case, DAY + timedelta(days=90))
    assert look(NAME, case, DAY + timedelta(days=91)) is None
    assert look(NAME, case, DAY + timedelta(days=90), {"days": 90}) is None


def test_a_conversation_of_which_the_day_is_not_known_is_not_counted() -> None:
    case = given.an_opened_case()
    talk(case, with_client=False, precision=Precision.MONTH)
    assert look(NAME, case, DAY) is None


def test_a_decision_in_it_is_for_now_also_long_after() -> None:
    case = given.an_opened_case()
    talk(case, with_client=False, talk_id=TALK)
    decide(case)
    found = look(NAME, case)
    assert found
    assert (found.since, found.evidence) == (DAY, (3,))
    assert (found.says, found.weight, found.facts["decisions"]) == (ONLY_DECIDED, Weight.NOW, 1)
    soon = look(NAME, case, DAY)
    assert soon
    assert (soon.says, soon.evidence) == (BOTH, (2, 3))


def test_what_was_decided_with_the_client_there_is_silent() -> None:
    case = given.an_opened_case()
    talk(case, with_client=True, talk_id=TALK)
    decide(case)
    assert look(NAME, case) is None
    assert look(NAME, case, DAY) is None


def test_what_was_decided_in_another_conversation_or_in_none_is_silent() -> None:
    case = given.an_opened_case()
    talk(case, with_client=False)
    talk(case, with_client=False, talk_id=TALK)
    decide(case, talk_id=UUID(int=0x7B))
    decide(case, talk_id=None)
    assert look(NAME, case) is None


def test_a_client_who_came_in_later_was_there() -> None:
    case = given.an_opened_case()
    talk(case, with_client=False, talk_id=TALK)
    talk(case, with_client=True, talk_id=TALK)
    decide(case)
    assert look(NAME, case) is None


def test_who_came_back_to_the_decision_with_the_client_answered_it() -> None:
    case = given.an_opened_case()
    talk(case, with_client=False, talk_id=TALK)
    decide(case)
    case.take_action("Verteld wat er is besloten.", about=3, **telling(clock_of(case).to(DAY)))
    assert look(NAME, case) is None


def test_handled_it_comes_back_on_the_next_decision_only() -> None:
    case = given.an_opened_case()
    talk(case, with_client=False, talk_id=TALK)
    decide(case)
    clock_of(case).to(given.TODAY)
    case.handle_signal(NAME, (3,), "Alsnog besproken.", **telling())
    handled = state_of(NAME, case)
    assert handled
    assert handled.state is State.HANDLED
    decide(case)
    again = state_of(NAME, case)
    assert again
    assert (again.state, again.noticed.evidence) == (State.NEW, (3, 5))
