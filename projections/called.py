"""What goals, supports and people were called on the day of an entry, whatever they were called later."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from domain.entry import Entry, Subject
from domain.evaluation import AgreementMade, DisagreementVoiced, EvaluationPlanned
from domain.goals import GoalAdjusted, GoalProposed
from domain.imported import StateImported
from domain.people import PartyJoined, PersonJoined
from domain.proposals import ProposalMade
from domain.refusals import SupportRefused
from domain.story import WishVoiced
from domain.support import SupportOffered


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
        return before if isinstance(entry, GoalAdjusted) else {**dict(named(entry, before)), **before}


def named(entry: Entry, names: Mapping[Subject, str]) -> Iterator[tuple[Subject, str]]:
    """The subject that an entry gives its name, if it does."""
    match entry:
        case GoalProposed(goal_id=key, words=name) | GoalAdjusted(goal_id=key, words=name):
            yield key, name
        case SupportOffered(support_id=key, what=name) | WishVoiced(wish_id=key, words=name):
            yield key, name
        case PersonJoined(person_id=key, name=name) | PartyJoined(party=key, name=name):
            yield key, name
        case StateImported(id=key, words=name):
            yield key, name
        case ProposalMade(then=name) | AgreementMade(words=name) | DisagreementVoiced(words=name):
            yield entry.number, name
        case EvaluationPlanned():
            yield entry.number, entry.on.strftime("%d-%m-%Y")
        case SupportRefused(support_id=key):
            yield entry.number, names.get(key, "")
