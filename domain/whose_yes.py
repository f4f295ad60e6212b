"""Whose yes it takes: the client's alone, or also that of who decides along with them, or for them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from domain import errors
from domain.entry import Subject
from domain.plan import Plan
from domain.representation import decides_along, decides_for, enough, matter, speakers
from domain.say import Say


def is_enough(plan: Plan, about: Subject, whole: UUID, day: date, other: Say | None = None) -> bool:
    """Whether the client's yes settles it, with what was said for them: now (`other`), or before."""
    subject = matter(plan, about, whole)
    asked = (None, *_agreeing(plan, about, day, other))
    return any(enough(plan, subject, day, own=True, other=person) for person in asked)


def check_enough(plan: Plan, about: Subject, whole: UUID, day: date, other: Say | None) -> None:
    """NotAlone says who else has to say yes; NobodyDecides, that somebody has to be named for it."""
    if is_enough(plan, about, whole, day, other):
        return
    subject = matter(plan, about, whole)
    names = [
        one.name
        for key, one in speakers(plan, day).items()
        if decides_for(plan, key, subject, day) or decides_along(plan, key, subject, day)
    ]
    if not names:
        raise errors.NobodyDecides
    raise errors.NotAlone(names=", ".join(names))


def _agreeing(plan: Plan, about: Subject, day: date, other: Say | None) -> Iterator[UUID]:
    """Who speaks for the client and says yes to this text. What they say now goes before what they said."""
    if other and other.person and other.agrees:
        yield other.person
    for key in speakers(plan, day):
        if not (other and other.person == key) and any(p.agrees for p in plan.stances_on(about).of(key)):
            yield key
