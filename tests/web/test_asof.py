"""A page of a case on another day than today, where it can show one; else it says that it cannot."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask

from domain.entry import Role
from domain.kinds import Voice, WishForm
from tests import given
from tests.given import telling
from tests.web.conftest import Visitor
from tests.web.filling import kept

PAGES = ("story", "plan", "chain", "timeline")
OTHER_DAY, NO_DAY = "Dit is een andere dag dan vandaag", "Deze dag is niet te lezen"


@pytest.fixture
def sees(app: Flask, as_: Callable[..., Visitor]) -> Callable[[str], str]:
    """A page of a case in which a wish was told in October."""
    case = given.sanne()
    case.voice_wish("Ik wil naar zee.", WishForm.SAID, Voice.CLIENT, **telling(date(2026, 10, 12)))
    browser, case_id = as_("ilse", Role.COORDINATOR), kept(app, case)
    return lambda path: browser.get(f"/cases/{case_id}{path}").text


@pytest.mark.parametrize("page", PAGES)
def test_a_page_reads_the_day_that_is_asked(sees: Callable[[str], str], page: str) -> None:
    before = sees(f"/{page}?on=11-10-2026")
    assert OTHER_DAY in before
    assert "Ik wil naar zee." not in before
    assert OTHER_DAY not in sees(f"/{page}")
    assert OTHER_DAY not in sees(f"/{page}?on=22-11-2026")
    assert NO_DAY in sees(f"/{page}?on=morgen")


@pytest.mark.parametrize("page", ["story", "chain", "timeline"])
def test_a_wish_shows_from_its_day(sees: Callable[[str], str], page: str) -> None:
    assert "Ik wil naar zee." in sees(f"/{page}?on=12-10-2026")


@pytest.mark.parametrize("page", PAGES)
def test_a_day_to_come_is_foreseen_not_remembered(sees: Callable[[str], str], page: str) -> None:
    ahead = sees(f"/{page}?on=01-01-2027")
    assert "U ziet hoe het nu is voorzien voor" in ahead
    assert "U ziet hoe het was" not in ahead


@pytest.mark.parametrize("page", ["story", "chain"])
def test_nothing_is_recorded_from_another_day(sees: Callable[[str], str], page: str) -> None:
    assert "/record/" in sees(f"/{page}").partition("</nav>")[2]
    assert "/record/" not in sees(f"/{page}?on=12-10-2026")


@pytest.mark.parametrize("page", ["story", "chain"])
def test_before_the_opening_there_is_nothing(sees: Callable[[str], str], page: str) -> None:
    assert "Op deze dag was er nog geen dossier" in sees(f"/{page}?on=01-01-2020")


@pytest.mark.parametrize("page", ["", "people", "signals", "documents"])
def test_a_page_of_today_alone_says_so(sees: Callable[[str], str], page: str) -> None:
    assert "Deze pagina laat alleen vandaag zien" in sees(f"/{page}?on=11-10-2026".replace("/?", "?"))
    assert "Deze pagina laat alleen vandaag zien" not in sees(f"/{page}".rstrip("/"))


def test_the_timeline_keeps_its_kind_and_its_day(sees: Callable[[str], str]) -> None:
    page = sees("/timeline?on=11-10-2026&kind=voice")
    assert '<input type="hidden" name="kind" value="voice">' in page
    assert '<input type="hidden" name="on" value="11-10-2026">' in page
