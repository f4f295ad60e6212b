"""Whatever is changed in a dossier after it was made, the one file that checks it names it."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from domain.case import Case
from domain.casework import Casework
from domain.days import HERE, local_day
from domain.entry import Decision
from domain.kinds import DocumentKind
from domain.say import Stance
from domain.store.pool import Connection
from jobs.exports import dossier as making
from jobs.exports.dossier import Order, dossier
from projections.export import verifier
from projections.export.dossier.asked import Asked, Length
from tests import given
from tests.jobs.conftest import Sign
from tests.jobs.test_dossier import unpacked
from tests.stored_events.examples import stories

NOW = datetime(2026, 11, 22, 13, tzinfo=UTC)
LATER = datetime(2027, 11, 22, 13, tzinfo=UTC)  # after every story
WORDS = "Samen soep gemaakt."
Files = dict[str, bytes]
Go = Callable[..., Files]


@pytest.fixture(autouse=True)
def no_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "missing", lambda: ["libpango-1.0-0"])


def made(casework: Casework, db: Connection, case: Case, asked: Asked) -> Files:
    order = Order(casework.history(case.id), asked, given.COORDINATOR, asked.known)
    return unpacked(dossier(casework, db, order, lambda *_: None))


@pytest.fixture
def case(casework: Casework) -> Case:
    """With a letter."""
    case = given.sanne()
    case.add_document("Brief", DocumentKind.LETTER, b"Beste Sanne", **given.telling())
    casework.open(case)
    return case


@pytest.fixture
def key(case: Case, sign: Sign) -> str:
    assert case.version
    return sign(NOW)


@pytest.fixture
def go(casework: Casework, db: Connection, case: Case, key: str) -> Go:
    assert key  # it was signed
    return lambda **asked: made(casework, db, case, Asked(given.TODAY, NOW, looks=True, **asked))


def rewritten(files: Files, name: str, content: bytes) -> Files:
    """With another content of one file, also on the list of files."""
    told = json.loads(files["manifest.json"])
    for part in told["parts"]:
        if part["name"] == name:
            part |= {"size": len(content), "sha256": sha256(content).hexdigest()}
    return files | {name: content, "manifest.json": json.dumps(told).encode()}


def touched(content: bytes) -> bytes:
    """One bit of it is another."""
    half = len(content) // 2
    return content[:half] + bytes([content[half] ^ 1]) + content[half + 1 :]


def wrong(files: Files, key: str) -> str:
    """What it says is wrong, without what it says is well."""
    code, said = verifier.check_dossier(files, key)
    assert code == verifier.WRONG
    return "\n".join(line for line in said if line.startswith("WRONG"))


@pytest.mark.parametrize("length", [Length.FULL, Length.OWN])
def test_a_change_in_any_file_is_named(go: Go, key: str, length: Length) -> None:
    files = go(length=length)
    assert verifier.check_dossier(files, key)[0] == verifier.ALL
    for name, content in files.items():
        assert name in wrong(files | {name: touched(content)}, key)
        assert name in wrong({other: files[other] for other in files if other != name}, key)
        if name not in {"manifest.json", "manifest.note"}:
            assert "manifest.json" in wrong(rewritten(files, name, content + b" "), key)


def test_between_them_these_dossiers_have_every_file_there_is(go: Go) -> None:
    names = {name.split("-")[0] for length in (Length.FULL, Length.OWN) for name in go(length=length)}
    assert {"entries.json", "fhir.json", "log.jsonocel", "contacts.json", "looks.json"} < names
    assert any(name.startswith("documents/") for name in names)


def test_a_file_that_was_put_in_is_named(go: Go, key: str) -> None:
    assert "letter.pdf was put into" in wrong(go() | {"letter.pdf": b"%PDF-"}, key)


def test_a_list_that_somebody_else_signed_is_not_the_organisations(go: Go, key: str) -> None:
    files, (name, _, _) = go(), key.partition("+")
    files["manifest.note"] = json.loads(files["proofs.json"])["checkpoint"].encode()
    assert f"manifest.note is of another log: {name}" in wrong(files, key)


@pytest.mark.parametrize("library", [True, False], ids=["with cryptography", "without"])
def test_other_words_to_read_than_were_sealed_are_named_by_their_entry(
    go: Go, key: str, monkeypatch: pytest.MonkeyPatch, *, library: bool
) -> None:
    """Also when the list of files was made anew, and without what signatures need."""
    if not library:
        monkeypatch.setattr(verifier, "AESGCM", None)
    files = go()
    told = json.loads(files["entries.json"])
    (number,) = (e["number"] for e in told["entries"] if WORDS in json.dumps(e))
    for name, now in (("words", "Vier keer is prima."), ("reference", "Zie het advies.")):
        entries = [
            e | {"facts": e["facts"] | {name: now}} if e["number"] == number else e for e in told["entries"]
        ]
        changed = rewritten(files, "entries.json", json.dumps({"entries": entries}).encode())
        assert f"Entry {number}: entries.json has another “{name}” than was sealed." in wrong(changed, key)
    left = [e for e in told["entries"] if e["number"] != number]
    changed = rewritten(files, "entries.json", json.dumps({"entries": left}).encode())
    assert f"Entry {number} is not in entries.json." in wrong(changed, key)


def test_every_kind_of_entry_is_told_as_it_was_sealed(casework: Casework, db: Connection, sign: Sign) -> None:
    """Also what was put right, withdrawn, restricted or taken over from elsewhere."""
    cases = list(stories())
    for case in cases:
        casework.open(case)
    key, asked = sign(LATER), Asked(local_day(LATER), LATER)
    for case in cases:
        code, said = verifier.check_dossier(made(casework, db, case, asked), key)
        assert code == verifier.ALL, said


def test_what_came_later_is_put_back_before_it_is_held_against_what_was_sealed(
    casework: Casework, db: Connection, sign: Sign
) -> None:
    """Read back, also as not right; a day put right; and a clock of another place."""
    clock = given.a_clock()
    case = given.sanne(clock)
    clock.moment = clock.moment.astimezone(HERE)
    said = [e.number for e in case.entries if isinstance(e, Decision) and e.say.stance is Stance.AGREES]
    case.read_back(said[0], right=True, **given.telling(by=given.CLIENT))
    case.read_back(said[1], right=False, words="Dat zei ik niet.", **given.telling(by=given.CLIENT))
    case.make_observation("Sanne kookt.", **given.telling(given.OPENING, by=given.WORKER))
    case.correct_entry(case.version, "happened_on", "2026-11-20", "Een dag te laat.", **given.telling())
    casework.open(case)
    key = sign(NOW)
    files = made(casework, db, case, Asked(given.TODAY, NOW))
    code, said_of_it = verifier.check_dossier(files, key)
    assert code == verifier.ALL, said_of_it
    told = json.loads(files["entries.json"])
    assert {e["say"]["means"] for e in told["entries"] if e["say"]} >= {"read_back"}
    told["entries"][-1]["recorded"] = "2026-01-01T12:00:00Z"
    later = rewritten(files, "entries.json", json.dumps(told).encode())
    assert f"Entry {case.version}: entries.json has another “recorded” than was sealed." in wrong(later, key)


def test_without_names_it_says_that_the_words_were_not_held_against_what_was_sealed(go: Go, key: str) -> None:
    code, said = verifier.check_dossier(go(without_names=True), key)
    assert code == verifier.ALL
    assert "tells 0 of its" in said[2]
    assert "nothing that was sealed is here" in said[2]


@pytest.mark.parametrize("library", [True, False], ids=["with cryptography", "without"])
def test_it_stands_on_its_own(go: Go, key: str, tmp_path: Path, *, library: bool) -> None:
    """The file that lies in it, on a machine without us. What it could not check, it says."""
    files = go()
    (tmp_path / "verifier.py").write_bytes(files["verifier.py"])
    if not library:
        (tmp_path / "cryptography.py").write_text("raise ImportError")
    with zipfile.ZipFile(tmp_path / "dossier.zip", "w") as packed:
        for name, content in files.items():
            packed.writestr(name, content)

    def ran() -> tuple[int, str]:
        asked: list[str | Path] = [
            sys.executable,
            tmp_path / "verifier.py",
            tmp_path / "dossier.zip",
            "--key",
            key,
        ]
        done = subprocess.run(asked, cwd=tmp_path, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout

    code, said = ran()
    assert code == (verifier.ALL if library else verifier.SOME), said
    assert ("NOT CHECKED" in said) is not library
    with (
        pytest.warns(UserWarning, match="Duplicate"),
        zipfile.ZipFile(tmp_path / "dossier.zip", "a") as packed,
    ):
        packed.writestr("entries.json", files["entries.json"])
    assert ran() == (1, "WRONG: this is no dossier that can be read: A file is in this dossier twice.\n")
