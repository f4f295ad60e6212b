"""What a restore could not bring back, and that somebody accepted.

It is a checkpoint of what was kept, with a line that says up to where was lost: signed as any other, so that
only who has the key of the log accepts a loss. What was signed before of more than was kept is from then on
no sign of a tail that was cut off. The loss itself is told at every look.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from domain.store.log.checkpoint import Checkpoint, NoCheckpoint, Signer, Verifier
from domain.store.log.leaves import Leaves
from domain.store.log.outside import Folder


@dataclass(frozen=True)
class Loss:
    """The first `kept` entries are there; those after, up to `known`, were lost `at` (UTC, as signed)."""

    kept: Checkpoint
    known: int
    at: str

    def covers(self, signed: Checkpoint) -> bool:
        """Whether this was signed of what is lost: before the loss, and of more than was kept."""
        then = signed.said("time") or ""
        return self.kept.size < signed.size <= self.known and "" < then <= self.at

    def __str__(self) -> str:
        lost = self.known - self.kept.size
        return f"{lost} entries after the first {self.kept.size} were lost, accepted at {self.at}"


def accept(leaves: Leaves, signer: Signer, known: int, now: datetime) -> str:
    """The note that says: what is on the list is all there is, while more was `known`."""
    size = leaves.head()[0]
    at = f"{now.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    return signer.sign(Checkpoint(signer.name, size, leaves.over(0, size), (f"lost {known}", f"time {at}")))


def accepted(log: str, key: Verifier, folders: Sequence[Folder]) -> list[Loss]:
    """The losses that the pinned key signed, the oldest first."""
    found = {loss for folder in folders for note in folder.losses(log) if (loss := _opened(key, note))}
    return sorted(found, key=lambda loss: loss.at)


def not_lost(signed: Sequence[Checkpoint], losses: Sequence[Loss]) -> list[Checkpoint]:
    """What still has to be so: what was kept at each loss, too."""
    kept = [*signed, *(loss.kept for loss in losses)]
    return [one for one in kept if not any(loss.covers(one) for loss in losses)]


def _opened(key: Verifier, note: str) -> Loss | None:
    try:
        kept = key.opens(note)
    except NoCheckpoint:
        return None
    known, at = kept.said("lost"), kept.said("time")
    return Loss(kept, int(known), at) if known and known.isdecimal() and at else None
