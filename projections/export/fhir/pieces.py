"""The small pieces that FHIR resources are made of. What is empty is not there: FHIR has no empty values."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

Node = dict[str, Any]
Refer = Callable[[str, int], Any]
BASE = "https://draad.example/fhir"  # a name, not a place: nothing answers there. See docs/fhir.md
ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
TERMINOLOGY = "http://terminology.hl7.org/CodeSystem"
NO_STRING = re.compile(r"[^\S \t\r\n]|[\x00-\x08\x0e-\x1f\ufeff]")  # what FHIR has no place for in a text


def node(**facts: Any) -> Node:
    """An object with what is there. A trailing _ keeps a name from being Python's."""
    return {name.rstrip("_"): plain(fact) for name, fact in facts.items() if not _nothing(fact)}


def plain(fact: Any) -> Any:
    """As JSON has it: a moment in UTC, an amount as a number, a text with the spaces that FHIR knows."""
    if isinstance(fact, datetime):
        return fact.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(fact, date | UUID):
        return str(fact)
    if isinstance(fact, Decimal):
        return int(fact) if fact == int(fact) else float(fact)
    if isinstance(fact, Enum):
        return fact.value
    return NO_STRING.sub(" ", fact) if isinstance(fact, str) else fact


def resource(kind: str, key: UUID, meta: Node | None = None, **facts: Any) -> Node:
    """A resource with its id, and where it comes from."""
    return node(resourceType=kind, id=key, meta=node(**(meta or {}), source=BASE), **facts)


def own(name: str) -> str:
    """The address of an own extension."""
    return f"{BASE}/StructureDefinition/{name}"


def coded(system: str, code: Any, text: str = "") -> Node:
    """A CodeableConcept: from a terminology of HL7 when the system is an address, else from our own."""
    where = system if "://" in system else f"{BASE}/CodeSystem/{system}"
    return node(coding=[node(system=where, code=plain(code))] if code else [], text=text)


def period(start: date | datetime | None, end: date | datetime | None = None) -> Node:
    """From a day until a day. A day that nobody knows is left out, and so is a period that ends too early."""
    start = None if start == date.min else start
    if start and end and str(end) < str(start):
        return node(end=end)
    return node(start=start, end=end)


def as_number(_name: str, number: int) -> int:
    """A number that stands for itself."""
    return number


def extension(name: str, value: Any, refer: Refer = as_number) -> Iterator[Node]:
    """A value as an extension with the type that FHIR has for it; several of them for a list.

    A dataclass becomes an extension with one inside for each of its fields. `refer` says what stands for a
    number that has this name: itself, or a reference to the entry that has it.
    """
    if isinstance(value, tuple | list):
        for one in value:
            yield from [absent(name)] if _nothing(one) else extension(name, one, refer)
    elif is_dataclass(value):
        named = ((dashed(f.name), getattr(value, f.name)) for f in fields(value))
        if inside := [one for name_, fact in named for one in extension(name_, fact, refer)]:
            yield {"url": name, "extension": inside}
    elif not _nothing(told := refer(name, value) if type(value) is int else value):
        yield {"url": name, value_of(told): _as_value(told)}


def compound(name: str, refer: Refer = as_number, /, **facts: Any) -> list[Node]:
    """An own extension with one inside for each of these facts; none when there are none."""
    inside = [one for fact, value in facts.items() for one in extension(dashed(fact), value, refer)]
    return [{"url": own(name), "extension": inside}] if inside else []


def absent(name: str) -> Node:
    """An extension that says that there is nothing: an answer that was left open keeps its place."""
    return {"url": name, "extension": [{"url": ABSENT, "valueCode": "not-applicable"}]}


def value_of(value: Any) -> str:
    """The name under which FHIR keeps a value of this type."""
    for kind, name in VALUES:
        if isinstance(value, kind):
            return name
    raise TypeError(type(value))


VALUES: list[tuple[type, str]] = [
    (Enum, "valueCode"),
    (bool, "valueBoolean"),  # before the numbers: it is one
    (int, "valueInteger"),
    (Decimal, "valueDecimal"),
    (datetime, "valueInstant"),
    (date, "valueDate"),
    (UUID, "valueUri"),
    (str, "valueString"),
    (dict, "valueReference"),
]


def dashed(name: str) -> str:
    """As FHIR writes names."""
    return name.replace("_", "-")


def _as_value(value: Any) -> Any:
    return f"urn:uuid:{value}" if isinstance(value, UUID) else plain(value)


def _nothing(fact: Any) -> bool:
    return fact is None or fact in ("", [], {}, ()) or (isinstance(fact, str) and not fact.strip())
