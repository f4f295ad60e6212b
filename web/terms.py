"""The terms of law in one case, as they stand today; and in all cases, of who asks to be forgotten."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.case import Case
from domain.errors import CaseIsErased, NoSuchCase
from domain.kinds import RequestKind
from projections.erasures import asking
from projections.signals import looking
from projections.signals.clocks import NEAR, Clock, ClockState, clocks
from projections.signals.rows import observed
from projections.signals.signal import Observed
from web.desk import casework, rows, today

ANSWER = "A1"  # the term of a request about the record


@dataclass(frozen=True)
class ToForget:
    """A client's request to destroy what is kept, that nobody answered. `due`: the last day in time."""

    case_id: UUID
    entry: int
    due: date | None
    passed: bool


def terms_in(case: Case) -> list[tuple[Clock, ClockState]]:
    """Every term that started, and how it stands."""
    with rows() as db:
        limits = looking.limits(db)
    return terms(observed(case.entries, (), today(), case.plan_on(today())), limits)


def terms(seen: Observed, limits: Mapping[str, Mapping[str, int]]) -> list[tuple[Clock, ClockState]]:
    """The same, for who has read the case and the limits of here. Near is when its signal speaks up."""
    near = limits.get("legal_clock", {}).get("days_ahead", NEAR)
    return [(clock, clock.state_on(seen.today, near)) for clock in clocks(seen)]


def asked_to_forget() -> list[ToForget]:
    """In all cases; what has to be answered first stands first."""
    with rows() as db:
        cases = asking(db)
    return sorted((one for case in cases for one in _asked_in(case)), key=lambda one: one.due or date.max)


def _asked_in(case_id: UUID) -> Iterator[ToForget]:
    with suppress(CaseIsErased, NoSuchCase):  # forgotten a moment ago, and still in the list
        case = casework().history(case_id)
        for clock, state in terms_in(case):
            asked = case.plan.requests.get(clock.entry) if clock.deadline.id == ANSWER else None
            if asked and asked.open and asked.kind is RequestKind.ERASURE:
                yield ToForget(case_id, asked.entry, clock.due, state is ClockState.PASSED)
