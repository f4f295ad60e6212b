"""Forgetting clients: what is proposed, the decision, and the certificate when it is done."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, session, url_for
from flask_babel import get_locale, gettext

from domain.case import Case
from domain.entry import Entry, Telling
from domain.errors import CaseIsErased, NoSuchCase, Refused
from domain.nouns import Erasure
from domain.store import erasing
from domain.store.access_log import Code
from domain.store.database import APP, KEYS
from domain.store.pool import connect_to
from projections import erasures as proposals
from projections.erasures import speaking_of
from projections.export.certificate import certificate
from projections.export.words import in_language
from projections.review import named
from web.access import PURPOSES, actor, case_or_404, may
from web.context import TALKS
from web.desk import casework, desk, rows, today, wait_for_own_write
from web.logs.looks import listed, wrote
from web.saving import Typed, fresh, sentence
from web.terms import asked_to_forget

blueprint = Blueprint("erasures", __name__)


@blueprint.get("/erasures")
@may("read_erasures")
def overview() -> str:
    """Who asks it, what is proposed and not answered, and who was forgotten."""
    up_to_date, asked = wait_for_own_write(), asked_to_forget()
    with rows() as db:
        waiting = proposals.waiting(db)
        cases = [*(one.case_id for one in asked), *(one.case_id for one in waiting)]
        names = named(db, cases)
    listed(cases, Code.LIST)
    return render_template(
        "erasures.html", asked=asked, proposals=waiting, names=names, done=_erased(), up_to_date=up_to_date
    )


@blueprint.get("/erasures/<uuid:client>")
@may("read_erasures")
def one(client: UUID) -> str:
    """How far it is, and then the certificate."""
    found = _erased(client) or abort(404)
    with rows() as db:
        said = certificate(db, found[0], in_language(str(get_locale())))
    return render_template("erasure-certificate.html", erased=found[0], said=said)


@blueprint.get("/cases/<uuid:case_id>/erasures/<int:number>")
@may("approve_erasure")
def ask(case_id: UUID, number: int) -> str:
    """What is proposed, and by whom: to destroy it, to refuse, or to leave it for later."""
    case = case_or_404(case_id)
    return _page(case, number, _open(case, number))


@blueprint.post("/cases/<uuid:case_id>/erasures/<int:number>")
@may("approve_erasure")
def approve(case_id: UUID, number: int) -> Any:
    """All of it goes, when what is typed is what was asked. Sent twice, it is done once."""
    if _is_erased(case_id):
        return redirect(url_for("erasures.overview"), 303)
    case = case_or_404(case_id)
    proposal = _open(case, number)
    if proposal.of is not None:  # has a form, as any other entry: nobody types a number for it
        abort(404)
    if request.form.get("confirm", "").strip().casefold() != _to_type(case).casefold():
        wrong = gettext("This is not what has to be typed. Nothing is destroyed.")
        return _page(case, number, proposal, wrong), 422
    how: Telling = {"by": actor(), "happened_on": today()}
    try:
        client = casework().erase(case.id, number, how)
    except Refused as error:
        return _page(case, number, proposal, sentence(error)), 422
    wrote(case.id, number, "approve_erasure")
    erasing.write_down(desk().database, casework().vault)
    _forget_here(client)
    flash(gettext("Everything that was kept of this client is being destroyed."))
    return redirect(url_for("erasures.one", client=client), 303)


def _open(case: Case, number: int) -> Erasure:
    """A proposal that nobody answered."""
    found = case.plan.erasures.get(number)
    return found if found and found.open else abort(404)


def _forget_here(client: UUID) -> None:
    """Every session that names a case of theirs goes: this one names none any more."""
    gone = {str(stream) for stream in casework().vault.streams_of(client)}
    for place in (PURPOSES, TALKS):
        session[place] = {case: said for case, said in session.get(place, {}).items() if case not in gone}


def _page(case: Case, number: int, proposal: Erasure, wrong: str = "") -> str:
    streams = casework().vault.streams_of(case.client_id)
    with rows() as db:
        there = erasing.what_there_is(db, streams)
        others = [] if proposal.of else list(named(db, list(streams - {case.id})).values())
    listed((one.case_id for one in others), Code.LIST)
    holds = [hold for hold in case.plan.holds.values() if not hold.lifted_on]
    return render_template(
        "erasure.html",
        case=case,
        number=number,
        proposal=proposal,
        asked=case.plan.requests.get(proposal.request or 0),
        there=there,
        others=others,
        holds=holds,
        to_type=_to_type(case),
        posted=fresh(),
        today=f"{today():%d-%m-%Y}",
        wrong=wrong,
        own=proposal.by is not None and proposal.by.user == actor().user,
    )


def _speaking_of_what_goes(case: Case, typed: Typed) -> list[Entry]:
    """For the forms in which one entry is proposed, or decided about."""
    entry, proposal = typed.get("entry", ""), typed.get("proposal", "")
    if entry.isdecimal():
        return speaking_of(case.entries, int(entry))
    found = case.plan.erasures.get(int(proposal)) if proposal.isdecimal() else None
    return speaking_of(case.entries, found.of if found else None)


def _to_type(case: Case) -> str:
    """What is typed to show that it is meant: the number of the case, the name, or what is done."""
    client = case.plan.client
    return client.case_number or client.name or gettext("Destroy all of it")


def _is_erased(case_id: UUID) -> bool:
    """Before anything is shown: the same form was sent a moment ago."""
    try:
        casework().history(case_id)
    except (CaseIsErased, NoSuchCase) as why:
        return isinstance(why, CaseIsErased)
    return False


def _erased(client: UUID | None = None) -> list[erasing.Erasure]:
    with connect_to(desk().database.dsn(APP, KEYS)) as keys:
        return erasing.erasures(keys, client)


blueprint.add_app_template_global(speaking_of)
blueprint.add_app_template_global(_speaking_of_what_goes, "speaking_of_what_goes")
