"""A program with a token, on the same application as the pages."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from domain.entry import Role
from domain.store.accounts import Account
from domain.store.tokens import Scope, make_token
from tests import given
from tests.web.conftest import desk_of

ROOT = "/api/v1"
DUTCH = {"Accept-Language": "nl"}


@dataclass
class Program:
    """A program that asks with its token. `headers` go with every request."""

    client: FlaskClient
    account: Account
    token: str
    token_id: UUID

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    def get(self, path: str, **headers: str) -> TestResponse:
        return self.client.get(f"{ROOT}{path}", headers=self.headers | _named(headers))

    def post(self, path: str, body: Any, **headers: str) -> TestResponse:
        given = {"Content-Type": "application/json", **self.headers, **_named(headers)}
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self.client.post(f"{ROOT}{path}", data=raw, headers=given)

    def record(self, case_id: UUID, command: str, body: Any, **headers: str) -> TestResponse:
        return self.post(f"/cases/{case_id}/commands/{command.replace('_', '-')}", body, **headers)


def _named(headers: dict[str, str]) -> dict[str, str]:
    """`If_Match="…"` is a header here."""
    return {name.replace("_", "-"): value for name, value in headers.items()}


Programs = Callable[..., Program]


@pytest.fixture
def program(app: Flask, account: Callable[..., Account]) -> Programs:
    """A program of somebody: `program("ilse", Role.COORDINATOR, scopes=["read"])`."""

    def make(
        user: str = "ilse",
        role: Role = Role.COORDINATOR,
        team: str = "Noord",
        *,
        scopes: tuple[Scope, ...] = (Scope.READ, Scope.RECORD),
        valid: timedelta = timedelta(days=1),
    ) -> Program:
        who = account(user, role, team)
        with desk_of(app).pool.connection() as db:
            number, token = make_token(db, who.user_name, "test", scopes, valid)
        return Program(app.test_client(), who, token, number)

    return make


@pytest.fixture
def ilse(program: Programs) -> Program:
    """A coordinator's, that may read and record."""
    return program()


def is_a_problem(answer: TestResponse, status: int) -> dict[str, Any]:
    """The problem, which is one as RFC 9457 has it."""
    assert answer.status_code == status, answer.text
    assert answer.content_type == "application/problem+json"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer.headers
    told: dict[str, Any] = json.loads(answer.data)
    assert told["status"] == status
    assert told["title"]
    assert told["detail"]
    return told


@pytest.fixture
def noon(app: Flask) -> Iterator[given.Clock]:
    """It is noon on the day of the stories."""
    casework = desk_of(app).casework
    before, casework.clock = casework.clock, given.a_clock()
    yield casework.clock
    casework.clock = before
