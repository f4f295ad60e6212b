"""The terms of laws: every row that was asked for is there, and is watched, or says why not."""

from __future__ import annotations

from datetime import date

import pytest

from domain.kinds import LegalBasis
from domain.plan import Plan
from domain.settings import ADULT_FROM, ALONE_FROM, TOGETHER_FROM
from projections.signals.clocks import ClockState
from projections.signals.deadlines import DEADLINES, Deadline
from projections.signals.signal import signals
from projections.signals.terms import Span, Term
from tests.projections.signals.deadlines_page import PAGE, page
from tests.web.test_english import texts

DUTCH, ENGLISH = texts("nl"), texts("en")
ROWS = list(DEADLINES.values())
ASKED_FOR = {
    *(f"W{n}" for n in range(1, 9)),
    *(f"L{n}" for n in range(1, 7)),
    *(f"J{n}" for n in range(1, 4)),
    *(f"Z{n}" for n in range(1, 7)),
    *(f"K{n}" for n in range(1, 5)),
    *(f"A{n}" for n in range(1, 4)),
}


def test_every_row_of_the_laws_is_there() -> None:
    assert set(DEADLINES) >= ASKED_FOR
    assert set(DEADLINES) - ASKED_FOR == {"Z2b", "Z3b", "Z5b", "M12", "M16", "M18"}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_a_row_names_its_law_and_source_and_who_watches_it(row: Deadline) -> None:
    assert row.law
    assert row.what
    assert row.source
    assert row.valid_from <= date(2026, 1, 1)
    assert bool(row.watched_by) != bool(row.outside), "watched by a signal, or outside and why"
    assert not row.watched_by or row.starts, "what is watched starts with an event"


@pytest.mark.parametrize("name", sorted({row.watched_by for row in ROWS} - {""}))
def test_what_watches_a_row_is_a_signal(name: str) -> None:
    assert name in signals()


def test_what_nobody_looked_up_is_not_called_checked() -> None:
    unverified = {row.id for row in ROWS if not row.verified}
    assert unverified >= {"W6", "W7", "L2", "L6", "J3", "Z4", "Z5", "Z5b", "K3", "M12", "M16", "M18"}
    assert all(row.id in unverified for row in ROWS if row.source.startswith("general knowledge"))


def test_the_municipalitys_own_procedure_and_calamities_are_outside_the_product() -> None:
    for law in ("W1", "W5", "W7", "K3"):
        assert DEADLINES[law].outside == "the municipality's own procedure"
    for law in ("W8", "K4"):
        assert DEADLINES[law].outside.startswith("calamities")


def test_the_ages_are_those_that_the_record_counts_with() -> None:
    ages = [DEADLINES[law].term for law in ("M12", "M16", "M18")]
    assert ages == [Term(years, Span.YEARS) for years in (TOGETHER_FROM, ALONE_FROM, ADULT_FROM)]


def test_the_terms_as_the_laws_give_them() -> None:
    told = {law: str(DEADLINES[law].term) for law in ("L2", "Z3", "Z3b", "Z4", "K1", "A1", "A3")}
    assert told == {
        "L2": "6 weeks",
        "Z3": "2 days",
        "Z3b": "2 weeks",
        "Z4": "3 months",
        "K1": "6 weeks",
        "A1": "1 month",
        "A3": "3 months",
    }
    assert [str(DEADLINES[law].more) for law in ("K1", "A1")] == ["4 weeks", "2 months"]


def test_more_time_comes_after_the_term() -> None:
    complaint = DEADLINES["K1"]
    assert complaint.last_day(date(2026, 1, 12)) == date(2026, 2, 23)
    assert complaint.last_day(date(2026, 1, 12), extended=True) == date(2026, 3, 23)
    assert DEADLINES["L2"].last_day(date(2026, 1, 12), extended=True) == date(2026, 2, 23)


def test_a_row_holds_under_its_own_law_and_a_plan_is_not_waited_for_after_the_closing() -> None:
    plan = Plan(legal_basis=LegalBasis.WLZ)
    held = {row.id for row in ROWS if row.holds_in(plan)}
    assert {"L2", "L3", "Z1", "K1", "A1"} <= held
    assert held.isdisjoint({"J3", "W1", "A3"})
    plan.closed_on = date(2026, 6, 8)
    assert {row.id for row in ROWS if row.watched_by == "legal_clock" and row.holds_in(plan)} == {"K1", "A1"}


@pytest.mark.parametrize("row", [row for row in ROWS if row.watched_by], ids=lambda row: row.id)
def test_what_is_watched_can_be_read_in_dutch(row: Deadline) -> None:
    assert DUTCH.get((None, row.what)), row.what
    for term in filter(None, (row.term, row.more)):
        assert DUTCH.get(("term", str(term))), term


@pytest.mark.parametrize("state", ClockState)
def test_how_a_term_stands_can_be_read_in_both_languages(state: ClockState) -> None:
    assert DUTCH.get(("ClockState", state))
    assert DUTCH.get((None, "not checked yet"))
    assert ENGLISH.get(("ClockState", state))


def test_the_page_for_people_says_the_same() -> None:
    assert PAGE.read_text("utf-8") == page(), "python -m tests.projections.signals.deadlines_page"
