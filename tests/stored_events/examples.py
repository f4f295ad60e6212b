"""One event of every topic, from the stories of tests/given.py, and how one lies in its file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from domain.case import Case
from domain.casework import CATALOGUE
from domain.contacts import ContactLog
from domain.kinds import Asks, ByWhom, Fit, Noun, PartyKind, PersonKind, TakenUp, Voice, WhyWithdrawn
from domain.store import mapper
from domain.store.recorder import StoredEntry
from tests import given
from tests.given import clock_of, deciding, hours_a_week, person_called, telling, the

FOLDER = Path(__file__).parent
TODAY = given.TODAY


def file_of(topic: str, version: int) -> Path:
    return FOLDER / f"{topic}.v{version}.json"


def as_file(event: Any) -> str:
    """Its place, and its facts as the mapper writes them before it seals them."""
    stored = {
        "stream": str(event.originator_id),
        "version": event.originator_version,
        "topic": event.TOPIC,
        "facts": json.loads(mapper.written(event)),
    }
    return json.dumps(stored, indent=2, ensure_ascii=False) + "\n"


def from_file(path: Path) -> Any:
    """The event, read as the mapper reads it once unsealed."""
    stored = json.loads(path.read_text())
    kind, number = CATALOGUE[stored["topic"]], int(path.stem.rsplit(".v")[1])
    facts = mapper._facts(kind, json.dumps(stored["facts"]).encode(), number)
    place = StoredEntry(UUID(stored["stream"]), stored["version"], stored["topic"], b"")
    return mapper._event(kind, place, facts)


def examples() -> Iterator[Any]:
    """The events of all stories, and of the rest of Sanne's."""
    cases = (given.sanne(), _goals(), _around(), _record(), given.karim(), given.lena(), _reopened())
    for case in cases:
        yield from case.entries
    log = ContactLog.open(cases[0].id, cases[0].client_id, cases[0].created_on)
    log.hold_contact(
        by=given.WORKER,
        workers=(person_called(cases[0], "Thomas Visser"),),
        organisation="De Brug",
        started_at=clock_of(cases[0]).moment,
        minutes=45,
        recorded=clock_of(cases[0]).moment,
    )
    yield from log.collect_events()


def _goals() -> Case:
    case = given.lena()
    goal = the(case.plan.goals)
    case.answer_proposal(the(case.plan.proposals), TakenUp.TAKEN_UP, words="Eén keer is goed.", **deciding())
    case.adjust_goal(goal, "Ik kook één keer per week zelf.", "Lena koos dit.", **deciding())
    case.reach_goal(goal, Voice.CLIENT, **deciding())
    case.settle_disagreement(the(case.plan.disagreements), "Eerst rust, toen koken.", **deciding())
    for words in ("Ik ga elke dag naar buiten.", "Ik ga weer werken."):
        case.propose_goal(words=words, words_of=Voice.CLIENT, proposed_by=Voice.CLIENT, **telling())
    _, outside, work = case.plan.goals
    case.drop_goal(outside, "Ik wil eerst herstellen.", **deciding())
    case.turn_down_goal(work, ByWhom.CLIENT, "Toch niet.", "Vrijwilligerswerk", **deciding(say=given.no()))
    proposal = case.make_proposal(
        then="Op zaterdag.", proposed_by=Voice.CLIENT, asks=Asks.ORGANISATION, **telling()
    )
    case.take_back_proposal(proposal, "Zaterdag kan ik zelf niet.", **telling())
    return case


def _around() -> Case:
    case = given.sanne()
    nadia = case.join_person(name="Nadia Bakker", kind=PersonKind.WORKER, organisation="De Brug", **telling())
    thomas = person_called(case, "Thomas Visser")
    case.change_worker(thomas, nadia, date(2026, 11, 1), handover_with_client=True, **deciding())
    case.leave_person(thomas, "Andere baan", date(2026, 11, 1), **telling())
    party = case.join_party("Kookclub Oost", PartyKind.INFORMAL, "Samen koken", **deciding())
    case.leave_party(party, "De club is gestopt.", **telling())
    case.scale_up_support(the(case.plan.supports), hours_a_week("3"), "Sanne vroeg erom.", **deciding())
    planned = case.plan_evaluation(TODAY, "Sanne, Nadia", **telling())
    facts: dict[str, Any] = {"judgement": Fit.FITS, "conclusions": "Drie uur past.", "planned": planned}
    case.hold_evaluation(client_score=8, worker_score=7, present="Sanne, Nadia", **facts, **deciding())
    return case


def _record() -> Case:
    case = given.sanne()
    case.correct_entry(2, "birth_date", "1987-04-13", "Tikfout", "Sanne", **telling())
    case.read_back(4, right=True, **telling(by=given.CLIENT))
    case.add_statement(3, "Ik vond het gesprek te lang.", **telling(by=given.CLIENT))
    case.withdraw_entry(6, WhyWithdrawn.DOUBLE, **telling())
    case.import_state(
        noun=Noun.GOAL,
        id=UUID(int=0x60A1),
        words="Zelf reizen",
        said="active",
        state="in_plan",
        **telling(by=given.IMPORT),
    )
    return case


def _reopened() -> Case:
    case = given.bram()
    case.reopen_case("Er is weer een vraag.", **deciding())
    return case
