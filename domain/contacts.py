"""Who came when: many, and they decide nothing, so they have a stream of their own beside the case."""

from __future__ import annotations

from dataclasses import KW_ONLY
from datetime import datetime
from typing import ClassVar
from uuid import UUID, uuid4, uuid5

from eventsourcing.domain import Aggregate

from domain.entry import Actor, Source
from domain.kinds import ContactKind


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

    def apply(self, log: ContactLog) -> None:
        """Remember the contact, for whoever reads the log."""
        log.held.append(self)


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
        recorded: datetime | None = None,
    ) -> None:
        """Somebody came. `recorded` is when this is written down; the clock of the machine if not given."""
        self.trigger_event(
            ContactHeld,
            by=by,
            contact_id=uuid4(),
            workers=workers,
            organisation=organisation,
            started_at=started_at,
            minutes=minutes,
            kind=kind,
            source=source,
            timestamp=max(recorded or ContactHeld.create_timestamp(), self.modified_on),
        )
