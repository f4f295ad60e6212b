"""Reading never raises, also past every rule: every entry is a line, and everything can be laid out."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

import hypothesis

from domain.entry import Entry
from projections.days import by_day
from projections.people import circle, goals_in_time, lanes
from projections.plan_page import PlanPage
from projections.timeline import timeline
from tests.domain.anything import days, histories, moments


@hypothesis.given(histories, days, moments)
@hypothesis.settings(max_examples=60, deadline=None)
def test_every_entry_told_by_then_is_one_line(entries: list[Entry], on: date, known: datetime) -> None:
    lines = timeline(entries, known=known)
    assert sorted(line.number for line in lines) == [e.number for e in entries if e.timestamp <= known]
    days_told = by_day(timeline(entries, on=on))
    assert sum(len(talk.lines) for day in days_told for talk in day.talks) == len(timeline(entries, on=on))


@hypothesis.given(histories, days)
@hypothesis.settings(max_examples=60, deadline=None)
def test_any_history_can_be_laid_out_on_any_day(entries: list[Entry], on: date) -> None:
    page = PlanPage(UUID(int=0), entries, on)
    for told in (page.coming, page.loose, page.threads, page.agreements, page.proposals):
        assert isinstance(told, list)
    assert len(page.apart) <= len(page.plan.disagreements)
    assert len(page.open_goals) + len(page.closed_goals) == len(page.plan.goals)
    assert page.changes_that_day <= len(entries)
    assert len(circle(page.plan).nodes) == len(page.plan.here(page.plan.people)) + len(
        page.plan.here(page.plan.parties)
    )
    for chart in (lanes(entries, on=on), goals_in_time(entries, on=on)):
        assert chart is None or all(bar.w > 0 for lane in chart.lanes for bar in lane.bars)
