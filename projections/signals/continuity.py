"""How steady the faces are: indices of continuity of care, as exact fractions.

N contacts, P workers, n_i contacts with worker i. Sources: Bice and Boxerman 1977 (COC); the table of
formulas in JABFM for UPC and SECON; BMC Primary Care 2020, 01361-0 (HI); BMC Health Services Research 2022,
07953-z (MMCI); K after Ejlertsson and Berg 1984, formula not verified. What is undefined is None, never 0
or 1. Compare only where N is about equal: UPC and HI cannot fall below 1/N.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Generic, NamedTuple, Protocol, TypeVar

from domain.kinds import ContactKind

W = TypeVar("W", bound=Hashable)


@dataclass(frozen=True)
class Continuity(Generic[W]):
    """The faces in a row of moments. Two workers at one moment count both; `left_out` told nothing."""

    counts: dict[W, int]
    moments: int
    same: int  # moments at which somebody of the moment before came again
    left_out: int = 0

    @property
    def contacts(self) -> int:
        """N: contacts with a worker."""
        return sum(self.counts.values())

    @property
    def workers(self) -> int:
        """P: different workers."""
        return len(self.counts)

    @property
    def handovers(self) -> int:
        """Moments at which nobody of the moment before came again."""
        return max(self.moments - 1, 0) - self.same

    @property
    def usual(self) -> frozenset[W]:
        """Who came most often; more than one when they came as often."""
        most = max(self.counts.values(), default=0)
        return frozenset(worker for worker, came in self.counts.items() if came == most)

    @property
    def largest_share(self) -> Fraction | None:
        """The share of moments at which the one who came most often was there."""
        return Fraction(max(self.counts.values()), self.moments) if self.counts else None

    @property
    def by_two(self) -> int:
        """How many of the contacts were with one of the two who came most often."""
        return sum(sorted(self.counts.values())[-2:])

    @property
    def upc(self) -> Fraction | None:
        """Usual provider of care: the largest share of one worker."""
        return Fraction(max(self.counts.values()), self.contacts) if self.counts else None

    @property
    def hi(self) -> Fraction | None:
        """Herfindahl index: the squares of the shares, added."""
        return Fraction(self._squares, self.contacts**2) if self.counts else None

    @property
    def coc(self) -> Fraction | None:
        """Bice–Boxerman: the share of pairs of contacts that have their worker in common. From 2 contacts."""
        return _coc(self.contacts, self._squares)

    @property
    def secon(self) -> Fraction | None:
        """Sequential continuity: the share of moments after one with a worker in common. From 2 moments."""
        return Fraction(self.same, self.moments - 1) if self.moments > 1 else None

    @property
    def mmci(self) -> Fraction | None:
        """Modified modified continuity index: (1 − P/(N+0.1)) / (1 − 1/(N+0.1))."""
        n, p = self.contacts, self.workers
        return Fraction(10 * (n - p) + 1, 10 * (n - 1) + 1) if n else None

    @property
    def k(self) -> Fraction | None:
        """The share of contacts, after the first, with a worker who came before. From 2 contacts."""
        n = self.contacts
        return Fraction(n - self.workers, n - 1) if n > 1 else None

    @property
    def _squares(self) -> int:
        return sum(came**2 for came in self.counts.values())


class SoFar(NamedTuple):
    """Who came until a moment, in three numbers; `squares`: of how often each came, added."""

    contacts: int
    workers: int
    squares: int

    @property
    def coc(self) -> Fraction | None:
        """The same as of Continuity, until that moment."""
        return _coc(self.contacts, self.squares)


class Came(Protocol):
    """A contact as it is followed: projections.contacts.Contact."""

    @property
    def workers(self) -> Sequence[Hashable]: ...
    @property
    def kind(self) -> str: ...
    @property
    def organisation(self) -> str: ...


@dataclass(frozen=True)
class Figures:
    """The same, in numbers to pass on. What is undefined is None; `parties` counts those who came for one."""

    contacts: int
    left_out: int
    workers: int
    handovers: int
    largest_share: float | None
    upc: float | None
    hi: float | None
    coc: float | None
    secon: float | None
    mmci: float | None
    k: float | None
    parties: int


def of_moments(moments: Iterable[Sequence[W]], left_out: int = 0) -> Continuity[W]:
    """Continuity over moments in the order in which they took place; each holds who came, once."""
    there = [frozenset(moment) for moment in moments]
    same = sum(bool(before & after) for before, after in pairwise(there))
    return Continuity(Counter(worker for moment in there for worker in moment), len(there), same, left_out)


def moment_by_moment(moments: Iterable[Sequence[W]], width: int | None = None) -> Iterator[SoFar]:
    """How it stood after each of these moments, in one pass: over all until then, or over the last `width` in
    a row. What a whole year hides, a window shows.
    """
    counts: Counter[W] = Counter()
    contacts = squares = 0
    there: deque[frozenset[W]] = deque()
    for moment in moments:
        there.append(frozenset(moment))
        for worker in there[-1]:
            contacts, squares = contacts + 1, squares + 2 * counts[worker] + 1  # (n + 1)² is n² + 2n + 1
            counts[worker] += 1
        for worker in there.popleft() if width and len(there) > width else ():
            contacts, squares = contacts - 1, squares - 2 * counts[worker] + 1
            counts[worker] -= 1
            if not counts[worker]:
                del counts[worker]
        yield SoFar(contacts, len(counts), squares)


def of_contacts(contacts: Iterable[Came]) -> Continuity[Hashable]:
    """Continuity over contacts in order. In a group or without a worker they tell nothing: left out, counted.

    At one same moment the order of the source counts: pass them in that order.
    """
    contacts = list(contacts)
    telling = [c.workers for c in contacts if c.workers and c.kind != ContactKind.GROUP]
    return of_moments(telling, len(contacts) - len(telling))


def figures(contacts: Iterable[Came]) -> Figures:
    """The figures of contacts in order."""
    contacts = list(contacts)
    c = of_contacts(contacts)
    shares = {name: getattr(c, name) for name in ("largest_share", "upc", "hi", "coc", "secon", "mmci", "k")}
    numbers = {name: None if share is None else float(share) for name, share in shares.items()}
    parties = {contact.organisation for contact in contacts} - {""}
    return Figures(c.contacts, c.left_out, c.workers, c.handovers, parties=len(parties), **numbers)


def group_k(group: Iterable[Continuity[W]]) -> Fraction | None:
    """K over several clients: (ΣN − ΣP) / (ΣN − the number of clients)."""
    counted = [one for one in group if one.contacts]
    n, p = sum(one.contacts for one in counted), sum(one.workers for one in counted)
    return Fraction(n - p, n - len(counted)) if n > len(counted) else None


def mean_coc(group: Iterable[Continuity[W]]) -> Fraction | None:
    """The plain mean of COC over the clients that have one."""
    found = [coc for one in group if (coc := one.coc) is not None]
    return sum(found, Fraction(0)) / len(found) if found else None


def _coc(contacts: int, squares: int) -> Fraction | None:
    return Fraction(squares - contacts, contacts * (contacts - 1)) if contacts > 1 else None
