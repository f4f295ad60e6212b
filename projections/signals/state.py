"""What became of a signal: new, put off until a day, or handled; read from the entries about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.entry import Entry
from domain.signals import SignalHandled, SignalPostponed
from projections.signals.signal import Noticed, Observed, Signal, signals


class State(StrEnum):
    """Whether somebody still has to look. Who looked is read from the access log."""

    NEW = "new"
    POSTPONED = "postponed"
    HANDLED = "handled"


@dataclass(frozen=True)
class Raised:
    """A signal that was noticed in a case, and what became of it, by which entry."""

    signal: Signal
    noticed: Noticed
    state: State
    until: date | None = None
    by: int | None = None

    @property
    def worst_first(self) -> tuple[int, date, str]:
        """For sorting: the heaviest first, then the longest there."""
        return -(self.noticed.weight or self.signal.weight), self.noticed.since, self.signal.name


def raised(seen: Observed, chosen: dict[str, dict[str, int]] | None = None) -> list[Raised]:
    """All that is noticed in a case today, the worst first. `chosen`: the limits of here, by signal."""
    found = ((one, one.look(seen, (chosen or {}).get(one.name))) for one in signals().values())
    done = [e for e in seen.entries if isinstance(e, SignalHandled | SignalPostponed)]
    told = [became(one, noticed, done, seen.today) for one, noticed in found if noticed]
    return sorted(told, key=lambda r: r.worst_first)


def became(one: Signal, noticed: Noticed, entries: Iterable[Entry], today: date) -> Raised:
    """What became of it. Handled comes back on new evidence, or when its own time has passed again."""
    about = [e for e in entries if isinstance(e, SignalHandled | SignalPostponed) and e.signal == one.name]
    last = max(about, key=lambda e: e.number, default=None)
    match last:
        case SignalPostponed(until=until) if today < until:
            return Raised(one, noticed, State.POSTPONED, until, last.number)
        case SignalHandled() if not _back(one, noticed, last, today):
            return Raised(one, noticed, State.HANDLED, None, last.number)
    return Raised(one, noticed, State.NEW)


def _back(one: Signal, noticed: Noticed, handled: SignalHandled, today: date) -> bool:
    again = one.again is not None and (today - handled.day).days >= one.again
    return again or not set(noticed.evidence) <= set(handled.evidence)
