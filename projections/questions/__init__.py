"""The eighteen questions of an inspector, answered from one case on one day, as it was known by a moment."""

from __future__ import annotations

from collections.abc import Sequence

from projections.contacts import Contact
from projections.questions import deciding, fitting, people, record, rights, said_no, wishes
from projections.questions.answer import Answer, Asked, Question
from projections.questions.looked import Looker
from projections.signals.signal import Observed
from projections.then import Then

THEMES = (wishes, deciding, rights, said_no, fitting, people, record)
QUESTIONS = tuple(
    sorted(
        (one for theme in THEMES for one in vars(theme).values() if isinstance(one, Question)),
        key=lambda one: one.number,
    )
)


def questions(then: Then, contacts: Sequence[Contact] = (), looks: Sequence[Looker] = ()) -> list[Answer]:
    """All answers, in the order of the questions. `contacts` and `looks` are those of that reading too."""
    seen = Observed(list(then.stand.values()), then.plan, then.moment.on, contacts)
    asked = Asked(seen, then.written, looks, then.searched, then.called)
    return [one.answer(asked) for one in QUESTIONS]
