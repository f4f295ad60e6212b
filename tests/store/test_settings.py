"""What an organisation chose: the last choice counts, each one stays, and two at once are told."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest

from domain.errors import Empty
from domain.store import settings
from domain.store.database import APP, Database
from domain.store.settings import OutOfBounds, SettingChangedMeanwhile
from tests import given

NOON = datetime(2026, 11, 22, 11, tzinfo=UTC)
HOW: dict[str, Any] = {"seen": 0, "by": given.MANAGER, "why": "Past bij ons.", "now": NOON}


@pytest.fixture
def db(fresh: Database) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(fresh.dsn(APP), autocommit=True) as opened:
        yield opened


def test_the_last_choice_counts_and_the_first_stays(db: psycopg.Connection[Any]) -> None:
    assert settings.chosen(db) == {}
    settings.choose(db, "nobody_leads", "days", 14, **HOW)
    settings.choose(db, "nobody_leads", "days", 10, **{**HOW, "seen": 1, "why": "Toch korter."})
    settings.choose(db, "nobody_leads", "parties", 4, **HOW)
    assert settings.chosen(db) == {"nobody_leads": {"days": 10, "parties": 4}}
    told = [(one.threshold, one.version, one.value, one.why, one.by_name) for one in settings.history(db)]
    name = given.MANAGER.name
    assert told == [
        ("days", 2, 10, "Toch korter.", name),
        ("days", 1, 14, "Past bij ons.", name),
        ("parties", 1, 4, "Past bij ons.", name),
    ]


def test_of_two_who_choose_at_once_the_second_is_told(fresh: Database) -> None:
    def choose(value: int) -> str:
        with psycopg.connect(fresh.dsn(APP), autocommit=True) as db:
            try:
                settings.choose(db, "nobody_leads", "days", value, **HOW)
            except SettingChangedMeanwhile:
                return "told"
        return "chosen"

    with ThreadPoolExecutor() as threads:
        assert sorted(threads.map(choose, range(8))) == ["chosen"] + ["told"] * 7


@pytest.mark.parametrize("value", [-1, 10_001])
def test_a_limit_has_its_bounds(db: psycopg.Connection[Any], value: int) -> None:
    with pytest.raises(OutOfBounds):
        settings.choose(db, "nobody_leads", "days", value, **HOW)
    for bound in (settings.LEAST, settings.MOST):
        settings.choose(db, f"a{bound}", "days", bound, **HOW)


def test_a_choice_has_a_reason(db: psycopg.Connection[Any]) -> None:
    with pytest.raises(Empty):
        settings.choose(db, "nobody_leads", "days", 3, **{**HOW, "why": " "})
    assert settings.history(db) == []


@pytest.mark.parametrize("statement", ["UPDATE draad.setting SET value = 1", "DELETE FROM draad.setting"])
def test_a_choice_is_never_changed(db: psycopg.Connection[Any], statement: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        db.execute(statement.encode())
