"""Opening a case: the question in own words, the say, and once however often the form comes in."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask

from domain.case import CaseOpened
from domain.entry import Role
from domain.say import Means, Stance
from tests.web.conftest import Visitor, desk_of, token
from tests.web.following import a_case_of, kept

As = Callable[..., Visitor]
FACTS = {
    "version": "0",
    "name": "Jan Jansen",
    "birth_date": "03-02-1990",
    "case_number": "D-17",
    "legal_basis": "wmo",
    "question": "Ik wil rust in huis.",
    "initiative": "client",
    "stance": "agrees",
    "client_words": "Ja, graag.",
    "happened_on": "20-11-2026",
}


@pytest.fixture
def ilse(as_: As) -> Visitor:
    return as_("ilse", team="Noord")


def send(browser: Visitor, posted: UUID | None = None, **other: str) -> Any:
    form = FACTS | {"csrf_token": token(browser, "/cases/new"), "posted": str(posted or uuid4())} | other
    return browser.post("/cases/new", data=form)


def test_a_case_opens_with_the_question_and_the_say(app: Flask, ilse: Visitor) -> None:
    new = uuid4()
    answer = send(ilse, new)
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"/cases/{new}"
    case = desk_of(app).casework.history(new)
    opening = case.entries[0]
    assert isinstance(opening, CaseOpened)
    assert (opening.say.stance, opening.say.words, opening.say.means) == (
        Stance.AGREES,
        "Ja, graag.",
        Means.SPOKEN,
    )
    assert opening.by == ilse.account.actor  # type: ignore[attr-defined]
    client = case.plan.client
    assert (client.name, client.birth_date, client.case_number) == ("Jan Jansen", date(1990, 2, 3), "D-17")
    assert case.plan.question == "Ik wil rust in huis."


def test_the_contacts_of_a_new_case_have_their_log(app: Flask, ilse: Visitor) -> None:
    new = uuid4()
    send(ilse, new)
    assert desk_of(app).casework.contacts(new).version == 1


def test_the_same_form_twice_opens_one_case(app: Flask, ilse: Visitor) -> None:
    new = uuid4()
    first, second = send(ilse, new), send(ilse, new)
    assert first.headers["Location"] == second.headers["Location"]
    assert desk_of(app).casework.history(new).version == 2


def test_the_same_form_at_the_same_moment_opens_one_case(app: Flask, as_: As, ilse: Visitor) -> None:
    new, others = uuid4(), [as_("ilse") for _ in range(3)]
    with ThreadPoolExecutor(4) as together:
        answers = list(together.map(lambda browser: send(browser, new), [ilse, *others]))
    assert [answer.status_code for answer in answers] == [303] * 4
    assert desk_of(app).casework.history(new).version == 2


def test_a_form_with_the_id_of_anothers_case_tells_nothing(app: Flask, as_: As) -> None:
    case = a_case_of("Piet Pietersen")
    kept(app, case)
    other = as_("vera", Role.COORDINATOR, "Zuid")
    assert send(other, case.id).status_code == 404
    assert desk_of(app).casework.history(case.id).version == 2


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("question", "  "),
        ("legal_basis", ""),
        ("stance", ""),
        ("initiative", ""),
        ("happened_on", "31-12-2999"),
        ("birth_date", "31-02-1990"),
    ],
)
def test_what_is_missing_or_wrong_is_said_beside_its_field_and_nothing_is_lost(
    ilse: Visitor, field: str, value: str
) -> None:
    answer = send(ilse, None, **{field: value})
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    if field != "question":
        assert "Ik wil rust in huis." in answer.text


def test_not_asking_needs_a_reason(ilse: Visitor) -> None:
    answer = send(ilse, stance="not_asked", client_words="")
    assert answer.status_code == 422
    assert 'id="reason_not_asked-error"' in answer.text


def test_a_field_that_we_did_not_ask_is_not_taken(ilse: Visitor) -> None:
    assert send(ilse, by="somebody").status_code == 422


def test_without_its_id_a_form_is_not_taken(ilse: Visitor) -> None:
    form = FACTS | {"csrf_token": token(ilse, "/cases/new")}
    assert ilse.post("/cases/new", data=form).status_code == 400
