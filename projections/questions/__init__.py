"""The eighteen questions of an inspector, answered from one case on one day, as it was known by a moment."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime

from domain.entry import Entry
from projections.contacts import Contact
from projections.evidence import look_in
from projections.questions import deciding, fitting, people, record, rights, said_no, wishes
from projections.questions.answer import Answer, Asked, Question
from projections.questions.looked import Looker
from projections.signals.signal import Observed

THEMES = (wishes, deciding, rights, said_no, fitting, people, record)
QUESTIONS = tuple(
    sorted(
        (one for theme in THEMES for one in vars(theme).values() if isinstance(one, Question)),
        key=lambda one: one.number,
    )
)


def questions(
    entries: Iterable[Entry],
    on: date,
    known: datetime | None = None,
    contacts: Sequence[Contact] = (),
    looks: Sequence[Looker] = (),
    *,
    unread: Collection[int] = (),
) -> list[Answer]:
    """All answers, in the order of the questions.

    `contacts` and `looks` are those up to the day that were known by the moment; `unread` are the entries
    that this reader may not read.
    """
    told = list(entries)
    stand, plan, searched = look_in(told, on, known, unread)
    by_number = {
        e.number: e for e in told if e.number not in unread and (known is None or e.timestamp <= known)
    }
    asked = Asked(Observed(stand, plan, on, contacts), by_number, looks, known, searched)
    return [one.answer(asked) for one in QUESTIONS]
