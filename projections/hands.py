"""In whose hands a case was when something was written down: the team that counts it, also after a move."""

from __future__ import annotations

from collections.abc import Iterable

from domain.entry import Entry
from domain.permissions import RECORDING


def teams(events: Iterable[Entry]) -> dict[int, str]:
    """The team by number of entry. What a client, manager or partner wrote goes with the team before it."""
    found: dict[int, str] = {}
    team = ""
    for event in events:
        if event.by.role in RECORDING and event.by.team:
            team = event.by.team
        found[event.originator_version] = team
    return found
