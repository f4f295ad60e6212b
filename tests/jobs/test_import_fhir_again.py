"""Importing again: what is the same adds nothing, what changed is told, a broken run is finished later."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from eventsourcing.domain import Aggregate

from domain.casework import Casework
from domain.days import Precision
from domain.entry import Initiative
from domain.goals import GoalAdjusted, GoalDropped, GoalReached
from domain.kinds import GoalStatus, SupportStatus
from domain.people import PersonLeft
from domain.say import Means, Say, Stance, WhyNotAsked
from domain.store.access_log import ELSEWHERE, Look, Point, Visit
from domain.store.database import APP, Database, settings_for
from domain.store.imports import AnotherImport, Known, ledger
from domain.store.pool import connect
from tests.forgetting import erased, swept
from tests.jobs.fhir import (
    IMPORTER,
    NOON,
    Importing,
    about,
    bundle,
    by,
    care_plan,
    goal,
    patient,
    reasons,
    visit,
    worker,
)
from tests.jobs.test_import_fhir_said import ANNA, consent, look, order, vouching

LEFT_OF = "SELECT noun, is_patient, hash FROM draad.imported WHERE case_id = %s"
REPOSITORY = Path(__file__).parents[2]
STORY = [
    patient(),
    worker(),
    goal("walking"),
    goal("singing", status="rejected", words="Zingen"),
    care_plan({"description": "Zwemmen", "status": "in-progress"}, {"description": "Dansen"}),
    about(
        "CareTeam",
        "team",
        status="active",
        participant=[{"member": {"reference": "Practitioner/els"}}],
        period={"start": "2024-01-01", "end": "2024-02-01"},
    ),
    *(
        visit(f"visit-{n}", f"2023-03-{n + 1:02}T09:00:00Z", participant=by("Practitioner/els"))
        for n in range(9)
    ),
    consent(),
    order(requester=ANNA),
    vouching("written", "2026-03-03T10:00:00Z", "Goal/walking"),
    look(),
]


@pytest.fixture
def casework(database: Database) -> Iterator[Casework]:
    casework = Casework(settings_for(database))
    yield casework
    casework.close()


@pytest.fixture
def there(casework: Casework, tmp_path: Path) -> Importing:
    """Another system."""
    return Importing(casework, tmp_path / "there")


def told(there: Importing) -> dict[str, Any]:
    """What the case says, apart from its ids."""
    entries = [
        (type(e).__name__, e.happened_on, e.source.type, e.source.id)
        for e in there.case().entries
        if e.source
    ]
    contacts = [(c.source.id, len(c.workers)) for c in there.log().held if c.source]
    return {
        "entries": sorted(map(str, entries)),
        "contacts": sorted(contacts),
        "looks": [line["occurred_at"] for line in there.looks()],
        "loose": there.plan().loose,
    }


def test_the_same_twice_adds_nothing(there: Importing) -> None:
    first = there.files(*STORY)
    before = told(there)
    again = there.files(*STORY)
    assert (again.entries, again.contacts, again.cases, again.imported) == (0, 0, 0, 0)
    assert again.unchanged == first.imported == len(STORY)
    assert told(there) == before


def test_the_same_from_another_file_is_still_the_same(there: Importing) -> None:
    there.files(*STORY, name="monday.json")
    (there.folder / "monday.json").rename(there.folder / "tuesday.json")
    assert there.paths(there.folder / "tuesday.json").imported == 0


def test_the_same_twice_in_one_run_is_told_once(there: Importing) -> None:
    there.files(*STORY, name="monday.json")
    summary = there.files(*STORY, name="tuesday.json")
    assert (summary.unchanged, summary.entries) == (2 * len(STORY), 0)


def test_two_versions_in_one_run_are_not_chosen_between_in_silence(there: Importing) -> None:
    summary = there.files(patient(), goal(), goal(words="Weer fietsen"))
    assert "twice and not the same" in reasons(summary)["walking"]
    assert [held.words for held in there.plan().goals.values()] == ["Weer lopen"]


def test_what_comes_later_is_added_to_the_case_that_is_there(there: Importing) -> None:
    there.files(*STORY)
    summary = there.files(
        *STORY, goal("painting", words="Schilderen"), visit("new", participant=by("Practitioner/els"))
    )
    assert (summary.cases, summary.entries, summary.contacts) == (0, 1, 1)
    assert summary.imported == 2
    assert len({c.workers for c in there.log().held}) == 1


def test_what_was_so_before_the_case_was_opened_is_held(there: Importing) -> None:
    there.files(patient(), goal(startDate="2024-01-01"))
    summary = there.files(patient(), goal(startDate="2024-01-01"), goal("older", startDate="2020-01-01"))
    assert "was opened on 2024-01-01" in reasons(summary)["older"]
    assert (len(there.plan().goals), summary.entries) == (1, 0)


def test_a_worker_who_came_before_the_case_was_opened_joins_on_an_unknown_day(there: Importing) -> None:
    there.files(patient(), goal(startDate="2026-06-01"))
    earlier = visit(participant=by("Practitioner/els"))
    assert there.files(patient(), goal(startDate="2026-06-01"), worker(), earlier).contacts == 1
    ((els, _),) = there.plan().people.items()
    assert [contact.workers for contact in there.log().held] == [(els,)]
    assert there.case().entries[-1].precision is Precision.UNKNOWN


def test_a_goal_that_was_reached_there_since_is_reached_here_and_nobody_was_asked(there: Importing) -> None:
    there.files(patient(), goal())
    summary = there.files(patient(), goal(status="completed", statusDate="2026-10-01"))
    last = there.case().entries[-1]
    assert isinstance(last, GoalReached)
    assert (last.say.stance, last.initiative) == (Stance.UNKNOWN, Initiative.UNKNOWN)
    assert (summary.entries, summary.imported, summary.unchanged) == (1, 1, 1)


def test_a_goal_that_was_let_go_there_since_is_let_go_here(there: Importing) -> None:
    there.files(patient(), goal())
    there.files(patient(), goal(status="cancelled"))
    assert isinstance(there.case().entries[-1], GoalDropped)
    assert [held.status for held in there.plan().goals.values()] == [GoalStatus.DROPPED]


def test_other_words_there_are_a_change_of_the_goal_each_time(there: Importing) -> None:
    for words in ("Weer lopen", "Weer fietsen", "Weer fietsen naar zee"):
        there.files(patient(), goal(words=words))
    (held,) = there.plan().goals.values()
    assert (held.words, [f.words for f in held.former]) == (
        "Weer fietsen naar zee",
        ["Weer lopen", "Weer fietsen"],
    )
    assert sum(isinstance(e, GoalAdjusted) for e in there.case().entries) == 2


def test_a_change_that_says_nothing_new_adds_nothing(there: Importing) -> None:
    there.files(patient(), goal())
    summary = there.files(patient(), goal(note=[{"text": "besproken"}]))
    assert (summary.entries, summary.unchanged) == (0, 2)
    assert there.files(patient(), goal(note=[{"text": "besproken"}])).unchanged == 2


def test_what_was_changed_here_is_not_undone_by_a_version_that_says_nothing_of_it(there: Importing) -> None:
    there.files(patient(), goal())
    case = there.case()
    (goal_id,) = there.plan().goals
    not_asked = Say(Stance.NOT_ASKED, Means.NONE, reason=WhyNotAsked.OTHER)
    on = case.entries[0].happened_on
    with there.casework.changing(case.id) as change:
        change.case.adjust_goal(
            goal_id, "Weer dansen", say=not_asked, initiative=Initiative.CLIENT, by=IMPORTER, happened_on=on
        )
    there.files(patient(), goal(note=[{"text": "besproken"}]))
    assert [held.words for held in there.plan().goals.values()] == ["Weer dansen"]


def test_support_that_ended_there_has_ended_here(there: Importing) -> None:
    there.files(patient(), care_plan({"description": "Zwemmen", "status": "in-progress"}))
    there.files(patient(), care_plan({"description": "Zwemmen", "status": "completed"}))
    assert [held.status for held in there.plan().supports.values()] == [SupportStatus.ENDED]


def test_another_name_is_a_new_description(there: Importing) -> None:
    there.files(patient())
    there.files(patient(name="Anna de Boer-Smit"))
    assert there.plan().client.name == "Anna de Boer-Smit"
    assert there.files(patient(name="Anna de Boer-Smit")).entries == 0


@pytest.mark.parametrize(
    "changed",
    [
        worker(name="Els de Groot"),
    ],
)
def test_other_changes_are_held_until_they_can_be_told(there: Importing, changed: dict[str, Any]) -> None:
    there.files(*STORY)
    before = told(there)
    summary = there.files(*[changed if one["id"] == changed["id"] else one for one in STORY])
    assert "changed since the last import" in reasons(summary)[changed["id"]]
    assert told(there) == before


def test_who_left_does_not_leave_again_with_another_team(there: Importing) -> None:
    els = [{"member": {"reference": "Practitioner/els"}}]
    period = {"start": "2024-03-01", "end": "2024-04-01"}
    there.files(*STORY[:6])
    there.files(*STORY[:6], about("CareTeam", "other", status="active", participant=els, period=period))
    assert sum(isinstance(entry, PersonLeft) for entry in there.case().entries) == 1


def test_entered_in_error_withdraws_what_was_told(there: Importing) -> None:
    there.files(patient(), goal())
    assert there.files(patient(), goal(status="entered-in-error")).entries == 1
    assert not there.plan().goals
    again = there.files(patient(), goal(status="entered-in-error"))
    assert (again.entries, again.unchanged) == (0, 2)


def test_what_came_is_kept_as_it_came_and_only_sealed(there: Importing, database: Database) -> None:
    there.files(*STORY, about("Observation", "pulse", code={"text": "hartslag"}), goal("odd", status="odd"))
    case = there.case()
    with opened(there.casework) as kept:
        raws = {raw.id: zlib.decompress(raw.packed) for raw in kept.raw(case.id)}
    assert json.loads(raws["pulse"])["code"] == {"text": "hartslag"}
    assert set(raws) == {one["id"] for one in STORY} | {"pulse", "odd"}
    with psycopg.connect(database.dsn(APP)) as db:
        rows = db.execute(
            "SELECT source, hash, sealed FROM draad.raw_resource WHERE case_id = %(case)s", {"case": case.id}
        ).fetchall()
    assert not any(
        word in bytes(column) for row in rows for column in row for word in (b"pulse", b"anna", b"Anna")
    )


def opened(casework: Casework) -> Any:
    return ledger(casework.env["DRAAD_DSN"], bytes.fromhex(casework.env["DRAAD_NAMES"]), casework.vault)


def test_two_imports_do_not_run_at_once(there: Importing) -> None:
    with opened(there.casework), pytest.raises(AnotherImport):
        there.files(patient())


def test_a_client_who_was_forgotten_does_not_come_back(there: Importing, fresh: Database) -> None:
    """Also when nothing of them is left but what stands for their id elsewhere."""
    there.files(*STORY[:6])
    erased(there.casework, case := there.case())
    swept(fresh, there.casework)
    with connect(fresh) as db:
        assert db.execute(LEFT_OF, [case.id]).fetchall() == [(case.client_id, True, None)]
    summary = there.files(*STORY[:6], goal("new"))
    assert (summary.entries, summary.cases) == (0, 0)
    assert "forgotten here" in reasons(summary)["new"]
    assert "forgotten here" in reasons(there.files(*STORY[:6], about("Observation", "pulse")))["anna"]


class PowerGone(Exception):
    """The machine stopped here."""


class CutOff(Casework):
    """A casework whose power goes at the n-th save: before it, or just after."""

    saves, after = 0, False

    def keep(self, *aggregates: Aggregate) -> int:
        self.saves -= 1
        if self.saves == 0 and not self.after:
            raise PowerGone
        position = super().keep(*aggregates)
        if self.saves == 0:
            raise PowerGone
        return position


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("saves", [1, 2, 3, 4, 5])
def test_cut_off_at_any_save_the_next_run_loses_and_doubles_nothing(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, after: bool, saves: int
) -> None:
    monkeypatch.setattr("jobs.imports.telling.SAVE", 7_000)  # several saves for one client
    casework = CutOff(settings_for(database))
    whole, cut = Importing(casework, tmp_path / "whole"), Importing(casework, tmp_path / "cut")
    whole.files(*STORY)
    casework.saves, casework.after = saves, after
    with pytest.raises(PowerGone):
        cut.files(*STORY)
    casework.saves = 0
    cut.files(*STORY)
    assert told(cut) == told(whole)
    assert len(list(cut.cases())) == 1
    again = cut.files(*STORY)
    assert (again.entries, again.contacts, again.unchanged) == (0, 0, len(STORY))
    casework.close()


def test_a_look_is_in_the_log_and_known_to_be_or_neither(there: Importing) -> None:
    there.files(patient())
    case_id = there.case().id

    def looks() -> Iterator[tuple[Visit, Look]]:
        yield Visit(IMPORTER, NOON, Point.JOB, "elsewhere", uuid4()), Look(case_id, ELSEWHERE)
        raise PowerGone

    with opened(there.casework) as kept:
        with pytest.raises(PowerGone):
            kept.keep(case_id, [Known(b"look", case_id, uuid4(), hash=b"told")], looks=looks())
        assert b"look" not in kept.of_case(case_id)
    assert there.looks() == []


PROGRAM = """
import json, sys
from pathlib import Path
from domain.casework import Casework
from jobs.imports.fhir import import_fhir
from tests.jobs.fhir import IMPORTER
casework = Casework(json.loads(sys.stdin.read()))
import_fhir([Path(sys.argv[1])], casework, by=IMPORTER, system=sys.argv[2],
            progress=lambda done, total, what: print(what, done, flush=True))
"""


def test_killed_in_the_middle_the_next_run_loses_and_doubles_nothing(
    there: Importing, database: Database
) -> None:
    def everybody(n: int) -> list[dict[str, Any]]:
        whose = {"subject": {"reference": f"Patient/{n}"}}
        return [patient(str(n)), *({**one, "id": f"{n}-{one['id']}", **whose} for one in STORY[2:5])]

    resources = [one for n in range(40) for one in everybody(n)]
    there.folder.mkdir()
    (there.folder / "all.json").write_text(json.dumps(bundle(*resources)))
    run = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(there.folder), there.system],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=REPOSITORY,
        env=os.environ | {"PYTHONPATH": str(REPOSITORY)},
    )
    assert run.stdin
    assert run.stdout
    with run.stdin as door:
        door.write(json.dumps(settings_for(database)))
    for line in run.stdout:
        if line.strip() == "clients 15":
            run.kill()
            break
    run.stdout.close()
    assert run.wait() == -9
    summary = _when_the_lock_is_free(there)
    assert 0 < summary.cases < 40
    assert summary.imported + summary.unchanged == len(resources)
    cases = list(there.cases())
    assert sorted(c.entries[0].source.id for c in cases if c.entries[0].source) == sorted(map(str, range(40)))
    assert {len(case.entries) for case in cases} == {7}


def _when_the_lock_is_free(there: Importing) -> Any:
    """The server notices after a moment that the killed program is gone."""
    for _ in range(50):
        try:
            return there.paths(there.folder)
        except AnotherImport:
            time.sleep(0.1)
    raise AssertionError("the lock was never freed")
