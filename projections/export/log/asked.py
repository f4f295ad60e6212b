"""What a log is asked to hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Format(StrEnum):
    """For which programs it is."""

    XES = "xes"
    OCEL = "ocel"


@dataclass(frozen=True)
class Period:
    """From a day to a day, both included; None: no end there."""

    first: date | None = None
    last: date | None = None

    def holds(self, day: date) -> bool:
        """Whether it is one of its days."""
        return (self.first or date.min) <= day <= (self.last or date.max)


@dataclass(frozen=True)
class AskedLog:
    """A log of what happened in a period; `people`: with who did it, under names of that one file."""

    format: Format
    period: Period = Period()
    people: bool = True

    @property
    def name(self) -> str:
        """What the file is called, with the ending by which programs know it."""
        return "draad-log.xes" if self.format is Format.XES else "draad-log.jsonocel"
