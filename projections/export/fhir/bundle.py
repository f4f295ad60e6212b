"""The Bundle: everything of one case, each resource once, pointing at each other within it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domain.days import end_of
from domain.entry import Entry
from projections.contacts import of_cases
from projections.export.fhir.care_plan import care_plan
from projections.export.fhir.consents import consents
from projections.export.fhir.goals import goals
from projections.export.fhir.looks import audit_events, who_looked
from projections.export.fhir.people import care_team, organisations, patient, people
from projections.export.fhir.pieces import Node, resource
from projections.export.fhir.provenance import provenance
from projections.export.fhir.then import CaseThen
from projections.export.fhir.visits import encounters
from projections.read_model import Db
from projections.then import Moment

MEDIA = "application/fhir+json"


@dataclass(frozen=True)
class Bundle:
    """A FHIR R4 Bundle of one case. What R4 cannot carry stands in own extensions: docs/fhir.md."""

    resourceType: str  # noqa: N815  # FHIR's names
    id: str
    meta: dict[str, str]
    type: str
    entry: list[dict[str, Any]]


def bundle_of(
    db: Db, case_id: UUID, entries: Sequence[Entry], moment: Moment, *, visits: bool = True, looks: bool
) -> Bundle:
    """The case as FHIR R4. `entries`: those that the reader may read; `visits`, `looks`: whether they may."""
    until = min(moment.known, end_of(moment.on))
    came = of_cases(db, [case_id], on=until, known=moment.known).get(case_id, []) if visits else []
    looked = list(who_looked(db, case_id, moment)) if looks else ()
    return bundle(CaseThen(case_id, entries, moment, came, looked))


def bundle(then: CaseThen) -> Bundle:
    """The same case at the same moment gives the same bundle."""
    inside = [{"fullUrl": f"urn:uuid:{one['id']}", "resource": one} for one in resources(then)]
    head = resource("Bundle", then.its("bundle"), then.updated(then.numbers), type="collection")
    return Bundle(**head, entry=inside)


def resources(then: CaseThen) -> Iterator[Node]:
    """The client first, then what points at them."""
    for told in RESOURCES:
        yield from told(then)


RESOURCES: tuple[Callable[[CaseThen], Iterator[Node]], ...] = (
    patient,
    organisations,
    people,
    care_team,
    goals,
    care_plan,
    consents,
    encounters,
    provenance,
    audit_events,
)
