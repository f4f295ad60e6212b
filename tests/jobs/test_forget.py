"""`draad forget`: two people, until the certificate; and afterwards everything still adds up."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from uuid import UUID, uuid4

import pytest
from click.testing import CliRunner, Result

from domain.case import Case
from domain.casework import Casework
from domain.entry import Role
from domain.store.accounts import add_account
from domain.store.database import APP, KEYS, Database
from domain.store.erasing import erasures
from domain.store.pool import Connection, connect_to
from domain.store.vault import KeyGone
from draad import main
from jobs.following import catch_up
from jobs.forget import decide, finish, tell
from jobs.forgetting import before_opening, keep_forgetting
from jobs.rebuild import rebuild_models
from jobs.sequence import sequencers
from tests.forgetting import lies_in, told, words_of
from tests.store.shapes import vault_of

LATE = "INSERT INTO draad.raw_resource VALUES ('s', %s, 'h', '')"
THERE = "SELECT 1 FROM draad.raw_resource WHERE case_id = %s"


@dataclass
class Office:
    """An installation with a client, a coordinator and a manager."""

    database: Database
    casework: Casework
    db: Connection
    kept: Case
    people: tuple[str, str]

    @property
    def home(self) -> Path:
        return self.database.secrets.folder.parent

    def draad(self, *words: str) -> Result:
        return CliRunner(env={"DRAAD_HOME": str(self.home)}).invoke(main, words)

    def decided(self) -> UUID:
        """That the client is forgotten; nothing went yet. Gives the client."""
        said = {"ground": "term_is_over", "reason": "De termijn is om.", "request": None}
        given = {"proposed_by": self.people[0], "second": self.people[1], **said}
        return decide(self.database, self.casework, str(self.kept.id), given, sure=True)

    def forgotten(self) -> UUID:
        """Without the wait for what other processes remember: there are none."""
        self.casework.vault.keep = 0
        client = self.decided()
        finish(self.database, self.casework, client)
        return client

    def signed(self) -> None:
        for sequencer in sequencers(self.db, self.database, self.home):
            while sequencer.step():
                pass


@pytest.fixture
def office(fresh: Database, casework: Casework, db: Connection) -> Office:
    names = f"fatima-{uuid4().hex}", f"ingrid-{uuid4().hex}"
    add_account(db, names[0], "p" * 16, name="Fatima de Wit", role=Role.COORDINATOR)
    add_account(db, names[1], "p" * 16, name="Ingrid Vos", role=Role.MANAGER)
    return Office(fresh, casework, db, told(casework, db), names)


def test_a_client_is_forgotten_and_the_log_still_verifies(office: Office) -> None:
    stays = told(office.casework, office.db)
    catch_up(office.database, office.casework)
    office.signed()
    office.forgotten()
    office.signed()
    found = json.loads(office.draad("verify", "--deep", "--json").output)
    assert found["ok"], found
    rebuild_models(office.database, (), lambda *_: None)
    assert office.db.execute("SELECT case_id FROM shown.caseload").fetchall() == [(stays.id,)]
    assert not lies_in(office.database, office.kept)
    assert lies_in(office.database, stays)


def test_verify_says_what_the_record_says_is_gone_and_is_not(office: Office) -> None:
    office.signed()
    office.decided()  # and nobody goes on
    found = json.loads(office.draad("verify", "--deep", "--json").output)
    assert not found["ok"]
    assert any("was erased, and the key" in said for said in found["deep"])


def test_their_words_are_in_no_file_of_the_home_no_log_and_not_on_the_certificate(
    office: Office, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """In the home: but for the files of the database server itself. See the threat model."""
    caplog.set_level(logging.DEBUG)
    client = office.forgotten()
    office.signed()
    tell(office.database, client, tmp_path / "certificate.txt")
    said = (tmp_path / "certificate.txt").read_text()
    for text in ("de bewaartermijn is voorbij", "Ingrid Vos", "Fatima de Wit", "dossiers: 1", "Klaar:"):
        assert text in said
    files = [path for path in office.home.rglob("*") if path.is_file() and "postgres" not in path.parts]
    assert len(files) > 3
    for place in (said.encode(), caplog.text.encode(), *(path.read_bytes() for path in files)):
        assert words_of(office.kept).encode() not in place


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        (0, 0, "no account here that may do this"),
        (1, 1, "Destroying takes two people"),
        (2, 1, "no account here that may do this"),
    ],
    ids=["who may not decide", "one person", "nobody"],
)
def test_who_may_not_forgets_nothing(office: Office, one: int, other: int, why: str) -> None:
    names = (*office.people, "nobody")
    how = ["--by", names[one], "--second", names[other], "--ground", "term_is_over", "--reason", "Om."]
    said = office.draad("forget", str(office.kept.id), *how, "--yes")
    assert said.exit_code != 0
    assert why in said.output
    assert words_of(office.kept) == office.casework.history(office.kept.id).plan.client.name


@pytest.mark.parametrize("words", [[], ["--client", str(uuid4())], ["Z-1"]], ids=["nobody", "who", "how"])
def test_it_says_what_is_missing(office: Office, words: list[str]) -> None:
    assert office.draad("forget", *words).exit_code != 0


def test_before_anybody_comes_in_what_was_broken_off_goes_on(office: Office) -> None:
    """The key and the rows at once; the last sweep half a minute later, by the worker."""
    client = office.decided()  # and then it fell over
    catch_up(office.database, office.casework)
    before_opening(office.database)
    assert not lies_in(office.database, office.kept)
    office.casework.vault.forget()
    with pytest.raises(KeyGone):
        office.casework.vault.of(office.kept.id)
    with connect_to(office.database.dsn(APP, KEYS)) as keys:
        assert [one.finished_at for one in erasures(keys, client)] == [None]
        with working(office):
            give_up = time.monotonic() + 20
            while not erasures(keys, client)[0].finished_at:
                assert time.monotonic() < give_up
                time.sleep(0.1)


@contextmanager
def working(office: Office, keep: float = 0) -> Iterator[None]:
    """A worker that forgets, and remembers keys for so long."""
    stop, office.casework.vault.keep = Event(), keep
    worker = Thread(target=keep_forgetting, args=(office.database, office.casework.vault, stop))
    worker.start()
    try:
        yield
    finally:
        stop.set()
        worker.join()


def test_what_waits_is_not_swept_every_second(office: Office) -> None:
    """Everything of everybody who was ever forgotten is looked for."""
    office.decided()
    catch_up(office.database, office.casework)
    with working(office, keep=3600):
        give_up = time.monotonic() + 20
        while lies_in(office.database, office.kept):
            assert time.monotonic() < give_up
            time.sleep(0.1)
        office.db.execute(LATE, [office.kept.id])
        time.sleep(2.5)
        assert office.db.execute(THERE, [office.kept.id]).fetchone()


def test_a_process_that_remembers_a_key_hears_that_it_goes(office: Office) -> None:
    with closing(vault_of(office.database, keep=3600)) as remembers:
        remembers.listen()
        remembers.of(office.kept.id)
        give_up = time.monotonic() + 20
        office.casework.vault.destroy(office.kept.client_id)
        while remembers.remembered(office.kept.id):
            assert time.monotonic() < give_up
            time.sleep(0.05)
        with pytest.raises(KeyGone):
            remembers.of(office.kept.id)
