"""An installation of which any part can fail, and one to look at it with afterwards."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing

import pytest
from flask import Flask

from domain.casework import Casework
from domain.store.database import Database, open_database, settings_for
from domain.store.migrate import migrate
from tests import given
from tests.faults.line import Line
from tests.faults.soundness import home_of
from tests.homes import a_home
from web.app import create_app


@pytest.fixture(scope="session")
def breakable() -> Iterator[Database]:
    """An installation of its own, of which processes may be killed."""
    with a_home() as home, open_database(home) as opened:
        migrate(opened)
        yield opened


@pytest.fixture
def logs(fresh: Database) -> Iterator[None]:
    """Nothing was signed before in this home; nothing is left."""
    folders = [home_of(fresh) / name for name in ("checkpoints", "verified", "mail")]
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
    yield
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def line(fresh: Database, logs: None) -> Iterator[Line]:
    """To the database; it fails when it is told to."""
    with Line(fresh) as opened:
        yield opened


@pytest.fixture
def casework(fresh: Database) -> Iterator[Casework]:
    """All cases, by a line that does not fail."""
    with closing(Casework(settings_for(fresh), given.a_clock())) as opened:
        yield opened


@pytest.fixture
def shaky(line: Line) -> Iterator[Casework]:
    """All cases, by the line that fails."""
    with closing(Casework(settings_for(line.database), given.a_clock())) as opened:
        yield opened


@pytest.fixture(scope="session")
def app(database: Database) -> Iterator[Flask]:
    """The application, for its forms."""
    made = create_app(home_of(database), TESTING=True, SECOND_FACTOR="off", PACE=0)
    yield made
    made.extensions["draad"].close()
