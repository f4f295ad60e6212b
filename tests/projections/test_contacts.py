"""Contacts: one row each, and what they say of who came."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from domain.casework import Casework
from domain.kinds import ByWhom
from projections.contacts import CONTACTS, held, lanes, of_cases
from projections.read_model import Db
from projections.signals.continuity import Figures, figures
from tests import given
from tests.projections.conftest import Follow, kept, rows_of

NOOR, SAMIR, LOTTE = (UUID(int=number) for number in (0xA, 0xB, 0xC))
START = datetime(2026, 3, 2, 9, tzinfo=UTC)


def contacts_of(
    casework: Casework, *came: tuple[int, tuple[UUID, ...]], organisation: str = "De Brug"
) -> UUID:
    """A case, and who came on which day after the start."""
    case = given.sanne()
    kept(casework, case)
    log = casework.contacts(case.id)
    for days, workers in came:
        started = START + timedelta(days=days)
        log.hold_contact(by=given.WORKER, workers=workers, organisation=organisation, started_at=started)
    casework.keep(log)
    return case.id


def figures_of(db: Db, case: UUID, known: datetime | None = None) -> Figures:
    return figures(of_cases(db, [case], known=known).get(case, []))


def test_a_contact_is_one_row_whoever_came_together(casework: Casework, follow: Follow, db: Db) -> None:
    case = contacts_of(casework, (0, (NOOR, SAMIR)))
    follow()
    ((case_id, entry, _, workers, organisation, started_at, minutes, kind, *_),) = rows_of(db, CONTACTS)
    assert (case_id, entry, workers, organisation) == (case, 2, [NOOR, SAMIR], "De Brug")
    assert (started_at, minutes, kind) == (START, None, "personal")


def test_a_lane_runs_from_the_first_to_the_last_contact(casework: Casework, follow: Follow, db: Db) -> None:
    case = contacts_of(casework, (9, (SAMIR,)), (0, (NOOR,)), (4, (NOOR, SAMIR)))
    follow()
    assert [
        (lane.worker, (lane.first - START).days, (lane.last - START).days, lane.contacts)
        for lane in lanes(db, case)
    ] == [
        (NOOR, 0, 4, 2),
        (SAMIR, 4, 9, 2),
    ]


def test_lanes_as_they_were_on_a_day_and_as_they_were_known(
    casework: Casework, follow: Follow, db: Db
) -> None:
    case = contacts_of(casework, (0, (NOOR,)), (9, (SAMIR,)))
    follow()
    assert [lane.worker for lane in lanes(db, case, on=START + timedelta(days=5))] == [NOOR]
    assert lanes(db, case, known=START - timedelta(days=999)) == []


def test_a_handover_is_when_nobody_of_the_time_before_comes(
    casework: Casework, follow: Follow, db: Db
) -> None:
    came = [(NOOR,), (NOOR, SAMIR), (SAMIR,), (), (SAMIR,), (LOTTE,), (NOOR,)]
    case = contacts_of(casework, *enumerate(came))
    follow()
    counts = figures_of(db, case)
    assert (counts.contacts, counts.left_out, counts.workers, counts.handovers) == (7, 1, 3, 2)
    assert (counts.largest_share, counts.upc) == (3 / 6, 3 / 7)


def test_at_one_moment_the_order_of_writing_counts(casework: Casework, follow: Follow, db: Db) -> None:
    case = contacts_of(casework, (0, (NOOR,)), (1, (SAMIR,)), (1, (NOOR,)), (1, (SAMIR,)))
    follow()
    assert figures_of(db, case).handovers == 3


def test_organisations_count_once_and_nobody_says_nothing_of_handovers(
    casework: Casework, follow: Follow, db: Db
) -> None:
    case = contacts_of(casework, (0, ()), (1, ()))
    follow()
    counts = figures_of(db, case)
    assert (counts.parties, counts.workers, counts.handovers, counts.largest_share) == (1, 0, 0, None)


def test_a_case_without_contacts_has_none(casework: Casework, follow: Follow, db: Db) -> None:
    case = contacts_of(casework)
    follow()
    assert of_cases(db, [case]) == {}


def test_a_contact_that_was_cancelled_counts_until_that_was_recorded(
    casework: Casework, follow: Follow, db: Db
) -> None:
    case = contacts_of(casework, (0, (NOOR,)), (1, (SAMIR,)), (2, (NOOR,)))
    follow()
    log = casework.contacts(case)
    before, moment = log.modified_on, log.modified_on + timedelta(days=1)
    log.cancel_contact(
        by=given.WORKER, contact_id=log.held[1].contact_id, by_whom=ByWhom.CLIENT, recorded=moment
    )
    casework.keep(log)
    follow()
    assert [lane.worker for lane in lanes(db, case)] == [NOOR]
    assert {lane.worker for lane in lanes(db, case, known=before)} == {NOOR, SAMIR}
    assert [contact.entry for contact in held(db, case, limit=9)] == [2, 4]
    assert [contact.entry for contact in held(db, case, known=before, limit=9)] == [2, 3, 4]
    assert figures_of(db, case).contacts == 2
    assert figures_of(db, case, known=before).contacts == 3


def test_what_comes_after_a_cancelled_contact_leaves_it_cancelled(
    casework: Casework, follow: Follow, db: Db
) -> None:
    case = contacts_of(casework, (0, (NOOR,)))
    log = casework.contacts(case)
    log.cancel_contact(by=given.WORKER, contact_id=log.held[0].contact_id, by_whom=ByWhom.ORGANISATION)
    casework.keep(log)
    follow()
    log.hold_contact(by=given.WORKER, workers=(SAMIR,), organisation="De Brug", started_at=START)
    casework.keep(log)
    follow()
    assert [lane.worker for lane in lanes(db, case)] == [SAMIR]
