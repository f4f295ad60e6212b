"""The one door to the cases: open one, change one, read one."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, OriginatorVersionError
from eventsourcing.persistence import DataError, IntegrityError
from eventsourcing.utils import get_topic

from domain import imported
from domain.case import Case, CaseOpened, now
from domain.contacts import ContactLog
from domain.entry import Facts, Subject, Telling
from domain.erasing import Erased, accounts_of, check_no_hold, to_destroy
from domain.errors import CaseIsErased, ChangedMeanwhile, NoSuchCase, OneEntryOnly, Overtaken, TooMuch
from domain.gaps import is_erased, with_gaps
from domain.review import Review
from domain.store.documents import sealed
from domain.store.mapper import SealedMapper, register
from domain.store.recorder import Recorder
from domain.store.vault import KeyGone, Vault

BEARERS = (*Case.__mro__, ContactLog, Review)
NOUNS = {noun.__module__ for noun in BEARERS if noun.__module__.startswith("domain.")}
NOUNS.add(imported.__name__)  # what imports state: no command tells it
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
    register(event, opens=OPENS.get(topic))


class Casework(Application[UUID]):
    """All cases of one organisation. The clock gives recorded times; tests and the demo bring their own."""

    name = ""  # the tables are named by us
    recorder: Recorder
    mapper: SealedMapper

    def __init__(self, env: Mapping[str, str], clock: Callable[[], datetime] = now) -> None:
        self.clock = clock
        super().__init__(env)

    def construct_mapper(self) -> SealedMapper:
        """Entries are sealed under the client's key."""
        self.vault = Vault(self.env["DRAAD_KEYS"], bytes.fromhex(self.env["DRAAD_MASTER"]))
        return SealedMapper(self.vault)

    def close(self) -> None:
        """Let go of the database and of the keys."""
        super().close()
        self.vault.close()

    def open(self, case: Case) -> int:
        """Keep a new case and the log of its contacts; gives the position in the record to wait for."""
        return self.keep(case, case.log)

    def keep(self, *aggregates: Aggregate) -> int:
        """Keep what was added; gives the position to wait for. Overtaken, TooMuch, CaseIsErased."""
        cases = [case for case in aggregates if isinstance(case, Case)]
        try:
            files = [f for case in cases for f in sealed(self.vault, case.id, case.client_id, case.files)]
            stored = [self.mapper.to_stored_event(e) for one in aggregates for e in one.collect_events()]
            numbers = self.recorder.insert_events(stored, files=files)
        except IntegrityError as error:  # somebody was just before, or a failover lost what we read
            for one in aggregates:
                self.vault.put_away(one.id)
            raise Overtaken from error
        except DataError as error:
            raise TooMuch from error  # draad.append() knows how much a save can hold
        except KeyGone as error:  # forgotten since it was read, and this process heard so
            raise CaseIsErased from error
        for case in cases:
            case.files.clear()
        return max(numbers, default=0)

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
        """The contacts of a case. NoSuchCase, CaseIsErased."""
        return self.contact_log(ContactLog.create_id(case_id))

    def contact_log(self, stream: UUID) -> ContactLog:
        """The same, by the id of the log itself."""
        log = self._get(stream)
        if not isinstance(log, ContactLog):
            raise NoSuchCase
        return log

    def review(self, mandate_id: UUID, case_id: UUID) -> Review:
        """The review of this case under this mandate. NoSuchCase, CaseIsErased."""
        review = self._get(Review.create_id(mandate_id, case_id))
        if not isinstance(review, Review):
            raise NoSuchCase
        return review

    def erase(self, case_id: UUID, proposal: int, how: Telling) -> UUID:
        """Say in every stream of this client, at one moment, that all of it is erased; gives the client.

        From here on nothing is added: who comes later is Overtaken. What lies there goes after this, step by
        step: domain/store/erasing.py.
        """
        case = self.history(case_id)
        found = to_destroy(case, proposal, how)
        if found.of is not None:
            raise OneEntryOnly
        cases = [case, *self._others_of(case)]
        for one in cases:
            check_no_hold(one)
        facts = {
            "ground": found.ground,
            "proposed_by": found.by and found.by.user,
            "approved_by": how["by"].user,
            "accounts": tuple({one for case in cases for one in accounts_of(case)}),
        }
        newest = {case.id: case.version for case in cases}  # as they were judged
        self._end(self.vault.streams_of(case.client_id), newest, facts)
        return case.client_id

    def _others_of(self, case: Case) -> Iterator[Case]:
        for stream in self.vault.streams_of(case.client_id) - {case.id}:
            with suppress(NoSuchCase):  # contacts, a review
                yield self.history(stream)

    def _end(self, streams: Iterable[UUID], newest: Mapping[UUID, int], facts: Facts) -> None:
        """The last event of each, all of them or none. Overtaken."""
        ends = [
            Erased.after(stream, last, self.clock(), **facts)
            for stream in streams
            if (last := newest.get(stream) or self._newest(stream))  # else it never came to be
        ]
        try:
            self.recorder.insert_events([self.mapper.to_stored_event(end) for end in ends])
        except IntegrityError as error:
            raise Overtaken from error

    def _newest(self, stream: UUID) -> int:
        found = self.recorder.select_events(stream, desc=True, limit=1)
        return found[0].originator_version if found else 0

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
        """The aggregate of this stream, made anew for each who asks: they may change it."""
        return project(self._told(stream))

    def _told(self, stream: UUID) -> Sequence[Any]:
        """All events of this stream: what lies opened since it was read last, and what came after."""
        known = self.vault.remembered(stream)
        before = known.opened if known else ()
        stored = self.recorder.read_stream(stream, after=len(before))
        if not stored and not before:
            raise NoSuchCase
        if stored and known is None:
            with suppress(KeyGone):
                known = self.vault.known(stream)  # before it opens anything: what it opens goes with it
        told = [*before, *self.mapper.told(stream, stored)]
        if stored and known:
            self.vault.lay_open(known, told)
        return told


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


def project(events: Sequence[Any]) -> Any:
    """Events to an aggregate, without the library's runtime check of each (half the time of a read)."""
    told = with_gaps(events)
    if is_erased(told):
        raise CaseIsErased
    first, *after = told
    thing = first.mutate(None)
    for number, event in enumerate(after, first.originator_version + 1):
        if event.originator_version != number:
            raise OriginatorVersionError(event.originator_version, number)
        event.apply(thing)
    thing.version, thing.modified_on = told[-1].originator_version, told[-1].timestamp
    return thing
