"""Where an entry that was not typed here comes from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Basis(StrEnum):
    """Whether another system said it happened, or only showed how things stood."""

    STATED = "stated"
    SNAPSHOT = "snapshot"


@dataclass(frozen=True)
class Source:
    """The record elsewhere that an imported entry was read from. `sha256` is of the raw resource, in hex."""

    system: str
    type: str
    id: str
    version: str
    sha256: str
    basis: Basis
    recorded: datetime | None = None
