"""One fold serves it all: it reads any history there could be, and what a command accepts."""

from __future__ import annotations

import copy
import dataclasses
import random
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Any

import hypothesis
import pytest
from hypothesis import strategies as st

from domain import errors
from domain.days import Precision
from domain.entry import Decision, Entry
from domain.plan import Plan, read, read_each, standing
from domain.store import mapper
from tests import given
from tests.domain.anything import COMMANDS, KINDS, days, facts_for, histories, moments


@hypothesis.given(histories, days, moments)
def test_any_history_reads_and_the_order_of_the_list_does_not_matter(
    entries: list[Entry], on: date, known: datetime
) -> None:
    plan = read(entries, on=on, known=known)
    assert read(random.sample(entries, len(entries)), on=on, known=known) == plan


@pytest.mark.parametrize("day", [date.min, date.max])
@hypothesis.given(entries=histories)
@hypothesis.settings(max_examples=100)
def test_the_first_and_the_last_day_of_the_calendar_read_like_any_other(
    day: date, entries: list[Entry]
) -> None:
    exactly: dict[str, Any] = {"happened_on": day, "precision": Precision.DAY}
    read(dataclasses.replace(entry, **exactly) for entry in entries)


@hypothesis.given(histories, days, moments)
def test_what_was_recorded_by_a_moment_is_all_that_was_known_then(
    entries: list[Entry], on: date, known: datetime
) -> None:
    recorded = [entry for entry in entries if entry.timestamp <= known]
    assert read(recorded, on=on) == read(entries, on=on, known=known)
    assert {entry.number for entry in standing(entries, known)} <= {entry.number for entry in recorded}


@hypothesis.given(histories, days, moments)
def test_a_history_is_read_as_if_every_entry_were_asked_in_turn(
    entries: list[Entry], on: date, known: datetime
) -> None:
    """What is skipped because it cannot change anything, indeed changes nothing."""
    plan, stood = Plan(), [entry for entry in standing(entries, known) if entry.day <= on]
    heard = [(entry.heard_from, entry.number, False, entry) for entry in stood]
    for day, _, counts, entry in sorted(heard + [(e.counts_from, e.number, True, e) for e in stood]):
        if day > on:
            plan.coming += [entry] if counts else []
            continue
        entry.tell(plan) if counts else entry.hear(plan)
        if counts and entry.CHANGES_TEXT:
            plan.text_changed(entry)
    assert read(entries, on=on, known=known) == plan


@hypothesis.given(histories, moments)
def test_what_stands_is_settled_newest_first(entries: list[Entry], known: datetime) -> None:
    stands: dict[int, Entry] = {}
    gone: set[int | None] = set()
    for entry in sorted(entries, key=lambda e: -e.number):
        if entry.timestamp <= known and entry.number not in gone:
            for later in sorted(stands.values(), key=lambda e: e.number):
                entry = later.corrected(entry) if later.corrects == entry.number else entry  # noqa: PLW2901
            stands[entry.number] = entry
            gone.add(entry.withdraws)
    assert standing(entries, known) == [stands[number] for number in sorted(stands)]


@hypothesis.given(histories, st.sets(days))
def test_one_reading_gives_the_plan_on_every_day(entries: list[Entry], asked: set[date]) -> None:
    told = [
        (day, dataclasses.replace(copy.deepcopy(plan), coming=[])) for day, plan in read_each(entries, asked)
    ]
    assert told == [(day, dataclasses.replace(read(entries, on=day), coming=[])) for day in sorted(asked)]


@hypothesis.given(histories)
def test_no_day_is_told_before_it_came(entries: list[Entry]) -> None:
    for day in {entry.day for entry in standing(entries)}:
        assert read(entries, on=day) == read([e for e in standing(entries) if e.day <= day], on=day)


@hypothesis.given(st.data())
def test_whatever_a_case_accepts_reads_again_and_can_be_kept(data: Any) -> None:
    case = data.draw(st.sampled_from([given.sanne, given.karim, given.lena, given.bram]))()
    for name in data.draw(st.lists(st.sampled_from(sorted(COMMANDS)), max_size=12)):
        facts = facts_for(COMMANDS[name], case, data)
        with suppress(errors.Refused):
            COMMANDS[name](case, **facts)
    assert case.plan == read(case.entries)
    for day in {entry.day for entry in case.entries}:
        read(case.entries, on=day)
    for entry in case.entries:
        assert mapper.written(entry)


def test_every_kind_of_entry_and_every_command_takes_part() -> None:
    assert {"CaseOpened", "EntryCorrected", "StateImported"} <= {kind.__name__ for kind in KINDS}
    assert {"agree_goal", "withdraw_entry", "close_case"} <= COMMANDS.keys()
    assert not {"record", "there"} & COMMANDS.keys()


def test_a_decision_that_changes_nothing_in_the_plan_is_coming_until_its_day() -> None:
    kind = type("TripDecided", (Decision,), {"TOPIC": "trip_decided", "__module__": __name__})
    case = given.an_opened_case()
    later = given.TODAY + timedelta(days=9)
    case.record(kind, from_on=later, **given.deciding())
    assert [entry.TOPIC for entry in case.plan_on(given.TODAY).coming] == ["trip_decided"]
    assert case.plan_on(later).coming == []
