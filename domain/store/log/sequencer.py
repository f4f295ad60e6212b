"""Puts what is new on a log, and signs how long it became: first in the database, then outside it.

Killed in between, the next one goes on: what is signed is always what the database had for certain. A list
in the database that is not the one that was signed before is not signed again.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from domain.store import jobs
from domain.store.log.checkpoint import Checkpoint, NoCheckpoint, Signer
from domain.store.log.leaves import Leaves
from domain.store.log.logs import Log
from domain.store.log.outside import Folder
from domain.store.pool import Connection

AT_ONCE = 1000  # entries for which there is a checkpoint, also when all come in one second
MISSING = 10_000  # lines in memory, when the file is new
HEAD = """
    INSERT INTO draad.log_head (log, note)
    VALUES (%(log)s, %(note)s)
    ON CONFLICT (log) DO UPDATE SET note = EXCLUDED.note"""
log = logging.getLogger(__name__)


class LogBroken(Exception):
    """The log is not the one that was signed before: nothing more is signed. Run `draad verify`."""


class Sequencer:
    """Of one log, on a connection of its own: as long as that stays, no other works on this log."""

    def __init__(
        self,
        db: Connection,
        of: Log,
        signer: Signer,
        home: Folder,
        *,
        witnesses: Sequence[Folder],
        clock: Callable[[], datetime],
    ) -> None:
        self.db, self.of, self.home, self.witnesses = db, of, home, witnesses
        self._signer, self._clock = signer, clock
        self._ours = False
        self._signed: Checkpoint | None = None

    def step(self) -> int:
        """Take the next entries up and sign; gives how many. LogBroken."""
        if not self._ours and not self._begin():
            return 0
        first, after = Leaves(self.db, self.of.name).head()
        until = self.of.safe(self.db, after)
        new = [self.of.line(fields) for fields in self.of.read(self.db, after, until, AT_ONCE)]
        if new:
            with self.db.transaction():
                Leaves(self.db, self.of.name).add(first, new)
            self.home.write_lines(self.of.name, first, new)
        size = first + len(new)
        if size and (self._signed is None or size > self._signed.size):
            self._sign(size)
        return len(new)

    def _begin(self) -> bool:
        """Take the log, unless another has it; what was not written outside any more is written now."""
        if not jobs.claim(self.db, f"sequence {self.of.name}"):
            return False
        leaves = Leaves(self.db, self.of.name)
        size, last = leaves.head()
        if note := self.home.last(self.of.name):
            self._signed = self._continued(note, leaves, size)
        self._write_what_is_missing(leaves, size, last)
        self._ours = True
        return True

    def _write_what_is_missing(self, leaves: Leaves, size: int, last: int) -> None:
        held, number = self.home.held(self.of.name)
        if held > size:
            raise LogBroken
        while held < size:
            lines = [self.of.line(fields) for fields in self.of.read(self.db, number, last, MISSING)]
            if not lines or [line.hash for line in lines] != leaves.hashes(held, held + len(lines)):
                raise LogBroken
            self.home.write_lines(self.of.name, held, lines)
            held, number = held + len(lines), lines[-1].number

    def _continued(self, note: str, leaves: Leaves, size: int) -> Checkpoint:
        """What was signed last, if the list in the database still begins with that."""
        try:
            signed = self._signer.verifier.opens(note)
        except NoCheckpoint as error:
            raise LogBroken from error
        if signed.size > size or leaves.over(0, signed.size) != signed.root:
            raise LogBroken
        return signed

    def _sign(self, size: int) -> None:
        leaves = Leaves(self.db, self.of.name)
        if self._signed and leaves.over(0, self._signed.size) != self._signed.root:
            raise LogBroken
        time = f"{self._clock().astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
        signed = Checkpoint(self._signer.name, size, leaves.over(0, size), (f"time {time}",))
        note = self._signer.sign(signed)
        self.home.keep(self.of.name, note)
        self._signed = signed
        self.db.execute(HEAD, {"log": self.of.name, "note": note})
        for witness in self.witnesses:
            try:
                witness.keep(self.of.name, note)
            except OSError as error:
                log.warning("a witness cannot be reached: %s", type(error).__name__)
