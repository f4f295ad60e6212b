"""What was put right in the record, and how it stood: questions 14 and 18."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import Enum
from uuid import UUID

from domain.kinds import RequestKind, WhyWithdrawn
from domain.nouns import Amount
from domain.record import StatementAdded
from domain.rights import RequestReceived
from projections.amended import Amendment, amendments
from projections.correction import Correction
from projections.questions.answer import Asked, Phrase, Sentence, When, event, question, tell

NOT_TOLD = Phrase("not written down")


@question(14)
def corrected(asked: Asked) -> Iterator[Sentence]:
    """What was put right, what did it say before, and who asked for it?"""
    found = amendments({entry.number: entry for entry in asked.seen.entries}, asked.told)
    told = (one for by in found.values() for one in by if one.was_so_by(asked.on))
    for one in sorted(told, key=lambda one: one.by.number):
        yield _correction(asked, one.fact) if one.fact else _withdrawal(one)
    for beside in asked.seen.of(StatementAdded):
        says = "Beside entry %(entry)s was put, on %(day)s. Words of: %(whose)s."
        facts = {"entry": beside.entry, "whose": beside.stated_by}
        yield tell(says, beside, beside.entry, words=beside.words, **facts)
    for asks in asked.seen.of(RequestReceived):
        if asks.kind is RequestKind.CORRECTION:
            says = "On %(day)s was asked to put something right. Asked by: %(asked_by)s."
            yield tell(says, asks, words=asks.words, asked_by=asks.asked_by)


def _correction(asked: Asked, fact: Correction) -> Sentence:
    by = fact.by
    says = (
        "On %(day)s entry %(entry)s was put right, %(field)s. It said: %(was)s. Now: %(now)s. "
        "Asked by: %(asked_by)s. Why:"
    )
    facts: dict[str, object] = {
        "was": shown(asked, fact.was),
        "now": shown(asked, fact.now),
        "asked_by": by.asked_by or NOT_TOLD,
    }
    named = {"entry": by.entry, "field": Phrase(by.field.replace("_", " "), "Field")}
    return tell(says, by, by.entry, words=by.reason, **named, **facts)


def _withdrawal(one: Amendment) -> Sentence:
    """What stood there stays readable behind its number, but for what belongs to somebody else."""
    by, about = one.by, one.of
    facts = {"entry": by.entry, "reason": by.reason, "asked_by": by.asked_by or NOT_TOLD}
    if by.reason is WhyWithdrawn.WRONG_CLIENT or about is None:
        says = (
            "On %(day)s entry %(entry)s was taken out: %(reason)s. Asked by: %(asked_by)s. "
            "What it said is not shown."
        )
        return tell(says, by, by.entry, **facts)
    says = (
        "On %(day)s entry %(entry)s was taken out: %(reason)s. Asked by: %(asked_by)s. "
        "It was: %(what)s, of %(was_on)s."
    )
    texts = (getattr(about, name, "") for name in ("words", "what", "reason"))
    said = next((text for text in texts if text and not isinstance(text, Enum)), "")
    return tell(
        says,
        by,
        by.entry,
        words=said if isinstance(said, str) else "",
        what=event(about),
        was_on=When.of(about),
        **facts,
    )


def shown(asked: Asked, fact: object) -> object:
    """A fact of an entry, as a sentence holds it."""
    match fact:
        case None | "":
            return Phrase("nothing")
        case bool():
            return Phrase("yes" if fact else "no")
        case UUID():
            return asked.named(fact)
        case list() | tuple():
            return tuple(shown(asked, part) for part in fact)
        case date() | Enum() | Amount() | int():
            return fact
    return str(fact)


@question(18)
def as_it_stood(asked: Asked) -> Iterator[Sentence]:
    """How did the record stand on this day?"""
    plan = asked.seen.plan
    if plan.opened_on is None:
        return
    open_goals = [goal.entry for goal in plan.goals.values() if goal.open]
    running = [support.entry for support in plan.supports.values() if support.running]
    says = "On %(on)s. Open goals: %(goals)s. Support that was running: %(supports)s."
    yield tell(says, *open_goals, *running, on=asked.on, goals=len(open_goals), supports=len(running))
    for version in plan.versions[-1:]:
        says = "The plan was last laid down on %(since)s: version %(number)s."
        yield tell(says, version.entry, since=version.since, number=version.number)
    if plan.closed_on and plan.closed_by:
        yield tell("Closed on %(day)s.", plan.closed_by, day=plan.closed_on)
