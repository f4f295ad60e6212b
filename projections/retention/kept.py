"""Of each case the days that laws count from, and the entries that set them. Days and numbers, no words.

What a law makes of these days is worked out when it is asked: another version of a law needs no rebuild.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.case import CaseOpened
from domain.days import local_day
from domain.entry import Entry
from domain.plan import Plan
from projections.read_model import ReadModel, Told
from projections.retention.rules import ABOUT_KEEPING, ADMINISTRATIVE, Kinds


@dataclass(frozen=True)
class Kept:
    """One case, up to an `entry`. `received`: the last time that anything came in, `content`: that it changed
    what the record says; the days on which that was recorded, and in which entry.

    `involuntary`: the last day of involuntary care, date.max when no end is known, and the entry that imposed
    it; `held` the first hold that stands.
    """

    case_id: UUID
    entry: int
    legal_basis: str
    received: date
    received_in: int
    content: date
    content_in: int
    closed_on: date | None
    closed_in: int | None
    helped: bool
    involuntary: date | None
    involuntary_in: int | None
    held: int | None


def rows(told: Told) -> Iterator[Kept]:
    """The one row of a case."""
    plan = told.plan
    received = _last(told, but=ABOUT_KEEPING)
    content = _last(told, but=ABOUT_KEEPING + ADMINISTRATIVE)
    involuntary, by = _involuntary(plan)
    yield Kept(
        case_id=told.case_id,
        entry=told.events[-1].number,
        legal_basis=plan.legal_basis,
        received=local_day(received.timestamp),
        received_in=received.number,
        content=local_day(content.timestamp),
        content_in=content.number,
        closed_on=plan.closed_on,
        closed_in=plan.closed_by,
        helped=_helped(plan),
        involuntary=involuntary,
        involuntary_in=by,
        held=min((h.entry for h in plan.holds.values() if not h.lifted_on), default=None),
    )


def _last(told: Told, *, but: Kinds) -> Entry:
    entry: Entry = next(e for e in reversed(told.events) if not isinstance(e, but))
    return entry


def _helped(plan: Plan) -> bool:
    """Whether anything came of it: help that began, also when the entry says so no more, or a plan."""
    return bool(plan.care_started_on or plan.versions or any(s.started_on for s in plan.supports.values()))


def _involuntary(plan: Plan) -> tuple[date | None, int | None]:
    """The last day of the last restriction, and the entry that imposed it."""
    held = plan.restrictions.values()
    return max(((r.last_day or date.max, r.entry) for r in held), default=(None, None))


RETENTION = ReadModel("retention", Kept, CaseOpened, rows)
