"""Forms filled in as a browser does it, and a case in which every command has something to say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any
from uuid import UUID

from flask import Flask

from domain.case import Case
from domain.entry import Entry
from domain.kinds import Asks, PartyKind, PersonKind, SupportKind, Voice, WhyRefused
from tests import given
from tests.web.conftest import Visitor, desk_of
from web.forms.asking import EntryForm
from web.forms.situation import Situation

TODAY = given.TODAY


def kept(app: Flask, case: Case) -> UUID:
    """The case, in the record."""
    desk_of(app).casework.open(case)
    return case.id


def entries(app: Flask, case_id: UUID) -> list[Entry]:
    return desk_of(app).casework.history(case_id).entries


def a_full_case() -> Case:
    """Sanne's case with something open of everything."""
    case = given.sanne()
    how = given.telling()
    goal = case.propose_goal(
        words="Ik ga elke week zwemmen.", words_of=Voice.CLIENT, proposed_by=Voice.CLIENT, **how
    )
    ride, home = SupportKind.TRANSPORT, SupportKind.HOUSEHOLD
    case.offer_support(what="Rit naar het zwembad", kind=ride, provider="Buurtbus", goal_id=goal, **how)
    refused = case.offer_support(what="Hulp in huis", kind=home, provider="De Brug", **how)
    case.refuse_support(refused, WhyRefused.OTHER, **given.deciding(say=given.no()))
    case.make_proposal(
        subject=goal,
        now="Elke week",
        then="Elke twee weken",
        proposed_by=Voice.WORKER,
        asks=Asks.CLIENT,
        **how,
    )
    case.voice_disagreement(Voice.NETWORK, "Twee uur is te weinig.", **how)
    case.plan_evaluation(date(2026, 12, 1), **how)
    case.join_party("Buurtbus", PartyKind.INFORMAL, "Vervoer", **given.deciding())
    case.join_person(name="Nadia Bakker", kind=PersonKind.WORKER, organisation="De Brug", **how)
    return case


def done_with() -> Case:
    """A case in which nothing runs any more, and which is still open."""
    case = given.with_support()
    case.end_support(given.the(case.plan.supports), "Het lukt alleen.", **given.deciding())
    return case


def hidden(text: str) -> dict[str, str]:
    """What a form sends without being asked."""
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', text))


def theirs(page: str) -> str:
    """What a page shows of what somebody else recorded meanwhile."""
    return page.partition('aria-labelledby="theirs-h"')[2].partition("</section>")[0]


def opened(browser: Visitor, address: str) -> dict[str, str]:
    """A form that was just opened: what it sends along, and the date of today."""
    page = browser.get(address)
    assert page.status_code == 200, page.text
    found = hidden(page.text.partition("<main")[2])
    return {"happened_on": f"{TODAY:%d-%m-%Y}"} | found


def filled(form: EntryForm, case: Case, **own: str) -> dict[str, Any]:
    """What is required, filled in with the first that can be chosen."""
    form.suit(Situation(case, TODAY), own)
    return {
        name: value
        for name, question in form.questions.items()
        if question.required and name not in own
        for name, value in _answer(name, question, Situation(case, TODAY))
    } | own


def _answer(name: str, question: Any, at: Situation) -> Iterator[tuple[str, str]]:
    if question.kind == "amount":
        yield from ((f"{name}.number", "3"), (f"{name}.unit", "hours"), (f"{name}.per", "week"))
    elif question.kind in ("choice", "select", "pick"):
        yield name, question.options(at)[0].value
    elif question.kind == "day":
        yield name, f"{TODAY:%d-%m-%Y}"
    else:
        yield name, "Zo is het gezegd."


def address(case_id: UUID, command: str) -> str:
    return f"/cases/{case_id}/record/{command.replace('_', '-')}"


def send(browser: Visitor, where: str, **facts: Any) -> Any:
    """Open the form, fill it in, send it."""
    return browser.post(where, data=opened(browser, where) | facts)


@contextmanager
def speaking(app: Flask) -> Iterator[None]:
    """Inside a request, where choices have words."""
    with app.test_request_context("/"):
        yield
