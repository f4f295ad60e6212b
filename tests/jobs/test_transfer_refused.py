"""What cannot be read, or was forgotten, goes nowhere; and what is too much does not come in."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from click.testing import CliRunner, Result

from domain.case import Case
from domain.casework import Casework
from domain.contacts import ContactLog
from domain.store.database import Database
from domain.store.pool import connect
from draad import main
from jobs.imports.dossier import checked, contacts, read, unpacked
from jobs.imports.unpack import Limits, Unpacking, Unreadable
from projections.export.verifier import Wrong
from tests.jobs.transferring import THEN, TO, Go, Sign, lets_read
from tests.web.following import a_case_of

RUBBISH = """
    SELECT draad.append(ARRAY[%(id)s]::uuid[], ARRAY[max(originator_version) + 1], ARRAY[%(topic)s],
                        ARRAY['rubbish'::bytea], ARRAY[NULL]::bytea[])
      FROM draad.stored_events
     WHERE originator_id = %(id)s"""


def goes_out(fresh: Database, case: Case, file: Path) -> Result:
    home = str(fresh.secrets.folder.parent)
    asked = ["export", "transfer", str(case.id), "--to", TO, "-o", str(file), "--home", home]
    return CliRunner().invoke(main, asked)


def poison(fresh: Database, stream: UUID, topic: str) -> None:
    """An entry that nobody can read comes in after the others."""
    with connect(fresh) as db:
        db.execute(RUBBISH, {"id": stream, "topic": topic})


@pytest.mark.parametrize("topic", ["wish_voiced", "contact_held"])
def test_a_case_of_which_something_cannot_be_read_does_not_go_out(
    fresh: Database, case: Case, sign: Sign, tmp_path: Path, topic: str
) -> None:
    poison(fresh, ContactLog.create_id(case.id) if topic == "contact_held" else case.id, topic)
    sign(THEN)
    ran = goes_out(fresh, case, file := tmp_path / "sanne.zip")
    assert (ran.exit_code, file.exists()) == (1, False)
    assert "cannot be read. Nothing goes out" in ran.output


def test_a_client_who_was_forgotten_does_not_go_out(
    fresh: Database, casework: Casework, sign: Sign, tmp_path: Path
) -> None:
    lets_read(case := a_case_of("Mia"))
    casework.open(case)
    sign(THEN)
    casework.vault.destroy(case.client_id)
    ran = goes_out(fresh, case, file := tmp_path / "sanne.zip")
    assert (ran.exit_code, file.exists()) == (1, False)
    assert "erased" in ran.output


def of_no_kind(first: dict[str, Any]) -> None:
    first["topic"] = "goal_wished"


def odd_facts(first: dict[str, Any]) -> None:
    first["facts"] = {"name": 5}


def none_of_a_case(first: dict[str, Any]) -> None:
    first["topic"], first["facts"] = (
        "contacts_opened",
        {
            "timestamp": "2026-11-22T12:00:00Z",
            "case_id": str(UUID(int=1)),
            "client_id": str(UUID(int=2)),
        },
    )


def without_words(first: dict[str, Any]) -> None:
    del first["facts"]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (of_no_kind, "Entry 1 is of a kind that is not known here"),
        (odd_facts, "Entry 1 is of a kind that is not known here"),
        (none_of_a_case, "Entry 1 is none of a case"),
        (without_words, "The opening of the case is not in this dossier"),
    ],
)
def test_what_was_signed_and_cannot_be_read_here_is_named(
    go: Go, change: Callable[[dict[str, Any]], None], why: str
) -> None:
    """Whoever holds the key can sign anything."""
    file, key = go()
    proofs = checked(unpacked(file), key)
    change(proofs["entries"][0])
    with pytest.raises(Wrong, match=why):
        list(read(proofs))


def test_among_who_came_nothing_else_comes_in(go: Go) -> None:
    """Such as the end of a record."""
    file, key = go()
    proofs = checked(unpacked(file), key)
    end = {"timestamp": "2026-11-22T12:00:00Z", "ground": "unknown", "proposed_by": None, "approved_by": None}
    proofs["contacts"][1] |= {"topic": "erased", "facts": end}
    with pytest.raises(Wrong, match="Contact 2 is none of a case"):
        list(contacts(proofs))


@pytest.mark.parametrize("limits", [Limits(text=10), Limits(total=15), Limits(members=1)])
def test_more_than_a_record_holds_is_not_unpacked(tmp_path: Path, limits: Limits) -> None:
    file = tmp_path / "much.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name in ("a", "b"):
            zipped.writestr(name, b"x" * (8 if limits.text > 10 else 11))
    with pytest.raises(Unreadable, match=r"much\.zip: more than 1 files|[ab]: more comes out of it"):
        dict(Unpacking(limits).parts(file))
