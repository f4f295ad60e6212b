"""Contacts are recorded by forms like all else, and written in the log beside the case."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

import pytest
from flask import Flask

from domain.contacts import ContactLog
from domain.entry import Role
from domain.kinds import ByWhom
from tests import given
from tests.given import person_called
from tests.web.conftest import Visitor, desk_of
from tests.web.filling import address, entries, kept, opened, send


@pytest.fixture
def ilse(as_: Callable[..., Visitor]) -> Visitor:
    return as_("ilse", Role.COORDINATOR)


def a_case(app: Flask) -> tuple[UUID, dict[str, str]]:
    """A case, and a contact of this morning as it is typed."""
    case = given.sanne()
    typed = {"workers": str(person_called(case, "Thomas Visser")), "started_at": "9:30", "minutes": "45"}
    return kept(app, case), typed | {"kind": "personal", "happened_on": "20-11-2026"}


def log_of(app: Flask, case_id: UUID) -> ContactLog:
    return desk_of(app).casework.contacts(case_id)


def test_a_contact_is_written_in_the_log_and_not_in_the_case(app: Flask, ilse: Visitor) -> None:
    case_id, typed = a_case(app)
    before = len(entries(app, case_id))
    answer = send(ilse, address(case_id, "hold_contact"), **typed)
    assert answer.status_code == 303
    (held,) = log_of(app, case_id).held
    assert (held.started_at, held.minutes) == (datetime(2026, 11, 20, 8, 30, tzinfo=UTC), 45)
    assert held.by.user == ilse.account.id  # type: ignore[attr-defined]
    assert len(entries(app, case_id)) == before
    assert "Contact vastleggen" in ilse.get(answer.headers["Location"]).text


def test_more_than_one_can_have_come(app: Flask, ilse: Visitor) -> None:
    case_id, typed = a_case(app)
    fatima = str(person_called(desk_of(app).casework.history(case_id), "Fatima de Wit"))
    send(ilse, address(case_id, "hold_contact"), **typed | {"workers": [typed["workers"], fatima]})
    assert [str(worker) for worker in log_of(app, case_id).held[0].workers] == [typed["workers"], fatima]


def test_the_same_form_twice_is_one_contact(app: Flask, ilse: Visitor) -> None:
    case_id, typed = a_case(app)
    where = address(case_id, "hold_contact")
    sent = opened(ilse, where) | typed
    assert [ilse.post(where, data=sent).status_code for _ in range(2)] == [303, 303]
    other = ilse.post(where, data=sent | {"minutes": "50"})
    assert other.status_code == 422
    assert 'value="50"' in other.text
    assert len(log_of(app, case_id).held) == 1


@pytest.mark.parametrize(
    ("name", "text"),
    [("started_at", "half tien"), ("started_at", "25:00"), ("minutes", "0"), ("minutes", "lang")],
)
def test_what_is_no_time_gets_a_sentence(app: Flask, ilse: Visitor, name: str, text: str) -> None:
    case_id, typed = a_case(app)
    answer = send(ilse, address(case_id, "hold_contact"), **typed | {name: text})
    assert answer.status_code == 422
    assert f'id="{name}-error"' in answer.text
    assert not log_of(app, case_id).held


def test_a_refusal_of_the_case_stands_beside_its_field(app: Flask, ilse: Visitor) -> None:
    case_id, typed = a_case(app)
    answer = send(ilse, address(case_id, "hold_contact"), **typed | {"happened_on": "13-01-2026"})
    assert answer.status_code == 422
    assert "14-01-2026" in answer.text.partition('id="happened_on-error"')[2].partition("</span>")[0]


def test_a_contact_is_cancelled_once(app: Flask, ilse: Visitor) -> None:
    case_id, typed = a_case(app)
    send(ilse, address(case_id, "hold_contact"), **typed)
    where = address(case_id, "cancel_contact")
    assert "20-11-2026 09:30, Thomas Visser" in ilse.get(where).text
    contact = str(log_of(app, case_id).held[0].contact_id)
    facts = {"contact_id": contact, "by_whom": "client", "told_when": "19-11-2026"}
    sent = opened(ilse, where) | facts
    assert [ilse.post(where, data=sent).status_code for _ in range(2)] == [303, 303]
    (cancelled,) = log_of(app, case_id).cancelled.values()
    assert cancelled.by_whom is ByWhom.CLIENT
    assert contact not in ilse.get(where).text
    assert send(ilse, where, **facts | {"by_whom": "organisation"}).status_code == 422
