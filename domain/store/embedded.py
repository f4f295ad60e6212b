"""The PostgreSQL that comes with us: one server a home, alive exactly as long as somebody uses it.

Everyone who uses it holds a shared flock on `users`. A keeper, in a session of its own, starts the server,
starts it again when it falls over, and stops it when nobody holds the lock any more: also after kill -9.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Self, TextIO

import psycopg
from psycopg.conninfo import make_conninfo

from domain.store.programs import SHARED, Programs, open_shared
from domain.store.secret import Secrets

FIRST_SETTINGS = """
password_encryption = 'scram-sha-256'
max_connections = 100
lc_messages = 'C'
log_min_messages = warning
"""
HBA = "local all all scram-sha-256\nlocal replication postgres scram-sha-256\n"
PORT = 5432  # of the socket's name; nothing listens on a network
SOCKET = re.compile(r"[\w/.-]{1,80}", re.ASCII)  # sun_path holds 107 bytes; a comma is two places to libpq
PATIENCE = 60  # seconds for a first start on a slow disk


class DidNotStart(Exception):
    """The database did not start. Its reasons are in keeper.log and postgres/log of the home."""


class NotOursAlone(Exception):
    """Others can get into a directory that has to be the server's alone."""


class Embedded:
    """The server of one home. `with Embedded(home):` joins those who use it; the first one starts it."""

    def __init__(self, home: Path) -> None:
        self.home = home.expanduser().resolve()
        self.programs = Programs()
        self._make_home()
        mark = hashlib.sha256(str(self.home).encode()).hexdigest()[:12]
        self.base = self._place(self.home / "postgres", SHARED / mark)
        self.data = self.base / "data"
        self.socket = self.base / "run"
        if not SOCKET.fullmatch(str(self.socket)):  # /tmp, for TMPDIR and XDG_RUNTIME_DIR differ by session
            self.socket = Path(f"/tmp/draad-{os.geteuid()}-{mark}")  # noqa: S108 - refused unless 0700 and ours

    def __enter__(self) -> Self:
        self._users = (self.home / "users").open("a")
        fcntl.flock(self._users, fcntl.LOCK_SH)  # waits while a keeper is stopping the server
        try:
            self._call_keeper()
            self._wait()
        except BaseException:
            self._users.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._users.close()

    @property
    def admin(self) -> str:
        """The conninfo of its superuser."""
        password = Secrets(self.home / "secrets").read("postgres")
        return make_conninfo(
            host=str(self.socket), port=PORT, user="postgres", password=password, dbname="postgres"
        )

    def keep(self) -> None:
        """The keeper: start, let whoever called us go on, wait until nobody is left, stop."""
        with (self.home / "keeper").open("a") as only, (self.home / "users").open("a") as users:
            if not _locked(only):
                return  # another keeper does it
            if not (self.data / "PG_VERSION").exists():
                self._init()
            self._start()
            if os.fork():
                os._exit(0)  # the lock stays with the child
            while not _locked(users):
                time.sleep(0.5)
                self._start(check=False)  # after a crash its last processes may still hold the memory
            how = ("-D", self.data, "-m", "fast", "-w", "-t", PATIENCE)
            self.programs.run("pg_ctl", *how, "stop", check=False)

    def throw_away(self) -> None:
        """Take the database of this home away. Waits until nobody uses it any more."""
        with (self.home / "keeper").open("a") as keeper:
            fcntl.flock(keeper, fcntl.LOCK_EX)  # until it has stopped the server
            shutil.rmtree(self.base, ignore_errors=True)

    def _call_keeper(self) -> None:
        with (self.home / "keeper.log").open("a") as log:
            ended = subprocess.run(
                [sys.executable, "-m", "domain.store.embedded", str(self.home)],
                check=False,
                start_new_session=True,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=log,
                env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
            )
        if ended.returncode:
            raise DidNotStart(str(self.home))

    def _wait(self) -> None:
        """Another's keeper may still be starting it."""
        until = time.monotonic() + PATIENCE
        while True:
            try:
                psycopg.connect(self.admin).close()
            except psycopg.OperationalError as error:
                if time.monotonic() > until:
                    raise DidNotStart(str(self.home)) from error
                time.sleep(0.05)
            else:
                return

    def _start(self, *, check: bool = True) -> None:
        if self._answers():  # asked itself: pg_ctl status believes a stale pid
            return
        self._directory(self.socket)
        # Told at each start, so that no setting in the data makes it listen elsewhere, and a home may move.
        doors = f"-c listen_addresses= -c unix_socket_permissions=0700 -k {self.socket}"
        how = ("-D", self.data, "-l", self.base / "log", "-o", doors, "-w", "-t", PATIENCE)
        self.programs.run("pg_ctl", *how, "start", check=check)

    def _answers(self) -> bool:
        with socket.socket(socket.AF_UNIX) as door:
            return door.connect_ex(str(self.socket / f".s.PGSQL.{PORT}")) == 0

    def _init(self) -> None:
        """A new cluster, in a folder that gets its name when it is complete."""
        self.programs.install()
        if self.base.parent == SHARED:
            open_shared()
        self._directory(self.base)
        half = self.base / "data.new"
        for started in (self.data, half):  # an initdb that was killed half-way
            shutil.rmtree(started, ignore_errors=True)
        word = self.base / "password"
        word.touch(mode=0o600)
        word.write_text(Secrets(self.home / "secrets").read("postgres"))
        shutil.chown(word, self.programs.uid)
        locale = ("-E", "UTF8", "--locale-provider=builtin", "--locale=C.UTF-8")
        self.programs.run(
            "initdb", "-D", half, "-U", "postgres", "-A", "scram-sha-256", f"--pwfile={word}", *locale
        )
        word.unlink()
        (half / "pg_hba.conf").write_text(HBA)
        with (half / "postgresql.conf").open("a") as settings:
            settings.write(FIRST_SETTINGS)
        half.rename(self.data)

    def _make_home(self) -> None:
        if not self.home.exists():
            self.home.mkdir(parents=True, exist_ok=True)
            self.home.chmod(0o711 if self.programs.user else 0o700)  # root's server runs as another user

    def _place(self, near: Path, shared: Path) -> Path:
        """Where the data is; for new data, where the server's user can come."""
        for place in (near, shared):
            if (place / "data" / "PG_VERSION").exists():
                return place
        return near if self.programs.reaches(self.home) else shared

    def _directory(self, path: Path) -> None:
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
        if path.is_symlink() or path.stat().st_uid not in (os.geteuid(), self.programs.uid):
            raise NotOursAlone(str(path))
        if self.programs.user:
            shutil.chown(path, self.programs.user, self.programs.user)
        if path.stat().st_mode & 0o077:
            raise NotOursAlone(str(path))


def _locked(file: TextIO) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


if __name__ == "__main__":
    os.umask(0o077)
    Embedded(Path(sys.argv[1])).keep()
