"""Complaints stay visible, also after the closing; more time is no answer."""

from __future__ import annotations

from datetime import date

import pytest

from domain import errors
from domain.case import Case
from domain.kinds import ComplaintLaw, Voice
from projections.kind import Kind, kinds_of
from tests import given
from tests.given import telling, the

VOICED, ANSWERED = date(2026, 10, 1), date(2026, 11, 2)
WORDS = "Er kwam drie keer niemand."


def with_a_complaint() -> Case:
    case = given.sanne()
    facts = {"voiced_by": Voice.CLIENT, "in_writing_on": date(2026, 10, 5)}
    case.voice_complaint(WORDS, ComplaintLaw.WKKGZ, **facts, **telling(VOICED))  # type: ignore[arg-type]  # mixed
    return case


def test_a_complaint_is_kept_with_its_law_and_whose_it_is() -> None:
    case = with_a_complaint()
    complaint = case.plan.complaints[the(case.plan.complaints)]
    assert (complaint.words, complaint.law, complaint.voiced_by) == (WORDS, ComplaintLaw.WKKGZ, Voice.CLIENT)
    assert (complaint.since, complaint.in_writing_on) == (VOICED, date(2026, 10, 5))
    assert not case.plan_on(date(2026, 9, 30)).complaints


def test_only_a_complaint_of_the_client_counts_as_the_voice_of_the_client() -> None:
    case = with_a_complaint()
    assert Kind.VOICE in kinds_of(case.entries[-1])
    other = case.voice_complaint(WORDS, ComplaintLaw.OTHER, Voice.NETWORK, **telling())
    assert Kind.VOICE not in kinds_of(case.entries[-1])
    assert case.plan.complaints[other].voiced_by is Voice.NETWORK


def test_a_complaint_has_words_and_was_not_written_in_the_future() -> None:
    case = given.sanne()
    with pytest.raises(errors.Empty):
        case.voice_complaint(" ", ComplaintLaw.WMO, **telling())
    with pytest.raises(errors.NotWrittenYet) as refused:
        case.voice_complaint(WORDS, ComplaintLaw.WMO, in_writing_on=date(2026, 11, 23), **telling())
    assert refused.value.field == "in_writing_on"


def test_more_time_is_no_answer_and_after_the_answer_there_is_no_second() -> None:
    case = with_a_complaint()
    complaint = the(case.plan.complaints)
    december = date(2026, 12, 1)
    case.answer_complaint(complaint, "Wij zoeken het uit.", december, **telling(date(2026, 10, 20)))
    assert case.plan.complaints[complaint].answered_on is None
    case.answer_complaint(complaint, "U had gelijk.", **telling(ANSWERED))
    held = case.plan.complaints[complaint]
    assert held.answered_on == ANSWERED
    assert [a.words for a in held.answers] == ["Wij zoeken het uit.", "U had gelijk."]
    assert case.plan_on(date(2026, 11, 1)).complaints[complaint].answered_on is None
    for until in (None, december):
        with pytest.raises(errors.AlreadyAnswered) as refused:
            case.answer_complaint(complaint, "Nog eens.", until, **telling())
        assert refused.value.field == "complaint"


def test_an_answer_has_words_and_more_time_lies_ahead() -> None:
    case = with_a_complaint()
    complaint = the(case.plan.complaints)
    with pytest.raises(errors.Empty):
        case.answer_complaint(complaint, " ", **telling())
    with pytest.raises(errors.NotAhead) as refused:
        case.answer_complaint(complaint, "x", given.TODAY, **telling())
    assert refused.value.field == "extended_until"
    with pytest.raises(errors.NotThereYet):
        case.answer_complaint(complaint, "x", **telling(date(2026, 9, 30)))


def test_a_closed_case_takes_complaints_and_their_answers() -> None:
    case = given.bram()
    complaint = case.voice_complaint(WORDS, ComplaintLaw.WMO, **telling())
    case.answer_complaint(complaint, "Dat spijt ons.", **telling())
    assert case.plan.complaints[complaint].answered_on == given.TODAY
