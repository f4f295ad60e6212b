"""`draad backup` and `draad restore`: a drill, and what may not go wrong with it."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from click.testing import CliRunner, Result

from domain.case import Case, now
from domain.casework import Casework
from domain.errors import CaseIsErased, NoSuchCase
from domain.kinds import Matter
from domain.store import drafts
from domain.store.database import ROLES, Database, open_database, settings_for
from domain.store.drafts import Draft
from domain.store.erasing import alone, sweep
from domain.store.migrate import migrate
from domain.store.pool import connect
from draad import main
from jobs.backup import make
from jobs.backup.folders import NotEmpty, made
from jobs.backup.restore import SECRETS
from jobs.backup.trying import trying
from jobs.following import catch_up
from jobs.sequence import checkpoints, sequencers
from projections import position
from tests import given
from tests.faults.logs import look
from tests.forgetting import SECOND, proposed
from tests.given import telling
from tests.homes import a_home
from tests.store.shapes import vault_of
from tests.store.test_drafts import a_writer


@dataclass(frozen=True)
class Kept:
    """An installation, and three backups of it: before Daan was forgotten and others came, after it, and
    after an entry of Lena was destroyed.
    """

    home: Path
    place: Path
    sanne: UUID
    daan: UUID
    lena: UUID
    lena_herself: UUID

    def restored(self, home: Path, record: int, keys: int, *more: str, **env: str) -> Result:
        folders = (self.place / f"record-{record}", "--keys", self.place / f"keys-{keys}")
        return draad(home, "restore", *folders, *more, **env)


def draad(home: Path, *words: object, **env: str) -> Result:
    return CliRunner(env={"DRAAD_HOME": str(home), **env}).invoke(main, list(map(str, words)))


def sign(database: Database, home: Path) -> None:
    with connect(database) as db:
        for sequencer in sequencers(db, database, home):
            while sequencer.step():
                pass


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    place = tmp_path_factory.mktemp("backups")
    with a_home() as home, open_database(home) as database:
        migrate(database)
        with closing(Casework(settings_for(database))) as casework:
            clients = given.sanne(), given.an_opened_case(client_id=uuid4())
            for case in clients:
                casework.open(case)
            with connect(database) as db:
                look(db, clients[0].id)
            catch_up(database, casework)
            sign(database, home)
            back_up(home, place, 1)
            casework.vault.destroy(clients[1].client_id)
            for _ in range(3):
                casework.open(lena := given.an_opened_case(client_id=uuid4()))
            sign(database, home)
            back_up(home, place, 2)
            destroy_an_entry(database, casework, lena)
            sign(database, home)
            back_up(home, place, 3)
        yield Kept(home, place, clients[0].id, clients[1].id, lena.id, lena.client_id)


def destroy_an_entry(database: Database, casework: Casework, case: Case) -> None:
    """To the end: the key of this client is another."""
    with casework.changing(case.id) as change:
        change.case.say_what_matters("Dit niet.", Matter.PACE, **telling())
    proposal = proposed(casework, case, change.case.version)
    with casework.changing(case.id) as change:
        change.case.approve_erasure(proposal, **telling(by=SECOND))
    with closing(vault_of(database, keep=0)) as vault:
        assert sweep(database, vault) == 0
    casework.vault.forget()  # as it hears


def shown(database: Database) -> list[Any]:
    with connect(database) as db:
        return db.execute("SELECT name FROM shown.caseload").fetchall()


def newest(home: Path) -> int:
    with open_database(home) as database, connect(database) as db:
        return position.newest(db)


def back_up(home: Path, place: Path, number: int) -> None:
    said = draad(home, "backup", place / f"record-{number}", "--keys", place / f"keys-{number}")
    assert said.exit_code == 0, said.output
    assert "Restored elsewhere, and as it was signed" in said.output


@pytest.fixture
def home() -> Iterator[Path]:
    """Of the machine that takes over."""
    with a_home() as home:
        home.mkdir(mode=0o711)
        yield home


def test_a_drill_in_which_a_forgotten_client_stays_forgotten(kept: Kept, home: Path) -> None:
    """The record of before, with the keys of after: as the page on operations says it."""
    said = kept.restored(home, 1, 2)
    assert said.exit_code == 0, said.output
    with open_database(kept.home) as before, open_database(home) as after:
        assert shown(before)
        assert not shown(after), "names in clear are in no backup"
        with connect(after) as db:
            ended = db.execute("SELECT originator_id FROM draad.stored_events WHERE topic = 'erased'")
            assert (kept.daan,) in ended.fetchall(), "swept before anybody comes in"
    verified = draad(home, "verify", "--deep", "--json")
    assert verified.exit_code == 0, verified.output
    with open_database(home) as database, closing(Casework(settings_for(database))) as casework:
        assert casework.history(kept.sanne).plan.goals
        with pytest.raises(CaseIsErased):
            casework.history(kept.daan)
        with pytest.raises(NoSuchCase):
            casework.history(kept.lena)


def test_what_was_signed_after_the_backup_is_a_loss_that_somebody_accepts(
    kept: Kept, home: Path, tmp_path: Path
) -> None:
    shutil.copytree(checkpoints(kept.home).path, home / "checkpoints")  # all that is left of the machine
    refused = kept.restored(home, 1, 2)
    assert refused.exit_code == 1
    assert "More was signed than this backup holds" in refused.output
    assert draad(home, "verify").exit_code == 1, "nothing was put in place"
    accepted = kept.restored(home, 1, 2, "--accept-loss")
    assert accepted.exit_code == 0, accepted.output
    assert "were lost, accepted at" in accepted.output
    elsewhere = next(home.glob("checkpoints-before-*"))
    assert draad(home, "witness", elsewhere).exit_code == 0, "a witness goes on after it"
    shutil.copytree(checkpoints(kept.home).path, tmp_path / "of-before")
    witness = {"DRAAD_WITNESSES": str(tmp_path / "of-before")}
    with open_database(home) as database, closing(Casework(settings_for(database))) as casework:
        assert draad(home, "verify", "--deep", **witness).exit_code == 0
        after = casework.open(given.an_opened_case(client_id=uuid4()))  # fewer than were lost
        assert after > newest(kept.home), "no number is given out twice"
        sign(database, home)
        told = json.loads(draad(home, "verify", "--deep", "--json", **witness).output)
        assert told["ok"]
        assert told["losses"]
        with psycopg.connect(database.admin("draad"), autocommit=True) as db:
            db.execute("SET session_replication_role = replica")
            db.execute("DELETE FROM draad.stored_events WHERE notification_id = %(last)s", {"last": after})
            db.execute("DELETE FROM draad.log_leaf WHERE number = %(last)s", {"last": after})
        assert draad(home, "verify").exit_code == 1, "what is cut off later is no loss that was accepted"


def test_keys_that_are_older_than_the_record_are_refused(kept: Kept, home: Path) -> None:
    refused = kept.restored(home, 2, 1)
    assert refused.exit_code == 1
    assert "older than this record" in refused.output


def test_who_does_not_open_with_younger_keys_is_named_and_is_forgotten_when_somebody_accepts_that(
    kept: Kept, home: Path
) -> None:
    """Lena's key is another since an entry was destroyed: in the record of before nothing of her opens."""
    refused = kept.restored(home, 2, 3)
    assert refused.exit_code == 1
    assert "does not open with these keys" in refused.output
    assert str(kept.lena_herself) in refused.output
    accepted = kept.restored(home, 2, 3, "--forget-shut")
    assert accepted.exit_code == 0, accepted.output
    verified = draad(home, "verify", "--deep", "--json")
    assert verified.exit_code == 0, verified.output
    with open_database(home) as database, closing(Casework(settings_for(database))) as casework:
        assert casework.history(kept.sanne).plan.goals
        with pytest.raises(CaseIsErased):
            casework.history(kept.lena)


def test_a_draft_that_does_not_open_stops_no_backup_and_costs_nobody_their_case(
    kept: Kept, home: Path, tmp_path: Path
) -> None:
    """Somebody changed it: nobody can read it any more, here or there."""
    words = [("words", "Zwemmen.")]
    with open_database(kept.home) as database, connect(database) as db:
        writer = a_writer(db)
        whole, changed = (Draft(writer, uuid4(), kept.sanne, "record/voice-wish", now()) for _ in range(2))
        with closing(vault_of(database)) as vault:
            for draft in (whole, changed):
                drafts.keep(db, vault, draft, words)
        db.execute("UPDATE draad.draft SET sealed = sealed || 'x' WHERE id = %(id)s", {"id": changed.id})
        back_up(kept.home, tmp_path, 4)
        for draft in (whole, changed):
            drafts.drop(db, writer, draft.id)
    said = draad(home, "restore", tmp_path / "record-4", "--keys", tmp_path / "keys-4")
    assert said.exit_code == 0, said.output
    with open_database(home) as database, connect(database) as db, closing(vault_of(database)) as vault:
        assert drafts.drafts_of(db, writer, now()) == [whole]
        assert drafts.text_of(db, vault, whole) == words
    with open_database(home) as database, closing(Casework(settings_for(database))) as casework:
        assert casework.history(kept.sanne).plan.goals


def test_a_key_that_is_renewed_while_a_backup_is_made_is_not_in_it(kept: Kept, tmp_path: Path) -> None:
    """Else the record were of before, and the keys of after: it is tried out, and would not open."""
    with open_database(kept.home) as database, closing(Casework(settings_for(database))) as casework:
        lena, copied = casework.history(kept.lena), set()

        def meanwhile(_done: int, _of: int, what: str) -> None:
            if what not in copied:
                destroy_an_entry(database, casework, lena)
            copied.add(what)

        made = make.back_up(
            database, kept.home, tmp_path / "record", tmp_path / "keys", now=now(), progress=meanwhile
        )
    assert all(verdict.ok for verdict in made)


def test_a_backup_that_was_touched_is_refused_and_the_file_is_named(
    kept: Kept, home: Path, tmp_path: Path
) -> None:
    shutil.copytree(kept.place / "record-1", tmp_path / "record")
    with (tmp_path / "record" / "record.dump").open("ab") as file:
        file.write(b"!")
    refused = draad(home, "restore", tmp_path / "record", "--keys", kept.place / "keys-1")
    assert refused.exit_code == 1
    assert "record.dump" in refused.output
    assert not (home / "secrets" / "master").exists()


def test_nothing_is_restored_over_a_record(kept: Kept) -> None:
    refused = kept.restored(kept.home, 1, 1)
    assert refused.exit_code == 1
    assert "is recorded here already" in refused.output
    assert draad(kept.home, "verify").exit_code == 0


def test_secrets_that_were_laid_down_are_never_replaced(kept: Kept, home: Path, tmp_path: Path) -> None:
    for name in (*ROLES, *SECRETS):
        (tmp_path / name).write_text(f"{name} of another installation")
    refused = kept.restored(home, 1, 1, DRAAD_SECRETS_DIR=str(tmp_path))
    assert refused.exit_code == 1
    assert "not those of this backup" in refused.output
    assert "of another" in (tmp_path / "master").read_text()


def test_the_keys_go_elsewhere(kept: Kept, tmp_path: Path) -> None:
    for keys in (tmp_path / "one", tmp_path / "one" / "keys", tmp_path):
        refused = draad(kept.home, "backup", tmp_path / "one", "--keys", keys)
        assert refused.exit_code == 1
        assert "a folder of their own" in refused.output
        assert not (tmp_path / "one").exists()


def test_a_backup_never_takes_the_place_of_another(kept: Kept, tmp_path: Path) -> None:
    refused = draad(kept.home, "backup", kept.place / "record-1", "--keys", tmp_path / "keys")
    assert refused.exit_code == 1
    assert "something in this folder already" in refused.output
    assert not (tmp_path / "keys").exists()


def test_the_moment_of_a_backup_waits_until_nobody_sweeps(database: Database) -> None:
    with ThreadPoolExecutor() as threads:
        with alone(database):
            moment = threads.submit(make._now(database).__enter__)
            with pytest.raises(TimeoutError):
                moment.result(0.2)
        assert all(moment.result(10))


def test_what_a_backup_that_was_killed_left_goes_when_the_next_begins(tmp_path: Path) -> None:
    """A copy of everything, with the keys, in places that nobody else ever looks at."""
    home, before, after = tmp_path / "home", tmp_path / "monday", tmp_path / "tuesday"
    home.mkdir()
    if (child := os.fork()) == 0:
        with trying(home, before) as place, made(before) as half:
            for folder in (place, half):
                (folder / "secrets").mkdir(parents=True)
            os._exit(0)
    os.waitpid(child, 0)
    assert {path.name for path in tmp_path.rglob("secrets")} == {"secrets"}
    with trying(home, after):
        assert not list(tmp_path.rglob("secrets"))
    assert not (home / "trying").exists()


def test_one_backup_is_made_at_a_time(tmp_path: Path) -> None:
    """Two would try it out in the same place."""
    with ThreadPoolExecutor() as threads:
        with trying(tmp_path):
            other = threads.submit(trying(tmp_path).__enter__)
            with pytest.raises(TimeoutError):
                other.result(0.2)
        other.result(10)


def broken_off(folder: Path) -> None:
    with made(folder) as half:
        (half / "file").touch()
        raise ZeroDivisionError


def test_a_folder_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        broken_off(tmp_path / "one")
    assert not list(tmp_path.iterdir())
    (tmp_path / ".one.half").mkdir()  # of one that was killed
    (tmp_path / ".one.half" / "old").touch()
    with made(tmp_path / "one") as half:
        (half / "file").touch()
    with pytest.raises(NotEmpty), made(tmp_path / "one"):
        pass
    assert [file.name for file in (tmp_path / "one").iterdir()] == ["file"]
