"""docs/inventory.md: all 161 things asked for have a place, and every name in the table exists."""

from __future__ import annotations

import dataclasses
import inspect
import re
from importlib import import_module, util

import pytest

from domain import errors, kinds, say
from domain.casework import CATALOGUE
from domain.entry import Decider, Decision, Role
from tests.code.reading import REPO

ITEMS = 161
ROW = re.compile(r"^\| (\d+) \| (.+?) \| (.+) \|$", re.MULTILINE)
ROWS = ROW.findall((REPO / "docs/inventory.md").read_text())
THINGS = {kind.__name__: kind for kind in (*CATALOGUE.values(), Decision, Decider, Role)}
for module in (kinds, say, errors):
    THINGS |= dict(inspect.getmembers(module, inspect.isclass))


def exists(name: str) -> bool:
    """An event, choice or error; a field or value of one; or a module."""
    thing, _, part = name.partition(".")
    if thing in THINGS and not part:
        return True
    if thing in THINGS:
        held = THINGS[thing]
        fields = {f.name for f in dataclasses.fields(held)} if dataclasses.is_dataclass(held) else set()
        return part in fields or part in getattr(held, "__members__", {})
    return thing in ("projections", "web") and util.find_spec(name) is not None


def test_every_item_has_its_row_once() -> None:
    assert [int(number) for number, _, _ in ROWS] == list(range(1, ITEMS + 1))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_every_name_in_the_row_exists(row: tuple[str, str, str]) -> None:
    number, _, held_by = row
    missing = [name for name in re.findall(r"`([^`]+)`", held_by) if name != "Words" and not exists(name)]
    assert not missing, f"docs/inventory.md, {number}: there is no {', '.join(missing)} (any more)."


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_what_has_no_place_says_why(row: tuple[str, str, str]) -> None:
    number, _, held_by = row
    assert "`" in held_by or held_by.startswith(("outside", "as row", "rows", "a question")), number


@pytest.mark.parametrize(
    "name", ["GoalWished", "GoalAgreed.colour", "Fit.PERFECT", "projections.dreams", "os"]
)
def test_a_name_that_does_not_exist_is_found(name: str) -> None:
    assert not exists(name)


def test_modules_named_in_the_table_can_be_imported() -> None:
    named = set(re.findall(r"`((?:projections|web)\.[a-z_.]+)`", "".join(held for _, _, held in ROWS)))
    for name in named:
        import_module(name)
