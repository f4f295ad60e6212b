"""What goals, supports and people were called on the day of an entry, whatever they were called later."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from domain.entry import Entry, Subject
from domain.refusals import SupportRefused


class Called:
    """The names as they were, from the entries that stand."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        told = sorted(entries, key=lambda e: (e.counts_from, e.number))
        self._moments: list[tuple[date, int]] = []
        self._as_of: list[Mapping[Subject, str]] = [{}]
        for entry in told:
            if new := dict(named(entry, self._as_of[-1])):
                self._moments.append((entry.counts_from, entry.number))
                self._as_of.append({**self._as_of[-1], **new})

    def at(self, entry: Entry) -> Mapping[Subject, str]:
        """The names just before an entry changed them; what it brings itself counts too."""
        before = self._as_of[bisect_right(self._moments, (entry.day, entry.number - 1))]
        own = {} if entry.CHANGES_TEXT else dict(named(entry, before))
        return before if all(subject in before for subject in own) else {**own, **before}


def named(entry: Entry, names: Mapping[Subject, str]) -> Iterator[tuple[Subject, str]]:
    """The subjects that an entry gives a name, with a refusal as its support is called."""
    if isinstance(entry, SupportRefused):
        yield entry.number, names.get(entry.support_id, "")
    yield from entry.named()
