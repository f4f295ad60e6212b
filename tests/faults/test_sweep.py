"""Every statement of an operation fails once: refused, cut off before it, cut off after it.

Whatever fails: what was acknowledged is there once, what was refused is not there, and all fits together.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from domain.case import Case
from domain.casework import Casework
from domain.entry import Facts
from domain.kinds import DocumentKind
from domain.store.database import Database
from domain.store.pool import UNREACHABLE, connect
from domain.store.recorder import OutcomeUnknown
from jobs.following import catch_up
from jobs.sequence import sequencers
from projections.rebuild import rebuild
from projections.say import SAY
from tests import given
from tests.faults.line import How, Line, Sweep, sweeps
from tests.faults.soundness import home_of, wrong
from tests.web.filling import a_full_case, speaking
from tests.web.test_record import BESIDE, STORY, with_choices
from web.forms import forms
from web.saving import values_of

Tell = Callable[[Case], object]


def stored(database: Database) -> int:
    with connect(database) as db:
        return len(db.execute("SELECT FROM draad.stored_events").fetchall())


def attempt(shaky: Casework, case: Case, tell: Tell) -> Exception | None:
    """Record it over the line; gives why it failed."""
    try:
        with shaky.changing(case.id) as change:
            tell(change.case)
    except UNREACHABLE as error:
        return error
    return None


def act(case: Case) -> None:
    case.take_action("Samen soep gemaakt.", **given.telling(by=given.WORKER))


def come(case: Case) -> None:
    worker = given.person_called(case, "Thomas Visser")
    case.hold_contact(workers=(worker,), started_at=given.a_clock()(), **given.telling(by=given.WORKER))


def add_a_file(case: Case) -> None:
    case.add_document("brief.txt", DocumentKind.OTHER, b"Beste Sanne. " * 5000, **given.telling())


@sweeps(1)
@pytest.mark.parametrize("tell", [act, come, add_a_file])
def test_a_command_is_kept_once_or_it_is_told_that_it_was_not(
    line: Line, casework: Casework, shaky: Casework, tell: Tell, faults: Sweep
) -> None:
    for fault in line.every(faults):
        casework.open(case := given.sanne())
        before = stored(line.origin)
        shaky.vault.forget()  # so that the key is asked for again
        why = attempt(shaky, case, tell)
        assert stored(line.origin) - before == (why is None) or isinstance(why, OutcomeUnknown), (fault, why)
        assert not wrong(line.origin), fault


@pytest.mark.faults
@pytest.mark.parametrize("command", [command for command in forms() if command not in BESIDE])
def test_every_command_is_kept_once_or_it_is_told_that_it_was_not(
    line: Line, app: Flask, casework: Casework, shaky: Casework, command: str
) -> None:
    """With what a form of it sends. The deep look comes once, at the end: it takes longer than the rest."""
    for fault in line.every(Sweep((How.REFUSED, How.CUT_AFTER))):
        casework.open(case := STORY.get(command, a_full_case)())
        told = partial(forms()[command]().tell, facts=facts_of(app, case, command))
        before = stored(line.origin)
        why = attempt(shaky, case, told)
        assert stored(line.origin) - before == (why is None) or isinstance(why, OutcomeUnknown), (fault, why)
    assert not wrong(line.origin)


def facts_of(app: Flask, case: Case, command: str) -> Facts:
    """What this command is told when its form is filled in."""
    form, typed = forms()[command](), MultiDict(with_choices(app, case, command))
    typed.setdefault("happened_on", f"{given.TODAY:%d-%m-%Y}")
    with speaking(app):
        facts: Facts = form.facts(values_of(form, typed), given.COORDINATOR)
    return facts


@sweeps(5)
def test_following_shows_everything_once(
    line: Line, casework: Casework, shaky: Casework, faults: Sweep
) -> None:
    casework.open(given.karim())
    for fault in line.every(faults):
        casework.open(given.an_opened_case())
        with suppress(*UNREACHABLE):
            catch_up(line.database, shaky)
        assert not wrong(line.origin), fault


@sweeps(5)
@pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"
)  # a cursor of a lost connection
def test_a_rebuild_takes_the_place_of_what_was_shown_or_leaves_it(
    line: Line, casework: Casework, shaky: Casework, faults: Sweep
) -> None:
    casework.open(given.sanne())
    catch_up(line.origin, casework)
    for fault in line.every(faults):
        casework.open(given.an_opened_case())  # not shown yet when the rebuild begins
        with suppress(*UNREACHABLE):
            rebuild(line.database, shaky, [SAY])
        assert not wrong(line.origin), fault


@sweeps(5)
def test_the_logs_are_signed_on_from_where_they_were(line: Line, casework: Casework, faults: Sweep) -> None:
    for fault in line.every(faults):
        casework.open(given.with_goal())
        with suppress(*UNREACHABLE), connect(line.database) as db:
            for sequencer in sequencers(db, line.database, home_of(line.origin)):
                while sequencer.step():
                    pass
        assert not wrong(line.origin), fault
