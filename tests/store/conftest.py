"""Who is forgotten, whole or in part, and who sweeps: on a real database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from domain.case import Case
from domain.casework import Casework
from domain.store.database import Database, settings_for
from domain.store.pool import Connection, connect
from domain.store.vault import Vault
from tests import given
from tests.forgetting import told
from tests.store.shapes import vault_of


@pytest.fixture
def casework(fresh: Database) -> Iterator[Casework]:
    with closing(Casework(settings_for(fresh), clock=given.a_clock())) as door:
        yield door


@pytest.fixture
def at_once(fresh: Database) -> Iterator[Vault]:
    """The keys for who sweeps, remembered by nobody: so it is finished in one go."""
    with closing(vault_of(fresh, keep=0)) as vault:
        yield vault


@pytest.fixture
def db(fresh: Database) -> Iterator[Connection]:
    with connect(fresh) as opened:
        yield opened


@pytest.fixture
def kept(casework: Casework, db: Connection) -> Case:
    return told(casework, db)
