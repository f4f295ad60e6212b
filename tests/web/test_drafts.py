"""Drafts: kept for their writer alone, until they are recorded, thrown away, or have had their time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID, uuid4

import psycopg
import pytest
from flask import Flask

from domain.entry import Role
from domain.permissions import may
from domain.settings import DRAFTS_LAST
from tests import given
from tests.web.conftest import Visitor, desk_of, sign_in, token
from tests.web.filling import a_full_case, address, entries, kept, opened
from tests.web.following import a_case_of, joins
from web.forms import forms

As = Callable[..., Visitor]
WORDS = "Ik wil <b>weer</b> zwemmen."
NOTE = {"words": WORDS}


@pytest.fixture(autouse=True)
def nothing_kept(app: Flask) -> None:
    with desk_of(app).pool.connection() as db:
        db.execute("DELETE FROM draad.draft")


@pytest.fixture
def ilse(as_: As) -> Visitor:
    return as_("ilse")


@pytest.fixture
def in_use(app: Flask) -> Iterator[Flask]:
    """As people use it: an error gets its page instead of failing the test."""
    app.testing = False
    yield app
    app.testing = True


def note_of(case_id: UUID) -> str:
    return address(case_id, "take_action")


def put_aside(browser: Visitor, where: str, **facts: Any) -> dict[str, Any]:
    """Keep a form as a draft; gives what was sent."""
    sent = opened(browser, where) | facts
    answer = browser.post(where, data=sent | {"as_draft": "1"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/drafts")
    return sent


def draft_links(browser: Visitor) -> list[str]:
    return re.findall(r'href="([^"]*\?draft=[^"]*)"', browser.get("/drafts").text)


def later(app: Flask, by: timedelta, what: str = "draft", column: str = "changed_at") -> None:
    """Time goes by, as far as this table is concerned."""
    with desk_of(app).pool.connection() as db:
        db.execute(f"UPDATE draad.{what} SET {column} = {column} - %s".encode(), [by])  # noqa: S608


def test_a_form_put_aside_is_recorded_by_nobody_and_opens_as_it_was(app: Flask, ilse: Visitor) -> None:
    case_id = kept(app, given.sanne())
    put_aside(ilse, note_of(case_id), happened_on="3-11-2026", **NOTE)
    assert len(entries(app, case_id)) == len(given.sanne().entries)
    (link,) = draft_links(ilse)
    page = ilse.get(link).text
    assert "Ik wil &lt;b&gt;weer&lt;/b&gt; zwemmen.</textarea>" in page
    assert 'value="3-11-2026"' in page
    assert "Dit is uw concept" in page


def test_every_form_can_be_put_aside(app: Flask, ilse: Visitor) -> None:
    case_id = kept(app, a_full_case())
    theirs = {command: form for command, form in forms().items() if may(Role.COORDINATOR, command)}
    for command, form in theirs.items():
        steps = {"entry": "2", "field": "case_number"} if form.STEPS else {}
        where = address(case_id, command) + ("?entry=2&field=case_number" if steps else "")
        sent = put_aside(ilse, where, **steps)
        again = ilse.get(f"{address(case_id, command)}?draft={sent['posted']}")
        assert again.status_code == 200, command
        assert 'name="as_draft"' in again.text, command
    assert len(draft_links(ilse)) == len(theirs)


def test_recording_it_takes_the_draft_away(app: Flask, ilse: Visitor) -> None:
    case_id = kept(app, given.sanne())
    put_aside(ilse, note_of(case_id), **NOTE)
    (link,) = draft_links(ilse)
    form = opened(ilse, link) | NOTE
    assert ilse.post(note_of(case_id), data=form).status_code == 303
    assert draft_links(ilse) == []
    assert len(entries(app, case_id)) == len(given.sanne().entries) + 1


def test_putting_it_aside_again_changes_the_same_draft(app: Flask, ilse: Visitor) -> None:
    case_id = kept(app, given.sanne())
    put_aside(ilse, note_of(case_id), **NOTE)
    (link,) = draft_links(ilse)
    put_aside(ilse, link, words="Anders.")
    assert draft_links(ilse) == [link]
    assert "Anders.</textarea>" in ilse.get(link).text


def test_a_talk_with_all_its_parts_is_put_aside_and_recorded_later(app: Flask, ilse: Visitor) -> None:
    case_id = kept(app, given.sanne())
    where = f"/cases/{case_id}/conversation"
    said = {
        "block": ["1:voice-wish", "2:name-strength"],
        "1:words": WORDS,
        "kind": "intake",
        "2:named_by": "client",
    }
    put_aside(ilse, where, **said)
    (link,) = draft_links(ilse)
    page = ilse.get(link).text
    assert "1. Wens opschrijven</h2>" in page
    assert "2. Kracht noemen</h2>" in page
    assert "Ik wil &lt;b&gt;weer&lt;/b&gt; zwemmen.</textarea>" in page
    assert page.count(" checked") == 2
    more = {"client_present": "yes", "1:form": "said", "1:voiced_by": "client", "2:words": "Koken."}
    assert ilse.post(where, data=opened(ilse, link) | said | more).status_code == 303
    assert draft_links(ilse) == []


def test_the_menu_says_how_many_there_are_when_there_are_any(app: Flask, ilse: Visitor) -> None:
    case_id = kept(app, given.sanne())
    assert 'href="/drafts"' not in ilse.get("/cases").text
    put_aside(ilse, note_of(case_id), **NOTE)
    assert "Concepten (1)" in ilse.get("/cases").text


def test_the_list_tells_whose_what_and_until_when(app: Flask, ilse: Visitor) -> None:
    case_id = kept(app, given.sanne())
    put_aside(ilse, note_of(case_id), **NOTE)
    until = desk_of(app).casework.clock() + DRAFTS_LAST
    page = ilse.get("/drafts").text
    assert "Sanne" in page
    assert f"{until:%d-%m-%Y}" in page
    assert "zwemmen" not in page


def test_thrown_away_is_gone(app: Flask, ilse: Visitor) -> None:
    case_id = kept(app, given.sanne())
    sent = put_aside(ilse, note_of(case_id), **NOTE)
    (link,) = draft_links(ilse)
    drop = {"csrf_token": token(ilse, "/drafts")}
    assert ilse.post(f"/drafts/{sent['posted']}/drop", data=drop).status_code == 303
    assert draft_links(ilse) == []
    assert ilse.get(link).status_code == 404
    assert ilse.post(f"/drafts/{sent['posted']}/drop", data=drop).status_code == 404


def test_nobody_else_sees_opens_or_drops_it(app: Flask, as_: As, ilse: Visitor) -> None:
    """Not a colleague with the same clients, not a manager: to them it is not there."""
    case_id = kept(app, given.sanne())
    sent = put_aside(ilse, note_of(case_id), **NOTE)
    (link,) = draft_links(ilse)
    colleague = as_("vera")
    assert draft_links(colleague) == []
    assert colleague.get(link).status_code == 404
    drop = {"csrf_token": token(colleague, "/cases")}
    assert colleague.post(f"/drafts/{sent['posted']}/drop", data=drop).status_code == 404
    assert colleague.get(note_of(case_id) + f"?draft={uuid4()}").status_code == 404
    assert draft_links(as_("max", Role.MANAGER)) == []
    assert draft_links(ilse) == [link]


def test_a_colleague_who_sends_the_same_id_does_not_touch_mine(app: Flask, as_: As, ilse: Visitor) -> None:
    case_id = kept(app, given.sanne())
    sent = put_aside(ilse, note_of(case_id), **NOTE)
    colleague = as_("vera")
    theirs = opened(colleague, note_of(case_id)) | {"posted": sent["posted"], "words": "Van Vera."}
    colleague.post(note_of(case_id), data=theirs | {"as_draft": "1"})
    assert "zwemmen" in ilse.get(draft_links(ilse)[0]).text
    colleague.post(note_of(case_id), data=theirs)
    assert len(draft_links(ilse)) == 1


def test_a_draft_opens_on_its_own_page_only(app: Flask, ilse: Visitor) -> None:
    case_id, other = kept(app, given.sanne()), kept(app, a_case_of("Jan Jansen"))
    sent = put_aside(ilse, note_of(case_id), **NOTE)
    for where in (note_of(other), address(case_id, "voice_wish"), f"/cases/{case_id}/conversation"):
        assert ilse.get(f"{where}?draft={sent['posted']}").status_code == 404
    assert ilse.get(f"{note_of(case_id)}?draft=x").status_code == 404


def test_of_a_client_who_is_no_longer_theirs_it_can_only_be_thrown_away(app: Flask, as_: As) -> None:
    noor = as_("noor", Role.WORKER, "Zuid")
    case = a_case_of("Jan Jansen")
    person = joins(case, noor.account)  # type: ignore[attr-defined]
    case_id = kept(app, case)
    sent = put_aside(noor, note_of(case_id), **NOTE)
    (link,) = draft_links(noor)
    with desk_of(app).casework.changing(case_id) as change:
        change.case.leave_person(person, "Ander werk.", **given.telling())
    page = noor.get("/drafts").text
    assert draft_links(noor) == []
    assert "U werkt niet meer met deze cliënt" in page
    assert "Jansen" not in page
    assert noor.get(link).status_code == 404
    drop = {"csrf_token": token(noor, "/drafts")}
    assert noor.post(f"/drafts/{sent['posted']}/drop", data=drop).status_code == 303


def test_after_its_time_it_is_not_there_any_more(app: Flask, ilse: Visitor) -> None:
    case_id = kept(app, given.sanne())
    put_aside(ilse, note_of(case_id), **NOTE)
    (link,) = draft_links(ilse)
    later(app, DRAFTS_LAST - timedelta(minutes=1))
    assert draft_links(ilse) == [link]
    later(app, timedelta(minutes=1))
    assert draft_links(ilse) == []
    assert ilse.get(link).status_code == 404


def test_too_much_for_a_draft_is_said_and_stays_on_the_page(app: Flask, ilse: Visitor) -> None:
    case_id = kept(app, given.sanne())
    sent = opened(ilse, note_of(case_id)) | {"words": "x" * 210_000, "as_draft": "1"}
    answer = ilse.post(note_of(case_id), data=sent)
    assert answer.status_code == 422
    assert "te lang voor een concept" in answer.text
    assert "xxx</textarea>" in answer.text


# The session ended while somebody was writing.
def ended(app: Flask, by: timedelta = timedelta(hours=1), column: str = "used_at") -> None:
    later(app, by, "session", column)


@pytest.mark.parametrize("column", ["used_at", "started_at"])
@pytest.mark.parametrize("page", ["record/take-action", "conversation", "say-sheet"])
def test_what_was_typed_when_the_session_ended_waits_for_the_same_person(
    app: Flask, ilse: Visitor, page: str, column: str
) -> None:
    case_id = kept(app, given.sanne())
    where = f"/cases/{case_id}/{page}"
    form = opened(ilse, where) | {"words": WORDS, "shown_form": "Op papier."}
    ended(app, timedelta(hours=11), column)
    answer = ilse.post(where, data=form)
    assert answer.status_code == 303
    way = answer.headers["Location"]
    assert "is bewaard als concept" in ilse.get(way).text
    assert len(entries(app, case_id)) == len(given.sanne().entries)
    (wanted,) = parse_qs(urlsplit(way).query)["next"]
    assert ilse.get(wanted).status_code == 303, "nobody is signed in yet"
    sign_in(ilse, "ilse", next=wanted)
    page_now = ilse.get(wanted).text
    assert "zwemmen.</textarea>" in page_now or 'value="Op papier."' in page_now


def test_whoever_signs_in_after_somebody_else_does_not_get_their_text(
    app: Flask, ilse: Visitor, account: Callable[..., Any]
) -> None:
    case_id = kept(app, given.sanne())
    form = opened(ilse, note_of(case_id)) | NOTE
    ended(app)
    way = ilse.post(note_of(case_id), data=form).headers["Location"]
    account("vera")
    sign_in(ilse, "vera")
    assert ilse.get(parse_qs(urlsplit(way).query)["next"][0]).status_code == 404
    assert draft_links(ilse) == []


def _signed_out(app: Flask, browser: Visitor) -> None:
    browser.post("/sign-out", data={"csrf_token": token(browser, "/cases")})


def _long_ago(app: Flask, browser: Visitor) -> None:
    ended(app, timedelta(hours=25))


def _disabled(app: Flask, browser: Visitor) -> None:
    ended(app)
    with desk_of(app).pool.connection() as db:
        db.execute("UPDATE draad.account SET disabled_at = now() WHERE user_name = 'ilse'")


def _swept(app: Flask, browser: Visitor) -> None:
    with desk_of(app).pool.connection() as db:
        db.execute("DELETE FROM draad.session")


@pytest.mark.parametrize("how", [_signed_out, _long_ago, _disabled, _swept])
def test_when_it_is_not_certain_whose_it_was_the_text_is_given_back(
    app: Flask, ilse: Visitor, how: Callable[[Flask, Visitor], None]
) -> None:
    case_id = kept(app, given.sanne())
    form = opened(ilse, note_of(case_id)) | NOTE
    how(app, ilse)
    answer = ilse.post(note_of(case_id), data=form)
    assert answer.status_code == 400
    assert "Ik wil &lt;b&gt;weer&lt;/b&gt; zwemmen." in answer.text
    assert "Kopieer het" in answer.text
    assert _drafts_in(app) == 0


def _drafts_in(app: Flask) -> int:
    with desk_of(app).pool.connection() as db:
        row = db.execute("SELECT count(*) FROM draad.draft").fetchone()
    assert row
    return int(row[0])


@pytest.mark.parametrize("given_token", ["", "made-up", "of somebody else"])
def test_without_the_token_of_that_session_nothing_is_kept(
    app: Flask, as_: As, ilse: Visitor, given_token: str
) -> None:
    """Else another site could fill somebody's drafts."""
    case_id = kept(app, given.sanne())
    form = opened(ilse, note_of(case_id)) | NOTE
    foreign = token(as_("vera"), "/cases") if given_token == "of somebody else" else given_token
    ended(app)
    assert ilse.post(note_of(case_id), data=form | {"csrf_token": foreign}).status_code == 400
    assert _drafts_in(app) == 0


def test_a_session_that_ended_opens_nothing_and_keeps_nothing_of_a_case_that_is_not_theirs(
    app: Flask, as_: As
) -> None:
    noor, case_id = as_("noor", Role.WORKER, "Zuid"), kept(app, given.sanne())
    form = {"csrf_token": token(noor, "/cases"), "posted": str(uuid4()), "version": "1", **NOTE}
    ended(app)
    assert noor.get("/drafts").status_code == 303
    assert noor.post(note_of(case_id), data=form).status_code == 400
    assert noor.post(note_of(uuid4()), data=form).status_code == 400
    assert _drafts_in(app) == 0


# The database is away: nothing can be kept.
class Away:
    """A pool whose database is away."""

    def connection(self) -> None:
        raise psycopg.OperationalError


def test_while_the_database_is_away_the_text_is_given_back(in_use: Flask, ilse: Visitor) -> None:
    case_id, desk = kept(in_use, given.sanne()), desk_of(in_use)
    form = opened(ilse, note_of(case_id)) | NOTE | {"passphrase": "geheim"}
    pool = desk.pool
    desk.pool = Away()  # type: ignore[assignment]
    try:
        answer = ilse.post(note_of(case_id), data=form)
    finally:
        desk.pool = pool
    assert answer.status_code == 503
    assert "Ik wil &lt;b&gt;weer&lt;/b&gt; zwemmen." in answer.text
    assert "Kopieer het" in answer.text
    assert "geheim" not in answer.text
    assert len(entries(in_use, case_id)) == len(given.sanne().entries)


def test_when_the_database_goes_away_half_way_the_text_is_given_back(in_use: Flask, ilse: Visitor) -> None:
    """The page that says so asks the database nothing: not how many drafts there are either."""
    case_id, desk = kept(in_use, given.sanne()), desk_of(in_use)
    form = opened(ilse, note_of(case_id)) | NOTE
    pool = desk.pool

    def fail(**_: object) -> str:
        desk.pool = Away()  # type: ignore[assignment]
        raise psycopg.OperationalError

    view = in_use.view_functions["record.record"]
    in_use.view_functions["record.record"] = fail
    try:
        answer = ilse.post(note_of(case_id), data=form)
    finally:
        in_use.view_functions["record.record"], desk.pool = view, pool
    assert answer.status_code == 503
    assert "Ik wil &lt;b&gt;weer&lt;/b&gt; zwemmen." in answer.text
