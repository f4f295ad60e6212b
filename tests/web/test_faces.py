"""New faces: who came according to a roster is asked about on the page of the case, once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID, uuid4

import pytest
from flask import Flask

from domain.contacts import face
from domain.days import Precision
from domain.entry import Role
from domain.people import PersonJoined
from domain.store import faces
from domain.store.faces import Face
from tests.web.conftest import Visitor, case_page, desk_of, says_what_for, token
from tests.web.following import a_case_of, kept

As = Callable[..., Visitor]
DAY = date(2026, 3, 2)


@pytest.fixture
def ilse(as_: As) -> Visitor:
    return as_("ilse", team="Noord")


@pytest.fixture
def case_id(app: Flask) -> UUID:
    """A client to whom <b>Noor</b> came, which nobody wrote down."""
    case = a_case_of("Mia")
    kept(app, case)
    return asked(app, case.id)


def asked(app: Flask, case_id: UUID, day: date = DAY, account: UUID | None = None) -> UUID:
    with desk_of(app).pool.connection() as db:
        faces.ask(db, [Face(case_id, face(case_id, "noor"), "<b>Noor</b>", "De Brug", account, day)])
    return case_id


def answers(browser: Visitor, case_id: UUID, answer: str, person: UUID | None = None) -> int:
    where = f"{case_page(case_id)}/faces/{person or face(case_id, 'noor')}"
    form = {"csrf_token": token(browser, "/cases"), "answer": answer}
    return browser.post(where, data=form).status_code


def joined(app: Flask, case_id: UUID) -> list[PersonJoined]:
    entries = desk_of(app).casework.history(case_id).entries
    return [entry for entry in entries if isinstance(entry, PersonJoined)]


def test_yes_lets_them_take_part_under_the_id_of_their_contacts(
    app: Flask, ilse: Visitor, case_id: UUID
) -> None:
    page = ilse.get(case_page(case_id)).text
    assert "1 nieuw gezicht" in page
    assert "&lt;b&gt;Noor&lt;/b&gt;" in page
    assert answers(ilse, case_id, "yes") == 303
    (entry,) = joined(app, case_id)
    assert (entry.person_id, entry.happened_on, entry.organisation) == (face(case_id, "noor"), DAY, "De Brug")
    assert "nieuw gezicht" not in ilse.get(case_page(case_id)).text
    assert answers(ilse, case_id, "yes") == 404
    assert len(joined(app, case_id)) == 1


def test_no_is_kept_and_not_asked_again(app: Flask, ilse: Visitor, case_id: UUID) -> None:
    assert answers(ilse, case_id, "no") == 303
    asked(app, case_id)
    assert joined(app, case_id) == []
    assert "nieuw gezicht" not in ilse.get(case_page(case_id)).text


def test_the_first_answer_counts(app: Flask, ilse: Visitor, case_id: UUID) -> None:
    who = ilse.account.id  # type: ignore[attr-defined]
    with desk_of(app).pool.connection() as db:
        given = [
            faces.answer(db, case_id, face(case_id, "noor"), takes_part=t, by=who) for t in (True, False)
        ]
    assert given == [True, False]


def test_whoever_came_before_the_opening_is_here_from_a_day_unknown(app: Flask, ilse: Visitor) -> None:
    case = a_case_of("Mia")
    kept(app, case)
    asked(app, case.id, date(2025, 3, 2), ilse.account.id)  # type: ignore[attr-defined]
    assert answers(ilse, case.id, "yes") == 303
    (entry,) = joined(app, case.id)
    assert entry.precision is Precision.UNKNOWN
    assert entry.user == ilse.account.id  # type: ignore[attr-defined]


def test_who_takes_part_already_is_said_so_and_still_asked(app: Flask, ilse: Visitor, case_id: UUID) -> None:
    browser = ilse
    answers(browser, case_id, "yes")
    with desk_of(app).pool.connection() as db:
        faces.ask(db, [Face(case_id, uuid4(), "<b>Noor</b>", "De Brug", None, DAY)])
        (again,) = faces.unanswered(db, case_id)
    answers(browser, case_id, "yes", again.person)
    assert len(joined(app, case_id)) == 1
    assert "nieuw gezicht" in browser.get(case_page(case_id)).text


def test_an_answer_that_is_none_or_about_another_case_is_not_found(
    app: Flask, ilse: Visitor, as_: As, case_id: UUID
) -> None:
    other = a_case_of("Sam")
    kept(app, other)
    assert answers(ilse, case_id, "maybe") == 404
    assert answers(ilse, other.id, "yes", face(case_id, "noor")) == 404
    assert answers(as_("wies", Role.WORKER, team="Zuid"), case_id, "yes") == 404
    assert answers(as_("max", Role.MANAGER), case_id, "yes") == 403
    assert joined(app, case_id) == []


def test_a_manager_is_not_asked(app: Flask, as_: As, account: Callable[..., object], case_id: UUID) -> None:
    max_ = as_("max", Role.MANAGER)
    says_what_for(max_, case_id)
    assert "nieuw gezicht" not in max_.get(case_page(case_id)).text
