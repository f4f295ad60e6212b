"""A roster that came in, as a planning elsewhere hands it over: not every line of it can be used."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

from domain.case import now as clock
from domain.casework import Casework
from domain.days import local_day
from domain.store.database import Database, settings_for
from jobs.demo.clients import SANNE
from jobs.demo.greet import GREET
from jobs.demo.staff import FEMKE, NOOR, ORGANISATION
from jobs.imports.commands import roster_comes_in
from jobs.imports.roster import SYSTEM
from jobs.imports.run import begun, recorded


def comes_in(home: Path, database: Database) -> None:
    """The file stays in the home of the demo, and beside it what could not be used."""
    file, now = home / "demo-roster.csv", clock()
    file.write_text("\n".join(lines(local_day(now))) + "\n", encoding="utf-8")
    what = begun("contacts", [file], SYSTEM, now)
    with (
        closing(Casework(settings_for(database))) as casework,
        recorded(database, what, lambda *_: None, clock) as run,
    ):
        roster_comes_in(database, casework, run, file)


def lines(today: date) -> Iterator[str]:
    """Who came in the last days: also somebody new, to nobody, on no day, and tomorrow."""
    yield "case;worker;organisation;started_at;minutes;kind"
    for ago in (2, 1, -1):
        day = f"{today - timedelta(days=ago):%d-%m-%Y}"
        yield f"{GREET.number};{FEMKE.name};{ORGANISATION};{day} 07:40;35;personal"
        yield f"{GREET.number};Olaf Prins;Flexpool Waterkant;{day} 19:15;25;personal"
        yield f"{SANNE.number};{NOOR.name};{ORGANISATION};{day} 16:05;20;task"
    yield f"2019-0044;{NOOR.name};{ORGANISATION};{day} 10:00;30;personal"
    yield f"{SANNE.number};{NOOR.name};{ORGANISATION};31-02-{today.year} 10:00;30;personal"
