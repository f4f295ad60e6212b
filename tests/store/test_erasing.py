"""Forgetting a client: in which order, from any step again, and so that nothing of them is left anywhere."""

from __future__ import annotations

from contextlib import closing
from uuid import UUID, uuid4

import psycopg
import pytest

from domain import errors
from domain.case import Case
from domain.casework import Casework
from domain.contacts import ContactLog
from domain.entry import Role
from domain.kinds import DocumentKind, LegalKind, Matter, PersonKind, Scope, WhyErased
from domain.store import access_log, exports, sessions
from domain.store.access_log import Look, Point, Visit
from domain.store.accounts import account_with, add_account
from domain.store.database import KEYS, Database
from domain.store.erasing import erasures, sweep
from domain.store.pool import Connection, connect_to
from domain.store.sessions import Limits
from domain.store.vault import KeyGone, Vault
from tests import given
from tests.conftest import emptied
from tests.forgetting import (
    DECIDES,
    SECOND,
    a_file_of_all,
    erased,
    lies_in,
    proposed,
    shown,
    told,
    words_of,
)
from tests.given import telling
from tests.store.shapes import vault_of

STEPS = ("write_down", "end_streams", "destroy_keys", "take_rows", "finish", "renewed")

OF_THEM = """
    SELECT 'document', case_id FROM draad.document WHERE case_id = ANY(%s)
     UNION ALL SELECT 'draft', case_id FROM draad.draft WHERE case_id = ANY(%s)
     UNION ALL SELECT 'export', case_id FROM draad.export WHERE case_id = ANY(%s)
     ORDER BY 1"""
ANSWERED = """
    INSERT INTO draad.new_face (case_id, person, answered_by, answered_at, takes_part, name, organisation,
                                first_seen)
    VALUES (%s, %s, %s, now(), true, '', '', now())"""
SUBSCRIBED = """
    INSERT INTO draad.subscriber (id, name, url, account, secret, position, made_at)
    VALUES (%s, %s, 'https://x', %s, '', 0, now())"""
BEGUN = "SELECT draad.append(ARRAY[%s], '{1}', '{case_opened}', ARRAY['\\x0101'::bytea], ARRAY['k'::bytea])"


class Killed(Exception):
    """Here it ended."""


def keys_of(database: Database) -> psycopg.Connection[tuple[object, ...]]:
    """The keys, as who puts a backup back."""
    return psycopg.connect(database.admin(KEYS), autocommit=True)


def written_late(database: Database, db: Connection, case: Case) -> UUID:
    """What a process that still has the key leaves of them: a stream, and a row beside the record."""
    words, late = words_of(case).encode(), uuid4()
    db.execute("INSERT INTO draad.raw_resource VALUES ('s', %s, 'h', %s)", [case.id, words])
    with keys_of(database) as keys:
        keys.execute("INSERT INTO draad.stream_client VALUES (%s, %s)", [late, case.client_id])
    db.execute(BEGUN, [late])
    return late


def ended(db: Connection, stream: UUID) -> bool:
    """Whether it ends with that they were forgotten, and has no key of any entry."""
    told = db.execute("SELECT topic FROM draad.stored_events WHERE originator_id = %s ORDER BY 1", [stream])
    keys = db.execute("SELECT 1 FROM draad.entry_keys WHERE originator_id = %s", [stream])
    return told.fetchall() == [("case_opened",), ("erased",)] and not keys.fetchall()


def test_of_who_was_forgotten_nothing_is_left_in_either_database(
    casework: Casework, kept: Case, fresh: Database, at_once: Vault
) -> None:
    assert lies_in(fresh, kept), "their account has their name"
    erased(casework, kept)
    assert sweep(fresh, at_once) == 0
    assert not lies_in(fresh, kept)
    with pytest.raises(KeyGone):
        at_once.of(kept.id)


def test_the_others_stay_as_they_were(
    casework: Casework, kept: Case, fresh: Database, at_once: Vault, db: Connection
) -> None:
    other = told(casework, db)
    erased(casework, kept)
    sweep(fresh, at_once)
    left = db.execute(OF_THEM, [[kept.id, other.id]] * 3).fetchall()
    assert left == [("document", other.id), ("draft", other.id), ("export", other.id)]
    assert casework.history(other.id).plan == other.plan
    assert casework.contacts(other.id).case_id == other.id
    assert db.execute("SELECT 1 FROM draad.account WHERE id = %s", [other.client_id]).fetchone()


@pytest.mark.parametrize("step", STEPS)
def test_killed_after_any_step_the_next_start_goes_on(
    casework: Casework, kept: Case, fresh: Database, at_once: Vault, step: str
) -> None:
    def killed(done: str) -> None:
        if done == step:
            raise Killed

    client = erased(casework, kept)
    with pytest.raises(Killed):
        sweep(fresh, at_once, killed)
    assert sweep(fresh, at_once) == 0
    with connect_to(fresh.dsn("draad_app", KEYS)) as keys:
        (done,) = erasures(keys, client)
    assert done.finished_at
    assert (done.counts["cases"], done.counts["entries"], done.counts["documents"]) == (1, 7, 1)
    assert (done.ground, done.approved_by) == (WhyErased.TERM_IS_OVER, SECOND.user)
    assert not lies_in(fresh, kept)


def test_each_of_their_streams_ends_and_a_late_writer_is_overtaken(
    casework: Casework, kept: Case, db: Connection
) -> None:
    """With a key that is still remembered nobody writes anything back."""
    late, log = casework.history(kept.id), casework.contacts(kept.id)
    erased(casework, kept)
    late.say_what_matters("Toch nog iets.", Matter.PACE, **telling())
    log.hold_contact(by=given.WORKER, workers=(), organisation="", started_at=casework.clock())
    for written in (late, log):
        with pytest.raises(errors.Overtaken):
            casework.keep(written)
    with pytest.raises(errors.CaseIsErased):
        casework.history(kept.id)
    ended = db.execute("SELECT originator_id FROM draad.stored_events WHERE topic = 'erased'").fetchall()
    assert len(ended) == 3
    assert {(kept.id,), (ContactLog.create_id(kept.id),)} < set(ended)


def test_who_writes_after_the_key_is_gone_hears_that_it_was_erased(
    casework: Casework, kept: Case, fresh: Database, at_once: Vault
) -> None:
    late, log = casework.history(kept.id), casework.contacts(kept.id)
    another = given.an_opened_case(client_id=kept.client_id)
    erased(casework, kept)
    sweep(fresh, at_once)
    casework.vault.forget()  # as it hears
    late.say_what_matters("Toch nog iets.", Matter.PACE, **telling())
    late.add_document("een tekening", DocumentKind.OTHER, b"hoort erbij", **telling())
    log.hold_contact(by=given.WORKER, workers=(), organisation="", started_at=casework.clock())
    for written in (late, log, another):
        with pytest.raises(errors.CaseIsErased):
            casework.keep(written)


def test_what_a_warm_process_wrote_beside_the_record_goes_after_the_key_was_forgotten_everywhere(
    casework: Casework, kept: Case, fresh: Database, at_once: Vault, db: Connection
) -> None:
    """The first sweep is not the last: a draft that came in between goes with the second."""
    erased(casework, kept)
    with closing(vault_of(fresh, keep=3600)) as remembered:
        assert sweep(fresh, remembered) == 1
    late = written_late(fresh, db, kept)
    assert sweep(fresh, at_once) == 0
    assert not lies_in(fresh, kept)
    assert ended(db, late)


def test_what_comes_in_during_the_last_sweep_goes_with_it(
    casework: Casework, kept: Case, fresh: Database, at_once: Vault, db: Connection
) -> None:
    """After it nobody looks any more."""
    erased(casework, kept)
    late: list[UUID] = []
    sweep(
        fresh,
        at_once,
        lambda step: late.append(written_late(fresh, db, kept)) if step == "take_rows" else None,
    )
    assert not lies_in(fresh, kept)
    assert ended(db, *late)


def test_keys_that_are_put_back_go_again(
    casework: Casework, kept: Case, fresh: Database, at_once: Vault
) -> None:
    with keys_of(fresh) as keys:
        old = keys.execute(
            "SELECT wrapped FROM draad.client_key WHERE client = %s", [kept.client_id]
        ).fetchone()
        assert old
        erased(casework, kept)
        sweep(fresh, at_once)
        keys.execute("DELETE FROM draad.erasure WHERE client = %s", [kept.client_id])
        keys.execute(
            "UPDATE draad.client_key SET wrapped = %s, destroyed_at = NULL WHERE client = %s",
            [old[0], kept.client_id],
        )
    at_once.of(kept.id)
    assert sweep(fresh, at_once) == 0
    with pytest.raises(KeyGone):
        at_once.of(kept.id)


def test_a_record_that_is_put_back_from_before_is_erased_again(
    casework: Casework, kept: Case, fresh: Database, at_once: Vault, db: Connection
) -> None:
    client = erased(casework, kept)
    sweep(fresh, at_once)
    emptied(fresh)  # and put back: what there was before, as far as it matters
    casework.vault.forget()
    db.execute(BEGUN, [kept.id])
    db.execute("INSERT INTO draad.raw_resource VALUES ('s', %s, 'h', %s)", [kept.id, words_of(kept).encode()])
    sweep(fresh, at_once)
    assert not lies_in(fresh, kept)
    with pytest.raises(errors.CaseIsErased):
        casework.history(kept.id)
    with connect_to(fresh.dsn("draad_app", KEYS)) as keys:
        assert erasures(keys, client)[0].ground is WhyErased.TERM_IS_OVER


def test_every_table_with_rows_of_a_case_is_swept(
    casework: Casework, kept: Case, fresh: Database, at_once: Vault, db: Connection
) -> None:
    """Also one of a later version, and a copy that a rebuild left half-way."""
    db.execute("SELECT shown.start_rebuild('erasures')")
    row = "INSERT INTO shown.erasures_new VALUES (%s, 1, now(), '', NULL, false)"
    db.execute(row.encode(), [kept.id])
    erased(casework, kept)
    sweep(fresh, at_once)
    assert db.execute("SELECT count(*) FROM shown.erasures_new").fetchone() == (0,)
    db.execute("SELECT shown.finish_rebuild('erasures')")


def test_who_looked_at_the_last_moment_is_written_down_without_what_for(
    casework: Casework, kept: Case, db: Connection
) -> None:
    casework.vault.destroy(kept.client_id)
    visit = Visit(given.MANAGER, casework.clock(), Point.WEB, "erasures.approve", uuid4())
    access_log.write(db, casework.vault, visit, [Look(kept.id, "purpose", why="Haar verzoek.")])
    assert db.execute("SELECT user_name, why FROM draad.access_log").fetchall() == [("Ingrid Vos", None)]


def test_only_what_the_record_says_is_gone_can_go(kept: Case, db: Connection) -> None:
    """Whoever gets hold of the app role takes nobody's keys away."""
    before = db.execute("SELECT count(*) FROM draad.entry_keys").fetchone()
    db.execute("SELECT draad.forget()")
    assert db.execute("SELECT count(*) FROM draad.entry_keys").fetchone() == before
    with pytest.raises(psycopg.errors.InvalidParameterValue):
        db.execute("SELECT draad.forget_entry(%s, 2, NULL)", [kept.id])


def test_a_hold_in_another_case_of_the_client_keeps_all_of_it(casework: Casework, kept: Case) -> None:
    other = given.an_opened_case(client_id=kept.client_id)
    hold = other.place_hold("Er loopt een zaak bij de rechter.", **telling())
    casework.open(other)
    proposal = proposed(casework, kept)
    with pytest.raises(errors.IsHeld):
        casework.erase(kept.id, proposal, DECIDES)
    with casework.changing(other.id) as change:
        change.case.lift_hold(hold, **telling())
    casework.erase(kept.id, proposal, DECIDES)
    with pytest.raises(errors.CaseIsErased):
        casework.history(other.id)


def test_a_hold_that_is_placed_at_the_same_moment_wins(casework: Casework, kept: Case) -> None:
    proposal = proposed(casework, kept)
    late = casework.history(kept.id)
    late.place_hold("Er loopt een zaak bij de rechter.", **telling())

    class Slow(Vault):
        """Somebody places a hold after the case was looked at."""

        def streams_of(self, client: UUID) -> set[UUID]:
            if late.pending_events:
                casework.keep(late)
            return super().streams_of(client)

    casework.vault.__class__ = Slow
    with pytest.raises(errors.Overtaken):
        casework.erase(kept.id, proposal, DECIDES)
    assert casework.history(kept.id).plan.holds


def who_speaks_for(case: Case, account: UUID) -> None:
    person = case.join_person(name="Moeder", kind=PersonKind.REPRESENTATIVE, user=account, **telling())
    case.name_representative(person, LegalKind.MENTOR, Scope.CARE, **telling())


def mother(db: Connection) -> UUID:
    """The account of somebody who speaks for others."""
    return add_account(db, f"m{uuid4().hex}", "p" * 16, name="Moeder", role=Role.REPRESENTATIVE).id


def test_who_speaks_for_another_too_keeps_their_account_also_while_the_lists_are_behind(
    casework: Casework, kept: Case, fresh: Database, at_once: Vault, db: Connection
) -> None:
    """As after a restore, which brings back no lists: who still speaks for whom is not known then."""
    speaks, other = mother(db), given.an_opened_case(client_id=uuid4())
    with casework.changing(kept.id) as change:
        who_speaks_for(change.case, speaks)
    who_speaks_for(other, speaks)
    casework.open(other)
    erased(casework, kept)
    with psycopg.connect(fresh.admin("draad"), autocommit=True) as admin:
        admin.execute("TRUNCATE shown.caseload, shown.position")
    assert sweep(fresh, at_once) > 1, "the certificate waits, and so do the accounts"
    assert account_with(db, speaks)
    shown(casework)
    assert sweep(fresh, at_once) == 0
    assert account_with(db, speaks)
    assert not account_with(db, kept.client_id)


def test_an_account_goes_that_a_new_face_or_a_subscriber_names(
    casework: Casework, kept: Case, fresh: Database, at_once: Vault, db: Connection
) -> None:
    speaks, other = mother(db), uuid4()
    with casework.changing(kept.id) as change:
        who_speaks_for(change.case, speaks)
    db.execute(ANSWERED, [other, uuid4(), speaks])
    db.execute(SUBSCRIBED, [uuid4(), speaks.hex, speaks])
    erased(casework, kept)
    assert sweep(fresh, at_once) == 0
    assert not account_with(db, speaks)
    db.execute("DELETE FROM draad.new_face WHERE case_id = %s", [other])


def test_a_file_about_all_cases_goes_with_whoever_was_among_them(
    casework: Casework, kept: Case, fresh: Database, at_once: Vault, db: Connection
) -> None:
    of_all = a_file_of_all(casework, db)
    erased(casework, kept)
    sweep(fresh, at_once)
    assert exports.content_of(db, casework.vault, of_all) is None
    later = a_file_of_all(casework, db)
    sweep(fresh, at_once)
    assert exports.content_of(db, casework.vault, later), "they are not in it"


def test_a_session_that_names_the_case_goes(
    casework: Casework, kept: Case, fresh: Database, at_once: Vault, db: Connection
) -> None:
    """It remembers what a manager read the case for: words about the client, in clear."""
    remembers, other = sessions.begin(db, f'{{"purposes":{{"{kept.id}":"over hem"}}}}', None), uuid4()
    stays = sessions.begin(db, f'{{"purposes":{{"{other}":"over haar"}}}}', None)
    erased(casework, kept)
    sweep(fresh, at_once)
    assert sessions.find(db, remembers, Limits()) is None
    assert sessions.find(db, stays, Limits())
