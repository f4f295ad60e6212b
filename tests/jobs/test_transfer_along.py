"""What goes along with a case: who came, and the files; each as it was signed, or not at all."""

from __future__ import annotations

import json
import zipfile
import zlib
from pathlib import Path
from uuid import uuid4

import pytest

from domain.case import Case
from domain.casework import Casework
from domain.gaps import EntryGone
from domain.imported import KeptBehind
from domain.kinds import LegalBasis, Voice, WishForm
from domain.store.database import Database
from domain.store.documents import content_of
from domain.store.imports import raw_of
from domain.store.pool import connect
from domain.story import WishVoiced
from domain.taken_over import elsewhere
from jobs.exports.transfer import export_transfer
from jobs.imports.dossier import FILE_MISSING, TOO_LARGE, CaseIsHere
from projections import elsewhere as shown
from projections.contacts import by_entry
from projections.export.verifier import Wrong
from projections.report.familiar import months
from tests import given
from tests.forgetting import destroyed, swept
from tests.jobs.conftest import Sign
from tests.jobs.transferring import CAME, GONE, LETTER, THEN, TO, Go, comes_in, lets_read, packed


def test_what_is_not_as_it_was_signed_of_the_contacts_is_seen(
    go: Go, case: Case, linde: Database, there: Casework
) -> None:
    comes_in(*go(), linde, there)
    with connect(linde) as db:
        raws = list(raw_of(db, there.vault, case.id))
    new = there.history(case.id)
    vars(new.log.held[0])["minutes"] = 600
    assert shown.elsewhere(new, raws)[0].wrong == "Contact 2 is not what was signed."
    new.log.held.pop()
    assert shown.elsewhere(new, raws)[0].wrong == "3 entries about contacts were signed, and 2 are here."


def test_who_came_is_history_of_the_other_organisation(
    go: Go, casework: Casework, case: Case, linde: Database, there: Casework
) -> None:
    comes_in(*go(), linde, there)
    here = there.contacts(case.id)
    assert [held.contact_id for held in here.held] == list(CAME)
    assert list(here.cancelled) == [GONE]
    for held, old in zip(here.held, casework.contacts(case.id).held, strict=True):
        assert held.source
        assert (held.source.system, held.source.type) == ("De Brug", "contact_held")
        assert (held.workers, held.started_at) == (old.workers, old.started_at)
        assert held.timestamp == THEN
        assert held.by.user == elsewhere(given.COORDINATOR.user)
    assert all(contact.elsewhere for contact in by_entry(here).values())
    assert list(months(case.id, list(by_entry(here).values()))) == []


def test_of_an_entry_that_is_destroyed_here_the_proof_stays_and_not_the_words(
    go: Go, case: Case, linde: Database, there: Casework
) -> None:
    comes_in(*go(), linde, there)
    entry = next(e for e in case.entries if isinstance(e, WishVoiced))
    destroyed(there, case, entry.number)
    swept(linde, there)
    with connect(linde) as db:
        (raw,) = raw_of(db, there.vault, case.id)
    kept = json.loads(zlib.decompress(raw.packed))
    assert set(kept["proofs"]["entries"][entry.number - 1]) == {"place", "number", "hash", "path"}
    assert "facts" in kept["proofs"]["entries"][entry.number]
    assert entry.words not in str(kept)
    assert shown.elsewhere(there.history(case.id), [raw])[0].wrong == ""


def test_what_two_people_destroyed_here_is_still_as_it_was_signed(
    go: Go, case: Case, linde: Database, there: Casework
) -> None:
    comes_in(*go(), linde, there)
    entry = next(e.number for e in case.entries if isinstance(e, WishVoiced))
    destroyed(there, case, entry)
    assert what_is_wrong(linde, there, there.history(case.id)) == ""
    swept(linde, there)
    assert what_is_wrong(linde, there, there.history(case.id)) == ""
    with pytest.raises(CaseIsHere):  # it does not come back
        comes_in(*go(), linde, there)


def test_what_is_gone_without_a_decision_is_not_as_it_was_signed(
    go: Go, case: Case, linde: Database, there: Casework
) -> None:
    comes_in(*go(), linde, there)
    new, gone = there.history(case.id), 4
    new.entries[gone - 1] = EntryGone.at(new.entries[gone - 1], new.entries[gone - 2], None)
    assert what_is_wrong(linde, there, new) == "Entry 4 is not what was signed."
    del new.entries[-1]
    assert "entries were signed, and" in what_is_wrong(linde, there, new)


def test_that_an_entry_was_destroyed_there_destroys_nothing_here(
    go: Go, casework: Casework, case: Case, linde: Database, there: Casework
) -> None:
    destroyed(casework, case, next(e.number for e in case.entries if isinstance(e, WishVoiced)))
    file, key = go()
    comes_in(file, key, linde, there)
    swept(linde, there)
    assert isinstance(there.history(case.id).entries[-1], KeptBehind)
    assert what_is_wrong(linde, there, there.history(case.id)) == ""
    assert comes_in(file, key, linde, there).imported == 0


def what_is_wrong(linde: Database, there: Casework, case: Case) -> str:
    """With what of this case came from elsewhere."""
    with connect(linde) as db:
        (one,) = shown.elsewhere(case, raw_of(db, there.vault, case.id))
    return one.wrong


def test_a_file_comes_along_with_the_entry_that_adds_it(
    go: Go, case: Case, linde: Database, there: Casework
) -> None:
    comes_in(*go(), linde, there)
    ((key, document),) = there.history(case.id).plan.documents.items()
    with connect(linde) as db:
        assert content_of(db, there.vault, case.id, key, document) == LETTER


def test_a_file_that_is_not_in_the_dossier_is_put_aside_and_one_that_is_another_is_not_taken(
    go: Go, casework: Casework, case: Case, linde: Database, there: Casework
) -> None:
    """Also when they signed the list: the hash of each stands in an entry that was signed before."""
    file, key = go()
    other = exchanged(file, "documents/", b"Iets anders", casework)
    summary = comes_in(other, key, linde, there)
    (held,) = summary.held
    assert (held.type, held.why, held.case_id) == ("file", FILE_MISSING, case.id)
    assert summary.figures.found == case.version + 3 + 1
    ((added, document),) = there.history(case.id).plan.documents.items()
    with connect(linde) as db:
        assert content_of(db, there.vault, case.id, added, document) is None


def exchanged(file: Path, begin: str, content: bytes, by: Casework) -> Path:
    """The same dossier with another file in the place of one, listed so and signed anew."""
    with zipfile.ZipFile(file) as zipped:
        parts = {name: zipped.read(name) for name in zipped.namelist()}
    (name,) = (name for name in parts if name.startswith(begin))
    parts[name] = content
    return packed(file, parts, by)


def test_of_an_entry_that_fits_there_and_not_here_the_place_comes_in_and_it_is_said_which(
    go: Go, casework: Casework, case: Case, linde: Database, there: Casework
) -> None:
    """What it says of where it comes from makes it larger."""
    (trial := casework.history(case.id)).take_action("x", **given.telling(by=given.WORKER))
    with casework.changing(case.id) as change:
        change.case.take_action("x" * spare(casework, trial), **given.telling(by=given.WORKER))
    with casework.changing(case.id) as change:
        change.case.voice_wish("Zwemmen.", WishForm.SAID, Voice.CLIENT, **given.telling())
    file, key = go()
    for again in (False, True):
        summary, new = comes_in(file, key, linde, there), there.history(case.id)
        (held,) = summary.held
        assert (held.type, held.id, held.why) == ("entry", str(case.version + 1), TOO_LARGE)
        came = case.version + 2 - 1 + 3
        assert (summary.imported, summary.unchanged) == ((0, came) if again else (came, 0))
        assert summary.figures.found == came + 1
    assert isinstance(new.entries[-2], KeptBehind)
    assert isinstance(new.entries[-1], WishVoiced)
    with connect(linde) as db:
        assert shown.elsewhere(new, raw_of(db, there.vault, case.id))[0].wrong == ""


def test_what_may_be_read_by_now_was_not_too_large_when_it_came(
    go: Go, casework: Casework, case: Case, linde: Database, there: Casework
) -> None:
    comes_in(*go(), linde, there)
    restricted = next(e.number for e in case.entries if e.TOPIC == "observation_made")
    with casework.changing(case.id) as change:
        change.case.lift_restriction_of_entry(restricted, given.TODAY, **given.telling())
    assert comes_in(*go(), linde, there).held == []


@pytest.mark.usefixtures("no_pdf")
def test_a_case_whose_opening_is_too_large_here_is_refused_with_a_sentence(
    casework: Casework, there: Casework, fresh: Database, linde: Database, sign: Sign
) -> None:
    def opened(question: str) -> Case:
        facts = {"legal_basis": LegalBasis.WMO, "question": question, **given.deciding(given.OPENING)}
        return Case.open(uuid4(), clock=casework.clock, **facts)

    case = opened("x" * spare(casework, opened("x")))
    casework.open(case)
    with casework.changing(case.id) as change:
        lets_read(change.case)
    key = sign(THEN)
    export_transfer(fresh, casework, str(case.id), TO, file := fresh.secrets.folder.parent / "large.zip")
    with pytest.raises(Wrong, match=f"Entry 1: {TOO_LARGE}"):
        comes_in(file, key, linde, there)


def spare(casework: Casework, case: Case) -> int:
    """How much more what was told last could say, within what is saved at once."""
    new = [*case.pending_events, *case.log.pending_events]
    return 262_144 - 20 - sum(len(casework.mapper.to_stored_event(event).state) for event in new)
