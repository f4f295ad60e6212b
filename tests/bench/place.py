"""Where it is measured: one embedded server, with our record and a database for the others."""

from __future__ import annotations

import os
import platform
import re
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict

from domain.casework import Casework
from domain.store.database import Database, open_database, settings_for
from domain.store.migrate import migrate
from domain.store.programs import Programs
from tests.homes import a_home

PEERS = "peers"
SETTINGS = ("server_version", "fsync", "synchronous_commit", "full_page_writes", "shared_buffers")


@dataclass(frozen=True)
class Size:
    """How much is done in each slice."""

    slices: int = 3
    seconds: float = 2.0  # of what is done again and again
    times: int = 30  # of what is timed one by one
    cases: int = 1000  # that are followed, made anew and verified
    entries: int = 100  # in each, and half as many contacts
    long: int = 1000  # entries of the case that is read
    changes: int = 500  # that are weighed


TINY = Size(slices=1, seconds=0.05, times=2, cases=4, entries=20, long=40, changes=40)


@dataclass(frozen=True)
class Place:
    """A server with our record, empty, and a database for the others."""

    home: Path
    database: Database
    casework: Casework
    size: Size
    until: ExitStack

    @property
    def peers(self) -> dict[str, str]:
        """How the others come in: as the one who owns their database."""
        return {key: str(value) for key, value in conninfo_to_dict(self.database.admin(PEERS)).items()}

    def as_owner(self, name: str) -> psycopg.Connection[tuple[Any, ...]]:
        return self.until.enter_context(psycopg.connect(self.database.admin(name), autocommit=True))

    def pgbench(self, script: str, clients: int) -> float:
        """Transactions a second of PostgreSQL's own measure, from as many connections."""
        path = self.home / "pgbench.sql"
        path.write_text(script)
        at = self.peers
        how = (
            "-n",
            "-M",
            "prepared",
            "-c",
            str(clients),
            "-j",
            "2",
            "-T",
            str(max(1, round(2.5 * self.size.seconds))),
        )
        told = subprocess.run(
            [
                Programs().wheel / "bin" / "pgbench",
                *how,
                "-f",
                path,
                "-h",
                at["host"],
                "-p",
                at["port"],
                PEERS,
            ],
            env=os.environ | {"PGUSER": at["user"], "PGPASSWORD": at["password"]},
            check=True,
            capture_output=True,
            text=True,
        )
        (rate,) = re.findall(r"tps = ([\d.]+)", told.stdout)
        return float(rate)


@contextmanager
def a_place(size: Size) -> Iterator[Place]:
    with ExitStack() as until:
        home = until.enter_context(a_home("draad-bench-"))
        database = until.enter_context(open_database(home))
        migrate(database)
        casework = until.enter_context(closing(Casework(settings_for(database))))
        place = Place(home, database, casework, size, until)
        place.as_owner("postgres").execute(
            "ALTER SYSTEM SET max_wal_size = '4GB'"
        )  # a checkpoint hits one only
        place.as_owner("postgres").execute("SELECT pg_reload_conf()")
        place.as_owner("postgres").execute(f"CREATE DATABASE {PEERS}")
        yield place


def machine() -> dict[str, Any]:
    """What it runs on, and beside what."""
    return {
        "cores": os.cpu_count(),
        "machine": platform.machine(),
        "system": platform.system(),
        "python": platform.python_version(),
        "load": round(os.getloadavg()[0], 1),
        **{name: version(name) for name in ("eventsourcing", "psycopg")},
    }


def settings(place: Place) -> dict[str, str]:
    """What of the server's settings weighs on the figures."""
    with psycopg.connect(place.database.admin()) as db:
        return {name: str((db.execute(f"SHOW {name}").fetchone() or ("",))[0]) for name in SETTINGS}
