"""The end of a case: transferred, closed, and perhaps opened again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import KW_ONLY
from datetime import date
from typing import Unpack
from uuid import UUID

from domain import errors
from domain.entry import Deciding, Decision
from domain.history import History, said
from domain.nouns import Support, Transfer
from domain.plan import Plan, standing
from domain.say import Words


class CaseTransferred(Decision):
    """The case went to another organisation, with the support that ran then."""

    TOPIC = "case_transferred"
    FACTS = ("to",)
    to: str

    def tell(self, plan: Plan) -> None:
        plan.transferred = Transfer(self.number, self.counts_from, self.to)


class CaseClosed(Decision):
    """The case was closed. `goes_on`: support that goes on elsewhere, without this case."""

    TOPIC = "case_closed"
    AFTER_CLOSING = True
    reason: Words
    _: KW_ONLY
    goes_on: tuple[UUID, ...] = ()

    def tell(self, plan: Plan) -> None:
        plan.closed_on, plan.closed_by = self.counts_from, self.number


class CaseReopened(Decision):
    """The case was opened again. What was agreed before is asked again."""

    TOPIC = "case_reopened"
    AFTER_CLOSING = True
    reason: Words

    def tell(self, plan: Plan) -> None:
        plan.closed_on, plan.closed_by, plan.reopened_on = None, None, self.counts_from
        plan.transferred = None
        for person in plan.people.values():
            if person.user != self.by.user:
                person.user = None  # access does not revive: who works on it again, joins again


class Closing(History):
    """What one may do at the end of a case."""

    def transfer_case(self, to: str, **how: Unpack[Deciding]) -> None:
        """Hand the case over to another organisation, with the support that runs."""
        if before := self.plan.transferred:
            raise errors.AlreadyTransferred(to=before.to, day=before.since)
        self.record(CaseTransferred, to=said("to", to), **how)

    def close_case(self, reason: str, goes_on: tuple[UUID, ...] = (), **how: Unpack[Deciding]) -> None:
        """Close the case. Running support is ended or handed over first, or named as going on elsewhere."""
        if self.plan.closed_on:
            raise errors.CaseIsClosed(closed=self.plan.closed_on)
        day = how.get("from_on") or self.day_of(how)
        last = max(e.day for e in standing(self.entries) if not e.AFTER_CLOSING)
        if last > day:
            raise errors.LaterEntries(last=last)
        running = dict(self._running(day))
        if any(support not in running for support in goes_on):
            raise errors.NotRunning("goes_on")
        here = {key: s for key, s in running.items() if not self._handed_over(s, day)}
        if stays := [support.what for key, support in here.items() if key not in goes_on]:
            raise errors.StillRunning(support=", ".join(stays))
        self.record(CaseClosed, reason=said("reason", reason), goes_on=goes_on, **how)

    def reopen_case(self, reason: str, **how: Unpack[Deciding]) -> None:
        """Open a closed case again."""
        if not self.plan_for(how).closed_on:
            raise errors.CaseIsOpen
        self.record(CaseReopened, reason=said("reason", reason), **how)

    def _running(self, day: date) -> Iterator[tuple[UUID, Support]]:
        """What runs on that day, or is going to."""
        for plan in (self.plan_on(day), self.plan):
            yield from ((key, support) for key, support in plan.supports.items() if support.running)

    def _handed_over(self, support: Support, day: date) -> bool:
        """Whether it went along when the case was transferred, on that day or before."""
        transfer = self.plan_on(day).transferred
        return bool(transfer and support.started_on and support.started_on <= transfer.since)
