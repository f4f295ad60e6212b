"""Somebody subscribes, and something is recorded."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest

from domain.case import Case
from domain.casework import Casework
from domain.entry import Role
from domain.kinds import Voice, WishForm
from domain.store import subscribers
from domain.store.accounts import Account, add_account
from domain.store.database import Database
from domain.store.pool import Connection
from domain.store.receiver import INSIDE
from domain.store.subscribers import Wanted
from jobs.webhooks import Post
from tests import given
from tests.jobs.receiving import Receiver, a_receiver
from tests.web.following import a_case_of


@pytest.fixture
def by(fresh: Database, casework: Casework) -> Post:
    casework.clock = given.a_clock()
    return Post(fresh, casework, {INSIDE: "1"}, threading.Event())


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with a_receiver() as to:
        yield to


def account(db: Connection, role: Role = Role.COORDINATOR, team: str = "Noord") -> Account:
    name = f"user-{uuid4()}"
    return add_account(db, name, "zes paarden", name="Ilse", role=role, organisation="De Brug", team=team)


def subscribed(db: Connection, by: Post, url: str, who: Account | None = None) -> tuple[UUID, str]:
    who = who or account(db)
    wanted = Wanted(f"rooster {uuid4()}", url, who.user_name)
    return subscribers.add(db, by.key, wanted, by.casework.clock())


def a_case(by: Post, name: str = "Mia", actor: Any = given.COORDINATOR) -> Case:
    case = a_case_of(name, by=actor)
    by.casework.open(case)
    return case


def wish(by: Post, case: Case, words: str = "Ik wil zwemmen.") -> None:
    with by.casework.changing(case.id) as change:
        change.case.voice_wish(words, WishForm.SAID, Voice.CLIENT, **given.telling())
