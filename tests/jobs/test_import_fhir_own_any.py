"""Whatever the extension of a Draad says, forged or broken: it is told or held. It never stops the run."""

from __future__ import annotations

import copy
import json
from contextlib import suppress
from datetime import UTC, datetime
from uuid import uuid4

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.case import Case, CaseOpened
from domain.errors import Refused
from jobs.imports import parse
from jobs.imports.client import Client
from jobs.imports.index import Index
from jobs.imports.own_extensions import UNSTATED, History
from jobs.imports.resource import Held, Resource
from jobs.imports.unpack import Text
from tests.given import CLIENT, a_clock, karim, lena, sanne
from tests.jobs.fhir import IMPORTER
from tests.jobs.test_import_fhir_any import anything, places, replaced
from tests.projections.export.fhir_bundles import Node, all_of, of

STORIES = [of(told()) for told in (sanne, karim, lena)]
LATER = datetime(2026, 11, 22, 12, tzinfo=UTC)


def history_of(bundle: Node) -> History:
    text = Text("all.json", "there", json.dumps(bundle).encode())
    found = [one for one in parse.resources(text) if isinstance(one, Resource)]
    index = Index()
    for one in found:
        index.add(one)
    whose = next(one for one in found if one.type == "Patient")
    return History(found, Client(whose, index, lambda _resource, _part: uuid4(), LATER), uuid4())


@settings(deadline=None, max_examples=300)
@given(st.data(), st.sampled_from(STORIES), anything)
def test_anything_anywhere_in_an_entry_is_told_or_held(
    data: st.DataObject, story: Node, value: object
) -> None:
    bundle = copy.deepcopy(story)
    which = data.draw(st.sampled_from(all_of(bundle, "Provenance")))
    path = data.draw(
        st.sampled_from([p for p in places(which) if p[0] in ("extension", "activity", "target")])
    )
    which.update(replaced(which, path, value))
    with suppress(Held, Refused):
        tell(history_of(bundle))


def tell(history: History) -> None:
    """Into a case that nobody keeps, as jobs/imports/telling.py would."""
    opened = {**UNSTATED, "happened_on": LATER.date(), **history.opening(), "by": IMPORTER}
    case = Case.open(CLIENT.user, clock=a_clock(), **opened)
    numbers: dict[str, int] = {}
    for one in history.entries:
        if one.kind is not CaseOpened:
            with suppress(Held, Refused):
                facts = {"by": IMPORTER, **history._facts(one, numbers)}
                numbers[one.source.id] = case.record(one.kind, source=one.source.stated, **facts)
    assert case.plan.opened_on
