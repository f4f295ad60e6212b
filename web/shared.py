"""What clients share with a partner: a list of names, and nothing more than that."""

from __future__ import annotations

from contextlib import suppress

from flask import Blueprint, render_template

from domain.access import may_see
from domain.errors import CaseIsErased, NoSuchCase
from projections import caseload
from projections.case_row import CaseRow
from projections.caseload import Filters
from web.access import actor, may
from web.caseload import who_sees
from web.desk import casework, rows, today
from web.looks import listed

blueprint = Blueprint("shared", __name__)


@blueprint.get("/shared")
@may("read_shared")
def overview() -> str:
    """The followed list says where they take part; the cases themselves, what is shared at this moment."""
    with rows() as db:
        asked = [Filters(closed=closed) for closed in (False, True)]
        joined = [row for one in asked for row in caseload.every(db, who_sees(), one, today=today())]
    theirs = [row for row in joined if _is_theirs(row)]
    listed(row.case_id for row in theirs)
    return render_template("shared.html", cases=theirs)


def _is_theirs(row: CaseRow) -> bool:
    with suppress(NoSuchCase, CaseIsErased):
        return may_see(actor(), casework().history(row.case_id), today())
    return False
