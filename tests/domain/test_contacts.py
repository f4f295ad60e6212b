"""Who came when: a stream of its own beside the case."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from domain.contacts import ContactLog
from domain.kinds import ContactKind
from tests import given

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
