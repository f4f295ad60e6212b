"""Asks and sends at an address outside: the very machine that was looked up and allowed, and no further."""

from __future__ import annotations

import re
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import Message
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from ipaddress import ip_address
from urllib.parse import SplitResult

from domain.errors import Refused
from domain.store.receiver import InsideAddress, may_receive, where_to

ORIGIN = "WebHook-Request-Origin"  # the header that says who asks, and who sends
BUSY = (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)
PATIENCE = 10.0  # seconds for the other side to connect, and as long for its whole answer


@dataclass(frozen=True)
class Agreement:
    """That the other side wants what we send: as many a minute at most, or any number."""

    a_minute: int | None


class DidNotArrive(Exception):
    """The receiver could not be reached, or answered otherwise than with 2xx."""

    later = ""  # when it asks us to come back, as it says that itself


class WantsNoMore(DidNotArrive):
    """The receiver answered that it is gone, and stays so."""


def post(url: str, body: bytes, headers: Mapping[str, str], *, inside: bool) -> None:
    """One POST; no redirect is followed, and what the other side says is not read. DidNotArrive."""
    status, said = _asked("POST", url, body, headers, inside=inside)
    if not 200 <= status < 300:  # noqa: PLR2004 - what arrived
        raise _did_not_arrive(status, said)


def agreement(url: str, origin: str, *, inside: bool) -> Agreement | None:
    """What the other side says when it is asked whether it wants notices of ours; None: it does not say yes.

    As CloudEvents webhooks have it (4, abuse protection): the header counts, not the status; but who is too
    busy to say it is asked again. DidNotArrive.
    """
    status, said = _asked("OPTIONS", url, b"", {ORIGIN: origin, "User-Agent": "Draad"}, inside=inside)
    if said.get("WebHook-Allowed-Origin", "").strip().lower() not in ("*", origin):
        if status in BUSY:
            raise _did_not_arrive(status, said)
        return None
    rate = said.get("WebHook-Allowed-Rate", "").strip()
    return Agreement(int(rate) if re.fullmatch("[1-9][0-9]{0,8}", rate) else None)


def wait_asked(said: str, now: datetime) -> timedelta | None:
    """How long a Retry-After asks us to wait: so many seconds, or until a date."""
    if re.fullmatch("[0-9]{1,9}", said):
        return timedelta(seconds=int(said))
    try:
        return parsedate_to_datetime(said) - now
    except (ValueError, TypeError, OverflowError):  # no date, or one that does not say of where
        return None


def _did_not_arrive(status: int, said: Message) -> DidNotArrive:
    kind = WantsNoMore if status == HTTPStatus.GONE else DidNotArrive
    error = kind(f"HTTP {status}")
    if status in BUSY:
        error.later = said.get("Retry-After", "").strip()
    return error


def _asked(
    method: str, url: str, body: bytes, headers: Mapping[str, str], *, inside: bool
) -> tuple[int, Message]:
    """The status and the headers of the answer. DidNotArrive."""
    try:
        return _answer(method, where_to(url, inside=inside), body, headers, inside=inside)
    except (Refused, ValueError, OSError, HTTPException) as error:
        raise DidNotArrive(type(error).__name__) from error


def _answer(
    method: str, to: SplitResult, body: bytes, headers: Mapping[str, str], *, inside: bool
) -> tuple[int, Message]:
    host, secure = to.hostname or "", to.scheme == "https"
    kind = HTTPSConnection if secure else HTTPConnection
    connection = kind(host, to.port, timeout=PATIENCE)
    sock = _connected(host, connection.port, inside=inside)
    if secure:
        tls = ssl.create_default_context()
        sock = tls.wrap_socket(sock, server_hostname=host, do_handshake_on_connect=False)
    connection.sock = sock
    with closing(connection), _hung_up_after(PATIENCE, sock):
        if isinstance(sock, ssl.SSLSocket):
            sock.do_handshake()
        place = f"{to.path or '/'}{'?' * bool(to.query)}{to.query}"
        connection.request(method, place, body or None, dict(headers))
        answer = connection.getresponse()
        return answer.status, answer.headers


@contextmanager
def _hung_up_after(seconds: float, sock: socket.socket) -> Iterator[None]:
    """Who sends a byte now and then is never late by the time-out of the socket. TimeoutError."""
    late = threading.Event()

    def hang_up() -> None:
        late.set()
        with suppress(OSError):
            socket.socket.shutdown(sock, socket.SHUT_RDWR)  # that of TLS would go on in clear

    timer = threading.Timer(seconds, hang_up)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        if late.is_set():
            raise TimeoutError


def _connected(host: str, port: int, *, inside: bool) -> socket.socket:
    """To the first address of this name, when all may be reached: a name that leads inside is refused.

    Looked up once: a second look-up could give another answer.
    """
    found = [place[4] for place in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not all(may_receive(ip_address(str(place[0]).partition("%")[0]), inside=inside) for place in found):
        raise InsideAddress
    return socket.create_connection((str(found[0][0]), port), PATIENCE)
