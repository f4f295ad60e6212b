"""Pages under load: `python -m tests.bench.load HOME`, on a home that `draad bench --load N` made.

Twenty people of as many teams each open a page every second or two; one time in twenty they write a note.
They ask gunicorn on loopback, as `draad serve` starts it, with a worker beside it. What counts is the
server's own time for each request, from its log; how long people waited in all stands under the table.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import quantiles
from typing import Any

import psutil
import psycopg
import requests

from domain.entry import Role
from domain.store.accounts import UserNameTaken, add_account
from domain.store.database import Database, open_database
from domain.store.pool import connect
from jobs.demo.staff import ORGANISATION
from tests.ports import free_port
from web.serve import command

PASSPHRASE = "loaded to be measured"  # of invented people, in a home that was made to be measured
READS = (  # what a coordinator opens, and how often
    ("/cases", 6),
    ("/cases/{case}", 8),
    ("/cases/{case}/timeline", 3),
    ("/cases/{case}/plan", 3),
    ("/cases/{case}/look-back?on={day}", 2),
    ("/cases/{case}/people", 1),
    ("/signals", 2),
)
NOTE = "/cases/{case}/record/take-action"
WRITES = 0.05
WARM = 20  # seconds
HIDDEN = re.compile(r'name="(csrf_token|version|posted)" value="([^"]*)"')
AN_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
TEAMS = "SELECT team, case_id FROM shown.caseload WHERE team <> '' ORDER BY team, case_id"
LOG = '{"page": "%(m)s %(U)s", "status": %(s)s, "took": %(D)s}'


@dataclass(frozen=True)
class Times:
    """Of one page, in milliseconds."""

    asked: int
    p50: float
    p95: float
    p99: float

    @classmethod
    def of(cls, took: list[float]) -> Times:
        cuts = quantiles(took, n=100, method="inclusive") if len(took) > 1 else took * 99
        return cls(len(took), *(round(cuts[at - 1], 1) for at in (50, 95, 99)))


@dataclass
class Load:
    """The server's time a page, what the people waited, and how large the processes became."""

    cases: int
    users: int
    pages: dict[str, Times] = field(default_factory=dict)
    waited: Times | None = None
    errors: list[str] = field(default_factory=list)
    megabytes: dict[str, int] = field(default_factory=dict)
    connections: int = 0
    cpu: float = 0.0  # milliseconds of the web processes for one request, on average


class Person:
    """One coordinator with a browser."""

    def __init__(self, address: str, name: str, cases: list[str], seed: int) -> None:
        self.address, self.cases, self.chance = address, cases, random.Random(seed)
        self.browser, self.waited, self.errors = requests.Session(), list[float](), list[str]()
        self.browser.headers["Connection"] = "close"  # gunicorn hangs up after two seconds, and may cross us
        self._send("POST", "/sign-in", self._form("/sign-in") | {"user": name, "passphrase": PASSPHRASE})

    def work(self, until: float, pause: float) -> None:
        while time.monotonic() < until:
            case, day = self.chance.choice(self.cases), f"2026-{self.chance.randint(1, 10):02}-15"
            if self.chance.random() < WRITES:
                path = NOTE.format(case=case)
                facts = {"words": "Samen gewandeld.", "happened_on": time.strftime("%Y-%m-%d")}
                self._send("POST", path, self._form(path) | facts)
            else:
                (page,) = self.chance.choices([p for p, _ in READS], [often for _, often in READS])
                self._send("GET", page.format(case=case, day=day))
            time.sleep(self.chance.uniform(0.5, 1.5) * pause)

    def _form(self, path: str) -> dict[str, str]:
        return dict(HIDDEN.findall(self._send("GET", path)))

    def _send(self, method: str, path: str, facts: dict[str, str] | None = None) -> str:
        began = time.perf_counter()
        answer = self.browser.request(
            method, self.address + path, data=facts, allow_redirects=False, timeout=60
        )
        self.waited.append((time.perf_counter() - began) * 1000)
        if answer.status_code != (303 if method == "POST" else 200):
            self.errors.append(f"{method} {AN_ID.sub('…', path)}: {answer.status_code}")
        return answer.text


def measured(home: Path, users: int, seconds: float, pause: float) -> Load:
    """Let so many people work for so long."""
    with ExitStack() as until:
        database = until.enter_context(open_database(home))
        teams = _teams(database)
        names = [_account(database, nr, team) for nr, team in enumerate(list(teams)[:users])]
        server = until.enter_context(_server(home))
        cases = [[*teams[team]] for team in list(teams)[:users]]
        people = [
            Person(server.address, names[nr % len(names)], cases[nr % len(names)], nr) for nr in range(users)
        ]
        _together(people, WARM, pause)  # the first pages of a process are slower than all after them
        server.log.write_text("")
        for one in people:
            one.waited.clear()
        before = server.cpu()
        _together(people, seconds, pause)
        spent = server.cpu() - before
        found = Load(sum(map(len, teams.values())), users, megabytes=server.megabytes())
        found.connections = _connections(database)
        found.pages = {page: Times.of(took) for page, took in sorted(server.took().items())}
    found.cpu = round(spent * 1000 / sum(times.asked for times in found.pages.values()), 1)
    found.waited = Times.of([took for one in people for took in one.waited])
    found.errors = [error for one in people for error in one.errors]
    return found


def _together(people: list[Person], seconds: float, pause: float) -> None:
    until = time.monotonic() + seconds
    threads = [threading.Thread(target=one.work, args=(until, pause)) for one in people]
    for one in threads:
        one.start()
    for one in threads:
        one.join()


def _teams(database: Database) -> dict[str, list[str]]:
    """The cases of each team."""
    teams: dict[str, list[str]] = defaultdict(list)
    with connect(database) as db:
        for team, case_id in db.execute(TEAMS):
            teams[team].append(str(case_id))
    return teams


def _account(database: Database, nr: int, team: str) -> str:
    name = f"load-{nr}"
    facts: Any = {"name": f"Load {nr}", "role": Role.COORDINATOR, "organisation": ORGANISATION, "team": team}
    with connect(database) as db, suppress(UserNameTaken):  # measured before
        add_account(db, name, PASSPHRASE, **facts)
    return name


def _connections(database: Database) -> int:
    """Of web processes and worker together."""
    with psycopg.connect(database.admin()) as db:
        (many,) = db.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE usename = 'draad_app'"
        ).fetchone() or (0,)
    return int(many)


class Server:
    """The web processes and the worker, and the log of the former."""

    def __init__(self, home: Path, log: Path) -> None:
        port, self.log = free_port(), log
        self.address = f"http://127.0.0.1:{port}"
        env = {**os.environ, "DRAAD_HOME": str(home.absolute()), "DRAAD_SECOND_FACTOR": "off"}
        logged = ("--access-logfile", str(log), "--access-logformat", LOG)
        self.web = subprocess.Popen([*command(port=port), *logged], env=env)
        self.worker = subprocess.Popen([sys.executable, "-m", "draad", "worker"], env=env)

    def wait(self) -> None:
        until = time.monotonic() + 120
        while True:
            try:
                requests.get(f"{self.address}/sign-in", timeout=10)
            except requests.RequestException:
                if time.monotonic() > until:
                    raise
                time.sleep(0.2)
            else:
                return

    def took(self) -> dict[str, list[float]]:
        """Milliseconds of each request, by page."""
        found: dict[str, list[float]] = defaultdict(list)
        for line in self.log.read_text().splitlines():
            told = json.loads(line.lstrip("\0"))
            found[AN_ID.sub("…", told["page"])].append(told["took"] / 1000)
        return found

    def cpu(self) -> float:
        """Seconds that the web processes worked."""
        times = [process.cpu_times() for process in psutil.Process(self.web.pid).children()]
        return sum(one.user + one.system for one in times)

    def megabytes(self) -> dict[str, int]:
        """The largest web process, and the worker."""
        web = [process.memory_info().rss for process in psutil.Process(self.web.pid).children()]
        worker = psutil.Process(self.worker.pid).memory_info().rss
        return {"web": max(web) // 2**20, "worker": worker // 2**20}

    def stop(self) -> None:
        for process in (self.web, self.worker):
            process.terminate()
            process.wait(30)


@contextmanager
def _server(home: Path) -> Iterator[Server]:
    with tempfile.TemporaryDirectory() as folder:
        server = Server(home, Path(folder) / "access.log")
        try:
            server.wait()
            yield server
        finally:
            server.stop()


def main() -> None:
    ask = argparse.ArgumentParser(prog="python -m tests.bench.load", description=__doc__)
    ask.add_argument("home", type=Path)
    ask.add_argument("--users", type=int, default=20)
    ask.add_argument("--seconds", type=float, default=60)
    ask.add_argument("--pause", type=float, default=1.5, help="seconds between two pages of one person")
    ask.add_argument("-o", dest="to", type=Path, help="also as JSON")
    told = ask.parse_args()
    found = measured(told.home, told.users, told.seconds, told.pause)
    sys.stdout.write(
        f"| page, {found.cases} cases | asked | p50 ms | p95 ms | p99 ms |\n|---|---|---|---|---|\n"
    )
    for page, times in [*found.pages.items(), ("(waited for all)", found.waited or Times(0, 0, 0, 0))]:
        sys.stdout.write(f"| {page} | {times.asked} | {times.p50} | {times.p95} | {times.p99} |\n")
    sys.stdout.write(f"{found.cpu} ms of web process a request\n")
    sys.stdout.write(f"{found.megabytes} MB, {found.connections} connections\n")
    sys.stdout.write(f"{len(found.errors)} errors {sorted(set(found.errors))}\n")
    if told.to:
        told.to.write_text(json.dumps(asdict(found), indent=1) + "\n")


if __name__ == "__main__":
    main()
