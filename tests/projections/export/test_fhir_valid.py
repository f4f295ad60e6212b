"""What others say of the bundles of the whole invented organisation: that they are FHIR R4."""

from __future__ import annotations

import copy
import json
import re
from pathlib import Path

import pytest

from domain.case import Case
from domain.kinds import PersonKind, Voice
from projections.contacts import Contact
from tests import given
from tests.projections.export.fhir_bundles import Node, all_of, demo, of
from tests.projections.export.valid_fhir import (
    resources,
    wrong_by_classes,
    wrong_by_medplum,
    wrong_by_schema,
)

Story = tuple[Case, list[Contact], Node]
DOCUMENTED = Path(__file__).parents[3] / "docs" / "fhir.md"


@pytest.fixture(scope="module")
def stories() -> list[Story]:
    return list(demo())


@pytest.fixture(scope="module")
def bundles(stories: list[Story]) -> list[Node]:
    return [told for _, _, told in stories]


def test_the_schema_of_hl7_takes_them(bundles: list[Node]) -> None:
    assert [wrong for told in bundles for wrong in wrong_by_schema(told)] == []


def test_the_classes_of_fhir_resources_take_them(bundles: list[Node]) -> None:
    assert [wrong for told in bundles for wrong in wrong_by_classes(told)] == []


@pytest.mark.slow
def test_medplum_takes_them(bundles: list[Node], tmp_path: Path) -> None:
    assert wrong_by_medplum(bundles, tmp_path) == []


def test_a_text_has_the_spaces_that_fhir_knows_wherever_it_stands() -> None:
    """Who pastes from a word processor brings others: HL7's schema takes none of them."""
    odd, told = "Ik\u00a0wil\u202fweer\x0bgaan\x01zwemmen.", "Ik wil weer gaan zwemmen."
    case, how = given.sanne(), given.telling()
    case.propose_goal(words=odd, words_of=Voice.CLIENT, proposed_by=Voice.CLIENT, **how)
    case.adjust_goal(list(case.plan.goals)[-1], f"{odd} Vaak.", odd, **given.deciding(say=given.no(odd)))
    case.join_person(name=odd, kind=PersonKind.WORKER, organisation=odd, **how)
    bundle = of(case)
    assert list(wrong_by_schema(bundle)) == []
    assert all_of(bundle, "Goal")[-1]["description"]["text"] == f"{told} Vaak."
    assert not re.search(r"\\u00a0|\\u202f|\\u000b|\\u0001", json.dumps(bundle))


@pytest.fixture
def broken(bundles: list[Node]) -> Node:
    goal = copy.deepcopy(all_of(bundles[0], "Goal")[0])
    goal["lifecycleStatus"] = goal.pop("description")
    return {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": goal}]}


def test_what_is_not_right_is_seen(broken: Node) -> None:
    assert list(wrong_by_schema(broken))
    assert list(wrong_by_classes(broken))


@pytest.mark.slow
def test_medplum_sees_it_too(broken: Node, tmp_path: Path) -> None:
    assert wrong_by_medplum([broken], tmp_path)


def test_everything_that_is_pointed_at_is_in_the_bundle(bundles: list[Node]) -> None:
    for told in bundles:
        here = {entry["fullUrl"] for entry in told["entry"]}
        assert len(here) == len(told["entry"])
        assert set(re.findall(r"'reference': '([^']+)'", str(told))) <= here


def test_there_is_a_provenance_for_each_entry(stories: list[Story]) -> None:
    for case, _, told in stories:
        assert len(all_of(told, "Provenance")) == len(case.entries)


def test_every_own_extension_and_code_system_is_documented(bundles: list[Node]) -> None:
    named = set(re.findall(r"draad\.example/fhir/(?:StructureDefinition|CodeSystem)/([a-z-]+)", str(bundles)))
    documented = set(re.findall(r"^\| `([a-z-]+)`", DOCUMENTED.read_text(), re.MULTILINE))
    assert named
    assert named <= documented


def test_the_whole_organisation_has_something_of_every_kind(bundles: list[Node]) -> None:
    assert {one["resourceType"] for told in bundles for one in resources(told)} == {
        "Patient",
        "Organization",
        "Practitioner",
        "PractitionerRole",
        "RelatedPerson",
        "CareTeam",
        "Goal",
        "CarePlan",
        "Consent",
        "Encounter",
        "Provenance",
    }
