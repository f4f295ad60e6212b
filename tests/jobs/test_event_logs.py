"""Event logs of other processes: how many came, as was counted elsewhere, for every case in them."""

from __future__ import annotations

import csv
import os
import tracemalloc
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from _pytest.mark import ParameterSet

from domain.case import Case
from domain.casework import Casework
from domain.days import Precision
from domain.store.database import Database, settings_for
from jobs.exports.csv import export_continuity
from jobs.imports import IMPORTER
from jobs.imports.by_case import ByCase
from jobs.imports.contact_import import ContactImport
from jobs.imports.event_log import import_log
from jobs.imports.outcome import Outcome
from jobs.imports.table import Line, opened
from jobs.imports.visit import Columns, event_log

LOGS = Path(__file__).parents[2].parent / "shared" / "data"
ALL = pytest.mark.skipif(not os.environ.get("DRAAD_ALL_DATA"), reason="DRAAD_ALL_DATA=1 looks at all")


@dataclass(frozen=True)
class Log:
    """A log with what was counted in it elsewhere, under the name of what did the work."""

    folder: str
    counted: str
    columns: Columns
    parties: str = ""
    of_nobody: int = 0  # lines that name no case

    def __str__(self) -> str:
        return f"{self.folder} {self.counted}"


def bpic2015(worker: str) -> Columns:
    return Columns("case_concept.name", worker, "event_time.timestamp")


def hospital(worker: str, party: str | None = None) -> Columns:
    return Columns("case_id", worker, "timestamp", party)


def _also(log: Log, *marks: pytest.MarkDecorator) -> ParameterSet:
    """For a run that may take its time."""
    return pytest.param(log, marks=(pytest.mark.slow, *marks))


WABO = "case:concept:name", "org:resource", "time:timestamp"
CASES = [
    Log("sepsis", "group", Columns("case_id", "resource", "timestamp"), of_nobody=24),
    _also(Log("wabo-receipt", "resource", Columns(*WABO, party="org:group"), parties="group")),
    _also(Log("wabo-receipt", "group", Columns(WABO[0], "org:group", WABO[2])), ALL),
    _also(Log("bpic2015-municipality1", "resource", bpic2015("event_org.resource"))),
    _also(Log("bpic2015-municipality1", "monitor", bpic2015("event_monitoringResource")), ALL),
    _also(Log("bpic2011-hospital", "producer", hospital("producer_code", "group"), parties="group")),
    _also(Log("bpic2011-hospital", "group", hospital("group")), ALL),
]


@pytest.fixture
def casework(fresh: Database) -> Iterator[Casework]:
    with closing(Casework(settings_for(fresh))) as opened:
        yield opened


def rows(path: Path, delimiter: str = ",") -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def imported(log: Log, casework: Casework, apart: Path) -> Outcome:
    path = next(iter((LOGS / log.folder).glob("events.csv*")))
    run = ContactImport(casework, by=IMPORTER, system=f"{log} {uuid4()}", apart=apart)
    return import_log(run, path, log.columns)


@pytest.mark.timeout(600)
@pytest.mark.skipif(not LOGS.exists(), reason="the logs are not here")
@pytest.mark.parametrize("log", CASES, ids=str)
def test_every_case_of_a_log_has_the_counts_that_were_counted_elsewhere(
    log: Log, casework: Casework, fresh: Database, tmp_path: Path
) -> None:
    expected = {row["case_id"]: row for row in rows(LOGS / log.folder / "expected_per_case.csv")}
    outcome = imported(log, casework, tmp_path / "rejects.csv")
    export_continuity(fresh, tmp_path / "continuity.csv")
    found = {row["source_id"]: row for row in rows(tmp_path / "continuity.csv", ";")}
    assert (outcome.cases, outcome.rejected, found.keys()) == (len(expected), log.of_nobody, expected.keys())
    for case, row in found.items():
        told, name = expected[case], log.counted
        assert int(row["contacts"]) + int(row["left_out"]) == int(told["events"]), case
        assert row["workers"] == told[f"distinct_{name}"], case
        assert row["handovers"] == told[f"handovers_{name}"], case
        shares = [float(share or 0) for share in (row["largest_share"], told[f"top_share_{name}"])]
        assert shares[0] == pytest.approx(shares[1], abs=0.00005), case
        if log.parties:
            assert row["parties"] == told[f"distinct_{log.parties}"], case


def a_log(casework: Casework, folder: Path, *lines: str) -> Outcome:
    path = folder / "log.csv"
    path.write_text("\n".join(("client,by,at,of", *lines)))
    run = ContactImport(casework, by=IMPORTER, system=folder.name)
    return import_log(run, path, Columns("client", "by", "at", "of"))


def the_case(casework: Casework) -> Case:
    (opened,) = casework.recorder.select_notifications(None, 9, topics=["case_opened"])
    return casework.history(UUID(str(opened.originator_id)))


def test_a_log_makes_a_case_without_a_name_in_which_takes_part_whoever_it_names(
    casework: Casework, tmp_path: Path
) -> None:
    told = a_log(casework, tmp_path, "7,Els,2026-03-04,Noord", "7,Bo,2026-03-02,", "7,EMPTY,2026-03-03,EMPTY")
    case = the_case(casework)
    plan = case.plan
    assert (told.cases, told.entries, told.contacts) == (1, len(case.entries), 3)
    assert (plan.client.name, plan.client.case_number, f"{plan.opened_on}") == ("", "7", "2026-03-02")
    since = {person.name: f"{person.since}" for person in plan.people.values()}
    assert since == {"Bo": "2026-03-02", "Els": "2026-03-04"}
    assert [party.name for party in plan.parties.values()] == ["Noord"]
    came = [held.workers for held in casework.contacts(case.id).held]
    assert [len(workers) for workers in came] == [1, 1, 0]
    assert {who for workers in came for who in workers} == plan.people.keys()


def test_lines_that_are_the_same_are_events_of_their_own_and_twice_adds_nothing(
    casework: Casework, tmp_path: Path
) -> None:
    line = "7,Els,2026-03-04,Noord"
    assert a_log(casework, tmp_path, line, line).contacts == 2
    again = a_log(casework, tmp_path, line, line)
    assert (again.cases, again.entries, again.contacts, again.unchanged) == (0, 0, 0, 2)
    more = a_log(casework, tmp_path, line, line, line, "7,Bo,2026-01-05,Noord")
    assert (more.entries, more.contacts) == (1, 2)
    bo = the_case(casework).entries[-1]
    assert (bo.precision, len(the_case(casework).plan.people)) == (Precision.UNKNOWN, 2)


def test_a_log_of_the_future_makes_no_case(casework: Casework, tmp_path: Path) -> None:
    assert a_log(casework, tmp_path, "7,Els,2036-03-04,Noord").cases == 0
    assert the_rejects(tmp_path) == "has yet to come"


def the_rejects(folder: Path) -> str:
    (row,) = rows(folder / "log.rejects.csv", ";")
    return row["reason"]


def test_a_client_who_was_forgotten_is_not_made_again(casework: Casework, tmp_path: Path) -> None:
    a_log(casework, tmp_path, "7,Els,2026-03-04,Noord")
    casework.vault.destroy(the_case(casework).client_id)
    assert a_log(casework, tmp_path, "7,Els,2026-03-05,Noord").cases == 0
    assert "forgotten" in the_rejects(tmp_path)


def test_of_a_large_file_little_is_in_memory(tmp_path: Path) -> None:
    """What was read waits on disk: twice as many lines take no more."""
    lines = (Line(number, [f"{number % 999}", "Els", "2026-03-04", "Noord"]) for number in range(40_000))
    (tmp_path / "log.csv").write_text("client,by,at,of\n")
    with opened(tmp_path / "log.csv") as table, closing(ByCase()) as visits:
        read = event_log(table, Columns("client", "by", "at", "of"))
        tracemalloc.start()
        for line in lines:
            visits.put(read(line))
        assert sum(len(theirs) for _, theirs in visits) == visits.count == 40_000
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert most < 4_000_000
