"""What was done with a signal: handled, or put off, with the entries it saw. The plan stays as it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import KW_ONLY
from datetime import date
from typing import Unpack

from domain import errors
from domain.entry import Entry, Telling
from domain.history import History, said
from domain.plan import Plan
from domain.say import Words


class SignalHandled(Entry):
    """A signal was looked into: what was done, and was it discussed with the client?"""

    TOPIC = "signal_handled"
    AFTER_CLOSING = True
    FACTS = ("discussed_with_client",)
    signal: str
    evidence: tuple[int, ...]  # the entries that showed it: on other ones the signal comes back
    done: Words
    _: KW_ONLY
    discussed_with_client: bool | None = None


class SignalPostponed(Entry):
    """A signal can wait until a day, and why."""

    TOPIC = "signal_postponed"
    AFTER_CLOSING = True
    FACTS = ("until",)
    signal: str
    evidence: tuple[int, ...]
    until: date
    reason: Words

    def check(self, plan: Plan) -> None:  # noqa: ARG002  # whatever is in it
        if self.until <= self.day:
            raise errors.NotAhead


class Signals(History):
    """What one may do with a signal."""

    def handle_signal(
        self,
        signal: str,
        evidence: tuple[int, ...],
        done: str,
        *,
        discussed_with_client: bool | None = None,
        **how: Unpack[Telling],
    ) -> None:
        """Write down what was done with a signal."""
        self._seen(evidence)
        facts = {"evidence": evidence, "discussed_with_client": discussed_with_client}
        self.record(SignalHandled, signal=said("signal", signal), done=said("done", done), **facts, **how)

    def postpone_signal(
        self, signal: str, evidence: tuple[int, ...], until: date, reason: str, **how: Unpack[Telling]
    ) -> None:
        """Put a signal off until a later day."""
        self._seen(evidence)
        facts = {"evidence": evidence, "until": until, "reason": said("reason", reason)}
        self.record(SignalPostponed, signal=said("signal", signal), **facts, **how)

    def _seen(self, evidence: Iterable[int]) -> None:
        """Evidence may have been withdrawn since: that it was seen stays true."""
        if not all(1 <= number <= len(self.entries) for number in evidence):
            raise errors.NoSuchEntry("evidence")
