"""Contacts from a file, told to the log of each client: each once, and in saves that fit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from domain.case import Case
from domain.casework import Casework
from domain.contacts import ContactLog
from domain.entry import Actor
from domain.errors import Overtaken
from domain.source import Basis, Source
from jobs.imports.by_case import ByCase
from jobs.imports.fhir import Progress, print_nothing
from jobs.imports.outcome import Outcome
from jobs.imports.rejects import Rejects, Told, place_of, rejects
from jobs.imports.table import Table, Unusable, opened
from jobs.imports.visit import Reader, Visit

CONTACT = "contact"
SAVE = 180_000  # bytes: what is saved at once is at most 256 kB
A_CONTACT = 1_200  # bytes, and an entry about somebody who takes part weighs about as much
TRIES = 5  # when somebody records in the same case at the same moment
NOW_AND_THEN = 1_000  # lines
LATER = "was imported before, and says something else now: correct that contact in Draad"
TO_COME = "has yet to come"
FORGOTTEN = "this client was forgotten here"
Refused = list[tuple[Visit, str]]


class Saves:
    """Keeps what is told to one case each time it is enough, and counts it once it is kept."""

    def __init__(self, casework: Casework, outcome: Outcome, *told: Case | ContactLog) -> None:
        self._casework, self._outcome, self._told = casework, outcome, told
        self.new, self._weight = Outcome(), 0
        self.first: Callable[[], int] = lambda: 0  # faces to ask about, before the contacts that name them

    def make_room(self) -> Outcome:
        """Before one more contact or entry is told; gives where to count it."""
        if self._weight + A_CONTACT > SAVE:
            self.save()
        self._weight += A_CONTACT
        return self.new

    def save(self) -> None:
        """Whoever is cut off after this goes on from here the next time. Overtaken."""
        self._outcome.new_faces += self.first()
        self._casework.keep(*self._told)
        self._outcome.add(self.new)
        self.new, self._weight = Outcome(), 0


@dataclass(frozen=True)
class Place:
    """Where the contacts of one client go, which those are, and who came each time."""

    log: ContactLog
    visits: list[Visit]
    workers: Callable[[Visit], tuple[UUID, ...]]
    saves: Saves


Find = Callable[[str, list[Visit]], Place]


class ContactImport:
    """One run over one file. `system` names where it comes from: there its ids mean something.

    What cannot be used goes to the file `apart`, or to one beside the file; `told` hears of each line of it.
    """

    def __init__(
        self,
        casework: Casework,
        *,
        by: Actor,
        system: str,
        progress: Progress = print_nothing,
        apart: Path | None = None,
        told: Told = lambda *_: None,
    ) -> None:
        self.casework, self.by, self.system, self.progress = casework, by, system, progress
        self.apart, self.told, self.outcome = apart, told, Outcome()

    def run(self, path: Path, reader: Callable[[Table], Reader], find: Find) -> Outcome:
        """Read all of it, and then tell client after client. NotATable before anything is told."""
        apart = self.apart or place_of(path)
        with (
            opened(path) as table,
            rejects(apart, table.head, self.told) as aside,
            closing(ByCase()) as visits,
        ):
            self._read(table, reader(table), visits, aside)
            clients = visits.clients()
            for number, (client, theirs) in enumerate(visits, 1):
                self._tell(client, theirs, find, aside)
                self.progress(number, clients, "clients")
        self.outcome.rejected = aside.count
        self.outcome.rejects = apart if aside.count else None
        return self.outcome

    def source(self, type: str, id: str, sha256: str) -> Source:
        """What an entry or a contact that comes from here carries."""
        return Source(self.system, type, id, "", sha256, Basis.STATED)

    def _read(self, table: Table, read: Reader, visits: ByCase, aside: Rejects) -> None:
        for number, line in enumerate(table.lines()):
            try:
                visits.put(read(line))
            except Unusable as why:
                aside.add(line, str(why))
            if number % NOW_AND_THEN == 0:
                self.progress(table.read, table.size, "bytes")

    def _tell(self, client: str, visits: list[Visit], find: Find, aside: Rejects) -> None:
        before, refused = self.outcome.contacts, self._patiently(client, visits, find)
        for visit, why in refused:
            aside.add(visit.as_line(), why)
        self.outcome.unchanged += len(visits) - len(refused) - (self.outcome.contacts - before)

    def _patiently(self, client: str, visits: list[Visit], find: Find) -> Refused:
        for _ in range(TRIES):
            with suppress(Overtaken):
                return self._once(client, visits, find)
        raise Overtaken

    def _once(self, client: str, visits: list[Visit], find: Find) -> Refused:
        try:
            place = find(client, visits)
        except Unusable as why:
            return [(visit, str(why)) for visit in visits]
        known = dict(self._known(place.log))
        refused = [(visit, no) for visit in place.visits if (no := self._hold(visit, place, known))]
        place.saves.save()
        return refused

    def _known(self, log: ContactLog) -> Iterator[tuple[str, str]]:
        for held in log.held:
            if held.source and (held.source.system, held.source.type) == (self.system, CONTACT):
                yield held.source.id, held.source.sha256

    def _hold(self, visit: Visit, place: Place, known: dict[str, str]) -> str:
        """Tell one contact, unless it was told before; gives the reason when it cannot be."""
        if before := known.get(visit.id):
            return "" if before == visit.sha256 else LATER
        moment = self.casework.clock()
        if visit.started_at > moment:
            return TO_COME
        new = place.saves.make_room()
        place.log.hold_contact(
            by=self.by,
            workers=place.workers(visit),
            organisation=visit.organisation,
            started_at=visit.started_at,
            minutes=visit.minutes,
            kind=visit.kind,
            source=self.source(CONTACT, visit.id, visit.sha256),
            recorded=moment,
        )
        known[visit.id] = visit.sha256
        new.contacts += 1
        return ""
