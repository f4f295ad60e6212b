"""What is noticed in a case as rows: one a signal, with numbers and days, and nobody's words."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from operator import attrgetter
from uuid import UUID

from domain.entry import Entry
from domain.plan import Plan, read, standing
from projections.contacts import Contact
from projections.read_model import Db, Told
from projections.signals.signal import Observed
from projections.signals.state import Raised, State

Before = dict[tuple[UUID, str], tuple[str, datetime]]  # of a case and a signal: state, and when first seen
CLEAR = """
    DELETE FROM shown.signals
     WHERE case_id = ANY(%(cases)s)
    RETURNING case_id, signal, state, first_seen"""


@dataclass(frozen=True)
class Row:
    """One signal of one case. `first_seen` is when it came up, or came back; `facts` is JSON."""

    case_id: UUID
    signal: str
    since: date
    evidence: list[int]
    contacts: list[int]
    weight: int
    state: str
    until: date | None
    by_entry: int | None
    facts: str
    for_managers: bool
    team: str
    leads: list[UUID]
    first_seen: datetime


COLUMNS = [field.name for field in fields(Row)]
WRITE = f"COPY shown.signals ({', '.join(COLUMNS)}) FROM STDIN".encode()


def observed(
    events: Iterable[Entry], contacts: Sequence[Contact], today: date, plan: Plan | None = None
) -> Observed:
    """What the signals see of a case; `plan` is its plan today, for who has it already."""
    events = list(events)
    entries = sorted(standing(events), key=attrgetter("number"))
    return Observed(entries, plan or read(events, on=today), today, contacts)


def rows(told: Told, seen: Observed, found: Iterable[Raised], before: Before, now: datetime) -> Iterator[Row]:
    """What was found in a case. It is first seen now when it was not there, or somebody had done with it."""
    team, leads = told.events[0].by.team, sorted(_leads(seen.plan))
    for one in found:
        noticed, name = one.noticed, one.signal.name
        was, first = before.get((told.case_id, name), (State.NEW, now))
        yield Row(
            told.case_id,
            name,
            noticed.since,
            list(noticed.evidence),
            list(noticed.contacts),
            noticed.weight or one.signal.weight,
            one.state,
            one.until,
            one.by,
            json.dumps(dict(noticed.facts), default=date.isoformat),
            one.signal.for_managers,
            team,
            leads,
            now if one.state is State.NEW and was != State.NEW else first,
        )


def clear(db: Db, cases: list[UUID]) -> Before:
    """Take the rows of these cases away; gives what was known of them."""
    return {(case, name): (state, seen) for case, name, state, seen in db.execute(CLEAR, {"cases": cases})}


def write(db: Db, new: Iterable[Row]) -> None:
    """Show these rows too."""
    with db.cursor() as cursor, cursor.copy(WRITE) as out:
        for row in new:
            out.write_row([getattr(row, name) for name in COLUMNS])


def _leads(plan: Plan) -> set[UUID]:
    """The accounts of those who hold the lead."""
    leads = (plan.people.get(lead.person) for lead in plan.leads.values() if lead.person)
    return {person.user for person in leads if person and person.user}
