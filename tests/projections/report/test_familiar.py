"""Steady faces: of each client and month, how many contacts were with one of two people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from domain.case import Case
from domain.casework import Casework
from domain.kinds import ByWhom, ContactKind
from projections.contacts import Contact
from projections.read_model import Db
from projections.report.familiar import months
from projections.report.figures import BY_NAME
from projections.report.months import Period
from projections.report.report import report
from projections.signals import looking
from tests import given
from tests.projections.conftest import Follow
from tests.projections.report.conftest import APRIL, MARCH, NOORD, SPRING, TODAY, Told, counted, number

ANN, BOB, COR = (UUID(int=0x70 + nr) for nr in range(3))
NINTH = datetime(2026, 3, 9, 9, tzinfo=UTC)


def contact(day: int, *workers: UUID, kind: ContactKind = ContactKind.PERSONAL, month: int = 3) -> Contact:
    at = datetime(2026, month, day, 9, tzinfo=UTC)
    return Contact(UUID(int=1), day, UUID(int=day), list(workers), "De Brug", at, 30, kind, at, None)


def of_month(*contacts: Contact) -> tuple[int, int, int]:
    (found,) = months(UUID(int=1), contacts)
    return found.contacts, found.told, found.by_two


def visits(casework: Casework, cases: Sequence[Case], *workers: UUID, first: datetime = NINTH) -> None:
    """One after the other they come to each of these clients."""
    for case in cases:
        log = casework.contacts(case.id)
        for nr, worker in enumerate(workers):
            log.hold_contact(
                by=NOORD,
                workers=(worker,),
                organisation="De Brug",
                started_at=first + timedelta(hours=nr),
                contact_id=UUID(int=case.id.int + first.toordinal() * 100 + nr),
            )
        casework.keep(log)


def test_the_two_who_came_most_often_are_the_familiar_faces() -> None:
    assert of_month(contact(1, ANN), contact(2, ANN), contact(3, BOB), contact(4, COR)) == (4, 4, 3)


def test_two_who_come_together_are_two_contacts_with_a_worker() -> None:
    assert of_month(contact(1, ANN, BOB), contact(2, COR), contact(3, ANN)) == (3, 4, 3)


def test_a_group_and_an_unknown_worker_tell_nothing() -> None:
    group = contact(5, COR, kind=ContactKind.GROUP)
    assert of_month(contact(1, ANN), contact(2, ANN), contact(3, ANN), contact(4), group) == (5, 3, 3)


def test_one_or_two_contacts_in_a_month_tell_nothing() -> None:
    """Both are always with one of two people."""
    assert of_month(contact(1, ANN), contact(2, BOB)) == (2, 0, 0)


def test_each_month_has_its_own_two_faces() -> None:
    april = [contact(day, BOB, month=4) for day in (1, 2, 3)]
    found = months(UUID(int=1), [*(contact(day, ANN) for day in (1, 2, 3)), *april])
    assert [astuple(one)[1:] for one in found] == [(date(2026, 3, 1), 3, 3, 3), (date(2026, 4, 1), 3, 3, 3)]


def test_the_figure_counts_contacts_with_one_of_two_people(
    told: Told, casework: Casework, follow: Follow, db: Db
) -> None:
    cases = told(lambda _case, _nr: None)
    visits(casework, cases, ANN, ANN, BOB, COR)
    visits(casework, cases, ANN, ANN, ANN, BOB, first=NINTH + timedelta(days=31))
    follow()
    assert counted(number(db, "steady")) == (36, 48)
    assert counted(number(db, "steady", team="Noord")) == (36, 48)
    trend = report(db, [SPRING], TODAY).over_time("steady", SPRING)
    assert [(period, counted(of)) for period, of in trend] == [(MARCH, (36, 48)), (APRIL, (48, 48))]


def test_fewer_than_ten_clients_who_tell_something_are_not_shown(
    told: Told, casework: Casework, follow: Follow, db: Db
) -> None:
    """Twelve had contacts, of which three told nothing."""
    cases = told(lambda _case, _nr: None)
    visits(casework, cases[:9], ANN, BOB, COR)
    visits(casework, cases[9:], ANN, BOB)
    follow()
    assert not number(db, "steady").shown
    assert not number(db, "steady", Period.year(2026)).shown
    assert report(db, [SPRING], TODAY).over_time("steady", SPRING) == []
    assert counted(number(db, "load"))[1] == 33


def test_ten_clients_of_a_month_are_known_by_name_where_bits_are_too_few(
    told: Told, casework: Casework, follow: Follow, db: Db
) -> None:
    visits(casework, told(lambda _case, _nr: None, many=10), ANN, BOB, COR)
    follow()
    made = report(db, [MARCH], TODAY)
    assert made.blocks(BY_NAME["steady"]).shows(MARCH)


def test_a_contact_that_was_cancelled_is_taken_out_of_its_month(
    told: Told, casework: Casework, follow: Follow, db: Db
) -> None:
    cases = told(lambda _case, _nr: None)
    visits(casework, cases, ANN)
    visits(casework, cases, ANN, BOB, COR, first=NINTH + timedelta(days=31))
    follow()
    for case in cases:
        log = casework.contacts(case.id)
        for held in (log.held[0], log.held[-1]):
            log.cancel_contact(by=NOORD, contact_id=held.contact_id, by_whom=ByWhom.CLIENT)
        casework.keep(log)
    follow()
    kept = db.execute("SELECT DISTINCT month, contacts, told, by_two FROM shown.contact_months").fetchall()
    assert kept == [(date(2026, 4, 1), 2, 0, 0)]


def test_a_night_in_which_nothing_changed_writes_no_month(
    told: Told, casework: Casework, follow: Follow, db: Db
) -> None:
    cases = told(lambda _case, _nr: None)
    visits(casework, cases, ANN, BOB, COR)
    follow()
    written = "SELECT case_id, xmin::text FROM shown.contact_months ORDER BY 1"
    before = db.execute(written).fetchall()
    looking.put_all(db)
    looking.drain(db, casework.mapper.to_domain_event, given.NOON)
    assert db.execute(written).fetchall() == before


def test_an_empty_table_is_filled_by_the_next_night(
    told: Told, casework: Casework, follow: Follow, db: Db
) -> None:
    visits(casework, told(lambda _case, _nr: None), ANN, BOB, COR)
    follow()
    db.execute("DELETE FROM shown.contact_months")
    looking.put_all(db)
    looking.drain(db, casework.mapper.to_domain_event, given.NOON)
    assert counted(number(db, "steady")) == (24, 36)
