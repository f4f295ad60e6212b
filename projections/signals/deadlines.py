"""The terms that laws set, as data: deadlines.toml holds one row each, and no row is code.

A row says which law and article, which events start and end the term, since when it holds, and where that was
read. `verified` means: read in the source that is named. What is not so says "not checked yet" on screen.
docs/deadlines.md is the same table for people.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from domain.casework import CATALOGUE
from domain.entry import Entry
from domain.kinds import LegalBasis
from domain.plan import Plan
from projections.signals.terms import Term

Events = tuple[type[Entry], ...]


@dataclass(frozen=True)
class Deadline:
    """A term or duty of a law. Watched by a signal, or `outside` says why it is not.

    `what` is what the law asks, as it stands on screen. `more` may be added once, when that is told within
    the term. `basis`: the legal bases of a case under which it holds; none named: all of them.
    """

    id: str
    law: str
    article: str
    what: str
    valid_from: date
    source: str
    verified: bool
    starts: Events = ()
    ends: Events = ()
    term: Term | None = None
    more: Term | None = None
    basis: tuple[LegalBasis, ...] = ()
    watched_by: str = ""
    outside: str = ""

    def holds_in(self, plan: Plan) -> bool:
        """Whether it counts in this case: by its law, and as long as what starts it can still be recorded."""
        of_this_law = not self.basis or plan.legal_basis in self.basis
        return of_this_law and (plan.closed_on is None or all(kind.AFTER_CLOSING for kind in self.starts))

    def last_day(self, start: date, *, extended: bool = False) -> date:
        """The last day in time, for what began on `start`."""
        end = self.term.last_day(start) if self.term else date.max
        return self.more.last_day(end) if extended and self.more else end


def _deadline(row: dict[str, Any]) -> Deadline:
    """A row, with its words read as events, terms and laws."""
    told = dict(row)
    told |= {name: tuple(CATALOGUE[topic] for topic in row.get(name, ())) for name in ("starts", "ends")}
    told |= {name: Term.of(row[name]) for name in ("term", "more") if name in row}
    return Deadline(**told | {"basis": tuple(map(LegalBasis, row.get("basis", ())))})


def _deadlines() -> dict[str, Deadline]:
    rows = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))["deadline"]
    return {row["id"]: _deadline(row) for row in rows}


DEADLINES = _deadlines()
