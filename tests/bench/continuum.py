"""SQLAlchemy-Continuum, set up as its own pages say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import cycle
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, configure_mappers, declarative_base
from sqlalchemy_continuum import make_versioned

from tests.bench.place import Place

TABLES = ("continuum_version", "transaction")
WORDS = "Samen gewandeld, en daarna koffie gedronken."

make_versioned(user_cls=None)
Base: Any = declarative_base()


class Case(Base):  # type: ignore[misc] # untyped
    """What one writes down: the facts of our entry, as columns."""

    __versioned__: dict[str, Any] = {}  # noqa: RUF012 - its own way of saying so
    __tablename__ = "continuum"
    id = sa.Column(sa.Integer, primary_key=True)
    client = sa.Column(sa.Text)
    kind = sa.Column(sa.Text, default="action_taken")
    words = sa.Column(sa.Text)
    goal = sa.Column(sa.Uuid, default=UUID(int=1))
    done_by = sa.Column(sa.Text, default="Thomas Visser")
    by = sa.Column(sa.Uuid, default=UUID(int=7))
    role = sa.Column(sa.Text, default="worker")
    name = sa.Column(sa.Text, default="Thomas Visser")
    organisation = sa.Column(sa.Text, default="De Brug")
    team = sa.Column(sa.Text, default="Noord")
    happened_on = sa.Column(sa.Date, default=date(2026, 11, 22))
    recorded_at = sa.Column(sa.DateTime(timezone=True))


configure_mappers()


class Peer:
    """With its tables in the others' database."""

    def __init__(self, place: Place) -> None:
        at = place.peers
        where = sa.URL.create(
            "postgresql+psycopg",
            at["user"],
            at["password"],
            database=at["dbname"],
            query={"host": at["host"], "port": at["port"]},
        )
        self.engine = sa.create_engine(where)
        place.until.callback(self.engine.dispose)
        Base.metadata.create_all(self.engine)

    def changes(self, rows: int) -> Callable[[], int]:
        with Session(self.engine) as session:
            made = [Case(client="client", words="", recorded_at=datetime.now(UTC)) for _ in range(rows)]
            session.add_all(made)
            session.commit()
            turn = cycle([case.id for case in made])

        def change() -> int:
            with Session(self.engine) as session:
                case = session.get_one(Case, next(turn))
                case.words, case.recorded_at = WORDS, datetime.now(UTC)
                session.commit()
            return 1

        return change
