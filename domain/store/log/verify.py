"""Whether everything is as it was signed: all leaves made again from the rows, and the roots that they give.

Nothing in the database is believed: the key is pinned, the checkpoints lie outside. What came after the
last checkpoint is only held against the list in the database; how much that is, is part of the answer.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from operator import attrgetter
from typing import Any

from domain.store.log.checkpoint import Checkpoint, NoCheckpoint, Verifier
from domain.store.log.leaves import WIDTH, Leaves, cut
from domain.store.log.logs import FIRST, Log
from domain.store.log.losses import Loss, accepted, not_lost
from domain.store.log.merkle import Growing, Hash
from domain.store.log.naming import FirstBad, first_bad
from domain.store.log.outside import Folder
from domain.store.pool import Connection

STRETCH = 1024  # numbers that are read together: few, so that two processes end at the same moment
Stretch = tuple[int, int]  # the number before the first, and the last
Make = Callable[[Log, Iterable[Stretch]], Iterable[bytes]]  # the leaves of each stretch, in order


@dataclass(frozen=True)
class Verdict:
    """What was found in one log. `waiting` entries came after the last checkpoint: none guards them yet.

    `unsigned`: there were entries, and nobody here knew of any checkpoint, good or bad.
    """

    log: str
    entries: int
    checkpoint: Checkpoint | None
    first_bad: FirstBad | None = None
    findings: tuple[str, ...] = ()
    losses: tuple[Loss, ...] = ()
    unsigned: bool = False

    @property
    def ok(self) -> bool:
        return self.first_bad is None and not self.findings

    @property
    def signed_at(self) -> str | None:
        """When the last checkpoint was signed, by the clock of who signed."""
        return self.checkpoint.said("time") if self.checkpoint else None

    @property
    def waiting(self) -> int:
        return max(0, self.entries - (self.checkpoint.size if self.checkpoint else 0))


@dataclass
class Walk:
    """The rows, walked once: the roots where one was signed, and where the list in the database differs."""

    signed: Sequence[Checkpoint]
    tree: Growing = field(default_factory=Growing)
    others: list[Checkpoint] = field(default_factory=list)
    off_the_list: int | None = None

    def __post_init__(self) -> None:
        self._at: dict[int, list[Checkpoint]] = {}
        for one in self.signed:
            self._at.setdefault(one.size, []).append(one)
        self._sizes = sorted(self._at)

    def take(self, joined: bytes, listed: bytes) -> None:
        """The next leaves, one after the other, and those on the list."""
        first, leaves = self.tree.size, cut(joined)
        if self.off_the_list is None and not joined.startswith(listed):
            self.off_the_list = first + _differs(leaves, listed)
        for size in self._signed_within(first, first + len(leaves)):
            self.tree.extend(leaves[self.tree.size - first : size - first])
            root = self.tree.root
            self.others += [one for one in self._at[size] if one.root != root]
        self.tree.extend(leaves[self.tree.size - first :])

    def _signed_within(self, first: int, end: int) -> Sequence[int]:
        return self._sizes[bisect_right(self._sizes, first) : bisect_right(self._sizes, end)]


def verify(
    db: Connection,
    of: Log,
    key: Verifier,
    folders: Sequence[Folder],
    *,
    all_notes: bool = False,
    make: Make | None = None,
) -> Verdict:
    """`folders`: where checkpoints are. `make`: makes the leaves, when not on this connection."""
    # The checkpoints before the rows: these only grow.
    signed, findings = _opened(of, key, folders, all_notes=all_notes)
    losses = accepted(of.name, key, folders)
    signed = not_lost(signed, losses)
    if len({one.size for one in signed}) < len({(one.size, one.root) for one in signed}):
        findings.append("Two signed checkpoints of one size differ: the log was forked.")
    stored = Leaves(db, of.name)
    listed, last = stored.head()
    until = max(last, of.safe(db, last))
    walk = Walk(signed)
    make = make or (lambda of, wanted: (of.leaves(db, *stretch) for stretch in wanted))
    for made in make(of, stretches(until)):
        walk.take(made, stored.joined(walk.tree.size, walk.tree.size + len(made) // WIDTH))
    size = walk.tree.size
    newest = max(signed, key=attrgetter("size"), default=None)
    others = [*walk.others, *(one for one in signed if one.size > size)]
    bad = None
    if others:
        shortest = min(others, key=attrgetter("size"))
        bad = first_bad(db, of, shortest, folders, partial(_notes, of, key, folders))
        findings += [] if bad else ["The rows are not what was signed."]
    elif walk.off_the_list is not None or size < listed:
        bad, said = _off_the_list(db, of, walk.off_the_list or size, newest.size if newest else 0)
        findings += said
    unsigned = bool(size and not (signed or findings or bad))
    if size and not signed:
        findings.append("There is no checkpoint that the pinned key signed: nothing shows what was here.")
    return Verdict(of.name, size, newest, bad, tuple(findings), tuple(losses), unsigned)


def stretches(until: int) -> Iterator[Stretch]:
    """All numbers, in stretches."""
    yield FIRST, 0  # nothing of ours, and a stream would show it
    for after in range(0, until, STRETCH):
        yield after, min(after + STRETCH, until)


def _opened(
    of: Log, key: Verifier, folders: Sequence[Folder], *, all_notes: bool
) -> tuple[list[Checkpoint], list[str]]:
    """The checkpoints to hold against the rows: the last of each folder, or all, and what is wrong."""
    signed, findings = [], []
    for folder in folders:
        last = folder.last(of.name)
        for note in folder.notes(of.name) if all_notes else [last] if last else []:
            try:
                signed.append(key.opens(note))
            except NoCheckpoint:
                findings.append(f"A checkpoint in {folder.path} was not signed by the pinned key.")
                break
    return signed, findings


def _notes(of: Log, key: Verifier, folders: Sequence[Folder]) -> list[Checkpoint]:
    """Every checkpoint that the pinned key signed."""
    found: list[Checkpoint] = []
    for folder in folders:
        for note in folder.notes(of.name):
            try:
                found.append(key.opens(note))
            except NoCheckpoint:
                continue
    return not_lost(found, accepted(of.name, key, folders))


def _off_the_list(db: Connection, of: Log, place: int, signed: int) -> tuple[FirstBad | None, list[str]]:
    """The rows give the signed root, and the list in the database does not: at this place, from nothing."""
    if place < signed:
        return None, [f"The list in the database differs at place {place}; the rows are as they were signed."]
    what = "not what was put on the list, after the last checkpoint"
    row: Any = db.execute(
        "SELECT number FROM draad.log_leaf WHERE log = %(log)s AND place = %(place)s",
        {"log": of.name, "place": place},
    ).fetchone()
    number = int(row[0]) if row else None
    found = [of.line(fields) for fields in of.read(db, number - 1, number)] if number else []
    return FirstBad.of(found[0], what) if found else FirstBad(number, None, None, what), []


def _differs(hashes: Sequence[Hash], listed: bytes) -> int:
    return next(i for i, leaf in enumerate(hashes) if listed[32 * i : 32 * i + 32] != leaf)
