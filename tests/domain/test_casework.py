"""The one door to the cases: what is kept comes back, and nobody's entry is lost to another's."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest
from eventsourcing.domain import OriginatorVersionError

from domain import errors
from domain.case import Case
from domain.casework import Casework, project
from domain.entry import Telling
from domain.kinds import Matter, PersonKind, Voice, WhyErased
from domain.store.database import Database, settings_for
from tests import given
from tests.given import deciding, telling, the


@pytest.fixture
def casework(database: Database) -> Iterator[Casework]:
    """The door, on a clock that stands at TODAY."""
    door = Casework(settings_for(database), clock=given.a_clock())
    yield door
    door.close()
    door.vault.close()


@pytest.fixture
def kept(casework: Casework) -> Case:
    """A case with a goal, of a client of its own."""
    case = given.an_opened_case(client_id=uuid4())
    case.describe_client(name="Sanne Mulder", **telling())
    case.propose_goal(words="Koken", words_of=Voice.CLIENT, proposed_by=Voice.CLIENT, **telling())
    casework.open(case)
    return case


def test_what_is_kept_comes_back_the_same(casework: Casework, kept: Case) -> None:
    assert casework.history(kept.id).entries == kept.entries
    assert casework.history(kept.id).plan == kept.plan
    assert casework.contacts(kept.id).created_on == kept.modified_on


def test_a_case_in_which_an_entry_is_missing_is_not_read() -> None:
    """One that was destroyed on purpose leaves its place; this one is nowhere."""
    first, _, *after = given.sanne().entries
    with pytest.raises(OriginatorVersionError):
        project([first, *after])


def test_a_case_that_does_not_exist_is_not_found(casework: Casework, kept: Case) -> None:
    for read in (casework.history, casework.contacts):
        with pytest.raises(errors.NoSuchCase):
            read(uuid4())
    with pytest.raises(errors.NoSuchCase):
        casework.history(casework.contacts(kept.id).id)


def test_a_change_is_kept_when_all_went_well(casework: Casework, kept: Case) -> None:
    with casework.changing(kept.id) as change:
        change.case.say_what_matters("Rust.", Matter.PACE, **telling())
    assert change.position > 0
    assert casework.history(kept.id).version == kept.version + 1


def test_a_change_that_was_refused_is_not_kept(casework: Casework, kept: Case) -> None:
    def half() -> None:
        with casework.changing(kept.id) as change:
            change.case.say_what_matters("Rust.", Matter.PACE, **telling())
            change.case.say_what_matters("", Matter.PACE, **telling())

    with pytest.raises(errors.Empty):
        half()
    assert casework.history(kept.id).version == kept.version


def test_only_a_change_of_the_same_subject_stands_in_the_way(casework: Casework, kept: Case) -> None:
    goal = the(kept.plan.goals)
    with casework.changing(kept.id) as change:
        change.case.agree_goal(goal, **deciding())
    with casework.changing(kept.id, version=kept.version, subjects={uuid4()}) as change:
        change.case.say_what_matters("Rust.", Matter.PACE, **telling())
    conflict = casework.changing(kept.id, version=kept.version, subjects={goal})
    with pytest.raises(errors.ChangedMeanwhile) as refused, conflict:
        pass
    assert [entry.TOPIC for entry in refused.value.entries] == ["goal_agreed"]


def test_of_two_at_the_same_moment_the_second_is_overtaken(casework: Casework, kept: Case) -> None:
    first, second = casework.history(kept.id), casework.history(kept.id)
    for case in (first, second):
        case.say_what_matters("Rust.", Matter.PACE, **telling())
    casework.keep(first)
    with pytest.raises(errors.Overtaken):
        casework.keep(second)
    assert casework.history(kept.id).version == kept.version + 1


def test_more_than_one_save_holds_is_not_kept(casework: Casework, kept: Case) -> None:
    def much() -> None:
        with casework.changing(kept.id) as change:
            for _ in range(14):
                change.case.say_what_matters("x" * 20_000, Matter.PACE, **telling())

    with pytest.raises(errors.TooMuch):
        much()
    assert casework.history(kept.id).version == kept.version


def test_a_client_who_was_forgotten_cannot_be_read(casework: Casework, kept: Case) -> None:
    casework.vault.destroy(kept.client_id)
    with pytest.raises(errors.CaseIsErased):
        casework.history(kept.id)


def test_a_contact_is_kept_with_the_case_that_judged_it(casework: Casework, kept: Case) -> None:
    with casework.changing(kept.id) as change:
        thomas = change.case.join_person(name="Thomas Visser", kind=PersonKind.WORKER, **telling())
        started = given.clock_of(kept).moment
        change.case.hold_contact(workers=(thomas,), started_at=started, **telling())
    assert [held.workers for held in casework.contacts(kept.id).held] == [(thomas,)]
    assert casework.history(kept.id).log.held == casework.contacts(kept.id).held


def test_two_contacts_at_the_same_moment_are_not_written_over_each_other(
    casework: Casework, kept: Case
) -> None:
    first, second = casework.contacts(kept.id), casework.contacts(kept.id)
    for log in (first, second):
        log.hold_contact(by=given.WORKER, workers=(), organisation="", started_at=given.clock_of(kept).moment)
    casework.keep(first)
    with pytest.raises(errors.Overtaken):
        casework.keep(second)


def test_all_of_it_goes_by_two_people_and_not_by_a_proposal_about_one_entry(
    casework: Casework, kept: Case
) -> None:
    with casework.changing(kept.id) as change:
        one = change.case.propose_erasure(WhyErased.WRONG_CLIENT, "Van een ander.", 2, **telling())
        whole = change.case.propose_erasure(WhyErased.TERM_IS_OVER, "Termijn.", **telling())
    one_person: Telling = {"by": given.COORDINATOR, "happened_on": given.TODAY}
    another: Telling = {"by": given.MANAGER, "happened_on": given.TODAY}
    with pytest.raises(errors.OneEntryOnly):
        casework.erase(kept.id, one, another)
    with pytest.raises(errors.SamePerson):
        casework.erase(kept.id, whole, one_person)
    assert casework.erase(kept.id, whole, another) == kept.client_id
    with pytest.raises(errors.CaseIsErased):
        casework.contacts(kept.id)
