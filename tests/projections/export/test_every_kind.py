"""Every kind of entry, also what the demo does not tell, as others read it: none is refused, none is lost."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from domain.casework import CATALOGUE
from domain.entry import Entry
from projections.export.log import ocel, xes
from projections.export.log.happening import CaseLog
from tests.projections.export.fhir_bundles import Node, all_of, of
from tests.projections.export.test_log import told
from tests.projections.export.valid_fhir import wrong_by_classes, wrong_by_medplum, wrong_by_schema
from tests.projections.export.valid_logs import wrong_by_ocel, wrong_by_xsd
from tests.stored_events.examples import stories

NOT_IN_LOGS = {"network_view_heard", "entry_restricted"}  # for one team alone; lifted again, and so taken out
EVERY_KIND = {topic for topic, kind in CATALOGUE.items() if issubclass(kind, Entry)}


@pytest.fixture(scope="module")
def bundles() -> list[Node]:
    return [of(case) for case in stories()]


@pytest.fixture(scope="module")
def logs() -> list[CaseLog]:
    return [told(case) for case in stories()]


def test_every_kind_is_a_provenance(bundles: list[Node]) -> None:
    kinds = (
        one["activity"]["coding"][0]["code"] for bundle in bundles for one in all_of(bundle, "Provenance")
    )
    assert set(kinds) == EVERY_KIND


def test_every_kind_is_fhir_by_the_schema_and_by_the_classes(bundles: list[Node]) -> None:
    assert [wrong for one in bundles for wrong in (*wrong_by_schema(one), *wrong_by_classes(one))] == []


@pytest.mark.slow
def test_every_kind_is_fhir_by_medplum(bundles: list[Node], tmp_path: Path) -> None:
    assert wrong_by_medplum(bundles, tmp_path) == []


def test_every_kind_is_an_event_of_a_log(logs: list[CaseLog]) -> None:
    kinds = {one.activity.replace(" ", "_") for log in logs for one in log.happenings}
    assert kinds == EVERY_KIND - NOT_IN_LOGS


def test_every_kind_is_xes_and_ocel_by_the_schemas(logs: list[CaseLog]) -> None:
    for write, wrong in ((xes.write, wrong_by_xsd), (ocel.write, wrong_by_ocel)):
        write(out := io.BytesIO(), logs)
        assert list(wrong(out.getvalue())) == []
