"""A dossier is checked by one file that knows nothing of us, and finds every change in it."""

from __future__ import annotations

import json
import subprocess
import sys
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from domain.casework import CATALOGUE, Casework
from domain.store.database import Database, settings_for
from domain.store.log.logs import RECORD
from domain.store.log.outside import Folder, signer
from domain.store.log.proofs import Proofs, proofs_for
from domain.store.log.sequencer import Sequencer
from domain.store.mapper import layout_of, version_of
from domain.store.pool import connect
from projections.export import verifier
from tests import given

Told = dict[str, Any]


@pytest.fixture
def proofs(fresh: Database, tmp_path: Path) -> Iterator[Proofs]:
    """Of one client of two; the third entry may not be read."""
    with closing(Casework(settings_for(fresh))) as casework, connect(fresh) as db:
        case = given.sanne()
        casework.open(given.sanne())
        casework.open(case)
        sequencer = Sequencer(
            db,
            RECORD,
            signer(fresh.secrets, "record"),
            Folder(tmp_path / "checkpoints"),
            witnesses=(),
            clock=lambda: datetime(2026, 11, 22, tzinfo=UTC),
        )
        sequencer.step()
        found = proofs_for(db, [case.id], casework.vault, lambda _, version: version != 3)
        assert found
        yield found


@pytest.fixture
def key(database: Database) -> str:
    return str(signer(database.secrets, "record").verifier)


@pytest.fixture
def told(proofs: Proofs) -> Told:
    return dict(json.loads(proofs.as_json()))


def test_what_was_signed_is_said_to_be_so(told: Told, key: str) -> None:
    code, said = verifier.check(told, key)
    count = len(told["entries"])
    assert code == 0
    assert said[0].startswith(f"{count} entries stand on the log")
    _, size, root, *_ = told["checkpoint"].split("\n")
    assert said[1:] == [
        f"Root: {b64decode(root).hex(' ', 2)}",
        f"Of {count - 1} the words are those that were sealed. The other 1 are here without words.",
    ]
    assert f"log of {size} " in said[0]


def test_what_may_not_be_read_is_there_without_words(told: Told) -> None:
    (hidden,) = [entry for entry in told["entries"] if "state" not in entry]
    assert set(hidden) == {"place", "number", "hash", "path"}


def an_entry(told: Told) -> Told:
    """One with words."""
    return next(entry for entry in told["entries"] if entry.get("version") == 2)


def words(told: Told) -> None:
    an_entry(told)["facts"] |= {"added": "later"}


def state(told: Told) -> None:
    an_entry(told)["state"] = b64encode(b"\1\1other").decode()


def key_of_one(told: Told) -> None:
    an_entry(told)["key"] = b64encode(bytes(32)).decode()


def stream(told: Told) -> None:
    an_entry(told)["stream"] = str(UUID(int=1))


def topic(told: Told) -> None:
    an_entry(told)["topic"] = "case_closed"


def place(told: Told) -> None:
    an_entry(told)["place"] += 1


def path(told: Told) -> None:
    an_entry(told)["path"].pop()


def note(told: Told) -> None:
    lines = told["checkpoint"].split("\n")
    told["checkpoint"] = "\n".join([lines[0], str(int(lines[1]) + 1), *lines[2:]])


def hash_of_the_hidden(told: Told) -> None:
    next(entry for entry in told["entries"] if "state" not in entry)["hash"] = "00" * 32


@pytest.mark.parametrize(
    "change", [words, state, key_of_one, stream, topic, place, path, note, hash_of_the_hidden]
)
def test_anything_else_is_found(told: Told, key: str, change: Callable[[Told], None]) -> None:
    change(told)
    with pytest.raises(verifier.Wrong):
        verifier.check(told, key)


def test_another_key_is_found(told: Told, key: str) -> None:
    name, _, text = key.split("+", 2)
    with pytest.raises(verifier.Wrong):
        verifier.check(told, f"{name}+00000000+{text}")
    with pytest.raises(verifier.Wrong):
        verifier.check(told, str(verifier_of_another(name)))


def verifier_of_another(name: str) -> object:
    from domain.store.log.checkpoint import Signer  # noqa: PLC0415

    return Signer(name, bytes(32)).verifier


def test_what_is_usual_is_what_goes_without_saying_when_an_entry_is_sealed() -> None:
    """The verifier has no list of our facts: it knows by these words that nothing was put in their place."""
    usual = {str(value) for topic in CATALOGUE for value in layout_of(topic).usual.values() if value}
    assert usual == set(verifier.USUAL)


def test_every_kind_of_entry_is_sealed_in_the_shape_in_which_it_is_told() -> None:
    """Of one that is brought up to date when it is read, the verifier would have to know how."""
    assert {topic for topic, kind in CATALOGUE.items() if version_of(kind) != 1} == set()


def test_a_file_that_is_no_dossier_is_said_to_be_none(key: str, tmp_path: Path) -> None:
    (tmp_path / "x").write_text("{}")
    ran = subprocess.run(
        [sys.executable, verifier.__file__, tmp_path / "x", "--key", key],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stdout[:6]) == (1, "WRONG:")
