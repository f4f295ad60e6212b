"""What clients share with a partner: a list of names, and nothing more than that."""

from __future__ import annotations

from flask import Blueprint, render_template

from domain.store.access_log import Code
from projections import caseload
from projections.case_row import CaseRow
from projections.caseload import Filters
from web.access import is_theirs, may
from web.caseload import who_sees
from web.desk import rows, today
from web.logs.looks import listed

blueprint = Blueprint("shared", __name__)


@blueprint.get("/shared")
@may("read_shared")
def overview() -> str:
    """The followed list says where they take part; the cases themselves, what is shared at this moment."""
    return render_template("shared.html", cases=theirs(Code.LIST))


def theirs(code: Code) -> list[CaseRow]:
    """The clients who let them read something at this moment: noted, each of them."""
    with rows() as db:
        asked = [Filters(closed=closed) for closed in (False, True)]
        joined = [row for one in asked for row in caseload.every(db, who_sees(), one, today=today())]
    found = [row for row in joined if is_theirs(row.case_id)]
    listed((row.case_id for row in found), code)
    return found
