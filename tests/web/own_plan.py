"""Somebody in their own plan: signed in, reading it, and filling in its forms."""

from __future__ import annotations

import re
from datetime import date
from typing import Any
from uuid import UUID

from flask import Flask

from domain.case import Case
from domain.entry import Entry, Role
from domain.kinds import Asks, Voice
from domain.store.accounts import add_account
from tests import given
from tests.given import telling
from tests.web.conftest import PASSPHRASE, Visitor, desk_of, sign_in


def open_own(app: Flask, case: Case, role: Role = Role.CLIENT, id: UUID | None = None) -> Visitor:
    """Keeps a case, and lets somebody in who reads it as their own: the client, or who this says."""
    if case.pending_events:
        desk_of(app).casework.open(case)
    who = id or case.client_id
    user = user_of(app, who)
    if user is None:
        user = f"own-{who}"
        with desk_of(app).pool.connection() as db:
            add_account(db, user, PASSPHRASE, name="Sanne Mulder", role=role, id=who)
    browser = app.test_client()
    assert sign_in(browser, user) == 303
    return browser


def user_of(app: Flask, id: UUID) -> str | None:
    """The user name of whom an earlier test may have let in already."""
    with desk_of(app).pool.connection() as db:
        found = db.execute("SELECT user_name FROM draad.account WHERE id = %(id)s", {"id": id}).fetchone()
    return found[0] if found else None


def page_of(case: Case, browser: Visitor, status: int = 200) -> str:
    answer = browser.get(f"/my-plan/{case.id}")
    assert answer.status_code == status
    return answer.text


def form_in(html: str, action: str) -> dict[str, str]:
    """What the form with this address sends along."""
    found = re.search(rf'<form[^>]*action="{re.escape(action)}".*?</form>', html, re.DOTALL)
    assert found, f"no form for {action}"
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', found[0]))


def sent(browser: Visitor, case: Case, path: str, status: int = 303, **typed: str) -> Any:
    """Open a form on its own page, fill it in and send it."""
    address = f"/my-plan/{case.id}/{path}"
    form = form_in(browser.get(address).text, address.partition("?")[0])
    answer = browser.post(address.partition("?")[0], data=form | typed)
    assert answer.status_code == status, answer.text
    return answer


def kept(app: Flask, case: Case) -> list[Entry]:
    """What was recorded since the story."""
    return desk_of(app).casework.history(case.id).entries[case.version :]


def ask(case: Case, **more: Any) -> int:
    facts: dict[str, Any] = {"now": "Elke week.", "then": "Om de week.", "words": "Het gaat goed."}
    how = telling(given.clock_of(case).to(date(2026, 11, 10)), given.WORKER)
    number = case.make_proposal(**facts | more, proposed_by=Voice.WORKER, asks=Asks.CLIENT, **how)
    given.clock_of(case).to(given.TODAY)
    return number
