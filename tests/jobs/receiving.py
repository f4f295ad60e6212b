"""A program elsewhere that receives notices, on loopback: it answers as it is told to."""

from __future__ import annotations

import json
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

DROP = 0  # the connection, without an answer


@dataclass
class Receiver:
    """What came in, and how it answers: with a status, or DROP."""

    url: str = ""
    answers: Callable[[], int] = lambda: 204
    received: list[tuple[Message, bytes]] = field(default_factory=list)
    allows: str = "*"  # whose notices it wants; nobody's when it is empty
    rate: str = ""
    said: int = 200  # to who asks
    later: str = ""  # when it is less busy
    asked: list[Message] = field(default_factory=list)

    kept: dict[str, tuple[str, int]] = field(default_factory=dict)

    @property
    def places(self) -> list[tuple[str, int]]:
        """Case and number of each notice, in the order in which they came; again when it came again."""
        return [_place(body) for _, body in self.received]

    def keeps(self, id: str, body: bytes) -> None:
        """What it said yes to; by its id, so that it is there once."""
        self.kept.setdefault(id, _place(body))


def _place(body: bytes) -> tuple[str, int]:
    told = json.loads(body)
    return told["subject"], int(told["sequence"])


def a_certificate(folder: Path) -> Path:
    """Of this machine, signed by nobody else: with its key, in one file."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([])
    host = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).add_extension(host, critical=True)
    made = made.not_valid_before(datetime(2020, 1, 1)).not_valid_after(datetime(2099, 1, 1))  # noqa: DTZ001 - UTC
    file = folder / "receiver.pem"
    plain = (Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(key.private_bytes(*plain) + made.sign(key, SHA256()).public_bytes(Encoding.PEM))
    return file


@contextmanager
def a_receiver(
    answers: Callable[[], int] = lambda: 204, certificate: Path | None = None
) -> Iterator[Receiver]:
    """Receives while the block lasts; over https when it has a certificate."""
    to = Receiver(answers=answers)

    class Door(BaseHTTPRequestHandler):
        def do_OPTIONS(self) -> None:
            to.asked.append(self.headers)
            self.send_response(to.said)
            for name, said in (("Origin", to.allows), ("Rate", to.rate)):
                if said:
                    self.send_header(f"WebHook-Allowed-{name}", said)
            self.send_header("Retry-After", to.later)
            self.end_headers()

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status = to.answers()
            if status != DROP:
                to.received.append((self.headers, body))
                if status < 300:
                    to.keeps(self.headers["webhook-id"], body)
                self.send_response(status)
                self.send_header("Location", f"{to.url}elsewhere")
                self.send_header("Retry-After", to.later)
                self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    to.url = f"{'https' if certificate else 'http'}://127.0.0.1:{server.server_port}/"
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield to
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def a_drip(begins: str, seconds: float) -> Iterator[str]:
    """Begins to answer, and goes on for ever a byte at a time: for so many seconds."""

    def answer() -> None:
        told, _ = door.accept()
        with told, suppress(OSError):
            told.recv(65536)
            told.sendall(begins.encode())
            for _ in range(int(seconds * 20)):
                time.sleep(0.05)
                told.sendall(b"2")

    with socket.create_server(("127.0.0.1", 0)) as door:
        threading.Thread(target=answer, daemon=True).start()
        yield f"http://127.0.0.1:{door.getsockname()[1]}/"
