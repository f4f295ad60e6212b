"""Reading never raises, also past every rule: every entry is a line, and everything can be laid out."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise
from uuid import UUID

import hypothesis
from hypothesis import strategies as st

from domain.entry import Entry
from projections.days import A_STRETCH, by_day, stretches, with_day
from projections.people import circle, goals_in_time, lanes
from projections.plan_page import PlanPage
from projections.timeline import Lines, timeline
from tests.domain.anything import days, histories, moments


@hypothesis.given(histories, days, moments)
@hypothesis.settings(max_examples=60, deadline=None)
def test_every_entry_told_by_then_is_one_line(entries: list[Entry], on: date, known: datetime) -> None:
    lines = timeline(entries, known=known)
    assert sorted(line.number for line in lines) == [e.number for e in entries if e.timestamp <= known]
    days_told = by_day(timeline(entries, on=on))
    assert sum(len(talk.lines) for day in days_told for talk in day.talks) == len(timeline(entries, on=on))


def on_these(dates: list[date]) -> Lines:
    """A timeline with an entry on each of these days."""
    lines = timeline(())
    lines.days = dict(enumerate(sorted(dates, reverse=True)))
    lines.numbers = list(lines.days)
    return lines


@hypothesis.given(st.lists(st.integers(0, A_STRETCH), max_size=20), st.dates())
@hypothesis.settings(max_examples=60, deadline=None)
def test_a_timeline_in_stretches_is_whole_and_no_day_is_in_two(each_day: list[int], asked: date) -> None:
    lines = on_these([date(2026, 1, 1 + day) for day, many in enumerate(each_day) for _ in range(many)])
    cut = stretches(lines)
    assert [n for one in cut for n in lines.numbers[one.places]] == lines.numbers
    assert all(newer.first > older.last for newer, older in pairwise(cut))
    assert all(one.many >= A_STRETCH for one in cut[1:])
    assert len(cut) < 2 or cut[0].many >= A_STRETCH // 2
    for one in cut:
        assert with_day(cut, one.first) == with_day(cut, one.last) == one
    assert not cut or with_day(cut, asked) in cut


@hypothesis.given(st.integers(0, 3 * A_STRETCH), st.integers(1, 2 * A_STRETCH))
@hypothesis.settings(max_examples=30, deadline=None)
def test_an_older_stretch_stays_what_it_is_when_more_is_recorded(before: int, later: int) -> None:
    dates = [date(2026, 1, 1) + timedelta(n // 2) for n in range(before + later)]
    older = stretches(on_these([day for day in dates[:before] if day < dates[before]]))[1:]
    assert {(one.first, one.last) for one in older} <= {(o.first, o.last) for o in stretches(on_these(dates))}


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
