"""A dossier has its own proofs, and the one file that checks them; and tells nothing more by them."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from domain.access import Ground
from domain.case import Case
from domain.casework import Casework
from domain.kinds import WhyErased, WhyRestricted, WhyWithdrawn
from domain.store.access_log import Code, Look, Point, Visit, write
from domain.store.pool import Connection
from jobs.exports import dossier as making
from jobs.exports.dossier import Order, dossier
from projections.export.dossier.asked import Asked, Length
from tests import given
from tests.forgetting import SECOND
from tests.given import telling
from tests.jobs.conftest import Sign
from tests.jobs.test_dossier import unpacked

NOW = datetime(2026, 11, 22, 13, tzinfo=UTC)
FULL = Asked(given.TODAY, NOW)
SECRET = "Het geheim van buurman Karel."


@pytest.fixture(autouse=True)
def no_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "missing", lambda: ["libpango-1.0-0"])


@pytest.fixture
def case(casework: Casework) -> Case:
    case = given.sanne()
    casework.open(case)
    return case


def made(casework: Casework, db: Connection, case: Case, asked: Asked = FULL) -> dict[str, bytes]:
    order = Order(casework.history(case.id), asked, given.COORDINATOR, NOW)
    return unpacked(dossier(casework, db, order, lambda *_: None))


def proven(files: dict[str, bytes]) -> list[dict[str, Any]]:
    return list(json.loads(files["proofs.json"])["entries"])


def with_words(files: dict[str, bytes]) -> set[int]:
    return {entry["version"] for entry in proven(files) if "facts" in entry}


def read_by(files: dict[str, bytes]) -> set[int]:
    """The entries that the dossier tells whole."""
    told = json.loads(files["entries.json"])["entries"]
    read = [e for e in told if not e["masked"] and e["topic"] != "entry_gone"]
    return {e["number"] for e in read if e["facts"].get("reason") != "wrong_client"}


def manifest(files: dict[str, bytes]) -> dict[str, Any]:
    return dict(json.loads(files["manifest.json"]))


def test_all_entries_are_proven_and_the_list_of_files_says_how_many(
    casework: Casework, db: Connection, case: Case, sign: Sign
) -> None:
    sign(NOW)
    files = made(casework, db, case)
    assert manifest(files)["proofs"] == {"entries": case.version, "not_yet_signed": 0}
    assert with_words(files) == set(range(1, case.version + 1))
    assert {"proofs.json", "verifier.py"} < {part["name"] for part in manifest(files)["parts"]}


def test_what_is_not_signed_yet_is_left_out_and_said_to_be(
    casework: Casework, db: Connection, case: Case, sign: Sign
) -> None:
    files = made(casework, db, case)
    assert not {"proofs.json", "verifier.py"} & files.keys()
    assert "no checkpoint" in manifest(files)["proofs"]["why"]
    sign(NOW)
    with casework.changing(case.id) as change:
        change.case.make_agreement("Later.", "Thomas", **given.deciding(given.TODAY))
    assert manifest(made(casework, db, case))["proofs"] == {"entries": case.version, "not_yet_signed": 1}


def test_a_log_that_is_not_as_it_was_signed_proves_nothing_and_the_dossier_is_made(
    casework: Casework, db: Connection, case: Case, sign: Sign
) -> None:
    sign(NOW)
    db.execute("UPDATE draad.log_head SET note = replace(note, split_part(note, E'\n', 3), repeat('A', 44))")
    files = made(casework, db, case)
    assert "proofs.json" not in files
    assert "not as it was signed" in manifest(files)["proofs"]["why"]


@pytest.mark.parametrize("hides", ["restricted", "wrong case", "destroyed", "known", "names"])
def test_what_is_not_read_in_the_dossier_is_not_read_in_the_proofs(
    casework: Casework, db: Connection, case: Case, sign: Sign, hides: str
) -> None:
    with casework.changing(case.id) as change:
        told = change.case
        told.make_agreement(SECRET, "Thomas", **given.deciding(given.TODAY))
        number, later = told.version, given.telling(given.TODAY)
        if hides == "restricted":
            told.restrict_entry(number, WhyRestricted.ACCURACY_CONTESTED, **later)
        if hides == "wrong case":
            told.withdraw_entry(number, WhyWithdrawn.WRONG_CLIENT, "Thomas", SECRET, **later)
        if hides == "destroyed":  # and not swept yet: its words can still be opened
            told.approve_erasure(
                told.propose_erasure(
                    WhyErased.TERM_IS_OVER, "De termijn is om.", number, **telling(by=given.MANAGER)
                ),
                **telling(by=SECOND),
            )
    sign(NOW)
    history = casework.history(case.id)
    before = history.entries[number - 2].timestamp - timedelta.resolution
    asked = {
        "known": Asked(given.TODAY, before),
        "names": Asked(given.TODAY, NOW, without_names=True),
    }.get(hides, Asked(given.TODAY, NOW + timedelta(days=9000)))
    files = made(casework, db, case, asked)
    assert SECRET.encode() not in files["proofs.json"]
    assert number not in with_words(files)
    assert len(proven(files)) == history.version
    assert with_words(files) == (set() if hides == "names" else read_by(files))


def test_who_looked_later_that_day_than_it_was_known_is_left_out(
    casework: Casework, db: Connection, case: Case
) -> None:
    for moment, name in ((NOW, "case.plan"), (NOW + timedelta(minutes=1), "case.story")):
        visit = Visit(given.WORKER, moment, Point.WEB, name, uuid4(), shown=True)
        write(db, casework.vault, visit, [Look(case.id, Ground.JOINED, Code.READ)])
    own = Asked(given.TODAY, NOW, Length.OWN)
    (look,) = json.loads(made(casework, db, case, own)["looks.json"])
    assert (look["times"], look["parts"]) == (1, ["case.plan"])
    later = Asked(given.TODAY, NOW + timedelta(hours=1), Length.OWN)
    (look,) = json.loads(made(casework, db, case, later)["looks.json"])
    assert look["times"] == 2
