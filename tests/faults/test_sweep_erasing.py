"""Every statement of forgetting fails once: whoever sweeps after it forgets all, and everything adds up."""

from __future__ import annotations

import shutil
from contextlib import closing, suppress

import psycopg
import pytest

from domain.casework import Casework
from domain.errors import CaseIsErased
from domain.store.database import KEYS, Database
from domain.store.erasing import sweep
from domain.store.pool import UNREACHABLE, connect
from tests.conftest import emptied
from tests.faults.line import Line, Sweep, sweeps
from tests.faults.soundness import home_of, wrong
from tests.forgetting import erased, lies_in, told
from tests.store.shapes import vault_of


@sweeps(6)
def test_what_was_broken_off_is_forgotten_by_the_next_sweep(
    line: Line, casework: Casework, faults: Sweep
) -> None:
    with closing(vault_of(line.database, keep=0)) as shaky, closing(vault_of(line.origin, keep=0)) as steady:
        for fault in line.every(faults):
            nobody_was_forgotten_yet(line.origin)  # each that was is another statement
            with connect(line.origin) as db:
                case = told(casework, db)
            erased(casework, case)
            with suppress(*UNREACHABLE):
                sweep(line.database, shaky)
            assert sweep(line.origin, steady) == 0, fault
            with pytest.raises(CaseIsErased):
                casework.history(case.id)
            assert not wrong(line.origin), fault
        assert not lies_in(line.origin, case)


def nobody_was_forgotten_yet(database: Database) -> None:
    shutil.rmtree(home_of(database) / "checkpoints", ignore_errors=True)
    with psycopg.connect(emptied(database).admin(KEYS)) as keys:
        keys.execute("TRUNCATE draad.erasure, draad.stream_client, draad.client_key")
