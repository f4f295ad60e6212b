"""What was stored once is read for ever."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from domain.casework import CATALOGUE
from domain.entry import Entry
from domain.plan import read, standing
from domain.store import mapper
from tests.stored_events.examples import FOLDER, file_of, from_file

FILES = sorted(FOLDER.glob("*.json"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_stored_event_is_read_for_ever(path: Path) -> None:
    event = from_file(path)
    stored = json.loads(path.read_text())
    assert (event.TOPIC, event.originator_version) == (stored["topic"], stored["version"])
    assert path.name.startswith(f"{event.TOPIC}.v")
    if isinstance(event, Entry):
        assert standing([event]) == [event]
        read([event])  # never raises


@pytest.mark.parametrize("topic", CATALOGUE)
def test_every_topic_and_version_has_a_stored_event(topic: str) -> None:
    for version in range(1, mapper.version_of(CATALOGUE[topic]) + 1):
        path = file_of(topic, version)
        assert path.exists(), f"Add {path.relative_to(FOLDER.parents[1])}: `python -m tests.stored_events`."


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_is_written_now_is_what_was_stored_then(path: Path) -> None:
    event = from_file(path)
    if path == file_of(event.TOPIC, mapper.version_of(type(event))):
        stored = json.loads(path.read_text())["facts"]
        assert since(json.loads(mapper.written(event)), stored) == stored


def since(written: Any, stored: Any) -> Any:
    """What is written now, but for a part of a fact that came later and is as usual: nothing."""
    if not isinstance(written, dict):
        return written
    return {
        name: since(value, stored.get(name))
        for name, value in written.items()
        if value is not None or name in stored
    }
