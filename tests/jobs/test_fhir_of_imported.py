"""What came in from others goes out again as FHIR R4: the example sets of HL7, Nictiz and others.

A selection of them; with DRAAD_ALL_DATA=1 all there are.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from domain.casework import Casework
from domain.store.database import Database, settings_for
from tests.conftest import emptied
from tests.jobs.fhir import DATA, NOON, Importing
from tests.projections.export.fhir_bundles import Node, contacts_of, of
from tests.projections.export.valid_fhir import wrong_by_classes, wrong_by_medplum, wrong_by_schema

SETS = {
    "hl7-r4-examples": "*",
    "us-core-examples": "*",
    "nictiz-zib2020": "*",
    "gravity-sdoh": "*",
    "synthea-smart-r4": "[AR]*",
    "synthea-blaze-r4": "[0]*",
}
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not DATA.exists(), reason="the example sets lie beside the repository"),
]


@pytest.fixture(scope="module")
def bundles(database: Database, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Node]]:
    with closing(Casework(settings_for(emptied(database)), clock=lambda: NOON)) as casework:
        for name, some in SETS.items():
            there = Importing(casework, tmp_path_factory.mktemp(name), system=name)
            there.paths(*_files(DATA / name, some))
        opened = casework.recorder.select_notifications(None, 1_000_000, topics=["case_opened"])
        cases = [casework.history(one.originator_id) for one in opened]  # type: ignore[arg-type]  # a UUID
        yield [of(case, contacts=contacts_of(case, casework.contacts(case.id))) for case in cases]


def _files(folder: Path, some: str) -> list[Path]:
    return sorted(folder.glob("*" if os.environ.get("DRAAD_ALL_DATA") else some))


def test_the_schema_of_hl7_takes_them(bundles: list[Node]) -> None:
    assert len(bundles) > 10
    assert [wrong for told in bundles for wrong in wrong_by_schema(told)] == []


def test_the_classes_of_fhir_resources_take_them(bundles: list[Node]) -> None:
    assert [wrong for told in bundles for wrong in wrong_by_classes(told)] == []


def test_medplum_takes_them(bundles: list[Node], tmp_path: Path) -> None:
    assert wrong_by_medplum(bundles, tmp_path) == []
