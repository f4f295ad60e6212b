"""`draad export csv report`: the figures that may be shown, for another program to read."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path
from uuid import UUID

from domain.case import Case
from domain.casework import Casework
from domain.kinds import LegalBasis
from domain.store.database import Database, settings_for
from jobs.exports.csv import export_report
from projections.report.months import Period
from tests import given
from tests.given import deciding

DAY = date(2025, 3, 10)
MARCH = Period(date(2025, 3, 1), date(2025, 3, 1))


def exported(database: Database, clients: int, file: Path) -> list[dict[str, str]]:
    casework = Casework(settings_for(database))
    for nr in range(clients):
        clock = given.a_clock(DAY)
        how = deciding(DAY)
        case = Case.open(UUID(int=nr + 1), legal_basis=LegalBasis.WMO, question="?", clock=clock, **how)
        casework.open(case)
    casework.close()
    export_report(database, file, MARCH)
    return list(csv.DictReader(io.StringIO(file.read_text("utf-8-sig")), delimiter=";"))


def test_every_figure_has_a_line(fresh: Database, tmp_path: Path) -> None:
    lines = exported(fresh, 12, tmp_path / "report.csv")
    (said,) = (one for one in lines if one["figure"] == "say" and one["team"] == "Noord")
    assert (said["above"], said["below"]) == ("12", "12")


def test_few_clients_have_none(fresh: Database, tmp_path: Path) -> None:
    lines = exported(fresh, 9, tmp_path / "report.csv")
    assert not [one for one in lines if one["below"] not in {"", "0"}]
