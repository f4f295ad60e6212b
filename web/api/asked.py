"""What the address of a read asks: a day, a moment, a part of a list. Each at most once, and nothing else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from flask import request
from flask_babel import lazy_gettext as _

from domain.days import end_of
from web.api.problem import refuse
from web.desk import today
from web.forms.fields import Day, day_from

ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})", re.ASCII)
EARLIEST = date(1900, 1, 1)
MOST, USUAL = 100, 50  # in one answer
UNKNOWN = _("This address asks something that is not asked here, or asks it twice.")
NO_DAY = _("Give a day as yyyy-mm-dd.")
NO_MOMENT = _("Give a moment with its offset (2026-11-22T09:00:00Z), or a day as yyyy-mm-dd.")
NO_LIMIT = _("Give a whole number from 1 to 100.")
NO_PLACE = _("Follow the address in `next`.")


@dataclass(frozen=True)
class Asked:
    """On which day, by what was known when, and from where in a list; or beside which other day.

    `of_today`: a day was left out.
    """

    on: date
    of_today: bool
    known: datetime | None
    after: str
    limit: int
    compare: date
    compare_known: datetime | None

    @classmethod
    def now(cls, names: tuple[str, ...]) -> Asked:
        """What this request asks; 400 when it cannot be read, or is none of these names."""
        for name, given in request.args.lists():
            if name not in names or len(given) > 1:
                refuse(400, UNKNOWN, parameter=name)
        on, compare, limit = (request.args.get(name) for name in ("on", "compare", "limit"))
        return cls(
            today() if on is None else _day(on),
            on is None or ("compare" in names and compare is None),
            _moment("known"),
            request.args.get("after", ""),
            USUAL if limit is None else _limit(limit),
            today() if compare is None else _day(compare, "compare"),
            _moment("compare_known"),
        )

    @property
    def after_case(self) -> UUID | None:
        """After which case the list goes on."""
        try:
            return UUID(self.after) if self.after else None
        except ValueError:
            refuse(400, NO_PLACE, parameter="after")

    @property
    def after_entry(self) -> int:
        """After which entry the list goes on."""
        if self.after and not re.fullmatch(r"\d{1,9}", self.after, re.ASCII):
            refuse(400, NO_PLACE, parameter="after")
        return int(self.after or 0)


def _day(text: str, parameter: str = "on", sentence: str = NO_DAY) -> date:
    day = day_from(text) if ISO.fullmatch(text) else None
    if day is None or not EARLIEST <= day <= Day.LAST:
        refuse(400, sentence, parameter=parameter)
    return day


def _moment(parameter: str) -> datetime | None:
    """A day means the end of that day here. An address turns the + of an offset into a space."""
    if parameter not in request.args:
        return None
    text = request.args[parameter].replace(" ", "+")
    if not MOMENT.fullmatch(text):
        return end_of(_day(text, parameter, NO_MOMENT)).astimezone(UTC)
    _day(text[:10], parameter, NO_MOMENT)
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except ValueError:
        refuse(400, NO_MOMENT, parameter=parameter)


def _limit(text: str) -> int:
    if not re.fullmatch(r"\d{1,3}", text, re.ASCII) or not 1 <= int(text) <= MOST:
        refuse(400, NO_LIMIT, parameter="limit")
    return int(text)
