"""A case that was read not long ago is not opened again. Nobody notices, and no word outlives its key."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, suppress
from typing import Any
from uuid import UUID, uuid4

import hypothesis
import psycopg
import pytest
from hypothesis import strategies as st

from domain import errors
from domain.case import Case
from domain.casework import Casework
from domain.plan import read
from domain.store.database import Database, settings_for
from domain.store.vault import ROOM
from tests import given
from tests.domain.anything import COMMANDS, facts_for
from tests.given import telling


@pytest.fixture(scope="module")
def casework(database: Database) -> Iterator[Casework]:
    """The door, on a clock that stands at TODAY."""
    with closing(Casework(settings_for(database), clock=given.a_clock())) as door:
        yield door


@pytest.fixture
def other(database: Database) -> Iterator[Casework]:
    """The same in another process."""
    with closing(Casework(settings_for(database), clock=given.a_clock())) as door:
        yield door


@pytest.fixture
def kept(casework: Casework) -> UUID:
    """A case in the record, of a client of its own."""
    case = given.an_opened_case(client_id=uuid4())
    case.describe_client(name="Sanne Mulder", **telling())
    casework.open(case)
    return case.id


def lies_open(casework: Casework, stream: UUID) -> int:
    known = casework.vault.remembered(stream)
    return len(known.opened) if known else 0


def test_what_was_read_before_is_not_opened_again(casework: Casework, kept: UUID) -> None:
    first, second = casework.history(kept), casework.history(kept)
    assert all(one is other for one, other in zip(first.entries, second.entries, strict=True))
    assert lies_open(casework, kept) == 2


def test_what_another_process_recorded_is_there_at_once(
    casework: Casework, other: Casework, kept: UUID
) -> None:
    casework.history(kept)
    with other.changing(kept) as change:
        change.case.take_action("Samen gewandeld.", **telling())
    assert [entry.TOPIC for entry in casework.history(kept).entries][-1] == "action_taken"
    assert lies_open(casework, kept) == 3


@hypothesis.given(st.data())
@hypothesis.settings(max_examples=100, deadline=None)
def test_what_somebody_does_with_a_case_is_nobody_elses(story: tuple[Casework, UUID], data: Any) -> None:
    """Commands that were never kept leave no trace in what the next one reads."""
    casework, case_id = story
    case = casework.history(case_id)
    for name in data.draw(st.lists(st.sampled_from(sorted(COMMANDS)), min_size=1, max_size=8)):
        with suppress(errors.Refused):
            COMMANDS[name](case, **facts_for(COMMANDS[name], case, data))
    told: list[Any] = list(map(casework.mapper.to_domain_event, casework.recorder.select_events(case_id)))
    again = casework.history(case_id)
    assert (again.entries, again.version) == (told, len(told))
    assert again.plan == read(told)


@pytest.fixture(scope="module")
def story(casework: Casework) -> tuple[Casework, UUID]:
    """A case with much in it."""
    case: Case = given.sanne()
    with suppress(errors.Overtaken):  # another test told her story
        casework.open(case)
    return casework, case.id


def test_words_go_with_the_key(casework: Casework, other: Casework, kept: UUID) -> None:
    client = casework.history(kept).client_id
    assert lies_open(casework, kept)
    other.vault.destroy(client)
    casework.vault.forget()  # as the announcement of it does
    assert not lies_open(casework, kept)
    with pytest.raises(errors.CaseIsErased):
        casework.history(kept)


def test_words_go_when_it_is_time_to_ask_for_the_key_again(
    casework: Casework, other: Casework, kept: UUID
) -> None:
    other.vault.keep = 0.0
    client = other.history(kept).client_id
    assert not lies_open(other, kept)
    casework.vault.destroy(client)
    with pytest.raises(errors.CaseIsErased):
        other.history(kept)


def test_words_opened_with_a_key_that_went_meanwhile_do_not_lie_beside_the_next(
    casework: Casework, kept: UUID
) -> None:
    before = casework.vault.known(kept)
    casework.vault.forget()
    casework.vault.of(kept)
    casework.vault.lay_open(before, ["words"])
    assert not lies_open(casework, kept)


def test_what_lies_open_longest_makes_room(casework: Casework, kept: UUID) -> None:
    casework.vault.forget()
    logs = [casework.contacts(kept).id, kept]
    for stream in logs:
        casework.vault.lay_open(casework.vault.known(stream), range(ROOM))
    assert [lies_open(casework, stream) for stream in logs] == [0, ROOM]


def test_what_was_put_away_takes_no_room(casework: Casework, kept: UUID) -> None:
    casework.vault.forget()
    log, vault = casework.contacts(kept).id, casework.vault
    vault.lay_open(before := vault.known(kept), range(ROOM))
    vault.put_away(kept)
    vault.lay_open(before, range(2 * ROOM))  # by who still had it
    vault.lay_open(vault.known(log), ["words"])
    vault.lay_open(vault.known(kept), range(ROOM - 1))
    assert [lies_open(casework, stream) for stream in (log, kept)] == [1, ROOM - 1]


def test_what_a_failover_lost_is_put_away_by_who_meets_it(
    casework: Casework, database: Database, kept: UUID
) -> None:
    casework.history(kept)
    with psycopg.connect(database.admin("draad"), autocommit=True) as db:
        db.execute("SET session_replication_role = replica")
        db.execute("DELETE FROM draad.stored_events WHERE originator_version = 2")
        db.execute("DELETE FROM draad.entry_keys WHERE originator_version = 2")
    with pytest.raises(errors.Overtaken), casework.changing(kept) as change:
        change.case.take_action("Samen gewandeld.", **telling())
    with casework.changing(kept) as change:
        change.case.take_action("Samen gewandeld.", **telling())
    assert [entry.number for entry in casework.history(kept).entries] == [1, 2]
