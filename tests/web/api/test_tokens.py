"""A token opens the API, as far as its scopes go; nothing else does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from domain.entry import Role
from domain.store.attempts import ATTEMPTS
from domain.store.tokens import Scope, revoke
from tests.disabling import disable_account
from tests.web.api.conftest import ROOT, Program, Programs, is_a_problem
from tests.web.conftest import Visitor, desk_of, sign_in
from tests.web.filling import a_full_case, entries, kept


def opens(program: Program) -> bool:
    status = program.get("/cases").status_code
    assert status in (200, 401)
    return status == 200


def test_a_token_opens_what_its_account_may_see(app: Flask, program: Programs) -> None:
    case_id = kept(app, a_full_case())
    assert program("ilse", team="Noord").get(f"/cases/{case_id}").status_code == 200
    assert program("vera", team="Zuid").get(f"/cases/{case_id}").status_code == 404


def test_without_a_token_the_answer_says_what_to_send(visitor: Visitor) -> None:
    answer = visitor.get(f"{ROOT}/cases")
    is_a_problem(answer, 401)
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="Draad"'


def test_a_cookie_opens_nothing_and_none_is_set(as_: Callable[..., Visitor], ilse: Program) -> None:
    signed_in = as_("ilse")
    is_a_problem(signed_in.get(f"{ROOT}/cases"), 401)
    is_a_problem(signed_in.post(f"{ROOT}/cases", json={}), 401)
    assert "Set-Cookie" not in ilse.get("/cases").headers


def test_a_write_needs_no_form_token_and_sets_no_cookie(ilse: Program, app: Flask) -> None:
    case_id = kept(app, a_full_case())
    answer = ilse.record(case_id, "take_action", {"words": "Gebeld.", "happened_on": "2026-11-22"})
    assert answer.status_code == 201, answer.text
    assert "Set-Cookie" not in answer.headers


def test_wrong_expired_revoked_and_disabled_get_the_same_answer(app: Flask, program: Programs) -> None:
    wrong, expired = program(), program(valid=timedelta(seconds=-1))
    revoked, disabled = program(), program("joris", Role.WORKER)
    wrong.token = "draad_" + "x" * 43
    with desk_of(app).pool.connection() as db:
        assert revoke(db, revoked.token_id)
        disable_account(db, "joris")
    answers = [one.get("/cases") for one in (wrong, expired, revoked, disabled)]
    for answer in answers:
        is_a_problem(answer, 401)
        assert 'error="invalid_token"' in answer.headers["WWW-Authenticate"]
    assert len({answer.data for answer in answers}) == 1


def test_a_token_that_is_revoked_opens_nothing_at_once(app: Flask, ilse: Program) -> None:
    assert opens(ilse)
    with desk_of(app).pool.connection() as db:
        revoke(db, ilse.token_id)
    assert not opens(ilse)


def test_after_five_wrong_tokens_an_address_waits(app: Flask, ilse: Program) -> None:
    wrong = Program(ilse.client, ilse.account, "", ilse.token_id)
    for number in range(ATTEMPTS):
        wrong.token = f"draad_{number}"
        is_a_problem(wrong.get("/cases"), 401)
    wrong.token = "draad_another"
    assert is_a_problem(wrong.get("/cases"), 429)
    assert int(wrong.get("/cases").headers["Retry-After"]) == 15 * 60
    assert opens(ilse), "somebody else's old token at this address is no reason to stop this one"


def test_wrong_tokens_keep_nobody_from_signing_in(ilse: Program, visitor: Visitor) -> None:
    wrong = Program(ilse.client, ilse.account, "draad_old", ilse.token_id)
    for _ in range(ATTEMPTS + 1):
        wrong.get("/cases")
    assert sign_in(visitor, "ilse") == 303


def test_a_token_to_read_records_nothing(app: Flask, program: Programs) -> None:
    reader, case_id = program(scopes=(Scope.READ,)), kept(app, a_full_case())
    before = len(entries(app, case_id))
    answer = reader.record(case_id, "take_action", {"words": "Gebeld.", "happened_on": "2026-11-22"})
    is_a_problem(answer, 403)
    assert 'error="insufficient_scope", scope="record"' in answer.headers["WWW-Authenticate"]
    is_a_problem(reader.post("/cases", {}), 403)
    assert len(entries(app, case_id)) == before


def test_a_token_to_record_reads_nothing(app: Flask, program: Programs) -> None:
    is_a_problem(program(scopes=(Scope.RECORD,)).get("/cases"), 403)


def test_a_token_gives_no_right_that_its_account_does_not_have(app: Flask, program: Programs) -> None:
    case_id = kept(app, a_full_case())
    manager = program("mina", Role.MANAGER)
    assert manager.get(f"/cases/{case_id}", Draad_Purpose="quality").status_code == 200
    is_a_problem(manager.record(case_id, "take_action", {}), 403)
    is_a_problem(program("wim", Role.WORKER).post("/cases", {}), 403)


@pytest.mark.parametrize(
    "sent", ["Basic aWxzZTp4", "Bearer", "Bearer ", "Bearer \x00", "draad_x", "Bearer é"]
)
def test_whatever_is_sent_instead_of_a_token_is_told(app: Flask, visitor: Visitor, sent: str) -> None:
    is_a_problem(visitor.get(f"{ROOT}/cases", headers={"Authorization": sent}), 401)


def test_when_a_token_was_used_is_written_down(app: Flask, ilse: Program) -> None:
    assert opens(ilse)
    with desk_of(app).pool.connection() as db:
        row = db.execute(
            "SELECT last_used_at > now() - interval '1 minute' FROM draad.token WHERE id = %(id)s",
            {"id": ilse.token_id},
        ).fetchone()
    assert row == (True,)
