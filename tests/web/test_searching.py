"""Searching in a timeline: in what stands on the page for this reader, and in all of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from html import unescape

import pytest
from flask import Flask

from domain.case import Case
from domain.entry import Role
from domain.kinds import PersonKind
from domain.store.accounts import Account
from projections import days
from tests import given
from tests.given import telling
from tests.web.conftest import Visitor, case_page, desk_of, token
from tests.web.following import joins

As = Callable[..., Visitor]


@pytest.fixture
def case(app: Flask, account: Callable[..., Account]) -> Case:
    """Thirty notes on as many days, one about Friday; a name with accents; what one team does not read."""
    case = given.with_goal()
    for number in range(30):
        words = "Vrijdagmiddag zwemmen." if number == 3 else f"Appelboom {number}."
        case.take_action(words, **telling(date(2026, 10, 1 + number)))
    case.take_action("Naar Zoë, en <b>naar zee</b>.", **telling())
    mother = case.join_person(name="Els", kind=PersonKind.RELATIVE, **telling())
    case.hear_network_view(mother, "Ze slaapt slecht.", unasked=True, **telling())
    joins(case, account("noor", Role.WORKER, team="Zuid"))
    desk_of(app).casework.open(case)
    return case


@pytest.fixture
def ilse(as_: As) -> Visitor:
    return as_("ilse", Role.COORDINATOR, team=given.COORDINATOR.team)


def searched(browser: Visitor, case: Case, text: str, chosen: str = "") -> str:
    """Where a search in this case leads."""
    page = case_page(case.id)
    data = {"csrf_token": token(browser, page), "q": text}
    answer = browser.post(f"{page}/timeline/search{chosen}", data=data)
    assert answer.status_code == 303
    return str(answer.headers["Location"])


def found(browser: Visitor, case: Case, text: str, chosen: str = "") -> str:
    """The page that a search leads to, without its frame."""
    page = browser.get(searched(browser, case, text, chosen)).text
    return " ".join(page.partition('<section class="panel breakable"')[2].partition("</section>")[0].split())


def lines(html: str) -> int:
    return html.count('<li class="ev')


def test_a_search_finds_the_lines_that_hold_its_words_and_marks_them(ilse: Visitor, case: Case) -> None:
    page = found(ilse, case, "VRIJDAG")
    assert lines(page) == 1
    assert "<mark>Vrijdag</mark>middag zwemmen." in page
    assert f"Gezocht op “VRIJDAG” in {case.version} gebeurtenissen: 1 gevonden." in page


def test_each_word_must_stand_in_it_and_accents_make_no_difference(ilse: Visitor, case: Case) -> None:
    page = found(ilse, case, "zee zoe")
    assert lines(page) == 1
    assert "Naar <mark>Zoë</mark>, en &lt;b&gt;naar <mark>zee</mark>&lt;/b&gt;." in page
    assert lines(found(ilse, case, "zee vrijdag")) == 0


def test_a_search_that_finds_nothing_says_where_it_looked(ilse: Visitor, case: Case) -> None:
    page = found(ilse, case, "olifant")
    assert f"Gezocht op “olifant” in {case.version} gebeurtenissen: niets gevonden." in page
    assert lines(page) == 0


def test_all_of_a_long_timeline_is_searched(
    ilse: Visitor, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(days, "A_STRETCH", 10)
    assert lines(found(ilse, case, "vrijdag")) == 1
    page = found(ilse, case, "appelboom")
    assert "29 gevonden" in page
    parts = [
        unescape(one) for one in re.findall(r'<li>\s*(?:<strong>[^<]+</strong>\s*)?<a href="([^"]+)"', page)
    ]
    assert sum(lines(ilse.get(one).text) for one in parts if "part=" in one) == 29


def test_words_that_somebody_does_not_read_are_not_found(as_: As, ilse: Visitor, case: Case) -> None:
    assert lines(found(ilse, case, "slaapt")) == 1
    page = found(as_("noor", Role.WORKER, team="Zuid"), case, "slaapt")
    assert lines(page) == 0
    assert "1 daarvan leest u niet: in die tekst is niet gezocht." in page


def test_other_choices_hold_and_what_lies_outside_them_is_said(ilse: Visitor, case: Case) -> None:
    page = found(ilse, case, "appelboom", "?since=01-10-2026&until=06-10-2026&kind=action")
    assert "Gezocht op “appelboom” in 6 gebeurtenissen: 5 gevonden." in page
    assert f"Niet gezocht in {case.version - 6} gebeurtenissen buiten uw keuze." in page
    again = re.search(r'class="searchbar"[^>]+action="([^"]+)"', page)
    assert again
    assert "since=01-10-2026&amp;until=06-10-2026" in again[1]


def test_what_was_typed_stands_in_no_address(ilse: Visitor, case: Case) -> None:
    assert searched(ilse, case, "vrijdag", "?kind=action").endswith("?kind=action&search=1#timeline-h")
    page = found(ilse, case, "vrijdag")
    assert "vrijdag" not in "".join(re.findall(r'(?:href|action)="([^"]*)"', page))


def test_a_search_is_taken_away_and_no_other_link_follows_it(ilse: Visitor, case: Case) -> None:
    page = found(ilse, case, "vrijdag")
    assert "filter weghalen" in page
    assert lines(ilse.get(case_page(case.id) + "/timeline").text) == case.version
    away = searched(ilse, case, "")
    assert away.endswith("/timeline#timeline-h")
    assert lines(ilse.get(away.replace("#", "?search=1#")).text) == case.version


def test_a_search_holds_in_its_own_case_only(app: Flask, ilse: Visitor, case: Case) -> None:
    other = given.with_goal()
    desk_of(app).casework.open(other)
    searched(ilse, case, "vrijdag")
    assert lines(ilse.get(case_page(other.id) + "/timeline?search=1").text) == other.version


def test_the_file_has_the_lines_that_were_found(ilse: Visitor, case: Case) -> None:
    address = re.search(r'href="([^"]+timeline\.csv[^"]*)"', found(ilse, case, "vrijdag"))
    assert address
    assert len(ilse.get(unescape(address[1])).text.splitlines()) == 2


def test_what_was_typed_is_shown_as_typed(ilse: Visitor, case: Case) -> None:
    for text in ("<b>naar", "<i>x", "a.*b", "&", "İ", "ß", "  "):
        page = found(ilse, case, text)
        assert "<i>" not in page
        assert "<b>naar" not in page
    assert "&lt;<mark>b</mark>&gt;" in found(ilse, case, "b")


def test_the_log_says_that_somebody_searched_and_not_for_what(app: Flask, ilse: Visitor, case: Case) -> None:
    searched(ilse, case, "vrijdag")
    with desk_of(app).pool.connection() as db:
        told = "SELECT event_code, action, object_id, detail FROM draad.access_log ORDER BY id DESC LIMIT 1"
        assert db.execute(told).fetchall() == [("search_in", "E", case.id, "searching.in_timeline")]
        assert not db.execute("SELECT 1 FROM draad.access_log l WHERE l::text ILIKE '%vrijdag%'").fetchall()
