"""A log as OCEL 2.0 JSON: what happened, and all that it was about. Every value is a text."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import IO, Any

import msgspec

from projections.export.log.happening import CaseLog, Happening, Thing

ALWAYS = "1970-01-01T00:00:00Z"  # the moment of what a thing is from its beginning
Kinds = dict[str, dict[str, None]]  # of events or of things: the names of what is told of each


def write(out: IO[bytes], logs: Iterable[CaseLog]) -> None:
    """Write it as the cases come. What it is about stands last, and waits in a file of its own."""
    with tempfile.TemporaryFile() as waiting:
        things, happenings = _Things(waiting), _List(out)
        kinds: Kinds = {}
        out.write(b'{"events":[')
        for log in logs:
            for one in log.happenings:
                happenings.add(_event(one, kinds))
            things.add(log)
        out.write(b'],"objects":[')
        waiting.seek(0)
        shutil.copyfileobj(waiting, out)
        out.write(b'],"objectTypes":' + _types(things.kinds) + b',"eventTypes":' + _types(kinds) + b"}\n")


class _List:
    """A list in a file, written one by one."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out, self._comma = out, b"\n"

    def add(self, one: Mapping[str, Any]) -> None:
        self._out.write(self._comma + msgspec.json.encode(one))
        self._comma = b",\n"


class _Things:
    """All that something was about, each once: also who comes in many cases."""

    def __init__(self, out: IO[bytes]) -> None:
        self._list, self._shared = _List(out), set[str]()
        self.kinds: Kinds = {}

    def add(self, log: CaseLog) -> None:
        """What is in this case. People and teams come in others too: they are remembered."""
        self._once(log.client)
        self._write(log.case, {log.client: "client"})
        seen = {log.case, log.client}
        for one in log.happenings:
            for thing in (*one.who, *one.about):
                if thing.kind == "person":
                    self._once(thing)
                elif thing not in seen:
                    seen.add(thing)
                    self._write(thing, {log.case: "case"})

    def _once(self, thing: Thing) -> None:
        if thing.id not in self._shared:
            self._shared.add(thing.id)
            self._write(thing, {})

    def _write(self, thing: Thing, about: Mapping[Thing, str]) -> None:
        self.kinds.setdefault(thing.kind, {}).update(dict.fromkeys(thing.facts))
        facts = [{"name": name, "time": ALWAYS, "value": value} for name, value in thing.facts.items()]
        self._list.add(
            {"id": thing.id, "type": thing.kind, "attributes": facts, "relationships": _about(about)}
        )


def _event(one: Happening, kinds: Kinds) -> dict[str, Any]:
    facts = {"recorded": _moment(one.recorded), "role": one.role, "group": one.group, **one.facts}
    told = {name: str(value) for name, value in facts.items() if value != ""}
    kinds.setdefault(one.activity, {}).update(dict.fromkeys(told))
    return {
        "id": one.id,
        "type": one.activity,
        "time": _moment(one.at),
        "attributes": [{"name": name, "value": value} for name, value in told.items()],
        "relationships": _about({**one.about, **dict.fromkeys(one.who, "by")}),
    }


def _about(things: Mapping[Thing, str]) -> list[dict[str, str]]:
    return [{"objectId": thing.id, "qualifier": how} for thing, how in things.items()]


def _types(kinds: Kinds) -> bytes:
    types = [
        {"name": kind, "attributes": [{"name": name, "type": "string"} for name in names]}
        for kind, names in sorted(kinds.items())
    ]
    return msgspec.json.encode(types)


def _moment(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")
