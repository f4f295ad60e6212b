"""The continuity indices, against vectors worked out by exact arithmetic elsewhere."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import pytest

from domain.kinds import ContactKind
from projections.signals.continuity import (
    Continuity,
    group_k,
    mean_coc,
    moment_by_moment,
    of_contacts,
    of_moments,
)
from tests.code.reading import REPO

FILE = REPO.parent / "shared/vectors/continuity_vectors.json"
pytestmark = pytest.mark.skipif(not FILE.exists(), reason="the vectors are not beside this checkout")
VECTORS: dict[str, Any] = json.loads(FILE.read_text()) if FILE.exists() else {}
INDICES = ("UPC", "HI", "COC", "SECON", "MMCI", "K")


def exact(expected: dict[str, int] | None) -> Fraction | None:
    return Fraction(expected["num"], expected["den"]) if expected else None


@pytest.mark.parametrize("vector", VECTORS.get("vectors", []), ids=lambda v: v["id"])
def test_every_index_equals_its_vector(vector: dict[str, Any]) -> None:
    found, expected = of_moments([[one] for one in vector["sequence"]]), vector["expected"]
    assert (found.contacts, found.workers) == (expected["n_visits"], expected["n_providers"])
    assert (found.counts, found.same) == (expected["counts"], expected["same_pairs"])
    for index in INDICES:
        assert getattr(found, index.lower()) == exact(expected[index]), index


@pytest.mark.parametrize("group", VECTORS.get("groups", []), ids=lambda v: v["id"])
def test_a_group_of_clients(group: dict[str, Any]) -> None:
    clients = [of_moments([[one] for one in client]) for client in group["clients"]]
    assert group_k(clients) == exact(group["groupK"])
    assert mean_coc(clients) == exact(group["mean_COC"])


@pytest.mark.parametrize("vector", VECTORS.get("rolling", []), ids=lambda v: v["id"])
def test_a_window_shows_what_the_whole_hides(vector: dict[str, Any]) -> None:
    width, moments = vector["width_visits"], [[one] for one in vector["sequence"]]
    windows = list(moment_by_moment(moments, width))[width - 1 :]
    assert len(windows) == len(vector["rolling"])
    for start, (window, expected) in enumerate(zip(windows, vector["rolling"], strict=True)):
        whole = of_moments(moments[start : start + width])
        assert window.workers == whole.workers == expected["distinct"]
        assert window.coc == exact(expected["COC"])
        for index in ("UPC", "COC", "SECON"):
            assert getattr(whole, index.lower()) == exact(expected[index])


@pytest.mark.parametrize("vector", VECTORS.get("multi_carer", []), ids=lambda v: v["id"])
def test_two_workers_at_one_visit_count_both_and_are_no_handover(vector: dict[str, Any]) -> None:
    found, expected = of_moments(vector["moments"]), vector["expected_counts_based"]
    assert (found.contacts, found.counts) == (expected["n_visits"], expected["counts"])
    for index in ("UPC", "HI", "COC", "MMCI", "K"):
        assert getattr(found, index.lower()) == exact(expected[index])
    assert found.secon == exact(vector["expected_SECON_moments"])


@dataclass(frozen=True)
class Came:
    """A contact, as far as the indices look."""

    workers: Sequence[str]
    kind: str = ContactKind.PERSONAL
    organisation: str = ""


def test_a_contact_in_a_group_or_without_a_worker_is_left_out_and_counted() -> None:
    found = of_contacts([Came(["A"]), Came([]), Came(["B", "C"], ContactKind.GROUP), Came(["A"])])
    assert (found.contacts, found.left_out, found.handovers) == (2, 2, 0)
    assert found.secon == 1


def test_who_came_as_often_are_both_the_usual_worker() -> None:
    assert of_moments([["A"], ["B"]]).usual == {"A", "B"}


def test_nothing_is_said_of_nobody() -> None:
    nobody: Continuity[str] = of_moments([])
    assert [getattr(nobody, index.lower()) for index in INDICES] == [None] * len(INDICES)
    assert (nobody.usual, nobody.handovers, group_k([nobody]), mean_coc([])) == (frozenset(), 0, None, None)
