"""A reviewer of the municipality looks into a few files: one mandate that holds, and one that was ended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from domain.days import HERE
from domain.refusals import SupportRefused
from domain.review import Review
from jobs.demo.staff import HANNA, HANNEKE, Colleague
from jobs.demo.teller import Teller

GROUND = "Wmo 2015, artikel 6.1"
HOLDS, GOES_ON = 18, 60  # days since it was given, and days to go


def reviews(told: Sequence[Teller], today: date) -> list[Review]:
    """Both mandates, with what was found, asked and answered. The files that they are for are open ones."""
    open_ones = [one for one in told if one.case.plan.closed_on is None]
    about_a_no = [one for one in open_ones if _no(one)][:3]
    return [*_goes_on(about_a_no, today), *_ended(open_ones[3:5], today)]


def _goes_on(told: Sequence[Teller], today: date) -> list[Review]:
    day = today - timedelta(days=HOLDS)
    found = Review.give_mandate(
        [one.case for one in told],
        HANNA.actor,
        "Wat er gebeurt als iemand nee zegt tegen hulp.",
        GROUND,
        today + timedelta(days=GOES_ON),
        **_doing(HANNEKE, day, "given"),
    )
    first, case = found[0], told[0].case
    day += timedelta(days=2)
    first.note_finding(
        "Het nee staat er in eigen woorden, en er staat bij hoe de hulp terug kan komen.",
        case,
        _no(told[0]),
        **_doing(HANNA, day, "finding"),
    )
    first.ask_question(
        "Wie heeft verteld dat zij er later op terug mag komen?",
        case,
        _no(told[0]),
        **_doing(HANNA, day, "first"),
    )
    answer = "Dat heb ik zelf gedaan, in het gesprek erna. Het staat nu ook bij de gebeurtenis."
    (number,) = first.questions
    first.answer_question(number, answer, **_doing(told[0].coordinator, day + timedelta(days=3), "answer"))
    words = "Is er na dit nee nog iets anders aangeboden? Dat vind ik niet terug."
    day = today - timedelta(days=4)
    found[1].ask_question(words, told[1].case, _no(told[1]), **_doing(HANNA, day, "second"))
    return found


def _ended(told: Sequence[Teller], today: date) -> list[Review]:
    given, over = today - timedelta(days=120), today - timedelta(days=101)
    found = Review.give_mandate(
        [one.case for one in told],
        HANNA.actor,
        "Of mensen wisten wie er kwam.",
        GROUND,
        today - timedelta(days=60),
        **_doing(HANNEKE, given, "given before"),
    )
    for review in found:
        review.end_mandate("Het onderzoek was eerder klaar.", **_doing(HANNEKE, over, "ended"))
    return found


def _no(told: Teller) -> int:
    """The number of the last no against support before the mandate; 0 when there is none."""
    before = told.today - timedelta(days=HOLDS)
    noes = (e.number for e in told.case.entries if isinstance(e, SupportRefused) and e.day < before)
    return max(noes, default=0)


def _doing(who: Colleague, day: date, form: str) -> Any:
    """In the course of the morning, from a form of its own."""
    posted = uuid5(NAMESPACE_OID, f"demo review {form}")
    return {"by": who.actor, "now": datetime.combine(day, time(10, 20), HERE), "posted": posted}
