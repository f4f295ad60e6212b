"""docs/threat-model.md and docs/asvs.md name tests that exist."""

from __future__ import annotations

import ast
import re

import pytest

from tests.code.reading import REPO

NAMED = re.compile(r"`(?:tests/)?([\w/]+/test_\w+\.py)::(test_\w+)`")
PAGES = ("docs/threat-model.md", "docs/asvs.md")
DESIGN = "## Every attack and fault of the design"


def missing(file: str, test: str) -> bool:
    path = REPO / "tests" / file
    if not path.exists():
        return True
    return all(
        node.name != test
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef)
    )


@pytest.mark.parametrize("page", PAGES)
def test_every_test_that_is_named_exists(page: str) -> None:
    named = NAMED.findall((REPO / page).read_text())
    gone = {f"{file}::{test}" for file, test in named if missing(file, test)}
    assert len(named) > 40
    assert not gone, f"{page} names {', '.join(sorted(gone))}: there is no such test (any more)."


def test_every_attack_and_fault_of_the_design_has_a_test_and_says_how_that_was_seen_to_fail() -> None:
    table = (REPO / PAGES[0]).read_text().partition(DESIGN)[2].partition("\n## ")[0]
    rows = [row.strip("| ").split(" | ") for row in table.splitlines() if row.startswith("| ")]
    assert len(rows) > 70
    for attack, _, test, without in rows:
        if test == "test":  # a head
            continue
        assert NAMED.search(test), f"{attack}: name its test"
        assert without.strip(" |"), f"{attack}: say what was taken out to see it fail"


def test_a_name_of_a_test_that_is_not_there_is_found() -> None:
    assert missing("faults/test_sweep.py", "test_nothing_of_the_kind")
    assert not missing("code/test_threats.py", "test_every_test_that_is_named_exists")
