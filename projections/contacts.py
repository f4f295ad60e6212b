"""Who came when: one row a contact, whoever were there together; how steady that is, is counted from it.

One row a contact and not one a worker: two who come together are one contact, and no handover.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg.rows import class_row

from domain.contacts import ContactCancelled, ContactHeld, ContactLog, ContactsOpened
from projections.read_model import WHOLE, Db, ReadModel, Told


@dataclass(frozen=True)
class Contact:
    """One contact. `entry` is its number in the log; from when it was `cancelled` it does not count.

    `elsewhere`: it came in with a case that was taken over.
    """

    case_id: UUID
    entry: int
    contact_id: UUID
    workers: list[UUID]
    organisation: str
    started_at: datetime
    minutes: int | None
    kind: str
    recorded: datetime
    cancelled: datetime | None
    elsewhere: bool = False

    @classmethod
    def of(cls, case_id: UUID, held: ContactHeld, cancelled: ContactCancelled | None) -> Contact:
        return cls(
            case_id,
            held.originator_version,
            held.contact_id,
            list(held.workers),
            held.organisation,
            held.started_at,
            held.minutes,
            held.kind,
            held.timestamp,
            cancelled.timestamp if cancelled else None,
            held.elsewhere,
        )


def by_entry(log: ContactLog) -> dict[int, Contact]:
    """The contact that each entry of the log is about, as it stands now."""
    found = {}
    for held in log.held:
        cancelled = log.cancelled.get(held.contact_id)
        contact = Contact.of(log.case_id, held, cancelled)
        found[held.originator_version] = contact
        if cancelled:
            found[cancelled.originator_version] = contact
    return found


def rows(told: Told) -> Iterator[Contact]:
    """The new contacts of a case; all of them when one was cancelled."""
    cancelled = {e.contact_id: e for e in told.events if isinstance(e, ContactCancelled)}
    for held in told.events if _cancels(told) else told.new:
        if isinstance(held, ContactHeld):
            yield Contact.of(told.case_id, held, cancelled.get(held.contact_id))


def _cancels(told: Told) -> bool:
    return any(isinstance(event, ContactCancelled) for event in told.new)


def _reach(told: Told) -> range:
    return WHOLE if _cancels(told) else told.reach


CONTACTS = ReadModel("contacts", Contact, ContactsOpened, rows, _reach)


def held(
    db: Db,
    case_id: UUID,
    *,
    on: datetime | None = None,
    known: datetime | None = None,
    after: int = 0,
    limit: int,
) -> list[Contact]:
    """The contacts of this client until `on`, recorded by `known`; after an entry, as written down."""
    return (
        db.cursor(row_factory=class_row(Contact))
        .execute(
            """
            SELECT case_id, entry, contact_id, workers, organisation, started_at, minutes, kind, recorded,
                   cancelled, elsewhere
              FROM shown.contacts
             WHERE case_id = %(case)s
               AND entry > %(after)s
               AND (%(on)s::timestamptz IS NULL OR started_at <= %(on)s)
               AND (%(known)s::timestamptz IS NULL OR recorded <= %(known)s)
               AND (cancelled IS NULL OR cancelled > %(known)s)
             ORDER BY entry
             LIMIT %(limit)s""",
            {"case": case_id, "on": on, "known": known, "after": after, "limit": limit},
        )
        .fetchall()
    )


def of_cases(
    db: Db, cases: list[UUID], *, on: datetime | None = None, known: datetime | None = None
) -> dict[UUID, list[Contact]]:
    """The contacts of these clients that count, by case, in the order in which they took place.

    Until `on`, recorded by `known`. At one moment, in the order in which they were written down.
    """
    found: dict[UUID, list[Contact]] = {}
    with db.cursor(binary=True, row_factory=class_row(Contact)) as rows:
        for contact in rows.execute(
            """
            SELECT case_id, entry, contact_id, workers, organisation, started_at, minutes, kind, recorded,
                   cancelled, elsewhere
              FROM shown.contacts
             WHERE case_id = ANY(%(cases)s)
               AND (%(on)s::timestamptz IS NULL OR started_at <= %(on)s)
               AND (%(known)s::timestamptz IS NULL OR recorded <= %(known)s)
               AND (cancelled IS NULL OR cancelled > %(known)s)
             ORDER BY started_at, entry""",
            {"cases": cases, "on": on, "known": known},
        ):
            found.setdefault(contact.case_id, []).append(contact)
    return found


@dataclass(frozen=True)
class Lane:
    """One worker who came for one organisation: from when until when, and how often."""

    worker: UUID
    organisation: str
    first: datetime
    last: datetime
    contacts: int


def lanes(db: Db, case_id: UUID, *, on: datetime | None = None, known: datetime | None = None) -> list[Lane]:
    """Who came to this client, in the order in which they first came; until `on`, recorded by `known`."""
    return (
        db.cursor(row_factory=class_row(Lane))
        .execute(
            """
            SELECT worker, organisation, min(started_at) AS first, max(started_at) AS last,
                   count(*) AS contacts
              FROM shown.contacts, unnest(workers) AS worker
             WHERE case_id = %(case)s
               AND (%(on)s::timestamptz IS NULL OR started_at <= %(on)s)
               AND (%(known)s::timestamptz IS NULL OR recorded <= %(known)s)
               AND (cancelled IS NULL OR cancelled > %(known)s)
             GROUP BY worker, organisation
             ORDER BY first, worker""",
            {"case": case_id, "on": on, "known": known},
        )
        .fetchall()
    )
