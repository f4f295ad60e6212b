"""The log of who looked: nine fields of NEN 7513, only ever added to, in nobody's power to change."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import psycopg
import pytest

from domain.access import Ground
from domain.casework import Casework
from domain.entry import Actor, Role
from domain.errors import Refused
from domain.store.access_log import (
    THE_LOG,
    Code,
    Look,
    NotWritten,
    Point,
    Review,
    Visit,
    review,
    reviews,
    words_of,
    write,
)
from domain.store.database import APP, OWNER, READER, Database, settings_for
from domain.store.pool import Connection
from tests.web.following import a_case_of

MANDATORY = (
    "event_code",
    "action",
    "occurred_at",
    "utc_offset",
    "user_id",
    "user_role",
    "object_id_type",
    "object_id",
    "authorisation_protocol",
    "source_id",
)
WRITES = [
    "UPDATE draad.{} SET {} = {}",
    "DELETE FROM draad.{}",
    "TRUNCATE draad.{}",
]
CHANGES = [
    sentence.format(table, *change)
    for table, change in {
        "access_log": ("occurred_at", "now()"),
        "access_review": ("finding", "'x'"),
    }.items()
    for sentence in WRITES
]
ILSE = Actor(UUID(int=0xA1), Role.COORDINATOR, "Ilse Kramer", "De Linde", "Noord")
SUMMER = datetime(2026, 7, 1, 9, 30, tzinfo=UTC)


@pytest.fixture
def casework(fresh: Database) -> Iterator[Casework]:
    casework = Casework(settings_for(fresh))
    yield casework
    casework.close()


@pytest.fixture
def app(fresh: Database) -> Iterator[Connection]:
    """A connection as the app role, on an empty log."""
    with psycopg.connect(fresh.dsn(APP), autocommit=True) as db:
        yield db


def a_visit(*, by: Actor = ILSE, at: datetime = SUMMER) -> Visit:
    return Visit(by, at, Point.WEB, "case.plan", uuid4())


def held(db: Connection) -> list[tuple[object, ...]]:
    return db.execute(
        """
        SELECT event_code, action, occurred_at, utc_offset, user_id, user_role, object_id_type, object_id,
               authorisation_protocol, source_id
          FROM draad.access_log ORDER BY id"""
    ).fetchall()


def test_a_line_has_the_nine_mandatory_fields(app: Connection, casework: Casework) -> None:
    of = uuid4()
    write(app, casework.vault, a_visit(), [Look(of, Ground.TEAM), Look(THE_LOG, "role", Code.READ_LOG)])
    here = held(app)[0][-1]
    assert str(here).startswith("draad@")
    same = (SUMMER, 120, ILSE.user, "coordinator")
    assert held(app) == [
        ("read", "R", *same, "case", of, "team", here),
        ("read_log", "R", *same, "access_log", THE_LOG, "role", here),
    ]


@pytest.mark.parametrize("field", MANDATORY)
def test_without_one_of_them_there_is_no_line(app: Connection, casework: Casework, field: str) -> None:
    write(app, casework.vault, a_visit(), [Look(uuid4(), Ground.TEAM)])
    columns = [
        name
        for (name,) in app.execute(
            """
            SELECT column_name FROM information_schema.columns
             WHERE table_name = 'access_log' AND column_name <> 'id'"""
        )
    ]
    values = ", ".join("NULL" if name == field else name for name in columns)
    again = "INSERT INTO draad.access_log ({}) SELECT {} FROM draad.access_log"
    with pytest.raises(psycopg.errors.NotNullViolation):
        app.execute(again.format(", ".join(columns), values).encode())


@pytest.mark.parametrize("statement", CHANGES)
def test_the_app_role_only_adds_to_it(app: Connection, statement: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute(statement.encode())


@pytest.mark.parametrize("statement", CHANGES)
def test_not_even_the_owner_changes_it(fresh: Database, statement: str) -> None:
    with (
        psycopg.connect(fresh.dsn(OWNER), autocommit=True) as db,
        pytest.raises(psycopg.errors.RaiseException, match="append-only"),
    ):
        db.execute(statement.encode())


@pytest.mark.parametrize("table", ["access_log", "access_review"])
def test_the_reader_of_the_read_models_does_not_see_who_looked(fresh: Database, table: str) -> None:
    with (
        psycopg.connect(fresh.dsn(READER), autocommit=True) as db,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        db.execute(f"SELECT FROM draad.{table}".encode())


def test_the_lines_of_one_request_stand_together_or_not_at_all(app: Connection, casework: Casework) -> None:
    looks = [Look(uuid4(), Ground.TEAM), Look(uuid4(), None)]  # type: ignore[arg-type]
    object.__setattr__(looks[1], "of", None)
    with pytest.raises((NotWritten, AttributeError)):
        write(app, casework.vault, a_visit(), looks)
    assert not held(app)


@pytest.mark.parametrize(
    ("code", "action"),
    [
        (Code.READ, "R"),
        (Code.LIST, "R"),
        (Code.SEARCH, "E"),
        (Code.EXPORT, "R"),
        ("take_stance", "C"),
        (Code.RECORD, "C"),
        (Code.READ_LOG, "R"),
        (Code.IMPORT, "C"),
    ],
)
def test_a_search_is_executed_an_export_is_a_read_and_a_command_creates(code: str, action: str) -> None:
    assert Look(uuid4(), Ground.TEAM, code).action == action


def test_what_somebody_looked_for_is_sealed_and_forgotten_with_the_client(
    app: Connection, casework: Casework
) -> None:
    case = a_case_of("Mevrouw Jansen")
    casework.open(case)
    visit = a_visit()
    write(app, casework.vault, visit, [Look(case.id, Ground.PURPOSE, why="Klacht van mevrouw Jansen")])
    row = app.execute("SELECT why, access_log::text FROM draad.access_log").fetchone()
    assert row
    assert "Jansen" not in row[1]
    assert b"Jansen" not in row[0]
    assert words_of(casework.vault, case.id, visit.request_id, row[0]) == "Klacht van mevrouw Jansen"
    assert not words_of(casework.vault, case.id, uuid4(), row[0]), "it opens at its own line only"
    casework.vault.destroy(case.client_id)
    assert not words_of(casework.vault, case.id, visit.request_id, row[0])


def test_a_review_is_written_once_however_often_the_form_comes(app: Connection) -> None:
    done = Review(date(2026, 10, 1), uuid4(), "Niets bijzonders.", ILSE.user, ILSE.name, SUMMER)
    review(app, done)
    review(app, done)
    assert reviews(app) == [done]


def test_a_review_has_a_finding_in_words(app: Connection) -> None:
    with pytest.raises(Refused):
        review(app, Review(date(2026, 10, 1), uuid4(), "  ", ILSE.user, ILSE.name, SUMMER))
