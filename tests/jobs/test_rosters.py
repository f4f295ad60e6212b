"""Rosters: who came, told once; what cannot be used with its reason; and new faces that are asked about."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from domain.case import Case
from domain.casework import Casework
from domain.contacts import ContactHeld, face
from domain.entry import Role
from domain.kinds import ContactKind
from domain.store import faces
from domain.store.accounts import add_account
from domain.store.database import Database, settings_for
from domain.store.pool import Connection, connect
from jobs.following import catch_up
from jobs.imports import IMPORTER
from jobs.imports.contact_import import ContactImport, Saves
from jobs.imports.outcome import Outcome
from jobs.imports.roster import import_roster
from jobs.imports.table import NotATable
from tests import given

HEAD = "case;worker;organisation;started_at;minutes;kind"
MONDAY = "Z-1042;Noor Aziz;De Brug;2026-03-02 09:00;45;personal"


@dataclass
class Rosters:
    """A folder with rosters, and the case of Sanne (Z-1042), in which Thomas Visser takes part."""

    database: Database
    casework: Casework
    db: Connection
    folder: Path
    sanne: Case = field(default_factory=given.sanne)

    def lines(self, *lines: str, head: str = HEAD) -> Outcome:
        return self.text("\n".join((head, *lines)))

    def text(self, text: str, name: str = "roster.csv") -> Outcome:
        content = text.encode()
        path = self.folder / name
        path.write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
        run = ContactImport(self.casework, by=IMPORTER, system="roster")
        return import_roster(run, path, self.db)

    def held(self) -> list[ContactHeld]:
        return self.casework.contacts(self.sanne.id).held

    def rejects(self) -> list[dict[str, str]]:
        with (self.folder / "roster.rejects.csv").open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file, delimiter=";"))

    def asked(self) -> list[faces.Face]:
        return faces.unanswered(self.db, self.sanne.id)


@pytest.fixture
def rosters(fresh: Database, tmp_path: Path) -> Iterator[Rosters]:
    with closing(Casework(settings_for(fresh))) as casework, connect(fresh) as db:
        found = Rosters(fresh, casework, db, tmp_path)
        casework.open(found.sanne)
        catch_up(fresh, casework)
        yield found


def test_a_line_is_a_contact_in_the_log_of_its_case(rosters: Rosters) -> None:
    told = rosters.lines(MONDAY, f"{rosters.sanne.id};Noor Aziz;;2026-07-03T09:00:00+00:00;;groep")
    assert (told.contacts, told.rejected, told.rejects) == (2, 0, None)
    first, second = sorted(rosters.held(), key=lambda held: held.started_at)
    assert (first.minutes, first.kind, first.organisation) == (45, ContactKind.PERSONAL, "De Brug")
    assert f"{first.started_at}" == "2026-03-02 08:00:00+00:00"  # written here, in winter
    assert (second.minutes, second.kind) == (None, ContactKind.GROUP)


@pytest.mark.parametrize("name", ["roster.csv", "roster.csv.gz"])
def test_any_way_a_spreadsheet_writes_it(rosters: Rosters, name: str) -> None:
    """With a BOM, commas, Windows line ends, other columns between, and a note over two lines."""
    text = (
        "\ufeffcase,note,worker,organisation,started_at,minutes,kind\r\n"
        'Z-1042,"koffie,\r\nen thee",Noor Aziz,De Brug,02-03-2026 09:00,30,\r\n'
        "Z-1042,,,De Brug,02-03-2026 10:00,30,\r\n"
    )
    told = rosters.text(text, name)
    assert (told.contacts, told.rejected) == (1, 1)
    assert rosters.rejects()[0]["line"] == "4"


def test_twice_is_once_also_from_another_file_and_within_one(rosters: Rosters) -> None:
    rosters.lines(MONDAY, MONDAY)
    told = rosters.text(f"{HEAD}\n{MONDAY}\n", "next week.csv")
    assert (told.contacts, told.unchanged, len(rosters.held())) == (0, 1, 1)


def test_a_contact_that_says_something_else_now_is_put_aside(rosters: Rosters) -> None:
    rosters.lines(MONDAY)
    told = rosters.lines(MONDAY.replace("45", "50"))
    assert (told.contacts, told.unchanged, told.rejected) == (0, 0, 1)
    assert "was imported before" in rosters.rejects()[0]["reason"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Z-9;Noor;De Brug;2026-03-02 09:00;;", "no client with this number"),
        (";Noor;De Brug;2026-03-02 09:00;;", "which client"),
        ("Z-1042;;De Brug;2026-03-02 09:00;;", "who came"),
        ("Z-1042;Noor;De Brug;;;", "when"),
        ("Z-1042;Noor;De Brug;2026-03-02;;", "no hour"),
        ("Z-1042;Noor;De Brug;maandag om negen;;", "not understood"),
        ("Z-1042;Noor;De Brug;2036-03-02 09:00;;", "yet to come"),
        ("Z-1042;Noor;De Brug;2026-03-02 09:00;veel;", "no number"),
        ("Z-1042;Noor;De Brug;2026-03-02 09:00;0;", "no number"),
        ("Z-1042;Noor;De Brug;2026-03-02 09:00;;dans", "unknown kind"),
        ("Z-1042;Noor", "other cells than the first line: 2, and not 6"),
        (f"Z-1042;{'N' * 201};De Brug;2026-03-02 09:00;;", "more than 200"),
        ('Z-1042;"Noor"s;De Brug;2026-03-02 09:00;;', "taken apart"),
    ],
)
def test_a_line_that_cannot_be_used_is_kept_with_its_number_and_reason(
    rosters: Rosters, line: str, reason: str
) -> None:
    told = rosters.lines(MONDAY, line)
    assert (told.contacts, told.rejected) == (1, 1)
    (put_aside,) = rosters.rejects()
    assert put_aside["line"] == "3"
    assert reason in put_aside["reason"]
    assert rosters.lines(MONDAY).rejects is None
    assert not (rosters.folder / "roster.rejects.csv").exists()


def test_no_cell_of_the_rejects_is_a_formula(rosters: Rosters) -> None:
    rosters.lines('=1+1;@SUM(A1);De Brug;2026-03-02 09:00;"=cmd";')
    assert [rosters.rejects()[0][name][:2] for name in ("case", "worker", "minutes")] == ["'=", "'@", "'="]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("client;worker;started_at\n", "no column case, organisation, minutes, kind. .* client, worker"),
        ("", "The first line has: nothing"),
    ],
)
def test_a_file_that_is_no_roster_says_what_is_missing(rosters: Rosters, text: str, says: str) -> None:
    with pytest.raises(NotATable, match=says):
        rosters.text(text)


def test_a_file_of_another_alphabet_or_that_breaks_off_tells_nothing(rosters: Rosters) -> None:
    path = rosters.folder / "roster.csv"
    path.write_bytes(f"{HEAD}\n{MONDAY}\nZ-1042;Zoë".encode("latin-1"))
    with pytest.raises(NotATable, match="UTF-8"):
        import_roster(ContactImport(rosters.casework, by=IMPORTER, system="roster"), path, rosters.db)
    packed = rosters.folder / "roster.csv.gz"
    packed.write_bytes(gzip.compress(f"{HEAD}\n{MONDAY}\n".encode())[:-9])
    with pytest.raises(NotATable, match="cannot be read"):
        import_roster(ContactImport(rosters.casework, by=IMPORTER, system="roster"), packed, rosters.db)
    assert rosters.held() == []


def test_who_takes_part_is_known_by_name_or_account_and_a_new_face_is_asked_about_once(
    rosters: Rosters,
) -> None:
    user = add_account(
        rosters.db, f"noor{rosters.sanne.id}", "een lange zin", name="Noor Aziz", role=Role.WORKER
    )
    told = rosters.lines(
        "Z-1042;thomas visser;De Brug;2026-03-02 09:00;;",
        f"Z-1042;{user.user_name};De Brug;2026-03-04 09:00;;",
        "Z-1042;Noor Aziz;De Brug;2026-03-03 09:00;;",
    )
    noor = face(rosters.sanne.id, "noor aziz")
    came: list[UUID] = [who for held in rosters.held() for who in held.workers]
    assert came == [given.person_called(rosters.sanne, "Thomas Visser"), noor, noor]
    assert rosters.lines("Z-1042;Noor Aziz;De Brug;2026-03-05 09:00;;").new_faces == 0
    (asked,) = rosters.asked()
    assert (told.new_faces, asked.person, asked.name, asked.account) == (1, noor, "Noor Aziz", user.id)
    assert f"{asked.first_seen}" == "2026-03-03"
    faces.answer(rosters.db, rosters.sanne.id, noor, takes_part=False, by=user.id)
    assert rosters.lines("Z-1042;Noor Aziz;De Brug;2026-03-09 09:00;;").new_faces == 0
    assert rosters.asked() == []


def test_broken_off_half_way_it_goes_on_and_tells_nothing_twice(
    rosters: Rosters, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [f"Z-1042;Noor Aziz;De Brug;2026-03-02 {n // 60:02}:{n % 60:02};;" for n in range(400)]
    save, done = Saves.save, [False]

    def broken(saves: Saves) -> None:
        if done.pop():
            raise KeyboardInterrupt
        save(saves)
        done.append(True)

    monkeypatch.setattr(Saves, "save", broken)
    with pytest.raises(KeyboardInterrupt):
        rosters.lines(*lines)
    monkeypatch.undo()
    before = len(rosters.held())
    assert 0 < before < 400
    assert not list(rosters.folder.glob("*.rejects.csv*"))
    told = rosters.lines(*lines)
    assert (told.unchanged, told.contacts, len(rosters.held())) == (before, 400 - before, 400)


def test_somebody_who_records_at_the_same_moment_loses_nothing(
    rosters: Rosters, monkeypatch: pytest.MonkeyPatch
) -> None:
    save = Saves.save

    def overtaken(saves: Saves) -> None:
        monkeypatch.setattr(Saves, "save", save)
        with rosters.casework.changing(rosters.sanne.id) as change:
            thomas = given.person_called(rosters.sanne, "Thomas Visser")
            started = change.case.entries[-1].timestamp
            change.case.hold_contact(
                workers=(thomas,), started_at=started, posted=thomas, **given.telling(by=given.WORKER)
            )
        save(saves)

    monkeypatch.setattr(Saves, "save", overtaken)
    told = rosters.lines(MONDAY)
    assert (told.contacts, told.unchanged, told.new_faces) == (1, 0, 1)
    assert len(rosters.held()) == 2


def test_a_client_who_was_forgotten_is_put_aside(rosters: Rosters) -> None:
    case = given.an_opened_case(client_id=uuid4())
    rosters.casework.open(case)
    rosters.casework.vault.destroy(case.client_id)
    assert rosters.lines(MONDAY.replace("Z-1042", str(case.id))).rejected == 1
    assert "forgotten" in rosters.rejects()[0]["reason"]


def test_a_number_of_two_cases_is_put_aside(rosters: Rosters) -> None:
    rosters.casework.open(given.sanne(given.a_clock()))
    catch_up(rosters.database, rosters.casework)
    assert rosters.lines(MONDAY).rejected == 1
    assert "several cases" in rosters.rejects()[0]["reason"]
    assert rosters.lines(MONDAY.replace("Z-1042", str(rosters.sanne.id))).contacts == 1
