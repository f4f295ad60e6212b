"""A mandate: who reviews which cases, why, until when; and what is found, asked and answered under it."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from domain import errors
from domain.case import Case
from domain.casework import Casework
from domain.days import end_of
from domain.entry import Actor
from domain.errors import CaseIsErased, Overtaken
from domain.review import MandateGiven, QuestionAnswered, Review
from domain.settings import MANDATE_CASES
from domain.store.database import KEYS, Database, settings_for
from tests import given

UNTIL = date(2026, 12, 31)
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def doing(by: Actor = given.REVIEWER, now: datetime = NOW, posted: UUID | None = None) -> Any:
    return {"by": by, "now": now, "posted": posted or uuid4()}


def mandate(*cases: Case, **other: Any) -> list[Review]:
    facts: dict[str, Any] = {
        "reviewer": given.REVIEWER,
        "purpose": "Hoe er met een nee is omgegaan.",
        "ground": "Wmo 2015, artikel 6.1",
        "until": UNTIL,
    }
    return Review.give_mandate(cases, **facts | doing(given.MANAGER) | other)


def a_review(case: Case | None = None, **other: Any) -> Review:
    return mandate(case or given.sanne(), **other)[0]


def test_a_mandate_says_who_reviews_what_for_why_and_until_when() -> None:
    cases = given.sanne(), given.karim()
    reviews = mandate(*cases)
    assert [review.case_id for review in reviews] == [case.id for case in cases]
    for review in reviews:
        assert (review.reviewer, review.until) == (given.REVIEWER, UNTIL)
        assert review.purpose == "Hoe er met een nee is omgegaan."
        assert review.ground == "Wmo 2015, artikel 6.1"
        assert review.cases == tuple(case.id for case in cases)
        assert review.given.by == given.MANAGER
        assert review.live(NOW)


def test_each_case_has_a_stream_of_its_own_under_its_own_client() -> None:
    cases = given.sanne(), given.karim()
    events = [review.collect_events()[0] for review in mandate(*cases)]
    assert [event.client_id for event in events if isinstance(event, MandateGiven)] == [
        case.client_id for case in cases
    ]
    assert len({event.originator_id for event in events}) == 2


@pytest.mark.parametrize("name", ["purpose", "ground"])
def test_a_purpose_and_a_ground_are_filled_in(name: str) -> None:
    with pytest.raises(errors.Empty) as refused:
        mandate(given.sanne(), **{name: "  "})
    assert refused.value.field == name


def test_only_a_reviewer_gets_a_mandate() -> None:
    with pytest.raises(errors.NotAReviewer):
        a_review(reviewer=given.MANAGER)


def test_a_mandate_is_for_cases_and_not_for_too_many() -> None:
    with pytest.raises(errors.Empty) as refused:
        mandate()
    assert refused.value.field == "cases"
    with pytest.raises(errors.TooManyCases):
        mandate(*[given.sanne()] * (MANDATE_CASES + 1))
    assert len(mandate(*[given.sanne()] * MANDATE_CASES)) == MANDATE_CASES


def test_the_last_day_is_not_before_today() -> None:
    with pytest.raises(errors.EndsTooSoon):
        a_review(until=given.TODAY - timedelta(days=1))
    assert a_review(until=given.TODAY).live(NOW)


def test_a_mandate_lasts_a_year_at_most() -> None:
    with pytest.raises(errors.LongerThanAYear):
        a_review(until=date(2027, 11, 24))
    assert a_review(until=date(2027, 11, 22)).live(NOW)


def test_it_holds_until_the_last_moment_of_its_day_here_and_no_second_longer() -> None:
    review = a_review(until=given.TODAY)
    last = datetime(2026, 11, 22, 22, 59, 59, tzinfo=UTC)  # one hour ahead in Amsterdam
    assert review.live(last)
    assert not review.live(last + timedelta(seconds=1))
    assert end_of(given.TODAY) < last + timedelta(seconds=1)


def test_it_is_over_at_once_when_it_is_ended_and_says_who_did_that_and_why() -> None:
    review = a_review()
    review.end_mandate("Het onderzoek is klaar.", **doing(given.MANAGER))
    assert not review.live(NOW)
    assert review.ended is not None
    assert (review.ended.by, review.ended.reason) == (given.MANAGER, "Het onderzoek is klaar.")


def test_ending_needs_a_reason_and_ending_twice_is_ending_once() -> None:
    review = a_review()
    with pytest.raises(errors.Empty):
        review.end_mandate(" ", **doing(given.MANAGER))
    review.end_mandate("Klaar.", **doing(given.MANAGER))
    review.end_mandate("Toch niet klaar.", **doing(given.MANAGER))
    assert review.ended
    assert review.ended.reason == "Klaar."


def test_a_finding_keeps_the_words_and_the_entry_that_it_is_about() -> None:
    case = given.sanne()
    review = a_review(case)
    review.note_finding("Bij het stoppen is niet gevraagd.", case, 4, **doing())
    (finding,) = review.findings
    assert (finding.words, finding.entry) == ("Bij het stoppen is niet gevraagd.", 4)
    assert finding.by == given.REVIEWER


def test_a_question_waits_until_the_organisation_answers_it() -> None:
    case = given.sanne()
    review = a_review(case)
    review.ask_question("Waarom stopte de hulp?", case, **doing())
    (question,) = review.open_questions
    review.answer_question(question.asked.number, "Dat staat er niet.", **doing(given.COORDINATOR))
    assert not review.open_questions
    assert question.answer
    assert (question.answer.words, question.answer.by) == ("Dat staat er niet.", given.COORDINATOR)


def test_a_question_that_is_not_there_has_no_answer() -> None:
    with pytest.raises(errors.NoSuchQuestion):
        a_review().answer_question(1, "Ja.", **doing(given.MANAGER))


def test_a_question_is_answered_once() -> None:
    case = given.sanne()
    review = a_review(case)
    review.ask_question("Waarom?", case, **doing())
    (number,) = review.questions
    review.answer_question(number, "Daarom.", **doing(given.MANAGER))
    with pytest.raises(errors.QuestionAnsweredBefore):
        review.answer_question(number, "Anders.", **doing(given.COORDINATOR))


def test_findings_and_questions_have_words_and_are_about_an_entry_that_is_there() -> None:
    case = given.sanne()
    for tell in (a_review(case).note_finding, a_review(case).ask_question):
        with pytest.raises(errors.Empty):
            tell(" ", case, **doing())
        for number in (0, case.version + 1):
            with pytest.raises(errors.NoSuchEntry):
                tell("Zie daar.", case, number, **doing())
        tell("Zie daar.", case, case.version, **doing())


def test_only_the_reviewer_of_the_mandate_notes_and_asks() -> None:
    case, other = given.sanne(), replace(given.REVIEWER, user=UUID(int=0xE1))
    review = a_review(case)
    for tell in (review.note_finding, review.ask_question):
        with pytest.raises(errors.NotTheirMandate):
            tell("Dat zag ik.", case, **doing(other))


@pytest.mark.parametrize("how", ["ended", "over by one second"])
def test_nothing_is_added_to_a_mandate_that_is_over(how: str) -> None:
    case, later = given.sanne(), end_of(given.TODAY) + timedelta(seconds=1)
    review = a_review(case, until=given.TODAY)
    review.ask_question("Waarom?", case, **doing())
    (number,) = review.questions
    if how == "ended":
        review.end_mandate("Klaar.", **doing(given.MANAGER))
    now = NOW if how == "ended" else later
    before = review.version
    with pytest.raises(errors.MandateIsOver):
        review.note_finding("Nog iets.", case, **doing(now=now))
    with pytest.raises(errors.MandateIsOver):
        review.ask_question("Nog iets?", case, **doing(now=now))
    with pytest.raises(errors.MandateIsOver):
        review.answer_question(number, "Daarom.", **doing(given.MANAGER, now))
    assert review.version == before


def test_the_same_form_is_recorded_once_and_other_words_in_it_are_not_lost_in_silence() -> None:
    case, form = given.sanne(), uuid4()
    review = a_review(case)
    review.note_finding("Eén keer.", case, **doing(posted=form))
    review.note_finding("Eén keer.", case, **doing(posted=form))
    assert len(review.findings) == 1
    with pytest.raises(errors.RecordedBefore):
        review.note_finding("Iets anders.", case, **doing(posted=form))
    with pytest.raises(errors.RecordedBefore):
        review.ask_question("Eén keer.", case, **doing(posted=form))


def test_recorded_times_never_go_back_in_a_review_either() -> None:
    case = given.sanne()
    review = a_review(case)
    review.note_finding("Later.", case, **doing(now=NOW + timedelta(hours=1)))
    review.note_finding("De klok ging terug.", case, **doing(now=NOW))
    assert [one.timestamp for one in review.findings] == [NOW + timedelta(hours=1)] * 2


def test_an_answer_to_what_is_not_there_is_read_without_a_word() -> None:
    review = a_review()
    review.trigger_event(QuestionAnswered, by=given.MANAGER, question=9, words="Ja.", timestamp=NOW)
    assert not review.questions


def test_a_review_is_kept_and_read_back_with_all_that_was_said(fresh: Database) -> None:
    with closing(Casework(settings_for(fresh))) as casework:
        case = given.sanne()
        casework.open(case)
        review = a_review(case)
        review.note_finding("Hier ging het goed.", case, 3, **doing())
        review.ask_question("Waarom?", case, **doing())
        casework.keep(review)
        read = casework.review(review.mandate_id, case.id)
        assert read.findings == review.findings
        assert read.questions == review.questions
        assert (read.reviewer, read.until, read.cases) == (given.REVIEWER, UNTIL, (case.id,))
        with pytest.raises(errors.NoSuchCase):
            casework.review(review.mandate_id, uuid4())


def test_the_same_mandate_is_given_once(fresh: Database) -> None:
    with closing(Casework(settings_for(fresh))) as casework:
        case, form = given.sanne(), uuid4()
        casework.open(case)
        casework.keep(*mandate(case, posted=form))
        with pytest.raises(Overtaken):
            casework.keep(*mandate(case, posted=form))


def test_a_mandate_for_as_many_cases_as_it_may_have_fits_in_one_save(fresh: Database) -> None:
    with closing(Casework(settings_for(fresh))) as casework:
        cases = [given.sanne() for _ in range(MANDATE_CASES)]
        for case in cases:
            case._id = uuid4()
        reviews = mandate(*cases, purpose="é" * 500, ground="é" * 200)
        casework.keep(*reviews)
        for review in reviews:
            review.end_mandate("é" * 500, **doing(given.MANAGER))
        casework.keep(*reviews)


def test_nothing_that_was_said_lies_readable_in_the_database(fresh: Database) -> None:
    with closing(Casework(settings_for(fresh))) as casework:
        case = given.sanne()
        review = a_review(case)
        review.note_finding("Een bevinding over Sanne.", case, **doing())
        review.ask_question("Een vraag over Sanne?", case, **doing())
        review.answer_question(3, "Een antwoord over Sanne.", **doing(given.MANAGER))
        review.end_mandate("Een reden over Sanne.", **doing(given.MANAGER))
        casework.keep(review)
    with psycopg.connect(fresh.admin("draad")) as db:
        stored = db.execute(
            "SELECT topic, state FROM draad.stored_events ORDER BY originator_version"
        ).fetchall()
    assert [topic for topic, _ in stored] == [
        "mandate_given",
        "finding_noted",
        "question_asked",
        "question_answered",
        "mandate_ended",
    ]
    for _, state in stored:
        assert b"Sanne" not in state
        assert b"omgegaan" not in state
        assert b"Ruud" not in state


def test_a_client_who_is_forgotten_is_forgotten_in_the_review_and_no_other_client_is(fresh: Database) -> None:
    with closing(Casework(settings_for(fresh))) as casework:
        forgotten, stays = given.sanne(), given.karim()
        forgotten.client_id = uuid4()  # a client of this test alone: a key that went stays gone
        reviews = mandate(forgotten, stays)
        reviews[0].note_finding("Over Sanne.", forgotten, **doing())
        reviews[1].note_finding("Over Karim.", stays, **doing())
        casework.keep(*reviews)
        casework.vault.destroy(forgotten.client_id)
        with pytest.raises(CaseIsErased):
            casework.review(reviews[0].mandate_id, forgotten.id)
        read = casework.review(reviews[1].mandate_id, stays.id)
        assert [finding.words for finding in read.findings] == ["Over Karim."]
    with psycopg.connect(fresh.admin(KEYS)) as keys:
        kept = keys.execute(
            "SELECT wrapped IS NULL FROM draad.client_key WHERE client = %(c)s", {"c": forgotten.client_id}
        ).fetchone()
    assert kept == (True,)
