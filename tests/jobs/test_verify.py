"""`draad verify`, its hourly job, and `draad witness`: what is wrong is said, and ends with 1."""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest
from click.testing import CliRunner, Result

from domain.case import now
from domain.casework import Casework
from domain.store import jobs
from domain.store.database import Database
from domain.store.log.sequencer import LogBroken
from domain.store.log.verify import Verdict
from domain.store.pool import Connection, connect
from draad import main
from jobs.demo.home import made_anew
from jobs.evidence import remembered, signed_upto, verdicts
from jobs.following import catch_up
from jobs.schedule import by_hand
from jobs.sequence import sequencers
from jobs.work import Means, NotYet
from projections.streams import Decode
from tests import given
from tests.faults.logs import look

Draad = Callable[..., Result]


@pytest.fixture
def home(fresh: Database) -> Path:
    return fresh.secrets.folder.parent


@pytest.fixture
def draad(home: Path) -> Draad:
    return lambda *words: CliRunner(env={"DRAAD_HOME": str(home)}).invoke(main, words)


@pytest.fixture
def recorded(fresh: Database, home: Path, casework: Casework, db: Connection) -> Database:
    """A client, somebody who looked, and a worker that put it on the logs."""
    casework.open(case := given.sanne())
    look(db, case.id)
    catch_up(fresh, casework)
    sign(fresh, home)
    return fresh


def sign(database: Database, home: Path) -> None:
    with connect(database) as db:
        for sequencer in sequencers(db, database, home):
            while sequencer.step():
                pass


def tamper(database: Database, statement: str) -> None:
    with psycopg.connect(database.admin("draad"), autocommit=True) as db:
        db.execute("SET session_replication_role = replica")
        db.execute(statement.encode())


def told(result: Result) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(result.output)
    return answer


@pytest.mark.parametrize("how", [[], ["--deep"], ["--processes", "2"]], ids=str)
def test_all_is_well(draad: Draad, recorded: Database, how: list[str]) -> None:
    said = draad("verify", "--json", *how)
    assert said.exit_code == 0, said.output
    answer = told(said)
    assert answer["ok"]
    assert answer["first_bad"] is None
    assert answer["checkpoint"]["size"] == answer["entries"] > 10
    assert answer["looks"]["entries"] == 1
    assert "all as signed" in draad("verify").output


@pytest.mark.parametrize("how", [[], ["--processes", "2"]], ids=str)
def test_the_first_bad_entry_is_named_and_the_exit_is_1(
    draad: Draad, recorded: Database, how: list[str]
) -> None:
    tamper(recorded, "UPDATE draad.stored_events SET state = state || '!' WHERE notification_id IN (4, 7)")
    said = draad("verify", "--json", *how)
    assert said.exit_code == 1
    bad = told(said)["first_bad"]
    assert (bad["notification_id"], bad["version"], bad["what"]) == (4, 4, "changed")
    assert "NOT AS SIGNED" in draad("verify", *how).output


def test_a_look_that_was_changed_ends_with_1_too(draad: Draad, recorded: Database) -> None:
    tamper(recorded, "UPDATE draad.access_log SET user_name = 'Daan'")
    said = draad("verify", "--json")
    assert said.exit_code == 1
    assert told(said)["record"] is True
    assert told(said)["looks"]["first_bad"]["notification_id"] == 1


def test_what_is_not_signed_yet_is_said(draad: Draad, recorded: Database, casework: Casework) -> None:
    casework.open(given.sanne())
    answer = told(draad("verify", "--json"))
    assert answer["ok"]
    assert answer["not_yet_signed"]["entries"] == answer["entries"] - answer["checkpoint"]["size"] > 0
    assert "Limit:" in draad("verify").output


def test_a_key_kept_elsewhere_finds_that_all_was_signed_again(
    draad: Draad, recorded: Database, home: Path, tmp_path: Path
) -> None:
    """Somebody made a new key, threw the old signs away, and signed everything once more."""
    kept = tmp_path / "key"
    shutil.copy(home / "checkpoints" / "key", kept)
    secret = home / "secrets" / "log"
    before = secret.read_text()
    secret.write_text(secrets.token_hex(32))
    try:
        shutil.rmtree(home / "checkpoints")
        sign(recorded, home)
        assert draad("verify").exit_code == 0  # by the key in the home nobody can see it
        said = draad("verify", "--key", str(kept))
    finally:
        secret.write_text(before)
    assert said.exit_code == 1
    assert "not signed by the pinned key" in said.output


def test_nothing_is_signed_with_another_key_than_the_pinned_one(
    recorded: Database, home: Path, casework: Casework
) -> None:
    casework.open(given.sanne())
    secret = home / "secrets" / "log"
    before = secret.read_text()
    secret.write_text(secrets.token_hex(32))
    for log in ("record", "looks"):
        (home / "checkpoints" / f"{log}.checkpoints").unlink()
    try:
        with pytest.raises(LogBroken):
            sign(recorded, home)
    finally:
        secret.write_text(before)


def test_without_a_key_it_says_what_it_needs(draad: Draad, home: Path) -> None:
    said = draad("verify")
    assert said.exit_code == 2
    assert "--key" in said.output


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("DELETE FROM draad.entry_keys WHERE originator_version = 3", "has lost its data key"),
        ("UPDATE shown.caseload SET name = 'other'", "read model caseload differs in 2 rows"),
        ("DELETE FROM shown.say", "read model say differs"),
        (
            "UPDATE draad.entry_keys SET wrapped = set_byte(wrapped, 40, get_byte(wrapped, 40) # 1)",
            "cannot be read (Forged)",
        ),
        (
            "UPDATE draad.entry_keys SET wrapped = wrapped || '!' WHERE originator_version = 3",
            "not all that is kept opens with their key",
        ),
        (
            "INSERT INTO draad.entry_keys VALUES ('00000000-0000-0000-0000-000000000001', 1, 'x')",
            "and no entry",
        ),
        (
            """
            INSERT INTO draad.job (job, due, missed, started_at, outcome, counts)
            VALUES ('digest', now(), 0, now(), 'ok', '{"sent": 3}')""",
            "The job digest says that it is done",
        ),
    ],
)
def test_deep_finds_what_does_not_fit_together(
    draad: Draad, recorded: Database, statement: str, sentence: str
) -> None:
    assert draad("verify", "--deep").exit_code == 0
    tamper(recorded, statement)
    assert draad("verify").exit_code == 0
    said = draad("verify", "--deep")
    assert said.exit_code == 1
    assert sentence in said.output


def test_deep_finds_a_gap_and_a_stream_whose_key_is_not_known(draad: Draad, recorded: Database) -> None:
    entry = "INSERT INTO draad.stored_events (originator_id, originator_version, topic, state)"
    key = "INSERT INTO draad.entry_keys SELECT originator_id, 2, 'x' FROM added"
    tamper(
        recorded,
        f"WITH added AS ({entry} VALUES (gen_random_uuid(), 2, 't', '\\x0101') RETURNING *) {key}",
    )
    said = draad("verify", "--deep")
    assert said.exit_code == 1
    assert "has a gap" in said.output
    assert "is not in the key database" in said.output


def test_looking_deep_leaves_nothing_behind(draad: Draad, recorded: Database, db: Connection) -> None:
    def tables() -> list[Any]:
        return db.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'shown' ORDER BY 1").fetchall()

    before = tables()
    draad("verify", "--deep")
    assert tables() == before


@pytest.fixture
def at_home(decode: Decode, home: Path) -> Means:
    return Means(decode, home, {name: value for name, value in os.environ.items() if "DRAAD" not in name})


def run(database: Database, means: Means) -> jobs.Run:
    return by_hand(database, "verify", means, lambda *_: None, now)


def test_the_job_remembers_how_far_it_was_well(recorded: Database, at_home: Means) -> None:
    ran = run(recorded, at_home)
    assert ran.outcome == jobs.OK
    assert ran.counts["looks"] == 1
    assert remembered(at_home.home).last("record")
    run(recorded, at_home)
    assert len(remembered(at_home.home).notes("record")) == 1  # nothing came: nothing to remember


def test_the_job_fails_when_something_was_changed(recorded: Database, at_home: Means) -> None:
    tamper(recorded, "DELETE FROM draad.stored_events WHERE notification_id = 4")
    ran = run(recorded, at_home)
    assert (ran.outcome, ran.why) == (jobs.FAILED, "RecordChanged")


def test_what_was_remembered_finds_a_record_set_back_with_its_checkpoints(
    draad: Draad, recorded: Database, home: Path, at_home: Means, casework: Casework
) -> None:
    saved = (home / "checkpoints" / "record.checkpoints").read_text()
    casework.open(given.sanne())
    sign(recorded, home)
    run(recorded, at_home)
    (home / "checkpoints" / "record.checkpoints").write_text(saved)
    (home / "checkpoints" / "record.lines").unlink()
    size = int(saved.split("\n")[1])
    tamper(recorded, f"DELETE FROM draad.stored_events WHERE notification_id > {size}")  # noqa: S608
    tamper(recorded, f"DELETE FROM draad.log_leaf WHERE log = 'record' AND place >= {size}")  # noqa: S608
    said = draad("verify")
    assert said.exit_code == 1
    assert "missing" in said.output
    shutil.rmtree(home / "verified")
    assert draad("verify").exit_code == 0  # it was this memory that found it


def test_the_job_waits_for_a_worker_that_has_signed_nothing_yet(
    fresh: Database, casework: Casework, at_home: Means
) -> None:
    casework.open(given.sanne())
    with pytest.raises(NotYet):
        run(fresh, at_home)


def test_a_demo_made_anew_begins_with_new_logs(recorded: Database, home: Path, tmp_path: Path) -> None:
    old = tmp_path / "home"
    for folder in ("checkpoints", "verified"):
        shutil.copytree(home / "checkpoints", old / folder)
    made_anew(old)
    assert not list(old.rglob("*.checkpoints"))


def test_a_first_look_that_is_not_signed_yet_is_no_alarm_and_a_change_still_is(
    fresh: Database, home: Path, casework: Casework, db: Connection, at_home: Means
) -> None:
    casework.open(case := given.sanne())
    sign(fresh, home)
    look(db, case.id)
    with pytest.raises(NotYet):
        run(fresh, at_home)
    tamper(fresh, "DELETE FROM draad.stored_events WHERE notification_id = 4")
    assert run(fresh, at_home).why == "RecordChanged"


def test_a_first_checkpoint_that_comes_while_it_looks_is_no_alarm(
    fresh: Database, casework: Casework, db: Connection, at_home: Means, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first looks are signed within a second: between what the job read and what it makes of that."""

    def then_signed(*asked: Any) -> list[Verdict]:
        found = verdicts(*asked)
        sign(fresh, at_home.home)
        return found

    casework.open(case := given.sanne())
    sign(fresh, at_home.home)
    look(db, case.id)
    monkeypatch.setattr("jobs.work.verdicts", then_signed)
    with pytest.raises(NotYet):
        run(fresh, at_home)
    assert run(fresh, at_home).outcome == jobs.OK


def test_entries_that_stay_unsigned_are_told(recorded: Database, home: Path, casework: Casework) -> None:
    casework.open(given.sanne())
    with connect(recorded) as db:
        found, _ = verdicts(db, home, {})
    assert not signed_upto(home, found, patience=1)
    sign(recorded, home)
    assert signed_upto(home, found, patience=1)


def test_a_witness_gets_what_continues_and_refuses_another_log(
    draad: Draad, recorded: Database, home: Path, casework: Casework, tmp_path: Path
) -> None:
    there = str(tmp_path / "witness")
    assert draad("witness", there).exit_code == 0
    casework.open(given.sanne())
    sign(recorded, home)
    assert draad("witness", there).exit_code == 0
    assert len((tmp_path / "witness" / "record.checkpoints").read_text().split("\n\n")) == 5
    tamper(recorded, "UPDATE draad.log_leaf SET hash = sha256('') WHERE place = 2")
    said = draad("witness", there)
    assert said.exit_code == 1
    assert "not what was signed" in said.output
