"""What the client said no to, why, and what was offered then: question 8."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from domain import nouns
from domain.entry import Entry
from domain.goals import GoalTurnedDown
from domain.kinds import ByWhom
from domain.say import NO, settled
from projections.questions.answer import Asked, Phrase, Sentence, question, tell
from projections.refusal_threads import Thread, threads


@question(8)
def refused(asked: Asked) -> Iterator[Sentence]:
    """What did the client say no to, why, and what was offered then?"""
    for thread in reversed(threads(asked.seen.plan, asked.seen.counting)):
        yield _no(asked, thread)
        yield from _respected(thread.refusal)
        yield from _offered_then(asked, thread)
        for entry in thread.followed:
            yield tell("What followed, on %(day)s: %(what)s.", entry, what=asked.what(entry))
    goals = [one for one in asked.seen.of(GoalTurnedDown) if one.by_whom is ByWhom.CLIENT]
    for turned_down in goals:
        yield from _goal(asked, turned_down)
    yield from _other_noes(asked, {*asked.seen.plan.refusals, *(one.number for one in goals)})


def _no(asked: Asked, thread: Thread) -> Sentence:
    what = thread.support.what if thread.support else Phrase("something that is not in this plan")
    says = "On %(day)s the client said no to “%(what)s”. Why: %(reason)s."
    refused = _entry(asked, thread.number)
    shown = refused or thread.number
    return tell(says, shown, words=thread.refusal.words, what=what, reason=thread.refusal.reason)


def _other_noes(asked: Asked, told: Collection[int]) -> Iterator[Sentence]:
    """A no in an answer, or in a decision that was taken all the same."""
    others = (e for e in asked.seen.entries if e.day <= asked.on and e.number not in told)
    for entry in sorted(others, key=lambda e: (e.day, e.number)):
        for say in entry.stances():
            said = settled(say, asked.seen.plan.readings.get(entry.number, ()))
            if said.person is None and said.stance in NO:
                says = "On %(day)s, %(what)s. The client said: %(stance)s."
                yield tell(says, entry, words=said.words, what=asked.what(entry), stance=said.stance)


def _entry(asked: Asked, number: int) -> Entry | None:
    return next((entry for entry in asked.seen.entries if entry.number == number), None)


def _respected(refusal: nouns.Refusal) -> Iterator[Sentence]:
    done = refusal.respected
    if done is None:
        yield tell("What was done with this no is not written down.", refusal.entry)
        return
    stopped, went_on = "On %(on)s it was stopped.", "On %(on)s it was not stopped."
    yield tell(stopped if done.stopped else went_on, done.entry, on=done.on)
    way_back, silent = "The way back:", "A way back is not written down."
    yield tell(way_back if done.door else silent, done.entry, words=done.door)
    if done.alternatives:
        yield tell("What was offered then:", done.entry, words=done.alternatives)


def _offered_then(asked: Asked, thread: Thread) -> Iterator[Sentence]:
    for _, other in thread.alternatives:
        says = "Instead was offered, on %(on)s: “%(what)s”. How it stands: %(status)s."
        yield tell(says, other.entry, on=other.since, what=other.what, status=other.status)
    for other in asked.seen.plan.supports.values():
        if thread.refusal.support_id and other.again_of == thread.refusal.support_id:
            yield _again(other, thread.refusal.quiet_until)


def _again(other: nouns.Support, quiet: date | None) -> Sentence:
    """The same once more, beside the time in which it was not to be asked."""
    says = "The same was offered again on %(on)s. It was not to be asked before %(quiet)s."
    if quiet is None:
        says = "The same was offered again on %(on)s. Until when it was not to be asked is not known."
    elif quiet == date.max:
        says = "The same was offered again on %(on)s. It was not to be asked any more."
    return tell(says, other.entry, on=other.since, quiet=quiet)


def _goal(asked: Asked, turned_down: GoalTurnedDown) -> Iterator[Sentence]:
    goal = asked.about(turned_down) or Phrase("something that is not in this plan")
    why = turned_down.reason.strip()
    says = "On %(day)s the client did not want the goal “%(goal)s”. Why:"
    silent = "On %(day)s the client did not want the goal “%(goal)s”. Why is not written down."
    yield tell(says if why else silent, turned_down, words=why, goal=goal)
    if turned_down.alternatives:
        yield tell("What was offered then:", turned_down, words=turned_down.alternatives)
