"""Looking back, whether it fits, and what was done when something changed: questions 9, 10 and 11."""

from __future__ import annotations

from collections.abc import Iterator

from domain import nouns
from domain.days import Precision
from domain.entry import Entry
from domain.evaluation import EvaluationHeld
from domain.kinds import Fit, Voice
from domain.measures import FitJudged
from domain.noticed import ChangeNoticed
from domain.signals import SignalHandled
from projections.questions.answer import Asked, Sentence, by_law, event, looked_in, question, tell
from projections.questions.rights import term
from projections.signals.clocks import clocks

LOOKING_BACK = ("L3", "Z2", "Z2b")


@question(9)
def looked_back(asked: Asked) -> Iterator[Sentence]:
    """When did people last look back, with whom, and what changed?"""
    for held in sorted(asked.seen.of(EvaluationHeld), key=lambda e: (e.day, e.number), reverse=True):
        yield from _held(asked, held)
    for number, planned in asked.seen.plan.evaluations.items():
        if not planned.held_on:
            yield _planned(number, planned)
    terms = [clock for clock in clocks(asked.seen) if clock.deadline.id in LOOKING_BACK]
    yield from (term(asked, clock) for clock in terms)
    if not terms and asked.seen.plan.legal_basis:
        yield by_law(
            "No term of law for looking back runs in this case on %(on)s.", checked=True, on=asked.on
        )


def _held(asked: Asked, held: EvaluationHeld) -> Iterator[Sentence]:
    says = "On %(day)s people looked back, with: %(present)s."
    alone = "On %(day)s people looked back. Who were there is not written down."
    yield tell(says if held.present else alone, held, words=held.conclusions, present=held.present)
    for made in asked.decisions:
        if made.evaluation == held.number:
            yield tell("What changed then, on %(day)s: %(what)s.", made, what=asked.what(made))


def _planned(number: int, planned: nouns.Evaluation) -> Sentence:
    says = "Looking back is planned on %(on)s. That it was held is not written down."
    put_off = tuple(one.entry for one in planned.postponed)
    return tell(says, number, *put_off, on=planned.planned_on)


@question(10)
def does_it_fit(asked: Asked) -> Iterator[Sentence]:
    """Does the care fit according to the client: too heavy, right, or too light?"""
    judged = sorted(_judged(asked), key=lambda told: told[0] is not Voice.CLIENT)
    if judged and judged[0][0] is not Voice.CLIENT:
        yield tell("What the client thinks of it themselves was not found.")
        yield from looked_in(asked.searched)
    yield from (sentence for _, sentence in judged)


def _judged(asked: Asked) -> Iterator[tuple[Voice, Sentence]]:
    for told in asked.seen.of(FitJudged, EvaluationHeld):
        if isinstance(told, FitJudged):
            yield told.judged_by, _fit(told, told.judged_by, told.fit, told.words, asked.about(told))
        elif isinstance(told, EvaluationHeld):
            both = {Voice.CLIENT: told.client_judgement, Voice.WORKER: told.worker_judgement}
            yield from ((whose, _fit(told, whose, fit)) for whose, fit in both.items() if fit)


def _fit(told: Entry, whose: Voice, fit: Fit, words: str = "", about: str = "") -> Sentence:
    if about:
        says = "On %(day)s, “%(about)s”: %(fit)s. According to: %(whose)s."
        return tell(says, told, words=words, fit=fit, whose=whose, about=about)
    says = "On %(day)s, all support together: %(fit)s. According to: %(whose)s."
    return tell(says, told, words=words, fit=fit, whose=whose)


@question(11)
def what_changed(asked: Asked) -> Iterator[Sentence]:
    """What changed in how the client is, and who acted within how many days?"""
    for noticed in asked.seen.of(ChangeNoticed):
        says = "On %(day)s a change was noticed: %(kind)s. Noticed by: %(whose)s."
        yield tell(says, noticed, words=noticed.words, kind=noticed.kind, whose=noticed.noticed_by)
        acted = [later for later in asked.seen.counting if _acts_on(later, noticed.number)]
        if acted:
            yield _acted(noticed, min(acted, key=lambda e: (e.day, e.number)))
        else:
            yield tell("That somebody acted on this was not found.", noticed)
            yield from looked_in(asked.searched)


def _acts_on(later: Entry, number: int) -> bool:
    """It answers that entry, or a signal that this entry shows."""
    return later.about == number or (isinstance(later, SignalHandled) and number in later.evidence)


def _acted(noticed: Entry, acted: Entry) -> Sentence:
    words = acted.done if isinstance(acted, SignalHandled) else ""
    facts = {"who": acted.by, "what": event(acted)}
    known = noticed.precision is acted.precision is Precision.DAY
    if known and noticed.day <= acted.day:
        says = "On %(day)s %(who)s acted on it: %(what)s. Days after it was noticed: %(days)s."
        days = (acted.day - noticed.day).days
        return tell(says, acted, noticed, words=words, days=days, **facts)
    says = "On %(day)s %(who)s acted on it: %(what)s. The days in between cannot be counted."
    return tell(says, acted, noticed, words=words, **facts)
