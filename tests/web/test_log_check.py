"""What looking back says of the log: well only when it was well, not long ago, and our key signed it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from html import unescape
from pathlib import Path

import pytest
from flask import Flask

from domain.entry import Role
from domain.store import jobs
from domain.store.log.logs import RECORD
from domain.store.log.outside import KEY, Folder, pin, signer
from domain.store.log.sequencer import Sequencer
from domain.store.pool import Connection, connect
from domain.store.secret import Secrets
from domain.store.timetable import Owed
from jobs.evidence import NotSigned, RecordChanged
from tests import given
from tests.web.conftest import Visitor, desk_of
from tests.web.filling import kept

GREEN = "tag ok"
Panel = Callable[[], str]


@pytest.fixture
def panel(app: Flask, as_: Callable[..., Visitor]) -> Panel:
    """The panel beside a case of which everything is kept."""
    address = f"/cases/{kept(app, given.sanne())}/look-back?on=01-08-2026"
    ilse = as_("ilse", Role.COORDINATOR)

    def read() -> str:
        page = " ".join(unescape(ilse.get(address, follow_redirects=True).text).split())
        start = page.index('aria-labelledby="log-h"')
        return page[start : page.index("</section>", start)]

    return read


@pytest.fixture
def db(app: Flask) -> Iterator[Connection]:
    with desk_of(app).pool.connection() as db:
        yield db


@pytest.fixture
def now(app: Flask) -> datetime:
    return desk_of(app).casework.clock()


@pytest.fixture
def signed(app: Flask, panel: Panel, now: datetime, tmp_path: Path) -> None:
    """Everything has its place on the log, and a checkpoint."""
    database = desk_of(app).database
    with connect(database) as own:
        key, folder = signer(database.secrets, "record"), Folder(tmp_path / "checkpoints")
        pin(desk_of(app).home / KEY, [key.verifier])
        Sequencer(own, RECORD, key, folder, witnesses=(), clock=lambda: now).step()


def ran(db: Connection, at: datetime, error: Exception | None = None) -> None:
    jobs.begin(db, "verify", Owed(at, 0), at)
    if error:
        jobs.fail(db, "verify", at, at, error)
    else:
        jobs.finish(db, "verify", at, at, {"record": 214, "looks": 3})


@pytest.mark.usefixtures("signed")
def test_after_a_check_that_went_well_it_says_so_with_what_was_signed(
    panel: Panel, db: Connection, now: datetime
) -> None:
    ran(db, now - timedelta(hours=1))
    said = panel()
    assert GREEN in said
    for text in ("Controle van het logboek", "Het logboek klopt", "214 gebeurtenissen uit alle dossiers"):
        assert text in said
    for text in ("Laatste ondertekening", "Ketenwaarde", "<summary>Wat betekent dit?</summary>"):
        assert text in said
    assert re.search(r"Eerste van dit dossier</dt>\s*<dd>Gebeurtenis 1,", said)
    assert re.search(rf"Laatste van dit dossier</dt>\s*<dd>Gebeurtenis {given.sanne().version},", said)


def test_when_nothing_is_signed_it_says_so_though_a_check_went_well(
    panel: Panel, db: Connection, now: datetime
) -> None:
    assert "Er is nog niets ondertekend" in panel()
    ran(db, now - timedelta(hours=1))
    said = panel()
    assert "Er is nog niets ondertekend" in said
    assert GREEN not in said
    assert "Ketenwaarde" not in said


@pytest.mark.usefixtures("signed")
def test_it_says_how_to_check_a_dossier_with_our_key_and_who_gives_that(app: Flask, panel: Panel) -> None:
    key = signer(desk_of(app).database.secrets, "record").verifier
    assert f"python3 verifier.py dossier.zip --key {key}</code>" in panel()
    assert "Vraag die op papier of per telefoon aan de beheerder" in panel()


@pytest.mark.usefixtures("signed")
def test_the_pages_do_not_need_the_key_that_signs(
    app: Flask, panel: Panel, db: Connection, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a container the worker alone is given that secret."""
    ran(db, now - timedelta(hours=1))
    monkeypatch.setattr(Secrets, "read", lambda _, name: pytest.fail(f"{name} was asked for"))
    assert GREEN in panel()


@pytest.mark.usefixtures("signed")
def test_when_it_was_never_checked_it_says_so(panel: Panel) -> None:
    said = panel()
    assert "nog nooit gecontroleerd" in said
    assert GREEN not in said


@pytest.mark.usefixtures("signed")
@pytest.mark.parametrize(("hours", "green"), [(24, True), (25, False)])
def test_a_check_of_more_than_a_day_ago_is_not_well_any_more(
    panel: Panel, db: Connection, now: datetime, hours: int, *, green: bool
) -> None:
    ran(db, now - timedelta(hours=hours) + timedelta(minutes=1))
    assert (GREEN in panel(), "langer dan een dag geleden" in panel()) == (green, not green)


@pytest.mark.usefixtures("signed")
@pytest.mark.parametrize(
    ("error", "says"),
    [(RecordChanged(), "Het logboek klopt niet"), (NotSigned(), "niet gelukt"), (OSError(), "niet gelukt")],
)
def test_a_check_that_did_not_go_well_is_never_green_also_after_one_that_did(
    panel: Panel, db: Connection, now: datetime, error: Exception, says: str
) -> None:
    ran(db, now - timedelta(hours=2))
    ran(db, now - timedelta(hours=1), error)
    said = panel()
    assert says in said
    assert GREEN not in said


@pytest.mark.usefixtures("signed")
def test_a_check_that_has_not_finished_says_nothing_yet(panel: Panel, db: Connection, now: datetime) -> None:
    ran(db, now - timedelta(hours=2), RecordChanged())
    jobs.begin(db, "verify", Owed(now - timedelta(hours=2), 0), now)
    said = panel()
    assert "nog niet klaar" in said
    assert GREEN not in said


@pytest.mark.usefixtures("signed")
def test_a_checkpoint_that_another_signed_is_not_ours(panel: Panel, db: Connection, now: datetime) -> None:
    ran(db, now - timedelta(hours=1))
    db.execute("UPDATE draad.log_head SET note = 'draad/record' || note")
    said = panel()
    assert "niet met onze sleutel" in said
    assert GREEN not in said
