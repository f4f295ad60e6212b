"""Importing another version: a goal that goes on, who came into a care team and who is gone, contacts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from domain.casework import Casework
from domain.days import Precision
from domain.goals import GoalDecision, GoalReached
from domain.people import PersonLeft
from domain.progress import GoalPaused, GoalResumed
from domain.store.database import Database, settings_for
from tests.jobs.fhir import IMPORTER, Importing, about, by, goal, patient, reasons, visit, worker


@pytest.fixture
def casework(database: Database) -> Iterator[Casework]:
    casework = Casework(settings_for(database))
    yield casework
    casework.close()


@pytest.fixture
def there(casework: Casework, tmp_path: Path) -> Importing:
    """Another system."""
    return Importing(casework, tmp_path / "there")


@pytest.mark.parametrize(
    ("statuses", "told"),
    [
        (["active", "on-hold"], [GoalPaused]),
        (["active", "on-hold", "active"], [GoalPaused, GoalResumed]),
        (["active", "on-hold", "completed"], [GoalPaused, GoalReached]),
    ],
)
def test_a_goal_that_stands_otherwise_there_since_is_told_as_it_happened(
    there: Importing, statuses: list[str], told: list[type[GoalDecision]]
) -> None:
    for status in statuses:
        there.files(patient(), goal(status=status))
    assert [type(e) for e in there.case().entries if isinstance(e, GoalDecision)] == told


ELS, TOM = worker(), worker("tom", "Tom Visser", "2")


def team(*who: str, **more: Any) -> dict[str, Any]:
    inside = [{"member": {"reference": f"Practitioner/{one}"}} for one in who]
    return about("CareTeam", "team", **{"status": "active", "participant": inside, **more})


def here(there: Importing) -> set[str]:
    return {person.name for person in there.plan().people.values() if person.until is None}


def test_who_is_gone_from_a_care_team_has_left_on_a_day_that_nobody_said(there: Importing) -> None:
    there.files(patient(), ELS, TOM, team("els", "tom"))
    summary = there.files(patient(), TOM, team("tom"))  # and nothing more about Els
    last = there.case().entries[-1]
    assert isinstance(last, PersonLeft)
    assert (last.precision, here(there), summary.entries) == (Precision.UNKNOWN, {"Tom Visser"}, 1)
    assert there.files(patient(), TOM, team("tom")).entries == 0


def test_who_comes_back_to_a_care_team_is_here_again(there: Importing) -> None:
    for who in (["els"], [], ["els"], []):
        there.files(patient(), ELS, team(*who))
    assert here(there) == set()
    assert there.files(patient(), ELS, team("els")).entries == 1
    assert here(there) == {"Els Bakker"}
    there.files(patient(), ELS, team("els", note=[{"text": "besproken"}]))
    assert len(there.case().entries) == 7


def test_who_left_according_to_us_does_not_come_back_by_a_file(there: Importing) -> None:
    there.files(patient(), ELS, team("els"))
    case, (els,) = there.case(), there.plan().people
    with there.casework.changing(case.id) as change:
        change.case.leave_person(els, "ander werk", by=IMPORTER, happened_on=case.entries[0].happened_on)
    there.files(patient(), ELS, team("els", note=[{"text": "besproken"}]))
    assert here(there) == set()


def test_nobody_is_gone_while_something_about_who_is_here_is_held(there: Importing) -> None:
    there.files(patient(), ELS, TOM, team("els", "tom"))
    unclear = visit("later", "2026-03-02")
    summary = there.files(patient(), ELS, TOM, team("tom"), unclear)
    assert "somebody is gone" in reasons(summary)["team"]
    assert here(there) == {"Els Bakker", "Tom Visser"}
    there.files(patient(), ELS, TOM, team("tom"))
    assert here(there) == {"Tom Visser"}


def test_who_came_since_is_not_gone_with_the_team(there: Importing) -> None:
    there.files(patient(), ELS, team("els"))
    there.files(patient(), ELS, team(), visit(participant=by("Practitioner/els")))
    assert here(there) == {"Els Bakker"}


def counting(there: Importing) -> list[str]:
    log = there.log()
    return [f"{c.started_at:%H}" for c in log.held if c.contact_id not in log.cancelled]


def test_a_contact_that_was_otherwise_there_is_told_anew(there: Importing) -> None:
    there.files(patient(), visit(start="2026-03-02T09:00:00+00:00"))
    changed = visit(start="2026-03-02T11:00:00+00:00")
    assert there.files(patient(), changed).imported == 1
    assert counting(there) == ["11"]
    assert there.files(patient(), changed).contacts == 0
    again = there.files(patient(), visit(start="2026-03-02T11:00:00+00:00", reasonCode=[{"text": "praten"}]))
    assert (again.contacts, counting(there), len(there.log().held)) == (0, ["11"], 2)


def test_a_contact_entered_in_error_does_not_count_and_is_cancelled_once(there: Importing) -> None:
    there.files(patient(), visit())
    for why in ("dubbel", "dubbel ingevoerd"):
        summary = there.files(patient(), visit(status="entered-in-error", reasonCode=[{"text": why}]))
        assert not summary.held
        assert (counting(there), there.log().version) == ([], 3)


def test_a_contact_that_was_right_after_all_counts_again(there: Importing) -> None:
    for status in ("finished", "entered-in-error", "finished"):
        there.files(patient(), visit(start="2026-03-02T09:00:00+00:00", status=status))
    assert counting(there) == ["09"]
