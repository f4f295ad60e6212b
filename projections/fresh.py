"""Whether the read models are what the record gives when it is read anew."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import psycopg
from psycopg.rows import class_row
from psycopg.sql import SQL, Identifier

from domain.store.recorder import NumberedEntry
from projections.follower import WHO
from projections.read_model import Db, ReadModel
from projections.rebuild import COPY, Copies
from projections.streams import Decode, whole

ONE_MOMENT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"
SHOWN = """
    SELECT notification_id AS id, originator_id, originator_version, topic, state, wrapped
      FROM draad.stored_events LEFT JOIN draad.entry_keys USING (originator_id, originator_version)
     WHERE notification_id <= (SELECT notification_id FROM shown.position WHERE follower = %(who)s)
     ORDER BY originator_id, originator_version"""
DIFFERENT = """
    SELECT count(*)
      FROM ((TABLE shown.{used} EXCEPT ALL TABLE shown.{fresh})
            UNION ALL (TABLE shown.{fresh} EXCEPT ALL TABLE shown.{used})) AS other"""


def stale(dsn: str, decode: Decode, models: Sequence[ReadModel]) -> list[str]:
    """A sentence for each read model that is not what the record up to its position gives.

    Reads and writes in one transaction that is undone: nobody sees anything of it, and nobody waits.
    """
    found: list[str] = []
    with psycopg.connect(dsn, autocommit=True) as db, db.transaction(force_rollback=True):
        db.execute(ONE_MOMENT)
        copies = Copies(db, models)
        copies.begin()
        with db.cursor("shown", row_factory=class_row(NumberedEntry)) as rows:
            rows.itersize = 2000
            rows.execute(SHOWN, {"who": WHO})
            for _ in copies.fill(whole(decode, rows)):
                pass
        unread = {stream: one.why for (stream, _), one in copies.poison.items()}
        found += [f"Stream {stream} cannot be read ({why})." for stream, why in unread.items()]
        found += _different(db, models)
    return found


def _different(db: Db, models: Sequence[ReadModel]) -> Iterator[str]:
    for model in models:
        names = {"used": Identifier(model.name), "fresh": Identifier(model.name + COPY)}
        row: Any = db.execute(SQL(DIFFERENT).format(**names)).fetchone()
        if row[0]:
            yield f"The read model {model.name} differs in {row[0]} rows: `draad rebuild {model.name}`."
