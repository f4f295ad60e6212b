"""An invented organisation of any size: a record like any other, the same for the same seed."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

import psycopg
import pytest
from click.testing import CliRunner

from domain.case import ClientDescribed, now
from domain.casework import Casework
from domain.days import local_day
from domain.entry import Actor, Role
from domain.store import jobs
from domain.store.accounts import add_account
from domain.store.database import APP, KEYS, Database, open_database, settings_for
from domain.store.mapper import written
from domain.store.migrate import migrate
from domain.store.pool import Connection, connect
from jobs.load.again import A_TEAM, SPREAD, Again
from jobs.load.command import InUse, Size, bench, load
from jobs.load.templates import Template, templates
from jobs.schedule import by_hand
from jobs.work import Means
from projections.condition import followed
from projections.contacts import of_cases
from projections.signals import looking
from tests.homes import a_home

pytestmark = pytest.mark.slow
A_UUID = re.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
TODAY = date(2026, 11, 22)
SIZE = Size(cases=60, entries=40, contacts=12, seed=7)


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    with a_home() as place:
        yield place


@pytest.fixture(scope="module")
def loaded(home: Path) -> Iterator[Database]:
    """A home of its own, loaded."""
    with open_database(home) as database:
        migrate(database)
        load(database, SIZE)
        yield database


@pytest.fixture
def db(loaded: Database) -> Iterator[Connection]:
    with connect(loaded) as opened:
        yield opened


@pytest.fixture
def casework(loaded: Database) -> Iterator[Casework]:
    with closing(Casework(settings_for(loaded))) as opened:
        yield opened


def one(db: Connection, query: str) -> Any:
    row: Any = db.execute(query.encode()).fetchone()
    return row[0]


def ids(stream: Any) -> set[str]:
    """Every id in what is stored of these events."""
    return {key for event in stream for key in A_UUID.findall(written(event).decode())}


def writers(stream: Any) -> set[Actor]:
    return {event.by for event in stream if hasattr(event, "by")}


def a_template(nr: int = 0) -> Template:
    return templates(TODAY, 60, 20)[nr]


def test_there_are_as_many_as_were_asked_for(db: Connection) -> None:
    assert one(db, "SELECT count(*) FROM shown.caseload") == SIZE.cases
    assert one(db, "SELECT avg(entry) FROM shown.caseload") == pytest.approx(SIZE.entries, rel=0.15)
    contacts = one(db, "SELECT count(*) FROM shown.contacts") / SIZE.cases
    assert contacts == pytest.approx(SIZE.contacts, rel=0.15)


def test_the_lists_show_all_of_it_and_the_follower_has_nothing_to_do(
    db: Connection, casework: Casework
) -> None:
    newest = one(db, "SELECT max(notification_id) FROM draad.stored_events")
    found = followed(db, casework.mapper.to_domain_event, now())
    assert [(one.position, one.late) for one in found] == [(newest, False)] * 2
    assert one(db, "SELECT count(*) FROM shown.poison") == 0
    assert looking.waiting(db) == SIZE.cases


def test_every_case_is_read_like_any_other(db: Connection, casework: Casework) -> None:
    for case_id, name, entry in db.execute("SELECT case_id, name, entry FROM shown.caseload").fetchall():
        case = casework.history(case_id)
        assert (case.plan.client.name, case.version) == (name, entry)
        assert [e.number for e in case.entries] == list(range(1, entry + 1))
        assert len(casework.contacts(case_id).held) == len(of_cases(db, [case_id])[case_id])


def test_all_of_it_is_sealed_under_a_key_for_each_client(loaded: Database, db: Connection) -> None:
    stored, keys = "SELECT count(*) FROM draad.stored_events", "SELECT count(*) FROM draad.entry_keys"
    assert one(db, f"{stored} WHERE get_byte(state, 0) = 0") == 0
    assert one(db, stored) == one(db, keys)
    with psycopg.connect(loaded.dsn(APP, KEYS)) as of_keys:
        assert one(of_keys, "SELECT count(*) FROM draad.client_key") == SIZE.cases


def test_the_night_round_looks_at_all_of_it(
    loaded: Database, home: Path, db: Connection, casework: Casework
) -> None:
    means = Means(casework.mapper.to_domain_event, home, os.environ)
    ran = by_hand(loaded, "night_round", means, lambda *_: None)
    assert (ran.outcome, ran.counts["cases"]) == (jobs.OK, SIZE.cases)
    assert one(db, "SELECT count(DISTINCT signal) FROM shown.signals") > 5


def test_the_same_seed_invents_the_same_organisation() -> None:
    before = [list(stream) for stream in Again(a_template(), 3, seed=1, today=TODAY).streams()]
    templates.cache_clear()  # its own ids are by chance
    again = [list(stream) for stream in Again(a_template(), 3, seed=1, today=TODAY).streams()]
    assert [vars(event) for event in before[0]] == [vars(event) for event in again[0]]
    assert [vars(event) for event in before[1]] == [vars(event) for event in again[1]]
    other = Again(a_template(), 3, seed=2, today=TODAY)
    assert next(other.streams())[0].originator_id != before[0][0].originator_id


def test_nothing_of_a_template_is_left_but_its_words() -> None:
    for nr, template in enumerate(templates(TODAY, 60, 20)):
        case, contacts = Again(template, nr, seed=1, today=TODAY).streams()
        assert not ids(case) & ids(template.case)
        assert not ids(contacts) & ids(template.contacts)
        assert not writers(case) & writers(template.case)
        assert {str(who) for event in contacts[1:] for who in event.workers} <= ids(case)
        (described,) = (e for e in case if isinstance(e, ClientDescribed))
        assert described.case_number == f"{nr + 1:06}"


def test_who_writes_in_one_team_has_an_account_of_that_team() -> None:
    def team_of(nr: int) -> set[Actor]:
        return {w for w in writers(next(Again(a_template(), nr, 1, TODAY).streams())) if w.team}

    assert team_of(0) == team_of(A_TEAM - 1)
    assert {who.user for who in team_of(0)}.isdisjoint(who.user for who in team_of(A_TEAM))
    assert {who.team for who in team_of(0)}.isdisjoint(who.team for who in team_of(A_TEAM))


def test_it_ends_in_the_last_weeks_and_never_in_the_future() -> None:
    for nr, template in islice(enumerate(templates(TODAY, 60, 20)), 10):
        for stream in Again(template, nr, seed=1, today=TODAY).streams():
            days = [local_day(event.timestamp) for event in stream]
            assert days == sorted(days)
            assert max(days) <= TODAY
            assert all(getattr(event, "happened_on", TODAY) <= TODAY for event in stream)
            assert all(event.timestamp.tzinfo for event in stream if isinstance(event.timestamp, datetime))
        case = next(Again(template, nr, seed=1, today=TODAY).streams())
        assert (TODAY - max(e.day for e in case)).days <= SPREAD


@pytest.mark.parametrize(("entries", "contacts"), [(15, 0), (60, 20), (120, 3)])
def test_templates_are_as_long_as_asked_on_average(entries: int, contacts: int) -> None:
    found = templates(TODAY, entries, contacts)
    assert sum(len(t.case) for t in found) / len(found) == pytest.approx(entries, rel=0.05)
    assert sum(len(t.contacts) - 1 for t in found) / len(found) == pytest.approx(contacts, rel=0.05)


def test_a_home_with_a_record_is_left_alone(loaded: Database, db: Connection) -> None:
    before = one(db, "SELECT count(*) FROM draad.stored_events")
    with pytest.raises(InUse):
        load(loaded, SIZE)
    assert one(db, "SELECT count(*) FROM draad.stored_events") == before


def test_a_home_where_somebody_has_an_account_is_left_alone() -> None:
    with a_home() as home, open_database(home) as database:
        migrate(database)
        with connect(database) as db:
            add_account(db, "ilse", "zes paarden", name="Ilse", role=Role.COORDINATOR)
            with pytest.raises(InUse):
                load(database, SIZE)
            assert one(db, "SELECT count(*) FROM draad.stored_events") == 0


@pytest.mark.parametrize("mark", ["demo-accounts.json", "demo-loading"])
def test_the_demo_is_left_alone(tmp_path: Path, mark: str) -> None:
    (tmp_path / mark).write_text('[{"role": "worker", "user": "noor", "passphrase": "x"}]')
    said = CliRunner().invoke(bench, ["--load", "3", "--home", str(tmp_path)])
    assert said.exit_code == 1
    assert "Choose another --home" in said.output
    assert [path.name for path in tmp_path.iterdir()] == [mark]


def test_such_a_case_goes_on_like_any_other(db: Connection, casework: Casework) -> None:
    case_id = one(db, "SELECT case_id FROM shown.caseload WHERE closed_on IS NULL LIMIT 1")
    with casework.changing(case_id) as changing:
        writer = changing.case.entries[0].by
        changing.case.take_action("Gebeld.", by=writer, happened_on=local_day(now()))
    assert casework.history(case_id).version == changing.case.version
