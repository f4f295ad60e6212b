"""The logs of the whole demo organisation, as outsiders read them: by the schemas, and by pm4py."""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from pathlib import Path
from typing import IO, Any
from uuid import uuid4

import pytest
from click.testing import CliRunner, Result
from lxml import etree

from domain.case import Case
from domain.casework import CATALOGUE, Casework
from domain.store.database import Database
from domain.store.pool import Connection
from draad import main
from jobs.demo import organisation
from projections.export.log import ocel, xes
from projections.export.log.asked import Format, Period
from projections.export.log.happening import KINDS, CaseLog, case_log
from projections.export.log.names import Names
from projections.read_model import Poison, quarantine
from tests import given
from tests.code.reading import REPO
from tests.projections.export.valid_logs import wrong_by_ocel, wrong_by_xsd

OUTSIDER = pytest.mark.filterwarnings("ignore")  # what pm4py warns of is not ours to mend
Write = Callable[[IO[bytes], Iterable[CaseLog]], None]


@dataclass(frozen=True)
class Demo:
    """What happened in the demo organisation, in both formats."""

    logs: list[CaseLog]
    xes: Path
    ocel: Path


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    folder, names = tmp_path_factory.mktemp("demo"), Names()
    told = organisation.stories(given.TODAY)
    known = max(one.case.entries[-1].timestamp for one in told) + timedelta(days=1)
    logs = [case_log(one.case, organisation.visits(one), known, Period(), names) for one in told]
    made = Demo(logs, folder / "demo.xes", folder / "demo.jsonocel")
    for write, path in ((xes.write, made.xes), (ocel.write, made.ocel)):
        with path.open("wb") as out:
            write(out, logs)
    return made


def happened(demo: Demo) -> int:
    return sum(len(log.happenings) for log in demo.logs)


def test_the_xes_is_as_the_standard_has_it(demo: Demo) -> None:
    assert wrong_by_xsd(demo.xes.read_bytes()) == []


def test_the_ocel_is_as_its_schema_says(demo: Demo) -> None:
    assert list(wrong_by_ocel(demo.ocel.read_bytes())) == []


@OUTSIDER
def test_pm4py_finds_every_case_and_all_that_happened_in_the_xes(demo: Demo) -> None:
    import pm4py  # noqa: PLC0415 - a heavy one, and only here

    log = pm4py.read_xes(str(demo.xes), variant="iterparse")
    assert (len(log), log["case:concept:name"].nunique()) == (happened(demo), len(demo.logs))
    wanted = Counter(one.activity for case in demo.logs for one in case.happenings)
    assert log["concept:name"].value_counts().to_dict() == wanted
    said = Counter(
        one.facts["stance"] for case in demo.logs for one in case.happenings if "stance" in one.facts
    )
    assert log["draad:stance"].value_counts().to_dict() == said
    assert log["time:timestamp"].min().date() == min(log.happenings[0].at for log in demo.logs).date()


@OUTSIDER
def test_pm4py_keeps_every_object_and_relation_of_the_ocel_out_and_in_again(
    demo: Demo, tmp_path: Path
) -> None:
    import pm4py  # noqa: PLC0415

    written = json.loads(demo.ocel.read_text())
    read = pm4py.read_ocel2_json(str(demo.ocel))
    pm4py.write_ocel2_json(read, str(tmp_path / "again.jsonocel"))
    again = pm4py.read_ocel2_json(str(tmp_path / "again.jsonocel"))
    of_events = sum(len(event["relationships"]) for event in written["events"])
    wanted = (happened(demo), Counter(one["type"] for one in written["objects"]), of_events)
    for found in (read, again):
        kinds = found.objects["ocel:type"].value_counts().to_dict()
        assert (len(found.events), kinds, len(found.relations)) == wanted


@OUTSIDER
def test_the_program_on_the_page_of_process_mining_draws_its_map(
    demo: Demo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = (REPO / "docs/process-mining.md").read_text()
    program = page.partition("```python\n")[2].partition("```")[0]
    monkeypatch.setattr(sys, "argv", ["map.py", str(demo.xes), str(tmp_path / "map.dot")])
    exec(compile(program, "map.py", "exec"), {})  # noqa: S102 - our own page
    drawn = (tmp_path / "map.dot").read_text()
    assert all(step in drawn for step in ("case opened", "support refused", "refusal respected"))


def test_every_value_of_the_ocel_is_a_text_and_every_object_is_there(demo: Demo) -> None:
    read = json.loads(demo.ocel.read_text())
    ids = {one["id"] for one in read["objects"]}
    types = {
        (one["name"], a["name"])
        for one in read["eventTypes"] + read["objectTypes"]
        for a in one["attributes"]
    }
    for one in read["events"] + read["objects"]:
        assert {related["objectId"] for related in one["relationships"]} <= ids
        assert {(one["type"], a["name"]) for a in one["attributes"]} <= types
        assert all(type(a["value"]) is str for a in one["attributes"])


def choices() -> set[str]:
    """Every word that can be chosen from a list somewhere in the product, and every kind of entry."""
    kinds: list[type[Enum]] = list(Enum.__subclasses__())
    for kind in kinds:
        kinds += kind.__subclasses__()
    words = {str(one.value) for kind in kinds if kind.__module__.startswith("domain.") for one in kind}
    return words | {topic.replace("_", " ") for topic in CATALOGUE} | {"true", "false"}


MEANS_NOTHING = re.compile(r"[a-z ]+-[0-9a-f]{16}( \+ [a-z ]+-[0-9a-f]{16})*|[0-9T:.+Z-]+|[0-9.]+ \w+ / \w+")


def values(demo: Demo) -> Iterator[str]:
    """Every value in both files."""
    events = etree.parse(demo.xes).iter("string", "date", "int")
    yield from (one.get("value") for one in events if one.getparent().tag != "global")
    read = json.loads(demo.ocel.read_text())
    for one in read["events"] + read["objects"]:
        yield from (one["id"], one["type"], *(a["value"] for a in one["attributes"]))


def test_nothing_that_anybody_typed_goes_out(demo: Demo) -> None:
    """Only days, numbers, names that mean nothing, and words from a list."""
    known = choices() | {"case", "client", *KINDS}
    assert not {value for value in values(demo) if value not in known and not MEANS_NOTHING.fullmatch(value)}


# The command.
@pytest.fixture
def three(casework: Casework) -> list[Case]:
    cases = [given.an_opened_case(client_id=uuid4()), given.sanne(), given.karim()]
    for case in cases:
        casework.open(case)
    return cases


def export(database: Database, *args: object) -> Result:
    home = database.secrets.folder.parent
    return CliRunner().invoke(main, ["export", *map(str, args), "--home", str(home)])


def traces(path: Path) -> list[Any]:
    return list(etree.parse(path).iter("trace"))


@pytest.mark.parametrize("kind", list(Format))
def test_the_command_writes_it_and_a_line_for_each_case(
    fresh: Database, db: Connection, three: list[Case], tmp_path: Path, kind: Format
) -> None:
    ran = export(fresh, kind, "-o", tmp_path / "log")
    assert ran.exit_code == 0, ran.output
    assert (tmp_path / "log").stat().st_mode & 0o777 == 0o600
    lines = db.execute("SELECT event_code, detail, object_id FROM draad.access_log").fetchall()
    assert {line[:2] for line in lines} == {("export", kind)}
    assert sorted(line[2] for line in lines) == sorted(case.id for case in three)


def test_a_period_and_no_names(fresh: Database, db: Connection, three: list[Case], tmp_path: Path) -> None:
    """In September something happened in one case: the others are not in the file, nor among the looks."""
    ran = export(
        fresh, "xes", "-o", tmp_path / "x", "--from", "2026-09-01", "--until", "30-09-2026", "--names", "none"
    )
    assert ran.exit_code == 0, ran.output
    (trace,) = traces(tmp_path / "x")
    assert [e[0].get("value") for e in trace.iter("event")] == ["support scaled down"]
    assert b"org:resource" not in (tmp_path / "x").read_bytes()
    assert db.execute("SELECT object_id FROM draad.access_log").fetchall() == [(three[1].id,)]


def test_who_was_forgotten_is_not_in_it(
    fresh: Database, casework: Casework, three: list[Case], tmp_path: Path
) -> None:
    """Also when that was after the lists were made, which still name the case."""
    for destroyed, there in ((False, 3), (True, 2)):
        if destroyed:
            casework.vault.destroy(three[0].client_id)
        assert export(fresh, "xes", "-o", tmp_path / "x").exit_code == 0
        assert len(traces(tmp_path / "x")) == there


@pytest.mark.parametrize(
    ("args", "ends"),
    [
        (("--from", "2026-09-02", "--until", "2026-09-01"), (2, "ends before it begins")),
        (("--names", "real"), (2, "real")),
        (("-o", "/nowhere/at/all"), (1, "No such file")),
    ],
)
def test_wrong_use_is_said_and_there_is_no_file(
    fresh: Database, tmp_path: Path, args: tuple[str, ...], ends: tuple[int, str]
) -> None:
    ran = export(fresh, "ocel", "-o", tmp_path / "x", *args)
    assert (ran.exit_code, ends[1] in ran.output) == (ends[0], True), ran.output
    assert not list(tmp_path.iterdir())


def test_with_a_case_left_out_of_the_lists_there_is_no_file(
    fresh: Database, db: Connection, three: list[Case], tmp_path: Path
) -> None:
    quarantine(db, [Poison(three[0].id, "caseload", 1, "ValueError")])
    ran = export(fresh, "xes", "-o", tmp_path / "x")
    assert (ran.exit_code, "draad rebuild" in ran.output) == (1, True)
    assert not list(tmp_path.iterdir())
