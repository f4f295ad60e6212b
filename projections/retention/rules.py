"""How long a law wants a record to be kept, as data: rules.toml holds one row each, and no row is code.

A row says from what moment a law counts, and how long; since when it says so, and where that was read. When a
law changes a row is added with the next version: it counts from its day on, for all records that are there
then.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from domain.casework import CATALOGUE
from domain.kinds import LegalBasis
from projections.signals.terms import Term

Kinds = tuple[type[Any], ...]


class Starts(StrEnum):
    """What the clock of a law starts with."""

    CONTENT = "content"  # the last change of what the record says
    RECEIVED = "received"  # each entry, when it was received or made: the last one keeps the whole
    CLOSED_WITHOUT_HELP = "closed_without_help"
    INVOLUNTARY_CARE_ENDED = "involuntary_care_ended"


@dataclass(frozen=True)
class Rule:
    """What one law says. `instead_of`: when it counts, that other rule does not. `basis`: none named is all.

    `outside` says why nothing is proposed by it.
    """

    id: str
    version: int
    law: str
    article: str
    valid_from: date
    source: str
    verified: bool
    starts: Starts | None = None
    term: Term | None = None
    basis: tuple[LegalBasis, ...] = ()
    instead_of: str = ""
    outside: str = ""

    def is_for(self, basis: str) -> bool:
        """Whether it counts in a case under this law."""
        return not self.outside and (not self.basis or basis in self.basis)


def rule_of(id: str, version: int) -> Rule:
    """This version of a rule."""
    return next(rule for rule in RULES if (rule.id, rule.version) == (id, version))


def rules_on(day: date) -> list[Rule]:
    """The rules as they are on that day: of each the last version that holds by then."""
    holding = {rule.id: rule for rule in RULES if rule.valid_from <= day}
    return list(holding.values())


def _rule(row: dict[str, Any]) -> Rule:
    told = dict(row)
    told |= {"term": Term.of(row["term"])} if "term" in row else {}
    told |= {"starts": Starts(row["starts"])} if "starts" in row else {}
    return Rule(**told | {"basis": tuple(map(LegalBasis, row.get("basis", ())))})


_TOLD = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
RULES = list(map(_rule, _TOLD["rule"]))  # of each the versions in their order
ABOUT_KEEPING: Kinds = tuple(CATALOGUE[topic] for topic in _TOLD["about_keeping"])
ADMINISTRATIVE: Kinds = tuple(CATALOGUE[topic] for topic in _TOLD["administrative"])
