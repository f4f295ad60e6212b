"""Files are kept with the entries that name them, or not at all: sealed, and forgotten with the client."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID, uuid4

import psycopg
import pytest
from eventsourcing.persistence import ProgrammingError

from domain import errors
from domain.case import Case
from domain.casework import Casework
from domain.kinds import DocumentKind
from domain.store.database import OWNER, Database, settings_for
from domain.store.documents import NotAsItWas, content_of
from domain.store.vault import KeyGone
from tests import given
from tests.given import telling, the

LETTER = "Beste Sanne, …".encode() * 100


@pytest.fixture
def casework(fresh: Database) -> Iterator[Casework]:
    casework = Casework(settings_for(fresh), given.a_clock())
    yield casework
    casework.close()


@pytest.fixture
def db(fresh: Database) -> Iterator[psycopg.Connection]:
    with psycopg.connect(fresh.dsn(OWNER), autocommit=True) as db:
        db.execute("TRUNCATE draad.document")
        yield db


def with_letter() -> tuple[Case, UUID]:
    case = given.an_opened_case(client_id=uuid4())
    return case, case.add_document("Brief.txt", DocumentKind.LETTER, LETTER, **telling())


def content(casework: Casework, db: psycopg.Connection, case: Case, id: UUID) -> bytes | None:
    return content_of(db, casework.vault, case.id, id, case.plan.documents[id])


def test_a_file_comes_back_as_it_was(casework: Casework, db: psycopg.Connection) -> None:
    case, first = with_letter()
    casework.open(case)
    assert not case.files  # it is kept once
    with casework.changing(case.id) as change:
        second = change.case.add_document("Foto", DocumentKind.PHOTO, b"\x00" * 3_000_000, **telling())
    case = casework.history(case.id)
    assert content(casework, db, case, first) == LETTER
    assert content(casework, db, case, second) == b"\x00" * 3_000_000


def test_what_lies_in_the_database_can_be_read_by_nobody(casework: Casework, db: psycopg.Connection) -> None:
    case, _ = with_letter()
    casework.open(case)
    (sealed, wrapped) = db.execute("SELECT sealed, wrapped FROM draad.document").fetchone() or (b"", b"")
    assert len(sealed) > len(LETTER)
    assert b"Sanne" not in sealed + wrapped


def test_entry_and_file_are_kept_together_or_not_at_all(casework: Casework, db: psycopg.Connection) -> None:
    case, _ = with_letter()
    casework.open(case)
    late = casework.history(case.id)
    with casework.changing(case.id) as change:
        change.case.start_care(**telling())
    late.add_document("Te laat", DocumentKind.LETTER, LETTER, **telling())
    with pytest.raises(errors.Overtaken):
        casework.keep(late)
    assert len(casework.history(case.id).plan.documents) == 1
    assert db.execute("SELECT count(*) FROM draad.document").fetchone() == (1,)


def test_a_file_that_cannot_be_kept_leaves_no_entry(casework: Casework, db: psycopg.Connection) -> None:
    case = given.an_opened_case(client_id=uuid4())
    casework.open(case)
    db.execute("REVOKE INSERT ON draad.document FROM draad_app")
    try:
        with pytest.raises(ProgrammingError), casework.changing(case.id) as change:
            change.case.add_document("Brief", DocumentKind.LETTER, LETTER, **telling())
    finally:
        db.execute("GRANT INSERT ON draad.document TO draad_app")
    assert casework.history(case.id).version == 1


def test_a_file_is_forgotten_with_its_client(casework: Casework, db: psycopg.Connection) -> None:
    case, letter = with_letter()
    casework.open(case)
    casework.vault.destroy(case.client_id)
    with pytest.raises(KeyGone):
        content(casework, db, case, letter)


def test_a_file_that_was_taken_away_is_not_there(casework: Casework, db: psycopg.Connection) -> None:
    case, letter = with_letter()
    casework.open(case)
    db.execute("DELETE FROM draad.document")
    assert content(casework, db, case, letter) is None


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE draad.document SET sealed = set_byte(sealed, 20, get_byte(sealed, 20) # 1)",
        """
        UPDATE draad.document AS one SET sealed = other.sealed, wrapped = other.wrapped
          FROM draad.document AS other
         WHERE one.id <> other.id""",
    ],
    ids=["changed", "exchanged"],
)
def test_a_file_that_was_changed_or_exchanged_does_not_open(
    casework: Casework, db: psycopg.Connection, tampering: str
) -> None:
    case, letter = with_letter()
    case.add_document("Dezelfde brief", DocumentKind.LETTER, LETTER, **telling())
    casework.open(case)
    db.execute(tampering.encode())
    with pytest.raises(NotAsItWas):
        content(casework, db, case, letter)


def test_a_file_that_is_not_the_one_in_the_record_is_not_given(
    casework: Casework, db: psycopg.Connection
) -> None:
    case, letter = with_letter()
    case.files[letter] = b"iets anders"
    casework.open(case)
    with pytest.raises(NotAsItWas):
        content(casework, db, case, letter)


def test_a_file_of_another_case_does_not_open(casework: Casework, db: psycopg.Connection) -> None:
    case, letter = with_letter()
    casework.open(case)
    other, document = given.sanne(), case.plan.documents[letter]
    casework.open(other)
    assert content_of(db, casework.vault, other.id, letter, document) is None
    assert the(case.plan.documents) == letter
