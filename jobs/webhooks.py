"""Tells subscribers that something was recorded (Standard Webhooks): in order, at least once, each by itself.

A notice names the entry and nothing that it says: who receives it reads it with a token, as far as
the account may. What this account may read is judged anew for each notice. How far a subscriber is, is
written down after the notice arrived: who falls over in between sends it again, under the same id.
Before anything is sent the receiver is asked whether it wants our notices (CloudEvents webhooks, 4); who
answers that it is gone is told nothing more, and who is busy is told when it asked to be (the same, 2.2).
"""

from __future__ import annotations

import base64
import hmac
import logging
import random
import threading
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from uuid import UUID

import msgspec

from domain.casework import Casework
from domain.entry import Actor
from domain.store import dead_letters, jobs, subscribers
from domain.store.accounts import account_with
from domain.store.database import APP, Database
from domain.store.dead_letters import DeadLetter
from domain.store.pool import UNREACHABLE, Connection, connect
from domain.store.receiver import inside_is_allowed
from domain.store.subscribers import Subscriber
from jobs.looks import sent
from jobs.posting import ORIGIN, DidNotArrive, WantsNoMore, agreement, post, wait_asked
from projections import feed
from projections.cloud_event import ONE, notice, source_of
from projections.feed import News, Page
from projections.follower import keep_on

FIRST, LONGEST = timedelta(seconds=5), timedelta(hours=12)  # between two tries
GIVEN_UP = timedelta(days=3)  # after the first try
PAUSE = 30  # seconds, after what should not happen
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Post:
    """What sending needs of the installation."""

    database: Database
    casework: Casework
    environ: Mapping[str, str]
    stop: threading.Event

    @property
    def key(self) -> bytes:
        """Opens the subscribers' secrets."""
        return self.database.secrets.key(subscribers.KEY)

    @property
    def origin(self) -> str:
        """By what name receivers know this installation: that of its address, where there is one."""
        return urlsplit(self.environ.get("DRAAD_ADDRESS", "")).hostname or "draad"


def keep_telling(by: Post) -> None:
    """Tell everybody what is due until told to stop: each in a thread of their own."""
    busy: dict[UUID, Future[None]] = {}
    with ThreadPoolExecutor(subscribers.MOST, "webhook") as threads:

        def step(db: Connection) -> int:
            for to in subscribers.every(db):
                if to.due(by.casework.clock()) and (to.id not in busy or busy[to.id].done()):
                    busy[to.id] = threads.submit(_told, by, to.id)
            return 0

        keep_on(by.database.dsn(APP), "stored_events", step, by.stop)


def _told(by: Post, id: UUID) -> None:
    try:
        with connect(by.database) as db:
            tell(db, by, id)
    except UNREACHABLE:
        log.warning("the database is away: a subscriber waits")
    except Exception as error:  # noqa: BLE001 - whatever it was, the others are told
        log.error("a subscriber could not be told: %s", type(error).__name__)  # noqa: TRY400 - its words may be a client's
        by.stop.wait(PAUSE)


def tell(db: Connection, by: Post, id: UUID) -> None:
    """Send this subscriber what waits, until something does not arrive."""
    if not jobs.claim(db, f"subscriber {id}") or not _agreed(db, by, id):
        return
    _send_again(db, by, id)
    while not by.stop.is_set() and (to := _due(db, by, id)):
        page = _page(db, by, to, to.position)
        if page.position == to.position or (page.news and not _arrived(db, by, to, page.news[0])):
            return
        subscribers.passed(db, to, page.position, by.casework.clock() if page.news else None)
        if page.news and to.a_minute:
            by.stop.wait(60 / to.a_minute)


def _agreed(db: Connection, by: Post, id: UUID) -> bool:
    """Whether it wants our notices: asked once, before the first."""
    to = _due(db, by, id)
    if to is None or to.agreed_at:
        return to is not None
    now = by.casework.clock()
    try:
        said = agreement(to.url, by.origin, inside=inside_is_allowed(by.environ))
    except DidNotArrive as error:
        subscribers.failed(db, to, str(error), now, now + _wait(to, error, now))
        return False
    if said is None:
        subscribers.declined(db, to, now)
        return False
    subscribers.agreed(db, to, now, said.a_minute)
    return True


def wait_after(tries: int) -> timedelta:
    """How long until the next try: three times as long each time, and never for all at the same moment."""
    usual: timedelta = min(FIRST * 3 ** min(tries, 10), LONGEST)
    return usual * random.uniform(0.75, 1.25)  # noqa: S311 - no secret


def _wait(to: Subscriber, error: DidNotArrive, now: datetime) -> timedelta:
    """As long as the receiver asks for, within our own bounds; else longer each time."""
    asked = wait_asked(error.later, now)
    return wait_after(to.tries) if asked is None else min(max(asked, FIRST), LONGEST)


def signature(secret: bytes, id: str, at: datetime, body: bytes) -> str:
    """As Standard Webhooks has it, over id, time and body."""
    signed = b".".join((id.encode(), str(int(at.timestamp())).encode(), body))
    return f"v1,{base64.b64encode(hmac.digest(secret, signed, 'sha256')).decode()}"


def _due(db: Connection, by: Post, id: UUID) -> Subscriber | None:
    to = subscribers.one(db, id)
    return to if to and to.due(by.casework.clock()) else None


def _page(db: Connection, by: Post, to: Subscriber, after: int) -> Page:
    """The next that its account may read now."""
    return feed.page(db, by.casework, _account(db, to), after, limit=1)


def _account(db: Connection, to: Subscriber) -> Actor:
    account = account_with(db, to.account)
    assert account  # noqa: S101 - an account that a subscriber names does not go
    return account.actor


def _arrived(db: Connection, by: Post, to: Subscriber, news: News) -> bool:
    """Send one; when it does not arrive, when to try again, or that it is given up."""
    try:
        _send(db, by, to, news, first=not to.tries)
    except WantsNoMore as error:
        subscribers.gone(db, to, str(error), by.casework.clock())
        return False
    except DidNotArrive as error:
        now = by.casework.clock()
        if to.failing_since and now - to.failing_since >= GIVEN_UP:
            dead_letters.give_up(db, to, news.position, str(error), now)
        else:
            subscribers.failed(db, to, str(error), now, now + _wait(to, error, now))
        return False
    return True


def _send_again(db: Connection, by: Post, id: UUID) -> None:
    """What was given up and is asked for again: once each."""
    for letter in dead_letters.all_of(db):
        if letter.subscriber == id and letter.asked_again and (to := _due(db, by, id)):
            _once_more(db, by, to, letter)


def _once_more(db: Connection, by: Post, to: Subscriber, letter: DeadLetter) -> None:
    theirs = [one for one in _page(db, by, to, letter.position - 1).news if one.position == letter.position]
    try:
        for news in theirs:
            _send(db, by, to, news, first=True)
    except DidNotArrive as error:
        dead_letters.failed_again(db, letter, str(error))
        if isinstance(error, WantsNoMore):
            subscribers.gone(db, to, str(error), by.casework.clock())
    else:
        dead_letters.arrived(db, letter)


def _send(db: Connection, by: Post, to: Subscriber, news: News, *, first: bool) -> None:
    """DidNotArrive. That it goes out is written down before, once: a try that failed may have arrived."""
    now = by.casework.clock()
    if first:
        sent(db, _account(db, to), [news.case_id], "webhook", now)
    root = by.environ.get("DRAAD_ADDRESS", "")
    told = notice(news, source_of(by.environ, by.database.secrets), root)
    body, name = msgspec.json.encode(told), str(told.id)
    headers = {
        "Content-Type": ONE,
        "User-Agent": "Draad",
        ORIGIN: by.origin,
        "webhook-id": name,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": signature(subscribers.secret_of(db, by.key, to.id), name, now, body),
    }
    post(to.url, body, headers, inside=inside_is_allowed(by.environ))
