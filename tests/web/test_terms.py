"""The terms of law in a case, among its signals: by which law, until when, and whether somebody checked."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from domain.case import Case
from domain.kinds import ComplaintLaw, LegalBasis, RequestAnswerKind, RequestKind, Voice
from tests import given
from tests.given import deciding, telling
from tests.projections.signals.test_clocks import in_care, opened
from tests.web.conftest import Visitor, desk_of
from tests.web.following import kept


@pytest.fixture
def ilse(as_: Callable[..., Visitor]) -> Visitor:
    return as_("ilse", team="Noord")


def terms(app: Flask, browser: Visitor, case: Case) -> str:
    """What stands on the page about terms, without its marks."""
    kept(app, case)
    page = browser.get(f"/cases/{case.id}/signals").text
    _, there, told = page.partition('id="terms-h"')
    return " ".join(re.sub(r"<[^>]+>", " ", told).split()) if there else ""


def test_a_term_names_its_law_and_article_and_says_that_nobody_checked_it(app: Flask, ilse: Visitor) -> None:
    told = terms(app, ilse, in_care())
    assert "Het zorgplan vaststellen Voorbij. Laatste dag: 16-03-2026" in told
    assert "Wlz, artikel 8.1.1: 6 weken. nog niet nagekeken Gebeurtenis 2" in told


def test_a_term_that_was_checked_does_not_say_so(app: Flask, ilse: Visitor) -> None:
    case = opened(LegalBasis.WMO)
    today = desk_of(app).casework.clock().date()
    case.clock = given.a_clock(today)
    case.voice_complaint("Steeds iemand anders.", ComplaintLaw.WKKGZ, in_writing_on=today, **telling(today))
    told = terms(app, ilse, case)
    assert f"Loopt. Laatste dag: {today + timedelta(weeks=6):%d-%m-%Y}" in told
    assert "Wkkgz, artikel 17: 6 weken (één keer 4 weken extra)." in told
    assert "nog niet nagekeken" not in told.partition("Wkkgz")[2]


def test_what_is_done_is_folded_away(app: Flask, ilse: Visitor) -> None:
    case = opened(LegalBasis.WMO)
    request = case.receive_request(RequestKind.COPY, Voice.CLIENT, "Een kopie.", **telling())
    case.answer_request(request, RequestAnswerKind.GRANTED, **deciding())
    told = terms(app, ilse, case)
    assert "1 termijn is klaar" in told
    assert "Op tijd. Gedaan op 22-11-2026" in told


def test_a_case_without_terms_says_nothing_about_them(app: Flask, ilse: Visitor) -> None:
    assert terms(app, ilse, given.sanne()) == ""


def test_the_list_over_all_cases_says_the_last_day_and_since_how_long_it_is_over(
    app: Flask, ilse: Visitor
) -> None:
    kept(app, in_care())
    page = " ".join(re.sub(r"<[^>]+>", " ", ilse.get("/signals/legal-clock").text).split())
    assert "Laatste dag" in page
    assert "16-03-2026 251 dagen voorbij" in page
