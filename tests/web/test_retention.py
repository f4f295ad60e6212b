"""How long records are kept: what may go, by which law, and what one can do. The page destroys nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from html import escape

import pytest
from flask import Flask

from domain.case import Case
from domain.days import HERE, local_day
from domain.entry import Role
from domain.store import jobs
from domain.store.database import APP
from domain.store.timetable import Owed
from jobs.following import FOLLOWED
from projections.follower import Follower
from projections.retention import due
from tests import given
from tests.web.conftest import Visitor, desk_of, says_what_for

As = Callable[..., Visitor]
LONG_AGO = date(2000, 6, 1)


def recorded(app: Flask, day: date = LONG_AGO, name: str = "Sanne Mulder", hold: str = "") -> Case:
    """A case of which this is the last that was written down."""
    case = given.an_opened_case(day=day)
    given.clock_of(case).to(day)
    case.describe_client(name=name, **given.telling(day))
    if hold:
        case.place_hold(hold, **given.telling(day))
    desk_of(app).casework.open(case)
    return case


def listed(app: Flask) -> None:
    """As the worker does."""
    desk = desk_of(app)
    follower = Follower(desk.database.dsn(APP), desk.casework.mapper.to_domain_event, FOLLOWED)
    with desk.pool.connection() as db:
        while follower.step(db):
            pass
        due.make_list(db, local_day(desk.casework.clock()))


@pytest.fixture
def hanneke(as_: As) -> Visitor:
    return as_("hanneke", Role.MANAGER)


def part(page: str, name: str) -> str:
    found = re.search(rf'<section[^>]*aria-labelledby="{name}-h".*?</section>', page, re.DOTALL)
    assert found
    return found[0]


def test_what_may_go_says_by_which_law_and_which_entry_and_leads_to_a_proposal(
    app: Flask, hanneke: Visitor
) -> None:
    case = recorded(app)
    listed(app)
    may_go = part(hanneke.get("/retention").text, "due")
    assert "Sanne Mulder" in may_go
    assert "Wmo 2015, 5.3.4" in may_go
    assert "02-06-2015" in may_go
    assert f'href="/cases/{case.id}/entries/2"' in may_go
    ask = f"/cases/{case.id}/record/propose-erasure?ground=term_is_over&entry=all"
    assert escape(f'href="{ask}"', quote=False) in may_go
    assert f'href="/cases/{case.id}/record/place-hold"' in may_go
    says_what_for(hanneke, case.id)
    form = hanneke.get(ask)
    assert form.status_code == 200
    assert re.search(r'value="term_is_over"[^>]*(checked|selected)', form.text)


def test_what_may_go_within_a_year_cannot_be_proposed_yet(app: Flask, hanneke: Visitor) -> None:
    soon = local_day(desk_of(app).casework.clock()) + timedelta(days=100)
    recorded(app, date(soon.year - 15, soon.month, min(soon.day, 28)))
    listed(app)
    found = part(hanneke.get("/retention").text, "soon")
    assert "Sanne Mulder" in found
    assert "propose-erasure" not in found
    assert "place-hold" in found


def test_what_is_held_stands_apart_with_the_reason_one_click_away(app: Flask, hanneke: Visitor) -> None:
    case = recorded(app, hold="Rechtszaak")
    listed(app)
    page = hanneke.get("/retention").text
    assert "Sanne Mulder" not in part(page, "due")
    held = part(page, "held")
    assert f'href="/cases/{case.id}/entries/3"' in held
    assert "propose-erasure" not in held
    assert "Rechtszaak" not in page, "words stay in the case"


def test_everybody_on_the_list_is_a_line_in_the_log_of_who_looked(app: Flask, hanneke: Visitor) -> None:
    case = recorded(app)
    listed(app)
    hanneke.get("/retention")
    saved = hanneke.get("/retention.csv")
    assert "Sanne Mulder" in saved.text
    with desk_of(app).pool.connection() as db:
        lines = db.execute("SELECT event_code, object_id FROM draad.access_log ORDER BY id").fetchall()
    assert [of for _, of in lines] == [str(case.id)] * 2 or [of for _, of in lines] == [case.id] * 2


def test_without_a_list_it_says_who_makes_it(app: Flask, hanneke: Visitor) -> None:
    assert "nog niet gemaakt" in hanneke.get("/retention").text


def test_the_list_says_when_it_was_made_and_not_when_it_should_have_been(
    app: Flask, hanneke: Visitor
) -> None:
    now = desk_of(app).casework.clock()
    due_at, made = now - timedelta(hours=15), now - timedelta(hours=1)
    with desk_of(app).pool.connection() as db:
        jobs.begin(db, "retention", Owed(due_at, 0), made)
        jobs.finish(db, "retention", due_at, made, {})
    assert f"{made.astimezone(HERE):%d-%m-%Y om %H:%M}" in hanneke.get("/retention").text
