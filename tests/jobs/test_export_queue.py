"""The worker makes the files that were asked for: one by one, for who may read it now, whole or not."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from uuid import uuid4

import msgspec
import pytest

from domain.case import Case
from domain.casework import Casework
from domain.entry import Role
from domain.store import exports
from domain.store.accounts import Account, add_account
from domain.store.database import Database
from domain.store.exports import TRIES, Export, State
from domain.store.jobs import claim
from domain.store.pool import Connection, connect
from jobs.exports import dossier as making
from jobs.exports import queue
from jobs.exports.queue import Stopped, make_next
from projections.export.dossier.asked import Asked
from projections.export.dossier.pack import entries
from projections.export.log.asked import AskedLog, Format
from tests.disabling import disable_account
from tests.jobs.test_dossier import FULL, NEEDS_PDF, NOW, OWN, case, forgotten, unpacked, without_pdf
from tests.projections.test_worker import a_worker

STAY = threading.Event()
STORIES = (case, forgotten)  # fixtures that are shared


@pytest.fixture
def db(db: Connection) -> Connection:
    db.execute("DELETE FROM draad.export")
    return db


def coordinator(db: Connection, role: Role = Role.COORDINATOR, team: str = "Noord") -> Account:
    return add_account(
        db, f"user-{uuid4()}", "zes paarden", name="Ilse", role=role, organisation="De Brug", team=team
    )


def asked_by(
    db: Connection, casework: Casework, case: Case, who: Account, asked: Asked = FULL, *, at: datetime = NOW
) -> Export:
    export = Export(uuid4(), who.id, case.id, at)
    exports.ask(db, casework.vault, export, msgspec.json.encode(asked))
    return export


def what_became(db: Connection, of: Export) -> tuple[State, str]:
    (found,) = exports.of_account(db, of.account, of.asked_at)
    return found.state, found.failed


def test_the_worker_makes_what_was_asked_for_first(
    casework: Casework, db: Connection, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_pdf(monkeypatch)
    wanted = asked_by(db, casework, case, coordinator(db))
    assert make_next(db, casework, STAY) == 1
    assert what_became(db, wanted) == (State.DONE, "")
    content = exports.content_of(db, casework.vault, wanted)
    assert content
    assert "entries.json" in unpacked(content)
    assert make_next(db, casework, STAY) == 0


@pytest.mark.parametrize(
    "who",
    [
        (Role.COORDINATOR, "Zuid", FULL),
        (Role.WORKER, "Noord", FULL),
        (Role.REVIEWER, "", FULL),
        (Role.PARTNER, "", FULL),
        (Role.COORDINATOR, "Noord", OWN),
        (Role.CLIENT, "", OWN),
    ],
)
def test_who_may_not_read_it_now_gets_nothing(
    casework: Casework, db: Connection, case: Case, who: tuple[Role, str, Asked]
) -> None:
    """Also when they could at the moment they asked."""
    role, team, asked = who
    wanted = asked_by(db, casework, case, coordinator(db, role, team), asked)
    assert make_next(db, casework, STAY) == 1
    assert what_became(db, wanted) == (State.FAILED, "NotTheirs")
    assert exports.content_of(db, casework.vault, wanted) is None


def test_an_account_that_was_disabled_meanwhile_gets_nothing(
    casework: Casework, db: Connection, case: Case
) -> None:
    who = coordinator(db)
    wanted = asked_by(db, casework, case, who)
    disable_account(db, who.user_name)
    make_next(db, casework, STAY)
    assert what_became(db, wanted) == (State.FAILED, "NotTheirs")


def test_of_a_client_who_was_forgotten_nothing_is_kept(
    casework: Casework, db: Connection, forgotten: Case
) -> None:
    wanted = asked_by(db, casework, forgotten, coordinator(db))
    casework.vault.destroy(forgotten.client_id)
    assert make_next(db, casework, STAY) == 1
    assert not exports.of_account(db, wanted.account, NOW)


def test_a_worker_that_has_to_stop_takes_it_up_again(
    casework: Casework, db: Connection, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_pdf(monkeypatch)
    wanted, stop = asked_by(db, casework, case, coordinator(db)), threading.Event()
    stop.set()
    with pytest.raises(Stopped):
        make_next(db, casework, stop)
    assert exports.content_of(db, casework.vault, wanted) is None
    assert make_next(db, casework, STAY) == 1
    assert what_became(db, wanted) == (State.DONE, "")


def test_what_is_cut_off_again_and_again_is_given_up(
    casework: Casework, db: Connection, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_pdf(monkeypatch)
    wanted = asked_by(db, casework, case, coordinator(db))
    for _ in range(TRIES):
        exports.first_waiting(db)
    make_next(db, casework, STAY)
    assert what_became(db, wanted) == (State.FAILED, "CutOff")


def test_what_is_too_large_to_keep_is_not_made(
    casework: Casework, db: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue, "LARGEST", 20)
    who, of_all = coordinator(db, Role.MANAGER), uuid4()
    wanted = Export(of_all, who.id, of_all, NOW)
    exports.ask(db, casework.vault, wanted, msgspec.json.encode(AskedLog(Format.XES)))
    assert make_next(db, casework, STAY) == 1
    assert what_became(db, wanted) == (State.FAILED, "TooLarge")


def test_one_that_cannot_be_made_holds_up_no_other(
    casework: Casework, db: Connection, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    who, real = coordinator(db), entries
    wrong, right = (asked_by(db, casework, case, who) for _ in range(2))
    without_pdf(monkeypatch)

    def fails(_: object) -> bytes:
        raise ValueError("Sanne zei dit")

    monkeypatch.setattr(making, "entries", fails)
    make_next(db, casework, STAY)
    monkeypatch.setattr(making, "entries", real)
    make_next(db, casework, STAY)
    became = {one.id: one.failed for one in exports.of_account(db, who.id, NOW)}
    assert sorted(became.values()) == ["", "ValueError"]
    assert {wrong.id, right.id} == became.keys()


def test_only_one_worker_makes_files_at_a_time(
    fresh: Database, casework: Casework, db: Connection, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_pdf(monkeypatch)
    asked_by(db, casework, case, coordinator(db))
    with connect(fresh) as another:
        assert claim(another, "exports")
        assert make_next(db, casework, STAY) == 0
    await_(lambda: make_next(db, casework, STAY) == 1)


@NEEDS_PDF
def test_a_worker_that_is_killed_halfway_leaves_nothing_and_the_next_makes_it(
    fresh: Database, casework: Casework, db: Connection, case: Case
) -> None:
    really = datetime.now(UTC)  # a worker cleans up by the real clock
    wanted = asked_by(db, casework, case, coordinator(db), at=really)
    with a_worker(fresh) as worker:
        await_(lambda: what_became(db, wanted)[0] is State.MAKING)
        worker.kill()
    assert exports.content_of(db, casework.vault, wanted) is None
    with a_worker(fresh):
        await_(lambda: what_became(db, wanted)[0] is State.DONE)
    content = exports.content_of(db, casework.vault, wanted)
    assert content
    assert unpacked(content)["dossier-2026-11-22.pdf"].startswith(b"%PDF")


def await_(so: Callable[[], bool], seconds: float = 40) -> None:
    until = time.monotonic() + seconds
    while not so():
        assert time.monotonic() < until
        time.sleep(0.01)
