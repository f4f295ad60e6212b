"""Import FHIR R4: read everything, see what belongs to which client, and tell each client's case."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from domain.casework import Casework
from domain.entry import Actor
from domain.store.imports import Ledger, ledger
from jobs.imports import parse
from jobs.imports.client import Found
from jobs.imports.client_import import READERS, ClientImport
from jobs.imports.index import Index
from jobs.imports.resource import Fate, Held, Key, Resource
from jobs.imports.summary import Summary
from jobs.imports.unpack import Limits, Unpacking, Unreadable, files
from jobs.imports.whose import speaks_of

AROUND = {"Practitioner", "PractitionerRole", "Organization"}
Progress = Callable[[int, int, str], None]


def print_nothing(_done: int, _total: int, _what: str) -> None:
    """For who need not know how far it is."""


def import_fhir(
    paths: Iterable[Path],
    casework: Casework,
    *,
    by: Actor,
    system: str | None = None,
    progress: Progress = print_nothing,
    limits: Limits = Limits(),  # noqa: B008  # it never changes
) -> Summary:
    """Read the files and folders, and tell the cases what is new. May be broken off and begun again.

    `system` names where the resources come from, for those that do not say it themselves; without it, the
    name of their folder. `progress` hears how much is done, of how much, and what. Raises AnotherImport.
    """
    env = casework.env
    with ledger(env["DRAAD_DSN"], bytes.fromhex(env["DRAAD_NAMES"]), casework.vault) as kept:
        return Import(casework, kept, by, progress).run(list(paths), system, limits)


class Import:
    """One run."""

    def __init__(self, casework: Casework, kept: Ledger, by: Actor, progress: Progress) -> None:
        self.casework, self.ledger, self.by, self.progress = casework, kept, by, progress
        self.index, self.summary = Index(), Summary()
        self.read: list[Resource] = []
        self.doubles: list[tuple[Resource, Resource]] = []

    def run(self, paths: list[Path], system: str | None, limits: Limits) -> Summary:
        """Read all, group by client, tell, count."""
        self._read(paths, system, limits)
        self.index.link_roles([r for r in self.read if r.type == "PractitionerRole"])
        around = {self.ledger.source(*r.key): r for r in reversed(self.read) if r.type in AROUND}
        clients = self._clients()
        for number, found in enumerate(clients, 1):
            ClientImport(self.casework, self.ledger, self.by, self.summary).run(found, self.index, around)
            self.progress(number, len(clients), "clients")
        self._settle()
        return self.summary

    def _read(self, paths: list[Path], system: str | None, limits: Limits) -> None:
        unpacking, found = Unpacking(limits), files(paths)
        for number, (path, folder) in enumerate(found, 1):
            for content in unpacking.texts(path, folder):
                if isinstance(content, Unreadable):
                    self.summary.rejected.append(str(content))
                    continue
                for resource in parse.resources(content, system):
                    self._take(resource)
            self.progress(number, len(found), "files")

    def _take(self, resource: Resource | Unreadable) -> None:
        if isinstance(resource, Unreadable):
            self.summary.rejected.append(str(resource))
            return
        self.read.append(resource)
        if not resource.id:
            resource.become(Fate.HELD, "has no id: the next import would not know it again")
        elif before := self.index.add(resource):
            self.doubles.append((resource, before))

    def _clients(self) -> list[Found]:
        """Every patient with what is about them. What is about nobody here is settled at once."""
        doubles = {id(double) for double, _ in self.doubles}
        mine = [resource for resource in self.read if not resource.fate and id(resource) not in doubles]
        found = {resource.key: Found(resource) for resource in mine if resource.type == "Patient"}
        for resource in mine:
            if resource.type == "Patient" or resource.type in AROUND:
                continue
            whose = found.get(self._whose(resource))
            if whose and resource.type in READERS:
                whose.resources.append(resource)
                continue
            resource.become(*_passed_over(resource.type))
            resource.forget_body()
            if whose:
                whose.others.append(resource)
        return list(found.values())

    def _whose(self, resource: Resource) -> Key:
        """The patient whom it is about, or whom that is about which it speaks of."""
        for reference in speaks_of(resource):
            with suppress(Held):
                found = self.index.find(reference, resource)
                if found and found.type not in ("Patient", "Provenance"):
                    return self._whose(found)
                if found:
                    return found.key
        return ("", "", "")

    def _settle(self) -> None:
        """What was named in no case, and what came twice; then count everything."""
        for resource in self.read:
            if resource.fate is None and resource.type in AROUND:
                resource.become(Fate.SKIPPED, "no case in these files names it")
        for double, before in self.doubles:
            if double.sha256 != before.sha256 and before.fate is not Fate.SKIPPED:
                double.become(Fate.HELD, "is in these files twice and not the same: the first was used")
            else:
                double.become(before.fate or Fate.HELD, before.reason)
        for resource in self.read:
            self.summary.add(resource)


def _passed_over(kind: str) -> tuple[Fate, str]:
    """What becomes of a resource that is not told."""
    if kind in READERS:
        return Fate.HELD, "its patient is not in these files"
    return Fate.SKIPPED, f"Draad has no place for this kind: {kind}"
