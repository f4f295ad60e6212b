"""The second factor: what a code opens, once, and what stands in the table."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pyotp
import pytest
from cryptography.exceptions import InvalidTag

from domain.entry import Role
from domain.store.accounts import add_account
from domain.store.database import Database
from domain.store.pool import Connection, connect
from domain.store.second_factor import (
    PAPER_CODES,
    STEP,
    accept_code,
    confirm_second_factor,
    has_second_factor,
    make_paper_codes,
    new_secret,
    paper_codes_left,
    remove_second_factor,
    shown_secret,
)

KEY, OTHER = b"k" * 32, b"o" * 32
NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


@pytest.fixture
def db(database: Database) -> Iterator[Connection]:
    with connect(database) as opened:
        yield opened


def somebody(db: Connection) -> UUID:
    return add_account(db, f"ilse-{uuid4()}", None, name="Ilse", role=Role.COORDINATOR).id


def code(secret: str, steps: int = 0) -> str:
    return pyotp.TOTP(secret).at(NOW + timedelta(seconds=STEP * steps))


def set_up(db: Connection, account: UUID) -> str:
    """The secret of a second factor whose first code was of three steps ago."""
    sealed = new_secret(KEY, account)
    secret = shown_secret(KEY, account, sealed)
    then = NOW - timedelta(seconds=STEP * 3)
    assert confirm_second_factor(db, KEY, account, sealed, code(secret, -3), now=then, anew=True)
    return secret


def test_it_counts_from_the_first_right_code_on(db: Connection) -> None:
    account = somebody(db)
    sealed = new_secret(KEY, account)
    right = code(shown_secret(KEY, account, sealed))
    wrong = f"{(int(right) + 1) % 10**6:06}"
    assert not confirm_second_factor(db, KEY, account, sealed, wrong, now=NOW, anew=True)
    assert not has_second_factor(db, account)
    assert confirm_second_factor(db, KEY, account, sealed, right, now=NOW, anew=True)
    assert has_second_factor(db, account)


def test_a_code_is_taken_once(db: Connection) -> None:
    account = somebody(db)
    secret = set_up(db, account)
    assert accept_code(db, KEY, account, f" {code(secret)[:3]} {code(secret)[3:]} ", NOW)
    assert not accept_code(db, KEY, account, code(secret), NOW)


def test_the_code_of_the_setting_up_is_taken_once_too(db: Connection) -> None:
    account = somebody(db)
    secret = set_up(db, account)
    then = NOW - timedelta(seconds=STEP * 3)
    assert not accept_code(db, KEY, account, code(secret, -3), then)


def test_an_older_code_than_the_last_is_not_taken(db: Connection) -> None:
    account = somebody(db)
    secret = set_up(db, account)
    assert accept_code(db, KEY, account, code(secret, 1), NOW)
    assert not accept_code(db, KEY, account, code(secret, 0), NOW)


def test_many_at_once_get_in_once(database: Database, db: Connection) -> None:
    account = somebody(db)
    secret = set_up(db, account)

    def try_it(_nr: int) -> bool:
        with connect(database) as own:
            return accept_code(own, KEY, account, code(secret), NOW)

    with ThreadPoolExecutor(6) as together:
        assert sum(together.map(try_it, range(6))) == 1


@pytest.mark.parametrize(("steps", "taken"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_clock_may_be_one_step_off(db: Connection, steps: int, *, taken: bool) -> None:
    account = somebody(db)
    assert accept_code(db, KEY, account, code(set_up(db, account), steps), NOW) is taken


@pytest.mark.parametrize("typed", ["", "  ", "abc", "１２３４５６", "\0", "000000000", "é" * 6])
def test_what_is_no_code_opens_nothing(db: Connection, typed: str) -> None:
    account = somebody(db)
    set_up(db, account)
    assert not accept_code(db, KEY, account, typed, NOW)


def test_the_code_of_somebody_else_opens_nothing(db: Connection) -> None:
    mine, theirs = somebody(db), somebody(db)
    set_up(db, mine)
    secret = set_up(db, theirs)
    assert not accept_code(db, KEY, mine, code(secret), NOW)


def test_the_table_holds_no_secret_and_it_opens_for_its_own_account_only(db: Connection) -> None:
    account, other = somebody(db), somebody(db)
    secret = set_up(db, account)
    row = db.execute(
        "SELECT sealed FROM draad.second_factor WHERE account = %(a)s", {"a": account}
    ).fetchone()
    assert row
    assert secret.encode() not in row[0]
    for key, whose in ((OTHER, account), (KEY, other)):
        with pytest.raises(InvalidTag):
            shown_secret(key, whose, row[0])


def test_half_way_nobody_puts_theirs_in_the_place_of_another(db: Connection) -> None:
    account = somebody(db)
    set_up(db, account)
    sealed = new_secret(KEY, account)
    own = code(shown_secret(KEY, account, sealed))
    assert not confirm_second_factor(db, KEY, account, sealed, own, now=NOW, anew=False)
    assert not accept_code(db, KEY, account, own, NOW)


def test_on_another_telephone_the_one_before_opens_nothing(db: Connection) -> None:
    account = somebody(db)
    before, sealed = set_up(db, account), new_secret(KEY, account)
    now = code(shown_secret(KEY, account, sealed))
    assert confirm_second_factor(db, KEY, account, sealed, now, now=NOW, anew=True)
    assert not accept_code(db, KEY, account, code(before, 1), NOW)


def test_each_paper_code_opens_once(db: Connection) -> None:
    account = somebody(db)
    set_up(db, account)
    codes = make_paper_codes(db, KEY, account)
    assert len(set(codes)) == PAPER_CODES
    assert accept_code(db, KEY, account, codes[0].upper().replace("-", " "), NOW)
    assert not accept_code(db, KEY, account, codes[0], NOW)
    assert paper_codes_left(db, account) == PAPER_CODES - 1


def test_paper_codes_made_before_or_for_somebody_else_open_nothing(db: Connection) -> None:
    account, other = somebody(db), somebody(db)
    before = make_paper_codes(db, KEY, account)
    make_paper_codes(db, KEY, account)
    assert not accept_code(db, KEY, account, before[0], NOW)
    theirs = make_paper_codes(db, KEY, other)
    assert not accept_code(db, KEY, account, theirs[0], NOW)


def test_the_table_holds_no_paper_code(db: Connection) -> None:
    account = somebody(db)
    codes = make_paper_codes(db, KEY, account)
    rows = db.execute("SELECT hash FROM draad.recovery_code WHERE account = %(a)s", {"a": account}).fetchall()
    assert len(rows) == PAPER_CODES
    assert all(code.replace("-", "").encode() not in row[0] for code in codes for row in rows)


def test_taken_away_it_is_gone_with_its_paper_codes(db: Connection) -> None:
    account = somebody(db)
    set_up(db, account)
    codes = make_paper_codes(db, KEY, account)
    assert remove_second_factor(db, account)
    assert not remove_second_factor(db, account)
    assert not accept_code(db, KEY, account, codes[0], NOW)
