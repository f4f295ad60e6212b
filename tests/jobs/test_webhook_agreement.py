"""Nothing is sent to who does not want it: asked as CloudEvents webhooks have it, before the first notice."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest

from domain.receiver import INSIDE
from domain.store import dead_letters, subscribers
from domain.store.pool import Connection
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
