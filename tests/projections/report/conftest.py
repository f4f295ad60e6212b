"""A small organisation of which everything is counted by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

import pytest

from domain.case import Case
from domain.casework import Casework
from domain.entry import Actor, Role
from domain.kinds import (
    LegalBasis,
    Voice,
)
from projections.caseload import Who
from projections.read_model import Db
from projections.report.figures import BY_NAME
from projections.report.months import Period
from projections.report.report import Number, report
from projections.signals import looking
from tests import given
from tests.given import deciding, telling
from tests.projections.conftest import Follow, kept

TODAY = date(2026, 11, 22)
MARCH = Period(date(2026, 3, 1), date(2026, 3, 1))
APRIL = Period(date(2026, 4, 1), date(2026, 4, 1))
SPRING = Period(date(2026, 3, 1), date(2026, 4, 1))
NOORD = given.COORDINATOR
OOST = Actor(UUID(int=0xC7), Role.COORDINATOR, "Piet Vos", "De Brug", "Oost")
ALL = Who(UUID(int=1), None, sees_all=True)
CLIENTS = 12
Tell = Callable[[Case, int], object]
Told = Callable[..., list[Case]]


def opened(nr: int, by: Actor = NOORD, day: date = date(2026, 3, 2)) -> Case:
    clock = given.a_clock(day)
    how = deciding(day, by=by)
    case = Case.open(UUID(int=0xA000 + nr), legal_basis=LegalBasis.WMO, question="?", clock=clock, **how)
    case.describe_client(name=f"Cliënt {nr:02}", case_number=f"Z-{nr}", **telling(day, by))
    return case


@pytest.fixture
def follow(follow: Follow, casework: Casework, db: Db) -> Follow:
    """The same, and then each case that changed is looked at."""

    def to_the_end() -> None:
        follow()
        looking.drain(db, casework.mapper.to_domain_event, given.NOON)

    return to_the_end


@pytest.fixture
def told(casework: Casework, follow: Follow) -> Told:
    """Twelve clients, all on 10 March unless they say otherwise; followed."""

    def tell(each: Tell, many: int = CLIENTS, by: Actor = NOORD) -> list[Case]:
        cases = []
        for nr in range(many):
            case = opened(nr, by)
            given.clock_of(case).to(date(2026, 3, 10))
            each(case, nr)
            cases.append(case)
        kept(casework, *cases)
        follow()
        return cases

    return tell


def number(db: Db, name: str, period: Period = MARCH, team: str | None = None) -> Number:
    return report(db, [period], TODAY).number(BY_NAME[name], period, team)


def counted(of: Number) -> tuple[int, int]:
    assert of.shown
    return of.above, of.below


DAY = date(2026, 3, 10)


def a_goal(case: Case, words_of: Voice = Voice.CLIENT, by: Actor = NOORD) -> UUID:
    return case.propose_goal(words="Ik kook.", words_of=words_of, proposed_by=words_of, **telling(DAY, by))


def visited(casework: Casework, cases: list[Case], *moments: datetime) -> None:
    for case in cases:
        log = casework.contacts(case.id)
        for at in moments:
            log.hold_contact(
                by=NOORD, workers=(UUID(int=7),), organisation="De Brug", started_at=at, minutes=30
            )
        casework.keep(log)
