"""Where mail goes: to the mail server that the settings name, or without one into a folder of the home."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import unquote, urlsplit
from uuid import uuid4

Send = Callable[[EmailMessage], None]
SERVER, FROM = "DRAAD_SMTP_URL", "DRAAD_MAIL_FROM"
PATIENCE = 30.0  # seconds for the server to answer
TURNED_DOWN = (smtplib.SMTPRecipientsRefused, smtplib.SMTPResponseException)  # this mail; the next may go


class WrongMailSettings(Exception):
    """DRAAD_SMTP_URL is smtp[s]://USER:PASSWORD@HOST:PORT, and DRAAD_MAIL_FROM an address."""


class NoTls(Exception):
    """The mail server offers no TLS: the password in DRAAD_SMTP_URL is not sent over an open line."""


@contextmanager
def post_office(home: Path, environ: Mapping[str, str]) -> Iterator[Send]:
    """Sends while the block lasts. A server that does not answer is known before anything is sent."""
    if SERVER not in environ:
        yield lambda mail: _lay_down(home / "mail", mail)
        return
    with _server(environ[SERVER]) as server:
        yield lambda mail: _send(server, mail)


def sender(environ: Mapping[str, str]) -> str:
    """Who the mail is from."""
    address = environ.get(FROM, "")
    if SERVER in environ and "@" not in address:
        raise WrongMailSettings
    return address or "draad@localhost"


@contextmanager
def _server(url: str) -> Iterator[smtplib.SMTP]:
    to, context = urlsplit(url), ssl.create_default_context()
    if to.scheme not in {"smtp", "smtps"} or not to.hostname:
        raise WrongMailSettings
    with (
        smtplib.SMTP_SSL(to.hostname, to.port or 465, timeout=PATIENCE, context=context)
        if to.scheme == "smtps"
        else smtplib.SMTP(to.hostname, to.port or 25, timeout=PATIENCE)
    ) as server:
        server.ehlo()
        safe = to.scheme == "smtps"
        if not safe and server.has_extn("starttls"):
            server.starttls(context=context)
            safe = True
        if to.username:
            if not safe:
                raise NoTls
            server.login(unquote(to.username), unquote(to.password or ""))
        yield server


def _send(server: smtplib.SMTP, mail: EmailMessage) -> None:
    server.send_message(mail)


def _lay_down(folder: Path, mail: EmailMessage) -> None:
    """One file a mail, for its reader's eyes."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = folder / f"{uuid4()}.eml"
    file.touch(mode=0o600)
    file.write_bytes(mail.as_bytes())
