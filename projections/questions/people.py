"""Who comes, who looked, and what people around the client think: questions 12, 13 and 16."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from uuid import UUID

from domain.access import Ground
from domain.conversation import NetworkViewHeard
from domain.days import local_day
from domain.disagreement import DisagreementSettled
from domain.emergency import EmergencyAccessUsed
from domain.entry import Role, Subject
from domain.nouns import Disagreement
from domain.say import Position
from projections.questions.answer import Asked, LookedIn, Phrase, Sentence, looked_in, question, tell
from projections.questions.looked import Looker
from projections.sides import Side, sides
from projections.signals.continuity import of_contacts

FOUR_WEEKS = 28  # days


@question(12, LookedIn.CONTACTS)
def faces(asked: Asked) -> Iterator[Sentence]:
    """How many faces came in the last four weeks, and who comes most?"""
    since = asked.on - timedelta(days=FOUR_WEEKS - 1)
    lately = [one for one in asked.seen.contacts if asked.seen.within(local_day(one.started_at), FOUR_WEEKS)]
    came, on_file = of_contacts(lately), list(_on_file(asked))
    if lately or on_file:  # who is on file is not who came
        says = (
            "From %(since)s up to and including %(on)s. People who came: %(people)s. Contacts: %(contacts)s."
        )
        yield tell(says, people=came.workers, contacts=came.moments, since=since, on=asked.on)
    if came.left_out:
        yield tell(
            "Contacts in a group, or of which it is not known who came, were left out: %(many)s.",
            many=came.left_out,
        )
    for worker, times in sorted(came.counts.items(), key=lambda told: (-told[1], str(told[0]))):
        if isinstance(worker, UUID):
            yield _face(asked, worker, times, most=worker in came.usual)
    yield from on_file


def _face(asked: Asked, worker: UUID, times: int, *, most: bool) -> Sentence:
    known = asked.seen.plan.people.get(worker)
    says = "%(who)s came. Times: %(times)s, the most." if most else "%(who)s came. Times: %(times)s."
    return tell(says, *((known.entry,) if known else ()), who=asked.name(worker), times=times)


def _on_file(asked: Asked) -> Iterator[Sentence]:
    for person in asked.seen.plan.people.values():
        if person.usual_worker and not person.until:
            says = "In the record %(who)s is the worker who usually comes, for %(organisation)s."
            nowhere = "In the record %(who)s is the worker who usually comes."
            named = {"who": person.name, "organisation": person.organisation}
            yield tell(says if person.organisation else nowhere, person.entry, **named)


@question(13, LookedIn.LOOKS)
def looked(asked: Asked) -> Iterator[Sentence]:
    """Who looked into this record, and on what ground?"""
    yield from map(_looker, asked.looks)
    for used in asked.seen.of(EmergencyAccessUsed):
        yield tell(
            "On %(day)s %(who)s opened the record in an emergency. Why:", used, words=used.reason, who=used.by
        )


def _looker(look: Looker) -> Sentence:
    says = (
        "It stood on a list of %(who)s. Times: %(times)s, from %(first)s to %(last)s. Ground: %(ground)s."
        if look.in_list
        else "%(who)s looked. Times: %(times)s, from %(first)s to %(last)s. Ground: %(ground)s."
    )
    role = Role(look.role) if look.role in set(Role) else Phrase(look.role)
    who = tuple(filter(None, (look.name, role, look.organisation)))
    ground = Ground(look.ground) if look.ground in set(Ground) else Phrase(look.ground, "Ground")
    days = {"first": local_day(look.first), "last": local_day(look.last)}
    return tell(says, who=who, times=look.times, ground=ground, **days)


@question(16)
def family(asked: Asked) -> Iterator[Sentence]:
    """What do people around the client think, and is it kept apart from what the client thinks?"""
    for heard in asked.seen.of(NetworkViewHeard):
        unasked, was_asked = "%(who)s said, unasked, on %(day)s:", "%(who)s was asked, and said on %(day)s:"
        says = unasked if heard.unasked else was_asked
        yield tell(says, heard, words=heard.words, who=asked.name(heard.person))
    plan, voiced = asked.seen.plan, _voiced(asked)
    with_others = (subject for subject, stances in plan.stances.items() if stances.held.keys() - {None})
    for subject in dict.fromkeys((*with_others, *voiced)):
        yield from _beside(asked, subject, voiced.get(subject, ()))


def _voiced(asked: Asked) -> dict[Subject, tuple[Side, ...]]:
    """Where somebody beside the client sees something differently, with what everybody says of it."""
    by_subject: dict[Subject, dict[int, Disagreement]] = {}
    for number, one in asked.seen.plan.disagreements.items():
        subject = one.subject or asked.case_id or number
        by_subject.setdefault(subject, {})[number] = one
    told = {subject: sides(found.items()) for subject, found in by_subject.items()}
    return {subject: by for subject, by in told.items() if any(not side.of_client for side in by)}


def _beside(asked: Asked, subject: Subject, voiced: Iterable[Side]) -> Iterator[Sentence]:
    """Each person apart, the client first; that nothing of the client was found is said too."""
    held, voiced = asked.seen.plan.stances_on(subject).held, tuple(voiced)
    if not held.get(None) and not any(side.of_client for side in voiced):
        says = "On %(subject)s, of the client themselves: nothing was found."
        yield tell(says, subject=asked.named(subject))
        yield from looked_in(asked.searched)
    for person in sorted(held, key=lambda who: who is not None):
        yield from (_stance(asked, subject, person, position) for position in held[person])
    for side in voiced:
        yield from _side(asked, subject, side)


def _stance(asked: Asked, subject: Subject, person: UUID | None, position: Position) -> Sentence:
    before = "On %(subject)s, %(who)s on %(on)s, about the text before: %(stance)s."
    says = before if position.about_previous_text else "On %(subject)s, %(who)s on %(on)s: %(stance)s."
    facts = {"subject": asked.named(subject), "who": asked.name(person), "on": position.on}
    return tell(says, position.entry, words=position.say.words, stance=position.say.stance, **facts)


def _side(asked: Asked, subject: Subject, side: Side) -> Iterator[Sentence]:
    who = asked.name(side.person) if side.person or side.of_client else side.voice
    for number, one in side.said:
        says = "On %(subject)s, %(who)s sees it differently since %(on)s:"
        yield tell(says, number, words=one.words, subject=asked.named(subject), who=who, on=one.since)
        for settled in asked.seen.of(DisagreementSettled):
            if settled.disagreement == number:
                yield tell("That was settled on %(day)s:", settled, number, words=settled.words)
