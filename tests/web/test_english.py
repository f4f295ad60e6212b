"""Where a word of the code does not say it in English, the English texts do."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from babel.messages.pofile import read_po

from tests.code.reading import REPO, listed

TEXTS = "web/translations/{}/LC_MESSAGES/messages.po"
CODE_WORDS = ("command", "event", "noun")


def texts(language: str) -> dict[tuple[str | None, str], str]:
    with (REPO / TEXTS.format(language)).open("rb") as po:
        return {
            (text.context, text.id): text.string
            for text in read_po(po, locale=language, abort_invalid=True)
            if isinstance(text.id, str) and isinstance(text.string, str)
        }


@pytest.mark.parametrize("context", CODE_WORDS)
def test_every_title_has_an_english_text_too(context: str) -> None:
    english = texts("en")
    dutch = sorted(word for of, word in texts("nl") if of == context)
    assert dutch
    complaints = [
        f"add msgctxt “{context}”, msgid “{word}” to {TEXTS.format('en')}"
        for word in dutch
        if not english.get((context, word))
    ]
    assert not complaints, listed(complaints)


def test_every_english_text_belongs_to_a_dutch_one() -> None:
    complaints = [
        f"{TEXTS.format('en')}: nothing on screen is called “{word}” in “{context}”"
        for context, word in texts("en").keys() - texts("nl").keys()
    ]
    assert not complaints, listed(complaints)


def test_no_english_text_is_there_twice() -> None:
    text = (REPO / TEXTS.format("en")).read_text()
    keys = Counter(re.findall(r'^msgctxt "(.+)"\nmsgid "(.+)"$', text, re.MULTILINE))
    complaints = [f"{context}, {word}: {times} times" for (context, word), times in keys.items() if times > 1]
    assert not complaints, listed(complaints)
