"""Who was in a care team when it was imported before: who is not there now has left meanwhile."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from domain.store.imports import Raw
from jobs.imports import care_team, parse
from jobs.imports.client import Client, Presence, Step
from jobs.imports.index import Index
from jobs.imports.people import left
from jobs.imports.reading import in_error
from jobs.imports.resource import Held, Resource
from jobs.imports.unpack import Text, Unreadable


@dataclass(frozen=True)
class Before:
    """What was kept of earlier imports: whoever is gone is often not in the files of now either."""

    raws: list[Raw]
    was_told: Callable[[Resource], bool]
    client: Client

    def who_left(self, team: Resource, now: list[Presence], *, complete: bool) -> Iterator[Step]:
        """Everybody who was in it, and of whom nothing says that they are here now."""
        if in_error(team.body):
            raise Held("entered in error: who of them takes part has to be looked at")
        here = {p.member.noun for p in now if p.ends or not self.was_told(p.source)}
        missing = [p for p in self._in_it(team) if p.member.noun not in here]
        if missing and not complete:
            raise Held("somebody is gone from it, and not all that says who is here is understood")
        return map(left, missing)

    def _in_it(self, team: Resource) -> list[Presence]:
        index, told = Index(), None
        for raw in reversed(self.raws):
            resource = _again(raw, team.folder)
            index.add(resource)
            if resource.key == team.key and self.was_told(resource):
                told = resource
        if told is None:
            raise Held("what was imported of it before is not here")
        return care_team.read(told, replace(self.client, index=index)).presences


def _again(raw: Raw, folder: str) -> Resource:
    """The resource, as it was read then."""
    read = next(iter(parse.resources(Text("", folder, zlib.decompress(raw.packed)), raw.system)))
    assert not isinstance(read, Unreadable)  # noqa: S101  # it was read before
    read.system, read.id, read.url = raw.system, raw.id, f"urn:uuid:{raw.id}"
    return read
