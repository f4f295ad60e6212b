"""The leaves of a log as the database keeps them: quick to prove with, not believed without a checkpoint."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from domain.store.log.logs import Line
from domain.store.log.merkle import Hash, node_hash, root_of, split
from domain.store.pool import Connection

BLOCK = 1024  # entries of which the root is kept; a power of two
WIDTH = 32  # bytes of a hash
HEAD = """
    SELECT place + 1, number
      FROM draad.log_leaf
     WHERE log = %(log)s
     ORDER BY place DESC
     LIMIT 1"""
HASHES = """
    SELECT string_agg(hash, ''::bytea ORDER BY place)
      FROM draad.log_leaf
     WHERE log = %(log)s AND place >= %(first)s AND place < %(end)s"""
BLOCKS = """
    SELECT string_agg(hash, ''::bytea ORDER BY block)
      FROM draad.log_block
     WHERE log = %(log)s"""
ADD = """
    INSERT INTO draad.log_leaf (log, place, number, hash)
    SELECT %(log)s, %(first)s + nr - 1, number, hash
      FROM unnest(%(numbers)s::bigint[], %(hashes)s::bytea[]) WITH ORDINALITY AS leaf (number, hash, nr)"""
ADD_BLOCK = """
    INSERT INTO draad.log_block (log, block, hash)
    VALUES (%(log)s, %(block)s, %(hash)s)"""


class Leaves:
    """Those of one log. Make a new one when there may be more: it remembers what it read."""

    def __init__(self, db: Connection, log: str) -> None:
        self.db, self.log = db, log
        self._known: dict[tuple[int, int], Hash] = {}
        self._block: tuple[int, list[Hash]] = (-1, [])

    def head(self) -> tuple[int, int]:
        """How many there are, and the number of the last row that is in."""
        row: Any = self.db.execute(HEAD, {"log": self.log}).fetchone()
        return (int(row[0]), int(row[1])) if row else (0, 0)

    def joined(self, first: int, end: int) -> bytes:
        """The hashes of a stretch, one after the other; fewer when there are no more."""
        row: Any = self.db.execute(
            HASHES, {"log": self.log, "first": first, "end": end}, binary=True
        ).fetchone()
        return bytes(row[0] or b"")

    def hashes(self, first: int, end: int) -> list[Hash]:
        """The same, one by one."""
        return cut(self.joined(first, end))

    def add(self, first: int, lines: Sequence[Line]) -> None:
        """The next ones, in a transaction of the caller."""
        self.db.execute(
            ADD,
            {
                "log": self.log,
                "first": first,
                "numbers": [line.number for line in lines],
                "hashes": [line.hash for line in lines],
            },
        )
        for block in range(first // BLOCK, (first + len(lines)) // BLOCK):
            root = root_of(self.hashes(block * BLOCK, (block + 1) * BLOCK))
            self.db.execute(ADD_BLOCK, {"log": self.log, "block": block, "hash": root})

    def over(self, first: int, end: int) -> Hash:
        """The root of a stretch as the tree has it: what proofs are made of."""
        if (first, end) not in self._known:
            self._known[first, end] = self._over(first, end)
        return self._known[first, end]

    def _over(self, first: int, end: int) -> Hash:
        if end - first <= BLOCK:
            return self._within(first, end)
        if (end - first) % BLOCK == 0:  # whole blocks: the tree over them is the tree over their entries
            return root_of(self._blocks[first // BLOCK : end // BLOCK])
        middle = first + split(end - first)
        return node_hash(self.over(first, middle), self.over(middle, end))

    def _within(self, first: int, end: int) -> Hash:
        block = first // BLOCK
        if self._block[0] != block:  # the entries of a case lie together more often than not
            self._block = block, self.hashes(block * BLOCK, (block + 1) * BLOCK)
        return root_of(self._block[1][first - block * BLOCK : end - block * BLOCK])

    @cached_property
    def _blocks(self) -> list[Hash]:
        row: Any = self.db.execute(BLOCKS, {"log": self.log}, binary=True).fetchone()
        return cut(bytes(row[0] or b""))


def cut(joined: bytes) -> list[Hash]:
    """Hashes that lie one after the other."""
    return [joined[at : at + WIDTH] for at in range(0, len(joined), WIDTH)]
