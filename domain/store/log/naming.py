"""Which entry is the first that is not as it was signed, and what happened to it.

The lines outside the database tell, when their own root is the signed one; else the list in the database, on
the same condition. When both were rewritten, the checkpoints before and after still say between which two.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from uuid import UUID

from domain.store.log.checkpoint import Checkpoint
from domain.store.log.logs import FIRST, LAST, Fields, Line, Log
from domain.store.log.merkle import Growing, Hash, root_of
from domain.store.log.outside import Folder
from domain.store.pool import Connection

WINDOW = 1000  # rows that were put in between, at most, to be known as that


@dataclass(frozen=True)
class FirstBad:
    """An entry, by what names it. None: nobody can tell any more."""

    notification_id: int | None
    stream: UUID | None
    version: int | None
    what: str

    @classmethod
    def of(cls, line: Line, what: str) -> FirstBad:
        stream = UUID(bytes=line.stream) if line.stream else None
        return cls(line.number, stream, line.version or None, what)


def first_bad(
    db: Connection,
    of: Log,
    signed: Checkpoint,
    folders: Sequence[Folder],
    notes: Callable[[], Sequence[Checkpoint]],
) -> FirstBad | None:
    """`signed`: the checkpoint that the rows do not agree with."""
    for promised in _lists(db, of, folders):
        begin = promised[: signed.size]
        if len(begin) == signed.size and root_of([one.hash for one in begin]) == signed.root:
            return _compared(db, of, begin)
    return _between(db, of, notes())


def _lists(db: Connection, of: Log, folders: Sequence[Folder]) -> Iterator[list[Line]]:
    """What says which entries there were, the most telling first."""
    for folder in folders:
        yield folder.lines(of.name)
    with db.cursor() as rows:
        rows.execute(
            "SELECT hash, number, ''::bytea, 0 FROM draad.log_leaf WHERE log = %(log)s ORDER BY place",
            {"log": of.name},
        )
        yield [Line(bytes(hash_), number, b"", 0) for hash_, number, _, _ in rows]


def _compared(db: Connection, of: Log, promised: Sequence[Line]) -> FirstBad:
    """Walk the rows beside what was promised, to the first that is another."""
    rows = of.read(db, FIRST, LAST)
    for place, line in enumerate(promised):
        fields = next(rows, None)
        if fields is None:
            return FirstBad.of(line, f"missing, and all {len(promised) - place} from here on")
        found = of.line(fields)
        if found.hash != line.hash:
            window = [of.line(later).hash for later in islice(rows, WINDOW)]
            return _told(db, of, promised[place:], found, window)
    raise AssertionError("the roots differ and no entry does")


def _told(db: Connection, of: Log, promised: Sequence[Line], found: Line, window: Sequence[Hash]) -> FirstBad:
    """What happened at the first place that differs: `found` stands where `promised[0]` was."""
    line = promised[0]
    if found.hash in {one.hash for one in promised[1:]} or found.number > line.number:
        return FirstBad.of(line, "missing")
    if line.hash in window or found.number < line.number:
        return FirstBad.of(found, "put in between, after the log was signed")
    known = line if line.stream else found
    if other := _changed_places(db, of, line, promised):
        return FirstBad.of(known, f"changed places with entry {other}")
    return FirstBad.of(known, "changed")


def _changed_places(db: Connection, of: Log, line: Line, promised: Sequence[Line]) -> int | None:
    """The number of the entry of which this one has the content, and that has its."""
    rows = {line.number: next(iter(of.read(db, line.number - 1, line.number)))}
    wanted = {one.number: one.hash for one in promised}
    for fields in of.read(db, line.number, promised[-1].number):
        found = of.line(fields)
        if wanted.get(found.number) != found.hash:
            rows[found.number] = fields
        if len(rows) > WINDOW:
            break
    mine = rows.pop(line.number)
    return next((n for n, theirs in rows.items() if _mixed(of, mine, theirs, line.hash)), None)


def _mixed(of: Log, mine: Fields, theirs: Fields, wanted: Hash) -> bool:
    """Whether this row was what was promised, before it took something over of the other."""
    everything = (mine[0], *theirs[1:])
    only_the_words = (*mine[:-1], theirs[-1])
    return wanted in {of.leaf(everything), of.leaf(only_the_words)}


def _between(db: Connection, of: Log, notes: Sequence[Checkpoint]) -> FirstBad | None:
    """No list agrees with what was signed: the last checkpoint that is good says from where on not."""
    wanted, tree = {(one.size, one.root) for one in notes}, Growing()
    since: list[Line] = []  # after the last checkpoint that is good
    for fields in of.read(db, FIRST, LAST):
        since.append(of.line(fields))
        tree.add(since[-1].hash)
        if (tree.size, tree.root) in wanted:
            since = []
    good = tree.size - len(since)
    failing = [size for size, _ in wanted if size > good]
    if not failing:
        return None  # the rows are one side of a fork
    if not since:
        return FirstBad(None, None, None, f"missing, from place {good} on")
    after = min(failing) - good - 1
    return FirstBad.of(since[0], f"this one or one of the {after} after it changed, and the lists with it")
