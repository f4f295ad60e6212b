"""One fact of an entry that was put right, as it is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import msgspec

from domain.correcting import EntryCorrected, facts_of
from domain.entry import Entry


@dataclass(frozen=True)
class Correction:
    """One fact that was put right: what it was, what it is, and by which entry."""

    by: EntryCorrected
    was: object
    now: object

    @classmethod
    def of(cls, by: EntryCorrected, corrected: Entry | None) -> Correction:
        """The correction with its facts as days, choices and amounts; as JSON when they cannot be read so."""
        expected = facts_of(type(corrected)).get(by.field) if corrected else None
        return cls(by, _fact(by.was, expected), _fact(by.now, expected))


def _fact(json: str, expected: Any) -> object:
    try:
        return msgspec.json.decode(json, type=expected or Any)
    except msgspec.MsgspecError:
        return json
