"""What is asked of the record, and what keeps it from being destroyed: also when the case is closed."""

from __future__ import annotations

from datetime import date

import pytest

from domain import errors
from domain.case import Case
from domain.correcting import facts_of
from domain.kinds import RequestAnswerKind, RequestKind, Voice
from domain.plan import read
from domain.rights import RequestAnswered
from domain.say import Stance
from tests import given
from tests.given import deciding, telling

ASKED, ANSWERED = date(2026, 9, 1), date(2026, 9, 20)
GRANTED, REFUSED = RequestAnswerKind.GRANTED, RequestAnswerKind.REFUSED


def asked() -> tuple[Case, int]:
    """Bram, whose case is closed, asks for a copy."""
    case = given.bram()
    return case, case.receive_request(
        RequestKind.COPY, Voice.CLIENT, "Ik wil alles op papier.", **telling(ASKED)
    )


def test_a_closed_case_takes_a_request_in_the_words_it_was_asked_in() -> None:
    case, number = asked()
    request = case.plan.requests[number]
    assert (request.since, request.kind, request.asked_by) == (ASKED, RequestKind.COPY, Voice.CLIENT)
    assert request.words == "Ik wil alles op papier."
    assert request.open
    assert read(case.entries, on=date(2026, 8, 31)).requests == {}


def test_a_request_is_asked_in_words() -> None:
    with pytest.raises(errors.Empty) as refused:
        given.sanne().receive_request(RequestKind.COPY, Voice.CLIENT, "", **telling())
    assert refused.value.field == "words"


def test_a_request_is_answered_once_with_what_the_client_said_of_it() -> None:
    case, number = asked()
    case.answer_request(number, GRANTED, **deciding(ANSWERED, given.yes("Dank u.")))
    (answer,) = case.plan.requests[number].answers
    assert (answer.on, answer.answer) == (ANSWERED, GRANTED)
    assert case.plan.stances_on(number).of()[0].say.stance is Stance.AGREES
    assert read(case.entries, on=ASKED).requests[number].open
    with pytest.raises(errors.AlreadyAnswered) as refused:
        case.answer_request(number, GRANTED, **deciding(ASKED))  # also on a day before the answer
    assert refused.value.field == "request"


def test_an_answer_that_counts_from_later_is_an_answer_too() -> None:
    case, number = asked()
    case.answer_request(number, GRANTED, from_on=date(2026, 12, 1), **deciding(ANSWERED))
    with pytest.raises(errors.AlreadyAnswered):
        case.answer_request(number, GRANTED, **deciding())


@pytest.mark.parametrize("answer", [RequestAnswerKind.PARTLY, REFUSED])
def test_what_is_not_granted_has_a_ground(answer: RequestAnswerKind) -> None:
    case, number = asked()
    with pytest.raises(errors.Empty) as refused:
        case.answer_request(number, answer, " ", **deciding(ANSWERED))
    assert refused.value.field == "ground"
    case.answer_request(number, answer, "Wettelijke bewaarplicht.", **deciding(ANSWERED))
    assert case.plan.requests[number].answers[0].ground == "Wettelijke bewaarplicht."


def test_a_request_is_not_answered_before_it_was_there() -> None:
    case, number = asked()
    with pytest.raises(errors.NotThereYet) as refused:
        case.answer_request(number, GRANTED, **deciding(date(2026, 8, 31)))
    assert refused.value.facts == {"first": ASKED}
    with pytest.raises(errors.NotInThePlan):
        case.answer_request(99, GRANTED, **deciding())


def test_an_answer_is_not_corrected_into_another() -> None:
    assert "answer" not in facts_of(RequestAnswered)


def test_a_hold_stands_until_it_is_lifted_also_after_closing() -> None:
    case = given.bram()
    hold = case.place_hold("Er loopt een klacht.", **telling(ASKED))
    assert case.plan.holds[hold].lifted_on is None
    case.lift_hold(hold, **telling(ANSWERED))
    assert case.plan.holds[hold].lifted_on == ANSWERED
    assert read(case.entries, on=ASKED).holds[hold].lifted_on is None
    assert read(case.entries, on=date(2026, 8, 31)).holds == {}


def test_a_hold_has_a_ground() -> None:
    with pytest.raises(errors.Empty) as refused:
        given.sanne().place_hold("", **telling())
    assert refused.value.field == "ground"


def test_a_hold_is_lifted_once_and_not_before_it_was_placed() -> None:
    case = given.sanne()
    hold = case.place_hold("Er loopt een klacht.", **telling(ASKED))
    with pytest.raises(errors.NotThereYet):
        case.lift_hold(hold, **telling(date(2026, 8, 31)))
    case.lift_hold(hold, **telling(ANSWERED))
    with pytest.raises(errors.AlreadyLifted) as refused:
        case.lift_hold(hold, **telling(ASKED))
    assert refused.value.facts == {"lifted": ANSWERED}
