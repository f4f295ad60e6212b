"""Keep what this version writes: `python -m tests.kept.make` makes tests/kept/<version>/.

It is a backup as `draad backup` makes it, of invented clients. What is there is never written again: it is
what lies at people's homes since that version. The secrets in it protect nothing: anybody can work them
out.
"""

from __future__ import annotations

import sys
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

from domain.casework import Casework
from domain.entry import Role
from domain.kinds import WhyErased
from domain.store.accounts import add_account
from domain.store.database import Database, open_database, settings_for
from domain.store.migrate import migrate
from domain.store.pool import connect
from jobs.backup.folders import this_version
from jobs.backup.make import back_up
from jobs.demo.noa import story
from jobs.forgetting import before_opening
from jobs.sequence import sequencers
from tests import given
from tests.faults.logs import look
from tests.homes import a_home

HERE = Path(__file__).parent
USER, PASSPHRASE = "ilse", "alleen om te proberen, niets geheims"


def make(folder: Path) -> None:
    """A home with a few clients, one of whom was forgotten; backed up."""
    with a_home() as home, open_database(home) as database:
        for name in ("master", "log"):
            database.secrets.put(name, sha256(f"for tests only: {name}".encode()).hexdigest())
        migrate(database)
        _record(database)
        before_opening(database)
        with connect(database) as db:
            add_account(
                db, USER, PASSPHRASE, name="Ilse", role=Role.COORDINATOR, organisation="De Brug", team="Noord"
            )
            for sequencer in sequencers(db, database, home):
                while sequencer.step():
                    pass
        now = given.a_clock()()
        back_up(database, home, folder / "record", folder / "keys", now=now, progress=lambda *_: None)


def _record(database: Database) -> None:
    """Sanne, Karim, Lena, Bram, Noa, and somebody who was forgotten."""
    with closing(Casework(settings_for(database), given.a_clock())) as casework:
        for case in (given.sanne(), given.karim(), given.lena(), given.bram(), story(given.TODAY).case):
            casework.open(case)
        casework.open(gone := given.an_opened_case(client_id=uuid4()))
        with casework.changing(gone.id) as changing:
            why = WhyErased.COURT_ORDER, "Uitspraak"
            proposal = changing.case.propose_erasure(*why, **given.telling())
        casework.erase(gone.id, proposal, {"by": given.MANAGER, "happened_on": given.TODAY})
        with connect(database) as db:
            look(db, gone.id)


if __name__ == "__main__":
    version = HERE / this_version()
    if version.exists():
        sys.exit(f"{version} is there already, and is never written again.")
    make(version)
