"""What of a case another organisation recorded, and whether it is as they signed it: checked at each look."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template

from domain.kinds import Part
from domain.store.imports import raw_of
from projections.elsewhere import elsewhere
from web.access import case_or_404, may
from web.desk import casework, rows, today
from web.words import client_name

blueprint = Blueprint("elsewhere", __name__)


@blueprint.get("/cases/<uuid:case_id>/elsewhere")
@may("read_case")
def recorded(case_id: UUID) -> str:
    """Which part of the history came from another organisation."""
    shown = case_or_404(case_id, *Part)
    whole = casework().history(shown.id)  # it was signed as a whole, also for who reads a part of it
    with rows() as db:
        found = elsewhere(whole, raw_of(db, casework().vault, shown.id))
    now = shown.plan_on(today())
    return render_template(
        "case-elsewhere.html",
        case_id=shown.id,
        client=now.client,
        called=client_name(now.client),
        now=now,
        today=today(),
        found=found,
    )
