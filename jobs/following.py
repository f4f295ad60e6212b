"""The read models that follow the record, and bringing them up to date for a command."""

from __future__ import annotations

from domain.casework import Casework
from domain.store.database import APP, Database
from domain.store.pool import connect
from projections.caseload import CASELOAD
from projections.contacts import CONTACTS
from projections.erasures import ERASURES
from projections.follower import Follower
from projections.report.counted import COUNTED
from projections.retention.kept import RETENTION
from projections.review import REVIEWS
from projections.say import SAY

FOLLOWED = (CASELOAD, CONTACTS, SAY, COUNTED, REVIEWS, ERASURES, RETENTION)


def catch_up(database: Database, casework: Casework) -> None:
    """Show all that is recorded by now, for a command that asks the read models. A worker may run beside."""
    decode, learn = casework.mapper.to_domain_event, casework.vault.learn
    follower = Follower(database.dsn(APP), decode, FOLLOWED, learn=learn)
    with connect(database) as db:
        while follower.step(db):
            pass
