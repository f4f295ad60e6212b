"""Mail over the line: it arrives at a real server, and what the server says is heard."""

from __future__ import annotations

import smtplib
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path

import pytest

from jobs.mail import TURNED_DOWN, NoTls, WrongMailSettings, post_office, sender
from tests.ports import free_port


class Talk(socketserver.StreamRequestHandler):
    """As much of RFC 5321 as one mail takes."""

    def handle(self) -> None:
        server: Server = self.server  # type: ignore[assignment]
        self.say("220 here")
        while line := self.rfile.readline().decode().strip():
            match line.split()[0].upper():
                case "DATA":
                    self.say("354 go on")
                    server.heard.append(b"".join(iter(self.rfile.readline, b".\r\n")).decode())
                    self.say("250 taken")
                case "RCPT" if server.refused in line:
                    self.say("550 not here")
                case "QUIT":
                    self.say("221 bye")
                    return
                case _:
                    self.say("250 here")

    def say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


class Server(socketserver.ThreadingTCPServer):
    """A mail server that keeps what it hears."""

    daemon_threads = True
    allow_reuse_address = True
    refused = "nobody@"

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Talk)
        self.heard: list[str] = []

    @property
    def settings(self) -> dict[str, str]:
        where = f"smtp://127.0.0.1:{self.server_address[1]}"
        return {"DRAAD_SMTP_URL": where, "DRAAD_MAIL_FROM": "draad@delinde.example"}


@contextmanager
def serving(server: Server) -> Iterator[Server]:
    """The server, until the block ends."""
    with server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield server
        finally:
            server.shutdown()


@pytest.fixture
def server() -> Iterator[Server]:
    with serving(Server()) as made:
        yield made


def a_mail(to: str = "ilse@delinde.example") -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "draad@delinde.example", to, "Draad: 1 ding wacht op u"
    mail.set_content("Goedemorgen")
    return mail


def test_a_mail_arrives(server: Server, tmp_path: Path) -> None:
    with post_office(tmp_path, server.settings) as send:
        send(a_mail())
        send(a_mail("ruben@delinde.example"))
    assert [mail.count("Goedemorgen") for mail in server.heard] == [1, 1]
    assert "To: ilse@delinde.example" in server.heard[0]
    assert not list(tmp_path.iterdir())


def test_one_that_is_turned_down_does_not_stop_the_next(server: Server, tmp_path: Path) -> None:
    with post_office(tmp_path, server.settings) as send:
        with pytest.raises(TURNED_DOWN):
            send(a_mail("nobody@delinde.example"))
        send(a_mail())
    assert len(server.heard) == 1


def test_a_password_does_not_go_over_an_open_line(server: Server, tmp_path: Path) -> None:
    url = server.settings["DRAAD_SMTP_URL"].replace("//", "//draad:geheim@")
    with pytest.raises(NoTls), post_office(tmp_path, server.settings | {"DRAAD_SMTP_URL": url}):
        pass


def test_a_server_that_is_away_is_known_before_anything_is_sent(tmp_path: Path) -> None:
    settings = {"DRAAD_SMTP_URL": f"smtp://127.0.0.1:{free_port()}"}
    with pytest.raises((OSError, smtplib.SMTPException)), post_office(tmp_path, settings):
        pytest.fail("nothing may be sent")


@pytest.mark.parametrize("url", ["mail.example", "http://mail.example", "smtp://"])
def test_settings_that_name_no_server_are_said_to_be_wrong(url: str, tmp_path: Path) -> None:
    with pytest.raises(WrongMailSettings), post_office(tmp_path, {"DRAAD_SMTP_URL": url}):
        pass


def test_with_a_server_there_must_be_a_sender() -> None:
    with pytest.raises(WrongMailSettings):
        sender({"DRAAD_SMTP_URL": "smtp://mail.example"})


def test_without_a_server_each_mail_is_a_file_for_its_owner_alone(tmp_path: Path) -> None:
    with post_office(tmp_path / "home", {}) as send:
        send(a_mail())
        send(a_mail())
    folder = tmp_path / "home" / "mail"
    assert folder.stat().st_mode & 0o777 == 0o700
    assert [file.stat().st_mode & 0o777 for file in folder.iterdir()] == [0o600, 0o600]
