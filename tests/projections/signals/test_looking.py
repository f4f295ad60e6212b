"""The looker: each case that changed is looked at once, whoever else looks, and nothing stands in its way."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest

from domain.casework import Casework
from domain.store import settings
from domain.store.database import APP, Database
from jobs.rebuild import rebuild_models
from projections.position import Position, newest
from projections.read_model import Db, left_out
from projections.signals import looking
from projections.signals.signal import Noticed, Observed, Signal, Weight, signals
from tests import given
from tests.projections.conftest import Follow, change, kept, poisoned, start_again, visit
from tests.projections.test_follower import forge

NOON = datetime(2026, 11, 22, 11, tzinfo=UTC)
LATER = NOON + timedelta(days=1)

FORGOTTEN = UUID(int=0xDEAF)  # a client of this file alone: a key that went stays gone


def everything(seen: Observed, _: object) -> Noticed:
    """There are %(entries)s entries.

    For a test.
    """
    return Noticed(seen.today, (1,), {"entries": len(seen.entries), "on": seen.today})


@pytest.fixture(autouse=True)
def _one_signal(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that is noticed in every case."""
    of_here = Signal("everything", everything, signals()["nobody_leads"].limits, Weight.THIS_WEEK)
    for name in list(signals()):
        monkeypatch.delitem(signals(), name)
    monkeypatch.setitem(signals(), "everything", of_here)


def look(casework: Casework, db: Db, now: datetime = NOON) -> int:
    return looking.drain(db, casework.mapper.to_domain_event, now)


def rows(db: Db, columns: str = "case_id, signal, facts") -> list[tuple[Any, ...]]:
    query = f"SELECT {columns} FROM shown.signals ORDER BY case_id, signal"  # noqa: S608 - names of our own
    return db.execute(query.encode()).fetchall()


@contextmanager
def another(database: Database) -> Iterator[Db]:
    with closing(psycopg.connect(database.dsn(APP), autocommit=True)) as other:
        yield other


def test_a_case_that_changed_is_looked_at(casework: Casework, follow: Follow, db: Db) -> None:
    case = given.sanne()
    kept(casework, case)
    follow()
    assert (looking.waiting(db), look(casework, db), looking.waiting(db)) == (1, 1, 0)
    ((case_id, name, facts),) = rows(db)
    assert (case_id, name, facts["on"]) == (case.id, "everything", "2026-11-22")
    change(casework, case.id)
    follow()
    look(casework, db)
    assert rows(db)[0][2]["entries"] == facts["entries"] + 1


def test_a_contact_asks_for_a_look_at_its_case(casework: Casework, follow: Follow, db: Db) -> None:
    case = given.sanne()
    kept(casework, case)
    follow()
    look(casework, db)
    visit(casework, case.id)
    follow()
    assert db.execute("SELECT case_id FROM shown.to_look_at").fetchall() == [(case.id,)]


def test_who_wrote_waits_until_it_was_looked_at(
    fresh: Database, casework: Casework, follow: Follow, db: Db
) -> None:
    with Position(fresh.dsn(APP)) as position:
        wrote = kept(casework, given.sanne(), given.karim())
        follow()
        assert position.wait(wrote, 5)
        looking.look(db, casework.mapper.to_domain_event, NOON, most=1)
        assert not position.wait(wrote, 0.1, looking.WHO)
        looking.look(db, casework.mapper.to_domain_event, NOON, most=1)
        assert position.wait(wrote, 5, looking.WHO)


def test_what_did_not_change_waits_for_nobody(casework: Casework, follow: Follow, db: Db) -> None:
    """The night asks for every case; who wrote something meanwhile comes first."""
    cases = [given.sanne(), given.karim()]
    kept(casework, *cases)
    follow()
    look(casework, db)
    assert looking.put_all(db) == len(cases)
    last = max(cases, key=lambda case: case.id).id
    change(casework, last)
    follow()
    looking.look(db, casework.mapper.to_domain_event, LATER, most=1)
    assert (
        db.execute("SELECT case_id FROM shown.to_look_at WHERE case_id = %(c)s", {"c": last}).fetchall() == []
    )
    (position,) = db.execute("SELECT notification_id FROM shown.position WHERE follower = 'signals'")
    assert position == (newest(db),)


def test_two_lookers_share_the_work(fresh: Database, casework: Casework, follow: Follow, db: Db) -> None:
    cases = [given.sanne() for _ in range(6)]
    kept(casework, *cases)
    follow()
    with another(fresh) as other, other.transaction():
        mine = {case for case, _ in other.execute(looking.TAKE, {"most": 2})}
        assert look(casework, db) == len(cases) - len(mine)
    assert {case_id for case_id, *_ in rows(db)} == {case.id for case in cases} - mine
    assert look(casework, db) == len(mine)


def test_many_lookers_and_writers_at_once_leave_what_one_would(
    fresh: Database, casework: Casework, follow: Follow, db: Db
) -> None:
    cases = [given.sanne() for _ in range(8)]
    kept(casework, *cases)
    follow()
    stop = threading.Event()

    def looks() -> None:
        with another(fresh) as own:
            while not stop.is_set():
                looking.look(own, casework.mapper.to_domain_event, NOON, most=2)

    with ThreadPoolExecutor() as threads:
        lookers = [threads.submit(looks) for _ in range(2)]
        for case in cases * 3:
            change(casework, case.id)
            follow()
        stop.set()
        for looker in lookers:
            looker.result()
    look(casework, db)
    raced = rows(db)
    looking.put_all(db)
    look(casework, db)
    assert raced == rows(db)
    assert len(raced) == len(cases)


@pytest.mark.parametrize("asked_by", ["a change", "the night"])
def test_what_is_asked_during_a_look_asks_for_another(
    fresh: Database,
    casework: Casework,
    follow: Follow,
    db: Db,
    *,
    monkeypatch: pytest.MonkeyPatch,
    asked_by: str,
) -> None:
    """The look that is under way may have read the history, or the limits, before."""
    case = given.sanne()
    kept(casework, case)
    follow()
    the_limits = looking.limits

    def meanwhile(of: Db) -> looking.Limits:
        if asked_by == "a change":
            change(casework, case.id)
            follow()  # which waits for nobody
        else:
            looking.put_all(db)
        return the_limits(of)

    with another(fresh) as other, monkeypatch.context() as during:
        during.setattr(looking, "limits", meanwhile)
        looking.look(other, casework.mapper.to_domain_event, NOON)
    assert looking.waiting(db) == 1


def test_a_change_that_is_under_way_is_looked_at_after_it(
    fresh: Database, casework: Casework, follow: Follow, db: Db
) -> None:
    case = given.sanne()
    kept(casework, case)
    follow()
    with another(fresh) as other:
        with db.transaction():
            change(casework, case.id)
            follow()
            other.execute("SET lock_timeout = '1s'")
            assert looking.look(other, casework.mapper.to_domain_event, NOON) == 1
        assert looking.waiting(db) == 1


def stumbling(over: UUID) -> Signal:
    def stumbles(seen: Observed, _: object) -> Noticed | None:
        if seen.plan.client.client_id == over:
            raise ZeroDivisionError("Sanne Mulder")
        return None

    return replace(signals()["everything"], name="stumbles", ask=stumbles)


def test_a_case_that_fails_is_left_out_and_the_rest_goes_on(
    casework: Casework, follow: Follow, db: Db, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong, well = given.an_opened_case(client_id=UUID(int=0xBAD)), given.karim()
    kept(casework, wrong, well)
    follow()
    look(casework, db)
    with monkeypatch.context() as during:
        during.setitem(signals(), "stumbles", stumbling(UUID(int=0xBAD)))
        looking.put_all(db)
        assert look(casework, db) == 2
        assert [case_id for case_id, *_ in rows(db)] == [well.id]
        assert poisoned(db) == [(wrong.id, "signals", "ZeroDivisionError")]
        assert looking.waiting(db) == 0
    looking.put_all(db)
    look(casework, db)
    assert len(rows(db)) == 2
    assert left_out(db, looking.WHO) == 0


def test_a_case_that_cannot_be_read_is_left_out(
    fresh: Database, casework: Casework, follow: Follow, db: Db
) -> None:
    wrong, well = given.sanne(), given.karim()
    kept(casework, wrong, well)
    forge(fresh, wrong.id)
    follow()
    look(casework, db)
    assert [case_id for case_id, *_ in rows(db)] == [well.id]
    assert (wrong.id, "signals", "Forged") in poisoned(db)


def test_what_is_wrong_with_all_stops_the_looker(
    casework: Casework, follow: Follow, db: Db, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else every case would be left out, one by one, because memory ran out."""
    kept(casework, given.sanne())
    follow()

    def stumbles(*_: object) -> None:
        raise MemoryError

    monkeypatch.setitem(signals(), "stumbles", replace(signals()["everything"], ask=stumbles))
    with pytest.raises(MemoryError):
        look(casework, db)
    assert looking.waiting(db) == 1


def test_of_a_forgotten_client_nothing_stays(casework: Casework, follow: Follow, db: Db) -> None:
    case = given.an_opened_case(client_id=FORGOTTEN)
    kept(casework, case)
    follow()
    look(casework, db)
    assert len(rows(db)) == 1
    casework.vault.destroy(FORGOTTEN)
    looking.put_all(db)
    look(casework, db)
    assert rows(db) == []
    assert left_out(db, looking.WHO) == 0


def test_a_rebuild_asks_for_every_case(fresh: Database, casework: Casework, follow: Follow, db: Db) -> None:
    kept(casework, given.sanne(), given.karim())
    follow()
    look(casework, db)
    rebuild_models(fresh, ["signals"], lambda *_: None)
    assert looking.waiting(db) == 2


def test_shown_anew_is_looked_at_anew(casework: Casework, follow: Follow, db: Db) -> None:
    kept(casework, given.sanne(), given.karim())
    follow()
    look(casework, db)
    start_again(db)
    follow()
    assert looking.waiting(db) == 2


def test_it_is_first_seen_when_it_came_up_and_again_when_it_came_back(
    casework: Casework, follow: Follow, db: Db
) -> None:
    case = given.sanne()
    kept(casework, case)

    def seen_at(now: datetime) -> list[tuple[Any, ...]]:
        follow()
        looking.put_all(db)
        look(casework, db, now)
        return rows(db, "state, first_seen")

    assert seen_at(NOON) == [("new", NOON)]
    assert seen_at(LATER) == [("new", NOON)]
    with casework.changing(case.id) as changing:
        until = date(2026, 12, 1)
        changing.case.postpone_signal("everything", (1,), until, "vakantie", **given.telling())
    assert seen_at(LATER) == [("postponed", NOON)]
    back = LATER + timedelta(days=30)
    assert seen_at(back) == [("new", back)]


def test_the_limits_that_were_chosen_are_used(casework: Casework, follow: Follow, db: Db) -> None:
    def patient(_: Observed, limits: Any) -> Noticed | None:
        return None if limits.days > 7 else Noticed(NOON.date())

    signals()["everything"] = replace(signals()["everything"], ask=patient)
    kept(casework, given.sanne())
    follow()
    look(casework, db)
    assert len(rows(db)) == 1
    how: dict[str, Any] = {"seen": 0, "by": given.MANAGER, "why": "proef", "now": NOON}
    settings.choose(db, "everything", "days", 8, **how)
    settings.choose(db, "everything", "of_an_older_draad", 8, **how)
    settings.choose(db, "of_an_older_draad", "days", 8, **how)
    looking.put_all(db)
    look(casework, db)
    assert rows(db) == []
    assert left_out(db, looking.WHO) == 0
