"""What the worker does in the background, done at once: the read models show what was recorded."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

import psycopg
from flask import Flask

from domain.case import Case
from domain.entry import Actor
from domain.kinds import LegalBasis, PersonKind
from domain.store.accounts import Account
from domain.store.database import APP
from projections.caseload import CASELOAD
from projections.erasures import ERASURES
from projections.follower import Follower
from projections.review import REVIEWS
from projections.signals import looking
from tests import given
from tests.web.conftest import desk_of

DAY = given.OPENING


def follow(app: Flask) -> None:
    """All that was recorded is shown, and looked at."""
    desk = desk_of(app)
    dsn, decode = desk.database.dsn(APP), desk.casework.mapper.to_domain_event
    follower = Follower(dsn, decode, [CASELOAD, REVIEWS, ERASURES])
    with psycopg.connect(dsn, autocommit=True) as db:
        while follower.step(db):
            pass
        looking.drain(db, decode, desk.casework.clock())


def a_case_of(name: str, number: str = "", by: Actor = given.COORDINATOR, client: UUID | None = None) -> Case:
    """A case with nothing in it but who the client is."""
    clock = given.a_clock()
    clock.to(DAY)
    case = Case.open(
        client or uuid4(),
        legal_basis=LegalBasis.WMO,
        question="Kan ik hulp krijgen?",
        clock=clock,
        **given.deciding(DAY, by=by),
    )
    case.describe_client(name=name, case_number=number, **given.telling(DAY, by))
    return case


def joins(case: Case, who: Account, day: date = DAY) -> UUID:
    """Somebody takes part, with their account here."""
    return case.join_person(
        name=who.name,
        kind=PersonKind.WORKER,
        organisation=who.organisation,
        usual_worker=True,
        user=who.id,
        **given.telling(day),
    )


def kept(app: Flask, *cases: Case) -> None:
    """In the record and on the list."""
    for case in cases:
        desk_of(app).casework.open(case)
    follow(app)
