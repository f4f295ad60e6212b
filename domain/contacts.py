"""Who came when: many, and they decide nothing, so they have a stream of their own beside the case."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import KW_ONLY
from datetime import date, datetime
from functools import cached_property
from typing import ClassVar, Unpack
from uuid import UUID, uuid4, uuid5

from eventsourcing.domain import Aggregate

from domain import errors
from domain.days import local_day
from domain.entry import Actor, Entry, Facts, Telling
from domain.history import History
from domain.kinds import ByWhom, ContactKind
from domain.source import Source


def face(case_id: UUID, name: str) -> UUID:
    """Whoever comes to this client by this name, before somebody says that they take part."""
    return uuid5(case_id, f"face {name}")


class ContactsOpened(Aggregate.Created):
    """The contacts of a case begin."""

    TOPIC: ClassVar[str] = "contacts_opened"
    client_id: UUID
    case_id: UUID


class ContactHeld(Aggregate.Event):
    """Somebody came. `workers` are persons of the case; none when the source names nobody."""

    TOPIC: ClassVar[str] = "contact_held"
    by: Actor
    contact_id: UUID
    workers: tuple[UUID, ...]
    organisation: str
    started_at: datetime  # aware; None is never guessed
    minutes: int | None
    kind: ContactKind
    _: KW_ONLY
    source: Source | None = None

    @property
    def elsewhere(self) -> bool:
        """Whether it came in with a case that was taken over: another organisation recorded it."""
        return self.source is not None and self.source.type == self.TOPIC

    def apply(self, log: ContactLog) -> None:
        """Remember the contact, for whoever reads the log."""
        log.held.append(self)


class ContactCancelled(Aggregate.Event):
    """A contact that was written down did not take place. It stays readable, and is not counted."""

    TOPIC: ClassVar[str] = "contact_cancelled"
    by: Actor
    contact_id: UUID
    by_whom: ByWhom
    _: KW_ONLY
    told_when: date | None = None
    source: Source | None = None

    def apply(self, log: ContactLog) -> None:
        """Remember that it does not count."""
        log.cancelled[self.contact_id] = self


class ContactLog(Aggregate):
    """The contacts of one case, in the order in which they were written down."""

    @staticmethod
    def create_id(case_id: UUID) -> UUID:
        """From a random id, so it says nothing."""
        return uuid5(case_id, "contacts")

    @classmethod
    def open(cls, case_id: UUID, client_id: UUID, recorded: datetime | None = None) -> ContactLog:
        """Begin the contacts of a case. `recorded`: as in hold_contact."""
        facts = {"case_id": case_id, "client_id": client_id}
        moment = recorded or ContactsOpened.create_timestamp()
        return cls._create(ContactsOpened, id=cls.create_id(case_id), timestamp=moment, **facts)

    def __init__(self, case_id: UUID, client_id: UUID) -> None:
        self.case_id, self.client_id = case_id, client_id
        self.held: list[ContactHeld] = []
        self.cancelled: dict[UUID, ContactCancelled] = {}

    def hold_contact(
        self,
        *,
        by: Actor,
        workers: tuple[UUID, ...],
        organisation: str,
        started_at: datetime,
        minutes: int | None = None,
        kind: ContactKind = ContactKind.PERSONAL,
        source: Source | None = None,
        contact_id: UUID | None = None,
        recorded: datetime | None = None,
    ) -> None:
        """Somebody came. `recorded` is when this is written down; the clock of the machine if not given."""
        self.trigger_event(
            ContactHeld,
            by=by,
            contact_id=contact_id or uuid4(),
            workers=workers,
            organisation=organisation,
            started_at=started_at,
            minutes=minutes,
            kind=kind,
            source=source,
            timestamp=self._moment(recorded),
        )

    def cancel_contact(
        self,
        *,
        by: Actor,
        contact_id: UUID,
        by_whom: ByWhom,
        told_when: date | None = None,
        recorded: datetime | None = None,
    ) -> None:
        """A contact does not count."""
        facts = {"contact_id": contact_id, "by_whom": by_whom, "told_when": told_when}
        self.trigger_event(ContactCancelled, by=by, timestamp=self._moment(recorded), **facts)

    @property
    def told(self) -> list[ContactHeld | ContactCancelled]:
        """All of it, in the order in which it was written down."""
        return sorted([*self.held, *self.cancelled.values()], key=lambda event: event.originator_version)

    def write(self, kind: type[ContactHeld | ContactCancelled], facts: Facts, recorded: datetime) -> None:
        """What was told in another log, as it is: it was judged there."""
        self.trigger_event(kind, timestamp=self._moment(recorded), **facts)

    def known(self, contact_id: UUID | None) -> ContactHeld | None:
        """The contact with this id."""
        return next((held for held in self.held if held.contact_id == contact_id), None)

    def _moment(self, recorded: datetime | None) -> datetime:
        return max(recorded or ContactHeld.create_timestamp(), self.modified_on)


class Contacts(History):
    """What one may do with contacts: judged by the case, written in its log under the id of the form."""

    find_log: Callable[[], ContactLog]

    @cached_property
    def log(self) -> ContactLog:
        """The contacts of this case, read when somebody asks for them."""
        return self.find_log()

    @property
    def logs(self) -> tuple[ContactLog, ...]:
        """The log, once it was asked for: then it is kept together with the case."""
        return (self.log,) if "log" in vars(self) else ()

    def hold_contact(self, **facts: Unpack[Coming]) -> None:
        """Somebody came. The same form again changes nothing."""
        started, by, contact_id = facts["started_at"], facts["by"], facts.get("posted")
        if started > self.moment():
            raise errors.StillToCome
        how: Telling = {"by": by, "happened_on": local_day(started)}
        self.check_day(Entry, how)
        people = [self.person_here(worker, how) for worker in facts["workers"]]
        if not people:
            raise errors.Empty("workers")
        if (minutes := facts.get("minutes")) is not None and minutes < 1:
            raise errors.NotAnAmount("minutes")
        came: Facts = {
            "workers": tuple(facts["workers"]),
            "organisation": next(filter(None, (one.organisation for one in people)), by.organisation),
            "started_at": started,
            "minutes": minutes,
            "kind": facts.get("kind", ContactKind.PERSONAL),
        }
        if before := self.log.known(contact_id):
            _check_the_same(before, came)
        else:
            self.log.hold_contact(by=by, contact_id=contact_id, recorded=self.moment(), **came)

    def cancel_contact(
        self, contact_id: UUID, by_whom: ByWhom, told_when: date | None = None, **how: Unpack[Telling]
    ) -> None:
        """A contact does not count. The same form again changes nothing."""
        held, before = self.log.known(contact_id), self.log.cancelled.get(contact_id)
        if held is None:
            raise errors.NoSuchContact
        self.check_day(Entry, how)
        if before and (before.by_whom, before.told_when) != (by_whom, told_when):
            raise errors.AlreadyCancelled
        if not before:
            facts: Facts = {"by_whom": by_whom, "told_when": told_when, "recorded": self.moment()}
            self.log.cancel_contact(by=how["by"], contact_id=contact_id, **facts)


def _check_the_same(before: ContactHeld, came: Facts) -> None:
    if any(getattr(before, name) != fact for name, fact in came.items()):
        raise errors.OtherFacts


class Coming(Telling, total=False):
    """What goes into a contact. `workers` are the persons who came; `started_at` knows its zone."""

    workers: tuple[UUID, ...]
    started_at: datetime
    minutes: int | None
    kind: ContactKind
