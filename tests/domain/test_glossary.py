"""Every word of the domain says what we mean by it, and what not. Every error has a test."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

from domain import errors, nouns
from domain.casework import CATALOGUE

HERE = Path(__file__).parent
ROWS = {
    word: (means, not_means)
    for word, _, means, not_means in re.findall(
        r"^\| (\w+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$",
        (HERE.parents[1] / "domain/GLOSSARY.md").read_text(),
        re.MULTILINE,
    )
}
NOUNS = [
    name
    for name, noun in inspect.getmembers(nouns, inspect.isclass)
    if noun.__module__.startswith(nouns.__name__)
]
REFUSALS = errors.refusals()
TESTS = "\n".join(path.read_text() for path in HERE.glob("test_*.py"))


@pytest.mark.parametrize("word", [kind.__name__ for kind in CATALOGUE.values()] + NOUNS)
def test_every_event_and_noun_is_in_the_glossary(word: str) -> None:
    assert word in {*ROWS, "Held"}, (
        f"Add a row for {word} to domain/GLOSSARY.md."
    )  # Held: what all nouns share


def test_the_glossary_holds_no_event_that_is_gone() -> None:
    events = {kind.__name__ for kind in CATALOGUE.values()}
    told = (HERE.parents[1] / "domain/GLOSSARY.md").read_text().split("## The events")[1]
    assert set(re.findall(r"^\| ([A-Z]\w+) \|", told, re.MULTILINE)) == events


@pytest.mark.parametrize("error", REFUSALS)
def test_every_refusal_has_a_test(error: str) -> None:
    assert f"errors.{error}" in TESTS, f"See a command refuse with {error} in tests/domain."
