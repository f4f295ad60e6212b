"""Words that put the blame on the client are nowhere in code or on screen; this file must name them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.code.reading import LAYERS, REPO, listed

NEVER = (
    "non-compliant",
    "niet meewerkend",
    "zorgmijder",
    "uitbehandeld",
    "weigert",
    "therapietrouw",
    "claimend",
    "lastig",
    "probleemgedrag",
    "geen ziekte-inzicht",
)
ANY_DRESS = [re.escape(word).replace(r"\ ", r"[\s_-]+").replace(r"\-", r"[\s_-]?") for word in NEVER]
PATTERN = re.compile(rf"\b({'|'.join(ANY_DRESS)})", re.IGNORECASE)
WRITTEN_IN = {".py", ".html", ".txt", ".xml", ".po", ".sql", ".css", ".svg", ".toml", ".csv"}


def texts() -> Iterator[Path]:
    """Code, templates and translations; not what people are quoted to have said (stored events, data)."""
    for folder in (*LAYERS, "tests"):
        yield from (p for p in (REPO / folder).rglob("*") if p.suffix in WRITTEN_IN and p != Path(__file__))
    yield from REPO.glob("*.py")


def blaming_words(text: str) -> Iterator[tuple[int, str]]:
    for found in PATTERN.finditer(text):
        yield text.count("\n", 0, found.start()) + 1, found.group()


def test_no_blaming_word_in_code_templates_or_translations() -> None:
    complaints = [
        f"{path.relative_to(REPO)}:{line} says “{word}”: write what happened, and what the client said."
        for path in texts()
        for line, word in blaming_words(path.read_text())
    ]
    assert not complaints, listed(complaints)


@pytest.mark.parametrize(
    "text",
    [
        *NEVER,
        "Mevrouw WEIGERT hulp",
        "lastige",
        "niet\nmeewerkend",
        "niet_meewerkend",
        "noncompliant",
        "geen ziekte inzicht",
    ],
)
def test_a_blaming_word_is_found_in_any_dress(text: str) -> None:
    assert [line for line, _ in blaming_words(f"# eerste regel\n{text}\n")] == [2]


def test_words_that_only_look_alike_are_left_alone() -> None:
    assert not list(blaming_words("belasting, geweigerd door de gemeente, een niet bestaande afspraak"))
