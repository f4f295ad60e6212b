"""A case as the signals see it on a day, and what became of one of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from uuid import UUID

from domain.case import Case
from domain.kinds import ContactKind
from domain.plan import read, standing
from projections.contacts import Contact
from projections.signals.signal import Noticed, Observed, signals
from projections.signals.state import Raised, became
from tests import given


def observed(case: Case, today: date = given.TODAY, contacts: Sequence[Contact] = ()) -> Observed:
    """What there is to see of a case on a day."""
    return Observed(standing(case.entries), read(case.entries, on=today), today, contacts)


def look(
    name: str,
    case: Case,
    today: date = given.TODAY,
    chosen: Mapping[str, int] | None = None,
    contacts: Sequence[Contact] = (),
) -> Noticed | None:
    """What one signal notices of a case on a day, with the limits that were chosen."""
    return signals()[name].look(observed(case, today, contacts), chosen)


def came(*visits: tuple[date, Sequence[UUID]], kind: str = ContactKind.PERSONAL) -> list[Contact]:
    """Contacts, each at noon on its day: number 2 and on in the log."""
    return [
        Contact(UUID(int=1), number, UUID(int=number), list(who), "De Brug", noon, 30, kind, noon, None)
        for number, (day, who) in enumerate(visits, 2)
        for noon in [datetime.combine(day, time(12), UTC)]
    ]


def state_of(
    name: str, case: Case, today: date = given.TODAY, contacts: Sequence[Contact] = ()
) -> Raised | None:
    """What became of a signal, when it is noticed."""
    noticed = look(name, case, today, contacts=contacts)
    return became(signals()[name], noticed, standing(case.entries), today) if noticed else None
