"""A case that goes to another organisation: what goes out, and where it comes in."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from domain.case import Case
from domain.casework import Casework
from domain.kinds import (
    ByWhom,
    ConsentPurpose,
    DocumentKind,
    Part,
    PartyKind,
    PersonKind,
    WhyRestricted,
)
from domain.store.database import Database, open_database, settings_for
from domain.store.migrate import migrate
from jobs import proving
from jobs.exports import dossier as making
from jobs.exports.transfer import export_transfer
from jobs.imports.dossier import import_dossier
from jobs.imports.summary import Summary
from projections.export.dossier.pack import MANIFEST, NOTE
from projections.export.dossier.pack import Part as Packed
from tests import given
from tests.homes import a_home

TO = "De Linde"
LETTER = b"Beste Sanne"
CAME = (UUID(int=0xC0), GONE := UUID(int=0xC1))
THEN = datetime(2026, 11, 25, 9, tzinfo=UTC)  # when it comes in


@pytest.fixture
def no_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "missing", lambda: ["libpango-1.0-0"])


@pytest.fixture(scope="module")
def linde() -> Iterator[Database]:
    """Another organisation's installation."""
    with a_home() as home, open_database(home) as database:
        migrate(database)
        yield database


@pytest.fixture
def there(linde: Database) -> Iterator[Casework]:
    with closing(Casework(settings_for(linde), lambda: THEN)) as opened:
        yield opened


def lets_read(case: Case) -> None:
    """The client agrees that De Linde reads all of it."""
    party = case.join_party(
        name=TO, kind=PartyKind.FORMAL, purpose="Gaat verder", **given.deciding(given.OPENING)
    )
    case.give_consent(ConsentPurpose.SHARING, party, tuple(Part), **given.deciding(given.OPENING))


@pytest.fixture
def case(casework: Casework, no_pdf: None) -> Case:
    """Sanne's, who lets De Linde read all of it; one entry may not be used."""
    casework.clock = given.a_clock()
    case = given.sanne()
    case.join_person(name="Nadia", kind=PersonKind.WORKER, organisation="De Brug", **given.telling())
    case.make_observation("Sanne kookt.", **given.telling(by=given.WORKER))
    case.restrict_entry(case.version, WhyRestricted.ACCURACY_CONTESTED, **given.telling())
    case.add_document("Brief", DocumentKind.LETTER, LETTER, **given.telling())
    lets_read(case)
    casework.open(case)
    for contact in CAME:
        comes(casework, case, contact)
    return case


def comes(casework: Casework, case: Case, contact: UUID) -> None:
    with casework.changing(case.id) as change:
        nadia = next(key for key, one in change.case.plan.people.items() if one.name == "Nadia")
        moment = change.case.moment()
        change.case.hold_contact(workers=(nadia,), started_at=moment, posted=contact, **given.telling())
        if contact == GONE:
            change.case.cancel_contact(contact, ByWhom.CLIENT, **given.telling())


Go = Callable[[], tuple[Path, str]]
Sign = Callable[[datetime], str]


@pytest.fixture
def go(fresh: Database, casework: Casework, case: Case, sign: Sign, tmp_path: Path) -> Go:
    """The dossier that goes out, and the key to check it with."""

    def out() -> tuple[Path, str]:
        key, file = sign(THEN), tmp_path / "sanne.zip"
        export_transfer(fresh, casework, str(case.id), TO, file)
        return file, key

    return out


def comes_in(file: Path, key: str, linde: Database, there: Casework) -> Summary:
    return import_dossier(file, key, linde, there, lambda *_: None)


def rewritten(file: Path, change: Callable[[dict[str, Any]], None], part: str = "proofs.json") -> Path:
    """The same dossier with one file changed, and its hash in the manifest changed along."""
    with zipfile.ZipFile(file) as zipped:
        parts = {name: zipped.read(name) for name in zipped.namelist()}
    told = json.loads(parts[part])
    change(told)
    parts[part] = json.dumps(told).encode()
    return packed(file, parts)


def packed(file: Path, parts: dict[str, bytes], by: Casework | None = None) -> Path:
    """These files, with a list that says so; signed anew where it says by whom."""
    manifest = json.loads(parts["manifest.json"])
    for one in manifest["parts"]:
        content = parts[one["name"]]
        one |= {"size": len(content), "sha256": sha256(content).hexdigest()}
    parts["manifest.json"] = json.dumps(manifest).encode()
    if by:
        listed = Packed(MANIFEST, parts[MANIFEST], "")
        parts[NOTE] = proving.signed(by, listed, len(manifest["parts"])).content
    other = file.with_name("other.zip")
    with zipfile.ZipFile(other, "w") as zipped:
        for name, content in parts.items():
            zipped.writestr(name, content)
    return other
