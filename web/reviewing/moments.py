"""The two moments of an address: `?on=01-09-2026&known=10-09-2026&compare=…&compare_known=…`.

A moment is a day, and by when it was recorded: a day (its end), or a day and a time. What is left out is now,
so an address that is to show the same to everybody says all four: `fixed` makes that address.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import ClassVar

from flask import g, request

from domain.case import Case
from domain.days import HERE, end_of
from projections.masked import masked
from projections.then import Moment, Readings
from web.access import reads_for
from web.desk import today
from web.forms.fields import Day, day_from

FIRST_DAY = date(1900, 1, 1)
TYPED = re.compile(r"(\S+)[ T]+(\d{1,2}):(\d{2})(?::(\d{2}))?", re.ASCII)
EXACT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?Z", re.ASCII)


@dataclass(frozen=True)
class Asked:
    """The two moments as this address asks them. `typed` is what stood in it, also what cannot be read."""

    NAMES: ClassVar = ("on", "known", "compare", "compare_known")
    typed: dict[str, str]
    one: Moment
    other: Moment
    unreadable: tuple[str, ...]

    @classmethod
    def of(cls, usual: date, today: date, now: datetime) -> Asked:
        """As the request asks; what is left out or cannot be read is the `usual` day, today, and now."""
        typed = {name: request.args.get(name, "").strip() for name in cls.NAMES}
        days = {name: _day(typed[name]) for name in ("on", "compare")}
        known = {name: moment_from(typed[name]) for name in ("known", "compare_known")}
        wrong = tuple(name for name, found in {**days, **known}.items() if typed[name] and found is None)
        return cls(
            typed,
            Moment(days["on"] or usual, known["known"] or now),
            Moment(days["compare"] or today, known["compare_known"] or now),
            wrong,
        )

    @property
    def named(self) -> list[Moment]:
        """Those of which the address says by when it was recorded."""
        both = (("known", self.one), ("compare_known", self.other))
        return [moment for name, moment in both if self.typed[name] and name not in self.unreadable]

    def shown(self, name: str) -> str:
        """What stands in the field: as it was typed, or the day that is shown."""
        days = {"on": self.one.on, "compare": self.other.on}
        if self.typed[name] and name in self.unreadable:
            return self.typed[name]
        if name in days:
            return f"{days[name]:%d-%m-%Y}"
        return in_field(self.typed[name])

    def at(self, **other: str) -> dict[str, str]:
        """The parameters of the same address, with these otherwise; what is not said stays unsaid."""
        same = {name: text for name, text in self.typed.items() if text and name not in self.unreadable}
        return {**same, **other}

    def fixed(self, now: datetime) -> dict[str, str]:
        """The parameters that show this page to everybody, whatever is recorded after now."""
        return {
            "on": f"{self.one.on:%d-%m-%Y}",
            "known": exact(min(self.one.known, now)),
            "compare": f"{self.other.on:%d-%m-%Y}",
            "compare_known": exact(min(self.other.known, now)),
        }


def readings_of(case: Case) -> Readings:
    """The case as who is here may read it. All that one request reads of it, it reads once."""
    made: tuple[Case, Readings] | None = g.get("readings")
    if made is None or made[0] is not case:
        made = case, Readings(case.entries, masked(case.entries, reads_for(), today()))
        g.readings = made
    return made[1]


def moment_from(text: str) -> datetime | None:
    """10-09-2026 is the end of that day, 10-09-2026 14:30 that minute's start; None when it is no moment."""
    if EXACT.fullmatch(text):
        return datetime.fromisoformat(text) if _day(text[:10]) and _is_time(text) else None
    if typed := TYPED.fullmatch(text.strip()):
        day, (hours, minutes, seconds) = _day(typed[1]), (int(part or 0) for part in typed.groups()[1:])
        if day is None or hours > 23 or minutes > 59 or seconds > 59:  # noqa: PLR2004  # as clocks go
            return None
        return datetime.combine(day, time(hours, minutes, seconds), HERE)
    day = _day(text)
    return end_of(day) if day else None


def in_field(text: str) -> str:
    """As people write it here, where that says the same; else as it stood in the address."""
    moment = moment_from(text) if EXACT.fullmatch(text) else None
    if moment is None:
        return text
    here = f"{moment.astimezone(HERE):%d-%m-%Y %H:%M:%S}"
    return here if moment_from(here) == moment else text


def _day(text: str) -> date | None:
    day = day_from(text)
    return day if day and FIRST_DAY <= day <= Day.LAST else None


def _is_time(text: str) -> bool:
    try:
        return bool(datetime.fromisoformat(text))
    except ValueError:
        return False


def exact(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
