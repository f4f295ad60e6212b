"""An invented organisation in the record, told as it happens: a hundred cases go on at the same time."""

from __future__ import annotations

from datetime import date
from itertools import chain, zip_longest
from typing import Any
from uuid import UUID

from jobs.following import FOLLOWED
from jobs.load.again import Again
from jobs.load.templates import templates
from tests import given
from tests.bench.place import Place

TODAY = date(2026, 11, 22)
IN_TURN = 100  # cases that go on at the same time; then come the next
AT_ONCE = 300  # entries in one save


def record(place: Place) -> int:
    """Record it, an entry of each case in turn; gives how many entries and contacts there are."""
    size = place.size
    told = templates(TODAY, size.entries, size.entries // 2)
    cases = [Again(told[nr % len(told)], nr, 1, TODAY) for nr in range(size.cases)]
    return sum(_in_turn(place, cases[at : at + IN_TURN]) for at in range(0, size.cases, IN_TURN))


def _in_turn(place: Place, again: list[Again]) -> int:
    streams = [[*stream] for one in again for stream in one.streams()]
    in_turn = [event for row in zip_longest(*streams) for event in row if event is not None]
    stored = [place.casework.mapper.to_stored_event(event) for event in in_turn]
    for at in range(0, len(stored), AT_ONCE):
        place.casework.recorder.insert_events(stored[at : at + AT_ONCE])
    return len(stored)


def a_long_case(place: Place) -> UUID:
    """A case of as many entries as the size says."""
    case = given.sanne()
    place.casework.clock = case.clock
    place.casework.open(case)
    while (missing := place.size.long - len(place.casework.history(case.id).entries)) > 0:
        with place.casework.changing(case.id) as changing:
            for _ in range(min(missing, AT_ONCE)):
                act(changing.case)
    return case.id


def act(case: Any) -> None:
    """One change of a case."""
    case.take_action("Samen gewandeld, en daarna koffie gedronken.", **given.telling(by=given.WORKER))


def forget_what_is_shown(place: Place) -> None:
    """Nothing was followed yet."""
    tables = chain((model.name for model in FOLLOWED), ("position", "poison", "signals", "to_look_at"))
    names = ", ".join(f"shown.{name}" for name in tables)
    place.as_owner("draad").execute(f"TRUNCATE {names}".encode())
