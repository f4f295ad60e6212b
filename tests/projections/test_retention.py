"""How long a record is kept: the rules as data, the days they count from, and what they let go of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from domain.case import Case
from domain.casework import Casework
from domain.days import local_day
from domain.kinds import LegalBasis, RequestKind, Voice, WhyErased
from projections.read_model import Db, Told
from projections.retention import due, kept
from projections.retention.due import clocks
from projections.retention.kept import Kept
from projections.retention.rules import ABOUT_KEEPING, ADMINISTRATIVE, RULES, Starts, rules_on
from tests import given
from tests.projections.conftest import Follow, visit
from tests.projections.conftest import kept as keep
from tests.projections.retention_page import PAGE, page
from tests.projections.signals.test_clocks import impose

OLD = date(2026, 12, 31)  # when the rules of today hold


def kept_of(case: Case) -> Kept:
    (row,) = kept.rows(Told(case.id, case.entries, case.entries, 1))
    return row


def a_row(basis: str = "wgbo", **facts: object) -> Kept:
    """Everything of one day, in a case that is closed."""
    day = date(2000, 6, 1)
    nothing = {"involuntary": None, "involuntary_in": None, "held": None}
    row = Kept(UUID(int=1), 9, basis, day, 9, day, 9, day, 9, helped=True, **nothing)
    return replace(row, **facts)  # type: ignore[arg-type]  # any facts


def may_go(row: Kept, today: date = OLD) -> tuple[str, date] | None:
    last = clocks(row, today)[-1:]
    return (last[0].rule.id, last[0].may_go_on) if last else None


def test_the_page_says_what_the_data_says() -> None:
    assert PAGE.read_text("utf-8") == page(), "python -m tests.projections.retention_page"


def test_every_rule_names_its_law_and_its_source_and_either_counts_or_says_why_not() -> None:
    for rule in RULES:
        assert rule.law
        assert rule.source
        assert bool(rule.outside) or (rule.term and rule.starts)
        assert [one.version for one in RULES if one.id == rule.id][-1] == max(
            one.version for one in RULES if one.id == rule.id
        ), "the last version comes last"
        assert rule.verified == (not rule.source.startswith("general knowledge"))


@pytest.mark.parametrize(
    ("basis", "law", "day"),
    [
        ("wgbo", "wgbo", date(2020, 6, 2)),
        ("zvw", "wgbo", date(2020, 6, 2)),
        ("wlz", "wlz", date(2020, 6, 2)),
        ("jeugdwet", "jeugdwet", date(2020, 6, 2)),
        ("wmo", "wmo", date(2015, 6, 2)),
    ],
)
def test_each_law_has_its_own_term(basis: str, law: str, day: date) -> None:
    assert may_go(a_row(basis)) == (law, day)


@pytest.mark.parametrize("basis", ["other", "unknown", ""])
def test_without_a_law_that_we_know_nothing_goes(basis: str) -> None:
    assert may_go(a_row(basis)) is None


def test_a_rule_counts_in_the_version_of_the_day() -> None:
    assert may_go(a_row("wgbo"), date(2019, 12, 31)) == ("wgbo", date(2015, 6, 2))
    assert [rule.version for rule in rules_on(date(2020, 1, 1)) if rule.id == "wgbo"] == [2]


def test_under_the_wmo_every_entry_counts_and_under_the_wgbo_only_what_changes_the_content() -> None:
    asked_later = {"received": date(2010, 1, 1), "received_in": 12}
    assert may_go(a_row("wmo", **asked_later)) == ("wmo", date(2025, 1, 2))
    assert may_go(a_row("wgbo", **asked_later)) == ("wgbo", date(2020, 6, 2))


def test_closed_before_any_help_began_is_six_weeks_under_the_wmo() -> None:
    row = a_row("wmo", helped=False)
    assert may_go(row) == ("wmo_withdrawn", date(2000, 7, 14))
    assert may_go(replace(row, closed_on=None)) == ("wmo", date(2015, 6, 2)), "not closed"
    assert may_go(replace(row, legal_basis="wgbo")) == ("wgbo", date(2020, 6, 2)), "another law"


def test_involuntary_care_keeps_a_record_by_a_clock_of_its_own() -> None:
    ended = {"involuntary": date(2005, 1, 1), "involuntary_in": 4}
    assert may_go(a_row("wmo", **ended)) == ("wzd", date(2025, 1, 2))
    assert may_go(a_row("wmo", **ended | {"involuntary": date.max})) == ("wzd", date.max), "no end is known"


def test_involuntary_care_ends_with_its_last_restriction() -> None:
    case = given.with_support()
    first = impose(case, date(2026, 3, 2))
    second = impose(case, date(2026, 3, 3), ends_on=date(2026, 6, 1))
    assert (kept_of(case).involuntary, kept_of(case).involuntary_in) == (date(2027, 12, 31), first)
    case.lift_restriction(
        first, "Niet meer nodig", **given.deciding(given.clock_of(case).to(date(2026, 5, 1)))
    )
    assert (kept_of(case).involuntary, kept_of(case).involuntary_in) == (date(2026, 6, 1), second)


def test_what_is_about_the_record_itself_starts_no_clock() -> None:
    case = given.with_support()
    clock, before = given.clock_of(case), kept_of(case)
    day = clock.to(date(2026, 12, 1))
    asked = case.receive_request(RequestKind.COPY, Voice.CLIENT, "Mag ik een kopie?", **given.telling(day))
    row = kept_of(case)
    assert (row.received_in, row.content_in) == (asked, before.content_in), "administrative"
    why = WhyErased.TERM_IS_OVER, "Bewaartermijn voorbij"
    case.propose_erasure(*why, **given.telling(clock.to(date(2026, 12, 2))))
    hold = case.place_hold("Rechtszaak", **given.telling(date(2026, 12, 2)))
    row = kept_of(case)
    assert (row.received, row.received_in, row.held) == (day, asked, hold)
    case.lift_hold(hold, **given.telling(date(2026, 12, 2)))
    assert kept_of(case).held is None
    case.take_action("Samen gewandeld.", **given.telling(date(2026, 12, 2)))
    assert kept_of(case).content == date(2026, 12, 2)


def test_a_new_kind_of_entry_keeps_a_record_longer() -> None:
    """What is named here can shorten how long something is kept: name it after thought."""
    named = {kind.TOPIC for kind in ABOUT_KEEPING + ADMINISTRATIVE}
    assert named == {
        "case_linked",
        "emergency_access_used",
        "entry_destroyed",
        "entry_restricted",
        "erasure_proposed",
        "erasure_refused",
        "hold_lifted",
        "hold_placed",
        "request_answered",
        "request_received",
        "restriction_of_entry_lifted",
        "signal_postponed",
    }


def test_what_came_of_it_is_read_from_the_plan() -> None:
    assert kept_of(given.with_support()).helped
    assert not kept_of(given.with_offer()).helped
    assert kept_of(given.with_offer()).legal_basis == LegalBasis.WMO
    assert Starts.CLOSED_WITHOUT_HELP in {rule.starts for rule in RULES}


def test_the_list_holds_what_may_go_within_a_year_and_a_hold_is_seen_at_once(
    casework: Casework, db: Db, follow: Follow
) -> None:
    case = given.with_support()  # its last entry was recorded on 9 February 2026
    keep(casework, case)
    casework.clock = case.clock
    follow()
    assert due.make_list(db, date(2040, 2, 10)) == {"due": 0, "held": 0, "soon": 0}
    assert due.make_list(db, date(2040, 2, 11)) == {"due": 0, "held": 0, "soon": 1}
    assert due.make_list(db, date(2041, 2, 10)) == {"due": 1, "held": 0, "soon": 0}
    (one,) = due.on_the_list(db)
    assert (one.case_id, one.rule, one.starts_on, one.held) == (case.id, "wmo", date(2026, 2, 9), None)
    assert one.starts_in == case.version
    with casework.changing(case.id) as changing:
        hold = changing.case.place_hold("Rechtszaak", **given.telling())
    follow()
    assert [one.held for one in due.on_the_list(db)] == [hold]
    assert due.make_list(db, date(2041, 2, 10)) == {"due": 0, "held": 1, "soon": 0}


def test_of_a_client_with_two_cases_the_one_that_is_kept_longest_counts_for_both(
    casework: Casework, db: Db, follow: Follow
) -> None:
    """All of a client goes together: also what an old case has beside it."""
    old = given.with_support()
    keep(casework, old)
    young = given.an_opened_case(day=date(2030, 1, 1), client_id=old.client_id)
    given.clock_of(young).to(date(2030, 1, 1))
    keep(casework, young)
    follow()
    assert due.make_list(db, date(2041, 2, 10)) == {"due": 0, "held": 0, "soon": 0}
    assert due.make_list(db, date(2045, 1, 2)) == {"due": 1, "held": 0, "soon": 0}
    (one,) = due.on_the_list(db)
    assert (one.case_id, one.starts_on) == (young.id, date(2030, 1, 1))
    with casework.changing(old.id) as changing:
        hold = changing.case.place_hold("Rechtszaak", **given.telling())
    follow()
    assert due.make_list(db, date(2045, 1, 2)) == {"due": 0, "held": 1, "soon": 0}
    (one,) = due.on_the_list(db)
    assert (one.held_in, one.held) == (old.id, hold)
    db.execute("UPDATE shown.retention SET legal_basis = 'unknown' WHERE case_id = %s", [old.id])
    assert due.make_list(db, date(2100, 1, 1)) == {"due": 0, "held": 0, "soon": 0}, (
        "no law lets the old one go"
    )


def test_the_last_visit_counts(casework: Casework, db: Db, follow: Follow) -> None:
    case = given.with_support()
    keep(casework, case)
    casework.clock = case.clock
    visit(casework, case.id)
    follow()
    ((recorded,),) = db.execute("SELECT recorded FROM shown.contacts").fetchall()
    for basis in ("wmo", "wgbo"):
        db.execute("UPDATE shown.retention SET legal_basis = %(basis)s", {"basis": basis})
        due.make_list(db, date(2100, 1, 1))
        (one,) = due.on_the_list(db)
        assert (one.starts_on, one.starts_in) == (local_day(recorded), 0)
