"""What the client asks reaches the coordinator at once, with its age: on the list, and on top of the case."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask

from domain.case import Case
from domain.entry import Role
from domain.kinds import Asks, ComplaintLaw, RequestKind, Voice, WhyRestricted
from domain.proposals import ProposalMade
from domain.store.accounts import add_account
from domain.store.database import APP, Database
from projections.position import Position
from projections.signals import looking
from tests import given
from tests.projections.test_worker import a_worker
from tests.web.conftest import PASSPHRASE, Visitor, desk_of, sign_in
from tests.web.filling import hidden
from tests.web.following import a_case_of, kept

AT_ONCE = 2.0  # seconds


@pytest.fixture
def ilse(as_: Callable[..., Visitor]) -> Visitor:
    return as_("ilse", team="Noord")


def asking(name: str) -> Case:
    """A client who asked four things since 12 November."""
    case, day = a_case_of(name), date(2026, 11, 12)
    given.clock_of(case).to(day)
    how = given.telling(day)
    case.make_proposal(then="Ik wil liever zwemmen.", proposed_by=Voice.CLIENT, asks=Asks.ORGANISATION, **how)
    case.receive_request(RequestKind.OBJECTION, Voice.CLIENT, "Waarom keek zij?", **how)
    case.voice_complaint("Er kwam niemand.", ComplaintLaw.WMO, **how)
    goal = case.propose_goal(words="Rust", words_of=Voice.WORKER, proposed_by=Voice.WORKER, **how)
    case.take_stance(goal, given.wants_to_talk("Bel me eerst."), **how)
    given.clock_of(case).to(given.TODAY)
    return case


def test_the_list_says_what_waits_and_how_long(app: Flask, ilse: Visitor) -> None:
    kept(app, asking("Jan Jansen"), a_case_of("Piet"))
    page = ilse.get("/cases?waiting=1").text
    days = (desk_of(app).casework.clock().date() - date(2026, 11, 12)).days
    for words in ("Voorstel van cliënt wacht", "Verzoek van cliënt wacht", "Klacht van cliënt wacht"):
        assert f"{words} {days} dagen" in page, words
    assert f"Cliënt wil eerst praten, wacht {days} dagen" in page
    assert "Vraag van de cliënt wacht" in page
    assert "Piet" not in page


def test_the_case_says_so_on_top_in_the_clients_words(app: Flask, ilse: Visitor) -> None:
    case = asking("Jan Jansen")
    kept(app, case)
    top = ilse.get(f"/cases/{case.id}").text.partition('id="waits-h"')[2].partition("</section>")[0]
    for words in ("Ik wil liever zwemmen.", "Waarom keek zij?", "Er kwam niemand.", "Bel me eerst."):
        assert words in top, words
    assert "sinds" in top
    assert f"answer-proposal?proposal={given.the(case.plan.proposals)}" in top


def test_what_may_not_be_used_now_is_not_on_top(app: Flask, ilse: Visitor) -> None:
    case = asking("Jan Jansen")
    case.restrict_entry(given.the(case.plan.complaints), WhyRestricted.OBJECTION, **given.telling())
    kept(app, case)
    page = ilse.get(f"/cases/{case.id}").text
    assert "Er kwam niemand." not in page
    assert "Ik wil liever zwemmen." in page


def test_nothing_waits_where_nothing_was_asked(app: Flask, ilse: Visitor) -> None:
    case = a_case_of("Jan Jansen")
    kept(app, case)
    assert 'id="waits-h"' not in ilse.get(f"/cases/{case.id}").text


def test_a_proposal_of_the_client_is_on_the_coordinators_list_within_two_seconds(
    app: Flask, fresh: Database, ilse: Visitor
) -> None:
    case = a_case_of("Jan Jansen")
    desk = desk_of(app)
    with desk.pool.connection() as db:
        name = f"jan-{case.client_id.hex[:8]}"
        add_account(db, name, PASSPHRASE, name="Jan Jansen", role=Role.CLIENT, id=case.client_id)
    with a_worker(fresh), Position(fresh.dsn(APP)) as position:
        assert position.wait(desk.casework.open(case), 20, looking.WHO)
        client = app.test_client()
        sign_in(client, name)
        address = f"/my-plan/{case.id}/propose"
        form = hidden(client.get(address).text.partition("<main")[2])
        assert "Voorstel van cliënt wacht" not in ilse.get("/cases").text
        answer = client.post(address, data=form | {"then": "Ik wil liever zwemmen."})
        sent = time.monotonic()
        assert answer.status_code == 303, answer.text
        assert isinstance(desk.casework.history(case.id).entries[-1], ProposalMade)
        while "Voorstel van cliënt wacht sinds vandaag" not in ilse.get("/cases?waiting=1").text:
            assert time.monotonic() - sent < AT_ONCE, "it is not on the list yet"
            time.sleep(0.05)
