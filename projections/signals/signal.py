"""What a signal is: a question put to one history, answered with the entries that show it.

A signal is a file of this package with a function of the same name, marked with @signal. Its docstring is the
explanation on screen: the first line is what was noticed, the rest why it is worth a look. It reads no clock
and no database. Its thresholds are the fields of `Limits` in the same file, each with its source.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from enum import IntEnum
from functools import cache, cached_property
from importlib import import_module
from itertools import chain
from pkgutil import iter_modules
from typing import Any, TypeVar

from domain.entry import Decision, Entry, Subject
from domain.kinds import ContactKind
from domain.plan import Plan
from projections.contacts import Contact

E = TypeVar("E", bound=Entry)
Fact = int | date  # no words: what is noticed is followed in clear
Ask = Callable[["Observed", Any], "Noticed | None"]


class Weight(IntEnum):
    """How soon somebody should look. The heaviest stand first."""

    KEEP_AN_EYE = 1
    THIS_WEEK = 2
    NOW = 3


@dataclass(frozen=True)
class Observed:
    """What a signal sees of one case: the entries that stand by number, the plan today, contacts in order."""

    entries: Sequence[Entry]
    plan: Plan
    today: date
    contacts: Sequence[Contact] = ()

    def days_since(self, day: date) -> int:
        """Whole days from that day to today."""
        return (self.today - day).days

    def within(self, day: date, days: int) -> bool:
        """Whether it is one of the last so many days, today included."""
        return 0 <= self.days_since(day) < days

    def back(self, days: int) -> date:
        """The day so many days ago."""
        return self.today - timedelta(days=days)

    def of(self, *kinds: type[E]) -> Iterator[E]:
        """The entries of these kinds that count today, in the order in which they count."""
        found = (of for kind, of in self._by_kind.items() if issubclass(kind, kinds))
        return (entry for _, entry in sorted(chain(*found)))  # type: ignore[misc]  # of these kinds

    @cached_property
    def _by_kind(self) -> dict[type[Entry], list[tuple[int, Entry]]]:
        """The same by kind, each with its place: 35 questions need not go through a long history."""
        found: dict[type[Entry], list[tuple[int, Entry]]] = {}
        for place, entry in enumerate(self.counting):
            found.setdefault(type(entry), []).append((place, entry))
        return found

    @cached_property
    def counting(self) -> list[Entry]:
        """The entries that count today, by day and then number."""
        return sorted(
            (e for e in self.entries if e.counts_from <= self.today), key=lambda e: (e.counts_from, e.number)
        )

    @cached_property
    def answered(self) -> set[int]:
        """The numbers of the entries that a later one is about."""
        return {entry.about for entry in self.counting if entry.about and entry.about < entry.number}

    @property
    def decisions(self) -> Iterator[Decision]:
        """What was decided, in order."""
        return self.of(Decision)

    @cached_property
    def visits(self) -> list[Contact]:
        """Contacts with a worker, not in a group, in the order in which they took place."""
        told = (c for c in self.contacts if c.workers and c.kind != ContactKind.GROUP)
        return sorted(told, key=lambda c: (c.started_at, c.entry))


@dataclass(frozen=True)
class Noticed:
    """What a signal noticed: since when, the numbers of the entries that show it, and facts for its sentence.

    `contacts` are numbers in the log of contacts. `says`, `weight`: where they differ from the signal's.
    `about`: the one thing that it is about, for a sentence that calls it by its name, %(what)s.
    """

    since: date
    evidence: tuple[int, ...] = ()
    facts: Mapping[str, Fact] = field(default_factory=dict)
    contacts: tuple[int, ...] = ()
    says: str = ""
    weight: Weight | None = None
    about: Subject | None = None


@dataclass(frozen=True)
class Threshold:
    """One limit of a signal: its value when the organisation chose no other, and where that comes from."""

    name: str
    default: int
    unit: str
    source: str


def limit(default: int, unit: str, source: str = "") -> Any:
    """A field of `Limits`: a whole number of `unit`, and where the default comes from (empty: our choice)."""
    return field(default=default, metadata={"unit": unit, "source": source})


@dataclass(frozen=True)
class NoLimits:
    """For signals that speak up at once."""


@dataclass(frozen=True)
class Signal:
    """One question, with what the screens need to know of it.

    `again`: days after which a handled signal comes back on time alone; None: on new evidence only.
    `closed`: it also looks at closed cases. `for_managers`: coordinators do not see it. `asks_for`: the
    commands that end it, for a button.
    """

    name: str
    ask: Ask
    limits: type[Any]
    weight: Weight
    again: int | None = None
    closed: bool = False
    for_managers: bool = False
    asks_for: tuple[str, ...] = ()

    @property
    def says(self) -> str:
        """The sentence, with %(facts)s: the first line of the docstring."""
        return (self.ask.__doc__ or "").partition("\n")[0]

    @property
    def explains(self) -> str:
        """Why it is worth a look: the rest of the docstring, in one paragraph."""
        return " ".join((self.ask.__doc__ or "").partition("\n")[2].split())

    @property
    def thresholds(self) -> list[Threshold]:
        """Its limits, with units and sources."""
        chosen = self.limits()
        return [Threshold(f.name, getattr(chosen, f.name), **f.metadata) for f in fields(chosen)]

    def look(self, seen: Observed, chosen: Mapping[str, int] | None = None) -> Noticed | None:
        """Ask it, with the thresholds the organisation chose. Of a closed case only what says so is asked."""
        if seen.plan.closed_on and not self.closed:
            return None
        return self.ask(seen, self.limits(**(chosen or {})))


def signal(
    weight: Weight,
    *,
    limits: type[Any] = NoLimits,
    again: int | None = None,
    closed: bool = False,
    for_managers: bool = False,
    asks_for: tuple[str, ...] = (),
) -> Callable[[Ask], Signal]:
    """Marks the question of a file."""

    def marked(ask: Ask) -> Signal:
        return Signal(ask.__name__, ask, limits, weight, again, closed, for_managers, asks_for)

    return marked


@cache
def signals() -> dict[str, Signal]:
    """Every signal by its name: one a file."""
    package = __name__.rpartition(".")[0]
    names = [module.name for module in iter_modules(import_module(package).__path__)]
    found = {name: getattr(import_module(f"{package}.{name}"), name, None) for name in names}
    return {name: one for name, one in found.items() if isinstance(one, Signal)}
