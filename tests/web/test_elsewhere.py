"""What came from another organisation is shown as theirs, with whether it is as they signed it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask

from domain.case import Case
from domain.entry import Role
from domain.kinds import ConsentPurpose, Part, PartyKind, PersonKind, WhyRestricted
from domain.store.database import Database
from domain.store.log.logs import RECORD
from domain.store.log.outside import Folder, signer
from domain.store.log.sequencer import Sequencer
from domain.store.pool import connect
from jobs.exports import dossier as making
from jobs.exports.transfer import export_transfer
from jobs.imports.dossier import import_dossier
from tests import given
from tests.conftest import emptied
from tests.web.conftest import Visitor, desk_of
from tests.web.filling import kept
from tests.web.following import a_case_of

As = Callable[..., Visitor]


@pytest.fixture
def taken_over(app: Flask, fresh: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Case:
    """A case that went out, and came in where nothing was: as if it were another's."""
    monkeypatch.setattr(making, "missing", lambda: ["libpango-1.0-0"])
    case, casework = a_case_of("Mia"), desk_of(app).casework
    party = case.join_party("De Linde", PartyKind.FORMAL, "Gaat verder", **given.deciding(given.OPENING))
    case.give_consent(ConsentPurpose.SHARING, party, tuple(Part), **given.deciding(given.OPENING))
    kept(app, case)
    file, now = tmp_path / "mia.zip", datetime(2026, 11, 22, 13, tzinfo=UTC)
    with connect(fresh) as db:
        key = signer(fresh.secrets, "record")
        Sequencer(db, RECORD, key, Folder(tmp_path), witnesses=(), clock=lambda: now).step()
    export_transfer(fresh, casework, str(case.id), "De Linde", file)
    emptied(fresh)
    casework.vault.forget()
    import_dossier(file, str(key.verifier), fresh, casework, lambda *_: None)
    return case


def test_it_says_whose_it_is_and_that_it_is_as_it_was_signed(taken_over: Case, as_: As) -> None:
    ilse = as_("ilse", Role.COORDINATOR, "Zuid")
    page = ilse.get(f"/cases/{taken_over.id}/elsewhere").text
    assert "Vastgelegd bij De Brug" in page
    assert "Zoals het is ondertekend" in page
    assert "Niet zoals het is ondertekend" not in page
    line = ilse.get(f"/cases/{taken_over.id}/timeline").text
    assert "overgenomen van De Brug" in line or "overgenomen uit De Brug" in line
    assert "daar opgeschreven op" in line
    assert f"/cases/{taken_over.id}/elsewhere" in line


def test_it_is_as_it_was_signed_also_to_who_does_not_read_all_of_it(
    app: Flask, taken_over: Case, as_: As
) -> None:
    joris = as_("joris", Role.PARTNER, "Oost")
    who = joris.account  # type: ignore[attr-defined]
    worker = {"kind": PersonKind.WORKER, "organisation": "De Linde", **given.telling()}
    with desk_of(app).casework.changing(taken_over.id) as change:
        change.case.join_person(name=who.name, user=who.id, **worker)
        change.case.restrict_entry(2, WhyRestricted.ACCURACY_CONTESTED, **given.telling())
    page = joris.get(f"/cases/{taken_over.id}/elsewhere").text
    assert "Zoals het is ondertekend" in page
    assert "Niet zoals het is ondertekend" not in page


def test_a_case_that_was_recorded_here_says_so(app: Flask, as_: As) -> None:
    case_id = kept(app, a_case_of("Bo"))
    assert "Er is niets van elders gekomen" in as_().get(f"/cases/{case_id}/elsewhere").text
    assert as_("vera", Role.COORDINATOR, "Zuid").get(f"/cases/{case_id}/elsewhere").status_code == 404
