"""What the law gives the client, and its terms: questions 6, 7 and 15."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from domain import nouns
from domain.days import Precision
from domain.entry import Entry
from domain.kinds import LegalBasis
from domain.laying_down import PlanLaidDown
from domain.own_plan import OwnPlanOffered, PersonalPlanHandedIn, SupporterPointedOut
from domain.safety import RestrictionImposed, RestrictionLifted, RestrictionReviewed, RestrictionUsed
from projections.questions.answer import Asked, Phrase, Sentence, by_law, question, tell
from projections.signals.clocks import Clock, clocks
from projections.signals.deadlines import DEADLINES, Deadline

OWN_PLAN, SUPPORTER = ("W2", "L1", "J1"), ("W3",)
STEPS = ("Z3", "Z3b", "Z4", "Z5", "Z5b")
BOTH_CHECKS = "Z6"
FOLLOWS = (RestrictionUsed, RestrictionReviewed, RestrictionLifted)


@question(6)
def own_plan(asked: Asked) -> Iterator[Sentence]:
    """Was the client told that they may make a plan of their own, and was there time for it?"""
    rows = _that_hold(asked, OWN_PLAN)
    yield from _laws(asked, rows)
    for told in asked.seen.of(OwnPlanOffered):
        says = "On %(day)s %(to)s was told about a plan of their own (%(kind)s). Answer: %(answer)s."
        yield tell(says, told, to=told.to, kind=told.kind, answer=told.answer)
        yield from (_time_for_it(told, row) for row in rows if row.term)
        yield from _until_laid_down(asked, told)
    for plan in asked.seen.of(PersonalPlanHandedIn):
        says = "On %(day)s a plan of their own was handed in, made by %(made_by)s."
        yield tell(says, plan, made_by=plan.made_by)


def _time_for_it(told: Entry, row: Deadline) -> Sentence:
    if told.precision is not Precision.DAY:
        return tell(
            "Until when there was time for it cannot be counted: the day is not known well enough.", told
        )
    return tell("There was time for it until %(due)s.", told, due=row.last_day(told.day))


def _until_laid_down(asked: Asked, told: Entry) -> Iterator[Sentence]:
    """How long it took from telling them until there was a plan."""
    laid = next(asked.seen.of(PlanLaidDown), None)
    if laid and laid.precision is told.precision is Precision.DAY:
        days = (laid.day - told.day).days
        says = "The plan was laid down for the first time on %(laid)s. Days in between: %(days)s."
        before = "The plan was laid down for the first time on %(laid)s, before that."
        yield tell(before if days < 0 else says, laid, told, laid=laid.day, days=days)


@question(7)
def independent_support(asked: Asked) -> Iterator[Sentence]:
    """Was the client told that independent support is free?"""
    yield from _laws(asked, _that_hold(asked, SUPPORTER))
    for told in asked.seen.of(SupporterPointedOut):
        wanted = {True: "yes", False: "no", None: "not written down"}[told.wanted]
        says = "On %(day)s was told that independent support is free. Told to: %(to)s. Wanted: %(wanted)s."
        yield tell(says, told, to=told.to, wanted=Phrase(wanted))


@question(15)
def restrictions(asked: Asked) -> Iterator[Sentence]:
    """Were there restrictions, and was every step taken in time?"""
    plan, terms = asked.seen.plan, [one for one in clocks(asked.seen) if one.deadline.id in STEPS]
    for imposed in asked.seen.of(RestrictionImposed):
        if held := plan.restrictions.get(imposed.number):
            yield from _restriction(imposed, held)
            steps = {imposed.number, *(review.entry for review in held.reviews)}
            yield from (term(asked, clock) for clock in terms if clock.entry in steps)
            yield from _what_followed(asked, imposed.number)
    for coming in plan.coming:
        if isinstance(coming, RestrictionImposed):
            yield _imposed(coming, coming.ends_on)
    for gone in dict.fromkeys(one.concerns for one in asked.seen.of(*FOLLOWS)):
        if isinstance(gone, int) and gone not in plan.restrictions:
            yield tell("Of a restriction that is not in this plan:", gone)
            yield from _what_followed(asked, gone)


def _imposed(imposed: RestrictionImposed, ends_on: date | None) -> Sentence:
    says = (
        "From %(from_on)s: “%(what)s”. Ground in the law: %(ground)s. It ends on %(ends_on)s at the latest."
    )
    facts = {"what": imposed.what, "ground": imposed.legal_ground, "ends_on": ends_on}
    return tell(says, imposed, from_on=imposed.counts_from, **facts)


def _restriction(imposed: RestrictionImposed, held: nouns.Restriction) -> Iterator[Sentence]:
    yield _imposed(imposed, held.ends_on)
    if held.written_on:
        yield tell("Written down on %(written)s.", imposed, written=held.written_on)
    lighter, silent = "Lighter ways that were looked at:", "Lighter ways are not written down."
    yield tell(lighter if held.lighter_ways else silent, imposed, words=held.lighter_ways)
    if held.resistance:
        yield tell("How the client resisted:", imposed, words=held.resistance)


def _what_followed(asked: Asked, imposed: int) -> Iterator[Sentence]:
    followed = [one for one in asked.seen.of(*FOLLOWS) if one.concerns == imposed]
    if any(isinstance(one, RestrictionUsed) for one in followed):
        yield _law(DEADLINES[BOTH_CHECKS])
    for one in followed:
        match one:
            case RestrictionUsed():
                says = (
                    "On %(day)s it was used. Still needed: %(needed)s. Nothing lighter: %(nothing_lighter)s."
                )
                checks = {"needed": _yes(one.still_needed), "nothing_lighter": _yes(one.nothing_lighter)}
                yield tell(says, one, words=one.words, **checks)
            case RestrictionReviewed():
                yield tell("On %(day)s people looked again whether it is needed.", one, words=one.words)
            case RestrictionLifted():
                yield tell("On %(day)s it was lifted.", one, words=one.reason)


def term(asked: Asked, clock: Clock) -> Sentence:
    """How a term of law stands on the day."""
    row, state = clock.deadline, clock.state_on(asked.on)
    law = {"law": row.law, "article": row.article, "what": Phrase(row.what), "state": state}
    if clock.due is None:
        says = "%(law)s, article %(article)s: %(what)s. A day is not known well enough to count the term."
    elif clock.done_on and clock.done_on <= asked.on:
        says = "%(law)s, article %(article)s: %(what)s. Last day: %(due)s. Done on %(done)s: %(state)s."
    else:
        says = "%(law)s, article %(article)s: %(what)s. Last day: %(due)s. On %(on)s: %(state)s."
    facts = {"due": clock.due, "done": clock.done_on, "on": asked.on}
    return by_law(says, clock.entry, checked=row.verified, **law, **facts)


def _that_hold(asked: Asked, ids: tuple[str, ...]) -> list[Deadline]:
    """Those of these rows that count under the law of this case."""
    basis = asked.seen.plan.legal_basis
    return [row for row in map(DEADLINES.__getitem__, ids) if not row.basis or basis in row.basis]


def _laws(asked: Asked, rows: list[Deadline]) -> Iterator[Sentence]:
    yield from map(_law, rows)
    if basis := not rows and asked.seen.plan.legal_basis:
        says = "Our table of terms has none for this under %(basis)s."
        yield by_law(says, checked=True, basis=LegalBasis(basis))


def _law(row: Deadline) -> Sentence:
    facts = {"law": row.law, "article": row.article, "what": Phrase(row.what)}
    if row.term is None:
        return by_law("%(law)s, article %(article)s: %(what)s.", checked=row.verified, **facts)
    says = "%(law)s, article %(article)s: %(what)s. Term: %(term)s."
    return by_law(says, checked=row.verified, term=Phrase(str(row.term), "term"), **facts)


def _yes(so: bool) -> Phrase:  # noqa: FBT001  # a check, as it was ticked
    return Phrase("yes" if so else "no")
