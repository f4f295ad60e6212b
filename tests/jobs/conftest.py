"""What runs by itself, on a real database: a clock set by hand, and a home for the mail."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from domain.casework import Casework
from domain.store.database import Database, settings_for
from domain.store.log.logs import RECORD
from domain.store.log.outside import Folder, signer
from domain.store.log.sequencer import Sequencer
from domain.store.pool import Connection, connect
from jobs.work import Means
from projections.streams import Decode
from tests import given
from tests.jobs.subscribing import by, receiver
from tests.jobs.transferring import Sign, case, go, linde, no_pdf, there

__all__ = ["Sign", "by", "case", "go", "linde", "no_pdf", "receiver", "there"]  # a case that is taken over


class Clock:
    """A clock that is set by hand, in UTC: in winter it is an hour later here."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 11, 22, 9, 10, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment

    def to(self, day: int, hour: int, minute: int = 0) -> None:
        """A day of November."""
        self.moment = self.moment.replace(day=day, hour=hour, minute=minute)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def casework(fresh: Database) -> Iterator[Casework]:
    with closing(Casework(settings_for(fresh), given.now)) as opened:
        yield opened


@pytest.fixture
def decode(casework: Casework) -> Decode:
    return casework.mapper.to_domain_event


@pytest.fixture
def db(fresh: Database) -> Iterator[Connection]:
    """A connection as the app role; nobody gets mail yet."""
    with connect(fresh) as opened:
        opened.execute("UPDATE draad.account SET email = ''")
        yield opened


@pytest.fixture
def means(decode: Decode, tmp_path: Path) -> Means:
    """Without a mail server: mail goes into a folder."""
    return Means(decode, tmp_path, {name: value for name, value in os.environ.items() if "DRAAD" not in name})


@pytest.fixture
def sign(fresh: Database, tmp_path: Path) -> Sign:
    """Signs what was recorded so far; gives the public key."""

    def step(now: datetime) -> str:
        with connect(fresh) as db:
            key, folder = signer(fresh.secrets, "record"), Folder(tmp_path / "checkpoints")
            Sequencer(db, RECORD, key, folder, witnesses=(), clock=lambda: now).step()
            return str(key.verifier)

    return step
