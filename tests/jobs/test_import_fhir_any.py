"""Whatever a resource says: it is read, or held with a reason. It never stops the run."""

from __future__ import annotations

import copy
import json
from contextlib import suppress
from typing import Any
from uuid import uuid4

from hypothesis import given, settings
from hypothesis import strategies as st

from jobs.imports import parse
from jobs.imports.client import Client
from jobs.imports.client_import import READERS
from jobs.imports.index import Index
from jobs.imports.people import steps
from jobs.imports.provenance import join
from jobs.imports.reading import not_understood
from jobs.imports.resource import Held, NoPlace, Resource
from jobs.imports.unpack import Text, Unreadable
from jobs.imports.whose import speaks_of
from tests.jobs.fhir import NOON, Node, about, bundle, by, care_plan, goal, patient, visit, worker
from tests.jobs.test_import_fhir_said import ANNA, consent, look, order, vouching

MEMBERS = [{"member": {"reference": "Practitioner/els"}, "period": {"start": "2024", "end": "2025-01-01"}}]
STORY = [
    patient(communication=[{"language": {"text": "Nederlands"}, "preferred": True}]),
    worker(),
    goal(startDate="2024-05-01", expressedBy={"reference": "Patient/anna"}),
    care_plan({"code": {"text": "Zwemmen"}, "performer": [{"reference": "Practitioner/els"}]}),
    about("CareTeam", "team", status="active", participant=MEMBERS),
    visit(participant=by("Practitioner/els"), serviceProvider={"display": "Thuis Best"}),
    consent(),
    order(requester={"reference": "Patient/anna"}),
    {"resourceType": "Task", "id": "work", "for": ANNA, "status": "rejected", "owner": ANNA},
    vouching("written", "2026-03-03T10:00:00Z", "Goal/walking"),
    look(),
]
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
    | st.sampled_from(["2024", "2024-13-01", "9999-12-31T23:59:59Z", "Patient/anna", "#x", "urn:uuid:1"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=8), inner, max_size=2),
    max_leaves=4,
)  # fmt: skip


def places(node: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a resource where something else could stand."""
    inner = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    found = [place for key, value in inner for place in places(value, (*path, key))]
    return [path, *found] if path else found


def replaced(node: Node, path: tuple[Any, ...], value: Any) -> Node:
    changed = copy.deepcopy(node)
    inner: Any = changed
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    return changed


@settings(deadline=None, max_examples=300)
@given(st.data(), st.sampled_from(range(len(STORY))), anything)
def test_anything_anywhere_is_read_or_held(data: st.DataObject, which: int, value: Any) -> None:
    path = data.draw(st.sampled_from(places(STORY[which])))
    changed = replaced(STORY[which], path, value)
    resources = [changed if number == which else one for number, one in enumerate(STORY)]
    index, found = Index(), list[Resource]()
    for one in parse.resources(Text("all.json", "there", json.dumps(bundle(*resources)).encode())):
        if not isinstance(one, Unreadable):
            index.add(one)
            found.append(one)
    index.link_roles([one for one in found if one.type == "PractitionerRole"])
    whose = next((one for one in found if one.type == "Patient"), None)
    if whose:
        client = Client(whose, index, lambda _resource, _part: uuid4(), NOON)
        for one in found:
            _read(one, client)
        vouched = [one for one in found if one.type == "Provenance"]
        join(vouched, {one.key: one for one in found}, client)


def _read(resource: Resource, client: Client) -> None:
    with suppress(Held, NoPlace):
        list(speaks_of(resource))
        list(not_understood(resource.body))
        if resource.type in READERS:
            told = READERS[resource.type](resource, client)
            list(steps(told.presences, client.recorded, complete=True))
