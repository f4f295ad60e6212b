"""A read model: a table of rows that follow from what was told, by a pure function: twice is once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from functools import cache, cached_property, partial
from operator import attrgetter
from typing import Any
from uuid import UUID

import msgspec
import psycopg
from psycopg.sql import SQL, Identifier

from domain.contacts import ContactsOpened
from domain.entry import Entry
from domain.gaps import is_erased
from domain.plan import Plan, read, standing
from domain.review import MandateGiven
from domain.store.mapper import WrittenByNewer
from domain.store.vault import AnotherMaster, KeysBehind
from projections.hands import teams

Db = psycopg.Connection[Any]
LeftOut = frozenset[tuple[UUID, str]]  # streams that a read model, by its name, could not take before
WHOLE = range(2**62)  # all rows of a case, whatever their entry
CLEAR = """
    DELETE FROM shown.{table} AS held
     USING unnest(%(keys)s::uuid[], %(first)s::bigint[], %(last)s::bigint[]) AS gone (key, first, last)
     WHERE held.{key} = gone.key AND held.entry BETWEEN gone.first AND gone.last"""
# As one JSON text: for us far less work than COPY, and in a pipeline nobody waits for an answer.
FILL = """
    INSERT INTO shown.{table} ({columns})
    SELECT {columns}
      FROM json_populate_recordset(NULL::shown.{table}, %(rows)s)"""


@dataclass(frozen=True)
class Told:
    """What was told in one stream up to a position in the record.

    Of a case these are all its events; of contacts, that stand on their own, the opening and the new ones,
    unless a new one looks back.
    `broken` says why the rest could not be read.
    """

    stream: UUID
    events: Sequence[Any]
    new: Sequence[Any]
    position: int
    broken: Exception | None = None

    @cached_property
    def case_id(self) -> UUID:
        """The case that this is about."""
        first = self.events[0] if self.events else None
        return first.case_id if isinstance(first, ContactsOpened | MandateGiven) else self.stream

    @cached_property
    def gone(self) -> bool:
        """Erased: nothing of it is shown."""
        return is_erased(self.events)

    @property
    def reach(self) -> range:
        """The numbers of what is new."""
        return range(self.new[0].originator_version, self.new[-1].originator_version + 1)

    @cached_property
    def entries(self) -> list[Entry]:
        """The entries that stand, with their corrections."""
        return sorted(standing(self.events), key=attrgetter("number"))

    @cached_property
    def teams(self) -> dict[int, str]:
        """In whose hands the case was, by number of entry."""
        return teams(self.entries)

    @cached_property
    def plan(self) -> Plan:
        """All that this case tells, read once for all read models. Also what was decided for later."""
        return read(self.events)


def _whole(_told: Told) -> range:
    return WHOLE


def reaching(*looks_back: type[Entry]) -> Callable[[Told], range]:
    """The new entries; all of them when a new one says something else of an earlier one."""
    return partial(_reaching, looks_back)  # and no function of its own: a rebuild hands it to other processes


def _reaching(looks_back: tuple[type[Entry], ...], told: Told) -> range:
    again = any(isinstance(e, looks_back) or e.withdraws or e.corrects for e in told.new)
    return range(1, told.reach.stop) if again else told.reach


@dataclass(frozen=True)
class ReadModel:
    """One table of the schema `shown`. The fields of `row` are its columns: `case_id`, `entry`, and more."""

    name: str
    row: type[Any]
    opens: type[Any]  # the first event of the streams that it reads
    rows: Callable[[Told], Iterable[Any]]
    reach: Callable[[Told], range] = _whole  # the entries of the case whose rows are replaced
    key: str = "case_id"  # or "stream", where a case has several

    def write(self, db: Db, told: Sequence[Told], copy: str = "", but: LeftOut = frozenset()) -> None:
        """Replace the rows of these streams, in the table or in the copy that will take its place."""
        told = [one for one in told if self._reads(one) and (one.stream, self.name) not in but]
        for one in told:
            if one.broken:
                raise one.broken
        self._clear(db, [(self.key_of(one), WHOLE if one.gone else self.reach(one)) for one in told], copy)
        if rows := [row for one in told if not one.gone for row in self.rows(one)]:
            db.execute(_sql(FILL, self, copy), {"rows": msgspec.json.encode(rows).decode()}, prepare=True)

    def forget(self, db: Db, told: Told, copy: str = "") -> None:
        """Show nothing of this case. Whose contacts they are, only an opening that can be read tells."""
        if told.events or self.opens is not ContactsOpened:
            self._clear(db, [(self.key_of(told), WHOLE)], copy)

    def key_of(self, told: Told) -> UUID:
        """What its rows are found by: the case, or the stream itself."""
        return told.stream if self.key == "stream" else told.case_id

    def _reads(self, told: Told) -> bool:
        """Whether this is for this table, or may be: an opening that cannot be read does not tell."""
        return told.gone or not told.events or isinstance(told.events[0], self.opens)

    def _clear(self, db: Db, gone: Sequence[tuple[UUID, range]], copy: str) -> None:
        if gone:
            cleared = {
                "keys": [key for key, _ in gone],
                "first": [reach.start for _, reach in gone],
                "last": [reach.stop - 1 for _, reach in gone],
            }
            db.execute(_sql(CLEAR, self, copy), cleared, prepare=True)


@cache
def _sql(text: str, model: ReadModel, copy: str) -> bytes:
    columns = SQL(", ").join(Identifier(field.name) for field in fields(model.row))
    table, key = Identifier(model.name + copy), Identifier(model.key)
    return SQL(text).format(table=table, key=key, columns=columns).as_bytes()


@dataclass(frozen=True)
class Poison:
    """What a read model could not take. `why` names the kind of error, never what stood in the entry."""

    stream: UUID
    read_model: str
    position: int
    why: str


def poisonous(error: Exception) -> bool:
    """Whether the entry itself is wrong. Else it is the database, the keys or this version: all stops."""
    if isinstance(error, psycopg.Error):
        about_the_row = psycopg.DataError | psycopg.IntegrityError | psycopg.errors.ProgramLimitExceeded
        return isinstance(error, about_the_row)
    return not isinstance(error, KeysBehind | AnotherMaster | WrittenByNewer | MemoryError)


def show(
    db: Db, models: Sequence[ReadModel], told: Sequence[Told], copy: str = "", but: LeftOut = frozenset()
) -> list[Poison]:
    """Write what was told, all of it at once; gives what could not be written.

    When something is poison: read model by read model, in ever smaller parts. What is alone then is left
    out, the rest is there.
    """
    try:
        with db.pipeline(), db.transaction():
            for model in models:
                model.write(db, told, copy, but)
    except Exception as error:
        if not poisonous(error):
            raise
        if len(models) > 1:
            return [poison for model in models for poison in show(db, [model], told, copy, but)]
        if half := len(told) // 2:
            return show(db, models, told[:half], copy, but) + show(db, models, told[half:], copy, but)
        models[0].forget(db, told[0], copy)
        return [Poison(told[0].stream, models[0].name, told[0].position, type(error).__name__)]
    return []


def left_out_of(db: Db, told: Sequence[Told]) -> LeftOut:
    """What of these was set apart before: it stays out until the next rebuild."""
    found = db.execute(
        """
        SELECT originator_id, read_model
          FROM shown.poison
         WHERE originator_id = ANY(%(streams)s)""",
        {"streams": [one.stream for one in told]},
    )
    return frozenset(found.fetchall())


def left_out(db: Db, read_model: str) -> int:
    """How many cases are missing from this read model."""
    counted = db.execute(
        "SELECT count(*) FROM shown.poison WHERE read_model = %(read_model)s", {"read_model": read_model}
    ).fetchone()
    return int(counted[0]) if counted else 0


def quarantine(db: Db, poison: Iterable[Poison]) -> None:
    """Write down what is missing from which read model. It is left out until that is rebuilt."""
    for one in poison:
        db.execute(
            """
            INSERT INTO shown.poison (originator_id, read_model, notification_id, why)
            VALUES (%(stream)s, %(read_model)s, %(position)s, %(why)s)
            ON CONFLICT DO NOTHING""",
            vars(one),
        )
