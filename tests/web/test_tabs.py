"""The tabs of a case: those of every day in sight, the others folded; never the page that is shown."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask

from domain.case import Case
from domain.entry import Role
from tests import given
from tests.web.conftest import Visitor, case_page, desk_of
from web import tabs

As = Callable[..., Visitor]
RARE = ["Terugkijken", "Vragen van een inspecteur", "Wie heeft gekeken"]


@pytest.fixture
def case(app: Flask) -> Case:
    case = given.with_goal()
    desk_of(app).casework.open(case)
    return case


def of(page: str) -> tuple[list[str], list[str], list[str]]:
    """The names of the tabs in sight, of those under "Meer", and of the one that is shown."""
    nav = page.partition('<nav class="tabs"')[2].partition("</nav>")[0]
    first, _, folded = nav.partition("<details>")
    named = re.compile(r"<a [^>]+>([^<]+)</a>")
    return named.findall(first), named.findall(folded), re.findall(r'aria-current="page">([^<]+)<', first)


@pytest.fixture
def ilse(as_: As) -> Visitor:
    return as_("ilse", Role.COORDINATOR, team=given.COORDINATOR.team)


def test_what_one_rarely_needs_is_folded(ilse: Visitor, case: Case) -> None:
    in_sight, folded, here = of(ilse.get(case_page(case.id)).text)
    assert len(in_sight) == tabs.IN_SIGHT
    assert folded == RARE
    assert here == ["Overzicht"]


@pytest.mark.parametrize("page", ["/look-back", "/questions", "/looks"])
def test_the_page_that_is_shown_is_always_in_sight(ilse: Visitor, case: Case, page: str) -> None:
    in_sight, folded, here = of(ilse.get(case_page(case.id) + page).text)
    assert [*in_sight[-1:]] == here
    assert here[0] not in folded
    assert len(in_sight) + len(folded) == len(tabs.TABS)


def test_no_tab_is_folded_alone(ilse: Visitor, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tabs, "TABS", tabs.TABS[:9])
    in_sight, folded, _ = of(ilse.get(case_page(case.id)).text)
    assert (len(in_sight), folded) == (9, [])
