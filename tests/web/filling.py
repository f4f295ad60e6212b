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
from domain.kinds import (
    Asks,
    ChoiceSize,
    ChoiceSubject,
    ComplaintLaw,
    ConsentPurpose,
    LegalKind,
    Part,
    PartyKind,
    PersonKind,
    RequestKind,
    Scope,
    SupportKind,
    Voice,
    WhyRefused,
    WhyRestricted,
)
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
    case.state_need("Vervoer naar het zwembad.", Voice.WORKER, **how)
    case.join_party("Buurtbus", PartyKind.INFORMAL, "Vervoer", **given.deciding())
    case.offer_choice(ChoiceSubject.ACTIVITY, ("Linzensoep", "Pompoensoep"), ChoiceSize.SMALL, **how)
    case.agree_tryout("Koken zonder lijstje", date(2026, 12, 1), **given.deciding())
    case.impose_restriction(
        what="Het gas is 's nachts dicht.",
        in_plan=True,
        legal_ground="Wzd artikel 10",
        lighter_ways_considered="Een melder was te laat.",
        ends_on=date(2026, 12, 20),
        **given.deciding(say=given.no()),
    )
    case.join_person(name="Nadia Bakker", kind=PersonKind.WORKER, organisation="De Brug", **how)
    case.place_hold("Er loopt een klacht.", **how)
    _looked_at_again(case)
    _allowed(case)
    case.receive_request(RequestKind.COPY, Voice.CLIENT, "Ik wil alles op papier.", **how)
    return case


def _allowed(case: Case) -> None:
    """Somebody speaks for the client, and her brother may know her goals."""
    rita = given.a_representative(case)
    case.name_representative(rita, LegalKind.CURATOR, Scope.ALL, **given.telling())
    henk = given.person_called(case, "Henk Mulder")
    case.give_consent(ConsentPurpose.SHARING, henk, (Part.GOALS,), **given.deciding())


def _looked_at_again(case: Case) -> None:
    """A mediator helps, a complaint waits for its answer, and one entry is not used."""
    how = given.telling()
    case.involve_mediator(mediator="Anna de Boer", **given.deciding())
    case.voice_complaint("Er kwam drie keer niemand.", ComplaintLaw.WMO, **how)
    case.name_strength("Kan goed luisteren.", Voice.WORKER, **how)
    case.restrict_entry(case.version, WhyRestricted.OBJECTION, **how)


def done_with() -> Case:
    """A case in which nothing runs any more, and which is still open."""
    case = given.with_support()
    case.end_support(given.the(case.plan.supports), "Het lukt alleen.", **given.deciding())
    return case


def a_goal_that_waits() -> Case:
    """A case in which a goal waits for a while."""
    case = given.with_support()
    case.pause_goal(given.the(case.plan.goals), "Eerst verhuizen.", **given.deciding())
    return case


def a_pause() -> Case:
    """A case in which the help does not come for a while."""
    case = given.with_support()
    case.pause_support(given.the(case.plan.supports), "Bij haar zus.", **given.deciding())
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
    elif question.kind == "file":
        yield name, "WmVsZiBnZXRla2VuZC4="
    elif question.kind == "ties":
        yield from ((f"{name}.0.person", "Mijn zus Els"), (f"{name}.0.bond", "strong"))
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
