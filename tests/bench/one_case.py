"""read_case_1000, plan_on_a_day, seal: what one case takes, without remembering anything of it.

read_case_1000: ours reads 1,000 sealed entries, opens them and folds them into the plan; theirs builds the
aggregate from 1,000 plain events of the same words; the limit reads the rows.
plan_on_a_day: ours reads the same case and folds what was so on a day half-way. Theirs (django-pghistory)
reads the 1,000 versions of one row and takes that day's; beside it the one row, which tells no history.
seal: ours makes an entry's own key, seals the entry with it and the key with the client's; theirs is
eventsourcing's cipher with one key for all; the limit is AES-GCM itself.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from uuid import UUID

import psycopg
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from eventsourcing.cryptography import AESCipher
from eventsourcing.utils import Environment

from domain.plan import read
from domain.store.database import APP
from domain.store.vault import seal
from tests.bench import organisation, stock
from tests.bench.measure import Contest, Target, a_second, milliseconds
from tests.bench.place import Place

STREAM = """
    SELECT originator_id, originator_version, topic, state, wrapped
      FROM draad.stored_events LEFT JOIN draad.entry_keys USING (originator_id, originator_version)
     WHERE originator_id = %(stream)s
     ORDER BY originator_version"""
TEXT = b"x" * 300  # an entry as JSON
HERE = b"the place of this entry"


def contests(place: Place) -> Iterator[Contest]:
    ours, times = organisation.a_long_case(place), place.size.times
    yield _read(place, ours, times)
    yield _on_a_day(place, ours, times)
    yield _seal(place)


def _read(place: Place, case_id: UUID, times: int) -> Contest:
    app = stock.cases(place)
    theirs = stock.a_long_case(app, place.size.long)
    reader = place.until.enter_context(psycopg.connect(place.database.dsn(APP)))

    def ours() -> None:
        place.casework.vault.forget()  # the key, and what was opened with it
        assert len(place.casework.history(case_id).plan.goals)

    def rows() -> None:
        with reader.cursor(binary=True) as cursor:
            cursor.execute(STREAM.encode(), {"stream": case_id}, prepare=True).fetchall()

    return Contest(
        "read_case_1000",
        "ms",
        lambda: milliseconds(ours, times),
        Target(to_peer=2.5, ours=13),
        peer=lambda: milliseconds(lambda: app.repository.get(theirs), times),
        peer_name="eventsourcing",
        limit=lambda: milliseconds(rows, times),
        others={
            "cached and unchanged": lambda: milliseconds(lambda: place.casework.history(case_id).plan, times)
        },
    )


def _on_a_day(place: Place, case_id: UUID, times: int) -> Contest:
    from tests.bench import django_peers  # noqa: PLC0415 - it is set up for one database

    peer = django_peers.Peer(place)
    row = peer.a_long_case(place.size.long)
    entries = place.casework.history(case_id).entries
    day = entries[len(entries) // 2].day

    def ours() -> None:
        place.casework.vault.forget()
        read(place.casework.history(case_id).entries, on=day)

    return Contest(
        "plan_on_a_day",
        "ms",
        lambda: milliseconds(ours, times),
        Target(to_peer=1),
        peer=lambda: milliseconds(lambda: peer.whole_history(row), times),
        peer_name="django-pghistory, whole history",
        others={"django-pghistory, one row": lambda: milliseconds(lambda: peer.one_row(row), times)},
    )


def _seal(place: Place) -> Contest:
    client = AESGCM(AESGCM.generate_key(256))
    cipher = AESCipher(Environment("", {"CIPHER_KEY": AESCipher.create_key(32)}))

    def ours() -> int:
        for _ in range(100):
            own = AESGCM.generate_key(256)
            seal(AESGCM(own), TEXT, HERE)
            seal(client, own, HERE)
        return 100

    def theirs() -> int:
        for _ in range(100):
            cipher.encrypt(TEXT)
        return 100

    def bare() -> int:
        nonce = os.urandom(12)
        for _ in range(100):
            client.encrypt(nonce, TEXT, HERE)
        return 100

    def microseconds(do: Callable[[], int]) -> float:
        return 1_000_000 / a_second(do, place.size.seconds / 4)

    return Contest(
        "seal",
        "µs",
        lambda: microseconds(ours),
        Target(ours=5),
        peer=lambda: microseconds(theirs),
        peer_name="eventsourcing, one key for all",
        limit=lambda: microseconds(bare),
    )
