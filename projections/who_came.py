"""Who really came, and when: rows drawn from contacts, not from who stands on file.

Pure: from the entries and the contacts to rows and places (see lanes.py). A bar is a time in which somebody
came again and again; its text is how often. Contacts in a group, or of which nobody wrote down who came, tell
nothing of that: they are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from domain.days import local_day
from domain.entry import Entry
from domain.kinds import ContactKind, PartyKind
from domain.plan import Plan, read
from projections.contacts import Contact
from projections.lanes import Bar, Lane, Lanes, laid_out
from projections.people import client_spoke

AWAY = timedelta(days=42)  # who did not come for longer was away: the next time is a new bar


def telling(contacts: Iterable[Contact], on: date) -> list[Contact]:
    """The contacts until that day that tell who came, in the order in which they took place."""
    told = (c for c in contacts if c.workers and c.kind != ContactKind.GROUP)
    until = (c for c in told if local_day(c.started_at) <= on)
    return sorted(until, key=lambda c: (c.started_at, c.entry))


def who_came(entries: Iterable[Entry], contacts: Iterable[Contact], *, on: date) -> Lanes | None:
    """Everybody who came, a row each, and then the organisations they came from; None when nobody did.

    A diamond stands where the client said something about them.
    """
    told, came = list(entries), telling(contacts, on)
    rows = [*_people(read(told, on=on), came, on), *_organisations(read(told, on=on), came, on)]
    spoke = client_spoke(told, on)
    return laid_out([replace(lane, marks=spoke.get(key, ()) if key else ()) for key, lane in rows], on)


def apart(contacts: Sequence[Contact], gap: timedelta) -> list[list[Contact]]:
    """Contacts in order, in stretches: between two of them nobody came for longer than the gap."""
    stretches: list[list[Contact]] = []
    for contact in contacts:
        if stretches and contact.started_at - stretches[-1][-1].started_at <= gap:
            stretches[-1].append(contact)
        else:
            stretches.append([contact])
    return stretches


def _people(plan: Plan, came: list[Contact], on: date) -> Iterator[tuple[UUID, Lane]]:
    """Who came first stands first. Somebody who is not in the plan has no name: the page says so."""
    for worker in dict.fromkeys(worker for contact in came for worker in contact.workers):
        theirs = [contact for contact in came if worker in contact.workers]
        person = plan.people.get(worker)
        name, kind = (person.name, person.kind) if person else ("", None)
        yield worker, Lane(name, _bars(theirs, on), kind=kind, organisation=theirs[-1].organisation)


def _organisations(plan: Plan, came: list[Contact], on: date) -> Iterator[tuple[UUID | None, Lane]]:
    parties = {party.name.casefold(): key for key, party in plan.parties.items()}
    for name in dict.fromkeys(contact.organisation for contact in came if contact.organisation):
        theirs = [contact for contact in came if contact.organisation == name]
        yield parties.get(name.casefold()), Lane(name, _bars(theirs, on), kind=PartyKind.FORMAL)


def _bars(came: list[Contact], on: date) -> tuple[Bar, ...]:
    """A bar for each stretch. Who came lately still comes, as far as anybody wrote down."""
    return tuple(_bar(stretch, on) for stretch in apart(came, AWAY))


def _bar(stretch: list[Contact], on: date) -> Bar:
    first, last = local_day(stretch[0].started_at), local_day(stretch[-1].started_at)
    return Bar(f"{len(stretch)} ×", first, last, "b-main" if on - last <= AWAY else "b-soft")
