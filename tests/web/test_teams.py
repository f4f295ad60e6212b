"""The team of an account: one that there is, or a new one; and what a worker without clients reads."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from flask import Flask

from domain.entry import Role
from tests.web.accounts import post
from tests.web.conftest import Visitor
from tests.web.test_accounts import a_name, found, id_of

As = Callable[..., Visitor]


@pytest.fixture
def admin(as_: As) -> Visitor:
    return as_("beheer", Role.ADMINISTRATOR, "")


def test_a_team_is_one_that_there_is_or_is_said_to_be_new(app: Flask, admin: Visitor) -> None:
    """Who types it wrong would see no case, and nobody would know why."""
    told = {"name": "Wilma Post", "role": "worker"}
    known, other = f"Noord {uuid4().hex[:6]}", f"Zuid {uuid4().hex[:6]}"
    post(admin, "/users/new", user_name=(user := a_name()), new_team=known, **told)
    assert found(app, user).team == known
    assert f"<option>{known}</option>" in admin.get("/users/new").text
    post(admin, "/users/new", user_name=(second := a_name()), team=known, **told)
    assert found(app, second).team == known
    refused = post(admin, "/users/new", user_name=a_name(), team=other, **told)
    assert "Kies een team" in refused
    assert "Kies een team" in post(admin, f"/users/{id_of(app, user)}", team=other, **told)


def test_a_worker_without_clients_reads_who_adds_them_and_a_coordinator_that_they_open_one(as_: As) -> None:
    mine = as_("noor", Role.WORKER, "Nord").get("/cases").text
    assert "Uw coördinator voegt u toe" in mine
    assert "Klopt uw team (Nord) niet?" in mine
    assert "zodra u een dossier opent" in as_("ilse", team="Zuid").get("/cases").text
