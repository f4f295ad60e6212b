"""Who came when: a stream of its own beside the case."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from domain import errors
from domain.case import Case
from domain.contacts import ContactLog
from domain.kinds import ByWhom, ContactKind
from tests import given
from tests.given import person_called, telling

CASE, CLIENT = UUID(int=1), UUID(int=2)
CAME = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def a_log() -> ContactLog:
    return ContactLog.open(CASE, CLIENT, recorded=CAME)


def hold(log: ContactLog, recorded: datetime) -> None:
    log.hold_contact(by=given.WORKER, workers=(), organisation="De Brug", started_at=CAME, recorded=recorded)


def test_the_log_of_a_case_is_found_by_the_id_of_the_case() -> None:
    assert a_log().id == ContactLog.create_id(CASE)
    assert ContactLog.create_id(CASE) != ContactLog.create_id(CLIENT)


def test_a_contact_keeps_what_is_known_and_guesses_nothing() -> None:
    log = a_log()
    hold(log, CAME)
    (contact,) = log.held
    assert (contact.started_at, contact.minutes, contact.workers) == (CAME, None, ())
    assert contact.kind is ContactKind.PERSONAL


def test_recorded_times_never_go_back_here_either() -> None:
    log = a_log()
    hold(log, CAME.replace(hour=12))
    hold(log, CAME.replace(hour=11))
    assert [contact.timestamp.hour for contact in log.held] == [12, 12]


def test_the_log_begins_when_its_case_does_and_not_on_the_clock_of_the_machine() -> None:
    assert a_log().created_on == CAME


def came(case: Case, *names: str, at: datetime = CAME, **more: Any) -> None:
    workers = tuple(person_called(case, name) for name in names)
    case.hold_contact(workers=workers, started_at=at, **telling(at.date(), given.WORKER) | more)


def test_who_came_is_judged_by_the_case_and_written_in_its_log() -> None:
    case = given.sanne()
    before = case.version
    came(case, "Thomas Visser", minutes=45)
    (contact,) = case.log.held
    assert (contact.organisation, contact.started_at, contact.minutes) == ("De Brug", CAME, 45)
    assert contact.timestamp == given.clock_of(case).moment
    assert case.version == before


def test_a_case_keeps_no_log_that_nobody_asked_for() -> None:
    case = given.sanne()
    assert not case.logs
    came(case, "Thomas Visser")
    assert list(case.logs) == [case.log]


def test_who_came_was_here_that_day_and_the_day_was_one_of_the_case() -> None:
    case = given.sanne()
    with pytest.raises(errors.NotThereYet) as early:
        came(case, "Thomas Visser", at=datetime(2026, 1, 13, 9, tzinfo=UTC))
    assert early.value.facts["first"] == date(2026, 1, 14)
    with pytest.raises(errors.BeforeTheOpening):
        came(case, "Thomas Visser", at=datetime(2026, 1, 11, 9, tzinfo=UTC))
    with pytest.raises(errors.StillToCome):
        came(case, "Thomas Visser", at=given.clock_of(case).moment + timedelta(minutes=1))
    case.leave_person(person_called(case, "Thomas Visser"), "Andere baan", **telling(date(2026, 3, 1)))
    with pytest.raises(errors.NoLongerHere):
        came(case, "Thomas Visser")
    with pytest.raises(errors.CaseIsClosed):
        came(given.bram(), at=datetime(2026, 6, 9, 9, tzinfo=UTC))
    assert not case.log.held


def test_the_day_of_a_contact_is_the_day_it_was_here() -> None:
    case = given.sanne()
    came(
        case, "Thomas Visser", at=datetime(2026, 1, 13, 23, 30, tzinfo=UTC)
    )  # half past midnight on the 14th
    assert case.log.held


def test_somebody_came_and_it_took_some_time() -> None:
    case = given.sanne()
    with pytest.raises(errors.Empty):
        came(case)
    with pytest.raises(errors.NotAnAmount):
        came(case, "Thomas Visser", minutes=0)


def test_the_same_form_is_one_contact_and_another_text_is_not_lost() -> None:
    case, form = given.sanne(), uuid4()
    for _ in range(2):
        came(case, "Thomas Visser", posted=form)
    with pytest.raises(errors.OtherFacts):
        came(case, "Thomas Visser", posted=form, minutes=30)
    came(case, "Thomas Visser", posted=uuid4())
    assert len(case.log.held) == 2


def test_a_contact_that_was_cancelled_stays_readable() -> None:
    case, how = given.sanne(), telling(by=given.WORKER)
    came(case, "Thomas Visser")
    contact = case.log.held[0].contact_id
    with pytest.raises(errors.NoSuchContact):
        case.cancel_contact(uuid4(), ByWhom.CLIENT, **how)
    with pytest.raises(errors.NotYet):
        case.cancel_contact(contact, ByWhom.CLIENT, **telling(date(2026, 11, 23)))
    for _ in range(2):
        case.cancel_contact(contact, ByWhom.CLIENT, date(2026, 3, 1), **how)
    with pytest.raises(errors.AlreadyCancelled):
        case.cancel_contact(contact, ByWhom.ORGANISATION, **how)
    assert len(case.log.held) == 1
    assert case.log.cancelled[contact].told_when == date(2026, 3, 1)
    assert case.log.version == 3
