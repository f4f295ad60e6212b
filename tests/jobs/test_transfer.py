"""A case goes from one installation to another: with the client's yes, whole, and as it was signed."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from domain.access import ground_of, takes_part
from domain.case import Case
from domain.casework import Casework
from domain.entry import Actor, Role
from domain.errors import CaseIsErased, NoSuchCase
from domain.imported import KeptBehind
from domain.kinds import ConsentPurpose, Matter, Part
from domain.store.database import Database
from domain.store.imports import raw_of
from domain.store.log.outside import signer
from domain.store.pool import connect
from domain.taken_over import NotAgreedToTransfer, elsewhere
from jobs.exports.transfer import NotAllSigned, export_transfer
from jobs.imports import dossier as taking_over
from jobs.imports.dossier import CaseIsHere
from jobs.imports.unpack import Limits
from projections import elsewhere as shown
from projections.export.verifier import Wrong
from tests import given
from tests.jobs.conftest import Sign
from tests.jobs.transferring import CAME, THEN, TO, Go, comes, comes_in, lets_read, packed, rewritten
from tests.web.following import a_case_of


def test_the_plan_and_what_everybody_thinks_are_the_same(
    go: Go, case: Case, linde: Database, there: Casework
) -> None:
    file, key = go()
    summary = comes_in(file, key, linde, there)
    new = there.history(case.id)
    assert (summary.cases, summary.entries, summary.contacts) == (1, case.version, 3)
    assert summary.figures.found == summary.imported == case.version + 3
    assert new.plan.goals == case.plan.goals
    assert new.plan.supports == case.plan.supports
    assert new.plan.wishes == case.plan.wishes
    assert new.plan.client == case.plan.client
    assert new.plan.stances.keys() == case.plan.stances.keys()
    for subject, stances in case.plan.stances.items():
        assert new.plan.stances[subject] == stances
    again = comes_in(file, key, linde, there)
    assert (again.cases, again.entries, again.contacts, again.unchanged) == (0, 0, 0, case.version + 3)


def test_both_clocks_and_whose_it_is_stay_known(go: Go, case: Case, linde: Database, there: Casework) -> None:
    comes_in(*go(), linde, there)
    for old, new in zip(case.entries, there.history(case.id).entries, strict=True):
        assert new.timestamp == THEN
        assert new.source
        assert (new.source.system, new.source.version) == ("De Brug", str(old.number))
        if not isinstance(new, KeptBehind):
            assert new.source.recorded == old.timestamp
            assert (new.by.name, new.by.organisation) == (old.by.name, old.by.organisation)
            assert new.happened_on == old.happened_on


def test_what_may_not_be_read_does_not_come_along(
    go: Go, case: Case, linde: Database, there: Casework
) -> None:
    comes_in(*go(), linde, there)
    new = there.history(case.id).entries
    behind = [entry.number for entry in new if isinstance(entry, KeptBehind)]
    restricted = next(e.number for e in case.entries if e.TOPIC == "observation_made")
    assert restricted in behind
    assert "Sanne kookt." not in str([vars(entry) for entry in new])


def test_nobody_comes_in_by_an_account_of_there(go: Go, case: Case, linde: Database, there: Casework) -> None:
    comes_in(*go(), linde, there)
    new, today = there.history(case.id), THEN.date()
    for who in (given.WORKER, given.OTHER_WORKER, given.PARTNER):
        assert not takes_part(who, new, today)
        assert ground_of(who, new, today) is None
    joined = {person.user for person in new.plan.people.values()}
    assert elsewhere(given.WORKER.user) in joined
    assert not {given.WORKER.user, given.COORDINATOR.user} & {entry.by.user for entry in new.entries}
    ours = Actor(given.COORDINATOR.user, Role.COORDINATOR, "Ans", TO, "Zuid")
    assert ground_of(ours, new, today) is not None


def test_a_case_with_much_to_read_comes_in_whole(
    go: Go, casework: Casework, case: Case, linde: Database, there: Casework
) -> None:
    """More than one save holds, in few entries."""
    for _ in range(2):
        with casework.changing(case.id) as change:
            for _ in range(10):
                change.case.say_what_matters("zwemmen" * 2_000, Matter.PACE, **given.telling())
    comes_in(*go(), linde, there)
    assert there.history(case.id).version == case.version + 20


def test_without_the_clients_yes_nothing_goes_out(
    fresh: Database, casework: Casework, case: Case, sign: Sign, tmp_path: Path
) -> None:
    sign(THEN)
    file = tmp_path / "sanne.zip"
    with pytest.raises(NotAgreedToTransfer):
        export_transfer(fresh, casework, str(case.id), "De Eik", file)
    consent = next(iter(case.plan.consents))
    with casework.changing(case.id) as change:
        change.case.withdraw_consent(consent, **given.deciding(say=given.no()))
    sign(THEN)
    with pytest.raises(NotAgreedToTransfer) as refused:
        export_transfer(fresh, casework, str(case.id), TO, file)
    assert TO in str(refused.value)
    assert not file.exists()
    with casework.changing(case.id) as change:
        party = next(key for key, party in case.plan.parties.items() if party.name == TO)
        change.case.give_consent(ConsentPurpose.SHARING, party, (Part.GOALS,), **given.deciding())
    with pytest.raises(NotAgreedToTransfer):
        export_transfer(fresh, casework, str(case.id), TO, file)


def test_what_is_not_signed_yet_waits(
    fresh: Database, casework: Casework, case: Case, sign: Sign, tmp_path: Path
) -> None:
    sign(THEN)
    with casework.changing(case.id) as change:
        change.case.make_observation("Nieuw.", **given.telling())
    with pytest.raises(NotAllSigned):
        export_transfer(fresh, casework, str(case.id), TO, tmp_path / "sanne.zip")
    sign(THEN)
    comes(casework, case, uuid4())
    with pytest.raises(NotAllSigned):
        export_transfer(fresh, casework, str(case.id), TO, tmp_path / "sanne.zip")


def words(told: dict[str, Any]) -> None:
    told["entries"][1]["facts"]["name"] = "Iemand anders"


def sealed(told: dict[str, Any]) -> None:
    told["entries"][1]["state"] = told["entries"][2]["state"]


def left_out(told: dict[str, Any]) -> None:
    del told["entries"][2]


def turned(told: dict[str, Any]) -> None:
    told["entries"][2], told["entries"][3] = told["entries"][3], told["entries"][2]


def emptied(told: dict[str, Any]) -> None:
    told.clear()


def contact_left_out(told: dict[str, Any]) -> None:
    del told["contacts"][1]


def contact_changed(told: dict[str, Any]) -> None:
    told["contacts"][1]["facts"]["minutes"] = 600


def contact_of_another(told: dict[str, Any]) -> None:
    told["contacts"] = told["entries"][: len(told["contacts"])]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (words, "the words are not those that were sealed"),
        (sealed, "is not on the log that was signed"),
        (left_out, "Entry 3 of the case is not in this dossier"),
        (turned, "Entry 3 of the case is not in this dossier"),
        (emptied, "no dossier with proofs that can be read"),
        (contact_left_out, "Contact 2 of the case is not in this dossier"),
        (contact_changed, "the words are not those that were sealed"),
        (contact_of_another, "Contact 1 of the case is not in this dossier"),
    ],
)
def test_a_dossier_that_was_changed_is_refused_and_says_where(
    go: Go, linde: Database, there: Casework, change: Callable[[dict[str, Any]], None], why: str
) -> None:
    file, key = go()
    with pytest.raises(Wrong, match=why):
        comes_in(rewritten(file, change), key, linde, there)


def test_a_file_that_is_not_the_one_that_was_packed_is_named(
    go: Go, linde: Database, there: Casework
) -> None:
    file, key = go()
    other = file.with_name("half.zip")
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(other, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name) + (b" " if name == "entries.json" else b""))
    with pytest.raises(Wrong, match=r"entries\.json is not the file that was packed"):
        comes_in(other, key, linde, there)


@pytest.mark.parametrize(
    ("changed", "why"), [(b"<p>Anders.</p>", "is not the file"), (None, "is not in this")]
)
def test_the_pages_to_read_are_those_that_were_made(
    go: Go, linde: Database, there: Casework, changed: bytes | None, why: str
) -> None:
    """What a person reads first, and no program does."""
    file, key = go()
    other = file.with_name("pages.zip")
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(other, "w") as new:
        for name in old.namelist():
            content = changed if name.endswith(".html") else old.read(name)
            if content is not None:
                new.writestr(name, content)
    with pytest.raises(Wrong, match=rf"dossier-\d.*\.html {why}"):
        comes_in(other, key, linde, there)


@pytest.mark.parametrize(
    ("note", "why"),
    [
        ("theirs", "manifest.json is not the list that was signed"),
        ("checkpoint", "manifest.note is of another log"),
        ("none", "manifest.note, with who signed it, cannot be read"),
    ],
)
def test_a_list_of_files_that_they_did_not_sign_brings_nothing_in(
    go: Go, linde: Database, there: Casework, note: str, why: str
) -> None:
    """The proofs are theirs, and the list fits: but the page to read is somebody else's."""
    file, key = go()
    with zipfile.ZipFile(file) as zipped:
        parts = {name: zipped.read(name) for name in zipped.namelist()}
    page = next(name for name in parts if name.endswith(".html"))
    parts[page] = b"<p>Anders.</p>"
    if note == "checkpoint":
        parts["manifest.note"] = json.loads(parts["proofs.json"])["checkpoint"].encode()
    elif note == "none":
        del parts["manifest.note"]
    with pytest.raises(Wrong, match=re.escape(why)):
        comes_in(packed(file, parts), key, linde, there)
    with pytest.raises(NoSuchCase):
        there.history(UUID(json.loads(parts["proofs.json"])["entries"][0]["stream"]))


def test_a_file_that_unpacks_to_more_than_a_record_holds_is_refused(
    go: Go, linde: Database, there: Casework, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, key = go()
    monkeypatch.setattr(taking_over, "Limits", lambda: Limits(text=1000))
    with pytest.raises(Wrong, match="more comes out of it"):
        comes_in(file, key, linde, there)


def test_another_organisations_key_opens_nothing(go: Go, linde: Database, there: Casework) -> None:
    file, key = go()
    with pytest.raises(Wrong):
        comes_in(file, str(signer(linde.secrets, "record").verifier), linde, there)
    with pytest.raises(Wrong):
        comes_in(file, key[:-4] + "AAAA", linde, there)
    file.write_bytes(b"geen zip")
    with pytest.raises(Wrong):
        comes_in(file, key, linde, there)


def test_a_case_that_goes_on_here_is_not_overwritten(
    go: Go, casework: Casework, case: Case, linde: Database, there: Casework
) -> None:
    comes_in(*go(), linde, there)
    with there.changing(case.id) as change:
        change.case.make_observation("Hier.", **given.telling(THEN.date()))
    with casework.changing(case.id) as change:
        change.case.make_observation("Daar.", **given.telling())
    with pytest.raises(CaseIsHere):
        comes_in(*go(), linde, there)


def test_a_client_who_was_forgotten_here_does_not_come_back(
    go: Go, casework: Casework, fresh: Database, linde: Database, there: Casework
) -> None:
    lets_read(case := a_case_of("Mia"))
    casework.open(case)
    file, key = go()  # Sanne's, and with it all is signed
    export_transfer(fresh, casework, str(case.id), TO, file)
    comes_in(file, key, linde, there)
    there.vault.destroy(case.client_id)
    with pytest.raises(CaseIsErased):
        comes_in(file, key, linde, there)


def test_the_proofs_stay_and_are_checked_at_each_look(
    go: Go, case: Case, linde: Database, there: Casework
) -> None:
    comes_in(*go(), linde, there)
    with connect(linde) as db:
        raws = list(raw_of(db, there.vault, case.id))
        new = there.history(case.id)
        (one,) = shown.elsewhere(new, raws)
    assert (one.organisation, one.entries, one.wrong) == ("De Brug", case.version, "")
    assert one.contacts == len(CAME)
    assert [document.name for document in one.documents.values()] == ["Brief"]
    assert one.kept_behind > 0
    assert one.taken_over == THEN
    assert one.last <= THEN - timedelta(days=2)
    vars(new.entries[1])["name"] = "Iemand anders"
    (one,) = shown.elsewhere(new, raws)
    assert one.wrong == "Entry 2 is not what was signed."
