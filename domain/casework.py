"""The one door to the cases: open one, change one, read one."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from eventsourcing.application import AggregateNotFoundError, Application
from eventsourcing.domain import Aggregate
from eventsourcing.persistence import DataError, IntegrityError
from eventsourcing.utils import get_topic

from domain.case import Case, CaseOpened, now
from domain.contacts import ContactLog
from domain.entry import Subject
from domain.errors import CaseIsErased, ChangedMeanwhile, NoSuchCase, Overtaken, TooMuch
from domain.review import Review
from domain.store import mapper
from domain.store.documents import sealed
from domain.store.vault import Vault

BEARERS = (*Case.__mro__, ContactLog, Review)
NOUNS = {noun.__module__ for noun in BEARERS if noun.__module__.startswith("domain.")}
CATALOGUE: dict[str, Any] = {
    vars(thing)["TOPIC"]: thing
    for module in sorted(NOUNS)
    for thing in vars(sys.modules[module]).values()
    if isinstance(thing, type) and thing.__module__ == module and "TOPIC" in vars(thing)
}
OPENS = {
    "case_opened": get_topic(Case),
    "contacts_opened": get_topic(ContactLog),
    "mandate_given": get_topic(Review),
}
for topic, event in CATALOGUE.items():
    mapper.register(event, opens=OPENS.get(topic))


class Casework(Application[UUID]):
    """All cases of one organisation. The clock gives recorded times; tests and the demo bring their own."""

    name = ""  # the tables are named by us

    def __init__(self, env: Mapping[str, str], clock: Callable[[], datetime] = now) -> None:
        self.clock = clock
        super().__init__(env)

    def construct_mapper(self) -> mapper.SealedMapper:
        """Entries are sealed under the client's key."""
        self.vault = Vault(self.env["DRAAD_KEYS"], bytes.fromhex(self.env["DRAAD_MASTER"]))
        return mapper.SealedMapper(self.vault)

    def close(self) -> None:
        """Let go of the database and of the keys."""
        super().close()
        self.vault.close()

    def open(self, case: Case) -> int:
        """Keep a new case and the log of its contacts; gives the position in the record to wait for."""
        return self.keep(case, case.log)

    def keep(self, *aggregates: Aggregate) -> int:
        """Keep what was added; gives the position to wait for. Overtaken, TooMuch."""
        cases = [case for case in aggregates if isinstance(case, Case)]
        files = [file for case in cases for file in sealed(self.vault, case.id, case.client_id, case.files)]
        try:
            made = self.save(*aggregates, files=files)
        except IntegrityError as error:
            raise Overtaken from error  # somebody was just before
        except DataError as error:
            raise TooMuch from error  # draad.append() knows how much a save can hold
        for case in cases:
            case.files.clear()
        return max((one.notification.id for one in made), default=0)

    def history(self, case_id: UUID) -> Case:
        """The case as it is now, to read. NoSuchCase, CaseIsErased."""
        case = self._get(case_id)
        if not isinstance(case, Case):
            raise NoSuchCase
        case.clock, case.find_log = self.clock, partial(self.contacts, case_id)
        return case

    def opening(self, case_id: UUID) -> CaseOpened:
        """The first entry of a case, without reading the others. NoSuchCase, CaseIsErased."""
        for event in self.events.get(case_id, lte=1):
            if isinstance(event, CaseOpened):
                return event
            raise CaseIsErased
        raise NoSuchCase

    def contacts(self, case_id: UUID) -> ContactLog:
        """The contacts of a case."""
        log = self._get(ContactLog.create_id(case_id))
        if not isinstance(log, ContactLog):
            raise NoSuchCase
        return log

    def review(self, mandate_id: UUID, case_id: UUID) -> Review:
        """The review of this case under this mandate. NoSuchCase, CaseIsErased."""
        review = self._get(Review.create_id(mandate_id, case_id))
        if not isinstance(review, Review):
            raise NoSuchCase
        return review

    @contextmanager
    def changing(
        self, case_id: UUID, *, version: int | None = None, subjects: Iterable[Subject] = ()
    ) -> Iterator[Changing]:
        """A case to change; kept when the block ends well, and not at all otherwise.

        `version` is the one the person saw. ChangedMeanwhile is raised only when somebody recorded
        something about one of the same `subjects` since; any other change stands beside it.
        """
        case = self.history(case_id)
        _refuse_lost_update(case, version, set(subjects))
        change = Changing(case)
        yield change
        change.position = self.keep(case, *case.logs)

    def _get(self, stream: UUID) -> Any:
        try:
            return self.repository.get(stream, projector_func=project)
        except AggregateNotFoundError as error:
            raise NoSuchCase from error


class Changing:
    """A case under change, and the position in the record once it is kept."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.position = 0


def _refuse_lost_update(case: Case, version: int | None, subjects: set[Subject]) -> None:
    if version is None:
        return
    since = tuple(
        e for e in case.entries[version:] if subjects & {e.concerns, e.number, e.corrects, e.withdraws}
    )
    if since:
        raise ChangedMeanwhile(since)


def project(thing: Any, events: Iterable[Any]) -> Any:
    """Events to an aggregate, without the library's runtime check of each (half the time of a read)."""
    for event in events:
        if type(event) is mapper.Redacted:
            raise CaseIsErased
        thing = event.mutate(thing)
    return thing
