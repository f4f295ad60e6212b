"""Where a form is filled in: the case, and the plan on the day it is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from domain.case import Case
from domain.plan import Plan


class Option(NamedTuple):
    """One of the things to choose from: what is sent, and what people read."""

    value: str
    text: str


@dataclass(frozen=True)
class Situation:
    """The case and the day: what can sensibly be chosen is read from the plan on that day."""

    case: Case
    on: date

    @cached_property
    def plan(self) -> Plan:
        return self.case.plan_on(self.on)
