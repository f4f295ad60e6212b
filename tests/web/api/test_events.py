"""The feed: all that is theirs, once, in order, and nothing else; also for a client that falls over."""

from __future__ import annotations

import random
import re
import threading
import time
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from domain.case import Case
from domain.entry import Actor, Role
from domain.kinds import ConsentPurpose, Part, PersonKind, Voice, WhyWithdrawn, WishForm
from domain.store import tokens
from projections import feed
from projections.cloud_event import WrongOrganisation, source_of
from projections.position import newest
from tests import given
from tests.web.api.conftest import Program, Programs, is_a_problem
from tests.web.api.feeding import a_case, cancel, comes, places, told, whole, wish
from tests.web.conftest import desk_of
from tests.web.filling import kept
from tests.web.following import joins
from web.api import events

pytestmark = pytest.mark.usefixtures("noon")
REQUIRED = {"specversion", "id", "source", "type"}


def looks(app: Flask) -> list[tuple[UUID, str, str]]:
    with desk_of(app).pool.connection() as db:
        return db.execute("SELECT object_id, authorisation_protocol, detail FROM draad.access_log").fetchall()


def test_an_event_is_a_cloud_event_of_the_dutch_profile(app: Flask, ilse: Program) -> None:
    case = a_case("Mia")
    kept(app, case)
    answer = ilse.get("/events")
    assert answer.content_type == "application/cloudevents-batch+json"
    first, second = answer.get_json(force=True)
    assert first.keys() >= REQUIRED
    assert all(re.fullmatch("[a-z0-9]{1,20}", name) for name in first)
    assert (first["specversion"], first["type"]) == ("1.0", "nl.draad.case-opened")
    assert re.fullmatch("urn:nld:draad:[0-9a-f-]{36}", first["source"])
    assert datetime.fromisoformat(second["time"]) == case.entries[1].timestamp
    assert second["sequence"] > first["sequence"]
    same = ilse.get(second["dataref"].removeprefix("/api/v1")).json
    assert second["data"] == same
    assert same
    assert same["facts"]["name"] == "Mia"


def test_no_attribute_holds_words_or_names(app: Flask, ilse: Program) -> None:
    kept(app, given.sanne())
    for one in told(ilse)[0]:
        attributes = str({name: value for name, value in one.items() if name not in ("data", "position")})
        assert not re.search("Sanne|Mulder|Thomas|kook|Wit", attributes)


def test_a_position_tells_nobody_how_much_is_recorded(app: Flask, ilse: Program) -> None:
    kept(app, a_case("Mia"))
    page, again = told(ilse)
    positions = [one["position"] for one in page]
    assert all(re.fullmatch(r"[\w-]{32}", one) for one in (*positions, again[14:46]))
    assert places(told(ilse, f"/events?after={positions[0]}")[0]) == places(page)[1:]
    other = positions[0][:-1] + ("A" if positions[0][-1] != "A" else "B")
    for wrong in (other, "1", "x" * 32, "0"):
        assert is_a_problem(ilse.get(f"/events?after={wrong}"), 400)["parameter"] == "after"


@pytest.mark.parametrize("asked", ["limit=0", "limit=1001", "wait=31", "wait=-1", "limit=x", "on=2026-01-01"])
def test_what_cannot_be_asked_is_named(ilse: Program, asked: str) -> None:
    assert is_a_problem(ilse.get(f"/events?{asked}"), 400)["parameter"] == asked.partition("=")[0]


def test_a_client_that_falls_over_at_random_has_each_event_in_the_end(app: Flask, ilse: Program) -> None:
    """It forgets what came after its last stop, and asks again; somebody else writes meanwhile."""
    chance, cases = random.Random(8), [a_case(str(number)) for number in range(4)]
    foreign = a_case("Vera", by=Actor(UUID(int=9), Role.COORDINATOR, "Vera", "De Brug", "Zuid"))
    for case in (foreign, *cases):
        case.join_person(name="Nadia", kind=PersonKind.WORKER, organisation="De Brug", **given.telling())
        kept(app, case)
    received: list[tuple[str, int]] = []
    stopped_at, address = 0, "/events?limit=3"
    quiet = 0
    while quiet < 3:
        if chance.random() < 0.6 and stopped_at < 40:
            case = chance.choice([*cases, foreign])
            if chance.random() < 0.5:
                wish(app, case, f"Wens {stopped_at}")
            else:
                contact = comes(app, case)
                if chance.random() < 0.5:
                    cancel(app, case, contact)
        page, again = told(ilse, address)
        if chance.random() < 0.3:  # it fell over: what it did not write down is gone
            continue
        received += places(page)
        stopped_at, address = len(received), again
        quiet = 0 if page else quiet + 1
    ours = {place for case in cases for place in whole(desk_of(app).casework.history(case.id))}
    assert len(received) > 20
    assert any(subject.endswith("/contacts") for subject, _ in received)
    assert received == sorted(set(received), key=received.index)
    assert set(received) == ours
    for subject in {subject for subject, _ in received}:
        assert [p for p in received if p[0] == subject] == sorted(p for p in ours if p[0] == subject)


def ten_wishes(app: Flask, case: Case) -> None:
    for number in range(10):
        wish(app, case, str(number))


def test_writers_at_the_same_moment_leave_no_hole(app: Flask, ilse: Program) -> None:
    """A reader that goes on after the highest number it saw, while several write."""
    cases = [a_case(str(number)) for number in range(4)]
    for case in cases:
        kept(app, case)
    writers = [threading.Thread(target=ten_wishes, args=(app, case)) for case in cases]
    for writer in writers:
        writer.start()
    received, address = list[tuple[str, int]](), "/events?limit=5"
    while True:
        busy = any(writer.is_alive() for writer in writers)
        page, address = told(ilse, address)
        received += places(page)
        if not page and not busy:
            break
    ours = {place for case in cases for place in whole(desk_of(app).casework.history(case.id))}
    assert len(received) == len(ours)
    assert set(received) == ours


def test_what_is_recorded_while_a_page_is_made_comes_on_the_next_and_not_on_both(
    app: Flask, ilse: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The end is taken first: an entry that comes in after that is read, and must not be told yet."""
    case = a_case("Mia")
    kept(app, case)
    wish(app, case)
    monkeypatch.setattr(feed, "newest", lambda db: newest(db) - 1)
    page, again = told(ilse)
    monkeypatch.undo()
    found = [*places(page), *places(told(ilse, again)[0])]
    assert found == whole(desk_of(app).casework.history(case.id))


def a_shared_case(app: Flask, partner: Program) -> tuple[Case, int]:
    """Of which a partner reads the goals."""
    case = a_case("Mia")
    joined = case.join_person(
        name="Joris",
        kind=PersonKind.WORKER,
        organisation="Buurtteam",
        user=partner.account.id,
        **given.telling(),
    )
    consent = case.give_consent(ConsentPurpose.SHARING, joined, (Part.GOALS,), **given.deciding())
    case.propose_goal(words="Ik zwem.", words_of=Voice.CLIENT, proposed_by=Voice.CLIENT, **given.telling())
    case.voice_wish("Een hond.", WishForm.SAID, Voice.CLIENT, **given.telling())
    kept(app, case)
    return case, consent


def test_a_partner_gets_what_the_client_shares_until_they_take_it_back(app: Flask, program: Programs) -> None:
    joris = program("joris", Role.PARTNER, "Oost")
    case, consent = a_shared_case(app, joris)
    page, again = told(joris)
    topics = {one["type"] for one in page}
    assert "nl.draad.goal-proposed" in topics
    assert "nl.draad.wish-voiced" not in topics
    assert "Kan ik hulp krijgen?" not in str(page)
    with desk_of(app).casework.changing(case.id) as change:
        change.case.withdraw_consent(consent, **given.deciding(say=given.no()))
        change.case.propose_goal(
            words="Ik fiets.", words_of=Voice.CLIENT, proposed_by=Voice.CLIENT, **given.telling()
        )
    assert told(joris, again)[0] == []
    assert told(joris)[0] == []


def test_who_stands_outside_a_case_gets_nothing_of_it(app: Flask, program: Programs) -> None:
    case = a_case("Mia")
    nadia, vera = program("nadia", Role.WORKER), program("vera", team="Zuid")
    joins(case, nadia.account)
    kept(app, case)
    wim = program("wim", Role.WORKER)
    assert places(told(nadia)[0]) == whole(case)
    for stranger in (vera, wim):
        page, again = told(stranger)
        assert page == []
        wish(app, case)
        assert told(stranger, again)[0] == []
    for role in (Role.ADMINISTRATOR, Role.CLIENT):
        is_a_problem(program(f"x{role}", role).get("/events"), 404)
    is_a_problem(app.test_client().get("/api/v1/events"), 401)


def test_an_emergency_opens_a_case_and_not_the_feed(app: Flask, program: Programs) -> None:
    case, wim = a_case("Mia"), program("wim", Role.WORKER)
    case.use_emergency_access("Niemand nam op.", **given.telling(by=wim.account.actor))
    kept(app, case)
    assert wim.get(f"/cases/{case.id}").status_code == 200
    assert told(wim)[0] == []


def test_a_manager_says_what_for(app: Flask, program: Programs) -> None:
    case, ingrid = a_case("Mia"), program("ingrid", Role.MANAGER)
    kept(app, case)
    assert "Draad-Purpose" in is_a_problem(ingrid.get("/events"), 403)["detail"]
    assert looks(app) == []
    assert len(told(ingrid, Draad_Purpose="quality")[0]) == 2
    assert looks(app) == [(case.id, "purpose", "api.events")]


def test_each_case_on_a_page_is_one_look(app: Flask, ilse: Program) -> None:
    cases = [a_case("Mia"), a_case("Bo")]
    for case in cases:
        kept(app, case)
    told(ilse)
    assert sorted(looks(app)) == sorted((case.id, "team", "api.events") for case in cases)
    told(ilse, told(ilse)[1])
    assert len(looks(app)) == 4


def test_what_was_written_in_the_wrong_case_is_masked(app: Flask, ilse: Program) -> None:
    case = a_case("Mia")
    case.voice_wish("Een hond.", WishForm.SAID, Voice.CLIENT, **given.telling())
    case.withdraw_entry(case.version, WhyWithdrawn.WRONG_CLIENT, **given.telling())
    kept(app, case)
    one = told(ilse)[0][2]
    assert (one["data"]["masked"], one["data"]["facts"]) == ("wrong_case", {})


def test_a_forgotten_client_is_in_no_page_and_holds_nothing_up(app: Flask, ilse: Program) -> None:
    gone, case = a_case("Mia"), a_case("Bo")
    for one in (gone, case):
        kept(app, one)
    desk_of(app).casework.vault.destroy(gone.client_id)
    assert places(told(ilse)[0]) == whole(case)


def test_a_case_that_cannot_be_read_holds_nothing_up(app: Flask, ilse: Program) -> None:
    broken, case = a_case("Mia"), a_case("Bo")
    for one in (broken, case):
        kept(app, one)
    with desk_of(app).pool.connection() as db:
        place = {"id": broken.id, "version": broken.version + 1}
        db.execute(
            """
            SELECT draad.append(ARRAY[%(id)s]::uuid[], ARRAY[%(version)s]::bigint[], ARRAY['wish_voiced'],
                                ARRAY['rubbish'::bytea], ARRAY[NULL]::bytea[])""",
            place,
        )
    assert places(told(ilse)[0]) == whole(case)


def test_an_event_wakes_who_waits(app: Flask, ilse: Program) -> None:
    case = a_case("Mia")
    kept(app, case)
    again = told(ilse)[1].replace("wait=0", "wait=20")
    writer = threading.Timer(0.4, wish, (app, case))
    began = time.monotonic()
    writer.start()
    page, _ = told(ilse, again)
    assert [one["type"] for one in page] == ["nl.draad.wish-voiced"]
    assert 0.3 < time.monotonic() - began < 5
    writer.join()


def test_a_token_that_is_revoked_while_it_waits_gets_nothing(app: Flask, ilse: Program) -> None:
    case = a_case("Mia")
    kept(app, case)
    again = told(ilse)[1].replace("wait=0", "wait=20")

    def revoke() -> None:
        with desk_of(app).pool.connection() as db:
            tokens.revoke(db, ilse.token_id)
        wish(app, case)

    writer = threading.Timer(0.3, revoke)
    writer.start()
    is_a_problem(ilse.get(again), 401)
    writer.join()


def test_not_everybody_waits_at_once(app: Flask, ilse: Program, program: Programs) -> None:
    """Whoever finds no seat is answered now, and told when to come back."""
    waiting, same = program("wim", Role.WORKER), program("wim", Role.WORKER)
    first = threading.Thread(target=waiting.get, args=("/events?wait=2",))
    first.start()
    _until(lambda: len(events._seated) == 1)
    second = same.get("/events?wait=2")
    assert (second.get_json(force=True), second.headers["Retry-After"]) == ([], "5")
    others = [UUID(int=number) for number in range(events.SEATS - 1)]
    events._seated.update(others)
    assert ilse.get("/events?wait=2").headers["Retry-After"] == "5"
    events._seated.difference_update(others)
    first.join()
    assert not events._seated
    assert "Retry-After" not in ilse.get("/events?wait=1").headers


def _until(so: Any) -> None:
    until = time.monotonic() + 5
    while not so() and time.monotonic() < until:
        time.sleep(0.01)


def test_a_long_look_in_vain_ends_and_goes_on(app: Flask, program: Programs) -> None:
    vera, desk = program("vera", team="Zuid").account.actor, desk_of(app)
    foreign, own = a_case("Mia"), a_case("Vera", by=vera)
    for case in (foreign, own):
        kept(app, case)
    at, pages, seen = 0, 0, list[int]()
    with desk.pool.connection() as db:
        while at < newest(db):
            page = feed.page(db, desk.casework, vera, at, limit=100, seconds=0)
            assert page.position > at
            at, pages = page.position, pages + 1
            seen += [one.place.number for one in page.news]
    assert seen == [1, 2]
    assert pages > 3


def test_a_page_reads_on_where_a_batch_ends(app: Flask, program: Programs) -> None:
    vera, desk = program("vera", team="Zuid").account.actor, desk_of(app)
    for case in (a_case("Mia"), given.sanne(), own := a_case("Vera", by=vera)):
        kept(app, case)
    with desk.pool.connection() as db:
        page = feed.page(db, desk.casework, vera, 0, limit=100, batch=2)
        assert [(str(one.case_id), one.place.number) for one in page.news] == whole(own)
        assert page.position == newest(db)


def test_the_organisation_is_known_by_its_number(app: Flask) -> None:
    secrets = desk_of(app).database.secrets
    assert (
        source_of({"DRAAD_ORGANISATION": "kvknr:09220932"}, secrets) == "urn:nld:kvknr:09220932:systeem:draad"
    )
    oin = "oin:00000001823288444000"
    assert source_of({"DRAAD_ORGANISATION": oin}, secrets) == f"urn:nld:{oin}:systeem:draad"
    with pytest.raises(WrongOrganisation):
        source_of({"DRAAD_ORGANISATION": "oin:1"}, secrets)
