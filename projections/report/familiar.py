"""How many contacts a client had in each month, and how many with familiar faces.

A row a case and month, without a name. Who looks at a case keeps them: when it changes, and every night.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.days import local_day
from projections.contacts import Contact
from projections.read_model import Db
from projections.report.months import month_of
from projections.signals.continuity import of_contacts

TELLS = 3  # contacts: of one or two, all are with one of the two who came most often
KEEP = """
    INSERT INTO shown.contact_months AS held (case_id, month, contacts, told, by_two)
    SELECT *
      FROM unnest(%(case_ids)s::uuid[], %(months)s::date[], %(contacts)s::int[], %(told)s::int[],
                  %(by_two)s::int[])
        ON CONFLICT (case_id, month) DO UPDATE
       SET contacts = EXCLUDED.contacts, told = EXCLUDED.told, by_two = EXCLUDED.by_two
     WHERE (held.contacts, held.told, held.by_two)
           IS DISTINCT FROM (EXCLUDED.contacts, EXCLUDED.told, EXCLUDED.by_two)"""
DROP = """
    DELETE FROM shown.contact_months
     WHERE case_id = ANY(%(cases)s)
       AND (case_id, month) NOT IN (SELECT * FROM unnest(%(case_ids)s::uuid[], %(months)s::date[]))"""


@dataclass(frozen=True)
class ContactMonth:
    """A month of one client: contacts, those that tell who came, and of these the share of two people."""

    case_id: UUID
    month: date
    contacts: int
    told: int
    by_two: int


def months(case_id: UUID, contacts: Sequence[Contact]) -> Iterator[ContactMonth]:
    """The months in which somebody came, from contacts that count. Who came elsewhere is not our doing."""
    by_month: dict[date, list[Contact]] = {}
    for contact in (one for one in contacts if not one.elsewhere):
        by_month.setdefault(month_of(local_day(contact.started_at)), []).append(contact)
    for month, came in by_month.items():
        steady = of_contacts(came)
        tells = steady.contacts >= TELLS
        yield ContactMonth(
            case_id, month, len(came), steady.contacts if tells else 0, steady.by_two if tells else 0
        )


def keep(db: Db, cases: Sequence[UUID], contacts: Mapping[UUID, Sequence[Contact]]) -> None:
    """The months of these cases as they are now; what did not change is not written."""
    found = [month for case_id in cases for month in months(case_id, contacts.get(case_id, ()))]
    rows = {
        "cases": list(cases),
        "case_ids": [one.case_id for one in found],
        "months": [one.month for one in found],
        "contacts": [one.contacts for one in found],
        "told": [one.told for one in found],
        "by_two": [one.by_two for one in found],
    }
    db.execute(DROP, rows)
    db.execute(KEEP, rows)
