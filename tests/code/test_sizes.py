"""Small enough to read at one sitting: files, functions, and the names of classes."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import PurePath

import pytest

from tests.code.reading import Module, listed, of_tests, product

FILE, TEST_FILE = 250, 400
NINE_IN_TEN, FUNCTION = 25, 60
SUFFIXES = ("Manager", "Service", "Handler", "Helper", "Util", "Utils", "Data", "Info", "DTO")
FILE_NAMES = {"util", "utils", "helper", "helpers", "common", "misc"}


def function_lengths(module: Module) -> Iterator[tuple[int, str]]:
    """Lines of every function, without its decorators, and where it stands."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            yield length, f"{module.path}:{node.lineno} {node.name}"


def too_long(module: Module, limit: int) -> Iterator[str]:
    lines = len(module.text.splitlines())
    if lines > limit:
        yield f"{module.path} has {lines} lines: over {limit}. Which second noun lives in it?"


def names_that_say_nothing(module: Module) -> Iterator[str]:
    if PurePath(module.path).stem in FILE_NAMES:
        yield f"{module.path}: which noun does it belong to? Name the file after that."
    for node in module.classes():
        if node.name.endswith(SUFFIXES):
            yield f"{module.path}:{node.lineno} {node.name}: say what it is; see GLOSSARY.md."


def test_files_are_short() -> None:
    complaints = [c for module in product() for c in too_long(module, FILE)]
    complaints += [c for module in of_tests() for c in too_long(module, TEST_FILE)]
    assert not complaints, listed(complaints)


def test_no_function_is_longer_than_a_screen() -> None:
    complaints = [
        f"{where} has {length} lines: over {FUNCTION}. Take a step out and name it."
        for module in product()
        for length, where in function_lengths(module)
        if length > FUNCTION
    ]
    assert not complaints, listed(complaints)


def test_nine_functions_in_ten_are_under_25_lines() -> None:
    lengths = sorted((f for module in product() for f in function_lengths(module)), reverse=True)
    longer = [f"{where} has {length} lines" for length, where in lengths if length >= NINE_IN_TEN]
    assert len(longer) * 10 <= len(lengths), listed(longer)


def test_names_say_what_a_thing_is() -> None:
    complaints = [c for module in product() + of_tests() for c in names_that_say_nothing(module)]
    assert not complaints, listed(complaints)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("domain/goals.py", "class GoalManager: ..."),
        ("web/pages.py", "class Outer:\n    class CaseDTO: ..."),
        ("domain/utils.py", ""),
    ],
)
def test_a_name_that_says_nothing_is_found(path: str, text: str) -> None:
    assert len(list(names_that_say_nothing(Module(path, text)))) == 1


def test_a_long_file_and_a_long_function_are_found() -> None:
    module = Module("domain/goals.py", "def f():\n" + "    pass\n" * 250)
    assert list(too_long(module, FILE)) == [
        "domain/goals.py has 251 lines: over 250. Which second noun lives in it?"
    ]
    assert list(function_lengths(module)) == [(251, "domain/goals.py:1 f")]
