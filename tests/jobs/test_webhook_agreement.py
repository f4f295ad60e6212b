"""Nothing is sent to who does not want it, or not now: as CloudEvents webhooks have it."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest

from domain.store import dead_letters, subscribers
from domain.store.pool import Connection
from domain.store.receiver import INSIDE
from jobs.webhooks import Post, tell
from tests import given
from tests.jobs.receiving import Receiver
from tests.jobs.subscribing import a_case, subscribed, wish

HOUR = timedelta(hours=1)


@pytest.fixture
def clock(by: Post) -> given.Clock:
    clock: given.Clock = by.casework.clock  # type: ignore[assignment]
    return clock


def test_nothing_is_sent_before_the_receiver_said_that_it_wants_it(
    db: Connection, by: Post, receiver: Receiver
) -> None:
    """An answer of 200 is no yes: many a server answers OPTIONS so."""
    receiver.allows = ""
    made, _ = subscribed(db, by, receiver.url)
    case = a_case(by)
    for _ in range(2):
        tell(db, by, made)
    one = subscribers.one(db, made)
    assert one
    assert one.declined_at
    assert not one.due(by.casework.clock())
    assert (len(receiver.asked), receiver.received) == (1, [])
    receiver.allows = "draad"
    subscribers.start(db, made)
    tell(db, by, made)
    assert receiver.places == [(str(case.id), 1), (str(case.id), 2)]
    wish(by, case)
    tell(db, by, made)
    assert len(receiver.asked) == 2  # not for each notice


@pytest.mark.parametrize(
    ("allows", "sends"),
    [("*", 2), ("draad.example", 2), ("Draad.Example", 2), ("other.example", 0), ("yes", 0)],
)
def test_we_are_known_by_the_name_of_our_address(
    db: Connection, by: Post, receiver: Receiver, allows: str, sends: int
) -> None:
    ours = Post(by.database, by.casework, {INSIDE: "1", "DRAAD_ADDRESS": "https://draad.example"}, by.stop)
    receiver.allows = allows
    made, _ = subscribed(db, by, receiver.url)
    a_case(by)
    tell(db, ours, made)
    assert [asked["WebHook-Request-Origin"] for asked in receiver.asked] == ["draad.example"]
    assert [headers["WebHook-Request-Origin"] for headers, _ in receiver.received] == [
        "draad.example"
    ] * sends


def test_who_is_asked_and_does_not_answer_is_asked_again_later(
    db: Connection, by: Post, clock: given.Clock, receiver: Receiver
) -> None:
    made, _ = subscribed(db, by, receiver.url.replace("http:", "https:"))
    for _ in range(2):
        tell(db, by, made)
    one = subscribers.one(db, made)
    assert one
    assert (one.tries, one.agreed_at, one.declined_at) == (1, None, None)
    db.execute("UPDATE draad.subscriber SET url = %(url)s", {"url": receiver.url})
    clock.moment += HOUR * 100  # longer than a notice is kept trying
    receiver.answers = lambda: 500
    a_case(by)
    tell(db, by, made)
    one = subscribers.one(db, made)
    assert one
    assert (one.tries, one.failing_since) == (1, clock())  # the days before do not count for the notice
    assert dead_letters.all_of(db) == []


def test_who_is_too_busy_to_say_whether_it_wants_them_is_asked_again(
    db: Connection, by: Post, clock: given.Clock, receiver: Receiver
) -> None:
    receiver.said, receiver.allows, receiver.later = 503, "", "120"
    made, _ = subscribed(db, by, receiver.url)
    tell(db, by, made)
    one = subscribers.one(db, made)
    assert one
    assert (one.declined_at, one.why) == (None, "HTTP 503")
    assert one.again_at == clock() + timedelta(seconds=120)


def waits(db: Connection, by: Post, to: Receiver, status: int, later: str) -> timedelta:
    """How long until the next try, after this answer."""
    to.answers, to.later = lambda: status, later
    made, _ = subscribed(db, by, to.url)
    a_case(by)
    tell(db, by, made)
    one = subscribers.one(db, made)
    assert one
    assert one.again_at
    return one.again_at - by.casework.clock()  # at noon


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("3600", HOUR),
        ("Sun, 22 Nov 2026 13:00:00 GMT", HOUR),
        ("0", timedelta(seconds=5)),
        ("Sat, 21 Nov 2026 13:00:00 GMT", timedelta(seconds=5)),
        ("999999999", HOUR * 12),
        ("Fri, 31 Dec 9999 23:59:59 GMT", HOUR * 12),
    ],
)
def test_who_asks_us_to_come_back_later_is_told_then(
    db: Connection, by: Post, receiver: Receiver, said: str, asked: timedelta
) -> None:
    for status in (429, 503):
        assert abs(waits(db, by, receiver, status, said) - asked) < timedelta(seconds=1)


@pytest.mark.parametrize(
    ("status", "said"),
    [
        *[
            (429, said)
            for said in ("soon", "-1", "Sun, 22 Nov 2026 13:00:00 -0000", f"1 Jan {10**20} 01:01:01")
        ],
        *[(503, ""), (500, "3600")],
    ],
)
def test_who_does_not_say_when_is_told_when_we_think_best(
    db: Connection, by: Post, receiver: Receiver, status: int, said: str
) -> None:
    assert timedelta(seconds=3) < waits(db, by, receiver, status, said) < timedelta(seconds=8)


def test_who_is_gone_is_told_nothing_more_until_somebody_starts_it_again(
    db: Connection, by: Post, clock: given.Clock, receiver: Receiver
) -> None:
    receiver.answers = lambda: 410
    made, _ = subscribed(db, by, receiver.url)
    case = a_case(by)
    for _ in range(2):
        tell(db, by, made)
        clock.moment += HOUR * 100
    one = subscribers.one(db, made)
    assert one
    assert (one.why, one.tries, len(receiver.received)) == ("HTTP 410", 0, 1)
    assert one.declined_at
    receiver.answers = lambda: 204
    receiver.received.clear()
    subscribers.start(db, made)
    tell(db, by, made)
    assert len(receiver.asked) == 2
    assert receiver.places == [(str(case.id), 1), (str(case.id), 2)]
    assert dead_letters.all_of(db) == []


def test_who_is_gone_when_something_is_sent_again_is_told_nothing_more_either(
    db: Connection, by: Post, receiver: Receiver
) -> None:
    made, _ = subscribed(db, by, receiver.url)
    tell(db, by, made)
    a_case(by)
    to = subscribers.one(db, made)
    assert to
    dead_letters.give_up(db, to, to.position + 1, "HTTP 500", by.casework.clock())
    dead_letters.ask_again(db, made)
    receiver.answers = lambda: 410
    tell(db, by, made)
    one = subscribers.one(db, made)
    assert one
    assert one.declined_at
    assert len(receiver.received) == 1
    (letter,) = dead_letters.all_of(db)
    assert (letter.why, letter.asked_again) == ("HTTP 410", False)


def test_no_more_a_minute_than_the_receiver_says(db: Connection, by: Post, receiver: Receiver) -> None:
    receiver.rate = "120"
    made, _ = subscribed(db, by, receiver.url)
    a_case(by)
    began = time.monotonic()
    tell(db, by, made)
    assert time.monotonic() - began >= 1
    receiver.rate, one = "0", subscribers.one(db, made)
    assert one
    assert one.a_minute == 120
