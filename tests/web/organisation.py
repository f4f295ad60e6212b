"""One told organisation: two clients with something of everything, and somebody in every role beside them.

The first client is theirs; of the second nobody here may see anything, but managers.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import msgspec
from flask import Flask
from werkzeug.test import TestResponse

from domain.case import Case
from domain.entry import Role
from domain.kinds import (
    Asks,
    ConsentPurpose,
    DocumentKind,
    LegalKind,
    Part,
    PersonKind,
    Scope,
    SupportKind,
    Voice,
)
from domain.permissions import may
from domain.review import Review
from domain.store import drafts, exports, import_runs, subscribers, tokens
from domain.store.accounts import Account, add_account
from domain.store.drafts import Draft
from domain.store.exports import Export
from domain.store.import_runs import Aside, Begun, Figures, Left
from domain.store.links import Purpose, links_of, make_link
from domain.store.subscribers import KEY, Wanted
from projections.export.dossier.asked import Asked
from tests import given
from tests.web.conftest import PASSPHRASE, Visitor, desk_of, says_what_for, sign_in, token
from tests.web.following import DAY, a_case_of, follow

OWN, FOREIGN = "Jan Zijlstra", "Xander Vreemdeling"
NORTH, SOUTH = "Noord", "Zuid"
STAFF = {
    "coordinator": (Role.COORDINATOR, NORTH),
    "worker": (Role.WORKER, NORTH),
    "partner": (Role.PARTNER, "Oost"),
    "manager": (Role.MANAGER, ""),
    "manager-unsaid": (Role.MANAGER, ""),
    "reviewer": (Role.REVIEWER, ""),
    "reviewer-unmandated": (Role.REVIEWER, ""),
    "log-manager": (Role.LOG_MANAGER, ""),
    "administrator": (Role.ADMINISTRATOR, ""),
}
ELSEWHERE = {
    "stranger": (Role.COORDINATOR, SOUTH),
    "another-reviewer": (Role.REVIEWER, ""),
}
ROLES = (*STAFF, "client", "representative", "nobody")
SEES_ALL = {"manager", "manager-unsaid"}  # once they said what for


@dataclass
class Told:
    """A client, with the id of one of everything that an address can name."""

    case: Case
    ids: dict[str, Any] = field(default_factory=dict)


@dataclass
class Someone:
    """Somebody in a role, in a browser, and with a program."""

    role: str
    browser: Visitor
    account: Account | None = None
    program: str = ""
    csrf: str = ""

    def may(self, right: str) -> bool:
        """Whether a route that asks this right is for them."""
        return not right or (self.account is not None and may(self.account.role, right))

    def get(self, address: str) -> TestResponse:
        return self.browser.get(address, headers=self._with_token(address))

    def post(self, address: str, **typed: str) -> TestResponse:
        """As a form with its token; as JSON to the API."""
        headers = self._with_token(address)
        if headers:
            return self.browser.post(address, json=typed, headers=headers)
        return self.browser.post(address, data={"csrf_token": self.csrf, **typed})

    def _with_token(self, address: str) -> dict[str, str]:
        if not address.startswith("/api/") or not self.program:
            return {}
        said = {"Draad-Purpose": "quality"} if self.role == "manager" else {}
        return {"Authorization": f"Bearer {self.program}", **said}


@dataclass
class Organisation:
    """All of it."""

    app: Flask
    own: Told
    foreign: Told
    people: dict[str, Someone]

    def present(self, role: str) -> Someone:
        """Whoever this is, signed in again when something before signed them out."""
        who = self.people[role]
        gone = who.account and who.browser.get("/own-account").status_code != 200
        if gone and who.account and sign_in(who.browser, who.account.user_name) == 303:
            who.csrf = token(who.browser, "/own-account")
        return who


def told(app: Flask) -> Organisation:
    """Recorded, shown in the read models, and everybody signed in."""
    staff = {name: _staff(app, name, *of) for name, of in (STAFF | ELSEWHERE).items()}
    own = _client(app, OWN, "2026-1", staff, by=staff["coordinator"], reviewer=staff["reviewer"])
    foreign = _client(app, FOREIGN, "2026-2", {}, by=staff["stranger"], reviewer=staff["another-reviewer"])
    follow(app)
    people = {name: _signed_in(app, name, account) for name, account in staff.items()}
    for role in (Role.CLIENT, Role.REPRESENTATIVE):
        people[role.value] = _signed_in(app, role.value, _reader(app, own, role))
    own.ids["account_id"] = _staff(app, "spare", Role.WORKER, NORTH).id
    foreign.ids["account_id"] = _reader(app, foreign, Role.CLIENT).id  # given from the case: not in the list
    own.ids["subscriber_id"] = _subscriber(app, staff["coordinator"])
    own.ids["run_id"] = _import(app, own.case.id)
    foreign.ids["subscriber_id"] = foreign.ids["run_id"] = uuid4()  # they are of no client
    people["nobody"] = _nobody(app)
    says_what_for(people["manager"].browser, own.case.id)
    return Organisation(app, own, foreign, people)


def _staff(app: Flask, name: str, role: Role, team: str) -> Account:
    user = f"{name}-{uuid4().hex[:8]}"
    with desk_of(app).pool.connection() as db:
        return add_account(db, user, PASSPHRASE, name=user, role=role, organisation="De Linde", team=team)


def _client(
    app: Flask, name: str, number: str, staff: dict[str, Account], *, by: Account, reviewer: Account
) -> Told:
    case = a_case_of(name, number, by.actor)
    told = Told(case, {"case_id": case.id})
    how: dict[str, Any] = given.telling(DAY, by.actor)
    _people(told, staff, how)
    _plan(told, how, number)
    told.ids["document_id"] = case.add_document(
        f"brief {number}.txt", DocumentKind.LETTER, f"Beste {name}".encode(), **how
    )
    desk_of(app).casework.open(case)
    told.ids["mandate_id"] = _mandate(app, case, reviewer)
    told.ids["draft_id"] = _draft(app, case, by)
    told.ids["export_id"] = _export(app, case, by)
    _links(app, told, by)
    return told


def _people(told: Told, staff: dict[str, Account], how: dict[str, Any]) -> None:
    case = told.case
    for one in (staff[name] for name in ("worker", "partner") if name in staff):
        joined = case.join_person(
            name=one.name, kind=PersonKind.WORKER, organisation=one.organisation, user=one.id, **how
        )
        if one.role is Role.PARTNER:
            consent = given.deciding(DAY, by=how["by"])
            told.ids["consent"] = case.give_consent(ConsentPurpose.SHARING, joined, tuple(Part), **consent)
    rita = case.join_person(name="Rita Zijlstra", kind=PersonKind.REPRESENTATIVE, relation="tante", **how)
    case.name_representative(rita, LegalKind.CURATOR, Scope.ALL, **how)
    told.ids |= {"who": rita, "person": rita, "client": case.client_id}


def _plan(told: Told, how: dict[str, Any], number: str) -> None:
    case, decided = told.case, given.deciding(DAY, by=how["by"])
    goal = case.propose_goal(
        words=f"Zwemmen {number}.", words_of=Voice.CLIENT, proposed_by=Voice.CLIENT, **how
    )
    case.agree_goal(goal, **decided)
    support = case.offer_support(
        what=f"Rit {number}", kind=SupportKind.TRANSPORT, provider="Buurtbus", goal_id=goal, **how
    )
    asked = case.make_proposal(
        subject=goal, now="Elke week", then="Om de week", proposed_by=Voice.WORKER, asks=Asks.CLIENT, **how
    )
    told.ids |= {"support_id": support, "subject": goal, "entry": asked, "number": asked, "question": 1}


def _mandate(app: Flask, case: Case, reviewer: Account) -> UUID:
    mandate, casework = uuid4(), desk_of(app).casework
    facts: dict[str, Any] = {"purpose": "Toezicht", "ground": "Wmo 2015, artikel 6.1"}
    until = casework.clock().date() + timedelta(days=30)
    how: Any = {"by": given.MANAGER, "now": casework.clock(), "posted": mandate}
    reviews = Review.give_mandate([case], reviewer.actor, until=until, **facts, **how)
    casework.keep(*reviews)
    return mandate


def _draft(app: Flask, case: Case, by: Account) -> UUID:
    desk, form = desk_of(app), uuid4()
    with desk.pool.connection() as db:
        made = Draft(by.id, form, case.id, "record/take-action", desk.casework.clock())
        drafts.keep(db, desk.casework.vault, made, [("words", "Nog niet af.")])
    return form


def _export(app: Flask, case: Case, by: Account) -> UUID:
    """Asked for, and not made yet."""
    desk, form = desk_of(app), uuid4()
    now = desk.casework.clock()
    asked = msgspec.json.encode(Asked(given.TODAY, now))
    with desk.pool.connection() as db:
        exports.ask(db, desk.casework.vault, Export(form, by.id, case.id, now), asked)
    return form


def _links(app: Flask, told: Told, by: Account) -> None:
    of: dict[str, Any] = {"by": by.id, "valid": timedelta(days=1)}
    case = told.case
    with desk_of(app).pool.connection() as db:
        told.ids["made"] = make_link(
            db,
            Purpose.ANSWER,
            case.client_id,
            case_id=case.id,
            subject=told.ids["entry"],
            entry=told.ids["entry"],
            **of,
        )
        told.ids["link_id"] = links_of(db, case.id)[0].id


def _subscriber(app: Flask, who: Account) -> UUID:
    """A program elsewhere, told nothing: no worker runs here."""
    desk, wanted = desk_of(app), Wanted(f"Rooster {uuid4()}", "https://rooster.example/", who.user_name)
    with desk.pool.connection() as db:
        return subscribers.add(db, desk.key(KEY), wanted, desk.casework.clock())[0]


def _import(app: Flask, case_id: UUID) -> UUID:
    """Of which something of this client stayed out."""
    desk, begun = desk_of(app), Begun(uuid4(), given.now(), "fhir", ["all.json"], "ecd", "beheer", "computer")
    left = Left(Aside.HELD, "Goal", "g1", "has no name", case_id, 1)
    with desk.pool.connection() as db:
        import_runs.begin(db, begun)
        import_runs.put_aside(db, desk.key(import_runs.KEY), begun.id, [left])
        import_runs.end(db, begun.id, given.now(), Figures(found=1, held=1))
    return begun.id


def _reader(app: Flask, told: Told, role: Role) -> Account:
    """The client with their own id, who speaks for them with the id they have in the case."""
    who = told.case.client_id if role is Role.CLIENT else told.ids["who"]
    with desk_of(app).pool.connection() as db:
        return add_account(db, f"own-{who}", PASSPHRASE, name="Lezer", role=role, id=who)


def _signed_in(app: Flask, role: str, account: Account) -> Someone:
    browser = app.test_client()
    assert sign_in(browser, account.user_name) == 303
    with desk_of(app).pool.connection() as db:
        scopes = (tokens.Scope.READ, tokens.Scope.RECORD)
        program = tokens.make_token(db, account.user_name, "sweep", scopes, timedelta(days=1))[1]
    return Someone(role, browser, account, program, token(browser, "/own-account"))


def _nobody(app: Flask) -> Someone:
    browser = app.test_client()
    return Someone("nobody", browser, csrf=token(browser))
