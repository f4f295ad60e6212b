"""Every signal has its sentence, its explanation and its title in the language of the screen."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

import pytest

from projections.signals.signal import Signal, signals
from tests.web.test_english import texts

DUTCH, ENGLISH = texts("nl"), texts("en")
FACT = re.compile(r"%\((\w+)\)s")


def sentences(one: Signal) -> Iterator[str]:
    """Its first line, and the other sentences its file can say."""
    yield one.says
    held = vars(sys.modules[one.ask.__module__])
    yield from (text for name, text in held.items() if name.isupper() and isinstance(text, str))


@pytest.mark.parametrize("one", signals().values(), ids=lambda one: one.name)
def test_every_signal_is_told_in_plain_dutch(one: Signal) -> None:
    title = one.name.replace("_", " ")
    missing = [text for text in (*sentences(one), one.explains) if not DUTCH.get((None, text))]
    assert not missing, f"add to the Dutch texts: {missing}"
    assert DUTCH.get(("signal", title)), f"add msgctxt “signal”, msgid “{title}” to the Dutch texts"
    assert ENGLISH.get(("signal", title)), f"add msgctxt “signal”, msgid “{title}” to the English texts"


@pytest.mark.parametrize("one", signals().values(), ids=lambda one: one.name)
def test_every_limit_has_a_label_and_a_unit(one: Signal) -> None:
    for limit in one.thresholds:
        assert DUTCH.get(("threshold", limit.name.replace("_", " "))), limit.name
        assert DUTCH.get(("unit", limit.unit)), limit.unit
        assert not limit.source or DUTCH.get((None, limit.source)), limit.source


@pytest.mark.parametrize("one", signals().values(), ids=lambda one: one.name)
def test_a_sentence_says_the_same_facts_in_dutch(one: Signal) -> None:
    for text in sentences(one):
        assert set(FACT.findall(DUTCH.get((None, text), text))) == set(FACT.findall(text))
