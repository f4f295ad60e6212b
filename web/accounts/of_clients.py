"""The client's own way in: an account for the client and for who speaks for them, given from the case.

The account of a client has the client's id, that of a representative the id they have in this case:
which case is theirs follows from that, and from nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from domain.case import Case
from domain.entry import Role
from domain.errors import Refused
from domain.kinds import ConsentPurpose
from domain.nouns import Consent, Person
from domain.plan import Plan
from domain.representation import speakers
from domain.store.account_list import Listed, give_access_back, listed, take_access_away
from domain.store.accounts import add_account
from domain.store.pool import Connection
from web.access import actor, case_or_404, may, signed_in
from web.accounts.form import USER_NAME, NotAUserName
from web.coming_in.handing_over import hand_over
from web.coming_in.square import Square
from web.desk import rows, today
from web.logs import security_log
from web.mine.wording import spoken_to
from web.saving import sentence
from web.words import client_name

blueprint = Blueprint("client_access", __name__)


@dataclass(frozen=True)
class Entitled:
    """Somebody who may have an account for this case, and the account when they have one."""

    id: UUID
    name: str
    role: Role
    account: Listed | None

    @property
    def had_one(self) -> bool:
        """Whether they chose a pass phrase before, or had it taken away: then it is no first invitation."""
        return self.account is not None and (self.account.has_passphrase or bool(self.account.disabled_at))


@blueprint.get("/cases/<uuid:case_id>/access")
@may("give_access")
def overview(case_id: UUID) -> str:
    return _page(case_or_404(case_id))


@blueprint.post("/cases/<uuid:case_id>/access/<uuid:who>")
@may("give_access")
def give(case_id: UUID, who: UUID) -> Any:
    """An account, and the link that opens it. The link is in this answer only."""
    case = case_or_404(case_id)
    try:
        with rows() as db, db.transaction():
            entitled = _one(db, case, who)
            if entitled.had_one:
                _only_who_answers_for(case)
            account = entitled.account or _made(db, entitled, case.entries[0].by.organisation)
            if account.disabled_at:
                give_access_back(db, account.id)
                security_log.note("user_updated", of=account.id, why="enabled")
            handed = hand_over(db, account, actor().user)
    except Refused as error:
        return _page(case, {str(who): sentence(error)}), 422
    you = spoken_to(case.plan.client, represents=who != case.client_id)
    square = Square.of(handed.address)
    return render_template("access-letter.html", handed=handed, square=square, case=case, you=you)


@blueprint.post("/cases/<uuid:case_id>/access/<uuid:who>/take-away")
@may("give_access")
def take_away(case_id: UUID, who: UUID) -> Any:
    """They cannot read of it on their own page any more: the page of this case says it, to who works here."""
    case = case_or_404(case_id)
    _only_who_answers_for(case)
    with rows() as db:
        account = _one(db, case, who).account or abort(404)
        take_access_away(db, account.id)
    security_log.note("user_archived", of=account.id)
    flash(gettext("%(name)s cannot sign in any more.", name=account.name))
    return redirect(url_for("client_access.overview", case_id=case.id), 303)


def _answers_for(case: Case) -> bool:
    """A coordinator, and who was given the lead by somebody else."""
    plan, me = case.plan_on(today()), signed_in()
    if me.role is Role.COORDINATOR:
        return True
    own = {key for key, person in plan.people.items() if person.user == me.id}
    named = (case.entry(held.entry) for held in plan.leads.values() if held.person in own)
    return any(entry is not None and entry.by.user != me.id for entry in named)


def _only_who_answers_for(case: Case) -> None:
    """403 to others: a new link lets one in as somebody who was in before, and this leaves them out."""
    if not _answers_for(case):
        abort(403)


def _made(db: Connection, entitled: Entitled, organisation: str) -> Listed:
    user_name = request.form.get("user_name", "").strip().lower()
    if not USER_NAME.fullmatch(user_name):
        raise NotAUserName("user_name")
    described: dict[str, Any] = {"name": entitled.name, "role": entitled.role, "organisation": organisation}
    add_account(db, user_name, None, id=entitled.id, **described)
    security_log.note("user_created", of=entitled.id, role=entitled.role)
    return listed(db, entitled.id) or abort(404)


def _one(db: Connection, case: Case, who: UUID) -> Entitled:
    return next((one for one in _entitled(db, case) if one.id == who), None) or abort(404)


def _entitled(db: Connection, case: Case) -> list[Entitled]:
    """The client, and who speaks for them today; and who did so before, while they have an account."""
    plan = case.plan
    people = {held.person for held in plan.representations.values() if held.person in plan.people}
    found = [Entitled(case.client_id, _name(plan), Role.CLIENT, listed(db, case.client_id))]
    for key in people:
        account = listed(db, key)  # one that they have beside this is not given here, nor taken
        if key in speakers(plan, today()) or account:
            found.append(Entitled(key, plan.people[key].name, Role.REPRESENTATIVE, account))
    return found


def _name(plan: Plan) -> str:
    return plan.client.name or client_name(plan.client)


def _looks(plan: Plan) -> list[Person]:
    """Who takes part with an account of their own."""
    return [one for one in plan.people.values() if one.user and one.until is None]


def _allowed(plan: Plan) -> list[Consent]:
    """What the client allows others to see, today."""
    shared = (one for one in plan.consents.values() if one.purpose is ConsentPurpose.SHARING)
    return [one for one in shared if one.live(today())]


def _page(case: Case, wrong: dict[str, str] | None = None) -> str:
    plan = case.plan
    with rows() as db:
        entitled = _entitled(db, case)
    return render_template(
        "case-access.html",
        case=case,
        plan=plan,
        entitled=entitled,
        looks=_looks(plan),
        allowed=_allowed(case.plan_on(today())),
        names=whom(plan),
        wrong=wrong or {},
        answers_for=_answers_for(case),
    )


def whom(plan: Plan) -> dict[UUID, str]:
    """To whom something may be allowed, by name."""
    people = {key: one.name for key, one in plan.people.items()}
    return people | {key: one.name for key, one in plan.parties.items()}
