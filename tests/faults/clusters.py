"""PostgreSQL servers on loopback that can die, be promoted and come back: what Patroni does, by hand."""

from __future__ import annotations

import shutil
import signal
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import LiteralString

import psutil
import psycopg
from psycopg.conninfo import make_conninfo

from domain.store.database import Database
from domain.store.migrate import migrate
from domain.store.programs import Programs
from domain.store.secret import Secrets
from tests.ports import free_port

SETTINGS = """
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 60
wal_keep_size = '256MB'
wal_log_hints = on
log_min_messages = warning
"""
HBA = "host all,replication all 127.0.0.1/32 scram-sha-256\n"


class Cluster:
    """One server with its data, in a folder that the server's user can reach."""

    def __init__(self, place: Path, name: str, password: str) -> None:
        self.name, self.port, self.password = name, free_port(), password
        self.programs = Programs()
        self.programs.install()
        self.data, self.log = place / name, place / f"{name}.log"

    @property
    def address(self) -> str:
        return make_conninfo(host="127.0.0.1", port=self.port, user="postgres", password=self.password)

    def make(self) -> None:
        """A new, empty one."""
        word = self.data.with_suffix(".password")
        word.write_text(self.password)
        shutil.chown(word, self.programs.uid)
        how = ("-U", "postgres", "-A", "scram-sha-256", f"--pwfile={word}", "-E", "UTF8", "--locale=C", "-N")
        self.programs.run("initdb", "-D", self.data, *how)
        (self.data / "pg_hba.conf").write_text(HBA)
        with (self.data / "postgresql.conf").open("a") as settings:
            settings.write(SETTINGS)

    def copy(self, primary: Cluster) -> None:
        """A new one that follows this primary."""
        self.programs.run("pg_basebackup", "-D", self.data, "-d", primary.address, "-R", "-c", "fast")

    def start(self) -> None:
        mine = f"-p {self.port} -c cluster_name={self.name}"  # under which it follows another
        self.programs.run("pg_ctl", "-D", self.data, "-l", self.log, "-o", mine, "-w", "start")

    def promote(self) -> None:
        """From here on it takes what is written."""
        self.programs.run("pg_ctl", "-D", self.data, "-w", "promote")

    def rewind(self, primary: Cluster) -> None:
        """Let go of what the other never had, and follow it."""
        source = make_conninfo(primary.address, dbname="postgres")
        self.programs.run("pg_rewind", "-D", self.data, f"--source-server={source}", "-R")

    def waits_for(self, standby: str) -> None:
        """A commit waits until this one has it; '' for nobody."""
        self.ask(f"ALTER SYSTEM SET synchronous_standby_names = '{standby}'")
        self.ask("SELECT pg_reload_conf()")

    def ask(self, question: LiteralString) -> object:
        """The first thing that it answers, if anything."""
        with psycopg.connect(self.address, dbname="postgres", autocommit=True) as db:
            db.execute("SET synchronous_commit = local")  # who asks waits for nobody
            answer = db.execute(question)
            row = answer.fetchone() if answer.description else None
        return row and row[0]

    def until(self, question: LiteralString, seconds: float = 10) -> None:
        """Wait until it says yes to this."""
        end = time.monotonic() + seconds
        while self.ask(question) is not True:
            assert time.monotonic() < end, question
            time.sleep(0.02)

    def hold(self, what: str) -> None:
        """Let this process of it stand still: `walsender`, and what is recorded goes nowhere."""
        for process in self._processes():
            if what in " ".join(process.cmdline()):
                process.suspend()

    def kill_one(self, pid: object) -> None:
        """End one process of it with -9: the others start anew, and nobody is told anything."""
        psutil.Process(int(str(pid))).kill()

    def kill(self) -> None:
        """As when the power goes: all of it at once, with nothing finished."""
        processes = self._processes()
        for sign in (signal.SIGSTOP, signal.SIGKILL):
            for process in processes:
                with suppress(psutil.NoSuchProcess):
                    process.send_signal(sign)
        psutil.wait_procs(processes, 10)

    def _processes(self) -> list[psutil.Process]:
        with suppress(FileNotFoundError, psutil.NoSuchProcess):
            first = psutil.Process(int((self.data / "postmaster.pid").read_text().split()[0]))
            return [first, *first.children(recursive=True)]
        return []


@contextmanager
def two_clusters() -> Iterator[tuple[Cluster, Cluster, Database]]:
    """A primary, its standby, and the database that is wherever one of both takes writes."""
    place = Path(tempfile.mkdtemp(prefix="draad-pair-"))
    place.chmod(0o755)
    programs = Programs()
    if programs.user:
        shutil.chown(place, programs.user, programs.user)
    secrets = Secrets(place / "home" / "secrets")
    first, second = (Cluster(place, name, secrets.read("postgres")) for name in ("north", "south"))
    try:
        first.make()
        first.start()
        server = make_conninfo(
            host="127.0.0.1,127.0.0.1",
            port=f"{first.port},{second.port}",
            user="postgres",
            password=first.password,
            target_session_attrs="read-write",
            connect_timeout=2,
        )
        migrate(database := Database(server, secrets))
        second.copy(first)
        second.start()
        yield first, second, database
    finally:
        for cluster in (first, second):
            cluster.kill()
        shutil.rmtree(place)
