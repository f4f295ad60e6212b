"""Every event has its place in what a client can share: a new one has to choose."""

from __future__ import annotations

from collections import Counter

from domain.casework import CATALOGUE
from domain.entry import Entry
from domain.sharing import NOT_SHARED, PART_OF, WITH_EVERY_PART, WITH_THEIR_SUBJECT

BY_ITS_NOUN = "state_imported"  # a goal or support


def test_every_event_stands_in_one_place() -> None:
    placed = [*PART_OF, *WITH_EVERY_PART.split(), *WITH_THEIR_SUBJECT.split(), *NOT_SHARED.split()]
    events = {
        topic
        for topic, event in CATALOGUE.items()
        if issubclass(event, Entry) and event.__module__ != "domain.review"
    }
    assert set(placed) == events - {BY_ITS_NOUN}
    assert not [topic for topic, times in Counter(placed).items() if times > 1]
