"""A long timeline comes in parts: nothing is left out or shown twice, and every link leads to its line."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from html import unescape
from itertools import chain

import pytest
from flask import Flask

from domain.case import Case
from domain.entry import Role
from projections import days
from tests import given
from tests.given import deciding, not_asked, telling, the
from tests.web.conftest import Visitor, case_page, desk_of

Look = Callable[[str], str]


@pytest.fixture(autouse=True)
def of_ten(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts of some ten lines, so that fifty make a long timeline."""
    monkeypatch.setattr(days, "A_STRETCH", 10)


@pytest.fixture
def case() -> Case:
    """Three notes on each of sixteen days, and something that was decided without asking on the first."""
    case = given.with_goal()
    goal = the(case.plan.goals)
    case.adjust_goal(goal, "Een andere hond.", **deciding(date(2026, 9, 30), not_asked()))
    for number in range(48):
        case.take_action(f"Notitie {number}.", **telling(date(2026, 10, 1 + number // 3)))
    return case


@pytest.fixture
def look(app: Flask, as_: Callable[..., Visitor], case: Case) -> Look:
    """A page of it, for a coordinator of its team."""
    desk_of(app).casework.open(case)
    ilse = as_("ilse", Role.COORDINATOR, team=given.COORDINATOR.team)
    return lambda path: ilse.get(path if path.startswith("/") else case_page(case.id) + "/" + path).text


def lines(html: str) -> list[int]:
    return [int(number) for number in re.findall(r'<li class="ev[^>]*id="entry-(\d+)"', html)]


def parts(html: str) -> list[str]:
    """The addresses in the list of all parts."""
    _, _, listed = html.partition('id="parts-h"')
    return [unescape(one) for one in re.findall(r'href="([^"]+)"', listed.partition("</nav>")[0])]


def test_all_parts_together_are_the_whole_timeline(look: Look, case: Case) -> None:
    found = [lines(look(address)) for address in parts(look("timeline"))]
    assert len(found) > 3
    shown = [*chain(*found)]
    assert shown == lines(look("timeline?part=all"))
    assert len(set(shown)) == case.version


def test_no_day_is_cut_in_two(look: Look, case: Case) -> None:
    dates = {entry.number: entry.day for entry in case.entries}
    found = [{dates[n] for n in lines(look(address))} for address in parts(look("timeline"))]
    assert all(not one & other for one in found for other in found if one is not other)


def test_it_opens_with_the_newest_and_leads_from_part_to_part(look: Look) -> None:
    page, seen = look("timeline"), []
    while True:
        seen.append(lines(page))
        earlier = re.search(r'rel="next" href="([^"]+)"', page)
        if not earlier:
            break
        page = look(unescape(earlier[1]))
    assert [*chain(*seen)] == lines(look("timeline?part=all"))
    assert 'rel="prev"' in page
    assert 'rel="prev"' not in look("timeline")


def test_the_link_to_an_entry_leads_to_the_part_that_has_it(look: Look, case: Case) -> None:
    for number in (1, 20, case.version):
        address = re.search(r'href="([^"]+)#entry-\d+"', look(f"entries/{number}"))
        assert address
        assert number in lines(look(unescape(address[1])))


def test_a_choice_is_made_among_all_entries_and_not_in_the_part(look: Look) -> None:
    assert lines(look("timeline?say=none")) == [3]
    assert lines(look("timeline?kind=plan")) == [3, 2, 1]
    for address in parts(look("timeline?kind=action")):
        assert "kind=action" in address
        assert not {3} & set(lines(look(address)))


def test_it_says_on_paper_too_which_part_it_is(look: Look, case: Case) -> None:
    page = " ".join(re.sub(r"<[^>]+>", " ", look("timeline")).split())
    assert f"Alle {case.version} gebeurtenissen, de nieuwste eerst." in page
    assert "Dit deel: 12-10-2026 tot en met 16-10-2026 . Dit zijn er 15." in page
    assert "Dit deel" not in look("timeline?part=all")


def test_a_short_one_has_no_parts(look: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(days, "A_STRETCH", 80)
    for page in (look("timeline"), look("timeline?say=none"), look("timeline?on=01-01-2020")):
        assert not parts(page)
        assert "part=" not in page


@pytest.mark.parametrize(
    "asked", ["part=morgen", "part=01-01-1900", "part=31-12-2999", "entry=x", "entry=999"]
)
def test_what_is_in_no_part_leads_to_one(look: Look, asked: str) -> None:
    assert lines(look(f"timeline?{asked}"))


def test_a_period_shows_its_own_days_and_says_how_many(look: Look, case: Case) -> None:
    page = look("timeline?since=05-10-2026&until=06-10-2026&part=all")
    assert [int(n) for n in re.findall(r">Notitie (\d+)\.", page)] == [17, 16, 15, 14, 13, 12]
    assert f"6 van de {case.version} gebeurtenissen" in page
    assert "?since=05-10-2026&amp;until=06-10-2026" in page.partition("timeline.csv")[2][:80]


def test_a_year_is_one_click_and_a_day_that_cannot_be_read_is_said(look: Look) -> None:
    page = look("timeline?since=gisteren")
    assert 'value="gisteren"' in page
    assert "Deze dag is niet te lezen" in page
    assert "Notitie 47." in page
