"""Who reviews what: rows to find reviews by. What they let somebody see is judged in the review itself."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from domain.case import Case
from domain.casework import Casework
from domain.entry import Actor
from domain.review import Review
from domain.store.database import Database
from jobs.rebuild import rebuild_models
from projections import review as reviews
from projections.read_model import Db
from projections.review import REVIEWS
from projections.which_case import which_case
from tests import given
from tests.projections.conftest import Follow, a_follower, kept, rows_of, shown, start_again

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
UNTIL = date(2026, 12, 31)
OTHER = replace(given.REVIEWER, user=UUID(int=0xE1), name="Sara Bos")


def doing(by: Actor = given.REVIEWER) -> Any:
    return {"by": by, "now": NOW, "posted": uuid4()}


def given_for(casework: Casework, *cases: Case, reviewer: Actor = given.REVIEWER) -> list[Review]:
    """A mandate in the record."""
    why = "Hoe er met een nee is omgegaan.", "Wmo 2015, artikel 6.1"
    found = Review.give_mandate(cases, reviewer, *why, UNTIL, **doing(given.MANAGER))
    casework.keep(*found)
    return found


def rows(db: Db) -> list[Any]:
    return reviews.found(db)


def test_a_mandate_gives_one_row_a_case(casework: Casework, follow: Follow, db: Db) -> None:
    cases = given.sanne(), given.karim()
    kept(casework, *cases)
    one, _ = given_for(casework, *cases)
    follow()
    assert {row.case_id for row in rows(db)} == {case.id for case in cases}
    row = next(row for row in rows(db) if row.case_id == cases[0].id)
    assert (row.stream, row.mandate_id, row.reviewer) == (one.id, one.mandate_id, given.REVIEWER.user)
    assert (row.until, row.given_at, row.ended_at, row.entry) == (UNTIL, NOW, None, 1)


def test_a_row_counts_findings_and_questions_and_since_when_one_waits(
    casework: Casework, follow: Follow, db: Db
) -> None:
    case = given.sanne()
    kept(casework, case)
    (review,) = given_for(casework, case)
    review.note_finding("Dat klopt.", case, **doing())
    for words in ("Waarom?", "En toen?"):
        review.ask_question(words, case, **doing())
    review.answer_question(3, "Daarom.", **doing(given.COORDINATOR))
    casework.keep(review)
    follow()
    (row,) = rows(db)
    assert (row.findings, row.questions, row.unanswered, row.waits_since) == (1, 2, 1, given.TODAY)


def test_a_row_says_when_a_mandate_was_ended(casework: Casework, follow: Follow, db: Db) -> None:
    case = given.sanne()
    kept(casework, case)
    (review,) = given_for(casework, case)
    follow()
    review.end_mandate("Klaar.", **doing(given.MANAGER))
    casework.keep(review)
    follow()
    (row,) = rows(db)
    assert row.ended_at == NOW


def test_two_mandates_for_one_case_stand_side_by_side(casework: Casework, follow: Follow, db: Db) -> None:
    case = given.sanne()
    kept(casework, case)
    (first,) = given_for(casework, case)
    follow()
    given_for(casework, case, reviewer=OTHER)
    follow()
    first.note_finding("Dat klopt.", case, **doing())
    casework.keep(first)
    follow()
    assert sorted(row.findings for row in rows(db)) == [0, 1]
    assert {row.reviewer for row in rows(db)} == {given.REVIEWER.user, OTHER.user}


@pytest.mark.parametrize("batch", [1, 3, 500])
def test_a_rebuild_gives_what_following_gives_whatever_the_size_of_a_batch(
    fresh: Database, casework: Casework, db: Db, batch: int
) -> None:
    cases = given.sanne(), given.karim()
    kept(casework, *cases)
    found = given_for(casework, *cases)
    for review, case in zip(found, cases, strict=True):
        review.ask_question("Waarom?", case, **doing())
        casework.keep(review)
        review.answer_question(2, "Daarom.", **doing(given.MANAGER))
        review.end_mandate("Klaar.", **doing(given.MANAGER))
        casework.keep(review)
    follower = a_follower(fresh, casework, batch=batch, room=5)
    while follower.step(db):
        pass
    followed = shown(db)
    assert len(followed["reviews"]) == 2
    assert [row.ended_at for row in rows(db)] == [NOW, NOW]
    rebuild_models(fresh, ["reviews"], lambda *_: None)
    assert shown(db) == followed
    start_again(db)
    while follower.step(db):
        pass
    assert shown(db) == followed


def test_nobodys_words_or_names_lie_in_the_rows(casework: Casework, follow: Follow, db: Db) -> None:
    case = given.sanne()
    kept(casework, case)
    (review,) = given_for(casework, case)
    review.note_finding("Een bevinding.", case, **doing())
    casework.keep(review)
    follow()
    stored = str(rows_of(db, REVIEWS))
    for words in ("omgegaan", "Wmo", "bevinding", "Ruud", "Sanne"):
        assert words not in stored


def test_a_client_who_is_forgotten_has_no_row_and_the_others_of_the_mandate_stay(
    fresh: Database, casework: Casework, follow: Follow, db: Db
) -> None:
    forgotten, stays = given.sanne(), given.karim()
    forgotten.client_id = uuid4()  # a client of this test alone: a key that went stays gone
    kept(casework, stays)
    found = given_for(casework, forgotten, stays)
    follow()
    casework.vault.destroy(forgotten.client_id)
    assert [one.case_id for one in reviews.mandate(db, casework, found[0].mandate_id)] == [stays.id]
    start_again(db)
    a_follower(fresh, casework).step(db)  # one that remembers nothing
    assert [row.case_id for row in rows(db)] == [stays.id]
    assert [one.case_id for one in reviews.mandate(db, casework, found[0].mandate_id)] == [stays.id]


def test_a_mandate_is_found_whole_also_where_a_row_is_missing(
    fresh: Database, casework: Casework, follow: Follow, db: Db
) -> None:
    cases = given.sanne(), given.karim()
    kept(casework, *cases)
    found = given_for(casework, *cases)
    follow()
    with psycopg.connect(fresh.admin("draad"), autocommit=True) as admin:
        admin.execute("DELETE FROM shown.reviews WHERE stream = %(one)s", {"one": found[1].id})
    whole = reviews.mandate(db, casework, found[0].mandate_id)
    assert {one.case_id for one in whole} == {case.id for case in cases}
    assert reviews.mandate(db, casework, uuid4()) == []


def test_what_lets_a_reviewer_in_is_the_review_as_it_is_now_not_the_row(
    casework: Casework, follow: Follow, db: Db
) -> None:
    case, other = given.sanne(), given.karim()
    kept(casework, case, other)
    (review,) = given_for(casework, case)
    follow()
    who = given.REVIEWER.user
    assert reviews.live_for(db, casework, who, case.id, NOW)
    assert reviews.live_for(db, casework, who, other.id, NOW) is None
    assert reviews.live_for(db, casework, OTHER.user, case.id, NOW) is None
    over = datetime(2026, 12, 31, 22, 59, 59, tzinfo=UTC)  # the last second of the day, here
    assert reviews.live_for(db, casework, who, case.id, over)
    assert reviews.live_for(db, casework, who, case.id, over + timedelta(seconds=1)) is None
    review.end_mandate("Klaar.", **doing(given.MANAGER))
    casework.keep(review)  # and the rows do not know it yet
    assert rows(db)[0].ended_at is None
    assert reviews.live_for(db, casework, who, case.id, NOW) is None


def test_a_row_that_says_too_much_lets_nobody_in(
    fresh: Database, casework: Casework, follow: Follow, db: Db
) -> None:
    case = given.sanne()
    kept(casework, case)
    given_for(casework, case)
    follow()
    with psycopg.connect(fresh.admin("draad"), autocommit=True) as admin:
        admin.execute("UPDATE shown.reviews SET reviewer = %(who)s", {"who": OTHER.user})
    assert reviews.live_for(db, casework, OTHER.user, case.id, NOW) is None


def test_a_client_is_told_who_reviews_what_for_and_until_when(
    casework: Casework, follow: Follow, db: Db
) -> None:
    case = given.sanne()
    kept(casework, case)
    (review,) = given_for(casework, case)
    review.end_mandate("Klaar.", **doing(given.MANAGER))
    casework.keep(review)
    given_for(casework, case, reviewer=OTHER)
    follow()
    told = reviews.about(db, casework, case.id)
    assert {(one.reviewer.name, one.live(NOW)) for one in told} == {("Ruud Maas", False), ("Sara Bos", True)}
    assert {one.purpose for one in told} == {"Hoe er met een nee is omgegaan."}
    assert reviews.about(db, casework, uuid4()) == []


def test_a_case_is_meant_by_its_number_or_its_full_name_and_else_what_comes_near_is_told(
    casework: Casework, follow: Follow, db: Db
) -> None:
    kept(casework, given.sanne(), given.karim())
    follow()
    sanne = which_case(db, "sanne MULDER")
    assert [one.name for one in sanne.cases] == ["Sanne Mulder"]
    number = sanne.cases[0].case_number
    assert [asdict(one) for one in which_case(db, number).cases] == [asdict(sanne.cases[0])]
    near = which_case(db, "sann")
    assert (near.cases, [one.name for one in near.near]) == ([], ["Sanne Mulder"])
    nothing = which_case(db, "%")
    assert (nothing.cases, nothing.near) == ([], [])
