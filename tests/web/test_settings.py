"""Settings: managers and administrators choose when a signal speaks up, with a reason; all of it stays."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape

import pytest
from flask import Flask

from domain.entry import Role
from domain.store import jobs
from domain.store.timetable import Owed
from projections.signals import looking, usual
from projections.signals.signal import signals
from tests.web.conftest import Visitor, desk_of, token
from tests.web.following import a_case_of, kept

As = Callable[..., Visitor]
ADDRESS = "/settings/nobody-leads"


@pytest.fixture
def manager(as_: As) -> Visitor:
    return as_("mo", Role.MANAGER, "")


def choose(browser: Visitor, **typed: str) -> tuple[int, str]:
    form = {"threshold": "days", "version": "0", "value": "21", "why": "Past bij ons.", **typed}
    answer = browser.post(ADDRESS, data={"csrf_token": token(browser, ADDRESS), **form})
    return answer.status_code, unescape(answer.text)


def test_every_signal_stands_there_with_its_limits(manager: Visitor) -> None:
    page = manager.get("/settings").text
    for name in signals():
        address = f"/settings/{name.replace('_', '-')}"
        assert f'href="{address}"' in page
        assert manager.get(address).status_code == 200


def test_a_choice_counts_at_once_and_what_was_before_stays(app: Flask, manager: Visitor) -> None:
    kept(app, a_case_of("Jan Jansen"))
    assert choose(manager)[0] == 303
    assert choose(manager, version="1", value="30", why="Toch langer.")[0] == 303
    page = manager.get(ADDRESS).text
    assert "30 dagen</h2>" in page
    for words in ("Past bij ons.", "Toch langer.", "Mo", "<span>21</span>"):
        assert words in page
    with desk_of(app).pool.connection() as db:
        assert looking.waiting(db) == 1
        assert looking.limits(db) == {"nobody_leads": {"days": 30}}


@pytest.mark.parametrize("value", ["", "-1", "10001", "1.5", "veel", "٣", "99999999999"])
def test_a_limit_is_a_whole_number_within_bounds(app: Flask, manager: Visitor, value: str) -> None:
    status, page = choose(manager, value=value)
    assert status == 422
    assert "Kies een heel getal van 0 tot en met 10.000." in page
    assert "Past bij ons." in page  # what was typed is not lost
    assert 'aria-invalid="true"' in page
    with desk_of(app).pool.connection() as db:
        assert looking.limits(db) == {}


@pytest.mark.parametrize("why", ["", "  ", "\0"])
def test_a_choice_has_a_reason(manager: Visitor, why: str) -> None:
    status, page = choose(manager, why=why)
    assert status == 422
    assert 'value="21"' in page


def test_who_was_overtaken_is_told(manager: Visitor) -> None:
    assert choose(manager)[0] == 303
    status, page = choose(manager, value="30")
    assert status == 422
    assert "Iemand anders heeft dit intussen gewijzigd." in page
    assert 'name="version" value="1"' in page  # now they have seen it


def test_what_is_no_limit_of_this_signal_is_not_found(manager: Visitor) -> None:
    assert choose(manager, threshold="weeks")[0] == 404


def test_an_administrator_chooses_too(as_: As) -> None:
    assert choose(as_("ada", Role.ADMINISTRATOR, ""))[0] == 303


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.WORKER, Role.CLIENT, Role.REVIEWER])
def test_others_do_not(as_: As, role: Role) -> None:
    browser = as_("vera", role)
    assert browser.get("/settings").status_code == 403
    assert browser.get(ADDRESS).status_code == 403
    assert "/settings" not in browser.get("/cases").text


def test_a_limit_that_follows_from_the_organisation_is_shown_as_it_holds(
    app: Flask, manager: Visitor
) -> None:
    address, now = "/settings/recording-load", desk_of(app).casework.clock()
    assert "Gebeurtenissen per contact: 0 honderdsten" in manager.get(address).text
    with desk_of(app).pool.connection() as db:
        jobs.begin(db, usual.NIGHT, Owed(now, 0), now)
        jobs.finish(db, usual.NIGHT, now, now, {usual.WHAT: 120})
    for page in (manager.get(address).text, manager.get("/settings").text):
        assert "Gebeurtenissen per contact: 240 honderdsten" in page
        assert "Twee keer de mediaan van deze organisatie" in page
        assert "Tot de eerste nacht zwijgt dit signaal" in page
