"""The terms of law that run in one case, each from the entry that started it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import chain, repeat

from domain.case import CareStarted
from domain.complaint import ComplaintAnswered, ComplaintVoiced
from domain.days import Precision
from domain.entry import Entry
from domain.evaluation import EvaluationHeld
from domain.kinds import ComplaintLaw, RequestKind
from domain.laying_down import PlanLaidDown
from domain.rights import RequestAnswered, RequestReceived
from domain.safety import RestrictionImposed, RestrictionReviewed
from domain.support import EmergencySupportStarted, SupportStarted
from projections.signals.deadlines import DEADLINES, Deadline
from projections.signals.signal import Observed

NEAR = 7  # days before its last day, unless the organisation chose otherwise


class ClockState(StrEnum):
    """How a term stands."""

    UNKNOWN = "unknown"  # a day is not known well enough to count
    RUNNING = "running"
    NEAR = "near"
    PASSED = "passed"
    DONE = "done"
    LATE = "late"  # done, after the term


@dataclass(frozen=True)
class Clock:
    """A term as it runs in a case, from an entry. `due`: the last day in time; None: it cannot be counted."""

    deadline: Deadline
    entry: int
    since: date
    due: date | None
    done_on: date | None = None

    def state_on(self, day: date, near: int = NEAR) -> ClockState:
        """How it stands on a day; near from so many days before the end."""
        if self.due is None:
            return ClockState.UNKNOWN
        if self.done_on and self.done_on <= day:
            return ClockState.DONE if self.done_on <= self.due else ClockState.LATE
        if day > self.due:
            return ClockState.PASSED
        return ClockState.NEAR if (self.due - day).days <= near else ClockState.RUNNING

    def near_from(self, near: int = NEAR) -> date:
        """The day on which its end came near; not before it began."""
        due = self.due or date.max
        return max(self.since, due - timedelta(days=min(near, (due - date.min).days)))


def clocks(seen: Observed) -> list[Clock]:
    """The terms of law that started in this case; what ends first stands first, what is unknown last.

    Only those of the laws that hold here. After the closing, only those that go on: complaints and requests.
    """
    told = chain(_plan_made(seen), _looked_back(seen), _restricted(seen), _complaints(seen), _requests(seen))
    ours = (c for c in told if c.deadline.holds_in(seen.plan) and c.since >= c.deadline.valid_from)
    return sorted(ours, key=lambda c: (c.due or date.max, c.entry, c.deadline.id))


def _plan_made(seen: Observed) -> Iterator[Clock]:
    start = _care(seen)
    if start:
        laid_down = next(seen.of(PlanLaidDown), None)
        laws = ("L2", "J3", "Z1") if _wzd(seen) else ("L2", "J3")
        yield from (_clock(law, start, laid_down) for law in laws)


def _looked_back(seen: Observed) -> Iterator[Clock]:
    """Twice a year (Wlz); with involuntary care after four weeks, and then each half year (Wzd)."""
    held = list(seen.of(EvaluationHeld))
    start = _last(*held, _care(seen))
    if start:
        yield _clock("L3", start)
    involuntary = next((one for one in _wzd(seen) if one.in_plan), None)
    start = involuntary and _last(involuntary, next(seen.of(PlanLaidDown), None))
    if start:
        since = [one for one in held if (one.day, one.number) >= (start.day, start.number)]
        yield _clock("Z2", start, next(iter(since), None))
        yield from (_clock("Z2b", last) for last in since[-1:])


def _restricted(seen: Observed) -> Iterator[Clock]:
    looked_again = list(seen.of(RestrictionReviewed))
    for imposed in seen.of(RestrictionImposed):
        held = seen.plan.restrictions.get(imposed.number)
        if held is None:
            continue
        over = None if held.holds_on(seen.today) else held.last_day
        if not imposed.in_plan:
            yield _clock("Z3", imposed, held.written_on)
            yield _clock("Z3b", imposed, over)
        else:
            reviews = [one for one in looked_again if one.restriction == imposed.number]
            terms = chain(("Z4", "Z5"), repeat("Z5b"))
            yield from map(_clock, terms, [imposed, *reviews], [*reviews, over])


def _complaints(seen: Observed) -> Iterator[Clock]:
    """Of the Wkkgz, from the day it came in writing. More time counts when it was told within the term."""
    answers = list(seen.of(ComplaintAnswered))
    for voiced in seen.of(ComplaintVoiced):
        start = voiced.in_writing_on
        if voiced.law is not ComplaintLaw.WKKGZ or start is None or start > seen.today:
            continue
        row = DEADLINES["K1"]
        told = [one for one in answers if one.complaint == voiced.number]
        extended = any(one.extended_until and one.day <= row.last_day(start) for one in told)
        answer = next((one for one in told if not one.extended_until), None)
        done = answer.day if answer else None
        due = None if answer and not _to_the_day(answer) else row.last_day(start, extended=extended)
        yield Clock(row, voiced.number, start, due, done)


def _requests(seen: Observed) -> Iterator[Clock]:
    answers = list(seen.of(RequestAnswered))
    for asked in seen.of(RequestReceived):
        answer = next((one for one in answers if one.request == asked.number), None)
        yield _clock("A1", asked, answer)
        if asked.kind is RequestKind.ERASURE:
            yield _clock("A3", asked, answer)


def _clock(law: str, start: Entry, end: Entry | date | None = None) -> Clock:
    """The term of a row, from one entry to another or a day. An imprecise day never counts for a term."""
    row, done = DEADLINES[law], end.day if isinstance(end, Entry) else end
    told = (one for one in (start, end) if isinstance(one, Entry))
    due = row.last_day(start.day) if all(map(_to_the_day, told)) else None
    return Clock(row, start.number, start.day, due, done)


def _to_the_day(entry: Entry) -> bool:
    return entry.precision is Precision.DAY


def _care(seen: Observed) -> Entry | None:
    """The start of care: as it was told, else the first help."""
    told = next(seen.of(CareStarted), None)
    return told or next(seen.of(SupportStarted, EmergencySupportStarted), None)


def _wzd(seen: Observed) -> list[RestrictionImposed]:
    """The restrictions that hold today: as long as there is one, the case falls under the Wzd."""
    holding = {number for number, held in seen.plan.restrictions.items() if held.holds_on(seen.today)}
    return [imposed for imposed in seen.of(RestrictionImposed) if imposed.number in holding]


def _last(*entries: Entry | None) -> Entry | None:
    """The one that happened last."""
    return max((e for e in entries if e), key=lambda e: (e.day, e.number), default=None)
