"""One PostgreSQL for the whole run, in a home that goes when the run ends."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import hypothesis
import psycopg
import pytest

from domain.store.database import Database, open_database
from domain.store.migrate import migrate
from tests.homes import a_home

# How long an example takes says how busy the machine is, and nothing of what is tested.
UNHURRIED = hypothesis.settings(deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.register_profile("quick", UNHURRIED, max_examples=300)
hypothesis.settings.register_profile("thorough", UNHURRIED, max_examples=10_000)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


@pytest.fixture(scope="session")
def server() -> Iterator[Database]:
    """The embedded server, empty."""
    with a_home() as home, open_database(home) as database:
        yield database


@pytest.fixture(scope="session")
def database(server: Database) -> Database:
    """The same, with roles, databases and tables."""
    migrate(server)
    return server


@pytest.fixture
def fresh(database: Database) -> Database:
    """The same, without a single entry."""
    return emptied(database)


def emptied(database: Database) -> Database:
    """Nothing was recorded."""
    with psycopg.connect(database.admin("draad"), autocommit=True) as db:
        db.execute("SET session_replication_role = replica")  # past the append-only trigger
        db.execute("TRUNCATE draad.stored_events, draad.entry_keys RESTART IDENTITY")
        db.execute("TRUNCATE shown.position, shown.poison, shown.caseload, shown.contacts, shown.say")
        db.execute("TRUNCATE shown.counted, shown.reviews, shown.erasures, shown.retention")
        db.execute("TRUNCATE shown.signals, shown.to_look_at, shown.contact_months, draad.setting")
        db.execute("TRUNCATE draad.job, draad.digest, draad.retention_list")
        db.execute("TRUNCATE draad.subscriber, draad.dead_letter, draad.import_run, draad.import_aside")
        db.execute("TRUNCATE draad.access_log, draad.access_review RESTART IDENTITY")
        db.execute("TRUNCATE draad.log_leaf, draad.log_block, draad.log_head")
    for folder in ("checkpoints", "verified"):  # what is known outside of how long it was
        shutil.rmtree(database.secrets.folder.parent / folder, ignore_errors=True)
    return database
