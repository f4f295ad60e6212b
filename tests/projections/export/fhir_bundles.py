"""Bundles of the stories, as a program that reads them sees them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import msgspec

from domain.case import Case
from domain.contacts import ContactLog
from domain.days import end_of
from jobs.demo import organisation
from projections.access import Looks
from projections.contacts import Contact
from projections.export.fhir.bundle import bundle
from projections.export.fhir.then import CaseThen, readable
from projections.masked import Teams
from projections.then import Moment
from tests import given

Node = dict[str, Any]
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def as_read(then: CaseThen) -> Node:
    """The bundle, once it was written and read."""
    told: Node = json.loads(msgspec.json.encode(bundle(then)))
    return told


def of(
    case: Case,
    on: date = given.TODAY,
    known: datetime | None = None,
    *,
    team: str | Teams | None = Teams.ALL,
    contacts: Iterable[Contact] = (),
    looks: Iterable[Looks] = (),
) -> Node:
    """The bundle of a case, as a reader of this team gets it."""
    entries = readable(case.entries, team, given.TODAY)
    moment = Moment(on, known or end_of(given.TODAY))
    return as_read(CaseThen(case.id, entries, moment, list(contacts), list(looks)))


def all_of(told: Node, kind: str) -> list[Node]:
    """The resources of a kind."""
    return [e["resource"] for e in told["entry"] if e["resource"]["resourceType"] == kind]


def one_of(told: Node, kind: str) -> Node:
    """The only one of a kind."""
    (only,) = all_of(told, kind)
    return only


def own(node: Node, name: str) -> list[Node]:
    """The own extensions of this name, each with its values by name; of a list only the last."""
    found = [e for e in node.get("extension", ()) if e["url"].endswith(f"/{name}")]
    return [{i["url"]: _value(i) for i in one.get("extension", ())} for one in found]


def _value(extension: Node) -> Any:
    return next((v for name, v in extension.items() if name.startswith("value")), None)


def contacts_of(case: Case, log: ContactLog) -> list[Contact]:
    """As the list of contacts has them."""
    return [
        Contact(case.id, h.originator_version, h.contact_id, list(h.workers), h.organisation, h.started_at,
                h.minutes, h.kind, h.timestamp, None)
        for h in log.held
    ]  # fmt: skip


def demo() -> Iterator[tuple[Case, list[Contact], Node]]:
    """Every case of the invented organisation, with who came, and its bundle."""
    for story in organisation.stories(given.TODAY):
        came = [c for c in contacts_of(story.case, organisation.visits(story)) if c.started_at <= NOON]
        yield story.case, came, of(story.case, contacts=came)
