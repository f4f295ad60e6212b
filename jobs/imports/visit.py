"""A contact as a line of a roster, or of an event log, tells it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

import msgspec

from domain.days import HERE
from domain.kinds import ContactKind
from jobs.imports.reading import cleaned
from jobs.imports.table import Line, Table, Unusable

LONGEST = 200  # letters of a name or an id
A_DAY = len("2026-11-22")
HERE_WRITTEN = ("%d-%m-%Y %H:%M", "%d-%m-%Y %H:%M:%S", "%d/%m/%Y %H:%M", "%d/%m/%Y %H:%M:%S")
KINDS = {"": ContactKind.PERSONAL, "persoonlijk": ContactKind.PERSONAL, "taak": ContactKind.TASK} | {
    "groep": ContactKind.GROUP,
    **{kind.value: kind for kind in ContactKind},
}


@dataclass(frozen=True)
class Visit:
    """Who came to which client, and when. `id` makes it the same one the next time, `sha256` unchanged."""

    line: int
    case: str
    worker: str
    organisation: str
    started_at: datetime
    id: str
    sha256: str
    cells: list[str]
    minutes: int | None = None
    kind: ContactKind = ContactKind.PERSONAL

    def as_line(self) -> Line:
        """The line that told it."""
        return Line(self.line, self.cells)


@dataclass(frozen=True)
class Columns:
    """What the columns of an event log are called."""

    case: str
    worker: str
    time: str
    party: str | None = None


Reader = Callable[[Line], Visit]


def roster(table: Table) -> Reader:
    """The lines of a roster. One worker at one moment with one client is one contact, however often told."""
    names = table.columns("case", "worker", "organisation", "started_at", "minutes", "kind")

    def read(line: Line) -> Visit:
        case, worker, organisation, started, minutes, kind = texts(line, names)
        if not worker:
            raise Unusable("does not say who came")
        started_at, told = moment(with_hour(started), HERE), (organisation, minutes, kind)
        return Visit(
            *(line.number, _needed(case), worker, organisation, started_at),
            id=fingerprint(worker.casefold(), started_at.isoformat()),
            sha256=fingerprint(worker.casefold(), started_at.isoformat(), *told),
            cells=line.cells,
            minutes=_minutes(minutes),
            kind=_kind(kind),
        )

    return read


def event_log(table: Table, of: Columns) -> Reader:
    """The lines of a log from elsewhere, each an event of its own. A time without a zone is in UTC.

    Of whole days the order is that of the file: which hour it was changes nothing.
    """
    names = table.columns(*(name for name in (of.case, of.worker, of.time, of.party) if name))

    def read(line: Line) -> Visit:
        client, who, when, *party = texts(line, names)
        told, organisation = fingerprint(*line.cells), missing("".join(party))
        return Visit(
            *(line.number, _needed(missing(client)), missing(who), organisation, moment(when, UTC)),
            id=told,
            sha256=told,
            cells=line.cells,
        )

    return read


def texts(line: Line, columns: list[int]) -> list[str]:
    """What stands in these columns of the line."""
    if line.why:
        raise Unusable(line.why)
    found = [" ".join(cleaned(line.cells[column]).split()) for column in columns]
    if any(len(text) > LONGEST for text in found):
        raise Unusable("has a cell of more than 200 letters")
    return found


def moment(said: str, zone: tzinfo) -> datetime:
    """A moment in UTC; without a zone it is in this one, and a day alone is its beginning."""
    if not said:
        raise Unusable("does not say when")
    try:
        found = _read(said)
        return (found if found.tzinfo else found.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError) as why:
        raise Unusable(f"has a time that is not understood: {said}") from why


def _read(said: str) -> datetime:
    for written in HERE_WRITTEN if said[2:3] in "-/" else ():
        with suppress(ValueError):
            return datetime.strptime(said, written)  # noqa: DTZ007  # the zone is the caller's
    return datetime.fromisoformat(said)


def with_hour(said: str) -> str:
    """A moment of which the hour is told: it is never guessed."""
    if 0 < len(said) <= A_DAY:
        raise Unusable("has no hour")
    return said


def missing(said: str) -> str:
    """A name, or nothing when the log says that there is none."""
    return "" if said == "EMPTY" else said


def fingerprint(*facts: str) -> str:
    """SHA-256 of what was told, in hex."""
    return hashlib.sha256(msgspec.json.encode(facts)).hexdigest()


def _needed(case: str) -> str:
    if not case:
        raise Unusable("does not say which client")
    return case


def _minutes(said: str) -> int | None:
    if not said:
        return None
    if not said.isdecimal() or not 0 < int(said) <= 24 * 60:
        raise Unusable(f"has minutes that are no number from 1 to 1440: {said}")
    return int(said)


def _kind(said: str) -> ContactKind:
    try:
        return KINDS[said.casefold()]
    except KeyError as why:
        known = ", ".join(ContactKind)
        raise Unusable(f"has an unknown kind: {said}. Known are {known}") from why
