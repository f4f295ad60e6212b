"""Who speaks, and what was shown: what history asks of every say, on the entry's own day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from domain import errors
from domain.case import Case
from domain.entry import Actor, Role
from domain.history import of_another_side
from domain.kinds import PersonKind
from domain.nouns import Person
from domain.say import Means, Say, Stance
from tests import given
from tests.given import deciding, person_called, telling


def seen_by(case: Case, reader: UUID, by: Actor = given.WORKER, day: date = given.TODAY) -> None:
    """A gesture of yes, which this person read in the same way as the writer."""
    say = Say(Stance.AGREES, Means.SHOWN, read_alike_by=reader)
    case.lay_down_plan(**deciding(day, say, by))


def test_a_gesture_is_read_alike_by_somebody_of_another_side() -> None:
    case = given.sanne()
    seen_by(case, person_called(case, "Henk Mulder"))
    assert case.plan.stances_on(case.id).of()[0].agrees


def test_two_who_work_together_are_one_side_and_one_person_is_not_two() -> None:
    case = given.sanne()
    with pytest.raises(errors.SameSide):
        seen_by(case, person_called(case, "Fatima de Wit"))
    with pytest.raises(errors.SameSide):
        seen_by(case, person_called(case, "Thomas Visser"))


def test_who_read_it_was_here_that_day() -> None:
    case = given.sanne()
    henk = person_called(case, "Henk Mulder")
    with pytest.raises(errors.NotThereYet):
        seen_by(case, henk, day=date(2026, 1, 13))
    case.leave_person(henk, "Verhuisd", **telling())
    with pytest.raises(errors.NoLongerHere):
        seen_by(case, henk)


def test_nobody_reads_their_own_gesture() -> None:
    case = given.sanne()
    rita = given.a_representative(case)
    say = Say(Stance.AGREES, Means.SHOWN, person=rita, read_alike_by=rita)
    with pytest.raises(errors.SameSide):
        case.lay_down_plan(representative_say=say, **deciding())


BRUG, OOST = given.WORKER, given.PARTNER
FAMILY = replace(given.REPRESENTATIVE, organisation="Familie Mulder")
NOBODY = replace(given.WORKER, organisation="")
HENK, JORIS = UUID(int=0x11), UUID(int=0x12)


@pytest.mark.parametrize(
    ("writer", "kind", "organisation", "another"),
    [
        (BRUG, PersonKind.RELATIVE, "", True),
        (BRUG, PersonKind.INDEPENDENT_SUPPORTER, "De Brug", True),
        (BRUG, PersonKind.WORKER, " de brug", False),
        (BRUG, PersonKind.WORKER, "Buurtteam Oost", True),
        (OOST, PersonKind.WORKER, "De Brug", True),
        (BRUG, PersonKind.WORKER, "", False),
        (NOBODY, PersonKind.WORKER, "De Brug", False),
        (given.REPRESENTATIVE, PersonKind.RELATIVE, "", False),
        (FAMILY, PersonKind.RELATIVE, "Kerk", False),
        (given.REPRESENTATIVE, PersonKind.WORKER, "De Brug", True),
    ],
)
def test_a_side_is_an_organisation_or_the_clients_own_people(
    writer: Actor,
    kind: PersonKind,
    organisation: str,
    another: bool,  # noqa: FBT001  # a table
) -> None:
    assert of_another_side(writer, Person(name="Iemand", kind=kind, organisation=organisation)) is another


def test_who_writes_is_nobody_else_under_another_hat() -> None:
    writer = Actor(HENK, Role.WORKER, "Henk", "De Brug")
    assert not of_another_side(writer, Person(name="Henk", kind=PersonKind.RELATIVE, user=HENK))
    assert of_another_side(writer, Person(name="Joris", kind=PersonKind.RELATIVE, user=JORIS))


def test_what_was_shown_is_a_version_that_there_was() -> None:
    case = given.sanne()
    for version in (0, case.version + 1):
        with pytest.raises(errors.NoSuchEntry):
            case.lay_down_plan(**deciding(say=replace(given.yes(), shown_version=version)))
    case.lay_down_plan(**deciding(say=replace(given.yes(), shown_version=case.version)))
