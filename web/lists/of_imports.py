"""What was imported, and what of it did not come in, as files for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from flask import Blueprint, Response

from domain.store import import_runs
from domain.store.access_log import Code
from domain.store.import_runs import KEY, ImportRun, Left
from web.access import may
from web.desk import desk, rows, today
from web.imports import because, called, cases_of, ended_by, run_or_404, why_asked
from web.logs.looks import listed
from web.spreadsheet import heads, spreadsheet, when
from web.words import word

blueprint = Blueprint("lists_of_imports", __name__)
AT_ONCE = 1_000


@blueprint.get("/imports.csv")
@may("read_imports")
def imports() -> Response:
    head = heads("Begun", "Ended", "What", "Files", "Comes from", "Who", "State", "Found", "Came in")
    head += heads("Known already", "Put aside", "Passed over", "Could not be read", "New cases", "Entries")
    return spreadsheet(f"draad-imports-{today()}", [*head, *heads("Contacts")], map(_run, _all()))


def _all() -> Iterator[ImportRun]:
    before = None
    with rows() as db:
        while found := import_runs.page(db, before, limit=AT_ONCE):
            yield from found
            before = found[-1].id


def _run(one: ImportRun) -> tuple[object, ...]:
    what = called(one.kind), ", ".join(one.files), one.system, f"{one.by_name}, {one.at_host}"
    state = f"{word(one.ended)}: {ended_by(one.why)}" if one.why else word(one.ended)
    became = one.found, one.imported, one.unchanged, one.held, one.skipped, one.rejected
    made = one.cases, one.entries, one.contacts
    return when(one.started_at), when(one.finished_at), *what, state, *became, *made


@blueprint.get("/imports/<uuid:run_id>/aside.csv")
@may("read_imports")
def put_aside(run_id: UUID) -> Response:
    """All that the page asks for, on whatever page it stands."""
    with rows() as db:
        run_or_404(db, run_id)
    found = list(_aside(run_id))
    listed(cases_of(found), Code.EXPORT)
    cells = ((word(one.fate), one.kind, one.named, because(one.why), one.case_id or "") for one in found)
    head = heads("State", "Kind", "Which one there", "Reason", "Case")
    return spreadsheet(f"draad-import-{run_id.hex[:8]}", head, cells)


def _aside(run_id: UUID) -> Iterator[Left]:
    after, why = 0, why_asked()
    with rows() as db:
        while found := import_runs.aside(db, desk().key(KEY), run_id, why, after, limit=AT_ONCE):
            yield from found
            after = found[-1].number
