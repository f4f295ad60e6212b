"""A sentence of an answer with its facts, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum

from flask_babel import gettext, pgettext

from domain.days import Precision
from domain.entry import Actor
from domain.nouns import Amount
from projections.export.words import AS_KNOWN
from projections.questions.answer import Phrase, When
from web.words import amount, who, word


def in_words(says: str, facts: Mapping[str, object]) -> str:
    """A sentence with its facts, in the reader's language."""
    return str(gettext(says)) % {name: _fact(fact) for name, fact in facts.items()}


def _fact(fact: object) -> str:  # noqa: PLR0911  # one line for each kind of fact
    match fact:
        case Phrase(text, context, facts):
            translated = pgettext(context, text) if context else gettext(text)
            return (
                str(translated) % {name: _fact(one) for name, one in facts.items()} if facts else translated
            )
        case When(day, precision):
            return _day(day, precision)
        case date():
            return _day(fact)
        case Actor():
            return who(fact)
        case Enum():
            return word(fact)
        case Amount():
            return amount(fact)
        case tuple():
            return ", ".join(map(_fact, fact))
    return str(fact)


def _day(day: date, precision: Precision = Precision.DAY) -> str:
    if precision is Precision.UNKNOWN:
        return str(gettext("day unknown"))
    return f"{day:{AS_KNOWN[precision]}}"
