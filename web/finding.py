"""Finding what to record, by the words that people use for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from flask_babel import gettext, pgettext

from web.forms.asking import EntryForm
from web.forms.facts import label
from web.forms.fields import Choice
from web.words import word

MOST = 12  # forms on a page of answers
PART, END = 3, 5  # letters that say enough: of the beginning of a word, of the end of one
TITLE, TEXT, ASKED = 9, 6, 3  # how much it counts where a word stands
WHOLE, BEGINNING, ENDING = 3, 2, 1  # and how much of the word it is


def found(among: Iterable[type[EntryForm]], asked: str) -> list[type[EntryForm]]:
    """The forms that every word that was typed fits, the best first."""
    words = _words(asked)
    fits = {form: fit for form in among if (fit := _fit(form, words))}
    return sorted(fits, key=lambda form: (-fits[form], -form.OFTEN))[:MOST]


def _fit(form: type[EntryForm], asked: list[str]) -> int:
    """0 when a word stands nowhere in it."""
    if not asked:
        return 0
    places = [(weight, _words(text)) for weight, text in _texts(form)]
    fits = [
        max(weight + how for weight, words in places if (how := _in(words, one)))
        for one in asked
        if any(_in(words, one) for _, words in places)
    ]
    return sum(fits) if len(fits) == len(asked) else 0


def _texts(form: type[EntryForm]) -> Iterator[tuple[int, str]]:
    """What it is called, also by people who do not know our words; what it is for; what it asks."""
    command = form.command().replace("_", " ")
    yield TITLE, f"{pgettext('command', command)} {pgettext('everyday', command)}"
    yield TEXT, gettext(form.__doc__ or "")
    blank = form()
    for name in blank.own:
        question = blank.questions.get(name)
        if question is not None and question.label:
            yield ASKED, f"{gettext(question.label)} {label(name)}"
            for choice in question.choices if isinstance(question, Choice) else ():
                yield ASKED, word(choice)


def _in(words: list[str], asked: str) -> int:
    """How much of one of these words it is; never only its middle."""
    stem = _stem(asked)
    if any(stem == _stem(one) for one in words):
        return WHOLE
    if len(asked) >= PART and any(one.startswith(asked) for one in words):
        return BEGINNING
    return ENDING if len(asked) >= END and any(one.endswith(asked) for one in words) else 0


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _stem(word: str) -> str:
    """One of many: wensen is wens, klachten is klacht, vallen is val, foto's is foto."""
    if len(word) > 4 and word.endswith("en"):  # noqa: PLR2004  # been and teen stay whole
        stem = word[:-2]
        return stem[:-1] if stem[-1] == stem[-2] else stem
    return word
