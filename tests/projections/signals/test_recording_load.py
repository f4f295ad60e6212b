"""How much is written for each contact; shown to managers only."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from domain.case import Case
from domain.entry import Actor
from domain.source import Source
from projections.contacts import Contact
from projections.signals.signal import signals
from projections.signals.state import State, became
from tests import given
from tests.given import clock_of, telling
from tests.projections.signals.observing import came, look

NAME = "recording_load"
DAY = date(2026, 11, 2)
USUAL = {"entries_per_contact": 100}


def with_notes(many: int, by: Actor = given.WORKER, source: Source | None = None) -> Case:
    """So many notes, all on 2 November, after an opening long ago."""
    case = given.an_opened_case()
    for _ in range(many):
        case.take_action("Samen gewandeld.", **telling(clock_of(case).to(DAY), by), source=source)
    clock_of(case).to(given.TODAY)
    return case


def contacts(many: int = 10) -> list[Contact]:
    return came(*((DAY + timedelta(days=n), [UUID(int=7)]) for n in range(many)))


def test_more_entries_than_the_limit_are_noticed_and_none_is_shown() -> None:
    found = look(NAME, with_notes(11), chosen=USUAL, contacts=contacts())
    assert found
    assert (found.since, found.evidence) == (DAY, ())
    assert found.facts == {"days": 91, "entries": 11, "contacts": 10}


def test_as_many_as_the_limit_are_silent() -> None:
    assert look(NAME, with_notes(10), chosen=USUAL, contacts=contacts()) is None
    assert look(NAME, with_notes(10), chosen={"entries_per_contact": 99}, contacts=contacts())


def test_without_a_limit_nobody_is_told() -> None:
    assert look(NAME, with_notes(11), contacts=contacts()) is None


def test_few_contacts_say_too_little() -> None:
    assert look(NAME, with_notes(11), chosen=USUAL, contacts=contacts(9)) is None
    assert look(NAME, with_notes(11), chosen={**USUAL, "contacts": 9}, contacts=contacts(9))
    assert look(NAME, with_notes(11), chosen={**USUAL, "contacts": 0}) is None


def test_only_the_last_quarter_of_a_year_counts() -> None:
    case, last = with_notes(11), DAY + timedelta(days=90)
    then = came(*[(last, [UUID(int=7)])] * 10)
    assert look(NAME, case, last, USUAL, then)
    assert look(NAME, case, last + timedelta(days=1), USUAL, then) is None  # the notes are too long ago
    longer_ago = came(*[(DAY - timedelta(days=1), [UUID(int=7)])] * 10)
    assert look(NAME, case, last, USUAL, longer_ago) is None
    assert look(NAME, case, last - timedelta(days=1), USUAL, longer_ago)


def test_what_the_client_writes_or_another_system_told_is_no_work_of_ours() -> None:
    for other in (given.CLIENT, given.REPRESENTATIVE, given.IMPORT):
        assert look(NAME, with_notes(11, other), chosen=USUAL, contacts=contacts()) is None


def test_what_was_told_again_after_an_import_is_no_work_of_ours() -> None:
    assert look(NAME, with_notes(11, source=given.ELSEWHERE), chosen=USUAL, contacts=contacts()) is None


def test_managers_only_see_it() -> None:
    assert signals()[NAME].for_managers


def test_handled_it_comes_back_after_its_own_time_and_not_with_each_new_entry() -> None:
    case = with_notes(11)
    case.handle_signal(NAME, (), "Dubbele lijst geschrapt.", **telling())
    case.take_action("Samen gewandeld.", **telling(by=given.WORKER))
    found = look(NAME, case, chosen=USUAL, contacts=contacts())
    assert found
    for days, state in ((90, State.HANDLED), (91, State.NEW)):
        day = given.TODAY + timedelta(days=days)
        assert became(signals()[NAME], found, case.entries, day).state is state
