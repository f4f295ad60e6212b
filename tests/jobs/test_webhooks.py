"""Subscribers are told all that is theirs, in order, at least once; and none holds up another."""

from __future__ import annotations

import base64
import hmac
import json
import random
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from domain.case import Case
from domain.entry import Actor, Role
from domain.kinds import ConsentPurpose, Part, PersonKind
from domain.store import dead_letters, subscribers
from domain.store.jobs import claim
from domain.store.pool import UNREACHABLE, Connection, connect
from domain.store.subscribers import NameIsTaken, NoReader, TooManySubscribers, Wanted
from jobs import posting
from jobs.posting import DidNotArrive, agreement
from jobs.webhooks import Post, keep_telling, tell, wait_after
from tests import given
from tests.disabling import disable_account
from tests.jobs.receiving import DROP, Receiver, a_certificate, a_drip, a_receiver
from tests.jobs.subscribing import a_case, account, subscribed, wish
from tests.web.following import a_case_of

HOUR = timedelta(hours=1)


@pytest.fixture
def clock(by: Post) -> given.Clock:
    clock: given.Clock = by.casework.clock  # type: ignore[assignment]
    return clock


def comes(by: Post, case: Case) -> None:
    """Somebody who takes part comes."""
    with by.casework.changing(case.id) as change:
        nadia = f"Nadia {change.case.version}"
        joined = change.case.join_person(
            name=nadia, kind=PersonKind.WORKER, organisation="De Brug", **given.telling()
        )
        now = by.casework.clock()
        change.case.hold_contact(workers=(joined,), started_at=now, posted=uuid4(), **given.telling())


def whole(by: Post, *cases: Case) -> set[tuple[str, int]]:
    found = set[tuple[str, int]]()
    for case in map(by.casework.history, (case.id for case in cases)):
        found |= {(str(case.id), entry.number) for entry in case.entries}
        found |= {(f"{case.id}/contacts", event.originator_version) for event in case.log.told}
    return found


def test_a_notice_says_which_entry_and_nothing_of_it(db: Connection, by: Post, receiver: Receiver) -> None:
    made, _ = subscribed(db, by, receiver.url)
    case = a_case(by)
    tell(db, by, made)
    assert receiver.places == [(str(case.id), 1), (str(case.id), 2)]
    headers, body = receiver.received[1]
    told = json.loads(body)
    assert told["dataref"] == f"/api/v1/cases/{case.id}/timeline/2"
    assert told["type"] == "nl.draad.client-described"
    assert "data" not in told
    assert b"Mia" not in body
    assert headers["Content-Type"] == "application/cloudevents+json"
    assert headers["webhook-id"] == told["id"]


def test_the_receiver_can_check_that_it_is_ours(db: Connection, by: Post, receiver: Receiver) -> None:
    """As Standard Webhooks has it: over id, time and body, with the secret that was handed over."""
    made, secret = subscribed(db, by, receiver.url)
    a_case(by)
    tell(db, by, made)
    headers, body = receiver.received[0]
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    expected = base64.b64encode(hmac.digest(key, signed, "sha256")).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"
    assert int(headers["webhook-timestamp"]) == int(by.casework.clock().timestamp())
    kept = db.execute("SELECT secret FROM draad.subscriber").fetchone()
    assert kept
    assert key not in kept[0]
    assert subscribers.new_secret(db, by.key, made) != secret


def test_a_receiver_that_falls_over_at_random_has_exactly_what_is_theirs(
    db: Connection, by: Post, clock: given.Clock
) -> None:
    """It drops, breaks, or answers late; and our own end is cut off between sending and writing that down."""
    chance = random.Random(8)
    cut: list[Connection] = []

    def answers() -> int:
        dice = chance.random()
        if dice < 0.2 and cut:
            pid = cut[-1].info.backend_pid
            db.execute("SELECT pg_terminate_backend(%(pid)s, 2000)", {"pid": pid})
        return 204 if dice < 0.7 else chance.choice([DROP, 500, 429, 302])

    with a_receiver(answers) as to:
        made, _ = subscribed(db, by, to.url)
        cases = [a_case(by, str(number)) for number in range(3)]
        foreign = a_case(by, "Vera", Actor(UUID(int=9), Role.COORDINATOR, "Vera", "De Brug", "Zuid"))
        told = 0
        while (one := subscribers.one(db, made)) and (one.more or told < 15):
            if told < 15:
                case = chance.choice([*cases, foreign])
                comes(by, case) if chance.random() < 0.3 else wish(by, case, str(told))
                told += 1
            clock.moment += HOUR * 13
            with connect(by.database) as own:
                cut.append(own)
                with suppress(*UNREACHABLE):
                    tell(own, by, made)
    kept = list(to.kept.values())
    assert set(kept) == whole(by, *cases)
    assert len(kept) == len(set(kept))
    assert len(to.received) > len(kept)  # at least once: some came again
    assert any(of.endswith("/contacts") for of, _ in kept)
    for subject in {of for of, _ in kept}:
        numbers = [n for of, n in kept if of == subject]
        assert numbers == sorted(numbers)
    assert not dead_letters.all_of(db)


def test_what_does_not_arrive_is_tried_again_later_and_later(
    db: Connection, by: Post, clock: given.Clock, receiver: Receiver
) -> None:
    receiver.answers = lambda: 500
    made, _ = subscribed(db, by, receiver.url)
    a_case(by)
    tell(db, by, made)
    tell(db, by, made)
    assert len(receiver.received) == 1
    one = subscribers.one(db, made)
    assert one
    assert (one.tries, one.why) == (1, "HTTP 500")
    assert one.again_at
    assert timedelta(seconds=3) < one.again_at - clock() < timedelta(seconds=7)
    usual = [wait_after(tries) for tries in range(14)]
    assert all(later > earlier * 1.5 for earlier, later in pairwise(usual[:8]))
    assert max(usual) <= timedelta(hours=15)


def test_what_did_not_arrive_for_three_days_is_laid_aside_and_sent_again_when_asked(
    db: Connection, by: Post, clock: given.Clock, receiver: Receiver
) -> None:
    receiver.answers = lambda: 500
    made, _ = subscribed(db, by, receiver.url)
    case = a_case(by)
    for _ in range(8):
        tell(db, by, made)
        clock.moment += HOUR * 15
    assert set(receiver.places) == {(str(case.id), 1), (str(case.id), 2)}
    (letter,) = dead_letters.all_of(db)
    assert (letter.topic, letter.why) == ("case_opened", "HTTP 500")
    receiver.answers = lambda: 204
    tell(db, by, made)
    assert dead_letters.all_of(db) == [letter]
    receiver.received.clear()
    dead_letters.ask_again(db, made)
    tell(db, by, made)
    assert receiver.places == [(str(case.id), 1)]
    assert dead_letters.all_of(db) == []


def test_what_does_not_arrive_the_second_time_stays(db: Connection, by: Post, receiver: Receiver) -> None:
    made, _ = subscribed(db, by, receiver.url)
    a_case(by)
    to = subscribers.one(db, made)
    assert to
    dead_letters.give_up(db, to, to.position + 1, "HTTP 500", by.casework.clock())
    dead_letters.ask_again(db, made)
    receiver.answers = lambda: 404
    tell(db, by, made)
    (letter,) = dead_letters.all_of(db)
    assert (letter.why, letter.asked_again) == ("HTTP 404", False)


def test_a_slow_subscriber_holds_up_no_other(db: Connection, by: Post, receiver: Receiver) -> None:
    let_go = threading.Event()

    def hangs() -> int:
        let_go.wait(20)
        return 204

    with a_receiver(hangs) as slow:
        for url in (slow.url, receiver.url):
            subscribed(db, by, url)
        worker = threading.Thread(target=keep_telling, args=(by,))
        worker.start()
        case = a_case(by)
        _until(lambda: len(receiver.received) == 2)
        wish(by, case)
        _until(lambda: len(receiver.received) == 3)
        assert not slow.received
        by.stop.set()
        let_go.set()
        worker.join(20)
    assert not worker.is_alive()


def test_who_is_told_is_judged_at_each_notice(db: Connection, by: Post, receiver: Receiver) -> None:
    joris = account(db, Role.PARTNER, "Oost")
    made, _ = subscribed(db, by, receiver.url, joris)
    case = a_case_of("Mia")
    given.clock_of(case).to(given.TODAY)
    joined = case.join_person(
        name="J", kind=PersonKind.WORKER, organisation="B", user=joris.id, **given.telling()
    )
    consent = case.give_consent(ConsentPurpose.SHARING, joined, tuple(Part), **given.deciding())
    by.casework.open(case)
    tell(db, by, made)
    assert {number for _, number in receiver.places} == {1, 2, 3, 4}
    receiver.received.clear()
    with by.casework.changing(case.id) as change:
        change.case.withdraw_consent(consent, **given.deciding(say=given.no()))
    wish(by, case)
    tell(db, by, made)
    assert receiver.received == []
    one = subscribers.one(db, made)
    assert one
    assert not one.more


def test_a_closed_account_a_stopped_subscriber_and_a_manager_are_told_nothing(
    db: Connection, by: Post, receiver: Receiver
) -> None:
    who = account(db)
    made, _ = subscribed(db, by, receiver.url, who)
    a_case(by)
    subscribers.stop(db, made, by.casework.clock())
    tell(db, by, made)
    subscribers.start(db, made)
    db.execute("UPDATE draad.account SET role = 'manager' WHERE id = %(id)s", {"id": who.id})
    tell(db, by, made)
    db.execute("UPDATE draad.account SET role = 'coordinator' WHERE id = %(id)s", {"id": who.id})
    disable_account(db, who.user_name)
    tell(db, by, made)
    assert receiver.received == []


def test_a_notice_is_one_look_however_often_it_is_tried(
    db: Connection, by: Post, clock: given.Clock, receiver: Receiver
) -> None:
    receiver.answers = lambda: 500
    made, _ = subscribed(db, by, receiver.url)
    case = a_case(by)
    for _ in range(3):
        tell(db, by, made)
        clock.moment += HOUR
    assert len(receiver.received) == 3
    found = db.execute("SELECT object_id, event_code, detail FROM draad.access_log").fetchall()
    assert found == [(case.id, "send", "webhook")]


def test_one_worker_at_a_time_tells_a_subscriber(db: Connection, by: Post, receiver: Receiver) -> None:
    made, _ = subscribed(db, by, receiver.url)
    a_case(by)
    with connect(by.database) as other:
        assert claim(other, f"subscriber {made}")
        tell(db, by, made)
        assert receiver.received == []
    _until(lambda: claim(db, f"subscriber {made}"))
    tell(db, by, made)
    assert len(receiver.received) == 2


def test_a_redirect_is_not_followed(db: Connection, by: Post, receiver: Receiver) -> None:
    receiver.answers = lambda: 302
    made, _ = subscribed(db, by, receiver.url)
    a_case(by)
    tell(db, by, made)
    one = subscribers.one(db, made)
    assert one
    assert one.why == "HTTP 302"
    assert len(receiver.received) == 1


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_nothing_is_sent_inside(db: Connection, by: Post, receiver: Receiver, host: str) -> None:
    url = receiver.url.replace("127.0.0.1", host).replace("http:", "https:")
    made, _ = subscribed(db, by, url)
    a_case(by)
    tell(db, Post(by.database, by.casework, {}, by.stop), made)
    one = subscribers.one(db, made)
    assert one
    assert (one.tries, one.why) == (1, "InsideAddress")


def test_an_address_that_is_not_allowed_any_more_is_a_try_like_any_other(
    db: Connection, by: Post, receiver: Receiver
) -> None:
    made, _ = subscribed(db, by, receiver.url)
    a_case(by)
    tell(db, Post(by.database, by.casework, {}, by.stop), made)  # http, and not to this machine
    one = subscribers.one(db, made)
    assert one
    assert (one.tries, one.why) == (1, "NotAnAddressToSendTo")
    assert not db.execute("SELECT 1 FROM draad.access_log").fetchall()  # nothing went out


@pytest.mark.parametrize("begins", ["HTTP/1.1 ", "HTTP/1.1 200 OK\r\nWebHook-Allowed-Origin: *\r\nX-More: "])
def test_a_receiver_that_drips_is_hung_up_on(monkeypatch: pytest.MonkeyPatch, begins: str) -> None:
    monkeypatch.setattr(posting, "PATIENCE", 0.3)
    began = time.monotonic()
    with a_drip(begins, seconds=30) as url, pytest.raises(DidNotArrive):
        agreement(url, "draad", inside=True)
    assert time.monotonic() - began < 15


def test_a_receiver_shows_a_certificate_that_holds(
    db: Connection, by: Post, clock: given.Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = a_certificate(tmp_path)
    with a_receiver(certificate=certificate) as to:
        made, _ = subscribed(db, by, to.url)
        a_case(by)
        tell(db, by, made)
        one = subscribers.one(db, made)
        assert one
        assert one.why == "SSLCertVerificationError"
        assert to.received == []
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        clock.moment += HOUR
        tell(db, by, made)
        assert len(to.received) == 2


def test_who_is_subscribed_has_a_name_of_its_own_and_an_account_that_reads(db: Connection, by: Post) -> None:
    who, now = account(db), by.casework.clock()
    subscribers.add(db, by.key, Wanted("rooster", "https://a.example", who.user_name), now)
    for wanted, error in (
        (Wanted("rooster", "https://a.example", who.user_name), NameIsTaken),
        (Wanted("b", "https://a.example", "nobody"), NoReader),
        (Wanted("b", "https://a.example", account(db, Role.MANAGER).user_name), NoReader),
        (Wanted("b", "https://a.example", account(db, Role.ADMINISTRATOR).user_name), NoReader),
    ):
        with pytest.raises(error):
            subscribers.add(db, by.key, wanted, now)
    for number in range(subscribers.MOST - 1):
        subscribers.add(db, by.key, Wanted(str(number), "https://a.example", who.user_name), now)
    with pytest.raises(TooManySubscribers):
        subscribers.add(db, by.key, Wanted("b", "https://a.example", who.user_name), now)


def _until(so: Callable[[], bool]) -> None:
    until = time.monotonic() + 10
    while not so() and time.monotonic() < until:
        time.sleep(0.02)
    assert so()
