"""Provenance: one for each entry. What happened when, who wrote it down when, and every word that was said.

An entry of Draad says more than R4 has a place for. All of it stands in one own extension, so that a Draad
that reads this bundle tells the same story.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from typing import Any, get_type_hints

from domain.days import Precision
from domain.entry import Entry, Role
from domain.say import Say, Words
from projections.export.dossier.contents import NUMBERS
from projections.export.fhir.pieces import BASE, TERMINOLOGY, Node, coded, compound, node, resource
from projections.export.fhir.then import CaseThen

ENTRY = "entry"
# Told beside it, or of no meaning anywhere else: an account, a form.
BESIDE = {"originator_id", "originator_version", "originator_topic", "timestamp", "user", "source", "posted"}
LETTERS = {Precision.DAY: 10, Precision.MONTH: 7, Precision.YEAR: 4}  # of 2026-11-22


def provenance(then: CaseThen) -> Iterator[Node]:
    """Every entry, by number."""
    for entry in then.told:
        yield _provenance(then, entry)


def _provenance(then: CaseThen, entry: Entry) -> Node:
    return resource(
        "Provenance",
        then.its(f"entry {entry.number}"),
        node(versionId="1", lastUpdated=entry.timestamp),
        extension=compound(ENTRY, lambda name, number: _refer(then, name, number), **_facts(entry)),
        target=[*_about(then, entry), then.patient],
        occurredDateTime=_when(entry),
        recorded=entry.timestamp,
        activity=coded("event", entry.TOPIC),
        agent=[_agent(then, entry)],
        entity=[*_before(then, entry), *_from(entry), *_quotations(entry)],
    )


def _facts(entry: Entry) -> dict[str, Any]:
    """All that it says, as it was written down."""
    own = {f.name: getattr(entry, f.name) for f in fields(entry) if f.name not in BESIDE}
    return {"entry_number": entry.number, **own}


def _refer(then: CaseThen, name: str, number: int) -> Any:
    """The number of an entry becomes a reference to it; to one that is not here, none."""
    if name.replace("-", "_") in NUMBERS or name == "entry-number":
        return number
    return then.to("Provenance", then.its(f"entry {number}")) if number in then.numbers else None


def _when(entry: Entry) -> str:
    """As exactly as it is known; empty when it is not."""
    return entry.happened_on.isoformat()[: LETTERS.get(entry.precision, 0)]


def _about(then: CaseThen, entry: Entry) -> list[Node]:
    """The resource that it is about, when it has one of its own."""
    key, plan = entry.concerns, then.plan
    if isinstance(key, int):
        return [then.to("Consent", then.its(f"consent {key}"))] if key in plan.consents else []
    if key in plan.goals:
        return [then.to("Goal", key)]
    if key in plan.supports:
        return [then.to("CarePlan", then.its("care plan"))]
    who = then.who(key) if key in plan.people or key in plan.parties else None
    return [who] if who else []


def _agent(then: CaseThen, entry: Entry) -> Node:
    """Who wrote it down, as they were then."""
    by = entry.by
    here = next((key for key, person in then.plan.people.items() if person.user == by.user), None)
    who = then.patient if by.role is Role.CLIENT else then.who(here) if here else None
    return node(
        type_=coded(f"{TERMINOLOGY}/provenance-participant-type", "author"),
        role=[coded("role", by.role)],
        who=who or node(display=by.name or by.role.value),
        onBehalfOf=node(display=by.organisation) if by.organisation and by.role is not Role.CLIENT else {},
    )


def _before(then: CaseThen, entry: Entry) -> Iterator[Node]:
    """The entry that this one takes out or puts right, and the text that it takes the place of."""
    for role, number in (("removal", entry.withdraws), ("revision", entry.corrects)):
        if number in then.numbers:
            yield {"role": role, "what": then.to("Provenance", then.its(f"entry {number}"))}
    plan, key = then.plan, entry.concerns
    noun = None if isinstance(key, int) else plan.goals.get(key) or plan.supports.get(key) if key else None
    for former in noun.former if noun else ():
        if former.entry == entry.number:
            yield {"role": "revision", "what": node(display=former.words)}


def _from(entry: Entry) -> Iterator[Node]:
    """The resource of another system that it was read from."""
    if source := entry.source:
        place = f"{source.system} {source.type}/{source.id}"
        yield {
            "role": "source",
            "what": {"identifier": node(system=f"{BASE}/NamingSystem/source", value=place)},
        }


def _quotations(entry: Entry) -> Iterator[Node]:
    """Every word that somebody said in it, each apart."""
    said: list[Any] = [entry, *(fact for fact in vars(entry).values() if isinstance(fact, Say))]
    for thing in said:
        for name in _words_of(type(thing)):  # type: ignore[arg-type]  # a class can be hashed
            if (words := getattr(thing, name)).strip():
                yield {"role": "quotation", "what": node(display=words)}


@cache
def _words_of(kind: type[Any]) -> list[str]:
    """The facts that are somebody's own words."""
    return [name for name, hint in get_type_hints(kind, include_extras=True).items() if hint == Words]
