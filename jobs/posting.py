"""Sends to an address outside: to the very machine that was looked up and allowed, and no further."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from ipaddress import ip_address
from urllib.parse import SplitResult

from domain.receiver import InsideAddress, may_receive, where_to

PATIENCE = 10.0  # seconds for the other side to connect, and for each piece of its answer


class DidNotArrive(Exception):
    """The receiver could not be reached, or answered otherwise than with 2xx."""


def post(url: str, body: bytes, headers: Mapping[str, str], *, inside: bool) -> None:
    """One POST; no redirect is followed, and what the other side says is not read. DidNotArrive."""
    try:
        to = where_to(url, inside=inside)
        status = _status(to, body, headers, inside=inside)
    except (InsideAddress, ValueError, OSError, HTTPException) as error:
        raise DidNotArrive(type(error).__name__) from error
    if not 200 <= status < 300:  # noqa: PLR2004 - what arrived
        raise DidNotArrive(f"HTTP {status}")


def _status(to: SplitResult, body: bytes, headers: Mapping[str, str], *, inside: bool) -> int:
    host, secure = to.hostname or "", to.scheme == "https"
    kind = HTTPSConnection if secure else HTTPConnection
    connection = kind(host, to.port, timeout=PATIENCE)
    connection.sock = _connected(host, connection.port, inside=inside)
    try:
        if secure:
            connection.sock = ssl.create_default_context().wrap_socket(connection.sock, server_hostname=host)
        connection.request("POST", f"{to.path or '/'}{'?' * bool(to.query)}{to.query}", body, dict(headers))
        return connection.getresponse().status
    finally:
        connection.close()


def _connected(host: str, port: int, *, inside: bool) -> socket.socket:
    """To the first address of this name, when all may be reached: a name that leads inside is refused.

    Looked up once: a second look-up could give another answer.
    """
    found = [place[4] for place in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not all(may_receive(ip_address(str(place[0]).partition("%")[0]), inside=inside) for place in found):
        raise InsideAddress
    return socket.create_connection((str(found[0][0]), port), PATIENCE)
