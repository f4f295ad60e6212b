"""What people said of a subject: what R4 has for it, and beside that all of it."""

from __future__ import annotations

from collections.abc import Iterator

from domain.entry import Subject
from domain.say import NO, Position, Stance
from projections.export.fhir.pieces import Node, compound
from projections.export.fhir.then import CaseThen

ACCEPTANCE = "http://hl7.org/fhir/StructureDefinition/goal-acceptance"


def acceptance(then: CaseThen, goal: Subject) -> Iterator[Node]:
    """Who agrees with a goal, as HL7 has it. Of whom nobody knows anything, nothing is told."""
    for person, positions in then.plan.stances_on(goal).held.items():
        said = [p for p in positions if p.say.stance is not Stance.UNKNOWN]
        if said and (who := then.who(person)):
            inside = [
                {"url": "individual", "valueReference": who},
                {"url": "status", "valueCode": _status(said)},
            ]
            yield {"url": ACCEPTANCE, "extension": inside}


def _status(positions: list[Position]) -> str:
    """Agreement holds for the text it was given on. Two positions of one person are none: ask again."""
    last = positions[-1]
    if len(positions) > 1:
        return "pending"
    if last.say.stance in NO:
        return "disagree"
    return "agree" if last.agrees else "pending"


def stances(then: CaseThen, subject: Subject) -> list[Node]:
    """Where everybody stands, with how it came and in what words; two positions of one person are two."""
    held = then.plan.stances_on(subject).held
    return [
        one for person, positions in held.items() for held in positions for one in _stance(then, person, held)
    ]


def _stance(then: CaseThen, person: object, position: Position) -> list[Node]:
    say = position.say
    return compound(
        "stance",
        person=then.who(say.person) or {"display": str(person)},
        stance=say.stance,
        means=say.means,
        words=say.words,
        not_asked_because=say.reason,
        why=say.why,
        on=position.on,
        about_previous_text=position.about_previous_text or None,
    )


def disagreements(then: CaseThen, subjects: set[Subject | None]) -> list[Node]:
    """Who sees these otherwise, also once it was settled."""
    found = (d for d in then.plan.disagreements.values() if d.subject in subjects)
    return [
        one
        for held in found
        for one in compound(
            "disagreement",
            person=then.who(held.person) if held.person else None,
            voice=held.voice,
            words=held.words,
            since=held.since,
            settled_on=held.settled_on,
            settled_words=held.settled_words,
        )
    ]
