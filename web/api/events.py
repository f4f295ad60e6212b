"""The feed: what was recorded in the cases of this account, as it comes in (CloudEvents, long poll)."""

from __future__ import annotations

import os
import re
import threading
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from flask import Response, current_app, request, url_for
from flask_babel import lazy_gettext as _

from domain.access import Ground
from projections import feed
from projections.cloud_event import BATCH, CloudEvent, cloud_event, source_of
from projections.feed import Page
from web.access import actor, said_purpose
from web.api.asked import NO_PLACE, UNKNOWN
from web.api.door import bearer, may
from web.api.problem import refuse
from web.api.reads import READS, Read, blueprint
from web.desk import casework, desk, rows
from web.logs.looks import saw

MOST, USUAL, LONGEST = 1000, 100, 30  # events in one answer; seconds to wait
SEATS = 3  # requests of one process that wait, of the 8 that it can answer at once
LATER = 5  # seconds, for who finds no seat
SEALED = re.compile(r"[\w-]{32}", re.ASCII)
NO_NUMBER = _("Give a whole number from %(least)s to %(most)s.")
_seated: set[UUID] = set()
_door = threading.Lock()
ASKS = {
    "after": {
        "schema": {"type": "string"},
        "description": "The `position` of an event, or the one in the Link `next`. Left out: from the begin.",
    },
    "limit": {"schema": {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL}},
    "wait": {
        "schema": {"type": "integer", "minimum": 0, "maximum": LONGEST, "default": 0},
        "description": "How many seconds to wait for an event when there is none.",
    },
}


@dataclass(frozen=True)
class Asked:
    """After which position, how many at most, and how many seconds to wait."""

    after: int
    limit: int
    wait: int

    @classmethod
    def now(cls) -> Asked:
        """What this request asks; 400 when it cannot be read."""
        for name, given in request.args.lists():
            if name not in ASKS or len(given) > 1:
                refuse(400, UNKNOWN, parameter=name)
        return cls(
            _opened(request.args.get("after", "")),
            _number("limit", 1, MOST, USUAL),
            _number("wait", 0, LONGEST, 0),
        )


@blueprint.get("/events")
@may("read_case")
def events() -> Response:
    """What was recorded in the cases that this account may see now, in that order; waits when asked."""
    asked = Asked.now()
    page, seated = _found(asked)
    for one in page.news:
        saw(one.case_id, one.ground, said_purpose(one.case_id) if one.ground is Ground.PURPOSE else "")
    source, root = source_of(os.environ, desk().database.secrets), current_app.config["ADDRESS"]
    told = [cloud_event(one, source, _sealed(one.position), root) for one in page.news]
    again = url_for("api.events", after=_sealed(page.position), limit=asked.limit, wait=asked.wait)
    headers = {"Link": f'<{again}>; rel="next"'} | ({} if seated else {"Retry-After": str(LATER)})
    return Response(msgspec.json.encode(told), headers=headers, content_type=BATCH)


READS.append(Read("/events", events, list[CloudEvent], tuple(ASKS), BATCH, ASKS))


def _found(asked: Asked) -> tuple[Page, bool]:
    """What there is, or comes within the time; and whether there was a seat to wait on."""
    until, shown = time.monotonic() + asked.wait, desk().shown
    heard = shown.heard
    page = _looked(asked.after, asked.limit)
    if page.news or not asked.wait:
        return page, True
    with _seat(actor().user) as seated:
        while seated and not page.news and (left := until - time.monotonic()) > 0:
            shown.wait_for_entry(heard, left)
            heard = shown.heard  # before looking: what comes after the look is heard
            bearer()  # which may have been revoked meanwhile
            page = _looked(page.position, asked.limit)
    return page, seated


def _looked(after: int, limit: int) -> Page:
    with rows() as db:
        return feed.page(db, casework(), actor(), after, limit=limit)


@contextmanager
def _seat(account: UUID) -> Iterator[bool]:
    """A place to wait, when there is one: one an account, and never so many that no page is answered."""
    with _door:
        if seated := len(_seated) < SEATS and account not in _seated:
            _seated.add(account)
    try:
        yield seated
    finally:
        if seated:
            with _door:
                _seated.discard(account)


def _number(name: str, least: int, most: int, usual: int) -> int:
    text = request.args.get(name, str(usual))
    if not re.fullmatch(r"\d{1,4}", text, re.ASCII) or not least <= int(text) <= most:
        refuse(400, NO_NUMBER % {"least": least, "most": most}, parameter=name)
    return int(text)


def _sealed(position: int) -> str:
    """It tells nobody how much is recorded here."""
    return urlsafe_b64encode(_seal().encrypt(position.to_bytes(8, "big"), None)).decode()


def _opened(sealed: str) -> int:
    if not sealed:
        return 0
    if not SEALED.fullmatch(sealed):
        refuse(400, NO_PLACE, parameter="after")
    try:
        return int.from_bytes(_seal().decrypt(urlsafe_b64decode(sealed), None), "big")
    except InvalidTag:
        refuse(400, NO_PLACE, parameter="after")


def _seal() -> AESSIV:
    return AESSIV(desk().key("positions of the feed"))
